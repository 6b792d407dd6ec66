import Localization

/// The words for a unit within a sentence, singular and plural.
struct UnitWords {
    /// The singular: `box`.
    let one: Text
    /// The word for several, for parts of one, and for the unit in general: `boxes`.
    let several: Text

    /// Returns the words for a unit by its key. The key of a custom unit is its own word.
    init(of key: String) { self = CountedUnit.wordsByKey[key] ?? UnitWords(symbol: key) }

    fileprivate init(one: Text, several: Text) { (self.one, self.several) = (one, several) }

    fileprivate init(symbol: String) { self.init(one: Text(symbol), several: Text(symbol)) }
}

/// A unit in which products and services are counted: the choice of it, and its words within a sentence, by which it is
/// known too.
private struct CountedUnit {
    let choice: Choice
    let words: UnitWords

    static let ofProducts = [
        CountedUnit("bag", en: "Bag", es: "Bolsa", several: ("bags", "bolsas"), words: "costal costales sack sacks"),
        CountedUnit("bottle", en: "Bottle", es: "Botella", several: ("bottles", "botellas")),
        CountedUnit("box", en: "Box", es: "Caja", several: ("boxes", "cajas"), words: "cj cjs bx"),
        CountedUnit("carton", en: "Carton", es: "Cartón", several: ("cartons", "cartones"), words: "ctn"),
        CountedUnit("dozen", en: "Dozen", es: "Docena", several: ("dozen", "docenas"), words: "dozens doz dz"),
        each,
        hours,
        CountedUnit("impressions", en: "Impressions", es: "Impresiones", one: ("impression", "impresión")),
        CountedUnit(
            "kg",
            en: "Kg",
            es: "Kilogramo",
            yields: true,
            symbol: "kg",
            words: "kgs kilo kilos kilogram kilograms kilogramos"
        ),
        CountedUnit(
            "l",
            en: "L",
            es: "Litro",
            yields: true,
            symbol: "L",
            words: "lt lts ltr ltrs litre litres liter liters litros"
        ),
        CountedUnit("lb", en: "Lb", es: "Libra", symbol: "lb", words: "lbs pound pounds libras"),
        CountedUnit("m", en: "M", es: "Metro", symbol: "m", words: "mt mts meter meters metre metres metros"),
        CountedUnit("pack", en: "Pack", es: "Paquete", several: ("packs", "paquetes"), words: "paq paqs"),
        CountedUnit("pages", en: "Pages", es: "Páginas", one: ("page", "página"), words: "pag pags"),
        CountedUnit("pair", en: "Pair", es: "Par", several: ("pairs", "pares"), words: "pr"),
        CountedUnit("pieces", en: "Pieces", es: "Piezas", one: ("piece", "pieza"), words: "pc pcs pza pzas pz pzs"),
        CountedUnit(choice: Choice("quantity", en: "Quantity", es: "Cantidad"), words: each.words),
        CountedUnit("reams", en: "Reams", es: "Resmas", one: ("ream", "resma")),
        CountedUnit("roll", en: "Roll", es: "Rollo", several: ("rolls", "rollos"), words: "rll"),
        service,
        CountedUnit("set", en: "Set", es: "Juego", several: ("sets", "juegos"), words: "jgo jgos kit kits"),
        CountedUnit("sheet", en: "Sheet", es: "Hoja", several: ("sheets", "hojas")),
        CountedUnit(
            "spiral_binder",
            en: "Spiral Binder",
            es: "Carpeta de espiral",
            several: ("spiral binders", "carpetas de espiral")
        ),
        CountedUnit("sq_ft", en: "Sq Ft", es: "Pie cuadrado", symbol: "ft²", words: "sqft ft² ft2"),
        CountedUnit("sq_m", en: "Sq M", es: "Metro cuadrado", yields: true, symbol: "m²", words: "sqm m² m2 mt2 mts2"),
    ]

    static let ofServices = [hours, days, incidents, each, service]

    static let each = CountedUnit(
        "each",
        en: "Each",
        es: "Cada uno",
        one: ("unit", "unidad"),
        several: ("units", "unidades"),
        words: "ea ud uds u c/u"
    )
    static let service = CountedUnit(
        "service",
        en: "Service",
        es: "Servicio",
        several: ("services", "servicios"),
        words: "serv srv"
    )
    static let hours = CountedUnit("hours", en: "Hours", es: "Horas", one: ("hour", "hora"), words: "h hr hrs hs")
    static let days = CountedUnit("days", en: "Days", es: "Días", one: ("day", "día"), words: "d")
    static let incidents = CountedUnit(
        "incidents",
        en: "Incidents",
        es: "Incidencias",
        one: ("incident", "incidencia"),
        words: "incidente incidentes"
    )

    /// The words of every unit, by its key.
    static let wordsByKey = Dictionary((ofProducts + ofServices).map { ($0.choice.key, $0.words) }) { first, _ in first
    }
}

extension CountedUnit {
    /// - Parameters:
    ///   - one: the singular in English and Spanish; the label by default.
    ///   - several: the plural in English and Spanish; the label by default.
    ///   - words: other words for it than those.
    init(
        _ key: String,
        en: String,
        es: String,
        one: (en: String, es: String)? = nil,
        several: (en: String, es: String)? = nil,
        words: String = ""
    ) {
        let label = (en: en.lowercased(), es: es.lowercased())
        let (one, several) = (one ?? label, several ?? label)
        let forms = [one.en, several.en, one.es, several.es].filter { !$0.utf8.contains(UInt8(ascii: " ")) }
        choice = Choice(key, en: en, es: es, words: ([words] + forms).joined(separator: " "))
        self.words = UnitWords(one: Text(en: one.en, es: one.es), several: Text(en: several.en, es: several.es))
    }

    init(_ key: String, en: String, es: String, yields: Bool = false, symbol: String, words: String) {
        choice = Choice(key, en: en, es: es, yields: yields, words: words)
        self.words = UnitWords(symbol: symbol)
    }
}

extension Choice {
    /// The units of products.
    static let productUnits = CountedUnit.ofProducts.map(\.choice)

    /// The units of services.
    static let serviceUnits = CountedUnit.ofServices.map(\.choice)

    /// The units of products and services.
    static let units = productUnits + serviceUnits.filter { unit in !productUnits.contains { $0.key == unit.key } }

    /// The units that count single things, by whatever name.
    static let singleUnits: Set<String> = ["each", "pieces", "quantity"]

    /// Hours, in which work is counted.
    static let hours = CountedUnit.hours.choice

    /// Days, in which services and agreements are counted.
    static let days = CountedUnit.days.choice

    /// Incidents, which support solves one by one.
    static let incidents = CountedUnit.incidents.choice
}

extension LetterStyle {
    /// Returns the name of a unit after a quantity: `caja`, `cajas`.
    ///
    /// - Parameters:
    ///   - quantity: the quantity, with six digits after the point.
    ///   - label: the label of the unit, which is the name of one that does not come with the program.
    public func name(ofUnit key: String, labelled label: String, quantity: Int64) -> String {
        guard let words = CountedUnit.wordsByKey[key] else { return label }
        return (quantity.magnitude == 1_000_000 ? words.one : words.several)(in: language)
    }
}

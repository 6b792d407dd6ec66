import Localization

/// The words for a unit within a sentence, singular and plural.
struct UnitWords {
    /// The singular: `box`.
    let one: Text
    /// The word for several, for parts of one, and for the unit in general: `boxes`.
    let several: Text

    /// Returns the words for a unit by its key. The key of a custom unit is its own word.
    init(of key: String) { self = Self.words[key] ?? UnitWords(symbol: key) }

    private init(en: (one: String, several: String), es: (one: String, several: String)) {
        one = Text(en: en.one, es: es.one)
        several = Text(en: en.several, es: es.several)
    }

    private init(symbol: String) { (one, several) = (Text(symbol), Text(symbol)) }

    private static let words: [String: UnitWords] = [
        "bag": UnitWords(en: ("bag", "bags"), es: ("bolsa", "bolsas")),
        "bottle": UnitWords(en: ("bottle", "bottles"), es: ("botella", "botellas")),
        "box": UnitWords(en: ("box", "boxes"), es: ("caja", "cajas")),
        "carton": UnitWords(en: ("carton", "cartons"), es: ("cartón", "cartones")),
        "days": UnitWords(en: ("day", "days"), es: ("día", "días")),
        "dozen": UnitWords(en: ("dozen", "dozen"), es: ("docena", "docenas")),
        "each": UnitWords(en: ("unit", "units"), es: ("unidad", "unidades")),
        "hours": UnitWords(en: ("hour", "hours"), es: ("hora", "horas")),
        "impressions": UnitWords(en: ("impression", "impressions"), es: ("impresión", "impresiones")),
        "incidents": UnitWords(en: ("incident", "incidents"), es: ("incidencia", "incidencias")),
        "kg": UnitWords(symbol: "kg"),
        "l": UnitWords(symbol: "L"),
        "lb": UnitWords(symbol: "lb"),
        "m": UnitWords(symbol: "m"),
        "pack": UnitWords(en: ("pack", "packs"), es: ("paquete", "paquetes")),
        "pages": UnitWords(en: ("page", "pages"), es: ("página", "páginas")),
        "pair": UnitWords(en: ("pair", "pairs"), es: ("par", "pares")),
        "pieces": UnitWords(en: ("piece", "pieces"), es: ("pieza", "piezas")),
        "quantity": UnitWords(en: ("unit", "units"), es: ("unidad", "unidades")),
        "reams": UnitWords(en: ("ream", "reams"), es: ("resma", "resmas")),
        "roll": UnitWords(en: ("roll", "rolls"), es: ("rollo", "rollos")),
        "service": UnitWords(en: ("service", "services"), es: ("servicio", "servicios")),
        "set": UnitWords(en: ("set", "sets"), es: ("juego", "juegos")),
        "sheet": UnitWords(en: ("sheet", "sheets"), es: ("hoja", "hojas")),
        "spiral_binder": UnitWords(
            en: ("spiral binder", "spiral binders"),
            es: ("carpeta de espiral", "carpetas de espiral")
        ),
        "sq_ft": UnitWords(symbol: "ft²"),
        "sq_m": UnitWords(symbol: "m²"),
    ]
}

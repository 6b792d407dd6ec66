/// Lists of choices shared by fields of several modules.
extension Choice {
    /// The sources of contacts and opportunities.
    static let leadSources = [
        Choice("cold_call", en: "Cold Call", es: "Llamada en frío"),
        Choice("existing_customer", en: "Existing Customer", es: "Cliente Existente"),
        Choice("self_generated", en: "Self Generated", es: "Auto Generado"),
        Choice("employee", en: "Employee", es: "Empleado"),
        Choice("partner", en: "Partner", es: "Socio"),
        Choice("public_relations", en: "Public Relations", es: "Relaciones públicas"),
        Choice("direct_mail", en: "Direct Mail", es: "Correo Directo"),
        Choice("conference", en: "Conference", es: "Conferencia"),
        Choice("trade_show", en: "Trade Show", es: "Feria Comercial"),
        Choice("web_site", en: "Web Site", es: "Sitio Web", words: "web website internet"),
        Choice("word_of_mouth", en: "Word of Mouth", es: "Boca a Boca"),
        Choice("other", en: "Other", es: "Otro"),
    ]

    /// The urgency of work.
    static let priorities = [
        Choice("low", en: "Low", es: "Baja"),
        Choice("normal", en: "Normal", es: "Normal"),
        Choice("high", en: "High", es: "Alta"),
    ]

    /// The carriers of the goods of quotes and orders.
    static let carriers = [
        Choice("fedex", en: "FedEx", es: "FedEx"),
        Choice("ups", en: "UPS", es: "UPS"),
        Choice("usps", en: "USPS", es: "USPS"),
        Choice("dhl", en: "DHL", es: "DHL"),
        Choice("bluedart", en: "BlueDart", es: "BlueDart"),
        Choice("estafeta", en: "Estafeta", es: "Estafeta", yields: true),
        Choice("paquetexpress", en: "Paquetexpress", es: "Paquetexpress", yields: true),
        Choice("redpack", en: "Redpack", es: "Redpack", yields: true),
        Choice("correos_de_mexico", en: "Correos de México", es: "Correos de México", yields: true),
        Choice("correos", en: "Correos", es: "Correos", yields: true),
        Choice("seur", en: "SEUR", es: "SEUR", yields: true),
        Choice("mrw", en: "MRW", es: "MRW", yields: true),
        Choice("gls", en: "GLS", es: "GLS", yields: true),
    ]

    /// The units of products.
    static let productUnits = [
        Choice("bag", en: "Bag", es: "Bolsa", words: "bags bolsas costal costales sack sacks"),
        Choice("bottle", en: "Bottle", es: "Botella", words: "bottles botellas"),
        Choice("box", en: "Box", es: "Caja", words: "boxes cajas cj cjs bx"),
        Choice("carton", en: "Carton", es: "Cartón", words: "cartons cartones ctn"),
        Choice("dozen", en: "Dozen", es: "Docena", words: "dozens doz docenas dz"),
        each,
        hours,
        Choice("impressions", en: "Impressions", es: "Impresiones", words: "impression impresion"),
        Choice("kg", en: "Kg", es: "Kilogramo", yields: true, words: "kgs kilo kilos kilogram kilograms kilogramos"),
        Choice("l", en: "L", es: "Litro", yields: true, words: "lt lts ltr ltrs litre litres liter liters litros"),
        Choice("lb", en: "Lb", es: "Libra", words: "lbs pound pounds libras"),
        Choice("m", en: "M", es: "Metro", words: "mt mts meter meters metre metres metros"),
        Choice("pack", en: "Pack", es: "Paquete", words: "packs paquetes paq paqs"),
        Choice("pages", en: "Pages", es: "Páginas", words: "page pagina pag pags"),
        Choice("pair", en: "Pair", es: "Par", words: "pairs pares pr"),
        Choice("pieces", en: "Pieces", es: "Piezas", words: "piece pc pcs pieza pza pzas pz pzs"),
        Choice("quantity", en: "Quantity", es: "Cantidad"),
        Choice("reams", en: "Reams", es: "Resmas", words: "ream resma"),
        Choice("roll", en: "Roll", es: "Rollo", words: "rolls rollos rll"),
        service,
        Choice("set", en: "Set", es: "Juego", words: "sets juegos jgo jgos kit kits"),
        Choice("sheet", en: "Sheet", es: "Hoja", words: "sheets hojas"),
        Choice("spiral_binder", en: "Spiral Binder", es: "Carpeta de espiral"),
        Choice("sq_ft", en: "Sq Ft", es: "Pie cuadrado", words: "sqft ft² ft2"),
        Choice("sq_m", en: "Sq M", es: "Metro cuadrado", yields: true, words: "sqm m² m2 mt2 mts2"),
    ]

    private static let each = Choice(
        "each",
        en: "Each",
        es: "Cada uno",
        words: "ea unit units unidad unidades ud uds u c/u"
    )

    private static let service = Choice("service", en: "Service", es: "Servicio", words: "services servicios serv srv")

    /// The units that count single things, by whatever name.
    static let singleUnits: Set<String> = ["each", "pieces", "quantity"]

    /// Hours, in which work is counted.
    static let hours = Choice("hours", en: "Hours", es: "Horas", words: "hour h hr hrs hs hora")

    /// Days, in which services and agreements are counted.
    static let days = Choice("days", en: "Days", es: "Días", words: "day d dia")

    /// Incidents, which support solves one by one.
    static let incidents = Choice(
        "incidents",
        en: "Incidents",
        es: "Incidencias",
        words: "incident incidencia incidente incidentes"
    )

    /// The units of services.
    static let serviceUnits = [hours, days, incidents, each, service]

    /// The units of products and services.
    static let units = productUnits + serviceUnits.filter { unit in !productUnits.contains { $0.key == unit.key } }
}

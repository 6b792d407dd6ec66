/// The lists of choices that fields of several modules share.
extension Choice {
    /// Where a contact or an opportunity came from.
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
        Choice("web_site", en: "Web Site", es: "Sitio Web"),
        Choice("word_of_mouth", en: "Word of Mouth", es: "Boca a Boca"),
        Choice("other", en: "Other", es: "Otro"),
    ]

    /// How urgent work is.
    static let priorities = [
        Choice("low", en: "Low", es: "Baja"),
        Choice("normal", en: "Normal", es: "Normal"),
        Choice("high", en: "High", es: "Alta"),
    ]

    /// Who carries the goods of a quote or an order.
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

    /// In what products are counted.
    static let productUnits = [
        Choice("box", en: "Box", es: "Caja"),
        Choice("carton", en: "Carton", es: "Cartón"),
        Choice("dozen", en: "Dozen", es: "Docena"),
        Choice("each", en: "Each", es: "Cada uno"),
        hours,
        Choice("impressions", en: "Impressions", es: "Impresiones"),
        Choice("lb", en: "Lb", es: "Libra"),
        Choice("m", en: "M", es: "Metro"),
        Choice("pack", en: "Pack", es: "Paquete"),
        Choice("pages", en: "Pages", es: "Páginas"),
        Choice("pieces", en: "Pieces", es: "Piezas"),
        Choice("quantity", en: "Quantity", es: "Cantidad"),
        Choice("reams", en: "Reams", es: "Resmas"),
        Choice("sheet", en: "Sheet", es: "Hoja"),
        Choice("spiral_binder", en: "Spiral Binder", es: "Carpeta de espiral"),
        Choice("sq_ft", en: "Sq Ft", es: "Pie cuadrado"),
    ]

    /// Hours, in which work is counted.
    static let hours = Choice("hours", en: "Hours", es: "Horas")

    /// In what services are counted.
    static let serviceUnits = [
        hours,
        Choice("days", en: "Days", es: "Días"),
        Choice("incidents", en: "Incidents", es: "Incidencias"),
        Choice("each", en: "Each", es: "Cada uno"),
    ]

    /// In what products and services are counted.
    static let units = productUnits + serviceUnits.filter { unit in !productUnits.contains { $0.key == unit.key } }
}

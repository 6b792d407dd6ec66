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
}

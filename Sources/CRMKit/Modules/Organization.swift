extension ModuleName {
    /// Companies and other bodies that contacts belong to.
    public static let organization: ModuleName = "organization"
}

extension Module {
    static let organization = Declaration(
        name: .organization,
        en: "Organization",
        es: "Cliente",
        plural: (en: "Organizations", es: "Clientes"),
        gender: .masculine,
        synonyms: "organización empresa compañía cuenta account company customer client",
        kin: "proveedor supplier vendor sucursal branch",
        fields: [
            .text("name", en: "Name", es: "Nombre del cliente", .required),
            .email("email", en: "Email", es: "Correo electrónico", .key),
            .phone("phone", en: "Phone", es: "Teléfono"),
            .url("website", en: "Website", es: "Sitio web"),
            .choice("industry", en: "Industry", es: "Sector", industries),
            .choice("type", en: "Type", es: "Tipo", types),
            .choice(
                "rating",
                en: "Rating",
                es: "Calificación",
                [
                    Choice("acquired", en: "Acquired", es: "Adquirido"),
                    Choice("active", en: "Active", es: "Activo"),
                    Choice("market_failed", en: "Market Failed", es: "Mercado fallido"),
                    Choice("project_cancelled", en: "Project Cancelled", es: "Proyecto cancelado"),
                    Choice("shutdown", en: "Shutdown", es: "Cerrado"),
                ]
            ),
            .reference("member_of", to: .organization, en: "Member of", es: "Miembro de", .acyclic),
            .integer("employees", en: "Employees", es: "Empleados"),
            .money("annual_revenue", en: "Annual revenue", es: "Ingresos anuales"),
            Field("tax_id", .taxID, en: "Tax id", es: "RFC", traits: .key),
        ],
        keys: [
            ReferenceKey("email", ofEvery: .email, andPart: "point"),
            ReferenceKey("phone", ofEvery: .phone, andPart: "point"),
        ],
        contacts: .referred,
        listed: ["type", "industry", "phone", "email", "website"],
        mention: Mention(["type", "phone"]),
        knownBy: ["tax_id", "email", "phone"],
        occasions: [
            Occasion("created", en: "Organization added", es: "Cliente agregado", on: "created_at")
        ],
        parts: [.contactPoint],
        merging: Merging(overflow: "point", origin: "label"),
        resemblance: Resemblance(
            name: .title("name"),
            keys: ["email", "phone", "website", "tax_id"],
            facts: ["tax_id"]
        )
    ).module

    private static let types = [
        Choice("analyst", en: "Analyst", es: "Analista"),
        Choice("competitor", en: "Competitor", es: "Competencia"),
        Choice("customer", en: "Customer", es: "Cliente"),
        Choice("integrator", en: "Integrator", es: "Integrador"),
        Choice("investor", en: "Investor", es: "Inversionista"),
        Choice("partner", en: "Partner", es: "Socio"),
        Choice("press", en: "Press", es: "Prensa"),
        Choice("prospect", en: "Prospect", es: "Prospecto"),
        Choice("reseller", en: "Reseller", es: "Revendedor"),
        Choice("other", en: "Other", es: "Otro"),
    ]

    private static let industries = [
        Choice("apparel", en: "Apparel", es: "Ropa y calzado"),
        Choice("banking", en: "Banking", es: "Banca"),
        Choice("biotechnology", en: "Biotechnology", es: "Biotecnología"),
        Choice("chemicals", en: "Chemicals", es: "Química"),
        Choice("communications", en: "Communications", es: "Comunicaciones"),
        Choice("construction", en: "Construction", es: "Construcción"),
        Choice("consulting", en: "Consulting", es: "Consultoría"),
        Choice("education", en: "Education", es: "Educación"),
        Choice("electronics", en: "Electronics", es: "Electrónica"),
        Choice("energy", en: "Energy", es: "Energía"),
        Choice("engineering", en: "Engineering", es: "Ingeniería"),
        Choice("entertainment", en: "Entertainment", es: "Entretenimiento"),
        Choice("environmental", en: "Environmental", es: "Medio ambiente"),
        Choice("finance", en: "Finance", es: "Finanzas"),
        Choice(
            "food_and_beverage",
            en: "Food and Beverage",
            es: "Alimentos y bebidas",
            words: "food_&_beverage"
        ),
        Choice("government", en: "Government", es: "Gobierno"),
        Choice("healthcare", en: "Healthcare", es: "Salud"),
        Choice("hospitality", en: "Hospitality", es: "Hotelería"),
        Choice("insurance", en: "Insurance", es: "Seguros"),
        Choice("machinery", en: "Machinery", es: "Maquinaria"),
        Choice("manufacturing", en: "Manufacturing", es: "Manufactura"),
        Choice("media", en: "Media", es: "Medios de comunicación"),
        Choice("not_for_profit", en: "Not for Profit", es: "Sin fines de lucro"),
        Choice("recreation", en: "Recreation", es: "Recreación"),
        Choice("retail", en: "Retail", es: "Comercio minorista"),
        Choice("shipping", en: "Shipping", es: "Envíos"),
        Choice("technology", en: "Technology", es: "Tecnología"),
        Choice("telecommunications", en: "Telecommunications", es: "Telecomunicaciones"),
        Choice("transportation", en: "Transportation", es: "Transporte"),
        Choice("utilities", en: "Utilities", es: "Servicios públicos"),
        Choice("other", en: "Other", es: "Otro"),
    ]
}

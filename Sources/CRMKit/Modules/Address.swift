import Localization

extension ModuleName {
    /// Addresses of contacts, for visits, invoices or deliveries.
    public static let address: ModuleName = "address"
}

extension Module {
    static let address = Declaration(
        name: .address,
        en: "Address",
        es: "Dirección",
        plural: (en: "Addresses", es: "Direcciones"),
        gender: .feminine,
        synonyms: "domicilio",
        display: .composed(
            ["street", "city"],
            separator: ", ",
            words: nil,
            en: "Street and city",
            es: "Calle y ciudad"
        ),
        fields: [
            .choice(
                "kind",
                en: "Kind",
                es: "Tipo",
                .required,
                default: "work",
                [
                    Choice("billing", en: "Billing", es: "Facturación", words: "fiscal"),
                    Choice("shipping", en: "Shipping", es: "Envío", words: "entrega envíos delivery"),
                    Choice("visit", en: "Visit", es: "Visita"),
                    Choice("home", en: "Home", es: "Particular", words: "casa domicilio"),
                    Choice("work", en: "Work", es: "Trabajo", words: "oficina office business"),
                    Choice("other", en: "Other", es: "Otra"),
                ]
            ),
            .longText("street", en: "Street", es: "Calle"),
            .text("neighborhood", en: "Neighborhood", es: "Colonia"),
            .text("city", en: "City", es: "Ciudad"),
            .text("state", en: "State", es: "Estado"),
            .code("postal_code", en: "Postal code", es: "Código postal", .numeral),
            Field("country", .country, en: "Country", es: "País"),
            .text("po_box", en: "PO box", es: "Apartado postal", .numeral),
            .decimal("latitude", en: "Latitude", es: "Latitud", as: .coordinate),
            .decimal("longitude", en: "Longitude", es: "Longitud", as: .coordinate),
            .boolean("primary", en: "Primary", es: "Principal"),
            .date("valid_from", en: "Valid from", es: "Válida desde"),
            .date("valid_until", en: "Valid until", es: "Válida hasta"),
        ],
        contacts: .owned(by: .contact, Text(en: "Contact", es: "Contacto")),
        listed: ["contact", "kind", "state", "postal_code", "country", "primary"],
        mention: Mention(["kind", "postal_code"], on: ["valid_from"]),
        dateOrders: [DateOrder("valid_from", "valid_until")],
        occasions: [
            Occasion("valid_from", en: "Address valid", es: "Dirección vigente", on: "valid_from", "created_at"),
            Occasion("valid_until", en: "Address no longer valid", es: "Dirección sin vigencia", on: "valid_until"),
        ],
        rules: [
            Rule(watching: ["latitude", "longitude"], before: { draft, _ in try checkPlace(of: draft) }),
            .single("primary", within: ["contact", "kind"]),
        ]
    ).module

    /// Refuses degrees that no place on Earth has.
    private static func checkPlace(of draft: Draft) throws {
        let limits = [("latitude", GlobePoint.limits.latitude), ("longitude", GlobePoint.limits.longitude)]
        let problems = limits.compactMap { key, degrees -> CRMError.Problem? in
            guard draft.changes(key), let field = draft.module.field(key), case .number(let digits) = field.type.form,
                let scaled = draft[key].integer,
                let fault = GlobePoint.fault(of: scaled, digits: digits, most: degrees)
            else { return nil }
            let value = field.type.text(of: draft[key], currency: nil)
            return CRMError.Problem(field: key, value: value, reason: fault.reason)
        }
        guard problems.isEmpty else {
            throw CRMError(
                .invalid,
                Text(en: "there is no such place", es: "no existe ese lugar"),
                module: .address,
                problems: problems
            )
        }
    }
}

import Localization

extension Part {
    /// Further ways to reach somebody beside the fields.
    static let contactPoint = Declaration(
        name: "point",
        en: "Contact point",
        es: "Punto de contacto",
        plural: (key: "points", en: "Contact points", es: "Puntos de contacto"),
        gender: .masculine,
        shorthand: ["kind", "value"],
        fields: [
            .choice(
                "kind",
                en: "Kind",
                es: "Tipo",
                .required,
                [
                    Choice("email", en: "Email", es: "Correo"),
                    Choice("phone", en: "Phone", es: "Teléfono"),
                    Choice("url", en: "Website", es: "Sitio web"),
                    Choice("profile", en: "Profile", es: "Perfil"),
                    Choice("chat", en: "Chat name", es: "Usuario de chat"),
                ]
            ),
            .text("value", en: "Value", es: "Valor", [.required, .key]).with {
                $0.variants = FieldVariants(
                    by: "kind",
                    [("email", .email), ("phone", .phone), ("url", .url), ("profile", .url), ("chat", .text)]
                )
            },
            .text(
                "label",
                en: "Label",
                es: "Etiqueta",
                note: Text(en: "home, work, billing and the like", es: "casa, trabajo, facturación y similares")
            ),
            .boolean("opted_out", en: "Opted out", es: "No usar", .refusal),
        ]
    ).part

    /// The addresses of a contact at which mail does not arrive, as the servers that could not deliver it reported.
    static let bounce = Declaration(
        name: "bounce",
        en: "Undeliverable address",
        es: "Dirección rebotada",
        plural: (key: "bounces", en: "Undeliverable addresses", es: "Direcciones rebotadas"),
        gender: .feminine,
        shorthand: ["address"],
        fields: [
            .email("address", en: "Address", es: "Dirección", .required),
            .date("bounced_on", en: "Came back on", es: "Rebotó el"),
            .text("reason", en: "Reason", es: "Motivo"),
        ]
    ).part

    /// The contents of a record's vCards that no field holds, stored as one vCard 4.0 and written again with the next
    /// card.
    static let cardRemainder = Declaration(
        name: "vcard",
        en: "vCard",
        es: "vCard",
        plural: (key: "vcards", en: "vCards", es: "vCards"),
        gender: .feminine,
        visibility: .kept,
        fields: [.longText("properties", en: "Properties", es: "Propiedades", [.required, .opaque])]
    ).part

    /// The components of calendars that records were read from, as they came: what no field holds is written again.
    static let calendarRemainder = Declaration(
        name: "icalendar",
        en: "iCalendar",
        es: "iCalendar",
        plural: (key: "icalendars", en: "iCalendars", es: "iCalendars"),
        gender: .masculine,
        visibility: .kept,
        fields: [
            .longText("components", en: "Components", es: "Componentes", [.required, .opaque]),
            .longText("contacts", en: "Contacts", es: "Contactos", [.opaque]),
        ]
    ).part
}

import Localization

extension Part {
    /// Further addresses and numbers of a contact, besides those in fields.
    static let contactPoint = Part(
        "point",
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
            Field(
                "value",
                .text,
                en: "Value",
                es: "Valor",
                traits: [.required, .key],
                variants: FieldVariants(
                    by: "kind",
                    [("email", .email), ("phone", .phone), ("url", .url), ("profile", .url), ("chat", .text)]
                )
            ),
            .text(
                "label",
                en: "Label",
                es: "Etiqueta",
                note: Text(en: "home, work, billing and the like", es: "casa, trabajo, facturación y similares")
            ),
            .boolean("opted_out", en: "Opted out", es: "No usar"),
        ]
    )

    /// The addresses of a contact at which mail does not arrive, as the servers that could not deliver it reported.
    static let bounce = Part(
        "bounce",
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
    )

    /// The contents of a record's vCards that no field holds, stored as one vCard 4.0 and written again with the next
    /// card.
    static let cardRemainder = Part(
        "vcard",
        en: "vCard",
        es: "vCard",
        plural: (key: "vcards", en: "vCards", es: "vCards"),
        gender: .feminine,
        visibility: .kept,
        fields: [.longText("properties", en: "Properties", es: "Propiedades", [.required, .opaque])]
    )

    /// The calendar components from which records were read, in their original form. What no field holds is written
    /// again.
    static let calendarRemainder = Part(
        "icalendar",
        en: "iCalendar",
        es: "iCalendar",
        plural: (key: "icalendars", en: "iCalendars", es: "iCalendars"),
        gender: .masculine,
        visibility: .kept,
        fields: [
            .longText("components", en: "Components", es: "Componentes", [.required, .opaque]),
            .longText("contacts", en: "Contacts", es: "Contactos", [.opaque]),
        ]
    )
}

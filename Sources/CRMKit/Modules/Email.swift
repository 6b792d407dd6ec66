extension ModuleName {
    /// Messages of the correspondence.
    public static let email: ModuleName = "email"
}

extension Module {
    static let email = Module(
        .email,
        en: "Email",
        es: "Email",
        plural: (en: "Emails", es: "Emails"),
        gender: .masculine,
        synonyms: "correo mail e-mail correo-electrónico",
        kin: "boletín newsletter",
        display: .field("subject"),
        fields: [
            .code("message_id", en: "Message id", es: "Id de mensaje", [.key, .unique]),
            .text("subject", en: "Subject", es: "Asunto"),
            .text("from", en: "From", es: "De"),
            .text("to", en: "To", es: "Para"),
            .text("cc", en: "Cc", es: "Cc"),
            .text("bcc", en: "Bcc", es: "Cco"),
            .dateTime("date", en: "Date", es: "Fecha"),
            .code("in_reply_to", en: "In reply to", es: "En respuesta a"),
            .code("references", en: "References", es: "Referencias"),
            .code("thread", en: "Thread", es: "Hilo"),
            .choice(
                "direction",
                en: "Direction",
                es: "Sentido",
                [
                    Choice("incoming", en: "Incoming", es: "Entrante"),
                    Choice("outgoing", en: "Outgoing", es: "Saliente"),
                    Choice("internal", en: "Internal", es: "Interno"),
                ]
            ),
            .longText("text", en: "Text", es: "Texto"),
        ],
        contacts: .many(
            LinkDefinition(
                [
                    .choice(
                        "role",
                        en: "Role",
                        es: "Rol",
                        [
                            Choice("from", en: "From", es: "De"),
                            Choice("to", en: "To", es: "Para"),
                            Choice("cc", en: "Cc", es: "Cc"),
                            Choice("bcc", en: "Bcc", es: "Cco"),
                        ]
                    )
                ],
                ownership: .own()
            )
        ),
        listed: ["date", "from", "to", "direction"],
        mention: Mention(["direction", "from"], on: ["date"]),
        occasions: [
            Occasion("sent", en: "Email", es: "Email", on: "date", "created_at")
        ]
    )
}

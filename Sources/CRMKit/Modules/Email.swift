import Localization

extension ModuleName {
    /// Messages of the correspondence.
    public static let email: ModuleName = "email"
}

extension Module {
    static let email = Declaration(
        name: .email,
        en: "Email",
        es: "Email",
        plural: (en: "Emails", es: "Emails"),
        gender: .masculine,
        synonyms: "correo mail e-mail correo-electrónico",
        kin: "boletín newsletter",
        display: .field("subject"),
        fields: [
            .code("message_id", en: "Message id", es: "Id de mensaje", [.key, .unique, .bracketed, .worldwide]),
            .text("subject", en: "Subject", es: "Asunto"),
            .text("from", en: "From", es: "De"),
            .text("to", en: "To", es: "Para"),
            .text("cc", en: "Cc", es: "Cc"),
            .text("bcc", en: "Bcc", es: "Cco"),
            .dateTime("date", en: "Date", es: "Fecha"),
            .code("in_reply_to", en: "In reply to", es: "En respuesta a", .bracketed),
            .code("references", en: "References", es: "Referencias", .bracketed),
            .code("thread", en: "Thread", es: "Hilo", .indexed),
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
            .anyReference("about", en: "About", es: "Relacionado con"),
            .code("sha256", en: "SHA-256 of the message", es: "SHA-256 del mensaje", [.content, .opaque]),
            .integer("size", en: "Size in bytes", es: "Tamaño en bytes", in: 0...Int64.max),
            .boolean(
                "from_quoted",
                en: "Lines quoted as in mbox",
                es: "Líneas citadas como en mbox",
                note: Text(
                    en: "lines of the message that begin with From have a mark before them",
                    es: "las líneas del mensaje que empiezan con From llevan una marca delante"
                )
            ),
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
        ],
        parts: [.attachment, .threadKey],
        choosing: [
            (
                "import",
                ["incoming", "outgoing", "internal"].map { FixedChoice(.email, "direction", $0) }
                    + ["from", "to", "cc", "bcc"].map { FixedChoice.role($0, in: .email) }
            )
        ],
        rules: [.sha256]
    ).module
}

extension Part {
    /// The files that came with a message.
    static let attachment = Declaration(
        name: "attachment",
        en: "Attachment",
        es: "Adjunto",
        plural: (key: "attachments", en: "Attachments", es: "Adjuntos"),
        gender: .masculine,
        shorthand: ["document", "name"],
        fields: [
            .reference("document", to: .document, en: "Document", es: "Archivo"),
            .text("name", en: "Name", es: "Nombre"),
            .code("content_id", en: "Content id", es: "Id de contenido"),
        ]
    ).part

    /// The keys by which related messages are found: a message's own id and those it refers to, its subject with
    /// when it was written, and, for a delivery report, the undelivered message and the address.
    static let threadKey = Declaration(
        name: "thread_key",
        en: "Thread key",
        es: "Clave de hilo",
        plural: (key: "thread_keys", en: "Thread keys", es: "Claves de hilo"),
        gender: .feminine,
        visibility: .kept,
        fields: [.code("value", en: "Value", es: "Valor", [.required, .key])]
    ).part
}

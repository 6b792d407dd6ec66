import Localization

extension ModuleName {
    /// Internal notes on a contact.
    public static let comment: ModuleName = "comment"
}

extension Module {
    static let comment = Declaration(
        name: .comment,
        en: "Comment",
        es: "Comentario",
        plural: (en: "Comments", es: "Comentarios"),
        gender: .masculine,
        synonyms: "nota note observación",
        display: .composed(["body"], separator: " ", words: 8, en: "First words", es: "Primeras palabras"),
        fields: [
            .longText("body", en: "Body", es: "Texto", .required),
            .text("author", en: "Author", es: "Autor", .person),
            .text("department", en: "Department", es: "Departamento"),
            .reference("in_reply_to", to: .comment, en: "In reply to", es: "En respuesta a", .acyclic),
            .date("follow_up_on", en: "Follow up on", es: "Fecha de seguimiento"),
            .anyReference("about", en: "About", es: "Relacionado con"),
        ],
        contacts: .owned(by: .contact, Text(en: "Contact", es: "Contacto")),
        listed: ["contact", "author", "department", "follow_up_on", "created_at"],
        mention: Mention(["author"]),
        occasions: [
            Occasion("created", en: "Comment written", es: "Comentario escrito", on: "created_at"),
            Occasion("follow_up", en: "Follow-up", es: "Seguimiento", on: "follow_up_on")
                .onPage(.followUps, .pending, of: ["assigned_to", "author"]),
        ]
    ).module
}

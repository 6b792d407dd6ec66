import Localization

extension Part {
    /// The members of a room, by their name on the server, and the contact each one is. The name may change; the user's
    /// key on the server, where it is known, stays.
    static let chatMember = Declaration(
        name: "member",
        en: "Member",
        es: "Participante",
        plural: (key: "members", en: "Members", es: "Participantes"),
        gender: .masculine,
        shorthand: ["username"],
        fields: [
            .code("username", en: "Username", es: "Usuario", .required),
            .text("name", en: "Name", es: "Nombre"),
            .email("email", en: "Email", es: "Correo"),
            .reference("contact", to: .contact, en: "Contact", es: "Contacto"),
            .code("user_id", en: "User id", es: "Id de usuario", [.opaque, .indexed]),
        ]
    ).part

    /// The types of messages that are nevertheless ordinary: a reply also shown to all, one by a program, one with a
    /// file.
    public static let plainMessageTypes: Set<String> = [
        "thread_broadcast", "bot_message", "me_message", "file_share", "file_comment", "file_mention",
        "slack_attachment", "me",
    ]

    /// The messages of a room, with the texts as on the server at the last synchronization.
    static let chatMessage = Declaration(
        name: "message",
        en: "Message",
        es: "Mensaje",
        plural: (key: "messages", en: "Messages", es: "Mensajes"),
        gender: .masculine,
        visibility: .gathered,
        fields: [
            .code("message_id", en: "Message id", es: "Id de mensaje", [.required, .key, .opaque]),
            .code("author", en: "Author", es: "Autor", .opaque),
            .longText("text", en: "Text", es: "Texto"),
            .instant("sent_at", en: "Sent at", es: "Enviado", .required),
            .instant("edited_at", en: "Edited at", es: "Editado"),
            .instant("deleted_at", en: "Deleted at", es: "Eliminado"),
            .code("thread", en: "Thread", es: "Hilo", .opaque),
            .code("type", en: "System type", es: "Tipo de sistema", .opaque),
            .longText("attachments", en: "Attachments", es: "Adjuntos"),
            .longText("reactions", en: "Reactions", es: "Reacciones", .opaque),
            .longText("earlier", en: "Earlier texts", es: "Textos anteriores", .opaque),
            // The name under which a program posts through the account of the author.
            .text("alias", en: "Posted as", es: "Publicado como"),
        ]
    ).part
}

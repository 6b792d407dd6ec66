import Localization

extension ModuleName {
    /// Rooms of a chat server.
    public static let channel: ModuleName = "channel"
}

extension Module {
    static let channel = Declaration(
        name: .channel,
        en: "Channel",
        es: "Canal de chat",
        plural: (en: "Channels", es: "Canales de chat"),
        gender: .masculine,
        synonyms: "canal chat sala room",
        kin: "whatsapp mensaje message sms",
        fields: [
            .text("name", en: "Name", es: "Nombre del canal", .required),
            .url("server_url", en: "Server URL", es: "URL del servidor", .worldwide),
            .code("room_id", en: "Room id", es: "Id de la sala", [.required, .key, .worldwide]).set(byOption: "room"),
            .choice(
                "kind",
                en: "Kind",
                es: "Tipo",
                [
                    Choice("channel", en: "Channel", es: "Canal"),
                    Choice("group", en: "Group", es: "Grupo"),
                    Choice("direct", en: "Direct", es: "Directo"),
                ]
            ),
            .text("topic", en: "Topic", es: "Tema"),
            .text("server_name", en: "Name on the server", es: "Nombre en el servidor"),
            .dateTime("last_synced_at", en: "Last synced at", es: "Última sincronización"),
        ],
        contacts: .many(LinkDefinition(ownership: .own(where: "kind", is: "direct"))),
        listed: ["kind", "server_url", "room_id", "topic", "last_synced_at"],
        mention: Mention(["kind", "topic"], on: ["last_synced_at"]),
        occasions: [
            Occasion("linked", en: "Channel linked", es: "Canal vinculado", on: "link.created_at"),
            Occasion("synced", en: "Channel synchronized", es: "Canal sincronizado", on: "last_synced_at"),
            Occasion(
                "message",
                label: Text(en: "Message", es: "Mensaje"),
                on: "sent_at",
                ofEach: Part.chatMessage.name,
                saying: "text"
            )
            .by("author", amongRowsOf: Part.chatMember.name, called: "username")
            .orSaying("attachments")
            .when("deleted_at", is: "deleted", Text(en: "Message deleted", es: "Mensaje eliminado"))
            .when(
                "type",
                besides: Part.plainMessageTypes,
                is: "system",
                Text(en: "Message of the system", es: "Mensaje del sistema")
            ),
        ],
        parts: [.chatMember, .chatMessage],
        choosing: ["sync", "import"].map { verb in
            (verb, ["channel", "group", "direct"].map { FixedChoice(.channel, "kind", $0) })
        },
        rules: [
            Rule(
                watching: ["name", "room_id"],
                before: { draft, _ in
                    // The id is the name until the server reports one.
                    if draft["name"].isNull { draft["name"] = draft["room_id"] }
                }
            )
        ]
    ).module
}

import CRMKit
import Localization

/// A message written by the chat program itself, in words instead of the key of its type.
struct SystemMessage {
    private let type: String
    private let text: String
    private let author: String

    /// - Returns: `nil` for a message without a type, which a person wrote.
    init?(_ line: ChatLog.Line) {
        guard let type = line.type else { return nil }
        self.type = type
        text = line.text ?? ""
        author = line.name ?? line.username ?? ""
    }

    /// The message in words.
    var words: Text {
        if let told = happening { return told }
        if Part.plainMessageTypes.contains(type) || !text.isEmpty && Self.worded.contains(where: type.hasPrefix) {
            return Text(text)
        }
        return Text(["[\(type)]", text].filter { !$0.isEmpty }.joined(separator: " "))
    }

    /// The prefixes of types in Slack and Mattermost whose text describes the event.
    private static let worded = ["channel_", "group_", "system_", "pinned_item", "bot_add", "bot_remove", "reminder_"]

    /// A description of the event that the message reports. In Rocket.Chat the text of such a message is only the name
    /// or value concerned (MessageTypesValues of its core-typings).
    private var happening: Text? {
        // The text is the person who joined or left; in old exports it is missing, and the author is that person.
        let who = text.isEmpty ? author : text
        switch type {
        case "uj", "ujt", "ut": return Text(en: "\(who) joined", es: "\(who) entró")
        case "ul", "ult": return Text(en: "\(who) left", es: "\(who) salió")
        case "au", "added-user-to-team": return Text(en: "added \(who)", es: "agregó a \(who)")
        case "ru", "removed-user-from-team": return Text(en: "removed \(who)", es: "sacó a \(who)")
        case "user-muted": return Text(en: "muted \(who)", es: "silenció a \(who)")
        case "user-unmuted": return Text(en: "let \(who) write again", es: "dejó a \(who) escribir de nuevo")
        case "subscription-role-added": return Text(en: "gave a role to \(who)", es: "dio un rol a \(who)")
        case "subscription-role-removed": return Text(en: "took a role from \(who)", es: "quitó un rol a \(who)")
        case "r": return Text(en: "named the room \(text)", es: "llamó a la sala \(text)")
        case "room_changed_topic": return Text(en: "set the topic: \(text)", es: "puso como tema: \(text)")
        case "room_changed_description":
            return Text(en: "set the description: \(text)", es: "puso como descripción: \(text)")
        case "room_changed_announcement":
            return Text(en: "set the announcement: \(text)", es: "puso como anuncio: \(text)")
        case "room_changed_privacy": return Text(en: "made the room \(text)", es: "hizo la sala \(text)")
        case "room-archived": return Text(en: "archived the room", es: "archivó la sala")
        case "room-unarchived": return Text(en: "unarchived the room", es: "desarchivó la sala")
        case "message_pinned": return Text(en: "pinned a message", es: "fijó un mensaje")
        case "discussion-created": return Text(en: "began a discussion: \(text)", es: "inició una discusión: \(text)")
        case "jitsi_call_started", "videoconf": return Text(en: "began a call", es: "inició una llamada")
        default: return nil
        }
    }
}

import Formats
import Localization

/// Reads answers of Rocket.Chat's REST API, and its exports, whose messages have the same form without their keys
/// (https://developer.rocket.chat/apidocs).
public enum RocketChat {
    /// A room of the server.
    public struct Room: Sendable, Equatable {
        /// The room's key.
        public let id: String
        /// The display name of the room; for a direct conversation, the names of its members.
        public let name: String
        /// The name by which the server finds the room, in the form of a word; `nil` for a direct conversation.
        public let word: String?
        /// The value for the field `kind`: `channel`, `group` or `direct`; `nil` for any other kind.
        public let kind: String?
        /// The room's topic.
        public let topic: String?
        /// The members of a direct conversation, by user name.
        public let usernames: [String]
        /// The number of messages, if the server states it.
        public let count: Int?

        /// Reads a room.
        ///
        /// - Returns: `nil` if the room has no `_id`.
        public init?(_ json: JSONValue) {
            guard let id = json["_id"]?.filledText else { return nil }
            self.id = id
            kind =
                switch json["t"]?.filledText {
                case "c": "channel"
                case "p": "group"
                case "d": "direct"
                default: nil
                }
            usernames = json["usernames"]?.elements.compactMap(\.filledText) ?? []
            word = json["name"]?.filledText
            let name = json["fname"]?.filledText ?? word
            self.name = name ?? (usernames.isEmpty ? id : usernames.joined(separator: ", "))
            topic = json["topic"]?.filledText
            count = json["msgs"]?.integer.map { Int($0) }
        }
    }

    /// A change of a message since it was last read.
    public enum Change: Sendable {
        /// The present state of the message.
        case message(ChatMessage)
        /// The message was deleted.
        case removal(id: String, at: String?)
    }

    /// The key and time of a message in its room.
    public struct Place: Sendable, Equatable {
        /// The message's key.
        public let id: String
        /// The moment of sending, RFC 3339 in UTC to the millisecond.
        public let sentAt: String

        /// Creates the place of a known message.
        public init(id: String, sentAt: String) { (self.id, self.sentAt) = (id, sentAt) }

        /// Reads the place of a message, even of a hidden one.
        ///
        /// - Returns: `nil` for an object without a key or a time.
        public init?(_ json: JSONValue) {
            guard let id = json["_id"]?.filledText, let sentAt = json["ts"]?.moment else { return nil }
            self.init(id: id, sentAt: sentAt)
        }
    }

    /// Reads a message.
    ///
    /// - Parameter changedAt: set to the time when the server last changed the message, RFC 3339.
    /// - Returns: `nil` for a hidden copy, which is an earlier state of another message, and for an object that is not
    ///   a message.
    public static func change(_ json: JSONValue, changedAt: inout String?) -> Change? {
        guard case .object(let members) = json else { return nil }
        var message = ChatMessage(id: "", sentAt: "")
        var isRemoved = false
        var descriptions: [String] = []
        var framed: [ChatMessage.Attachment] = []
        var files: [ChatMessage.Attachment] = []
        var pages: [ChatMessage.Attachment] = []
        for member in members {
            switch member.name {
            case "_id": message.id = member.value.filledText ?? ""
            case "msg": message.text = member.value.filledText
            case "ts": message.sentAt = member.value.moment ?? ""
            case "u": message.author = author(member.value)
            case "alias": message.alias = member.value.filledText
            case "editedAt": message.editedAt = member.value.moment
            case "_updatedAt": changedAt = member.value.moment
            case "_deletedAt":
                isRemoved = true
                message.deletedAt = member.value.moment
            case "tmid": message.thread = member.value.filledText
            case "t": message.type = member.value.filledText
            case "deleted": isRemoved = isRemoved || member.value == .bool(true)
            case "_hidden": if member.value == .bool(true) { return nil }
            case "attachments":
                framed = member.value.elements.compactMap(attachment)
                descriptions = member.value.elements.compactMap { $0["description"]?.filledText }
            case "file": if let file = file(member.value) { files.insert(file, at: 0) }
            case "files": files += member.value.elements.compactMap(file)
            case "urls": pages = member.value.elements.compactMap(page)
            case "reactions": message.reactions = reactions(member.value)
            default: break
            }
        }
        guard !message.id.isEmpty else { return nil }
        if isRemoved || message.type == "rm" {
            return .removal(id: message.id, at: message.deletedAt ?? message.editedAt ?? changedAt)
        }
        guard !message.sentAt.isEmpty else { return nil }
        message.add(descriptions)
        // If a file is mentioned several times, the mention with the server's link counts.
        message.attachments = framed + files + pages
        message.dropRepeatedAttachments()
        return .message(message)
    }

    /// Whether an object is a message that is hidden or was removed.
    public static func isGone(_ json: JSONValue) -> Bool {
        json["_id"]?.filledText != nil && (json["_hidden"] == .bool(true) || json["t"]?.filledText == "rm")
    }

    static func author(_ json: JSONValue) -> ChatMessage.Author? {
        json["username"]?.filledText.map { username in
            ChatMessage.Author(username: username, name: json["name"]?.filledText, id: json["_id"]?.filledText)
        }
    }

    static func attachment(_ json: JSONValue) -> ChatMessage.Attachment? {
        let links = ["title_link", "image_url", "video_url", "audio_url", "url", "message_link"]
        let link = links.lazy.compactMap { json[$0]?.filledText }.first
        let title = ["title", "fileName", "author_name"].lazy.compactMap { json[$0]?.filledText }.first
        let words = [title, json["text"]?.filledText].compactMap(\.self)
        guard let name = words.isEmpty ? link : words.joined(separator: ": ") else { return nil }
        return ChatMessage.Attachment(name: name, link: link)
    }

    private static func file(_ json: JSONValue) -> ChatMessage.Attachment? {
        json["name"]?.filledText.map { name in
            let encoded = PercentEncoding.encoded(name, in: .path)
            return ChatMessage.Attachment(
                name: name,
                link: json["_id"]?.filledText.map { "/file-upload/\($0)/\(encoded)" }
            )
        }
    }

    /// Returns the key of the file in a link `/file-upload/KEY/NAME`, whose name may be percent-encoded or not.
    fileprivate static func upload(in link: String) -> String? {
        guard let range = link.firstRange(of: "/file-upload/") else { return nil }
        return String(link[range.upperBound...].prefix { $0 != "/" })
    }

    private static func page(_ json: JSONValue) -> ChatMessage.Attachment? {
        json["url"]?.filledText.map { ChatMessage.Attachment(name: $0, link: $0) }
    }

    static func reactions(_ json: JSONValue) -> [(sign: String, users: [String])] {
        guard case .object(let members) = json else { return [] }
        return members.map { ($0.name, $0.value["usernames"]?.elements.compactMap(\.filledText) ?? []) }
    }
}

extension ChatMessage {
    /// Whether the message says that the room got another name or topic.
    public var changesRoom: Bool { type == "r" || type == "room_changed_topic" }

    /// Appends the descriptions of files, which are texts sent together with them, to the text.
    mutating func add(_ descriptions: [String]) {
        let new = descriptions.filter { text?.contains($0) != true }
        if !new.isEmpty { text = ([text].compactMap(\.self) + new).joined(separator: "\n") }
    }

    /// Removes repeated attachments: one file is listed as an attachment, as the file and among the files, and has one
    /// upload; several files with the same name are kept.
    fileprivate mutating func dropRepeatedAttachments() {
        guard attachments.count > 1 else { return }
        let linked = Set(attachments.lazy.filter { $0.link != nil }.map(\.name))
        var known: Set<String> = []
        attachments = attachments.filter { attachment in
            if let link = attachment.link { return known.insert(RocketChat.upload(in: link) ?? link).inserted }
            return !linked.contains(attachment.name) && known.insert(attachment.name).inserted
        }
    }
}

extension JSONValue {
    /// The text of a string that is not empty.
    var filledText: String? {
        if case .string(let text) = self, !text.isEmpty { text } else { nil }
    }

    /// The elements of an array; none for any other value.
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// The integer; `nil` for any other value.
    var integer: Int64? { if case .number(let number) = self { number.integer } else { nil } }

    /// The moment in UTC to the millisecond: RFC 3339, milliseconds since 1970, or either in the extended JSON of
    /// MongoDB (`{"$date":…}`); `nil` for any other value, and for a day or time that does not exist.
    var moment: String? {
        switch self {
        case .string(let text):
            if text.isInstant { return text }
            guard let moment = Moment(stored: text) else { return nil }
            return moment.description(milliseconds: Moment.milliseconds(in: text))
        case .number(let number): return number.integer.flatMap(Moment.description(millisecondsSinceEpoch:))
        case .object: return self["$date"]?.moment
        default: return nil
        }
    }
}

extension String {
    /// Whether the text is a moment in the form in which this program writes them, `2026-01-31T09:30:00.125Z`, so that
    /// it need not be written anew.
    fileprivate var isInstant: Bool {
        utf8.withContiguousStorageIfAvailable { Moment.isToTheMillisecond(UnsafeRawBufferPointer($0)) } ?? false
    }
}

import Formats
import SQLite

/// A message from a server or an export.
public struct ChatMessage: Sendable, Equatable {
    /// The author of a message.
    public struct Author: Sendable, Equatable {
        /// The username on the server, without spaces: `ana.ruiz`.
        public var username: String
        /// The display name.
        public var name: String?
        /// The e-mail address, if it is known.
        public var email: String?
        /// The user's key on the server, which stays when the username changes; `nil` if it is not known.
        public var id: String?

        /// Creates an author.
        public init(username: String, name: String? = nil, email: String? = nil, id: String? = nil) {
            (self.username, self.name, self.email, self.id) = (username, name, email, id)
        }

        /// The author as a member has the username and the key; input may exceed what fields can hold.
        var storable: Author {
            var author = self
            author.username = StorableText.plain(username)
            author.id = id.map(StorableText.plain)
            return author
        }

        /// Returns the form in which two spellings of one username are equal: servers ignore case, and people write an
        /// @ before it.
        public static func matchKey(of username: String) -> String {
            Fold.fold(username.hasPrefix("@") ? String(username.dropFirst()) : username)
        }
    }

    /// An attached file, or a quoted page.
    public struct Attachment: Sendable, Equatable {
        /// The attachment's name.
        public var name: String
        /// The web address; `nil` when it is not known.
        public var link: String?
    }

    /// The message's key in the room.
    public var id: String
    /// The author; `nil` when there is none.
    public var author: Author?
    /// The name under which a program posted the message through the author's account; `nil` if it gave none.
    public var alias: String?
    /// The text; `nil` when it is empty.
    public var text: String?
    /// The moment of sending, RFC 3339 in UTC to the millisecond.
    public var sentAt: String
    /// The moment of the last edit; `nil` when it was never edited.
    public var editedAt: String?
    /// The moment of deletion; `nil` when it was not deleted.
    public var deletedAt: String?
    /// The key of the message that it answers; `nil` if it answers none.
    public var thread: String?
    /// The server's type of a system message, such as that somebody joined or the topic changed; `nil` for a message
    /// that a person wrote.
    public var type: String?
    /// The attachments.
    public var attachments: [Attachment] = []
    /// The reactions, each with the users who gave it.
    public var reactions: [(sign: String, users: [String])] = []

    init(id: String, sentAt: String) { (self.id, self.sentAt) = (id, sentAt) }

    /// Whether two messages have the same stored row and author.
    public static func == (first: ChatMessage, second: ChatMessage) -> Bool {
        first.row(of: .chatMessage) == second.row(of: .chatMessage) && first.author == second.author
    }

    /// Returns the row of a new message.
    func row(of part: Part) -> [Value] {
        var row = part.defaults
        write { row[part.position(required: $0)] = $1 }
        return row
    }

    /// Writes the message into its row. The earlier texts in the row are left to the caller.
    func write(into row: inout PartDraft) { write { row[$0] = $1 } }

    private func write(_ set: (String, Value) -> Void) {
        func stored(_ text: String?) -> Value { text.map { .text(StorableText.plain($0)) } ?? .null }
        set("message_id", stored(id))
        set("author", stored(author?.username))
        set("alias", stored(alias.flatMap { StorableText.held($0.trimmed, as: .text) }))
        set("text", stored(text))
        set("sent_at", .text(sentAt))
        set("edited_at", stored(editedAt))
        set("deleted_at", stored(deletedAt))
        set("thread", stored(thread))
        set("type", stored(type))
        set("attachments", stored(Self.lines(attachments.map(\.line))))
        set("reactions", stored(Self.lines(reactions.map { ([$0.sign] + $0.users).joined(separator: " ") })))
    }

    /// Reads the stored attachments of a message; `nil` for none.
    static func attachments(stored text: String?) -> [Attachment] {
        (text?.split(separator: "\n") ?? []).map { Attachment(line: $0) }
    }

    /// Reads the stored reactions to a message; `nil` for none.
    static func reactions(stored text: String?) -> [(sign: String, users: [String])] {
        (text?.split(separator: "\n") ?? []).map { line in
            let words = line.split(separator: " ").map(String.init)
            return (words.first ?? "", Array(words.dropFirst()))
        }
    }

    private static func lines(_ lines: [String]) -> String? { lines.isEmpty ? nil : lines.joined(separator: "\n") }
}

extension ChatMessage.Attachment {
    /// The attachment as one line: the name, then the link in angle brackets.
    public var line: String {
        let name = String(name.map { $0.isNewline ? " " : $0 })
        return link.map { "\(name) <\($0)>" } ?? name
    }

    /// Reads an attachment from such a line.
    init(line: Substring) {
        guard line.hasSuffix(">"), let mark = line.lastIndex(of: "<"), mark != line.startIndex else {
            self.init(name: String(line), link: nil)
            return
        }
        let link = line[line.index(after: mark)...].dropLast()
        self.init(name: String(line[..<mark].dropLast()), link: String(link))
    }
}

/// The text of a message before it was edited or deleted.
public struct EarlierText: Sendable, Equatable {
    /// The text.
    public let text: String
    /// The moment at which the text was replaced: when the server changed it, or when the change was noticed.
    public let until: String?

    /// Reads the stored earlier texts of a message.
    public static func all(in stored: String) -> [EarlierText] {
        guard let elements = JSONValue.elements(ofArray: stored) else { return [] }
        return elements.compactMap { element in
            guard case .string(let text)? = element["text"] else { return nil }
            guard case .string(let until)? = element["until"] else { return EarlierText(text: text, until: nil) }
            return EarlierText(text: text, until: until)
        }
    }

    /// Returns the value that stores the earlier texts of a message.
    static func stored(_ all: [EarlierText]) -> Value {
        if all.isEmpty { return .null }
        let elements = all.map { earlier in
            JSONValue.object([
                JSONMember("text", .string(earlier.text)),
                JSONMember("until", earlier.until.map(JSONValue.string) ?? .null),
            ])
        }
        return .text(JSONValue.array(elements).text)
    }
}

import SQLite

/// A choice among the messages of a channel.
struct MessageChoice {
    /// The earliest moment of sending, RFC 3339 in UTC to the millisecond; `nil` for any.
    var since: String?
    /// The moment before which messages were sent; `nil` for any.
    var before: String?
    /// The authors whose messages are chosen; `nil` for all.
    var authors: [String]?
    /// The key of a message, to which and to whose answers the choice is limited; `nil` for all.
    var thread: String?
}

/// The values that distinguish a stored message from others that its author sent at the same moment.
struct MessageState {
    /// The prefix of keys made by this program for messages without a key.
    static let madeKey = "x-"

    let row: Int64
    let key: String
    let text: String?
    let type: String?
    let editedAt: String?
    let isErased: Bool

    /// Whether this program made the key, because the export had none.
    var isKeyMade: Bool { key.hasPrefix(Self.madeKey) }
}

extension Store {
    /// Returns the rows of the messages of a channel, oldest first: the id, then the fields of the part.
    func messages(of channel: Int64, _ choice: MessageChoice) throws -> Statement {
        let table = Table(.chatMessage, of: registry[.channel])
        var conditions: [SQLFragment] = ["\(name: table.ownerColumn) = \(bind: .integer(channel))"]
        if let since = choice.since { conditions.append("\(name: "sent_at") >= \(bind: .text(since))") }
        if let before = choice.before { conditions.append("\(name: "sent_at") < \(bind: .text(before))") }
        if let authors = choice.authors {
            conditions.append("\(name: "author") IN (\(authors.map { .bind(.text($0)) }.joined(", ")))")
        }
        if let thread = choice.thread {
            let key = SQLFragment.bind(.text(thread))
            conditions.append("(\(name: "thread") = \(key) OR \(name: "message_id") = \(key))")
        }
        let columns = [SQLFragment.name("id")] + Part.chatMessage.fields.map { .name($0.key) }
        return try database.prepare(
            fragment: """
                SELECT \(columns.joined(", ")) FROM \(name: table.name) WHERE \(conditions.conjunction) \
                ORDER BY \(name: "sent_at"), \(name: "id")
                """
        )
    }

    /// Whether a channel has the message with a key, deleted or not.
    ///
    /// - Parameter answers: whether answers to the message are enough.
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func hasMessage(_ key: String, orAnswers answers: Bool = false, of channel: Int64) throws(CRMError) -> Bool {
        let table = Table(.chatMessage, of: registry[.channel])
        if answers, try !hasMessage(key, of: channel) {
            return try translating { try messages(of: channel, MessageChoice(thread: key)).step() }
        }
        return try translating {
            let rows = try statement(
                """
                SELECT 1 FROM \(name: table.name) WHERE \(name: table.ownerColumn) = \(bind: .integer(channel)) \
                AND \(name: "message_id") = \(bind: .text(key))
                """
            )
            defer { rows.reset() }
            return try rows.step()
        }
    }

    /// Returns the messages of a channel that an author sent at a moment, and those of erased people, each of whom may
    /// have been this author.
    func messages(of channel: Int64, by author: Value, sentAt moment: String) throws -> [MessageState] {
        let table = Table(.chatMessage, of: registry[.channel])
        let rows = try statement(
            """
            SELECT "id", "message_id", "text", "type", "edited_at", "author" FROM \(name: table.name) \
            WHERE \(name: table.ownerColumn) = \(bind: .integer(channel)) AND "sent_at" = \(bind: .text(moment)) \
            AND ("author" IS \(bind: author) OR \(ErasedAuthor.isErased("\"author\"")))
            """
        )
        defer { rows.reset() }
        var messages: [MessageState] = []
        while try rows.step() {
            func text(_ place: Int) -> String? { rows.isNull(at: place) ? nil : rows.text(at: place) }
            messages.append(
                MessageState(
                    row: rows.integer(at: 0),
                    key: rows.text(at: 1),
                    text: text(2),
                    type: text(3),
                    editedAt: text(4),
                    isErased: ErasedAuthor.isErased(text(5))
                )
            )
        }
        return messages
    }

    /// Returns the ids of the rows of the messages of a channel that an author sent.
    func messages(of channel: Int64, by author: String) throws -> [Int64] {
        let table = Table(.chatMessage, of: registry[.channel])
        return try statement(
            """
            SELECT "id" FROM \(name: table.name) WHERE \(name: table.ownerColumn) = \(bind: .integer(channel)) \
            AND "author" = \(bind: .text(author)) ORDER BY "id"
            """
        ).integers()
    }

    /// Returns the ids of the channels that have a room's key, in order.
    func channels(ofRoom key: String) throws -> [Int64] {
        let table = registry[.channel].table
        return try statement(
            "SELECT \"id\" FROM \(name: table) WHERE \"room_id\" = \(bind: .text(key)) ORDER BY \"id\""
        ).integers()
    }

    /// Whether any channel has messages whose keys this program made.
    func hasMessagesWithMadeKeys() throws -> Bool {
        let table = Table(.chatMessage, of: registry[.channel])
        let rows = try statement(
            "SELECT 1 FROM \(name: table.name) WHERE \(Self.isMade(of: table.name)) LIMIT 1"
        )
        defer { rows.reset() }
        return try rows.step()
    }

    /// Returns the condition that this program made the key of a message, because its export had none. It is a range,
    /// so that an index serves it.
    private static func isMade(of table: String) -> SQLFragment {
        let prefix = MessageState.madeKey
        let end = prefix.dropLast() + "."
        let key = SQLFragment.column("message_id", of: table)
        return "\(key) >= \(bind: .text(prefix)) AND \(key) < \(bind: .text(String(end)))"
    }

    /// Returns the ids of the rows of messages of a channel that were sent before a moment, are not marked as deleted,
    /// and have keys of the server: an export may hold what the server no longer has. The oldest is first.
    func standingMessages(of channel: Int64, sentBefore moment: String) throws -> [Int64] {
        let table = Table(.chatMessage, of: registry[.channel])
        let rows = try statement(
            """
            SELECT "id" FROM \(name: table.name) WHERE \(name: table.ownerColumn) = \(bind: .integer(channel)) \
            AND \(name: "sent_at") < \(bind: .text(moment)) AND \(name: "deleted_at") IS NULL \
            AND NOT (\(Self.isMade(of: table.name))) ORDER BY \(name: "sent_at"), \(name: "id")
            """
        )
        return try rows.integers()
    }
}

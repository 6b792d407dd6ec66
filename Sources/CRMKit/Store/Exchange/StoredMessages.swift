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

    /// Returns the messages of a channel that an author sent at a moment: their keys, and when each was last edited.
    func messages(
        of channel: Int64,
        by author: Value,
        sentAt moment: String
    ) throws -> [(key: String, editedAt: String?)] {
        let table = Table(.chatMessage, of: registry[.channel])
        let rows = try statement(
            """
            SELECT "message_id", "edited_at" FROM \(name: table.name) WHERE \(name: table.ownerColumn) = \
            \(bind: .integer(channel)) AND "sent_at" = \(bind: .text(moment)) AND "author" IS \(bind: author)
            """
        )
        defer { rows.reset() }
        var messages: [(key: String, editedAt: String?)] = []
        while try rows.step() {
            messages.append((rows.text(at: 0), rows.isNull(at: 1) ? nil : rows.text(at: 1)))
        }
        return messages
    }

    /// Returns the ids of the rows of messages of a channel that were sent before a moment and are not marked as
    /// deleted.
    func standingMessages(of channel: Int64, sentBefore moment: String) throws -> [Int64] {
        let table = Table(.chatMessage, of: registry[.channel])
        let rows = try statement(
            """
            SELECT "id" FROM \(name: table.name) WHERE \(name: table.ownerColumn) = \(bind: .integer(channel)) \
            AND \(name: "sent_at") < \(bind: .text(moment)) AND \(name: "deleted_at") IS NULL
            """
        )
        return try rows.integers()
    }
}

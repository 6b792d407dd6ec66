import SQLite

/// Finds messages and files that are already in the database.
final class MailLookup {
    /// A stored message.
    struct Stored {
        let id: Int64
        /// The hash of the message's content; `nil` when only its fields are stored.
        let sha256: String?
        /// Whether lines that begin with `From ` are quoted in the content.
        let isQuoted: Bool
        /// The date in seconds since 1970.
        let date: Int64?
        let text: String
    }

    private let byContent: Statement
    private let byMessageID: Statement
    private let others: Statement
    private let document: Statement
    private let key: Statement

    /// The maximum number of different messages with the same id and date that are examined: more than occur in
    /// practice, but few enough for a mailbox of only such messages.
    private static let mostOthers = 500
    private static let columns = "\"id\", \"sha256\", \"from_quoted\", \"date\", \"text\""

    init(_ store: Store) throws {
        byContent = try store.database.prepare("SELECT \"id\" FROM \"email\" WHERE \"sha256\" = ?", persistent: true)
        byMessageID = try store.database.prepare(
            "SELECT \(Self.columns) FROM \"email\" WHERE \"message_id\" = ?",
            persistent: true
        )
        // `$` is the character after `#`.
        others = try store.database.prepare(
            """
            SELECT \(Self.columns) FROM "email" WHERE "message_id" >= ? || '#' AND "message_id" < ? || '$' \
            AND "date" IS ? ORDER BY "message_id" LIMIT \(Self.mostOthers)
            """,
            persistent: true
        )
        document = try store.database.prepare(
            "SELECT \"id\" FROM \"document\" WHERE \"sha256\" = ? ORDER BY \"id\" LIMIT 1",
            persistent: true
        )
        key = try store.database.prepare(
            "SELECT \"id\" FROM \"email_thread_key\" WHERE \"value\" = ? LIMIT 1",
            persistent: true
        )
    }

    /// Returns the message whose content has a hash.
    func email(ofContent sha256: String) throws -> Int64? { try id(byContent, sha256) }

    /// Returns the oldest file whose content has a hash.
    func document(ofContent sha256: String) throws -> Int64? { try id(document, sha256) }

    /// Whether a message or a delivery report has a key.
    func isKnown(key text: String) throws -> Bool { try id(key, text) != nil }

    /// Returns the message with an id.
    func email(ofMessageID id: String) throws -> Stored? {
        try byMessageID.bind(id, at: 1)
        defer { byMessageID.reset() }
        return try byMessageID.step() ? Self.stored(byMessageID) : nil
    }

    /// Returns other messages of one date that arrived with an id that was already taken. They are stored under keys
    /// that begin with the id; copies of a message have the same date.
    ///
    /// - Parameter date: the date in seconds since 1970.
    func others(ofMessageID id: String, on date: Int64?) throws -> [Stored] {
        try others.bind(id, at: 1)
        try others.bind(id, at: 2)
        try others.bind(date.map { Moment.value($0) } ?? Value.null, at: 3)
        defer { others.reset() }
        var found: [Stored] = []
        while try others.step() { found.append(Self.stored(others)) }
        return found
    }

    private static func stored(_ row: Statement) -> Stored {
        Stored(
            id: row.integer(at: 0),
            sha256: row.isNull(at: 1) ? nil : row.text(at: 1),
            isQuoted: row.integer(at: 2) == 1,
            date: row.isNull(at: 3) ? nil : Moment.seconds(stored: row.text(at: 3)),
            text: row.text(at: 4)
        )
    }

    private func id(_ statement: Statement, _ key: String) throws -> Int64? {
        try statement.bind(key, at: 1)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(at: 0) : nil
    }
}

import SQLite

/// Finds messages and files that the database has already.
final class MailLookup {
    /// A stored message: its id, and the content that it is, with how that is quoted.
    struct Stored {
        let id: Int64
        let sha256: String?
        let isQuoted: Bool
    }

    private let byContent: Statement
    private let byMessageID: Statement
    private let document: Statement

    init(_ store: Store) throws {
        byContent = try store.database.prepare("SELECT \"id\" FROM \"email\" WHERE \"sha256\" = ?", persistent: true)
        byMessageID = try store.database.prepare(
            "SELECT \"id\", \"sha256\", \"from_quoted\" FROM \"email\" WHERE \"message_id\" = ?",
            persistent: true
        )
        document = try store.database.prepare(
            "SELECT \"id\" FROM \"document\" WHERE \"sha256\" = ? ORDER BY \"id\" LIMIT 1",
            persistent: true
        )
    }

    /// The message whose bytes have a hash.
    func email(ofContent sha256: String) throws -> Int64? { try id(byContent, sha256) }

    /// The oldest file whose bytes have a hash.
    func document(ofContent sha256: String) throws -> Int64? { try id(document, sha256) }

    /// The message of an id.
    func email(ofMessageID id: String) throws -> Stored? {
        try byMessageID.bind(id, at: 1)
        defer { byMessageID.reset() }
        guard try byMessageID.step() else { return nil }
        return Stored(
            id: byMessageID.integer(at: 0),
            sha256: byMessageID.isNull(at: 1) ? nil : byMessageID.text(at: 1),
            isQuoted: byMessageID.integer(at: 2) == 1
        )
    }

    private func id(_ statement: Statement, _ key: String) throws -> Int64? {
        try statement.bind(key, at: 1)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(at: 0) : nil
    }
}

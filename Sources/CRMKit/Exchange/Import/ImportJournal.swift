import Localization

/// How far an import of several transactions has come. The number is kept in the database, in the same transaction
/// as the rows it counts, under a token that the user's file holds: whatever stops the import, no row is taken twice.
public struct ImportJournal: Sendable {
    /// What tells this import from others.
    public let token: String

    /// Takes up the journal of a token.
    public init(token: String) { self.token = token }

    /// A token nobody else has: 128 random bits in hexadecimal.
    public static func newToken() -> String {
        let bits: [UInt64] = [.random(in: .min ... .max), .random(in: .min ... .max)]
        return bits.map { bits in
            let digits = String(bits, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// How many rows were committed; `nil` where the database has no such import.
    public func rows(in store: Store) throws(CRMError) -> Int? {
        try store.translating {
            let sql = "SELECT \"rows\" FROM \"import_journal\" WHERE \"token\" = ?"
            return try store.database.scalar(sql, [.text(token)])?.integer.map { Int($0) }
        }
    }

    /// Notes how many rows are committed with a transaction.
    public func note(rows: Int, in transaction: Transaction) throws {
        try transaction.store.statement(
            """
            INSERT INTO "import_journal" ("token", "rows") VALUES (?, ?) \
            ON CONFLICT ("token") DO UPDATE SET "rows" = excluded."rows"
            """
        ).run([.text(token), .integer(Int64(rows))])
    }

    /// Forgets the import, which is complete with a transaction.
    public func close(in transaction: Transaction) throws {
        try transaction.store.statement("DELETE FROM \"import_journal\" WHERE \"token\" = ?").run([.text(token)])
    }
}

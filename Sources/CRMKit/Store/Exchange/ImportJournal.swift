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

    /// How far an import has come.
    public struct State: Sendable, Hashable {
        /// How many rows were read of the input, and committed or rejected.
        public let rows: Int
        /// The length of the file of rejected rows then, in bytes.
        public let rejectedBytes: Int

        /// So far.
        public init(rows: Int = 0, rejectedBytes: Int = 0) {
            self.rows = rows
            self.rejectedBytes = rejectedBytes
        }
    }

    /// How far it has come; `nil` where the database has no such import.
    public func state(in store: Store) throws(CRMError) -> State? {
        try store.translating {
            guard let rows = try count(token, in: store) else { return nil }
            return State(rows: rows, rejectedBytes: try count(rejectsToken, in: store) ?? 0)
        }
    }

    /// Notes how far it has come with a transaction.
    public func note(_ state: State, in transaction: Transaction) throws {
        try note(token, state.rows, in: transaction)
        if state.rejectedBytes > 0 { try note(rejectsToken, state.rejectedBytes, in: transaction) }
    }

    /// Forgets the import, which is complete with a transaction.
    public func close(in transaction: Transaction) throws {
        for token in [token, rejectsToken] {
            try transaction.store.statement("DELETE FROM \"import_journal\" WHERE \"token\" = ?").run([.text(token)])
        }
    }

    /// The length of the rejects is a row of its own, which few imports have.
    private var rejectsToken: String { "\(token).rejects" }

    private func count(_ token: String, in store: Store) throws -> Int? {
        let sql = "SELECT \"rows\" FROM \"import_journal\" WHERE \"token\" = ?"
        return try store.database.scalar(sql, [.text(token)])?.integer.map { Int($0) }
    }

    private func note(_ token: String, _ count: Int, in transaction: Transaction) throws {
        try transaction.store.statement(
            """
            INSERT INTO "import_journal" ("token", "rows") VALUES (?, ?) \
            ON CONFLICT ("token") DO UPDATE SET "rows" = excluded."rows"
            """
        ).run([.text(token), .integer(Int64(count))])
    }
}

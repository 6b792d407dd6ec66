import Formats
import SQLite

/// A name that nothing else has.
enum UniqueName {
    /// Returns 128 random bits in hexadecimal.
    static func make() -> String {
        let bits: [UInt64] = [.random(in: .min ... .max), .random(in: .min ... .max)]
        return bits.map { $0.digits(radix: 16, atLeast: 16) }.joined()
    }
}

extension Store {
    /// Returns the identity of the database, which it has from its making; `nil` for one that an earlier version made,
    /// as long as none was requested.
    func identity() throws -> String? {
        try database.scalar("SELECT \"id\" FROM \"identity\"")?.text
    }

    /// Returns the identity of the database, which is given one if it has none. This must be within a transaction.
    ///
    /// - Parameter former: the identity to give it; a new one unless given.
    @discardableResult
    func ensureIdentity(_ former: String? = nil) throws -> String {
        if let identity = try identity() { return identity }
        return try database.giveIdentity(former ?? UniqueName.make())
    }
}

extension Database {
    /// Records the identity of a database that has none, and returns it.
    @discardableResult
    func giveIdentity(_ identity: String = UniqueName.make()) throws(SQLiteError) -> String {
        try run("INSERT INTO \"identity\" (\"id\") VALUES (?)", [.text(identity)])
        return identity
    }
}

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
    /// Returns the identity of the database; `nil` when none was requested before.
    func identity() throws -> String? {
        try database.scalar("SELECT \"id\" FROM \"identity\"")?.text
    }

    /// Returns the identity of the database, which is given one if it has none. This must be within a transaction.
    func ensureIdentity() throws -> String {
        if let identity = try identity() { return identity }
        let identity = UniqueName.make()
        try database.run("INSERT INTO \"identity\" (\"id\") VALUES (?)", [.text(identity)])
        return identity
    }
}

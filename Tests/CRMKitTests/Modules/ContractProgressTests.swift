import SQLite
import Testing

@testable import CRMKit

@Suite("A contract's progress")
struct ContractProgressTests {
    /// Units as stored, with six digits, and the percentage they make, with four.
    struct Row: Sendable {
        let total: Int64?
        let used: Int64?
        let progress: Int64?
    }

    @Test(
        "is used over total units, unbounded, and nothing without a total",
        arguments: [
            Row(total: 3_000_000, used: 2_000_000, progress: 666_667),
            Row(total: 3_000_000, used: 1_000_000, progress: 333_333),
            Row(total: 1_000_000, used: 1_000_000, progress: 1_000_000),
            Row(total: 1_000_000, used: 1_500_000, progress: 1_500_000),
            Row(total: 9_000_000_000_000_000_000, used: 9_000_000_000_000_000_000, progress: 1_000_000),
            Row(total: 1_000_000, used: nil, progress: 0),
            Row(total: nil, used: 5, progress: nil),
            Row(total: 0, used: 5, progress: nil),
        ]
    )
    func progress(row: Row) throws {
        let database = try Database.inMemory()
        let expression = try #require(Module.contract.field("progress")?.expression)
        try database.execute("CREATE TABLE contract (total_units INTEGER, used_units INTEGER) STRICT")
        _ = try database.run("INSERT INTO contract VALUES (?, ?)", [stored(row.total), stored(row.used)])
        #expect(try database.scalar("SELECT \(expression) FROM contract") == stored(row.progress))
    }

    private func stored(_ integer: Int64?) -> SQLite.Value {
        integer.map(SQLite.Value.integer) ?? .null
    }
}

import SQLite
import Testing

@testable import CRMKit

/// A toy that keeps the names of contacts in a table of its own, and counts how often it is asked.
@Suite struct FollowerTests {
    let crm: TemporaryStore

    static let toy = Follower(name: "toy") { changes, store, _ in
        try changes.forEachRow(of: ["contact"]) { row, _ in
            try store.database.run("DELETE FROM \"toy\" WHERE \"id\" = ?", [.integer(row)])
            try store.database.run(
                "INSERT INTO \"toy\" SELECT \"id\", \"name\" FROM \"contact\" WHERE \"id\" = ?",
                [.integer(row)]
            )
        }
        return .upToDate
    }

    init() throws {
        crm = try TemporaryStore()
        try crm.store.database.execute("CREATE TABLE \"toy\" (\"id\" INTEGER PRIMARY KEY, \"name\" TEXT)")
        crm.store.followers = [Self.toy]
        _ = try crm.store.catchUp(Self.toy)
    }

    private var derived: [String] {
        get throws { try crm.store.database.all("SELECT \"name\" FROM \"toy\" ORDER BY 1").compactMap { $0[0].text } }
    }

    private var stored: [String] {
        get throws {
            try crm.store.database.all("SELECT \"name\" FROM \"contact\" ORDER BY 1").compactMap { $0[0].text }
        }
    }

    private func addMany(_ count: Int) throws {
        try crm.write { transaction in
            for number in 0..<count {
                _ = try transaction.add(.contact, [FieldInput("last_name", .set("Vega \(number)"))])
            }
        }
    }

    @Test("it follows small change sets at once") func itFollowsSmallChangeSetsAtOnce() throws {
        let ana = try crm.add(.contact, ["last_name": "Ruiz"])
        #expect(try derived == ["Ruiz"])
        try crm.edit(.contact, ana, ["last_name": "Vega"])
        #expect(try derived == ["Vega"])
        try crm.delete(.contact, ana)
        #expect(try derived == [])
        try crm.undo()
        #expect(try derived == ["Vega"])
        try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        #expect(try crm.store.catchUp(Self.toy))
        #expect(try derived == stored)
    }

    @Test("a bulk write pays nothing and the next question catches up")
    func aBulkWritePaysNothingAndTheNextQuestionCatchesUp() throws {
        try addMany(Follower.mostAtOnce + 1)
        #expect(try derived == [])
        // One that is behind stays so, however small the next change set.
        try crm.add(.contact, ["last_name": "Ruiz"])
        #expect(try derived == [])
        #expect(try crm.store.catchUp(Self.toy))
        #expect(try derived == stored)
        try crm.add(.contact, ["last_name": "Soto"])
        #expect(try derived == stored)
        try crm.undo(1)
        #expect(try derived.count == Follower.mostAtOnce + 3)
        #expect(try crm.store.catchUp(Self.toy))
        #expect(try derived == ["Ruiz", "Soto"])
    }

    @Test("what is taken back is not followed") func whatIsTakenBackIsNotFollowed() throws {
        struct Refusal: Error {}
        #expect(throws: Refusal.self) {
            try crm.write { transaction in
                _ = try transaction.add(.contact, [FieldInput("last_name", .set("Ruiz"))])
                throw Refusal()
            }
        }
        let request = WriteRequest(who: "ana", command: "crm test", isDryRun: true)
        _ = try crm.store.write(request) { try $0.add(.contact, [FieldInput("last_name", .set("Ruiz"))]) }
        #expect(try derived == [])
        try crm.add(.contact, ["last_name": "Vega"])
        #expect(try derived == ["Vega"])
    }

    @Test("a file that cannot be written tells what is missed") func aFileThatCannotBeWrittenTellsWhatIsMissed() throws
    {
        try addMany(Follower.mostAtOnce + 1)
        let reader = try TemporaryStore.open(crm.store.path, .reading)
        #expect(try !reader.catchUp(Self.toy))
        var missed: Set<Int64> = []
        try reader.missedChanges(by: Self.toy).forEachRow(of: ["contact"]) { row, _ in missed.insert(row) }
        #expect(missed.count == Follower.mostAtOnce + 1)
    }
}

extension MissedChanges {
    /// Gives every row of some tables that was touched, once or more often.
    fileprivate func forEachRow(of tables: Set<String>, _ body: (_ row: Int64, _ table: String) throws -> Void) throws {
        let created = try store.database.prepare(
            "SELECT \"table_name\", \"first_id\", \"last_id\" FROM \"created\" WHERE \"change_set\" > ? ORDER BY \"change_set\""
        )
        try created.bind(since, at: 1)
        while try created.step() {
            let (table, first, last) = (created.text(at: 0), created.integer(at: 1), created.integer(at: 2))
            guard tables.contains(table), first <= last else { continue }
            let rows = try store.knownRows(in: first...last, of: table)
            while try rows.step() { try body(rows.integer(at: 0), table) }
        }
        let changed = try store.database.prepare(
            "SELECT \"table_name\", \"record\" FROM \"change\" WHERE \"change_set\" > ? ORDER BY \"change_set\", \"id\""
        )
        try changed.bind(since, at: 1)
        while try changed.step() {
            let table = changed.text(at: 0)
            if tables.contains(table) { try body(changed.integer(at: 1), table) }
        }
    }
}

import SQLite
import Testing

@testable import CRMKit

/// Reading several things from one state of the database.
@Suite struct ReadingTests {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    @Test("what others write meanwhile is seen afterwards") func oneState() throws {
        try crm.add(.contact, ["last_name": "Ruiz"])
        let reader = try TemporaryStore.open(crm.store.path, .reading)
        func count() throws -> Int64? { try reader.database.scalar("SELECT count(*) FROM \"contact\"")?.integer }
        let counts: [Int64?] = try reader.reading {
            let first = try count()
            try crm.add(.contact, ["last_name": "Vega"])
            let second = try count()
            return [first, second]
        }
        #expect(counts == [1, 1])
        #expect(try count() == 2)
    }

    @Test("an error of SQLite is worded, and the next reading begins anew") func worded() throws {
        let error = crmError {
            try crm.store.reading { _ = try crm.store.database.all("SELECT \"id\" FROM \"nowhere\"") }
        }
        #expect(error != nil)
        let count = try crm.store.reading { try crm.count("contact") }
        #expect(count == 0)
    }
}

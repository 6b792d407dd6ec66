import SQLite
import Testing

@testable import CRMKit

@Suite struct TableWriterTests {
    @Test("More rows than one statement deletes go in turn, and history keeps each of them once")
    func manyRows() throws {
        let crm = try TemporaryStore()
        let count = 2 * TableWriter.mostDeleted + 3
        let module = Registry.standard[.asset]
        try crm.write { transaction in
            try transaction.store.database.run(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count)) \
                INSERT INTO asset (id, name, serial, status, created_at, updated_at) \
                SELECT 3 * i, i, i, '', '', '' FROM n
                """
            )
            let writer = transaction.writer(of: Table(module))
            #expect(try writer.delete(.range(7...6 + 3 * Int64(count))) == count - 2)
            #expect(try writer.delete(.all("SELECT \"id\" FROM \(name: "asset")")) == 2)
            #expect(try writer.delete(.all("SELECT \"id\" FROM \(name: "asset")")) == 0)
        }
        let kept = try crm.store.database.all(
            "SELECT count(*), count(DISTINCT record), min(record), max(record) FROM change WHERE action = 'delete'"
        )
        #expect(kept == [[Int64(count), Int64(count), 3, 3 * Int64(count)].map(Value.integer)])
    }
}

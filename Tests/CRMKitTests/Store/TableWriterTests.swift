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

    @Test("Rows change as they are told, in however many sets of fields, and history keeps what each was")
    func variedChanges() throws {
        let crm = try TemporaryStore()
        let module = Registry.standard[.contact]
        let values: [(field: Field, value: Value)] = try [
            ("organization", .null), ("title", .text("Jefa")), ("department", .text("Ventas")),
            ("email", .text("Ana@Casa.example")), ("phone", .text("55 1234 5678")), ("mobile", .null),
            ("birthdate", .text("1980-02-29")), ("do_not_call", .integer(1)),
        ].map { (try #require(module.field($0)), $1) }
        let sets = 1..<Int64(1 << values.count)
        func isSet(_ place: Int, _ id: Int64) -> Bool { id & 1 << place != 0 }
        try crm.write { transaction in
            try transaction.store.database.run(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(sets.upperBound - 1)) \
                INSERT INTO contact (id, name, name_match, last_name, last_name_match, title, title_match, mobile, mobile_match, \
                do_not_call, email_opt_out, created_at, updated_at) \
                SELECT i, 'Ruiz', 'ruiz', 'Ruiz', 'ruiz', 'Socia', 'socia', '+34600000000', '34600000000', 0, 0, \
                '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' FROM n
                """
            )
            let writer = transaction.writer(of: Table(module))
            for id in sets {
                let changes = values.indices.filter { isSet($0, id) }.map { values[$0] }
                try writer.update(id, changes.map { TableWriter.Change($0.field, to: $0.value) })
            }
        }
        let former: [String: Value] = [
            "title": .text("Socia"), "mobile": .text("+34600000000"), "do_not_call": .integer(0),
        ]
        let columns = values.map(\.field.key.quotedIdentifier).joined(separator: ", ")
        let rows = try crm.store.database.all("SELECT \(columns) FROM contact ORDER BY id")
        for (id, row) in zip(sets, rows) {
            let expected = values.indices.map { place in
                isSet(place, id) ? values[place].value : former[values[place].field.key] ?? .null
            }
            #expect(row == expected, "\(id)")
        }
        let faults = try crm.store.check().map(\.text.en)
        #expect(faults == [])
        let kept = try crm.store.database.scalar("SELECT count(*) FROM change WHERE action = 'update'")
        #expect(kept == .integer(Int64(sets.count)))
    }
}

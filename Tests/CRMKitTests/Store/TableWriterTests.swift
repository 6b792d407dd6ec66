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

    private struct Refused: Error {}

    private func change(_ id: Int64, to text: String, by writer: TableWriter) throws {
        let title = Registry.standard[.contact].field(required: "title")
        try writer.update(id, [TableWriter.Change(title, from: .null, to: .text(text))])
    }

    /// Changes rows one by one and together, and takes some of it back.
    private func changeMany(in transaction: Transaction, by writer: TableWriter) throws {
        let title = Registry.standard[.contact].field(required: "title")
        for id in Int64(1)...30 {
            try change(id, to: "Jefa \u{22}ñ\u{22} \(id)", by: writer)
            if id == 11 { try writer.update(.range(20...21), [TableWriter.Change(title, to: .text("Socia"))]) }
            guard id % 9 == 0 else { continue }
            #expect(throws: Refused.self) { try takeBack(after: id, in: transaction, by: writer) }
            try transaction.attempt { try change(id, to: "Otra", by: writer) }
        }
    }

    private func takeBack(after id: Int64, in transaction: Transaction, by writer: TableWriter) throws {
        try transaction.attempt {
            for other in (id + 1)...(id + 3) { try change(other, to: "Nadie", by: writer) }
            throw Refused()
        }
    }

    /// The history of one write that changes many rows.
    private func history(gathered: Bool) throws -> [[Value]] {
        let crm = try TemporaryStore()
        for number in 1...30 { try crm.add(.contact, ["last_name": "Ruiz \(number)"]) }
        try crm.write { transaction in
            let writer = transaction.writer(of: Table(Registry.standard[.contact]))
            if gathered {
                try transaction.log.gathering { try changeMany(in: transaction, by: writer) }
            } else {
                try changeMany(in: transaction, by: writer)
            }
            try change(1, to: "La última", by: writer)
        }
        return try crm.store.database.all(
            "SELECT id, change_set - (SELECT min(id) FROM change_set), table_name, record, action, before FROM change"
        )
    }

    @Test("History that waits for more of it is as that of each row at once, whatever comes between and is taken back")
    func gatheredHistory() throws {
        let plain = try history(gathered: false)
        #expect(plain.count == 36)
        #expect(try history(gathered: true) == plain)
    }

    @Test("History that waits is there when the transaction looks at it") func flushedHistory() throws {
        let crm = try TemporaryStore()
        try crm.add(.contact, ["last_name": "Ruiz"])
        let title = try #require(Registry.standard[.contact].field("title"))
        try crm.write { transaction in
            func count() throws -> Value? {
                try transaction.store.database.scalar("SELECT count(*) FROM change WHERE action = 'update'")
            }
            try transaction.log.gathering {
                let writer = transaction.writer(of: Table(Registry.standard[.contact]))
                try writer.update(1, [TableWriter.Change(title, from: .null, to: .text("Jefa"))])
                #expect(try count() == .integer(0))
                try transaction.log.flush()
                #expect(try count() == .integer(1))
            }
        }
    }
}

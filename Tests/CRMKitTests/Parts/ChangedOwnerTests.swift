import SQLite
import Testing

@testable import CRMKit

/// A record whose rows change has changed.
@Suite struct ChangedOwnerTests {
    private let database: TemporaryStore
    private let ana: Int64
    private let luis: Int64
    private let point = Part.contactPoint
    private static let made = "2020-01-01T00:00:00Z"

    init() throws {
        database = try TemporaryStore()
        let point = self.point
        ana = try database.write { transaction in
            let id = try transaction.add(.contact, [FieldInput("last_name", .set("Ruiz"))])
            for row in ["email:a@example.org", "phone:5511112222"] {
                _ = try transaction.add(point, to: id, of: .contact, try point.inputs(row))
            }
            return id
        }
        luis = try database.add(.contact, ["last_name": "Soto"])
        try database.store.database.execute("UPDATE contact SET updated_at = '\(Self.made)'")
    }

    private func lastChange(of id: Int64? = nil) throws -> String? {
        try database.value(.contact, id ?? ana, "updated_at").text
    }

    private enum Step: CaseIterable {
        case add, edit, move, remove, give
    }

    @Test("whatever becomes of a row changes its record, and an undo puts that back", arguments: Step.allCases)
    private func whateverBecomesOfARowChangesItsRecord(_ step: Step) throws {
        let point = self.point
        try database.write { transaction in
            switch step {
            case .add: _ = try transaction.add(point, to: ana, of: .contact, try point.inputs("url:example.org"))
            case .edit: try transaction.edit(point, of: ana, in: .contact, at: 1, [FieldInput("label", .set("home"))])
            case .move: try transaction.move(point, of: ana, in: .contact, from: 1, to: 2)
            case .remove: try transaction.remove(point, of: ana, in: .contact, at: [1])
            case .give:
                let input = FieldInput("points", .addRows(["email:b@example.org"]))
                _ = try transaction.edit(.contact, id: ana, [input])
            }
        }
        #expect(try lastChange() == TemporaryStore.clock.now)
        #expect(try lastChange(of: luis) == Self.made)
        let undo = try database.undo().changeSet.id
        #expect(try lastChange() == Self.made)
        try database.undo(undo)
        #expect(try lastChange() == TemporaryStore.clock.now)
        #expect(try database.store.check() == [])
    }

    @Test("a row that stays what it was changes nothing") func aRowThatStaysChangesNothing() throws {
        try database.write { transaction in
            try transaction.edit(point, of: ana, in: .contact, at: 1, [FieldInput("value", .set("a@example.org"))])
            try transaction.move(point, of: ana, in: .contact, from: 2, to: 2)
        }
        #expect(try lastChange() == Self.made)
    }

    @Test("what rules keep beside a record is no change of its own") func whatRulesKeepIsNoChangeOfItsOwn() throws {
        let quote = try database.add(.quote, ["subject": "Q"])
        try database.store.database.execute("UPDATE quote SET updated_at = '\(Self.made)'")
        try database.write { transaction in
            let line = try #require(Module.quote.part(named: "line"))
            _ = try transaction.add(line, to: quote, of: .quote, try line.inputs("text=A,price=10,tax=vat:16"))
        }
        let sets = try database.store.database.all(
            "SELECT count(*) FROM change WHERE table_name = 'quote' AND change_set = (SELECT max(id) FROM change_set)"
        )
        #expect(sets.map { $0[0].integer } == [1])
    }

    @Test("of many records each changes once, however many of its rows do") func eachChangesOnce() throws {
        let count = PendingRecords.most + 10
        let ids = try database.write { transaction in
            try (0..<count).map { try transaction.add(.contact, [FieldInput("last_name", .set("C\($0)"))]) }
        }
        try database.store.database.execute("UPDATE contact SET updated_at = '\(Self.made)'")
        let point = self.point
        try database.write { transaction in
            for _ in 0..<2 {
                for id in ids {
                    let writer = try transaction.rows(of: point, in: .contact)
                    try writer.add([.text("url"), .text("example.org"), .null, .integer(0)], to: id)
                }
            }
        }
        let kept = try database.store.database.all(
            "SELECT count(*), count(DISTINCT record) FROM change WHERE table_name = 'contact'"
        )
        #expect(kept.map { [$0[0].integer, $0[1].integer] } == [[Int64(count), Int64(count)]])
        try database.undo()
        let others = "SELECT count(*) FROM contact WHERE updated_at <> '\(Self.made)'"
        #expect(try database.store.database.all(others).map { $0[0].integer } == [0])
    }
}

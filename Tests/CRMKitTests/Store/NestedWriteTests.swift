import Localization
import Testing

@testable import CRMKit

/// A write within another is a part of it.
@Suite struct NestedWriteTests {
    private let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    private struct Stop: Error {}

    @Test("Both are one change set, of the outer command")
    func one() throws {
        try crm.write(TemporaryStore.request("crm batch")) { _ in
            try crm.add(.contact, ["last_name": "A"])
            try crm.add(.contact, ["last_name": "B"])
        }
        #expect(try crm.store.history().map(\.command) == ["crm batch"])
        try crm.undo()
        #expect(try crm.count("contact") == 0)
    }

    @Test("What ended a write is told, though it cannot be taken back in order", arguments: [false, true])
    func firstError(isNested: Bool) throws {
        #expect(throws: Stop.self) {
            try crm.write { outer in
                func fail(_ transaction: Transaction) throws {
                    // A newer version of the program has come between: its definitions cannot be read.
                    try crm.store.database.execute("ROLLBACK; PRAGMA user_version = 9999")
                    throw Stop()
                }
                if isNested { try crm.write(TemporaryStore.request(), fail) } else { try fail(outer) }
            }
        }
    }

    @Test("What fails within is taken back alone, and the outer one goes on")
    func inner() throws {
        try crm.write { _ in
            try crm.add(.contact, ["last_name": "A"])
            #expect(throws: Stop.self) {
                try crm.write { transaction in
                    _ = try transaction.add(Registry.standard[.contact], [FieldInput("last_name", .set("B"))])
                    throw Stop()
                }
            }
            try crm.add(.contact, ["last_name": "C"])
        }
        #expect(try crm.store.database.all("SELECT last_name FROM contact") == [[.text("A")], [.text("C")]])
        try crm.undo()
        #expect(try crm.count("contact") == 0)
    }

    @Test("What is taken back is not counted, and no notice tells of it")
    func attempts() throws {
        try crm.write { transaction in
            transaction.notice(Text("kept"))
            let written = transaction.log.rowCount
            #expect(throws: Stop.self) {
                try transaction.attempt {
                    transaction.notice(Text("taken back"))
                    _ = try transaction.add(Registry.standard[.contact], [FieldInput("last_name", .set("A"))])
                    throw Stop()
                }
            }
            #expect(transaction.notices.map(\.en) == ["kept"])
            #expect(transaction.log.rowCount == written)
        }
    }

    @Test("A dry run within leaves nothing, though it came first")
    func dryRun() throws {
        let request = WriteRequest(who: "ana", command: "x", isDryRun: true)
        try crm.write { _ in
            let id = try crm.write(request) {
                try $0.add(Registry.standard[.contact], [FieldInput("last_name", .set("A"))])
            }
            #expect(id == 1)
            #expect(try crm.count("contact") == 0)
        }
        #expect(try crm.store.history().isEmpty)
        try crm.write { _ in
            _ = try crm.write(request) {
                try $0.add(Registry.standard[.contact], [FieldInput("last_name", .set("A"))])
            }
            try crm.add(.contact, ["last_name": "B"])
        }
        #expect(try crm.newest.id == 1)
    }

    @Test("What fails outside takes everything back")
    func outer() throws {
        #expect(throws: Stop.self) {
            try crm.write { _ in
                try crm.add(.contact, ["last_name": "A"])
                throw Stop()
            }
        }
        #expect(try crm.count("contact") == 0)
        #expect(try crm.count("change_set") == 0)
    }

    @Test("An undo is refused within, and possible after")
    func undo() throws {
        try crm.add(.contact, ["last_name": "A"])
        try crm.write { _ in
            #expect(crmError { try crm.undo() }?.code == .usage)
        }
        try crm.undo()
        #expect(try crm.count("contact") == 0)
    }

    @Test(
        "Records made, changed, linked and deleted in one change set are undone together",
        arguments: 1...8 as ClosedRange<UInt64>
    )
    func life(seed: UInt64) throws {
        var work = try RandomWork(crm, seed: seed)
        try work.run(steps: 20)
        let before = try crm.contents()
        try crm.write(TemporaryStore.request("crm batch")) { _ in
            let contact = try crm.add(.contact, ["last_name": "Nueva"])
            let asset = try crm.add(.asset, ["name": "PC", "serial": "N\(seed)"])
            try crm.link(.asset, contact: contact, record: asset, ["role": "owner"])
            try crm.edit(.contact, contact, ["title": "Jefa"])
            try crm.unlink(.asset, contact: contact, record: asset, endedOn: "2026-03-02")
            try crm.delete(.asset, asset, reach: .links)
            try crm.delete(.contact, contact, reach: .owned)
            let kept = try crm.add(.contact, ["last_name": "Queda"])
            try crm.edit(.contact, kept, ["last_name": "Quedó"])
        }
        let after = try crm.contents()
        #expect(try crm.store.database.all("PRAGMA foreign_key_check").isEmpty)
        let undo = try crm.undo()
        #expect(try crm.contents() == before)
        try crm.undo(undo.changeSet.id)
        #expect(try crm.contents() == after)
    }
}

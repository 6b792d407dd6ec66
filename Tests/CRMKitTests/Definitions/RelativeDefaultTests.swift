import Formats
import Testing

@testable import CRMKit

/// A default that is counted from when a record is made: it is kept as it is written and read anew for each record.
@Suite("A default that is counted from today")
struct RelativeDefaultTests {
    let crm: TemporaryStore

    init() throws {
        crm = try TemporaryStore()
        try crm.add(.contact, ["last_name": "Ruiz"])
        try crm.add(.contact, ["last_name": "Paz"])
    }

    private var contact: Module { crm.store.registry[.contact] }

    private func addField(_ type: String, _ text: String, required: Bool = false, to rows: DefinedRows = .contacts)
        throws
    {
        var request = FieldRequest()
        request.type = type
        request.defaultText = text
        request.isRequired = required
        _ = try crm.write { try $0.addField("k", to: rows, request) }
    }

    private func add(_ fields: KeyValuePairs<String, String> = ["last_name": "Gil"]) throws -> Int64 {
        try crm.write { try $0.add(contact, fields.map { FieldInput($0.key, .set($0.value)) }) }
    }

    private func value(_ id: Int64) throws -> Value? { try crm.store.storedRecord(contact, id: id)?["k"] }

    /// Lets days pass.
    private func wait(days: Int64) throws {
        let clock = crm.store.clock
        let moment = try #require(Moment(secondsSinceEpoch: clock.moment.secondsSinceEpoch + days * 86_400))
        crm.store.clock = Clock(zone: clock.zone, at: moment)
    }

    @Test(
        "is read when a record is made, and when the field is for those that exist",
        arguments: [
            ("date", "today", "2026-03-02", "2026-03-05"), ("date", "hoy", "2026-03-02", "2026-03-05"),
            ("date", "+30d", "2026-04-01", "2026-04-04"), ("date", "+30 days", "2026-04-01", "2026-04-04"),
            ("date", "en 3 días", "2026-03-05", "2026-03-08"), ("date", "viernes", "2026-03-06", "2026-03-06"),
            ("time", "now", "2026-03-02T09:30:00Z", "2026-03-05T09:30:00Z"),
            ("time", "+2h", "2026-03-02T11:30:00Z", "2026-03-05T11:30:00Z"),
            ("time", "tomorrow 10:00", "2026-03-03T10:00:00Z", "2026-03-06T10:00:00Z"),
        ]
    )
    func counting(type: String, text: String, first: String, later: String) throws {
        try addField(type, text)
        #expect(contact.field("k")?.relativeDefault == text)
        #expect(crm.store.definitions.fields.first?.defaultValue == .text(text))
        #expect(try value(1) == .text(first))
        try wait(days: 3)
        #expect(try value(add()) == .text(later))
        #expect(try value(add(["last_name": "Gil", "k": "2026-12-31"]))?.text?.hasPrefix("2026-12-31") == true)
        #expect(try value(add(["last_name": "Gil", "k": ""])) == .null)
        #expect(try crm.store.check() == [])
        let other = try TemporaryStore.open(crm.store.path, .writing(creating: false))
        #expect(other.registry[.contact].field("k")?.relativeDefault == text)
    }

    @Test(
        "is none where it means one day for good, or another day in another country",
        arguments: [("date", "2026-12-31", true), ("date", "31/12/2026", true), ("date", "32/12/2026", false)]
    )
    func others(type: String, text: String, isTaken: Bool) throws {
        let error = crmError { try addField(type, text) }
        #expect((error == nil) == isTaken)
        #expect(contact.field("k")?.relativeDefault == nil)
    }

    @Test("is given to all that lack it, by one command the same, when it is demanded")
    func demanding() throws {
        try addField("date", "today")
        let id = try add(["last_name": "Gil", "k": ""])
        try wait(days: 2)
        var request = FieldRequest()
        request.isRequired = true
        _ = try crm.write { try $0.editField("k", of: .contacts, request) }
        #expect(try value(1) == .text("2026-03-02"))
        #expect(try value(id) == .text("2026-03-04"))
        #expect(crmError { _ = try crm.write { try $0.edit(contact, id: 1, [FieldInput("k", .set(""))]) } } != nil)
        #expect(try value(add()) == .text("2026-03-04"))
    }

    @Test("is undone and redone with the days that it gave", arguments: [true, false])
    func undo(isRequired: Bool) throws {
        try addField("date", "today", required: isRequired)
        let contents = try crm.contents()
        try wait(days: 5)
        var undo = try crm.undo().changeSet.id
        #expect(contact.field("k") == nil)
        undo = try crm.undo(undo).changeSet.id
        #expect(try crm.contents() == contents)
        undo = try crm.undo(undo).changeSet.id
        // One that comes while the field is not there gets what it would have got then.
        let id = try add()
        try crm.undo(undo)
        #expect(try value(1) == .text("2026-03-02"))
        #expect(try value(id) == (isRequired ? .text("2026-03-07") : .null))
        #expect(try crm.store.check() == [])
    }

    @Test("stays with a record that was deleted and comes back")
    func deletion() throws {
        try addField("date", "today")
        try wait(days: 1)
        try crm.write { try $0.delete(contact, id: 1, reach: .alone) }
        let deletion = try crm.newest.id
        try wait(days: 1)
        try crm.undo(deletion)
        #expect(try value(1) == .text("2026-03-02"))
    }

    @Test("is one that a record gets which comes back without it, where it is demanded")
    func deletedBefore() throws {
        try crm.delete(.contact, 1)
        let deletion = try crm.newest.id
        try addField("date", "today", required: true)
        try wait(days: 1)
        try crm.undo(deletion)
        #expect(try value(1) == .text("2026-03-03"))
        #expect(try crm.store.check() == [])
    }

    @Test("goes with an export as it is written")
    func exchange() throws {
        try addField("date", "+1w")
        try wait(days: 1)
        _ = try add(["last_name": "Gil", "k": ""])
        let sink = ByteSink.memory()
        try DatabaseExport(crm.store).write(to: sink)
        let copy = try TemporaryStore()
        #expect(try DatabaseRoundTripTests.apply(sink.bytes, to: copy).failed == 0)
        let again = ByteSink.memory()
        try DatabaseExport(copy.store).write(to: again)
        #expect(again.bytes == sink.bytes)
        #expect(copy.store.registry[.contact].field("k")?.relativeDefault == "+1w")
        #expect(try DatabaseRoundTripTests.apply(sink.bytes, to: copy).updated == 0)
    }

    @Test("is one of the rows of parts too, and of what a form shows")
    func parts() throws {
        try addField("date", "today", to: DefinedRows(.quote, within: "line"))
        try addField("date", "today")
        let quote = try crm.add(.quote, ["subject": "A"])
        let part = try #require(crm.store.registry[.quote].part(named: "line"))
        let inputs = [FieldInput("text", .set("A")), FieldInput("unit_price", .set("1"))]
        _ = try crm.write { try $0.add(part, to: quote, of: crm.store.registry[.quote], inputs) }
        #expect(try crm.store.database.scalar("SELECT k FROM quote_line")?.text == "2026-03-02")
        let preview = try crm.store.preview(contact, [FieldInput("last_name", .set("A"))], isForced: false)
        #expect(preview.record["k"] == .text("2026-03-02"))
    }

    @Test("is given where a check finds that it lacks")
    func mending() throws {
        try addField("date", "today", required: true)
        try crm.store.database.execute("UPDATE contact SET k = NULL WHERE id = 1")
        #expect(try crm.store.check() != [])
        #expect(try crm.write { try $0.fillRequired() } == 1)
        #expect(try value(1) == .text("2026-03-02"))
    }
}

extension DefinedRows {
    fileprivate static let contacts = DefinedRows(.contact)
}

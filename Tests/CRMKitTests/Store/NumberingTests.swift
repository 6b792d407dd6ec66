import Formats
import Localization
import SQLite
import Testing

@testable import CRMKit

/// The numbers that new records are given.
@Suite struct NumberingTests {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    private func add(_ fields: KeyValuePairs<String, String> = ["subject": "A"]) throws -> String? {
        try crm.value(.quote, crm.add(.quote, fields), "number").text
    }

    private func configure(_ pattern: String, _ module: ModuleName = .quote) throws {
        _ = try crm.store.set(.number(module), to: pattern, TemporaryStore.request("crm config set"))
    }

    @Test(
        "Every module whose records have a number gives it",
        arguments: [
            (ModuleName.quote, "subject", "COT-2026-0001"), (.salesOrder, "subject", "VTA-2026-0001"),
            (.purchaseOrder, "subject", "COM-2026-0001"), (.contract, "subject", "CON-2026-0001"),
            (.case, "title", "CAS-2026-0001"),
        ]
    )
    func given(module: ModuleName, title: String, number: String) throws {
        let id = try crm.write { try $0.add(Registry.standard[module], [FieldInput(title, .set("A"))]) }
        #expect(try crm.value(module, id, "number").text == number)
    }

    @Test("one given by hand is kept and passed over") func oneGivenByHandIsKeptAndPassedOver() throws {
        #expect(try add() == "COT-2026-0001")
        #expect(try add(["subject": "A", "number": "COT-2026-0003"]) == "COT-2026-0003")
        #expect(try add() == "COT-2026-0002")
        #expect(try add() == "COT-2026-0004")
        #expect(try add(["subject": "A", "number": "COT-2026-0006"]) == "COT-2026-0006")
        #expect(try add(["subject": "A", "number": ""]) == "COT-2026-0005")
    }

    @Test("counting begins after the highest of an older file") func countingBeginsAfterTheHighestOfAnOlderFile() throws
    {
        for number in ["COT-2026-0041", "COT-2026-x", "COT-2025-0900", "COT-2026-00007", "Z"] {
            try crm.add(.quote, ["subject": "A", "number": number])
        }
        #expect(try add() == "COT-2026-0042")
    }

    @Test("an undone or deleted number is never given again") func anUndoneOrDeletedNumberIsNeverGivenAgain() throws {
        #expect(try add() == "COT-2026-0001")
        let undone = try crm.newest.id
        let undo = try crm.undo(undone).changeSet.id
        #expect(try add() == "COT-2026-0002")
        try crm.undo(undo)
        #expect(try crm.value(.quote, 1, "number").text == "COT-2026-0001")
        try crm.delete(.quote, 2)
        #expect(try add() == "COT-2026-0003")
    }

    @Test("what is not saved takes none") func whatIsNotSavedTakesNone() throws {
        struct Stop: Error {}
        #expect(try add() == "COT-2026-0001")
        #expect(throws: Stop.self) {
            try crm.write { transaction in
                _ = try transaction.add(.quote, [FieldInput("subject", .set("A"))])
                throw Stop()
            }
        }
        let dry = WriteRequest(who: "ana", command: "crm", isDryRun: true)
        let id = try crm.write(dry) { try $0.add(.quote, [FieldInput("subject", .set("A"))]) }
        #expect(id > 0)
        try crm.write { transaction in
            for isDropped in [false, true, false, true] {
                _ = try? transaction.log.attempt {
                    _ = try transaction.add(.quote, [FieldInput("subject", .set("A"))])
                    if isDropped { throw Stop() }
                }
            }
            // A part of the write that is a dry run of its own.
            _ = try crm.store.write(dry) { try $0.add(.quote, [FieldInput("subject", .set("A"))]) }
        }
        #expect(try add() == "COT-2026-0004")
        #expect(
            try crm.store.database.all("SELECT number FROM quote ORDER BY id").map(\.[0].text)
                == (1...4).map { "COT-2026-000\($0)" }
        )
    }

    @Test("the count begins anew with the year and goes on where it came from")
    func theCountBeginsAnewWithTheYearAndGoesOnWhereItCameFrom() throws {
        func at(_ day: String) throws {
            let moment = try #require(Moment(stored: "\(day)T10:00:00Z"))
            crm.store.clock = Clock(zone: TemporaryStore.clock.zone, at: moment)
        }
        try configure("{year:2}/{n:2}")
        #expect(try add() == "26/01")
        try at("2027-01-01")
        #expect(try add() == "27/01")
        #expect(try add() == "27/02")
        try at("2026-12-31")
        #expect(try add() == "26/02")
    }

    @Test("the file says the pattern or that there is none") func theFileSaysThePatternOrThatThereIsNone() throws {
        try configure("Q{n}")
        #expect(try add() == "Q1")
        try configure("none")
        #expect(try add() == nil)
        try configure("")
        #expect(try add() == "COT-2026-0001")
        try crm.undo(try crm.newest.id - 1)
        #expect(try add() == nil)
    }

    @Test("a pattern that means nothing is refused", arguments: ["COT", "{x}{n}", "{n"])
    func aPatternThatMeansNothingIsRefused(text: String) throws {
        #expect(crmError { try configure(text) }?.problems.map(\.field) == ["number.quote"])
        try crm.store.database.run("INSERT INTO setting VALUES ('number.quote', ?)", [.text(text)])
        #expect(try crm.store.check().count == 1)
        #expect(crmError { _ = try add() }?.code == .configuration)
    }

    @Test("counters travel in an export") func countersTravelInAnExport() throws {
        for _ in 1...3 { _ = try add() }
        try crm.delete(.quote, 3)
        let sink = ByteSink.memory()
        try DatabaseExport(crm.store).write(to: sink)
        let copy = try TemporaryStore()
        #expect(try DatabaseRoundTripTests.apply(sink.bytes, to: copy).failed == 0)
        #expect(try copy.value(.quote, copy.add(.quote, ["subject": "A"]), "number").text == "COT-2026-0004")
        // Taken in again it never goes back.
        #expect(try DatabaseRoundTripTests.apply(sink.bytes, to: copy).updated == 0)
        #expect(try copy.value(.quote, copy.add(.quote, ["subject": "A"]), "number").text == "COT-2026-0005")
        let byHand = #"{"module":"quote","subject":"by hand","number":null}"#
        #expect(try DatabaseRoundTripTests.apply(Array(byHand.utf8), to: copy).created == 1)
        #expect(try copy.value(.quote, 5, "number").text == "COT-2026-0006")
    }

    @Test(
        "A counter that means nothing is refused",
        arguments: [
            #"{"counter":"quote.nothing","before":"","after":"","last":1}"#,
            #"{"counter":"quote.number","before":"","after":"","last":-1}"#,
            #"{"counter":"quote.number","before":"","last":1}"#, #"{"counter":1}"#,
        ]
    )
    func strangeCounters(line: String) throws {
        var problems = 0
        try crm.write { transaction in
            try DatabaseImport(in: transaction)
                .take(from: ByteSource(bytes: Array(line.utf8)), reject: { _ in problems += 1 }, advance: {})
        }
        #expect(problems == 1)
    }

    @Test("braces in the defaults of an older file stay what they were")
    func bracesInTheDefaultsOfAnOlderFileStayWhatTheyWere() throws {
        for serial in ["1", "2"] { try crm.add(.asset, ["name": "A", "serial": serial]) }
        try addField("plain")
        try crm.store.database.execute(
            "UPDATE field_definition SET default_value = 'a{n}'; UPDATE asset SET tag_no = 'a{n}'; DROP TABLE counter"
        )
        try FileHeader.write(version: 6, definitions: 1, to: crm.store.database)
        let store = try TemporaryStore.open(crm.store.path, .writing(creating: false))
        #expect(store.registry[.asset].field("tag_no")?.defaultValue == .text("a{n}"))
        #expect(store.registry[.asset].field("tag_no")?.pattern == nil)
    }

    @Test("what a form shows is what is given") func whatAFormShowsIsWhatIsGiven() throws {
        _ = try add()
        let preview = try crm.store.preview(.quote, [FieldInput("subject", .set("A"))], isForced: false)
        #expect(preview.record["number"] == .text("COT-2026-0002"))
        #expect(preview.missing.isEmpty)
        #expect(try add() == "COT-2026-0002")
    }

    // MARK: - Fields of the file's own

    private func addField(_ pattern: String, required: Bool = false, type: String = "text") throws {
        var request = FieldRequest()
        request.type = type
        request.defaultText = pattern
        request.isRequired = required
        request.isKey = true
        _ = try crm.write(TemporaryStore.request("crm field add")) {
            try $0.addField("tag_no", to: DefinedRows(.asset), request)
        }
    }

    private func asset(_ serial: String, _ tag: String? = nil) throws -> Value {
        let inputs = [("name", "A"), ("serial", serial)] + (tag.map { [("tag_no", $0)] } ?? [])
        let module = crm.store.registry[.asset]
        let id = try crm.write { try $0.add(module, inputs.map { FieldInput($0.0, .set($0.1)) }) }
        return try crm.store.storedRecord(module, id: id)?["tag_no"] ?? .null
    }

    @Test("A field of the file's own can be numbered", arguments: ["text", "code"], [true, false])
    func custom(type: String, isRequired: Bool) throws {
        for serial in ["1", "2"] { try crm.add(.asset, ["name": "A", "serial": serial]) }
        try addField("INV-{year}-{n:3}", required: isRequired, type: type)
        let present = try crm.store.database.all("SELECT tag_no FROM asset ORDER BY id").map(\.[0].text)
        #expect(present == ["INV-2026-001", "INV-2026-002"])
        #expect(try asset("3") == .text("INV-2026-003"))
        #expect(crmError { _ = try asset("4", "INV-2026-001") }?.code == .refused)
        #expect(try asset("4", "INV-2026-005") == .text("INV-2026-005"))
        #expect(try asset("5") == .text("INV-2026-004"))
        #expect(try asset("6") == .text("INV-2026-006"))
        #expect(try crm.store.id(of: "tag_no:INV-2026-004", in: crm.store.registry[.asset]) == 5)
        #expect(try crm.store.check() == [])
    }

    @Test("adding such a field is undone and redone") func addingSuchAFieldIsUndoneAndRedone() throws {
        try crm.add(.asset, ["name": "A", "serial": "1"])
        try addField("T{n}")
        let undo = try crm.undo().changeSet.id
        #expect(crm.store.registry[.asset].field("tag_no") == nil)
        try crm.undo(undo)
        #expect(try crm.store.database.all("SELECT tag_no FROM asset").map(\.[0].text) == ["T1"])
        #expect(try asset("2") == .text("T2"))
        #expect(try crm.store.check() == [])
    }

    @Test("Many numbers are taken back and given again", arguments: ["text", "code"], ["T-{n}", "Nº {n}"])
    func redoneTogether(type: String, pattern: String) throws {
        let module = crm.store.registry[.asset]
        try crm.write { transaction in
            for serial in 1...600 {
                let inputs = [FieldInput("name", .set("A")), FieldInput("serial", .set("\(serial)"))]
                _ = try transaction.add(module, inputs)
            }
        }
        try addField(pattern, type: type)
        let contents = try crm.contents()
        for _ in 1...2 {
            try crm.undo(try crm.newest.id)
            #expect(crm.store.registry[.asset].field("tag_no") == nil)
            try crm.undo(try crm.newest.id)
            #expect(try crm.contents() == contents)
        }
        #expect(try crm.store.check() == [])
    }

    @Test("Many numbers do not come back where another record has got one of them")
    func takenMeanwhile() throws {
        let module = crm.store.registry[.asset]
        try crm.write { transaction in
            for serial in 1...600 {
                let inputs = [FieldInput("name", .set("A")), FieldInput("serial", .set("\(serial)"))]
                _ = try transaction.add(module, inputs)
            }
        }
        try addField("T-{n}")
        try crm.write { transaction in
            for id in Int64(1)...600 {
                _ = try transaction.edit(crm.store.registry[.asset], id: id, [FieldInput("tag_no", .set("X-\(id)"))])
            }
        }
        let edit = try crm.newest.id
        #expect(try asset("x", "T-77") == .text("T-77"))
        let contents = try crm.contents()
        #expect(crmError { try crm.undo(edit) }?.code == .conflict)
        #expect(try crm.contents() == contents)
    }

    @Test(
        "Records that lack a number get theirs in their order, between those that somebody gave",
        arguments: [3, 3_000]
    )
    func lacking(count: Int) throws {
        let module = crm.store.registry[.asset]
        try crm.write { transaction in
            for serial in 1...count {
                let inputs = [FieldInput("name", .set("A")), FieldInput("serial", .set("\(serial)"))]
                _ = try transaction.add(module, inputs)
            }
        }
        var request = FieldRequest()
        _ = try crm.write { try $0.addField("tag_no", to: DefinedRows(.asset), request) }
        try crm.write {
            _ = try $0.edit(crm.store.registry[.asset], id: 2, [FieldInput("tag_no", .set("T2"))])
        }
        request.defaultText = "T{n}"
        request.isRequired = true
        _ = try crm.write { try $0.editField("tag_no", of: DefinedRows(.asset), request) }
        let numbers = try crm.store.database.all("SELECT tag_no FROM asset ORDER BY id").map(\.[0].text)
        #expect(numbers.prefix(3) == ["T3", "T2", "T4"])
        #expect(Set(numbers).count == count)
        #expect(try asset("x") == .text("T\(count + 2)"))
        try crm.undo()
        try crm.undo()
        #expect(try crm.store.database.scalar("SELECT count(tag_no) FROM asset") == 1)
        #expect(try crm.store.check() == [])
    }

    @Test("a field that holds a value twice cannot become one") func aFieldThatHoldsAValueTwiceCannotBecomeOne() throws
    {
        try addField("same")
        #expect(try asset("1") == .text("same"))
        #expect(try asset("2") == .text("same"))
        var request = FieldRequest()
        request.defaultText = "T{n}"
        let error = crmError { _ = try crm.write { try $0.editField("tag_no", of: DefinedRows(.asset), request) } }
        #expect(error?.code == .refused)
        #expect(error?.message.en.contains("\"same\"") == true)
        #expect(crmError { try addField("T{year}") } != nil)
    }

    @Test("an import counts on from row to row") func anImportCountsOnFromRowToRow() throws {
        let rows = (0..<50).map { $0 % 10 == 3 ? "A,COT-2026-\(1000 + $0)" : "A," }
        let text = (["subject,number"] + rows).joined(separator: "\n") + "\n"
        var input = try InputRows(ByteSource(bytes: Array(text.utf8)), format: .csv, name: "quote")
        let importing = try RecordImport(.quote, registry: .standard, options: ImportOptions())
        try crm.write { transaction in
            _ = try importing.take(from: &input, in: transaction, reject: { _, _ in }, advance: {})
        }
        #expect(importing.report.created == 50)
        #expect(try crm.store.database.scalar("SELECT count(DISTINCT number) FROM quote") == .integer(50))
        #expect(try add() == "COT-2026-0046")
    }
}

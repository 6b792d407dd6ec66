import Formats
import Testing

@testable import CRMKit

@Suite("What a file adds to the definitions travels")
struct DefinitionExchangeTests {
    /// A field of every type on contacts, one contact with them all, a choice of the file's and one that is retired.
    private func filled() throws -> TemporaryStore {
        let crm = try TemporaryStore()
        try crm.add(.organization, ["name": "Acme"])
        for (index, sample) in FieldEditingTests.types.enumerated() {
            var request = FieldRequest()
            request.type = sample.type
            request.values = sample.type == "choice" ? ["norte", "sur"] : []
            request.es = "Campo \(index)"
            try crm.write { _ = try $0.addField("f\(index)", to: DefinedRows(.contact), request) }
        }
        let category = try ChoiceField(name: "case.category")
        try crm.write { _ = try $0.addChoice("Garantía", to: category, ChoiceRequest()) }
        let contact = crm.store.registry[.contact]
        let inputs = FieldEditingTests.types.enumerated().map { index, sample in
            FieldInput("f\(index)", sample.type == "list" ? .setList(["a", "b"]) : .set(sample.text))
        }
        try crm.write { _ = try $0.add(contact, [FieldInput("last_name", .set("Ruiz"))] + inputs) }
        let module = crm.store.registry[.case]
        try crm.write {
            _ = try $0.add(module, [FieldInput("title", .set("T")), FieldInput("category", .set("garantia"))])
        }
        var retired = ChoiceRequest()
        retired.isRetired = true
        try crm.write { _ = try $0.editChoice("garantia", of: category, retired) }
        return crm
    }

    @Test("in an export, before the records, and makes an equal database")
    func copies() throws {
        let crm = try filled()
        let lines = try DatabaseRoundTripTests.export(crm)
        let text = String(decoding: lines, as: UTF8.self)
        let first = text.split(separator: "\n").firstIndex { $0.hasPrefix("{\"module\":\"contact\"") }
        let last = text.split(separator: "\n").lastIndex { $0.contains("_definition\"") }
        #expect(try #require(last) < #require(first))
        let copy = try TemporaryStore()
        #expect(try DatabaseRoundTripTests.apply(lines, to: copy).failed == 0)
        #expect(String(decoding: try DatabaseRoundTripTests.export(copy), as: UTF8.self) == text)
        #expect(try copy.store.check() == [])
        let again = try DatabaseRoundTripTests.apply(lines, to: copy)
        #expect(again.unchanged == again.rows)
    }

    @Test("and is taken back as one with the records, and done again")
    func undo() throws {
        let lines = try DatabaseRoundTripTests.export(filled())
        let copy = try TemporaryStore()
        let columns = try copy.store.database.columnNames(of: "contact")
        try DatabaseRoundTripTests.apply(lines, to: copy)
        let undo = try copy.undo().changeSet.id
        #expect(try copy.store.database.columnNames(of: "contact") == columns)
        #expect(copy.store.registry[.contact].fields.allSatisfy { !$0.traits.contains(.custom) })
        try copy.undo(undo)
        #expect(try DatabaseRoundTripTests.export(copy) == lines)
        #expect(try copy.store.check() == [])
    }

    @Test("and is refused where a field is of another type there")
    func otherType() throws {
        let lines = try DatabaseRoundTripTests.export(filled())
        let copy = try TemporaryStore()
        var request = FieldRequest()
        request.type = "integer"
        try copy.write { _ = try $0.addField("f0", to: DefinedRows(.contact), request) }
        let before = try copy.contents()
        #expect(try rejected(String(decoding: lines, as: UTF8.self), in: copy).map(\.row) == [2])
        #expect(try copy.contents() == before)
    }

    /// The lines that are rejected; nothing is committed.
    private func rejected(_ lines: String, in crm: TemporaryStore) throws -> [RowProblem] {
        struct TakenBack: Error {}
        var problems: [RowProblem] = []
        var report = ImportReport()
        do {
            try crm.write { transaction in
                let source = ByteSource(bytes: Array(lines.utf8))
                let work = try DatabaseImport(in: transaction)
                try work.take(from: source, reject: { problems.append($0) }, advance: {})
                report = work.report
                throw TakenBack()
            }
        } catch is TakenBack {}
        // The line at which definitions are found wrong has come to nothing.
        let counted = report.created + report.updated + report.unchanged + report.failed
        #expect((counted...counted + 1).contains(report.rows))
        return problems
    }

    private static func field(_ type: String, _ more: String = "") -> String {
        "{\"module\":\"field_definition\",\"module_name\":\"contact\",\"key\":\"k\",\"type\":\"\(type)\","
            + "\"label_en\":\"K\",\"label_es\":\"K\"\(more)}"
    }

    private static func choice(_ key: String, of field: String = "contact.k", _ more: String = "") -> String {
        let parts = field.split(separator: ".")
        return "{\"module\":\"choice_definition\",\"module_name\":\"\(parts[0])\",\"field\":\"\(parts[1])\","
            + "\"key\":\"\(key)\",\"label_en\":\"\(key)\"\(more)}"
    }

    /// Lines that cannot be, the row of the one at fault, and a word of what is said of it.
    static let refusedLines: [(lines: [String], row: Int, word: String)] = [
        ([field("text", ",\"required\":true")], 2, "1 of the contacts would be without k"),
        ([field("money", ",\"default_value\":\"10000\"")], 2, "each record has its currency"),
        ([field("choice")], 2, "needs its choices"), ([field("nothing")], 2, "means nothing"),
        ([field("integer", ",\"default_value\":\"abc\"")], 2, "\"abc\""),
        ([field("date", ",\"default_value\":\"soon\"")], 2, "\"soon\""),
        ([field("choice", ",\"default_value\":\"b\""), choice("a")], 2, "\"b\""),
        (
            [
                field("choice", ",\"default_value\":\"a\""), choice("a", of: "contact.k", ",\"retired\":true"),
                choice("b"),
            ], 3, "retired"
        ),
        ([choice("open", of: "case.status", ",\"retired\":true")], 2, "retired"),
        ([choice("x", of: "case.title")], 2, "no choice field"),
        ([field("choice"), choice("A_b"), choice("c")], 3, "small letters"),
        ([field("text").replacing("\"k\"", with: "\"where\"")], 2, "meaning of its own"),
    ]

    @Test("and is refused at its line where a command would refuse it", arguments: refusedLines)
    func faults(lines: [String], row: Int, word: String) throws {
        let crm = try TemporaryStore()
        try crm.add(.contact, ["last_name": "Ruiz"])
        for last in ["", "\n{\"module\":\"contact\",\"last_name\":\"Paz\"}"] {
            let problems = try rejected("{\"settings\":{}}\n" + lines.joined(separator: "\n") + last, in: crm)
            #expect(problems.map(\.row) == [row])
            #expect(problems.first?.reason.en.contains(word) == true, "\(problems)")
        }
        #expect(crm.store.definitions.fields.isEmpty && crm.store.definitions.choices.isEmpty)
        #expect(try crm.store.check() == [])
    }

    @Test("and fills what is required of records that are there, where a default says with what")
    func filling() throws {
        let crm = try TemporaryStore()
        try crm.add(.contact, ["last_name": "Ruiz"])
        #expect(try DatabaseRoundTripTests.apply(Array(Self.field("text").utf8), to: crm).failed == 0)
        let required = Self.field("text", ",\"required\":true,\"default_value\":\"x\"")
        let named = required.replacing("\"module_name\"", with: "\"external_id\":\"contact.k\",\"module_name\"")
        #expect(try DatabaseRoundTripTests.apply(Array(named.utf8), to: crm).updated == 1)
        let contact = crm.store.registry[.contact]
        #expect(try crm.store.storedRecord(contact, id: 1)?["k"] == .text("x"))
        try crm.undo()
        #expect(try crm.store.storedRecord(contact, id: 1)?["k"] == .null)
        #expect(try crm.store.check() == [])
    }

    @Test("with the values of fields that were removed, which come back with them")
    func hidden() throws {
        let crm = try filled()
        for index in FieldEditingTests.types.indices {
            _ = try crm.write { try $0.hideField("f\(index)", of: DefinedRows(.contact)) }
        }
        let lines = try DatabaseRoundTripTests.export(crm)
        let copy = try TemporaryStore()
        #expect(try DatabaseRoundTripTests.apply(lines, to: copy).failed == 0)
        #expect(try DatabaseRoundTripTests.export(copy) == lines)
        let again = try DatabaseRoundTripTests.apply(lines, to: copy)
        #expect(again.unchanged == again.rows)
        var shown = FieldRequest()
        shown.isHidden = false
        for (index, sample) in FieldEditingTests.types.enumerated() {
            _ = try copy.write { try $0.editField("f\(index)", of: DefinedRows(.contact), shown) }
            let contact = copy.store.registry[.contact]
            #expect(try copy.store.storedRecord(contact, id: 1)?["f\(index)"] == sample.stored, "\(sample.type)")
        }
        #expect(try copy.store.check() == [])
    }

    @Test("and is told in the log by name")
    func log() throws {
        let crm = try TemporaryStore()
        try crm.write { _ = try $0.addField("region", to: DefinedRows(.contact), FieldRequest()) }
        let id = try crm.newest.id
        let detail = try crm.store.changeSet(id, limit: 10)
        #expect("\(detail)".contains("contact.region"))
    }
}

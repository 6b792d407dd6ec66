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
            try crm.write { _ = try $0.addField("f\(index)", to: .contact, request) }
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
        try copy.write { _ = try $0.addField("f0", to: .contact, request) }
        let before = try copy.contents()
        #expect(crmError { try DatabaseRoundTripTests.apply(lines, to: copy) }?.code == .refused)
        #expect(try copy.contents() == before)
    }

    @Test("and is told in the log by name")
    func log() throws {
        let crm = try TemporaryStore()
        try crm.write { _ = try $0.addField("region", to: .contact, FieldRequest()) }
        let id = try crm.newest.id
        let detail = try crm.store.changeSet(id, limit: 10)
        #expect("\(detail)".contains("contact.region"))
    }
}

import Localization
import Testing

@testable import CRMKit

@Suite("What a definition of the file is about")
struct DefinedRowsTests {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    static let names: [(written: String, meant: String?)] = [
        ("case", "case"), ("sales-order", "sales_order"), ("project.link", "project.link"),
        ("project.contact", "project.link"), ("project.contacts", "project.link"),
        ("project.contact.link", "project.link"), ("contact.project", "project.link"),
        ("contact.projects.link", "project.link"), ("contact.sales-order", "sales_order.link"),
        ("quote.line", "quote.line"), ("sales-order.lines", "sales_order.line"), ("contact.points", "contact.point"),
        ("widget", nil), ("project.asset", nil), ("contact.address", nil), ("address.link", nil), ("quote.tax", nil),
        ("opportunity.stage_period", nil), ("project.", nil),
    ]

    @Test("is named as paths name it, links from either side and parts in either number", arguments: names)
    func naming(written: String, meant: String?) {
        #expect(crm.store.registry.rows(meantBy: DefinedRows(name: written))?.key == meant)
    }

    private func choices(_ field: String) throws -> [String] {
        try crm.store.choices(of: ChoiceField(name: field)).map(\.key)
    }

    @Test("can be the links of a module: a role is taken, told by its label, and stays while a link has it")
    func role() throws {
        let role = try ChoiceField(name: "project.contact.role")
        _ = try crm.write { try $0.addChoice("Auditoría", to: role, ChoiceRequest()) }
        let addition = try crm.newest.id
        #expect(try choices("contact.project.link.role").last == "auditoria")
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        let project = try crm.add(.project, ["name": "P"])
        try crm.write {
            let attributes = try $0.store.linkAttributes(
                #require(crm.store.registry[.project].contacts.link),
                from: [("role", "auditoría")]
            )
            _ = try $0.link(crm.store.registry[.project], contact: contact, record: project, attributes)
        }
        let error = crmError { try crm.undo(addition) }
        #expect(error?.code == .conflict)
        #expect(error?.message.en == "1 of the projects have link.role auditoria")
        #expect(error?.hint?.en.contains("choice retire project.link.role auditoria") == true)
        var request = ChoiceRequest()
        request.isRetired = true
        #expect(try crm.write { try $0.editChoice("auditoria", of: role, request) })
        #expect(try crm.store.check() == [])
        try crm.undo()
        try crm.undo()
        try crm.undo(addition)
        #expect(try choices("project.link.role").contains("auditoria") == false)
    }

    @Test("has a history that is read once, however many rows ask when a field was added")
    func definitions() throws {
        try crm.add(.contact, ["last_name": "Ruiz"])
        let before = try crm.newest.id
        let rows = try #require(crm.store.registry.rows(meantBy: DefinedRows(name: "quote.line")))
        try crm.write { _ = try $0.addField("peso", to: rows, FieldRequest()) }
        let added = try crm.newest.id
        let table = try #require(crm.store.tables.first { $0.name == "quote_line" })
        let field = try #require(table.part?.field("peso"))
        let definitions = FieldDefinitions(in: crm.store)
        let log = LoggedRows.table(table)
        #expect(try !definitions.had(field, of: log, at: before) && definitions.had(field, of: log, at: added))
        try crm.store.database.run(
            "DELETE FROM created WHERE table_name = ?",
            [.text(Table(Module.fieldDefinition).name)]
        )
        #expect(try !definitions.had(field, of: log, at: before))
        #expect(try FieldDefinitions(in: crm.store).had(field, of: log, at: before))
    }

    @Test("of the program's own choices changes them, as the log tells")
    func relabelledRole() throws {
        let role = try ChoiceField(name: "project.link.role")
        var request = ChoiceRequest()
        request.es = "Patrono"
        #expect(try crm.write { try $0.editChoice("sponsor", of: role, request) })
        let entry = try crm.store.changeSet(crm.newest.id, limit: 10).entries.first
        guard case .updated(let changes)? = entry?.event else {
            Issue.record("told otherwise: \(String(describing: entry))")
            return
        }
        #expect(changes.map(\.field.key) == ["label_es"])
        #expect(changes.first?.before == .text("Patrocinador"))
    }

    static let impossible: [(rows: String, key: String, type: String, isKey: Bool, text: String?)] = [
        ("project.link", "x", "text", false, nil), ("quote.tax", "x", "text", false, nil),
        ("quote.line", "quantity", "text", false, nil), ("quote.line", "price", "text", false, nil),
        ("quote.line", "position", "text", false, nil), ("quote.line", "quote", "text", false, nil),
        ("quote.line", "x", "text", true, nil), ("quote.line", "x", "text", false, "A-{n}"),
        ("contact.point", "x", "money", false, nil),
    ]

    @Test("has no field that would mean two things, and none that only records can have", arguments: impossible)
    func refused(rows: String, key: String, type: String, isKey: Bool, text: String?) throws {
        var request = FieldRequest()
        (request.type, request.isKey, request.defaultText) = (type, isKey, text)
        let before = try crm.contents()
        #expect(crmError { try crm.write { _ = try $0.addField(key, to: DefinedRows(name: rows), request) } } != nil)
        #expect(try crm.contents() == before)
    }

    @Test("can be the rows of a part: hidden, their values outlive a deletion that is undone, and a purge takes them")
    func hidden() throws {
        let line = DefinedRows(.quote, within: "line")
        var request = FieldRequest()
        request.type = "integer"
        try crm.write { _ = try $0.addField("weight", to: line, request) }
        let quote = try crm.write {
            try $0.add(
                crm.store.registry[.quote],
                [FieldInput("subject", .set("Q")), FieldInput("lines", .addRows(["text=a,price=1,weight=7"]))]
            )
        }
        _ = try crm.write { try $0.hideField("weight", of: line) }
        #expect(crm.store.registry[.quote].part(named: "line")?.field("weight") == nil)
        try crm.delete(.quote, quote)
        try crm.undo()
        try crm.undo()
        #expect(try crm.store.database.scalar("SELECT \"weight\" FROM \"quote_line\"") == .integer(7))
        #expect(try crm.store.check() == [])
        try crm.write { try $0.purgeField("weight", of: line) }
        #expect(try crm.store.database.columnNames(of: "quote_line").contains("weight") == false)
        #expect(try crm.store.check() == [])
    }

    /// What history tells of rows of a part that were added, by change set: the values of a field.
    private func told(_ key: String, of quote: Int64) throws -> [Int64: [Value]] {
        var told: [Int64: [Value]] = [:]
        for entry in try crm.store.history(of: quote, in: crm.store.registry[.quote]) {
            for event in entry.events {
                guard case .partAdded(let row) = event else { continue }
                told[entry.changeSet.id] = row.values.filter { $0.field.key == key }.map(\.value)
            }
        }
        return told
    }

    @Test("added with a default is told of no rows that were there before it, or while it was undone")
    func toldSinceItIsThere() throws {
        let line = DefinedRows(.quote, within: "line")
        let quote = try crm.add(.quote, ["subject": "Q"])
        func add() throws -> Int64 {
            let quotes = crm.store.registry[.quote]
            let part = try #require(quotes.part(named: "line"))
            _ = try crm.write {
                try $0.add(
                    part,
                    to: quote,
                    of: quotes,
                    [FieldInput("text", .set("a")), FieldInput("price", .set("1"))]
                )
            }
            return try crm.newest.id
        }
        let before = try add()
        var request = FieldRequest()
        (request.type, request.defaultText) = ("integer", "7")
        try crm.write { _ = try $0.addField("weight", to: line, request) }
        let addition = try crm.newest.id
        let since = try add()
        #expect(try told("weight", of: quote) == [before: [], since: [.integer(7)]])
        let detail = try crm.store.changeSet(before, limit: 10).entries.compactMap { entry in
            if case .partAdded(let row) = entry.event { row.values.map(\.field.key) } else { nil }
        }
        #expect(detail.joined().contains("weight") == false && detail.joined().contains("text"))
        let undo = try crm.undo(addition, forced: true).changeSet.id
        let meanwhile = try add()
        try crm.undo(undo)
        #expect(try told("weight", of: quote) == [before: [], since: [.integer(7)], meanwhile: []])
    }
}

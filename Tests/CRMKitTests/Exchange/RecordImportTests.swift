import Formats
import Localization
import Testing

@testable import CRMKit

@Suite("An import")
struct RecordImportTests {
    let crm: TemporaryStore

    init() throws {
        crm = try TemporaryStore()
        try crm.add(.organization, ["name": "Acme, S.A.", "external_id": "A1"])
        try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
    }

    struct Outcome {
        var report = ImportReport()
        var problems: [RowProblem] = []
        var error: CRMError?
    }

    /// Imports as the command does: with any row rejected nothing is kept, unless the options say otherwise.
    private func take(
        _ input: String,
        into name: ModuleName = .contact,
        format: InputFormat = .csv,
        forced: Bool = false,
        _ configure: (inout ImportOptions) -> Void = { _ in }
    ) throws -> Outcome {
        var options = ImportOptions()
        configure(&options)
        let work = try RecordImport(Registry.standard[name], registry: .standard, options: options)
        var rows = try InputRows(ByteSource(bytes: Array(input.utf8)), format: format, name: "contact")
        var outcome = Outcome()
        do {
            try crm.write(TemporaryStore.request("crm import", forced: forced)) { transaction in
                _ = try work.take(
                    from: &rows,
                    in: transaction,
                    reject: { problems, _ in outcome.problems += problems },
                    advance: {}
                )
                try work.deleteMissing(in: transaction)
                if !outcome.problems.isEmpty, !options.continuesOnError {
                    throw CRMError(.rejected, "rows were refused")
                }
            }
        } catch let error as CRMError {
            outcome.error = error
        }
        outcome.report = work.report
        return outcome
    }

    private func rows(_ sql: String) throws -> [String] {
        try crm.rows(sql, separatedBy: "|")
    }

    @Test(
        "knows columns by key, by labels in both languages, by those of a vtiger export, and by paths",
        arguments: [
            ("first_name", "first_name"), ("First Name", "first_name"), ("nombre", "first_name"),
            ("APELLIDOS", "last_name"), ("Office Phone", "phone"), ("Núm. Contacto", "external_id"),
            ("Organization Name", "organization.name"), ("organization.name", "organization.name"),
            ("organization.External Id", "organization.ext"), ("asset.serial", "asset.serial"), ("asset", "asset"),
            ("assets.serial", "assets.serial"), ("Activos.número de serie", "assets.serial"), ("assets", "assets"),
            ("asset.link.role", "link.role"), ("assets.link.Rol", "link.role"), ("link.since", "link.since"),
            ("tag", "tags"), ("created_at", "created_at"), ("Created Time", "created_at"), ("id", "-"), ("error", "-"),
        ]
    )
    func columns(header: String, meaning: String) throws {
        let module = Registry.standard[.contact]
        let column = ImportHeader(module, registry: .standard, map: [:], matchesID: false).column(called: header)
        #expect(column.map { name(of: $0, in: module) } == meaning)
    }

    private func name(of column: ImportColumn, in module: Module) -> String {
        switch column {
        case .field(let position): module.fields[position].key
        case .reference(let position, let prefix): "\(module.fields[position].key).\(prefix)"
        case .anyReference(let position, let target, let prefix):
            "\(module.fields[position].key).\(target).\(prefix)"
        case .anyNamed(let position): "\(module.fields[position].key).name"
        case .linked(let other, let prefix): other.rawValue + (prefix.map { ".\($0)" } ?? "")
        case .linkedList(let other, let prefix): "\(other.rawValue)s" + (prefix.map { ".\($0)" } ?? "")
        case .attribute(let key): "link.\(key)"
        case .rows(let key, let kind): "\(key)\(kind.map { ".\($0)" } ?? "")"
        case .order(let key): "\(key) in order"
        case .cell(let cell): "\(cell.part): \(cell.name)"
        case .piece(let piece): piece.name
        case .several(let positions): positions.map { module.fields[$0].key }.joined(separator: ", ")
        case .translated(let position, _), .deciding(let position, _): module.fields[position].key
        case .further(let position, _): "\(module.fields[position].key) +"
        case .moment(let position, let half): "\(module.fields[position].key) (\(half.rawValue))"
        case .ignored, .kept: "-"
        }
    }

    @Test("calls columns as other programs do, each by what is there", arguments: HeaderTable.standard.indices)
    func foreignHeaders(index: Int) throws {
        let table = HeaderTable.standard[index]
        let module = Registry.standard[table.module]
        let header = ImportHeader(module, registry: .standard, map: [:], matchesID: false)
        for (names, target) in table.columns {
            for name in names { #expect(header.column(called: name) != nil, "\(name)") }
            guard case .piece(.address(let slot, let field, _)) = target else { continue }
            let address = Registry.standard[.address]
            #expect(address.field(field) != nil, "\(names)")
            #expect(Int(slot) != nil || address.field("kind")?.type.choices.contains { $0.key == slot } == true)
        }
    }

    @Test("maps columns that only the user understands")
    func map() throws {
        let outcome = try take("Surname,Mail\nRuiz,ana@example.org\n") {
            $0.map = ["Surname": "last_name", "mail": "email"]
        }
        #expect(outcome.report.created == 1)
        #expect(try rows("SELECT last_name, email FROM contact") == ["Ruiz|ana@example.org"])
    }

    @Test("refuses a column that means nothing, once, and lists those it knows")
    func unknownColumn() throws {
        let outcome = try take("last_name,Shoe size\nRuiz,38\nPaz,40\n")
        #expect(outcome.problems.map(\.row) == [0])
        #expect(outcome.problems.first?.field == "Shoe size")
        #expect(outcome.problems.first?.reason.en.contains("first_name") == true)
        #expect(try rows("SELECT count(*) FROM contact") == ["0"])
        #expect(try take("last_name,Shoe size\nRuiz,38\n") { $0.ignoresUnknownColumns = true }.report.created == 1)
    }

    @Test("keeps what looks like a number as it is written where the field is text")
    func noGuessing() throws {
        _ = try take("contact.email,kind,postal_code\n", into: .address)
        try crm.add(.contact, ["last_name": "Ruiz", "phone": "+34 91 000"])
        _ = try take("contact,kind,postal_code\n1,home,08001\n", into: .address)
        #expect(try rows("SELECT postal_code FROM address") == ["08001"])
    }

    @Test(
        "reads numbers and dates as the file spells them",
        arguments: [
            (CellRules(decimal: .comma, dates: .dmy), "\"1.234,5\"", "31/12/2026", "123450|2026-12-31"),
            (CellRules(dates: .mdy), "1234.5", "12/31/2026", "123450|2026-12-31"),
            (CellRules(), "1234.5", "2026-12-31", "123450|2026-12-31"),
            (CellRules(decimal: .comma, dates: .dmy), "\"7,1\"", "2026-01-02", "710|2026-01-02"),
        ]
    )
    func spellings(cells: CellRules, amount: String, date: String, stored: String) throws {
        let outcome = try take("name,serial,value,sold_on\nPhone,P1,\(amount),\(date)\n", into: .asset) {
            $0.cells = cells
        }
        #expect(outcome.problems.isEmpty)
        #expect(try rows("SELECT value, sold_on FROM asset WHERE serial = 'P1'") == [stored])
    }

    @Test("matches rows with records, and changes nothing where nothing differs")
    func upsert() throws {
        let input = "external_id,last_name,title\nK1,Ruiz,Boss\nK2,Paz,\n"
        let matched: (inout ImportOptions) -> Void = { $0.match = ["external_id"] }
        #expect(try take(input, matched).report.created == 2)
        let sets = try rows("SELECT count(*) FROM change_set")
        let again = try take(input, matched).report
        #expect((again.created, again.updated, again.unchanged) == (0, 0, 2))
        #expect(try rows("SELECT count(*) FROM change_set") == sets)
        let changed = try take("external_id,last_name,title\nK1,Ruiz,Head\nK2,Paz,\n", matched).report
        #expect((changed.updated, changed.unchanged) == (1, 1))
        #expect(try rows("SELECT title FROM contact ORDER BY id") == ["Head", "-"])
    }

    @Test("takes a value away by an empty cell, and leaves what has no column or is filled already")
    func emptyCells() throws {
        try crm.add(.contact, ["external_id": "K1", "last_name": "Ruiz", "title": "Boss", "department": "Sales"])
        _ = try take("external_id,title\nK1,Head\n") {
            $0.match = ["external_id"]
            $0.fillsOnlyEmpty = true
        }
        #expect(try rows("SELECT title, department FROM contact") == ["Boss|Sales"])
        _ = try take("external_id,title\nK1,\n") { $0.match = ["external_id"] }
        #expect(try rows("SELECT title, department FROM contact") == ["-|Sales"])
    }

    @Test("compares what it matches by as people do: e-mail without case, phones by digits")
    func matchKeys() throws {
        try crm.add(.contact, ["last_name": "Ruiz", "email": "Ana@Example.org"])
        let outcome = try take("email,last_name\nana@example.ORG,Ruiz\n") { $0.match = ["email"] }
        #expect(outcome.report.created == 0)
        #expect(outcome.report.updated == 1)
    }

    @Test("matches by a reference to a record of any module, however often it is run")
    func anyReference() throws {
        try crm.add(.contact, ["last_name": "Ruiz"])
        try crm.add(.case, ["title": "Outage"])
        let input = "contact,body,about\n1,One,asset:1\n1,Two,case:1\n1,Three,\n"
        #expect(
            try take(input, into: "comment") {
                $0.match = ["about"]; $0.addsUnmatchable = true
            }.report.created == 3
        )
        let again = try take(input.replacing("One", with: "Uno"), into: "comment") {
            $0.match = ["about", "body"]
        }
        #expect(again.report.created == 1)
        #expect(again.report.unchanged == 2)
        #expect(
            try take("contact,body,about.asset.serial\n1,Uno,X1\n", into: "comment") {
                $0.match = ["about", "body"]
            }.report.unchanged == 1
        )
        let both = try take("contact,body,about\n1,Dos,case:1\n", into: "comment") { $0.match = ["about"] }
        #expect(both.report.updated == 1)
        let all = "SELECT body, about_module, about_id FROM comment ORDER BY id"
        #expect(try rows(all) == ["One|asset|1", "Dos|case|1", "Three|-|-", "Uno|asset|1"])
    }

    @Test("passes over or rejects a row that matches, as asked")
    func onMatch() throws {
        try crm.add(.contact, ["external_id": "K1", "last_name": "Ruiz"])
        let skipped = try take("external_id,last_name\nK1,Paz\n") {
            $0.match = ["external_id"]
            $0.onMatch = .skip
        }
        #expect(skipped.report.skipped == 1)
        let rejected = try take("external_id,last_name\nK1,Paz\n") {
            $0.match = ["external_id"]
            $0.onMatch = .error
        }
        #expect(rejected.problems.map(\.row) == [1])
        #expect(try rows("SELECT last_name FROM contact") == ["Ruiz"])
    }

    @Test("deletes what no row matches, but never on the word of an empty or cut file")
    func deleteMissing() throws {
        for number in 1...4 { try crm.add(.contact, ["external_id": "K\(number)", "last_name": "N\(number)"]) }
        try crm.add(.contact, ["last_name": "Ours alone"])
        let mirror: (inout ImportOptions) -> Void = {
            $0.match = ["external_id"]
            $0.deletesMissing = true
        }
        #expect(try take("external_id,last_name\n", mirror).error?.code == .refused)
        #expect(try take("external_id,last_name\nK1,N1\n", mirror).error?.code == .refused)
        #expect(try rows("SELECT count(*) FROM contact") == ["5"])
        let outcome = try take("external_id,last_name\nK1,N1\nK2,N2\nK3,N3\n", mirror)
        #expect(outcome.report.deleted == 1)
        #expect(try rows("SELECT last_name FROM contact ORDER BY id") == ["N1", "N2", "N3", "Ours alone"])
    }

    @Test("finds the records a row names by any key, and makes those it may make")
    func references() throws {
        let missing = try take("last_name,organization.name\nRuiz,Nowhere\n")
        #expect(missing.problems.map(\.field) == ["organization.name"])
        let outcome = try take(
            "last_name,organization.name\nRuiz,ACME s.a.\nPaz,Accounts::::Beta\nGil,beta\n".replacing(
                "ACME s.a.",
                with: "\"acme, s.a.\""
            )
        ) { $0.creates = [.organization] }
        #expect(outcome.problems.isEmpty)
        #expect(outcome.report.createdMissing == 1)
        #expect(
            try rows(
                "SELECT c.last_name, o.name FROM contact c JOIN organization o ON o.id = c.organization ORDER BY c.id"
            )
                == ["Ruiz|Acme, S.A.", "Paz|Beta", "Gil|Beta"]
        )
    }

    @Test("brings links in with their records, from either side")
    func links() throws {
        let people = try take("last_name,asset.serial,link.role\nRuiz,X1,custodian\n")
        #expect(people.report.linked == 1)
        try crm.edit(.contact, 1, ["email": "ana@example.org"])
        let things = try take("name,serial,contact.email,role\nPhone,P1,ana@example.org,user\n", into: .asset)
        #expect(things.report.linked == 1)
        #expect(
            try rows("SELECT contact, asset, role FROM contact_asset ORDER BY id") == ["1|1|custodian", "1|2|user"]
        )
    }

    @Test("reports every bad row and writes nothing, or only the good rows where asked")
    func errors() throws {
        let input =
            "last_name,email,birthdate\nRuiz,bad,1980-01-01\n,x@example.org,\nPaz,p@example.org,1980-02-30\nGil,g@example.org,\n"
        let strict = try take(input)
        #expect(strict.problems.map(\.row) == [1, 2, 3])
        #expect(strict.problems.map(\.field) == ["email", "last_name", "birthdate"])
        #expect(strict.problems.map(\.line) == [2, 3, 4])
        #expect(strict.problems.first?.column == 6)
        #expect(try rows("SELECT count(*) FROM contact") == ["0"])
        let lenient = try take(input) { $0.continuesOnError = true }
        #expect(lenient.report.created == 1)
        #expect(lenient.report.failed == 3)
        #expect(try rows("SELECT last_name FROM contact") == ["Gil"])
    }

    @Test("leaves nothing of a rejected row behind, its links and the records made for it included")
    func savepoints() throws {
        let input = "last_name,organization.name,asset.serial\nRuiz,Gamma,NOPE\nPaz,Delta,X1\n"
        let outcome = try take(input) {
            $0.continuesOnError = true
            $0.creates = [.organization]
        }
        #expect(outcome.report.failed == 1)
        #expect(try rows("SELECT name FROM organization ORDER BY id") == ["Acme, S.A.", "Delta"])
        #expect(try rows("SELECT last_name FROM contact") == ["Paz"])
    }

    @Test("takes JSON Lines and arrays, whose references may be objects", arguments: [InputFormat.jsonl, .json])
    func json(format: InputFormat) throws {
        let first =
            #"{"last_name":"Ruiz","organization":{"id":1,"name":"Acme, S.A."},"tags":["a","b"],"do_not_call":true}"#
        let second = #"{"last_name":"Paz","email":null}"#
        let input = format == .json ? "[\(first),\n\(second)]" : "\(first)\n\(second)\n"
        let outcome = try take(input, format: format)
        #expect(outcome.problems.isEmpty)
        #expect(
            try rows("SELECT last_name, organization, tags, do_not_call FROM contact ORDER BY id")
                == [#"Ruiz|1|["a","b"]|1"#, "Paz|-|-|0"]
        )
    }

    @Test("takes objects whose members differ from line to line")
    func varyingMembers() throws {
        let lines = [
            #"{"last_name":"Ruiz"}"#, #"{"Apellidos":"Paz","email":"paz@example.org"}"#,
            #"{"last_name":"Gil","shoe":1}"#, #"{"email":"sol@example.org","last_name":"Sol"}"#,
        ]
        let outcome = try take(lines.joined(separator: "\n"), format: .jsonl) { $0.continuesOnError = true }
        #expect(outcome.problems.map(\.row) == [3])
        #expect(
            try rows("SELECT last_name, email FROM contact ORDER BY id")
                == ["Ruiz|-", "Paz|paz@example.org", "Sol|sol@example.org"]
        )
    }

    @Test("counts amounts in the currency the row, the record or the settings name")
    func currencies() throws {
        _ = try take("name,serial,value,currency\nA,S1,10.5,MXN\nB,S2,500 JPY,\nC,S3,7,\n", into: .asset)
        #expect(
            try rows("SELECT value, currency FROM asset WHERE id > 1 ORDER BY id") == [
                "1050|MXN", "500|JPY", "700|USD",
            ]
        )
        let mixed = try take("name,serial,value,currency\nD,S4,10 EUR,MXN\n", into: .asset)
        #expect(mixed.problems.map(\.field) == ["value"])
    }
}

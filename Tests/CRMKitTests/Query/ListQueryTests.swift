import SQLite
import TestSupport
import Testing

@testable import CRMKit

@Suite("Lists of records")
struct ListQueryTests {
    private func rows(_ query: ListQuery, _ sample: SampleDatabase) throws -> [[Value]] {
        try query.rows(in: sample.database, path: "").all()
    }

    private func ids(_ query: ListQuery, _ sample: SampleDatabase) throws -> [Int64] {
        var query = query
        query.columns = ["id"]
        return try rows(query, sample).compactMap { $0[0].integer }
    }

    private func deals() throws -> SampleDatabase {
        let sample = try SampleDatabase()
        let acme = try sample.add("organization", ["name": "ácme"])
        let zeta = try sample.add("organization", ["name": "Zeta", "member_of": .integer(acme)])
        let ana = try sample.add("contact", ["last_name": "Ruiz", "name": "Ana Ruiz", "organization": .integer(zeta)])
        for (name, organization, stage, amount, currency, probability) in [
            ("b", acme, "proposal", 2_000, "JPY", 650_000), ("Á", zeta, "prospecting", 150_000, "MXN", nil),
            ("a", zeta, "negotiation", 2_500_000, "KWD", 0),
        ] as [(String, Int64, String, Int64, String, Int64?)] {
            try sample.add(
                "opportunity",
                [
                    "name": .text(name), "contact": .integer(ana), "organization": .integer(organization),
                    "stage": .text(stage), "amount": .integer(amount), "currency": .text(currency),
                    "probability": probability.map { .integer($0) } ?? .null,
                ]
            )
        }
        return sample
    }

    @Test(
        "The order of each type of field",
        arguments: [
            ([], [1, 2, 3]),
            (["-id"], [3, 2, 1]),
            (["name"], [2, 3, 1]),
            (["-name"], [1, 2, 3]),
            (["name", "-id"], [3, 2, 1]),
            (["probability"], [3, 1, 2]),
            (["-probability"], [1, 3, 2]),
            (["stage"], [2, 1, 3]),
            (["-stage"], [3, 1, 2]),
            (["amount"], [2, 1, 3]),
            (["-amount"], [3, 1, 2]),
            (["-amount"] + Array(repeating: "amount", count: 2_500), [3, 1, 2]),
            (["organization"], [1, 2, 3]),
            (["-organization"], [2, 3, 1]),
            (["organization.name", "stage"], [1, 2, 3]),
            (["contact.organization.member_of.name"], [1, 2, 3]),
        ] as [([String], [Int64])]
    )
    func order(_ keys: [String], _ expected: [Int64]) throws {
        let sample = try deals()
        var query = sample.list("opportunity")
        query.sort = keys
        #expect(try ids(query, sample) == expected)
    }

    @Test("Every field of the module comes unless columns are named")
    func allColumns() throws {
        let sample = try deals()
        for module in sample.registry.modules {
            let rows = try sample.list(module.name).rows(in: sample.database, path: "")
            #expect(rows.columns.map(\.key) == module.fields.map(\.key))
            #expect(rows.columns.allSatisfy { $0.object == nil && $0.path == $0.key })
        }
    }

    @Test("Columns say how their values read, with names and currencies beside them")
    func kinds() throws {
        let sample = try deals()
        var query = sample.list("opportunity", where: "id=1")
        query.columns = [
            "id", "amount", "probability", "organization", "organization.name", "contact.organization.name",
        ]
        let rows = try query.rows(in: sample.database, path: "")
        #expect(try rows.next())
        #expect(rows.columns.map(\.key) == query.columns)
        #expect(rows.columns[0].kind == .integer)
        guard case .money(let currency) = rows.columns[1].kind,
            case .reference("organization", let name?) = rows.columns[3].kind
        else { return #expect(Bool(false), "\(rows.columns.map(\.kind))") }
        #expect(rows.integer(rows.columns[1].position) == 2_000)
        #expect(rows.text(currency) == "JPY")
        #expect(rows.columns[2].kind == .scaled(digits: 4))
        #expect(rows.integer(rows.columns[3].position) == 1)
        #expect(rows.text(name) == "ácme")
        #expect(String(decoding: rows.bytes(rows.columns[4].position), as: UTF8.self) == "ácme")
        #expect(rows.text(rows.columns[5].position) == "Zeta")
        #expect(try !rows.next())
        #expect(try !rows.next())
        #expect(!rows.isCut)
    }

    @Test("Without names a reference is its id alone, and nothing is joined for it")
    func withoutNames() throws {
        let sample = try deals()
        var query = sample.list("opportunity")
        query.withNames = false
        let rows = try query.rows(in: sample.database, path: "")
        #expect(rows.columns.contains { $0.kind == .reference("organization", name: nil) })
        #expect(!rows.statement.sql.contains("JOIN"))
    }

    @Test("A reference to any record brings its module, id and name")
    func anyReference() throws {
        let sample = try deals()
        let outage = try sample.add("case", ["title": "Outage"])
        try sample.add("comment", ["contact": 1, "name": "x", "about_module": "case", "about_id": .integer(outage)])
        try sample.add("comment", ["contact": 1, "name": "y"])
        var query = sample.list("comment")
        query.columns = ["about"]
        let rows = try query.rows(in: sample.database, path: "")
        guard case .anyReference(let id, let name?) = rows.columns[0].kind else { return #expect(Bool(false)) }
        #expect(try rows.next())
        #expect(rows.text(rows.columns[0].position) == "case")
        #expect(rows.integer(id) == outage)
        #expect(rows.text(name) == "Outage")
        #expect(try rows.next())
        #expect(rows.isNull(rows.columns[0].position) && rows.isNull(id) && rows.isNull(name))
    }

    @Test("A limit cuts the list and says so only if something was left out", arguments: [0, 1, 2, 3, 4])
    func limit(_ limit: Int) throws {
        let sample = try deals()
        var query = sample.list("opportunity")
        query.limit = limit
        let rows = try query.rows(in: sample.database, path: "")
        #expect(try rows.all().count == min(limit, 3))
        #expect(rows.isCut == (limit < 3))
        #expect(try query.count(in: sample.database) == 3)
    }

    private func plan(_ query: ListQuery, _ sample: SampleDatabase) throws -> [String] {
        let statement = try query.rows(in: sample.database, path: "").statement
        let values = Array(repeating: Value.integer(1), count: statement.sql.utf8.count { $0 == UInt8(ascii: "?") })
        return try sample.database.all("EXPLAIN QUERY PLAN " + statement.sql, values).compactMap { $0[3].text }
    }

    @Test(
        "Ids need no sorting and going on needs no search",
        arguments: ["contact", "opportunity", "contract", "comment"]
    )
    func streaming(_ name: ModuleName) throws {
        let sample = try SampleDatabase()
        var query = sample.list(name)
        #expect(try !plan(query, sample).contains { $0.contains("TEMP B-TREE") })
        query.after = 5
        let steps = try plan(query, sample)
        #expect(!steps.contains { $0.contains("TEMP B-TREE") })
        #expect(steps.contains { $0.hasPrefix("SEARCH") && $0.contains("(rowid>?)") }, "\(steps)")
    }

    @Test(
        "Filters find their indexes",
        arguments: [
            ("email=x", "SEARCH t USING INDEX contact_email_match"),
            ("name=x", "SEARCH t USING INDEX contact_name_match"), ("id=5", "SEARCH t USING INTEGER PRIMARY KEY"),
            ("id in (1,2)", "SEARCH t USING INTEGER PRIMARY KEY"),
            ("external_id=x", "SEARCH t USING INDEX contact_external_id"),
            ("organization=5", "SEARCH t USING INDEX contact_organization"),
            ("organization.name=x", "SEARCH f1 USING"), ("has asset", "SEARCH f1 USING"),
            ("asset.status=in_service", "SEARCH f1 USING"),
            ("address.city=x", "SEARCH f1 USING INDEX address_contact"),
        ]
    )
    func indexes(_ filter: String, _ step: String) throws {
        let sample = try SampleDatabase()
        let steps = try plan(sample.list("contact", where: filter), sample)
        #expect(steps.contains { $0.hasPrefix(step) }, "\(steps)")
    }

    @Test(
        "Pages put one after another are the whole list, whatever the order",
        arguments: [
            [], ["-id"], ["name"], ["-name"], ["probability", "-name"], ["-stage", "probability"],
            ["amount", "-stage"],
            ["organization", "-probability"], ["-organization.member_of.name", "close_date"], ["description"],
            ["-tags"],
            ["currency", "probability", "id", "name"],
        ]
    )
    func paging(_ keys: [String]) throws {
        let sample = try SampleDatabase()
        var random = SeededGenerator(seed: 7)
        for name in ["Uno", "dos", "Dos", "-"] {
            try sample.add(
                "organization",
                ["name": .text(name), "member_of": sample.database.lastInsertedRowID > 0 ? 1 : .null]
            )
        }
        try sample.add("contact", ["last_name": "x"])
        for _ in 0..<60 {
            try sample.add(
                "opportunity",
                [
                    "name": .text(["a", "Á", "b", "ñ"].randomElement(using: &random) ?? ""), "contact": 1,
                    "organization": .integer(Int64.random(in: 1...4, using: &random)),
                    "probability": [.null, 0, 5, 5].randomElement(using: &random) ?? .null,
                    "stage": .text(["prospecting", "proposal", "unknown"].randomElement(using: &random) ?? ""),
                    "amount": .integer(Int64.random(in: 0...3, using: &random)),
                    "currency": [.null, "MXN", "JPY"].randomElement(using: &random) ?? .null,
                    "description": [.null, "x", "y"].randomElement(using: &random) ?? .null,
                    "tags": [.null, "[\"x\"]"].randomElement(using: &random) ?? .null,
                ]
            )
        }
        var query = sample.list("opportunity", where: "id!=17")
        query.sort = keys
        let whole = try ids(query, sample)
        #expect(whole.count == 59)
        for size in [1, 7, 100] {
            var pages: [Int64] = []
            query.limit = size
            query.after = nil
            while true {
                let page = try ids(query, sample)
                guard let last = page.last else { break }
                pages += page
                query.after = last
                #expect(try query.count(in: sample.database) == Int64(59 - pages.count))
            }
            #expect(pages == whole, "pages of \(size)")
        }
    }

    @Test("A record that is gone can still be gone on after in the order of ids, in no other")
    func missingCursor() throws {
        let sample = try deals()
        var query = sample.list("opportunity")
        query.after = 99
        #expect(try ids(query, sample) == [])
        query.sort = ["name"]
        #expect(queryError { _ = try ids(query, sample) }?.code == .notFound)
    }

    @Test(
        "Columns and sort keys that are none",
        arguments: [
            ("nmae", "'name'"), ("organization.nmae", "'name'"), ("name.x", ""), ("", ""), (".", ""), ("tags.x", ""),
            ("asset", "'asset.id'"), ("assets.nmae", "'name'"), ("organization.", ""), ("serial", "'assets.serial'"),
            ("link.role", ""),
        ]
    )
    func unknown(_ path: String, _ hint: String) throws {
        let sample = try SampleDatabase()
        var query = sample.list("contact")
        query.columns = [path]
        let error = try #require(queryError { _ = try query.rows(in: sample.database, path: "") })
        #expect(error.code == .usage)
        #expect(hint.isEmpty || error.hint?.en.contains(hint) == true, "\(error.hint?.en ?? "no hint")")
        query.columns = nil
        query.sort = [path]
        #expect(queryError { _ = try query.rows(in: sample.database, path: "") }?.code == .usage)
    }

    @Test("The ids of what passes, for a write on all of it")
    func writing() throws {
        let sample = try deals()
        let ids = try sample.list("opportunity", where: "name=a").ids()
        try sample.database.run("DELETE FROM \"opportunity\" WHERE \"id\" IN (\(ids.sql))", ids.bindings)
        #expect(try sample.names("opportunity") == ["b"])
    }
}

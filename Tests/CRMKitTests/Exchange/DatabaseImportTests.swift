import Formats
import Testing

@testable import CRMKit

/// What lines of JSON make of a database.
@Suite struct DatabaseImportTests {
    private let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    private struct Rejected: Error {}

    /// Applies lines; with any problem nothing stays.
    @discardableResult
    private func apply(_ lines: String...) throws -> (report: ImportReport, problems: [RowProblem]) {
        var problems: [RowProblem] = []
        var report = ImportReport()
        do {
            try crm.write(TemporaryStore.request("crm apply")) { transaction in
                let work = try DatabaseImport(in: transaction)
                try work.take(
                    from: ByteSource(bytes: Array(lines.joined(separator: "\n").utf8)),
                    reject: { problems.append($0) },
                    advance: {}
                )
                report = work.report
                if !problems.isEmpty { throw Rejected() }
            }
        } catch is Rejected {}
        return (report, problems)
    }

    private func text(_ module: ModuleName, _ id: Int64, _ key: String) throws -> String? {
        try crm.value(module, id, key).text
    }

    @Test("Names reach over lines, forwards and backwards")
    func names() throws {
        let (report, problems) = try apply(
            #"{"link":"asset","contact":"ref:ana","record":"ref:pc","role":"owner"}"#,
            #"{"module":"contact","ref":"ana","last_name":"Ruiz","organization":"ref:acme","reports_to":"ref:eva"}"#,
            #"{"module":"asset","ref":"pc","name":"Laptop","serial":"X1","value":1234.50,"currency":"MXN"}"#,
            #"{"module":"contact","ref":"eva","last_name":"Paz"}"#,
            #"{"module":"organization","ref":"acme","name":"Acme"}"#
        )
        #expect(problems.isEmpty)
        #expect((report.rows, report.created, report.linked) == (5, 4, 1))
        let ana = try crm.store.id(of: "name:Ruiz", in: Registry.standard[.contact])
        let eva = try crm.store.id(of: "name:Paz", in: Registry.standard[.contact])
        #expect(try crm.value(.contact, ana, "reports_to") == .integer(eva))
        #expect(try crm.value(.asset, 1, "value") == .integer(123_450))
        #expect(try crm.count("contact_asset") == 1)
        #expect(try crm.count("change_set") == 1)
    }

    @Test("A chain of any length in the wrong order is no trouble")
    func chain() throws {
        let count = 3000
        let lines = (1...count).map { number in
            let boss = number < count ? #","reports_to":"ref:c\#(number + 1)""# : ""
            return #"{"module":"contact","ref":"c\#(number)","last_name":"C\#(number)"\#(boss)}"#
        }
        let (report, problems) = try apply(lines.joined(separator: "\n"))
        #expect(problems.isEmpty)
        #expect(report.created == count)
        #expect(
            try crm.store.database.scalar("SELECT count(*) FROM contact WHERE reports_to IS NOT NULL") == .integer(2999)
        )
    }

    @Test("The same external id is the same record, and the same line changes nothing")
    func idempotent() throws {
        let lines = [
            #"{"module":"organization","ref":"o","external_id":"O-1","name":"Acme"}"#,
            #"{"module":"contact","ref":"c","external_id":"C-1","last_name":"Ruiz","organization":"ref:o","tags":["a","b"]}"#,
            #"{"module":"opportunity","external_id":"P-1","name":"Venta","contact":"ref:c","close_date":"2026-12-31","amount":10,"stage":"proposal"}"#,
            #"{"module":"asset","ref":"a","external_id":"A-1","name":"PC","serial":"1"}"#,
            #"{"link":"asset","contact":"ref:c","record":"ref:a","role":"owner","since":"2026-01-01"}"#,
            #"{"link":"asset","contact":"ref:c","record":"ref:a","role":"user","until":"2026-02-01"}"#,
        ]
        #expect(try apply(lines.joined(separator: "\n")).report.created == 4)
        let contents = try crm.contents()
        #expect(try apply(lines.joined(separator: "\n")).report.unchanged == 6)
        #expect(try crm.contents() == contents)
        #expect(try crm.count("change_set") == 1)
        let (report, _) = try apply(#"{"module":"contact","external_id":"C-1","last_name":"Ruiz","title":"Jefa"}"#)
        #expect(report.updated == 1)
        #expect(try text(.contact, 1, "title") == "Jefa")
        #expect(try crm.value(.contact, 1, "organization") == .integer(1))
    }

    @Test("What show prints can be given back: references as objects, ids, keys; what is computed is passed over")
    func shown() throws {
        try crm.add(.organization, ["name": "Acme"])
        try crm.add(.contact, ["last_name": "Paz", "email": "eva@example.org"])
        let (_, problems) = try apply(
            #"{"module":"contact","last_name":"A","name":"?","organization":{"id":1,"name":"Acme"},"related":{"asset":3}}"#,
            #"{"module":"contact","last_name":"B","organization":1,"reports_to":"eva@example.org"}"#,
            #"{"module":"contact","last_name":"C","organization":"name:acme","created_at":null}"#,
            #"{"module":"comment","contact":2,"body":"x","about":{"module":"organization","id":1}}"#,
            #"{"module":"contract","subject":"P","progress":50}"#
        )
        #expect(problems.isEmpty)
        #expect(try crm.store.database.scalar("SELECT count(*) FROM contact WHERE organization = 1") == .integer(3))
        #expect(try crm.value(.contact, 3, "reports_to") == .integer(1))
        #expect(try text(.comment, 1, "about") == "organization:1")
    }

    @Test(
        "Every bad line is told with its line, field and reason, and nothing is written",
        arguments: [
            (#"{"module":"contact"}"#, "last_name", "is required"),
            (
                #"{"module":"contact","last_name":"A","lastname":"B"}"#, "lastname",
                "no such key; known are module, ref, id"
            ),
            (#"{"module":"robot"}"#, "module", "is none of contact, organization"),
            (#"{"link":"comment","contact":1,"record":1}"#, "link", "is none of asset"),
            (#"{"link":"asset","contact":"ref:good"}"#, "record", "is required"),
            (#"{"link":"asset","contact":"ref:good","record":"ref:none"}"#, "record", "no line has this name"),
            (
                #"{"module":"contact","last_name":"A","organization":"ref:good"}"#, "organization",
                "good is one of the contacts, not of the organizations"
            ),
            (#"{"module":"contact","last_name":"A","organization":99}"#, "organization", "no organization matches 99"),
            (#"{"module":"contact","last_name":"A","birthdate":"1990-02-30"}"#, "birthdate", "no such day"),
            (#"{"module":"contact","ref":"good","last_name":"A"}"#, "ref", "line 1 has this name already"),
            (
                #"{"module":"asset","name":"A","serial":"1","value":1.005,"currency":"USD"}"#, "value",
                "at most 2 digits fit"
            ),
            (#"{"module":"contact","last_name":"A","tags":[["x"]]}"#, "tags", "must be text"),
            (#"{"settings":{"colour":"red"}}"#, "colour", "no such setting; known are currency"),
            (#"{"hello":1}"#, nil, "a line has \"module\""), ("[1]", nil, "each line must be a JSON object"),
            (#"{"module":"contact","#, nil, "JSON"),
            (
                #"{"link":"asset","contact":"ref:good","record":1,"since":"2026-02-02","until":"2026-02-01"}"#, nil,
                "before it begins"
            ),
        ] as [(String, String?, String)]
    )
    func bad(line: String, field: String?, reason: String) throws {
        try crm.add(.asset, ["name": "PC", "serial": "1"])
        let contents = try crm.contents()
        let (report, problems) = try apply(#"{"module":"contact","ref":"good","last_name":"Ruiz"}"#, line)
        #expect(problems.count == 1)
        #expect(report.failed == 1)
        #expect(problems.first?.line == 2)
        #expect(problems.first?.field == field)
        #expect(problems.first?.reason.en.contains(reason) ?? false, "\(problems)")
        #expect(try crm.contents() == contents)
    }

    @Test("What refers to a rejected line is not at fault, but its own faults are told")
    func orphans() throws {
        let (report, problems) = try apply(
            #"{"module":"comment","ref":"late","contact":"ref:bad","body":"x"}"#,
            #"{"module":"contact","ref":"bad"}"#,
            #"{"module":"comment","contact":"ref:bad","body":"x"}"#,
            #"{"module":"comment","contact":"ref:bad","body":"x","follow_up_on":"never"}"#,
            #"{"module":"comment","contact":1,"body":"x","in_reply_to":"ref:late"}"#
        )
        #expect(problems.map(\.line) == [2, 4, 5])
        #expect(problems.map(\.field) == ["last_name", "follow_up_on", "contact"])
        #expect(report.failed == 3)
    }

    @Test("References in a circle are kept, loops that no record may close are refused")
    func circles() throws {
        let (_, problems) = try apply(
            #"{"module":"document","ref":"d","title":"D","about":"ref:e"}"#,
            #"{"module":"event","ref":"e","subject":"E","kind":"call","starts_at":"2026-01-01","about":"ref:d"}"#
        )
        #expect(problems.isEmpty)
        #expect(try text(.document, 1, "about") == "event:1")
        #expect(try text(.event, 1, "about") == "document:1")
        #expect(try crm.count("change") == 0)
        let loop = try apply(
            #"{"module":"contact","ref":"a","last_name":"A","reports_to":"ref:b"}"#,
            #"{"module":"contact","ref":"b","last_name":"B","reports_to":"ref:a"}"#
        )
        #expect(loop.problems.count == 1)
        #expect(loop.problems.first?.field == "reports_to")
    }

    @Test("An id is kept where no record ever had it, and times are those of the line")
    func origins() throws {
        try crm.add(.contact, ["last_name": "Ruiz"])
        let time = "2020-01-02T03:04:05Z"
        try apply(
            #"{"module":"contact","id":7,"last_name":"A","created_at":"\#(time)","updated_at":"\#(time)"}"#,
            #"{"module":"contact","id":1,"last_name":"B","created_at":"\#(time)"}"#,
            #"{"module":"contact","id":3,"last_name":"C"}"#,
            #"{"module":"contact","id":9223372036854775807,"last_name":"D"}"#
        )
        #expect(try text(.contact, 7, "created_at") == time)
        #expect(try text(.contact, 7, "updated_at") == time)
        #expect(try text(.contact, 8, "last_name") == "B")
        #expect(try text(.contact, 3, "last_name") == "C")
        #expect(try text(.contact, 9, "last_name") == "D")
        #expect(try text(.contact, 1, "last_name") == "Ruiz")
        try crm.undo()
        #expect(try crm.count("contact") == 1)
    }

    @Test("A record that could not keep its id is known again, until it is deleted")
    func formerIDs() throws {
        let other = try TemporaryStore()
        try other.add(.organization, ["name": "Acme"])
        try other.add(.contact, ["last_name": "Ruiz", "organization": "1"])
        try other.add(.contact, ["last_name": "Ruiz", "organization": "1"])
        try other.add(.asset, ["name": "PC", "serial": "1"])
        try other.add(
            .opportunity,
            ["name": "P", "contact": "1", "close_date": "2026-12-31", "amount": "1", "stage": "proposal"]
        )
        try other.link(.asset, contact: 1, record: 1, ["role": "owner"])
        let lines = String(decoding: try DatabaseRoundTripTests.export(other), as: UTF8.self)
        try crm.delete(.organization, crm.add(.organization, ["name": "X"]))
        try crm.delete(.contact, crm.add(.contact, ["last_name": "X"]))
        try crm.delete(.asset, crm.add(.asset, ["name": "X", "serial": "X"]))
        let (first, problems) = try apply(lines)
        #expect(problems.isEmpty, "\(problems)")
        #expect(first.created == 5)
        let (contents, changeSets) = (try crm.contents(), try crm.count("change_set"))
        let again = try apply(lines).report
        #expect(again.unchanged == again.rows)
        #expect(try crm.contents() == contents)
        #expect(try crm.count("change_set") == changeSets)
        try crm.edit(.contact, 3, ["title": "Jefa"])
        #expect(try apply(lines).report.updated == 1)
        #expect(try crm.contents() == contents)
        try crm.delete(.contact, 3, reach: .links)
        #expect(try apply(lines).report.created == 1)
        #expect(try apply(lines).report.created == 0)
        #expect(try crm.store.check() == [])
    }

    @Test("The link that a field mirrors is one, with the note of its line")
    func mirror() throws {
        let time = "2020-01-02T03:04:05Z"
        let (_, problems) = try apply(
            #"{"module":"organization","ref":"o","name":"Acme"}"#,
            #"{"module":"contact","ref":"c","last_name":"A","organization":"ref:o"}"#,
            #"{"module":"contact","ref":"d","last_name":"B"}"#,
            #"{"module":"opportunity","ref":"p","name":"P","contact":"ref:c","close_date":"2026-12-31","amount":1,"stage":"proposal"}"#,
            #"{"link":"opportunity","contact":"ref:c","record":"ref:p","role":"primary","note":"N","created_at":"\#(time)"}"#
        )
        #expect(problems.isEmpty)
        let links = try crm.store.database.all("SELECT note, created_at FROM contact_opportunity")
        #expect(links == [[.text("N"), .text(time)]])
        for extra in ["", #","created_at":"\#(time)""#] {
            let refused = try apply(#"{"link":"opportunity","contact":2,"record":1,"role":"primary"\#(extra)}"#)
            #expect(refused.problems.count == 1)
        }
    }

    @Test("Settings count for the lines after them")
    func settings() throws {
        try apply(
            #"{"settings":{"currency":"MXN","country":"MX"}}"#,
            #"{"module":"asset","name":"PC","serial":"1","value":5}"#,
            #"{"module":"contact","last_name":"A","phone":"55 1234 5678"}"#
        )
        #expect(try text(.asset, 1, "currency") == "MXN")
        #expect(try crm.store.id(of: "phone:+52 55 1234 5678", in: Registry.standard[.contact]) == 1)
    }
}

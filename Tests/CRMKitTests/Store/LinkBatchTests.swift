import Foundation
import Formats
import SQLite
import Testing

@testable import CRMKit

@Suite struct LinkBatchTests {
    let crm: TemporaryStore

    /// Contacts 1 to 3 with e-mail addresses, assets 1 to 3 with serial numbers.
    init() throws {
        crm = try TemporaryStore()
        for name in ["ana", "eva", "leo"] {
            try crm.add(.contact, ["last_name": name, "email": "\(name)@example.org"])
            try crm.add(.asset, ["name": "of \(name)", "serial": "S-\(name)"])
        }
    }

    final class Result {
        var report = LinkBatch.Report()
        var problems: [RowProblem] = []
    }

    /// Runs a batch as the command does: with any row refused nothing is kept.
    private func run(
        _ input: [UInt8],
        _ format: InputFormat = .csv,
        action: LinkBatch.Action = .link(replacing: false),
        fixed: LinkBatch.Fixed = .neither,
        attributes: KeyValuePairs<String, String> = [:],
        isDryRun: Bool = false
    ) throws -> Result {
        let batch = try LinkBatch(
            .asset,
            in: .standard,
            action: action,
            fixed: fixed,
            attributes: TemporaryStore.attributes(of: .asset, attributes)
        )
        let request = WriteRequest(who: "ana", command: "crm contact link", isDryRun: isDryRun)
        let result = Result()
        do {
            try crm.store.write(request) { transaction in
                result.report = try batch.run(ByteSource(bytes: input), format: format, in: transaction) {
                    result.problems.append($0)
                }
                if result.report.refused > 0 { throw CRMError(.rejected, "rows were refused") }
            }
        } catch let error as CRMError where error.code == .rejected {
            // The report says what was refused.
        }
        return result
    }

    private func links() throws -> [String] {
        try crm.rows("SELECT contact, asset, role, since FROM contact_asset ORDER BY 1, 2, 3")
    }

    @Test(
        "every format says the same",
        arguments: [
            ("contact,asset,role\n1,2,user\n3,1,\n", InputFormat.csv),
            ("\u{FEFF}contact,asset,role\r\n1,2,user\r\n3,1,\r\n", .csv),
            ("Contacto,Activo,Rol\n1,2,Usuario\n3,1,\n", .csv),
            ("role,contact.email,asset.serial\n\"user\",ANA@example.org,S-eva\n,leo@example.org,S-ana", .csv),
            ("contact\tasset\trole\n1\t2\tuser\n3\t1\t\n", .tsv),
            (
                "{\"contact\":1,\"asset\":{\"id\":2,\"name\":\"x\"},\"role\":\"user\"}\n{\"asset\":\"1\",\"contact\":3}\n",
                .jsonl
            ),
            ("contact , asset , role\n 1 , 2 , user \n3, 1,\n", .csv),
        ]
    )
    func everyFormatSaysTheSame(input: String, format: InputFormat) throws {
        let result = try run(Array(input.utf8), format)
        #expect(result.problems.isEmpty)
        #expect(result.report.rows == 2)
        #expect(result.report.linked == 2)
        #expect(try links() == ["1 2 user -", "3 1 - -"])
    }

    @Test("plain references go to the one that is given") func plainReferencesGoToTheOneThatIsGiven() throws {
        let result = try run(Array("1\nserial:S-eva\n".utf8), .id, fixed: .contact(3), attributes: ["role": "owner"])
        #expect(result.report.linked == 2)
        #expect(try links() == ["3 1 owner -", "3 2 owner -"])
        let others = try run(Array("ana@example.org\n2\n".utf8), .id, fixed: .record(3))
        #expect(others.report.linked == 2)
    }

    @Test("what is there is counted and not done again") func whatIsThereIsCountedAndNotDoneAgain() throws {
        let input = Array("contact,asset,role\n1,1,user\n1,1,user\n2,2,user\n".utf8)
        let first = try run(input)
        #expect(first.report.linked == 2)
        #expect(first.report.alreadyLinked == 1)
        let count = try crm.store.history().count
        #expect(try run(input).report.alreadyLinked == 3)
        #expect(try crm.store.history().count == count)
        let changed = try run(Array("contact,asset,role,note\n1,1,user,desk\n".utf8))
        #expect(changed.report.updated == 1)
    }

    @Test("a hand over may pass through many hands") func aHandOverMayPassThroughManyHands() throws {
        let days = ["2026-01-01", "2026-02-01", "2026-03-01"]
        let rows = days.enumerated().map { "\($0 + 1),1,custodian,\($1)\n" }.joined()
        let input = Array("contact,asset,role,since\n\(rows)".utf8)
        let result = try run(input, action: .link(replacing: true))
        #expect(result.report.linked == 3)
        #expect(result.report.ended == 2)
        let before = try crm.contents()
        let undo = try crm.undo()
        #expect(try crm.count("contact_asset") == 0)
        try crm.undo(undo.changeSet.id)
        #expect(try crm.contents() == before)
    }

    @Test("links are taken away the same way") func linksAreTakenAwayTheSameWay() throws {
        _ = try run(Array("contact,asset\n1,1\n2,2\n".utf8))
        let result = try run(Array("contact,asset\n1,1\n3,3\n".utf8), action: .unlink(endedOn: nil))
        #expect(result.report.ended == 1)
        #expect(result.report.notLinked == 1)
        #expect(try links() == ["2 2 - -"])
    }

    struct BadInput: CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        /// Row, line, column, field.
        let places: [String]
        let format: InputFormat

        init(_ name: String, _ text: String, _ places: String..., format: InputFormat = .csv) {
            self.init(name, bytes: Array(text.utf8), places, format: format)
        }

        init(_ name: String, bytes: [UInt8], _ places: [String], format: InputFormat = .csv) {
            self.name = name
            self.bytes = bytes
            self.places = places
            self.format = format
        }

        var testDescription: String { name }
    }

    static let bad: [BadInput] = [
        BadInput("ragged", "contact,asset\n1,1\n2\n3,3,3\n", "2 3 2 asset", "3 4 5 -"),
        BadInput("bare quote", "contact,asset\n1,1\n2,a\"b\n", "2 3 4 -"),
        BadInput("open quote", "contact,asset\n1,\"1\n2,2\n", "1 2 3 -"),
        BadInput("text after quote", "contact,asset\n1,\"1\"x\n", "1 2 6 -"),
        BadInput("NUL", bytes: Array("contact,asset\n1,".utf8) + [0] + Array("1\n".utf8), ["1 2 3 -"]),
        BadInput("not UTF-8", bytes: Array("contact,asset\n1,1\n2,".utf8) + [0xC3, 0x28, 0x0A], ["2 3 3 -"]),
        BadInput("unknown column", "contact,asset,colour\n1,1,red\n", "0 1 - colour"),
        BadInput("unknown key", "contact.fax,asset\n1,1\n", "0 1 - contact.fax"),
        BadInput("column twice", "contact,asset,role,role\n1,1,user,user\n", "0 1 - role"),
        BadInput("side missing", "contact,role\n1,user\n", "0 1 - -"),
        BadInput("side twice", "contact,contact.email,asset\n1,x,1\n", "0 1 - -"),
        BadInput("nothing", "", "0 1 - -"),
        BadInput("unknown ids", "contact,asset\n9,1\n1,9\n8,8\n", "1 2 1 contact", "2 3 3 asset", "3 4 1 contact"),
        BadInput("unknown key value", "contact.email,asset\nno@example.org,1\n", "1 2 1 contact.email"),
        BadInput("empty reference", "contact,asset\n1,\n", "1 2 3 asset"),
        BadInput("no reference", "contact,asset\nana,1\n", "1 2 1 contact"),
        BadInput("choice", "contact,asset,role\n1,1,king\n2,2,user\n", "1 2 5 role"),
        BadInput("date", "contact,asset,since\n\"1\",1,2026-02-30\n", "1 2 7 since"),
        BadInput("period", "contact,asset,since,until\n1,1,2026-02-02,2026-02-01\n", "1 2 - -"),
        BadInput(
            "CRLF and lines in quotes",
            "contact,asset,role\r\n1,1,\"us\r\ner\"\r\n2,9,\r\n",
            "1 2 5 role",
            "2 4 3 asset"
        ),
        BadInput("no JSON", "{\"contact\":1,\"asset\":1}\n{\"contact\":\n", "2 2 12 -", format: .jsonl),
        BadInput("no object", "[1,1]\n", "1 1 - -", format: .jsonl),
        BadInput("nested", "{\"contact\":1,\"asset\":[1]}\n", "1 1 - asset", format: .jsonl),
        BadInput(
            "unknown member",
            "{\"contact\":1,\"asset\":1}\n{\"contact\":1,\"car\":1}\n",
            "2 2 - car",
            format: .jsonl
        ),
        BadInput("unknown escape", "contact\tasset\n1\t\\x\n", "1 2 3 -", format: .tsv),
    ]

    @Test("every bad row is reported and nothing is kept", arguments: bad)
    func everyBadRowIsReportedAndNothingIsKept(input: BadInput) throws {
        let before = try crm.contents()
        let result = try run(input.bytes, input.format)
        let places = result.problems.map { problem in
            "\(problem.row) \(problem.line) \(problem.column.map(String.init) ?? "-") \(problem.field ?? "-")"
        }
        #expect(places == input.places, "\(result.problems.map(\.reason.en))")
        #expect(result.report.refused == input.places.count)
        #expect(try crm.contents() == before)
        #expect(try crm.store.history().count == 6)
    }

    @Test("a dry run counts and leaves the database as it was") func aDryRunCountsAndLeavesTheDatabaseAsItWas() throws {
        let before = try crm.contents()
        let input = Array("contact,asset\n1,1\n2,2\n".utf8)
        #expect(try run(input, isDryRun: true).report.linked == 2)
        #expect(try crm.contents() == before)
        #expect(try crm.store.history().count == 6)
        #expect(try run(input).report.linked == 2)
    }
}

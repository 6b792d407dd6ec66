import CLIKit
import CRMKit
import Formats
import Testing

@testable import crm

@Suite("What a server did not answer")
struct ResponseTests {
    @Test("is told in curl's words, and in Spanish by its exit status", arguments: [(7, "conectar"), (99, "error 99")])
    func reason(outcome: Int, word: String) {
        let response = HTTPResponse(head: nil, body: ByteSource(bytes: []), outcome: outcome, complaint: "Failed")
        #expect(response.reason.en == "Failed" && response.reason.es.contains(word))
    }
}

@Suite("What a command line asks")
struct RequestTests {
    // MARK: - list

    @Test("of list: filters are kept apart, lists of columns are not")
    func list() throws {
        let line =
            "contact list -w 'city = Puebla' --where 'age > 3' --sort -created_at,name --sort id -c id, -c 'name, email'"
        let request = try ListRequest(ReadLine(line).invocation)
        #expect(request.filters == ["city = Puebla", "age > 3"])
        #expect(request.sort == ["-created_at", "name", "id"])
        #expect(request.columns == ["id", "name", "email"])
        #expect(request.limit == nil && request.after == nil && !request.isCount)
    }

    @Test(
        "of list: where to begin and to stop",
        arguments: [
            ("", nil, nil, false), ("--limit 0", 0, nil, false), ("-L5 --after 7", 5, 7, false),
            ("--limit 6 --limit 6 --count", 6, nil, true),
        ] as [(String, Int?, Int64?, Bool)]
    )
    func extent(options: String, limit: Int?, after: Int64?, isCount: Bool) throws {
        let request = try ListRequest(ReadLine("asset list \(options)").invocation)
        #expect(request.limit == limit)
        #expect(request.after == after)
        #expect(request.isCount == isCount)
    }

    @Test("of list: no other numbers", arguments: ["--limit -1", "--limit x", "--limit=", "--after 0", "--after 1.5"])
    func malformedExtent(options: String) throws {
        let invocation = try ReadLine("asset list \(options)").invocation
        #expect(throws: UsageError.self) { try ListRequest(invocation) }
    }

    // MARK: - links

    @Test("of links: the record, the period and the columns of links")
    func links() throws {
        let line = "contact links asset 42 --on 2026-01-01 --sort link.since --columns id,link.role --limit 3"
        let request = try LinksRequest(ReadLine(line).invocation)
        #expect(request.reference == "42")
        #expect(request.date == "2026-01-01" && !request.isWhole)
        #expect(request.sort == ["link.since"])
        #expect(request.columns == ["id", "link.role"])
        #expect(request.limit == 3)
        #expect(try LinksRequest(ReadLine("contact links asset 42 --all --count").invocation).isWhole)
    }

    // MARK: - link

    @Test("of link: both sides, or a file")
    func link() throws {
        let link = Registry.standard["asset"].contacts.link
        let named = try LinkRequest(
            ReadLine("contact link asset 42 7 9 --role custodian").invocation,
            link,
            isUnlinking: false
        )
        #expect(named.near == "42" && named.far == ["7", "9"] && named.input == nil)
        guard case .link(let attributes, isReplacing: false) = named.change else {
            Issue.record("not a link: \(named.change)")
            return
        }
        #expect(attributes.map(\.key) == ["role"] && attributes.map(\.text) == ["custodian"])
        let bulk = try LinkRequest(
            ReadLine("contact unlink asset -i f.csv --ended today").invocation,
            link,
            isUnlinking: true
        )
        #expect(bulk.near == nil && bulk.input == "f.csv")
        guard case .unlink(role: nil, endedOn: "today") = bulk.change else {
            Issue.record("not an end: \(bulk.change)")
            return
        }
    }

    @Test(
        "of link: the form of the input",
        arguments: [
            ("-i links.csv", .csv), ("-i links.jsonl", .jsonl), ("-i -", .csv), ("42 -i -", .id), ("42 -i x.tsv", .tsv),
            ("42 -i x.csv --input-format jsonl", .jsonl),
        ] as [(String, InputFormat)]
    )
    func linkFormat(words: String, format: InputFormat) throws {
        let request = try LinkRequest(ReadLine("contact link asset \(words)").invocation, nil, isUnlinking: false)
        #expect(request.format(of: request.input ?? "") == format)
    }

    // MARK: - import

    private func importing(_ words: String, _ module: ModuleName = "contact") throws -> ImportRequest {
        let registry = Registry.standard
        return try ImportRequest(ReadLine("\(module.noun) import \(words)").invocation, registry[module], registry)
    }

    @Test("of import: how rows are read and matched")
    func importOptions() throws {
        let request = try importing(
            "f.csv --map 'Their=Name=first_name' --map X=- --match email,phone --match external_id --on-match skip --only-empty --create-missing organization,asset --continue-on-error"
        )
        #expect(request.path == "f.csv")
        #expect(request.options.map == ["Their=Name": "first_name", "X": "-"])
        #expect(request.options.match == ["email", "phone", "external_id"])
        #expect(request.options.onMatch == .skip)
        #expect(request.options.fillsOnlyEmpty && request.options.continuesOnError && !request.options.deletesMissing)
        #expect(request.options.creates == ["organization", "asset"])
    }

    @Test(
        "of import: the form of the input",
        arguments: [
            ("", .csv), ("-", .csv), ("f.jsonl", .jsonl), ("f.vcf", .vcard), ("f.ics", .ics), ("f.txt", .csv),
            ("f.csv --input-format tsv", .tsv), ("f", .csv),
        ] as [(String, InputFormat)]
    )
    func importFormat(words: String, format: InputFormat) throws {
        #expect(try importing(words).format(of: Registry.standard["contact"]) == format)
    }

    @Test("of import: a Spanish Excel, and what is said otherwise")
    func dialect() throws {
        let excel = try importing("f.csv --excel-es").dialect
        #expect(excel.csv == .csv(delimiter: .semicolon))
        #expect(excel.cells == CellRules(decimal: .comma, dates: .dmy))
        #expect(excel.inputEncoding == .assumed(.windows1252))
        let other = try importing("f.csv --excel-es --delimiter tab --decimal . --dates iso --encoding utf-8").dialect
        #expect(other.csv == .csv(delimiter: .tab))
        #expect(other.cells == CellRules(decimal: .point))
        #expect(other.inputEncoding == .told(.utf8))
        #expect(try importing("f.csv").dialect.csv == nil)
    }

    @Test(
        "of import: what is no value of an option is told with what is",
        arguments: [
            ("--map Theirs", "--map cannot be \"Theirs\""), ("--on-match maybe", "--on-match cannot be \"maybe\""),
            ("--create-missing robot", "--create-missing cannot be \"robot\""),
            ("--delimiter x", "--delimiter cannot be \"x\""), ("--decimal ;", "--decimal cannot be \";\""),
            ("--dates ymd", "--dates cannot be \"ymd\""), ("--encoding ebcdic", "--encoding cannot be \"ebcdic\""),
            ("--input-format id", "--input-format cannot be \"id\""),
            ("--journal j --batch-size 0", "--batch-size takes a whole number from 1, not \"0\""),
        ]
    )
    func importErrors(words: String, message: String) throws {
        let error = #expect(throws: UsageError.self) { try importing("f.csv \(words.replacing(";", with: "';'"))") }
        #expect(error?.message.en == message)
    }

    @Test(
        "of import: nothing that contradicts itself",
        arguments: ["--batch-size 10", "--journal j --match id --delete-missing"]
    )
    func contradictions(words: String) {
        let error = #expect(throws: CRMError.self) { try importing("f.csv \(words)") }
        #expect(error?.code == .usage)
    }

    // MARK: - delete, undo, batch, log

    @Test(
        "of delete: how far it may go",
        arguments: [("", false, false), ("--yes", true, false), ("-y", true, false), ("--force", false, true)]
    )
    func delete(options: String, dropsLinks: Bool, deletesOwned: Bool) throws {
        let invocation = try ReadLine("asset delete 1 serial:X1 \(options)").invocation
        let request = try DeleteRequest(invocation, of: Registry.standard[.asset])
        #expect(request.meant == .named(["1", "serial:X1"]))
        #expect(request.dropsLinks == dropsLinks)
        #expect(request.deletesOwned == deletesOwned)
    }

    @Test("of edit, delete and actions: records are named or chosen, and only one of the two")
    func meantRecords() throws {
        let module = Registry.standard[.asset]
        func meant(_ words: String) throws -> MeantRecords {
            try MeantRecords(ReadLine("asset delete \(words)").invocation, of: module, verb: "delete")
        }
        #expect(try meant("1 2") == .named(["1", "2"]))
        guard case .chosen(let choice) = try meant("--where value>1 --where id<9 -y") else {
            Issue.record("it is taken for names")
            return
        }
        #expect(choice.filters == ["value>1", "id<9"] && choice.isConfirmed && choice.view == nil)
        guard case .chosen(let view) = try meant("--view old") else {
            Issue.record("it is taken for names")
            return
        }
        #expect(view.view == "old" && !view.isConfirmed)
        for words in ["", "1 --where id=1", "1 --view old"] {
            #expect(throws: CRMError.self) { try meant(words) }
        }
    }

    @Test("of undo: which change set", arguments: [("", nil), ("12", 12)] as [(String, Int64?)])
    func undo(words: String, changeSet: Int64?) throws {
        #expect(try UndoRequest(ReadLine("undo \(words)").invocation, program: "crm").changeSet == changeSet)
    }

    @Test("of undo: no other words", arguments: ["0", "last", "1.5", "99999999999999999999"])
    func malformedUndo(word: String) throws {
        let invocation = try ReadLine("undo \(word)").invocation
        let error = #expect(throws: CRMError.self) { try UndoRequest(invocation, program: "crm") }
        #expect(error?.hint?.en == "see them with: crm log")
    }

    @Test("of batch: the file, and whether lines stand alone")
    func batch() throws {
        let plain = try BatchRequest(ReadLine("batch").invocation)
        #expect(plain.path == "-" && !plain.isEach)
        let each = try BatchRequest(ReadLine("batch nightly.crm --each").invocation)
        #expect(each.path == "nightly.crm" && each.isEach)
        let both = try ReadLine("batch --each --dry-run").invocation
        #expect(throws: CRMError.self) { try BatchRequest(both) }
    }

    @Test("of log: of what, how much, after which")
    func log() throws {
        let request = try LogRequest(ReadLine("log opportunity 12 --limit 3 --after 40").invocation)
        #expect(request.operands == ["opportunity", "12"])
        #expect(request.limit == 3 && request.after == 40)
    }

    // MARK: - add and edit

    @Test("of add: fields, the contacts and the attributes of links with them")
    func add() throws {
        let (asset, address) = (Registry.standard["asset"], Registry.standard["address"])
        let line = "asset add --serial X1 --tag a --tag b --contact 1 --contact ana@example.org --role owner"
        let linked = try AddRequest(ReadLine(line).invocation, asset, "contact")
        #expect(linked.inputs.map(\.field) == ["serial", "tags"])
        #expect(linked.contacts == ["1", "ana@example.org"])
        #expect(linked.attributes.map(\.key) == ["role"])
        let owned = try AddRequest(ReadLine("address add --contact 1 --city Puebla").invocation, address, "contact")
        #expect(owned.inputs.map(\.field) == ["city"])
        #expect(owned.contacts == ["1"])
    }

    @Test("of edit: lists are set whole, or changed element by element")
    func edit() throws {
        let fields = FieldOptions(Registry.standard["contact"])
        func change(_ words: String) throws -> FieldInput.Change? {
            try fields.inputs(in: ReadLine("contact edit 1 \(words)").invocation).first?.change
        }
        guard case .setList(["a", "b"])? = try change("--tag a --tag b") else {
            Issue.record("not set")
            return
        }
        guard
            case .adjustList(adding: ["a"], removing: ["b", "c"])? = try change(
                "--add-tag a --remove-tag b --remove-tag c"
            )
        else {
            Issue.record("not adjusted")
            return
        }
        guard case .set("false")? = try change("--no-do-not-call") else {
            Issue.record("not a truth value")
            return
        }
    }
}

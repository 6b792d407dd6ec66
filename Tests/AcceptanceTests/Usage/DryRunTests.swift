import Foundation
import Testing

/// A dry run ends exactly as the real run would, and leaves nothing.
@Suite struct DryRunTests {
    /// A command line, and what of its sandbox it needs.
    struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        var input = ""
        var status: Int32 = 0
        var testDescription: String { "\(line) → \(status)" }
    }

    static let cases = [
        Case(line: "contact add --last-name Paz --email paz@example.org"),
        Case(line: "contact add", status: 2), Case(line: "contact add --last-name Paz --email x", status: 2),
        Case(line: "contact add --last-name Paz --external-id K-1", status: 5),
        Case(line: "asset add --name Silla --serial X9 --contact 1 --role user"),
        Case(line: "asset add --name Silla --serial X9 --contact 99", status: 3),
        Case(
            line: "opportunity add --contact - --name R --amount 1 --stage proposal --close-date 2026-12-31",
            input: "1\n2\n"
        ),
        Case(
            line: "opportunity add --contact - --name R --amount 1 --stage proposal --close-date 2026-12-31",
            input: "1\n99\n",
            status: 6
        ),
        Case(line: "contact merge 1 99 --yes", status: 3),
        Case(line: "contact edit 1 2 --title Jefe"), Case(line: "contact edit 1 --title 'Director, Compras'"),
        Case(line: "contact edit 1 99 --title Jefe", status: 3),
        Case(line: "contact edit 1 --external-id K-1", status: 5),
        Case(line: "contact edit 1 --reports-to 5", status: 5),
        Case(line: "asset delete 3"), Case(line: "contact delete 1", status: 5),
        Case(line: "contact delete 5 --yes"), Case(line: "contact delete 1 --yes", status: 5),
        Case(line: "contact erase 3 --yes"), Case(line: "contact delete 3 --yes"),
        Case(line: "contact delete 1 --force", status: 5),
        Case(line: "contact delete 99", status: 3), Case(line: "asset delete 1", status: 2),
        Case(line: "asset delete 1 --yes"),
        Case(line: "contact link asset 1 3"), Case(line: "contact link asset 1 1 --role custodian"),
        Case(line: "contact link asset 1 99", status: 3), Case(line: "asset link contact 1 2 --replace"),
        Case(line: "contact link asset --input -", input: "contact,asset\n1,3\n2,3\n"),
        Case(line: "contact link asset --input -", input: "contact,asset\n1,3\n2,99\n", status: 6),
        Case(line: "contact unlink asset 1 1"), Case(line: "contact unlink asset 4 1"),
        Case(line: "contact import -", input: "last_name\nA\nB\n"),
        Case(line: "contact import -", input: "last_name,email\nA,x\n", status: 6),
        Case(line: "contact import - --continue-on-error", input: "last_name,email\nA,x\nB,\n", status: 6),
        Case(line: "contact import - --rejects bad.csv", input: "last_name,email\nA,x\nB,\n", status: 6),
        Case(line: "contact import - --match email --delete-missing", input: "last_name,email\n", status: 5),
        Case(line: "contact import in.csv --journal j"),
        Case(line: "contact import in.csv --journal none/j", status: 74),
        Case(line: "contact import in.csv --journal j --batch-size 1 --match last_name"),
        Case(line: "contact import - --rejects none/bad.csv", input: "last_name\nA\n", status: 74),
        Case(line: "apply", input: #"{"module":"contact","last_name":"A"}"#),
        Case(line: "apply", input: #"{"module":"contact","last_name":"A","external_id":"K-1"}"#),
        Case(line: "apply", input: #"{"module":"contact"}"#, status: 6),
        Case(line: "config set currency MXN"), Case(line: "config set currency x", status: 2),
        Case(line: "config unset currency"), Case(line: "config set language es"),
        Case(line: "config unset language"), Case(line: "config set country MX --db none.db", status: 3),
        Case(line: "field remove asset shelf --purge --yes"),
        Case(line: "undo"), Case(line: "undo 1", status: 5), Case(line: "undo 999", status: 3),
        Case(
            line: "batch",
            input: """
                contact delete 5 --yes
                asset link contact 3 1
                contact import in.csv
                apply in.jsonl
                """
        ),
        Case(line: "batch", input: "contact add --last-name A\ncontact delete 1\n", status: 6),
        Case(line: "contact add --last-name A --db none.db", status: 3),
        Case(line: "contact add --last-name A --db new.db --create"),
        Case(line: "contact add --last-name A --db none/new.db --create", status: 74),
        Case(line: "contact add --last-name A --db empty.db", status: 78),
        Case(line: "contact add --last-name A --db empty.db --create"),
        Case(line: "contact import - --db new.db --create", input: "last_name\nA\n"),
        Case(line: "apply --db new.db --create", input: #"{"module":"contact","last_name":"A"}"#),
        Case(line: "batch --db new.db --create", input: "contact add --last-name A\ncontact edit 1 --title B\n"),
    ]

    private func sandbox(for test: Case) throws -> CRM {
        let crm = try CRM(.sample)
        try crm.write("last_name\nA\n", to: "in.csv")
        try crm.write(#"{"module":"contact","last_name":"B"}"#, to: "in.jsonl")
        try crm.write("", to: "empty.db")
        if test.line.contains("shelf") { try crm.succeed("field", "add", "asset", "shelf") }
        return crm
    }

    /// What only one of the two says.
    private static let own = ["dry run", "made the database", "to redo it", "would be", "dropped asset.shelf"]

    /// What a run printed, without what no two runs have in common and what a dry run says of itself.
    private func told(_ bytes: String) -> [String] {
        var text = bytes.replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z/, with: "NOW")
        text = text.replacing(#""committed":true"#, with: #""committed":false"#)
        // The file of a dry run is not made smaller.
        text = text.replacing(#""compacted":true"#, with: #""compacted":false"#)
        text = text.replacing("would take back", with: "took back")
        text = text.replacing(/"change_set":[0-9]+/, with: #""change_set":null"#)
        return text.split(separator: "\n").map(String.init).filter { line in
            !Self.own.contains { line.contains($0) }
        }
    }

    private func files(_ crm: CRM) throws -> String {
        try crm.shell("find . -name '.?*' -prune -o -print | sort; cksum empty.db; sqlite3 crm.db .dump | cksum").output
    }

    @Test(
        "What is only confirmed by --yes is shown without it",
        arguments: [
            "contact edit --where id=1 --title Jefe", "contact erase 3", "log prune --before 2099-01-01",
            "field remove asset shelf --purge",
        ]
    )
    func unconfirmed(line: String) throws {
        let crm = try sandbox(for: Case(line: line))
        let before = try files(crm)
        let shown = try crm.shell("crm \(line) --dry-run")
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(try files(crm) == before)
        #expect(try crm.shell("crm \(line)").status == 2)
        #expect(try crm.shell("crm \(line) --yes").status == 0)
    }

    @Test("It ends as the real run does, says the same, and leaves nothing", arguments: cases)
    func same(test: Case) throws {
        let (dry, real) = (try sandbox(for: test), try sandbox(for: test))
        let before = try files(dry)
        let line = "crm \(test.line) --json"
        let one = try dry.shell("\(line) --dry-run", stdin: test.input)
        let other = try real.shell(line, stdin: test.input)
        #expect(one.status == test.status, "\(one.errors)")
        #expect(other.status == test.status, "\(other.errors)")
        #expect(told(one.output) == told(other.output))
        // A deletion lists what goes with the record, also where it is refused for want of leave to take that along.
        let (dryly, really) = (told(one.errors), told(other.errors))
        let isListing = test.line.contains(" delete ") && [0, 2].contains(test.status)
        #expect((isListing ? dryly.suffix(really.count) : dryly[...]) == really[...])
        #expect(!one.output.contains(#""committed":true"#))
        let after = try files(dry)
        #expect(after == before)
    }

    @Test(
        "It does not make the database, nor the folders it would be in",
        arguments: [
            "contact add --last-name Paz", "field add contact k --type choice --values norte,sur",
            "choice add case.category garantía", "config set country MX",
        ]
    )
    func nothingMade(line: String) throws {
        let crm = try CRM(.nothing)
        let result = try crm.succeed(line.split(separator: " ").map(String.init) + ["--dry-run"])
        #expect(result.errors.hasSuffix("crm: dry run: nothing was saved\n"))
        #expect(!crm.has("data"))
    }

    @Test(
        "It leaves a file of an earlier version as it is, and nothing beside it",
        arguments: [
            "crm contact add --last-name Paz --format id", "printf 'last_name\\nA\\n' | crm contact import -",
            "printf 'contact add --last-name A\\n' | crm batch", "crm contact merge 1 2 --yes --format id",
            "crm config set country ES",
        ]
    )
    func older(line: String) throws {
        let crm = try CRM()
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("CRMKitTests/Store/Files/format-1.sql").path
        try crm.shell("rm crm.db*; sqlite3 crm.db < '\(file)'; cp crm.db origin")
        let result = try crm.shell("\(line) --dry-run")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("crm.db is of an earlier version of the program and stays so"))
        #expect(try crm.shell("cmp crm.db origin && ls crm.db*").output == "crm.db\n")
        #expect(try crm.succeed("contact", "list", "--count").errors.contains("upgraded"))
    }

    @Test("It fails where the database could not be made")
    func unwritable() throws {
        let crm = try CRM(.nothing)
        try crm.shell("mkdir data; chmod 500 data")
        // The superuser may write anywhere.
        let real = try crm.run("contact", "add", "--last-name", "Paz", "--dry-run")
        #expect(real.status == (getuid() == 0 ? 0 : 74))
        try crm.shell("chmod 700 data")
    }

    @Test("Every command that takes the option is among the cases")
    func complete() throws {
        let crm = try CRM()
        func names(_ words: [String]) throws -> [String] {
            try crm.run(words + ["--help"]).lines.compactMap { line in
                line.firstMatch(of: /^ {2}([a-z][a-z-]*) {2,}.*$/).map { String($0.1) }
            }
        }
        func takesIt(_ words: [String]) throws -> Bool {
            try crm.run(words + ["--help"]).lines.contains { $0.contains("-n, --dry-run") }
        }
        let program = try names([])
        #expect(program.contains("batch") && program.contains("contact"))
        let verbs = try names(["contact"])
        #expect(verbs.contains("delete") && verbs.contains("link"))
        let tested = Set(Self.cases.flatMap { $0.line.split(separator: " ").prefix(2).map(String.init) })
        for name in program {
            if try takesIt([name]) { #expect(tested.contains(name), "\(name)") }
        }
        for verb in verbs where try takesIt(["contact", verb]) {
            #expect(tested.contains(verb), "contact \(verb)")
        }
    }
}

import CLIKit
import Localization
import Testing

@Suite("Reading a command line")
struct ParserTests {
    let parser = Parser<Void>(root: ToyGrammar.shelf())

    func parse(_ line: String) throws(UsageError) -> Invocation {
        try parser.parse(line.split(separator: " ").map(String.init))
    }

    @Test(
        "finds the command",
        arguments: [
            ("book list", ["shelf", "book", "list"]),
            ("libro new x", ["shelf", "book", "add"]),
            ("reading-list show", ["shelf", "reading-list", "show"]),
            ("reading_list show", ["shelf", "reading-list", "show"]),
            ("--db x book list", ["shelf", "book", "list"]),
            ("book --json list --db x", ["shelf", "book", "list"]),
            ("book", ["shelf", "book"]),
            ("", ["shelf"]),
        ]
    )
    func commands(line: String, names: [String]) throws {
        #expect(try parse(line).path.names == names)
    }

    @Test("knows a bare group from something to do")
    func completeness() throws {
        #expect(try parse("book").leaf.run == nil)
        #expect(try parse("book list").leaf.run != nil)
        #expect(try parse("reading-list show").leaf.run != nil)
    }

    @Test(
        "takes operands",
        arguments: [
            ("book add Emma", ["Emma"]),
            ("book add -a x Emma -q", ["Emma"]),
            ("book add -- -Emma", ["-Emma"]),
            ("book add -q -- --", ["--"]),
            ("book add -", ["-"]),
            ("book add --active 1", ["1"]),
            ("book add --active -- no", ["no"]),
            ("book lend 1 2 3 --json 4", ["1", "2", "3", "4"]),
            ("book lend 1 list", ["1", "list"]),
            ("reading-list show", []),
        ]
    )
    func operands(line: String, operands: [String]) throws {
        #expect(try parse(line).operands == operands)
    }

    @Test(
        "takes values",
        arguments: [
            ("--author Austen", "Austen"),
            ("--author=Austen", "Austen"),
            ("--author=", ""),
            ("--author=a=b", "a=b"),
            ("-a Austen", "Austen"),
            ("-aAusten", "Austen"),
            ("-a=x", "=x"),
            ("-qAa Austen", "Austen"),
            ("--author -5", "-5"),
            ("--author -h", "-h"),
            ("--author --dash", "--dash"),
            ("--author --", "--"),
            ("--author=--tag", "--tag"),
            ("--author x --author=x", "x"),
            ("--tag x", nil),
        ] as [(String, String?)]
    )
    func values(line: String, value: String?) throws {
        let invocation = try parse("book add Emma " + line)
        #expect(invocation[ToyGrammar.author] == value)
        #expect(invocation.has(ToyGrammar.author) == (value != nil))
        #expect(invocation.operands == ["Emma"])
    }

    @Test("takes a value by its name with either hyphen", arguments: ["--close_date", "--close-date"])
    func hyphens(name: String) throws {
        #expect(try parse("book add Emma \(name) 2026-01-01")[ToyGrammar.closeDate] == "2026-01-01")
    }

    @Test("gathers the values of a list", arguments: [("--tag x --tag= -ty", ["x", "", "y"]), ("--json", [])])
    func lists(line: String, values: [String]) throws {
        #expect(try parse("book add Emma " + line)[ToyGrammar.tag] == values)
    }

    @Test(
        "takes truth values",
        arguments: [
            ("--active", true), ("--no-active", false), ("--no_active", false), ("-A", true),
            ("--active=false", false), ("--active=Sí", true), ("--active=SI", true), ("--active=no", false),
            ("--active --active=yes", true), ("--no-active --active=0", false), ("", nil),
        ] as [(String, Bool?)]
    )
    func booleans(line: String, value: Bool?) throws {
        let invocation = try parse("book add Emma " + line)
        #expect(invocation[ToyGrammar.active] == value)
        #expect(invocation.has(ToyGrammar.active) == (value != nil))
    }

    @Test("keeps an option of the program apart from a field of the same name")
    func namesakes() throws {
        #expect(try parse("--version")[ToyGrammar.version])
        #expect(try parse("--version").hasAtRoot(ToyGrammar.version))
        let before = try parse("--version book add Emma")
        #expect(before.hasAtRoot(ToyGrammar.version) && before[ToyGrammar.edition] == nil)
        let after = try parse("book add Emma --version 2")
        #expect(!after.hasAtRoot(ToyGrammar.version) && after[ToyGrammar.edition] == "2")
        #expect(throws: UsageError.self) { try parse("book list --version") }
    }

    @Test(
        "gives help whatever else is wrong",
        arguments: [
            ("--help", ["shelf"]),
            ("-h", ["shelf"]),
            ("-qh", ["shelf"]),
            ("book add --help", ["shelf", "book", "add"]),
            ("--nonsense book add --help", ["shelf", "book", "add"]),
            ("book add --author --help", ["shelf", "book", "add"]),
            ("book --help nonsense", ["shelf", "book"]),
            ("book list too many --active=x --help", ["shelf", "book", "list"]),
        ]
    )
    func help(line: String, names: [String]) throws {
        let invocation = try parse(line)
        #expect(invocation.wantsHelp)
        #expect(invocation.path.names == names)
    }

    @Test("takes '--help' after '--' as an operand")
    func helpAsOperand() throws {
        let invocation = try parse("book add -- --help")
        #expect(!invocation.wantsHelp)
        #expect(invocation.operands == ["--help"])
    }

    @Test(
        "says what is wrong",
        arguments: [
            ("bok list", .unknownCommand(word: "bok", command: "shelf", suggestions: ["book"])),
            ("bok --help", .unknownCommand(word: "bok", command: "shelf", suggestions: ["book"])),
            ("chekc", .unknownCommand(word: "chekc", command: "shelf", suggestions: ["check"])),
            ("read", .unknownCommand(word: "read", command: "shelf", suggestions: ["reading-list"])),
            ("list book", .unknownCommand(word: "list", command: "shelf", suggestions: ["book list"])),
            ("book zzz", .unknownCommand(word: "zzz", command: "shelf book", suggestions: [])),
            ("__complet", .unknownCommand(word: "__complet", command: "shelf", suggestions: [])),
            (
                "book add x --autor y",
                .unknownOption(word: "--autor", command: "shelf book add", suggestions: ["--author"])
            ),
            (
                "book add x --auth=y",
                .unknownOption(word: "--auth", command: "shelf book add", suggestions: ["--author"])
            ),
            (
                "book add x --no-activ",
                .unknownOption(word: "--no-activ", command: "shelf book add", suggestions: ["--no-active"])
            ),
            ("--author x book add y", .unknownOption(word: "--author", command: "shelf", suggestions: [])),
            ("book add x -z", .unknownOption(word: "-z", command: "shelf book add", suggestions: [])),
            ("book add x -qz", .unknownOption(word: "-z", command: "shelf book add", suggestions: [])),
            ("book add -5", .unknownOption(word: "-5", command: "shelf book add", suggestions: [])),
            (
                "book add x -author y",
                .unexpectedOperand(word: "y", command: "shelf book add", option: nil)
            ),
            ("book list -json", .unknownOption(word: "-json", command: "shelf book list", suggestions: ["--json"])),
            ("book add x --author", .missingValue(option: "--author", placeholder: "NAME", next: nil)),
            ("book add x -a", .missingValue(option: "-a", placeholder: "NAME", next: nil)),
            ("book add x --author --tag y", .missingValue(option: "--author", placeholder: "NAME", next: "--tag")),
            (
                "book add x --author --no-active",
                .missingValue(option: "--author", placeholder: "NAME", next: "--no-active")
            ),
            ("book add x -a y --author=z", .contradictedValue(option: "--author", first: "y", second: "z")),
            (
                "book add x --active --no-active",
                .contradictedValue(option: "--no-active", first: "true", second: "false")
            ),
            ("book list --json=yes", .unexpectedValue(option: "--json", value: "yes")),
            ("book add x --no-active=no", .unexpectedValue(option: "--no-active", value: "no")),
            ("book add x --active=perhaps", .invalidBoolean(option: "--active", value: "perhaps")),
            ("book add x --active=", .invalidBoolean(option: "--active", value: "")),
            ("book add", .missingOperand(name: "TITLE", command: "shelf book add")),
            ("book lend", .missingOperand(name: "PERSON", command: "shelf book lend")),
            ("book lend me", .missingOperand(name: "BOOK", command: "shelf book lend")),
            ("book lend name:a=b", .missingOperand(name: "BOOK", command: "shelf book lend")),
            ("book add x y", .unexpectedOperand(word: "y", command: "shelf book add", option: nil)),
            ("book add x --active no", .unexpectedOperand(word: "no", command: "shelf book add", option: "--active")),
            ("book add --active no", .unexpectedOperand(word: "no", command: "shelf book add", option: "--active")),
            ("-- book list", .unexpectedOperand(word: "book", command: "shelf", option: nil)),
            (
                "book add x --nonsense --author",
                .unknownOption(word: "--nonsense", command: "shelf book add", suggestions: [])
            ),
        ] as [(String, UsageError)]
    )
    func errors(line: String, error: UsageError) {
        #expect(throws: error) { try parse(line) }
    }

    @Test("does not build commands that are not called")
    func laziness() throws {
        let root = Command(
            "shelf",
            summary: "",
            discussion: [],
            subcommands: [
                Subcommand("called", summary: "") { Command("called", summary: "", discussion: []) {} },
                Subcommand("other", summary: "") {
                    Issue.record("built without need")
                    return Command("other", summary: "", discussion: []) {}
                },
            ]
        )
        #expect(try Parser(root: root).parse(["called"]).path.line == "shelf called")
    }

    @Test("a group that there is comes before the groups that a word comes near to", arguments: [true, false])
    func groupsBeforeKin(isThere: Bool) {
        func leaf(_ name: String) -> Subcommand {
            Subcommand(name, summary: "") { Command(name, summary: "", discussion: []) {} }
        }
        func group(_ name: String, _ verbs: [Subcommand], kin: [String] = []) -> Subcommand {
            Subcommand(name, summary: "") { Command(name, summary: "", discussion: [], subcommands: verbs, kin: kin) }
        }
        let groups = [
            group("plan", [isThere ? group("mark", [leaf("add")]) : leaf("mark")]),
            group("day", [leaf("add")], kin: ["mark"]),
        ]
        let root = Command("shelf", summary: "", discussion: [], subcommands: groups) {}
        let error = #expect(throws: UsageError.self) { try Parser(root: root).parse(["mark"]) }
        #expect(error?.hint?.en == (isThere ? "that is 'plan mark'" : "what comes near is 'day'"))
    }
}

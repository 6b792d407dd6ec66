import CLIKit
import Localization
import Testing

@Suite("A manual page")
struct ManPageTests {
    static func pages(of name: String = "shelf") throws -> [ManPage] {
        let date = try #require(ManPage.Date(year: 2026, month: 6, day: 30))
        return ManPage.all(of: ToyGrammar.shelf(named: name), date: date)
    }

    static func rendered(_ page: ManPage) throws -> String {
        try RunningProgram("mandoc", ["-T", "ascii", "-O", "width=78"], input: page.text).output
            .replacing(/.\u{8}/, with: "")
    }

    @Test("is there for the program and each group", arguments: ["shelf", "my-shelf"])
    func files(name: String) throws {
        #expect(try Self.pages(of: name).map(\.fileName) == ["\(name).1", "\(name)-book.1", "\(name)-reading-list.1"])
    }

    @Test("is clean mdoc", arguments: ["shelf", "my-shelf", "No", "a"])
    func lint(name: String) throws {
        for page in try Self.pages(of: name) {
            let lint = try RunningProgram("mandoc", ["-T", "lint", "-W", "warning"], input: page.text)
            #expect(lint.status == 0, "\(page.fileName): \(lint.output)\(lint.errors)\n\(page.text)")
            #expect(lint.output.isEmpty)
        }
    }

    @Test("of the program holds its options, commands and chapters")
    func program() throws {
        let text = try Self.rendered(Self.pages()[0])
        for part in [
            "shelf - keep books", "June 30, 2026", "--db FILE", "-q, --quiet", "book    Books.  See shelf-book(1).",
            "--version", "EXIT STATUS", "'shelf' follows grep(1).", ".first line\n", "'second -- line\\\n",
            "shelf check",
            "shelf-book(1), shelf-reading-list(1)",
        ] {
            #expect(text.contains(part), "\(part)\n\(text)")
        }
        #expect(!text.contains("__complete"))
    }

    @Test("of a group holds all its verbs")
    func group() throws {
        let text = try Self.rendered(Self.pages()[1])
        for part in [
            "shelf book add [options] TITLE", "shelf book lend [options] PERSON BOOK ...", "-A, --active, --no-active",
            "--close-date DATE", "Required.", "May be repeated.", "One of wanted, in_hand, in:box (In a box).",
            "Adds one book:",
            "shelf book add Emma --author Austen", "shelf(1)",
        ] {
            #expect(text.contains(part), "\(part)\n\(text)")
        }
    }

    /// The page of a group with two verbs that take the same fields, and commands that differ by what they sort.
    private func groupPage() throws -> String {
        let title = ValueOption<String>("title", "TEXT", summary: "Its title", discussion: "One line.", group: "Fields")
        @Sendable func sorting(_ name: String, _ own: Flag...) -> Subcommand {
            Subcommand(name, summary: Text(name)) {
                Command(
                    name,
                    summary: Text("Sort \(name)"),
                    discussion: ["Sorting is stable."],
                    operands: [Operand("SHELF", summary: "what to sort")],
                    options: [Flag("reverse", summary: "Turn round", discussion: "")] + own
                ) {}
            }
        }
        let book = Command(
            "book",
            summary: "Books",
            discussion: [],
            sections: [Section(title: "FIELDS", [.options([title.option])])],
            subcommands: [
                Subcommand("add", summary: "Add") {
                    let force = Flag("force", summary: "Whatever it is", discussion: "Really")
                    return Command("add", summary: "Add", discussion: [], options: [title, force]) {}
                },
                Subcommand("sort", summary: "Sort") {
                    Command(
                        "sort",
                        summary: "Sort things",
                        discussion: [],
                        selector: "KIND",
                        subcommands: [
                            sorting("maps"), sorting("books", Flag("spine", summary: "By the spine", discussion: "")),
                        ]
                    )
                },
            ]
        )
        let root = Command(
            "x",
            summary: "X",
            discussion: [],
            subcommands: [Subcommand("book", summary: "Books") { book }]
        )
        let date = try #require(ManPage.Date(year: 2026, month: 1, day: 1))
        let page = try #require(ManPage.all(of: root, date: date).last)
        #expect(try RunningProgram("mandoc", ["-T", "lint", "-W", "warning"], input: page.text).output.isEmpty)
        return try Self.rendered(page)
    }

    @Test("describes options of a chapter there and not again with each command")
    func chapterOptions() throws {
        let text = try groupPage()
        #expect(text.matches(of: /Its title/).count == 1)
        #expect(text.contains(/Fields: those of the chapter FIELDS\.\s+Options:\s+--force\s+Whatever it is\. +Really/))
    }

    @Test("describes once what commands of one family share, and then what sets each apart")
    func family() throws {
        let text = try groupPage()
        #expect(text.contains("x book sort KIND [options] SHELF"))
        #expect(text.matches(of: /Turn round/).count == 1)
        #expect(text.matches(of: /Sorting is stable/).count == 1)
        #expect(text.contains(/maps +Sort maps\.\s+books +Sort books\.\s+--spine/))
    }

    @Test("of a group that does something by itself begins with that")
    func ownWork() throws {
        let log = Command(
            "log",
            summary: "Show who did what",
            discussion: [],
            operands: [Operand("ID", .optional, summary: "which")],
            subcommands: [
                Subcommand("prune", summary: "Forget") { Command("prune", summary: "Forget", discussion: []) {} }
            ]
        ) {}
        let root = Command(
            "x",
            summary: "X",
            discussion: [],
            subcommands: [Subcommand("log", summary: "Log") { log }]
        )
        let date = try #require(ManPage.Date(year: 2026, month: 1, day: 1))
        let page = try #require(ManPage.all(of: root, date: date).last)
        #expect(try Self.rendered(page).contains(/SYNOPSIS\s+x log \[options\] \[ID\]\s+x log prune \[options\]\s/))
    }

    @Test("keeps words that mean something to roff as they are, wherever they stand")
    func escaping() throws {
        let words = [
            ".dot", "'quote", "\\fBbold", "Nm", "Ar", ".Sh", "...", "e.g.", "(see", "that).", "-x", "--long-name",
            "\"q\"",
            "~/x^2`y`", "a:", "|", "naïve", "\\", "%", "[a]", "No", "0",
        ]
        // Every word stands at the start of a line once, in each place that a grammar has for words.
        let texts = words.indices.map { (words[$0...] + words[..<$0]).joined(separator: " ") }
        let root = Command(
            "x",
            summary: Text(texts[0]),
            discussion: texts.map { (text: String) in Text(text) },
            operands: words.map { Operand(Text($0), summary: Text($0)) },
            options: words.enumerated().map {
                ValueOption<String>(
                    "option\($0)",
                    Text($1),
                    summary: Text($1),
                    discussion: Text(texts[0]),
                    completion: .words([(word: $1, summary: Text(""))])
                )
            },
            examples: words.map { Example($0, Text($0)) },
            sections: [
                Section(title: "Sh", [.definitions(words.map { (term: $0, meaning: Text($0)) })]),
                Section(title: "WORDS", [.code(Text(words.joined(separator: "\n")))]),
            ]
        ) {}
        let page = ManPage(of: CommandPath(root: root), date: try #require(ManPage.Date(year: 2026, month: 1, day: 1)))
        let lint = try RunningProgram("mandoc", ["-T", "lint", "-W", "warning"], input: page.text)
        #expect(lint.output.isEmpty, "\(lint.output)\n\(page.text)")
        let shown = try RunningProgram("mandoc", ["-T", "utf8"], input: page.text).output.replacing(/.\u{8}/, with: "")
        let lines = shown.split(separator: "\n").map { $0.drop { $0 == " " } }
        for word in words { #expect(lines.contains(Substring(word)), "\(word)\n\(shown)") }
        let filled = shown.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for text in texts { #expect(filled.contains(text), "\(text)\n\(shown)") }
    }

    @Test("is dated by a day that exists", arguments: [(2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32)])
    func dates(year: Int, month: Int, day: Int) {
        #expect(ManPage.Date(year: year, month: month, day: day) == nil)
    }
}

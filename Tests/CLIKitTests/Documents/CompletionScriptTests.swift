import CLIKit
import Foundation
import Testing

/// A line typed into a shell with a tab in it.
struct TypedLine: Sendable, CustomTestStringConvertible {
    let keys: String
    let question: [String]
    let ran: [String]
    var testDescription: String { keys.replacing("\t", with: "<tab>") }

    init(_ keys: String, asks question: [String], runs ran: [String]) {
        self.keys = keys
        self.question = question
        self.ran = ran
    }
}

@Suite("Completion in a real bash")
struct BashCompletionTests {
    static let insertAll = "\u{1B}*"

    @Test(
        "finishes words",
        arguments: [
            TypedLine("shelf boo\t", asks: ["bash", "boo", "shelf boo"], runs: ["book"]),
            TypedLine("shelf book ad\tx", asks: ["bash", "ad", "shelf book ad"], runs: ["book", "add", "x"]),
            TypedLine("shelf \(insertAll)", asks: ["bash", "", "shelf "], runs: ["book", "reading-list", "check"]),
            TypedLine("true; shelf che\t", asks: ["bash", "che", "shelf che"], runs: ["check"]),
            TypedLine(
                "shelf book add --status=in_\t",
                asks: ["bash", "in_", "shelf book add --status=in_"],
                runs: ["book", "add", "--status=in_hand"]
            ),
            TypedLine(
                "shelf book add --status=\(insertAll)",
                asks: ["bash", "", "shelf book add --status="],
                runs: ["book", "add", "--status=wanted", "in_hand", "in:box"]
            ),
            TypedLine(
                "shelf book add --status=in:\t",
                asks: ["bash", "", "shelf book add --status=in:"],
                runs: ["book", "add", "--status=in:box"]
            ),
            TypedLine(
                "shelf book lend ext:KEY-\(insertAll)",
                asks: ["bash", "KEY-", "shelf book lend ext:KEY-"],
                runs: ["book", "lend", "ext:KEY-1", "KEY-2"]
            ),
            TypedLine(
                "shelf book lend name:A\t7",
                asks: ["bash", "A", "shelf book lend name:A"],
                runs: ["book", "lend", "name:Ana Ruiz", "7"]
            ),
            TypedLine(
                "shelf book lend name:\"Ana\t 7",
                asks: ["bash", "Ana", "shelf book lend name:\"Ana"],
                runs: ["book", "lend", "name:Ana Ruiz", "7"]
            ),
            TypedLine(
                "shelf book lend name:Ana\\ R\t",
                asks: ["bash", "Ana\\ R", "shelf book lend name:Ana\\ R"],
                runs: ["book", "lend", "name:Ana Ruiz"]
            ),
            TypedLine(
                "shelf book lend 'name:Ana R\t",
                asks: ["bash", "name:Ana R", "shelf book lend 'name:Ana R"],
                runs: ["book", "lend", "name:Ana Ruiz"]
            ),
            TypedLine(
                "shelf book lend dat\t",
                asks: ["bash", "dat", "shelf book lend dat"],
                runs: ["book", "lend", "dato:$5 \"ñ\""]
            ),
            TypedLine(
                "shelf book lend e\tx",
                asks: ["bash", "e", "shelf book lend e"],
                runs: ["book", "lend", "ex"]
            ),
            TypedLine("shelf --db bo\t", asks: ["bash", "bo", "shelf --db bo"], runs: ["--db", "books.db"]),
            TypedLine("shelf --db=bo\t", asks: ["bash", "bo", "shelf --db=bo"], runs: ["--db=books.db"]),
            TypedLine(
                "shelf --db scan\\ \t",
                asks: ["bash", "scan\\ ", "shelf --db scan\\ "],
                runs: ["--db", "scan 1.pdf"]
            ),
            TypedLine(
                "shelf book add --folder=s\tx",
                asks: ["bash", "s", "shelf book add --folder=s"],
                runs: ["book", "add", "--folder=scans/x"]
            ),
        ]
    )
    func words(line: TypedLine) throws {
        try check(line)
    }

    @Test(
        "finishes words wherever the user's COMP_WORDBREAKS break them",
        arguments: [
            ("", "--status=in:b", "--status=in:b", "--status=in:box"),
            (":", "--status=in:b", "b", "--status=in:box"),
            ("=", "--status=in:b", "in:b", "--status=in:box"),
            ("=:@", "email:ana@e", "@e", "email:ana@example.org"),
            (":", "email:ana@e", "@e", "email:ana@example.org"),
        ]
    )
    func wordBreaks(breaks: String, typed: String, replaced: String, whole: String) throws {
        let verb = typed.hasPrefix("-") ? "add" : "lend"
        let line = "shelf --db ñandú.db book \(verb) \(typed)"
        try check(
            TypedLine(
                line + "\t",
                asks: ["bash", replaced, line],
                runs: ["--db", "ñandú.db", "book", verb, whole]
            ),
            setup: "COMP_WORDBREAKS=$' \\t\\n\(breaks)'"
        )
    }

    @Test("says nothing when the program is gone, or the shell is strict")
    func silence() throws {
        let line = TypedLine("shelf boo\tk", asks: ["bash", "boo", "shelf boo"], runs: ["book", "k"])
        try check(line, setup: "set -u")
        let program = try ToyProgram(for: .bash, asked: line.question)
        try program.folder.write(". ./shelf.bash\nPS1=\n", to: "rc")
        try FileManager.default.removeItem(at: program.folder.url("shelf"))
        let shown = try program.type("shelf boo\t\u{15}exit 0\n", into: "bash --noprofile --rcfile rc -i")
        #expect(!shown.contains("No such file") && !shown.contains("not found"), "\(shown)")
    }

    private func check(_ line: TypedLine, setup: String = "") throws {
        let program = try ToyProgram(for: .bash, asked: line.question)
        try program.folder.write(". ./shelf.bash\nPS1=\n\(setup)\n", to: "rc")
        let shown = try program.type(line.keys + "\nexit 0\n", into: "bash --noprofile --rcfile rc -i")
        #expect(try program.asked == line.question, "\(shown)")
        #expect(try program.ran == line.ran, "\(shown)")
        #expect(!shown.contains("bash:"), "\(shown)")
    }
}

@Suite("Completion in a real zsh")
struct ZshCompletionTests {
    @Test(
        "finishes words",
        arguments: [
            TypedLine("shelf boo\t", asks: ["zsh", "boo"], runs: ["book"]),
            TypedLine("shelf book ad\tx", asks: ["zsh", "book", "ad"], runs: ["book", "add", "x"]),
            TypedLine("true; shelf che\t", asks: ["zsh", "che"], runs: ["check"]),
            TypedLine(
                "shelf book add --status wan\t",
                asks: ["zsh", "book", "add", "--status", "wan"],
                runs: ["book", "add", "--status", "wanted"]
            ),
            TypedLine(
                "shelf book add --status=in_\t",
                asks: ["zsh", "book", "add", "--status=in_"],
                runs: ["book", "add", "--status=in_hand"]
            ),
            TypedLine(
                "shelf book add --status=in:\t",
                asks: ["zsh", "book", "add", "--status=in:"],
                runs: ["book", "add", "--status=in:box"]
            ),
            TypedLine(
                "shelf book lend name:A\t7",
                asks: ["zsh", "book", "lend", "name:A"],
                runs: ["book", "lend", "name:Ana Ruiz", "7"]
            ),
            TypedLine(
                "shelf book lend name:Ana\\ R\t",
                asks: ["zsh", "book", "lend", "name:Ana R"],
                runs: ["book", "lend", "name:Ana Ruiz"]
            ),
            TypedLine(
                "shelf book lend 'a b' email:ana@e\t",
                asks: ["zsh", "book", "lend", "a b", "email:ana@e"],
                runs: ["book", "lend", "a b", "email:ana@example.org"]
            ),
            TypedLine(
                "shelf book lend dat\t",
                asks: ["zsh", "book", "lend", "dat"],
                runs: ["book", "lend", "dato:$5 \"ñ\""]
            ),
            TypedLine(
                "shelf book lend '' ext:KEY-\t",
                asks: ["zsh", "book", "lend", "", "ext:KEY-"],
                runs: ["book", "lend", "", "ext:KEY-"]
            ),
            TypedLine("shelf --db bo\t", asks: ["zsh", "--db", "bo"], runs: ["--db", "books.db"]),
            TypedLine("shelf --db=bo\t", asks: ["zsh", "--db=bo"], runs: ["--db=books.db"]),
            TypedLine(
                "shelf book add --folder=s\tx",
                asks: ["zsh", "book", "add", "--folder=s"],
                runs: ["book", "add", "--folder=scans/x"]
            ),
        ]
    )
    func words(line: TypedLine) throws {
        let program = try ToyProgram(for: .zsh, asked: line.question)
        let shown = try type(line.keys, into: program)
        #expect(try program.asked == line.question, "\(shown)")
        #expect(try program.ran == line.ran, "\(shown)")
        #expect(!shown.contains("zsh:") && !shown.contains("_shelf"), "\(shown)")
    }

    @Test("adds no blank where more can follow")
    func open() throws {
        let program = try ToyProgram(for: .zsh, asked: ["zsh", "book", "lend", "e"])
        try program.folder.write("open\nemail:\tby address\n", to: "answer")
        let shown = try type("shelf book lend e\tx", into: program)
        #expect(try program.ran == ["book", "lend", "email:x"], "\(shown)")
    }

    @Test("lists words with what they mean")
    func descriptions() throws {
        let program = try ToyProgram(for: .zsh, asked: ["zsh", "book", "add", "--status", "in"])
        let shown = try type("shelf book add --status in\t\t", into: program)
        #expect(shown.contains("in_hand") && shown.contains("In hand") && shown.contains("In a box"), "\(shown)")
    }

    private func type(_ keys: String, into program: ToyProgram) throws -> String {
        try program.folder.write(
            "fpath=($ZDOTDIR $fpath)\nautoload -Uz compinit\ncompinit -u -D\nPS1=\nunset zle_bracketed_paste\n",
            to: ".zshrc"
        )
        return try program.type(
            keys + "\nexit 0\n",
            into: "zsh -d -i",
            environment: ["ZDOTDIR": program.folder.root.path]
        )
    }
}

@Suite("Completion in a real fish")
struct FishCompletionTests {
    @Test(
        "offers words",
        arguments: [
            ("shelf boo", ["boo"], ["book\tBooks"]),
            ("shelf ", [""], ["book\tBooks", "reading-list\tLists", "check\tCheck the shelf"]),
            ("shelf book add --sta", ["book", "add", "--sta"], ["--status\tHow far it is"]),
            (
                "shelf book add --status in", ["book", "add", "--status", "in"],
                ["in_hand\tIn hand", "in:box\tIn a box"]
            ),
            ("shelf book add --status=in:", ["book", "add", "--status=in:"], ["--status=in:box\tIn a box"]),
            ("shelf book lend name:A", ["book", "lend", "name:A"], ["name:Ana Ruiz\ta person: one"]),
            ("shelf book lend 'a b' ext:KEY-2", ["book", "lend", "a b", "ext:KEY-2"], ["ext:KEY-2\ta book: one"]),
            (
                "shelf book lend '' email:ana@", ["book", "lend", "", "email:ana@"],
                ["email:ana@example.org\ta book: one"]
            ),
            ("shelf --db bo", ["--db", "bo"], ["books.db"]),
            ("shelf --db=bo", ["--db=bo"], ["--db=books.db"]),
            ("shelf book add --folder s", ["book", "add", "--folder", "s"], ["scans/"]),
        ]
    )
    func words(line: String, words: [String], offered: [String]) throws {
        let program = try ToyProgram(for: .fish, asked: ["fish"] + words)
        let path = program.folder.root.path + ":/usr/bin:/bin"
        let fish = try RunningProgram(
            "fish",
            ["--no-config", "-c", "source shelf.fish; complete -C $argv[1]", line],
            environment: ["PATH": path, "HOME": program.folder.root.path],
            in: program.folder.root
        )
        #expect(try program.asked == ["fish"] + words, "\(fish)")
        let lines = fish.output.split(separator: "\n").map(String.init)
        #expect(lines.count == offered.count && zip(lines, offered).allSatisfy { $0.hasPrefix($1) }, "\(lines)")
        #expect(fish.errors.isEmpty, "\(fish.errors)")
    }

    @Test("finishes words as they are typed")
    func typing() throws {
        let program = try ToyProgram(for: .fish, asked: ["fish", "book", "lend", "name:A"])
        let shown = try program.type(
            "shelf book lend name:A\t7\nexit 0\n",
            into: "fish --no-config -i -C 'source shelf.fish'"
        )
        #expect(try program.ran == ["book", "lend", "name:Ana Ruiz", "7"], "\(shown)")
    }
}

@Suite("A completion script")
struct CompletionScriptTests {
    @Test("is for a program with a plain name only", arguments: Shell.allCases)
    func names(shell: Shell) throws {
        #expect(CompletionScript(for: shell, program: "my-shelf.2")?.text.contains("my-shelf.2") == true)
        for name in ["", "a b", "$(x)", "-x", "a/b", "é"] {
            #expect(CompletionScript(for: shell, program: name) == nil)
        }
    }

    @Test("is called as its shell looks for it")
    func files() {
        let names = Shell.allCases.compactMap { CompletionScript(for: $0, program: "shelf")?.fileName }
        #expect(names == ["shelf.bash", "_shelf", "shelf.fish"])
    }
}

import CLIKit
import Localization
import Testing

@Suite("Completing a command line")
struct CompletionRequestTests {
    func answer(_ words: [String], in language: Language = .english) -> CompletionAnswer {
        CompletionRequest(words: words, root: ToyGrammar.shelf()).answer(in: language) { tag, prefix in
            FoundWords([CompletionWord("\(tag)<\(prefix)>", "found")], isOpen: tag == "book")
        }
    }

    @Test("offers the values that a command takes of an option of the program, and help lists them")
    func adapted() throws {
        let form = ValueOption<String>(
            "form",
            "FORM",
            summary: Text("Print so"),
            discussion: Text(""),
            completion: .words([("plain", Text("plain"))])
        )
        @Sendable func command(_ name: String) -> Command {
            Command(name, summary: Text(name), discussion: [], run: { _ in })
        }
        let root = Command(
            "toy",
            summary: Text("Toy"),
            discussion: [],
            options: [form],
            subcommands: [
                Subcommand("list", summary: Text("list")) { command("list") },
                Subcommand("draw", summary: Text("draw")) {
                    command("draw").adapting(form.completing(.words([("picture", Text("picture"))])))
                },
            ]
        )
        for (words, offered) in [(["list", "--form", ""], "plain"), (["draw", "--form", ""], "picture")] {
            let answer = CompletionRequest(words: words, root: root).answer(in: .english) { _, _ in FoundWords([]) }
            #expect(answer == .words([CompletionWord(offered, offered)], isOpen: false))
            let invocation = try Parser(root: root).parse([words[0], "--form", "x"])
            #expect(invocation.path.words(of: form) == [offered])
            #expect(try Parser(root: root).parse(["--form", "x", words[0]])[form] == "x")
            let help = Help(of: invocation.path, in: .english).text
            #expect(help.contains("picture") == (offered == "picture"), "\(help)")
        }
    }

    @Test(
        "offers what can stand there",
        arguments: [
            ([""], ["book", "reading-list", "check"]),
            (["b"], ["book"]),
            (["reading_"], ["reading-list"]),
            (["__"], []),
            (["zzz", ""], ["book", "reading-list", "check"]),
            (["--db", "x", "book", ""], ["add", "list", "lend"]),
            (["book", "list", ""], ["--db", "--json", "--quiet", "--help"]),
            (["book", "list", "x"], []),
            (["--q"], ["--quiet"]),
            (["--quiet", "--q"], []),
            (["book", "add", "--a"], ["--author", "--active"]),
            (["book", "add", "--no-a"], ["--no-active"]),
            (["book", "add", "--close_d"], ["--close-date"]),
            (["book", "add", "--tag", "x", "--t"], ["--tag"]),
            (["book", "add", "--status", ""], ["wanted", "in_hand", "in:box"]),
            (["book", "add", "--status", "in"], ["in_hand", "in:box"]),
            (["book", "add", "--status=in"], ["--status=in_hand", "--status=in:box"]),
            (["book", "add", "--active="], ["--active=true", "--active=false"]),
            (["book", "add", "--author", ""], []),
            (["book", "add", "--nonsense=x"], []),
            (["book", "add", "x", "y"], []),
            (["reading-list", "show", "mi"], ["list<mi>"]),
            (["reading-list", "show", "--", "-m"], ["list<-m>"]),
            (["book", "lend", "a"], ["person<a>"]),
        ]
    )
    func words(typed: [String], offered: [String]) {
        guard case .words(let words, isOpen: false) = answer(typed) else {
            Issue.record("not words: \(answer(typed))")
            return
        }
        #expect(words.map(\.word) == offered)
    }

    @Test("leaves files and folders to the shell")
    func files() {
        #expect(answer(["--db", ""]) == .files)
        #expect(answer(["--db=/tm"]) == .files)
        #expect(answer(["book", "add", "--folder", "x"]) == .folders)
    }

    @Test("describes words in the reader's language")
    func descriptions() {
        #expect(answer(["che"]) == .words([CompletionWord("check", "Check the shelf")], isOpen: false))
        #expect(answer(["che"], in: .spanish) == .words([CompletionWord("check", "Revisar el estante")], isOpen: false))
    }

    @Test("tells the program what stands before the cursor")
    func context() {
        let request = CompletionRequest(
            words: ["--db", "x.db", "book", "lend", "Ana", "2", "ext:K"],
            root: ToyGrammar.shelf()
        )
        #expect(request.prefix == "ext:K")
        #expect(request.invocation[ToyGrammar.database] == "x.db")
        #expect(request.invocation.operands == ["Ana", "2"])
        #expect(answer(["book", "lend", "Ana", "x"]) == .words([CompletionWord("book<x>", "found")], isOpen: true))
    }
}

@Suite("A question of a completion script")
struct ShellQuestionTests {
    @Test("of zsh and fish holds the words", arguments: ["zsh", "fish"])
    func described(shell: String) throws {
        let question = try #require(ShellQuestion(operands: [shell, "book", "ad d"]))
        #expect(question.words == ["book", "ad d"])
        // A word is what the shell is to write; what it means is for eyes.
        let words = [
            CompletionWord("add", "Add"), CompletionWord("bad\n", ""), CompletionWord("b\u{200B}ad\u{202E}", "Bad"),
            CompletionWord("good", "\u{1B}[1mG\u{200B}"),
        ]
        let lines = "words\nadd\tAdd\ngood\t\\u{1b}[1mG\\u{200b}\n"
        #expect(question.lines(for: .words(words, isOpen: false)) == lines)
        #expect(question.lines(for: .words([], isOpen: true)) == "open\n")
        #expect(question.lines(for: .files) == "files\n")
        #expect(question.lines(for: .folders) == "folders\n")
    }

    @Test("that no script sends is none", arguments: [[], ["csh"], ["bash"], ["bash", "x"], ["bash", "x", "y", "z"]])
    func nonsense(operands: [String]) {
        #expect(ShellQuestion(operands: operands) == nil)
    }

    @Test(
        "of bash holds a line, and the answer what takes the place of its end",
        arguments: [
            ("shelf ", "", [""], "book", "book"),
            ("shelf bo", "bo", ["bo"], "book", "book"),
            ("shelf  book\tad", "ad", ["book", "ad"], "add", "add"),
            ("shelf --status=in", "in", ["--status=in"], "--status=in:box", "in:box"),
            ("shelf --status=in:", "", ["--status=in:"], "--status=in:box", "box"),
            ("shelf ext:K", "K", ["ext:K"], "ext:KEY", "KEY"),
            ("shelf ext:K", "ext:K", ["ext:K"], "ext:KEY", "ext:KEY"),
            ("shelf email:ana@x", "@x", ["email:ana@x"], "email:ana@x.org", "@x.org"),
            ("shelf name:Ana\\ R", "Ana\\ R", ["name:Ana R"], "name:Ana Ruiz (1)", "Ana\\ Ruiz\\ \\(1\\)"),
            ("shelf name:\"Ana R", "Ana R", ["name:Ana R"], "name:Ana $1", "Ana \\$1"),
            ("shelf 'name:Ana R", "name:Ana R", ["name:Ana R"], "name:Ana R's", "name:Ana R'\\''s"),
            ("shelf \"a\\b", "a\\b", ["a\\b"], "a\\bc", "a\\\\bc"),
            ("shelf '' ", "", ["", ""], "x", "x"),
            ("shelf é", "é", ["é"], "época", "época"),
        ]
    )
    func bash(line: String, replaced: String, words: [String], chosen: String, inserted: String) throws {
        let question = try #require(ShellQuestion(operands: ["bash", replaced, line]))
        #expect(question.words == words)
        let answer = question.lines(for: .words([CompletionWord(chosen, "x")], isOpen: false))
        #expect(answer == "words\n\(inserted)\tx\n")
    }

    @Test(
        "of bash keeps quotes open behind the only word that may go on",
        arguments: [
            ("\"", true, "open\nname\tN\nname \tN\n"), ("'", true, "open\nname\tN\nname \tN\n"),
            ("", true, "open\nname\tN\n"), ("\"", false, "words\nname\tN\n"),
        ]
    )
    func bashQuotes(quote: String, isOpen: Bool, lines: String) throws {
        let question = try #require(ShellQuestion(operands: ["bash", "nam", "shelf --where \(quote)nam"]))
        #expect(question.lines(for: .words([CompletionWord("name", "N")], isOpen: isOpen)) == lines)
    }

    @Test("of bash gets no word that would change what stays")
    func bashMismatch() throws {
        let question = try #require(ShellQuestion(operands: ["bash", "K", "shelf ext:K"]))
        #expect(question.lines(for: .words([CompletionWord("email:K", "")], isOpen: false)) == "words\n")
    }
}

import Foundation
import Testing

/// A shell that completes command lines with the script that the program generates.
enum CompletingShell: String, CaseIterable, Sendable {
    case bash, zsh, fish

    private static let prompt = "ready> "

    /// Starts it on a terminal, with nothing of a user's configuration.
    func start(in crm: CRM, env: [String: String] = [:]) throws -> PseudoTerminal {
        let folder = crm.file("completions")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try crm.succeed("generate", "completions", folder)
        let arguments: [String]
        switch self {
        case .bash:
            try crm.write("PS1='\(Self.prompt)'\nbind 'set bell-style none'\n. \(folder)/crm.bash\n", to: "bashrc")
            arguments = ["--noprofile", "--rcfile", crm.file("bashrc"), "-i"]
        case .zsh:
            let configuration = """
                fpath=(\(folder) $fpath)
                autoload -Uz compinit
                compinit -u -D
                PS1='\(Self.prompt)'
                unsetopt beep prompt_sp prompt_cr
                unset zle_bracketed_paste

                """
            try crm.write(configuration, to: ".zshrc")
            arguments = ["-d", "-i"]
        case .fish:
            let setup = "source \(folder)/crm.fish; function fish_prompt; echo -n '\(Self.prompt)'; end"
            arguments = ["--no-config", "-i", "-C", setup]
        }
        let variables = ["TERM": "xterm", "ZDOTDIR": crm.folder, "INPUTRC": "/dev/null", "LC_ALL": "C.UTF-8"]
        let terminal = try PseudoTerminal(
            Peer(rawValue).path,
            arguments,
            environment: crm.environment.merging(variables) { $1 }.merging(env) { $1 },
            in: crm.folder,
            columns: 150,
            rows: 50
        )
        try terminal.expect(Self.prompt)
        return terminal
    }

    /// Types a line, a tab where it is to be completed, and tells the words that the shell would run it with.
    func words(of line: String, in crm: CRM) throws -> [String] {
        let terminal = try start(in: crm)
        // To the beginning of the line, where printing takes the place of running.
        try terminal.type(line + "\u{1}" + #"printf '<%s>\n' "# + "\n")
        try terminal.expect("<crm>\n")
        try terminal.type("echo do''ne\nexit 0\n")
        let printed = try terminal.expect("done")
        return printed.split(separator: "\n").filter { $0.hasPrefix("<") && $0.hasSuffix(">") }
            .map { String($0.dropFirst().dropLast()) }
    }
}

/// Completion of command lines by the program itself, driven by real shells.
@Suite struct CompletionTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Acme, S.A.")
        let ana = ["--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org"]
        try crm.succeed(["contact", "add"] + ana)
        try crm.succeed(["contact", "add", "--first-name", "Luna", "--last-name", "Díaz $1"])
        try crm.succeed(["asset", "add", "--name", "Laptop", "--serial", "X1", "--contact", "1"])
    }

    static let lines: [(typed: String, words: [String])] = [
        ("crm organiz\tlis\t", ["organization", "list"]),
        ("crm opportunity add --sta\tqual\t", ["opportunity", "add", "--stage", "qualification"]),
        ("crm opportunity add --stage=qual\t", ["opportunity", "add", "--stage=qualification"]),
        ("crm contact show ana@\t", ["contact", "show", "ana@example.org"]),
        ("crm contact show email:a\t", ["contact", "show", "email:ana@example.org"]),
        ("crm contact show name:Ana\\ R\t", ["contact", "show", "name:Ana Ruiz"]),
        ("crm contact show Luna\t", ["contact", "show", "name:Luna Díaz $1"]),
        ("crm contact show 2\t", ["contact", "show", "2"]),
        ("crm contact link asset ana@\tserial:\t", ["contact", "link", "asset", "ana@example.org", "serial:X1"]),
        ("crm asset link contact serial:\tana@\t", ["asset", "link", "contact", "serial:X1", "ana@example.org"]),
        ("crm contact link asset 1 1 --role cust\t", ["contact", "link", "asset", "1", "1", "--role", "custodian"]),
        ("crm contact list --columns id,organization.na\t", ["contact", "list", "--columns", "id,organization.name"]),
        ("crm asset list --columns id,contac\tfirst\t", ["asset", "list", "--columns", "id,contacts.first_name"]),
        ("crm asset list --sort contacts.link.si\t", ["asset", "list", "--sort", "contacts.link.since"]),
        ("crm comment list --columns about.na\t", ["comment", "list", "--columns", "about.name"]),
        (
            "crm organization list --where opportunities.stage=closed_w\t",
            ["organization", "list", "--where", "opportunities.stage=closed_won"]
        ),
        ("crm contact list --sort -create\t", ["contact", "list", "--sort", "-created_at"]),
        ("crm contact links asset --columns link.s\t", ["contact", "links", "asset", "--columns", "link.since"]),
        ("crm opportunity list --where stage=closed_w\t", ["opportunity", "list", "--where", "stage=closed_won"]),
        ("crm comment add --about asse\tserial:\t", ["comment", "add", "--about", "asset:serial:X1"]),
        ("crm help opp\tlis\t", ["help", "opportunity", "list"]),
        ("crm help filt\t", ["help", "filters"]),
        ("crm log opp\t", ["log", "opportunity"]),
        ("crm log contact ana@\t", ["log", "contact", "ana@example.org"]),
        ("crm log 4\t", ["log", "4"]),
        ("crm undo 4\t", ["undo", "4"]),
    ]

    @Test("A line is finished as it is typed", arguments: CompletingShell.allCases, lines)
    func words(shell: CompletingShell, line: (typed: String, words: [String])) throws {
        #expect(try shell.words(of: line.typed, in: crm) == line.words)
    }

    @Test("A word is finished inside quotes", arguments: [CompletingShell.bash, .zsh], ["'", "\""])
    func quotes(shell: CompletingShell, quote: String) throws {
        let name = try shell.words(of: "crm contact show \(quote)name:Lu\t", in: crm)
        #expect(name == ["contact", "show", "name:Luna Díaz $1"])
        // The quotes stay open where more can follow.
        let filter = try shell.words(of: "crm contact list --where \(quote)has ass\t\(quote)", in: crm)
        #expect(filter == ["contact", "list", "--where", "has asset"])
    }

    @Test("What words mean is shown in the reader's language")
    func descriptions() throws {
        let terminal = try CompletingShell.zsh.start(in: crm, env: ["CRM_LANG": "es"])
        try terminal.type("crm opportunity add --stage clo\t\t")
        try terminal.expect("closed_lost")
        try terminal.expect("Cerrada-Perdida")
        #expect(try fish("crm --lang es log 4") == "4\tana: crm asset add --name Laptop --serial X1 --contact 1\n")
        #expect(try fish("crm --lang es opportunity add --stage qual") == "qualification\tCalificando\n")
        #expect(try fish("crm contact show ana") == "ana@example.org\tAna Ruiz  #1\n")
    }

    @Test("bash shows what words mean where it lists them, and inserts the words alone")
    func bashDescriptions() throws {
        let terminal = try CompletingShell.bash.start(in: crm, env: ["CRM_LANG": "es"])
        // Readline lists at the second key in a row that changes nothing.
        try terminal.type("crm opportunity add --stage clo\t\t\t")
        try terminal.expect("closed_won   (Cerrada-Ganada)")
        try terminal.expect("closed_lost  (Cerrada-Perdida)")
        try terminal.type("l\t\u{1}echo \n")
        try terminal.expect("crm opportunity add --stage closed_lost\n")
        try terminal.type("bind 'set show-all-if-ambiguous on'\ncrm opportunity add --stage ne\t")
        try terminal.expect("needs_analysis  (Necesita análisis)")
        try terminal.type("g\t\u{1}echo \n")
        try terminal.expect("crm opportunity add --stage negotiation\n")
    }

    /// What fish offers at the end of a line.
    private func fish(_ line: String, env: [String: String] = [:]) throws -> String {
        let folder = crm.folder
        try crm.succeed("generate", "completions", folder)
        let result = try RunningProcess(
            Peer("fish").path,
            ["--no-config", "-c", "source crm.fish; complete -C $argv[1]", line],
            environment: crm.environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }.merging(env) { $1 },
            in: folder
        )
        #expect(result.errors.isEmpty)
        return String(decoding: result.output, as: UTF8.self)
    }

    @Test(
        "References are offered by what was typed of them",
        arguments: [
            ("an", ["ana@example.org"]), ("ruiz", []), ("name:a", ["name:Ana Ruiz"]), ("luna", ["name:Luna Díaz $1"]),
            ("", ["name:Ana Ruiz", "name:Luna Díaz $1"]), ("2", ["2"]), ("e", ["ext:", "email:"]), ("serial:", []),
            ("EMAIL:ANA", ["EMAIL:ana@example.org"]), ("phone:", []),
        ]
    )
    func references(typed: String, offered: [String]) throws {
        let answer = try crm.run("__complete", "zsh", "contact", "show", typed)
        #expect(answer.lines.dropFirst().map { $0.split(separator: "\t")[0] }.map(String.init) == offered)
    }

    @Test("A name that two records have, spelled alike or not, is offered by ids")
    func sharedNames() throws {
        let first = try crm.add("contact", "--first-name", "Zoe", "--last-name", "Paz")
        let second = try crm.add("contact", "--first-name", "Zoé", "--last-name", "PAZ")
        for typed in ["zo", "name:zo", "name:Zoe"] {
            let answer = try crm.run("__complete", "fish", "contact", "show", typed)
            let words = answer.lines.dropFirst().map { String($0.split(separator: "\t")[0]) }
            #expect(words.sorted() == ["\(first)", "\(second)"].sorted(), "\(typed): \(words)")
        }
    }

    @Test("Fields that a file adds, and their choices, are offered where they are set and where they are changed")
    func added() throws {
        try crm.succeed("field", "add", "contact", "Año Fiscal", "--type", "choice", "--values", "Uno,Dos: y")
        try crm.succeed("field", "add", "quote.line", "color", "--type", "choice", "--values", "rojo,verde")
        let typed = [
            ("contact add --ano-fiscal ", "uno\tUno\ndos_y\tDos: y\n"),
            ("quote line add 1 --color v", "verde\tVerde\n"),
            ("field edit contact ", "ano_fiscal\tAño Fiscal\n"), ("field remove quote.line c", "color\tColor\n"),
            ("field add contact a", ""), ("choice retire contact.ano_fiscal d", "dos_y\tDos: y\n"),
            ("choice move opportunity.stage qual", "qualification\tQualification\n"),
            ("choice add contact.ano_fiscal u", ""),
            ("choice edit nothing.here ", ""),
        ]
        for (line, offered) in typed { #expect(try fish("crm \(line)") == offered, "\(line)") }
    }

    @Test("What a word can be goes by what stands before it in the same word")
    func withinWords() throws {
        func offered(_ line: String...) throws -> [String] {
            try crm.run(["__complete", "zsh"] + line).lines.dropFirst().map {
                String($0.split(separator: "\t", omittingEmptySubsequences: false)[0])
            }
        }
        #expect(try offered("contact", "import", "--map", "x=last_n") == ["x=last_name"])
        #expect(try offered("contact", "import", "--map", "x=organization.nam") == ["x=organization.name"])
        #expect(try offered("asset", "import", "--map", "x=contact.last_n") == ["x=contact.last_name"])
        #expect(try offered("asset", "import", "--map", "x").isEmpty)
        #expect(
            try offered("contact", "import", "--map", "x=point.") == [
                "x=point.email", "x=point.phone", "x=point.url", "x=point.profile", "x=point.chat",
            ]
        )
        #expect(try offered("contact", "import", "--map", "x=points.em") == ["x=points.email"])
        #expect(try offered("contact", "add", "--point", "em") == ["email:"])
        #expect(try offered("contact", "add", "--point", "email:").isEmpty)
        for sign in ["<", "<=", ">=", ">", "=", "!="] {
            let filter = "stock \(sign) "
            let fields = try offered("product", "list", "--where", filter)
            #expect(fields.contains("\(filter)reorder_level") && fields.contains("\(filter)price") == false, "\(sign)")
            #expect(!fields.contains { $0.hasSuffix(" name") || $0.hasSuffix(".") || $0.hasSuffix(" stock") })
        }
        let dates = try offered("opportunity", "list", "--where", "close_date < ")
        #expect(dates.contains("close_date < created_at") && !dates.contains("close_date < amount"))
        #expect(try offered("opportunity", "list", "--where", "stage != closed_w") == ["stage != closed_won"])

        let related = [
            ("contact", "has asset(seri", ["has asset(serial"]),
            ("contact", "has asset(status = in_s", ["has asset(status = in_service"]),
            ("contact", "has asset(link.ro", ["has asset(link.role"]),
            ("contact", "not (has asset(serial ~ 'a (') and last_n", ["not (has asset(serial ~ 'a (') and last_name"]),
            ("contact", "has case(has comm", ["has case(has comment"]),
            ("quote", "has line(quanti", ["has line(quantity"]),
            ("contact", "has nothing(seri", []),
        ]
        for (noun, typed, expected) in related {
            #expect(try offered(noun, "list", "--where", typed) == expected, "\(typed)")
        }
    }

    @Test("Two that are called the same are offered by their ids")
    func namesakes() throws {
        try crm.add("contact", "--first-name", "Luna", "--last-name", "Díaz $1")
        let answer = try crm.run("__complete", "zsh", "contact", "show", "luna")
        #expect(answer.output == "words\n2\tLuna Díaz $1  #2\n3\tLuna Díaz $1  #3\n")
    }

    @Test("No database is made, and no error shown", arguments: CompletingShell.allCases)
    func nothing(shell: CompletingShell) throws {
        let fresh = try CRM(.nothing)
        #expect(try shell.words(of: "crm contact show an\t", in: fresh) == ["contact", "show", "an"])
        #expect(!fresh.has("data/crm") && !fresh.has("config/crm"))
        fresh.environment["CRM_DB"] = try fresh.write("This is no database.", to: "text")
        #expect(try shell.words(of: "crm contact show an\t", in: fresh) == ["contact", "show", "an"])
        fresh.environment["CRM_DB"] = fresh.file("missing.db")
        #expect(try shell.words(of: "crm contact show an\t", in: fresh) == ["contact", "show", "an"])
        #expect(!fresh.has("missing.db"))
        let terminal = try shell.start(in: fresh)
        try terminal.type("crm contact show an\t\u{1}echo \n")
        try terminal.expect("crm contact show an\n")
        #expect(!terminal.shown.contains("missing.db"))
    }
}

import Testing

/// Help, as a newcomer reads it.
@Suite struct HelpTests {
    private let crm: CRM

    init() throws { crm = try CRM(.nothing) }

    /// The commands under some words, themselves first, as completion knows them.
    private func commands(under words: [String]) throws -> [[String]] {
        let answer = try crm.run(["__complete", "zsh"] + words + [""])
        let names = answer.lines.dropFirst().map { String($0.split(separator: "\t")[0]) }
        let help = try crm.run(words + ["--help"]).output
        let isGroup = help.split(separator: "\n").first.map { $0.contains("COMMAND") } ?? false
        return [words] + (isGroup ? names.filter { !$0.hasPrefix("-") } : []).map { words + [$0] }
    }

    private func allCommands() throws -> [[String]] {
        var found: [[String]] = []
        for top in try commands(under: []) {
            let isSample = top.isEmpty || ["contact", "asset", "opportunity"].contains(top[0])
            found += top.isEmpty ? [top] : isSample ? try commands(under: top) : [top]
        }
        return try found.flatMap { $0.count == 2 ? Array(try commands(under: $0).prefix(4)) : [$0] }
    }

    @Test(
        "Files and lines to be copied have the program's own name",
        arguments: [["backup"], ["reminder", "due"]],
        ["en", "es"]
    )
    func copiedLines(command: [String], language: String) throws {
        let help = try crm.succeed(["help"] + command + ["--lang", language]).output
        #expect(help.contains("# crm-\(command[0]).service") && !help.contains("\u{FFFC}"), "\(help)")
    }

    @Test("Every command explains itself in both languages, in 80 columns and with the program's own name")
    func everyCommand() throws {
        let commands = try allCommands()
        #expect(commands.count > 50)
        for words in commands {
            let english = try crm.run(words + ["--help"])
            let spanish = try crm.run(words + ["--help", "--lang", "es"])
            #expect(english.status == 0 && spanish.status == 0, "\(words)")
            #expect(english.errors.isEmpty && spanish.errors.isEmpty, "\(words)")
            #expect(english.output.hasPrefix("Usage: crm") && spanish.output.hasPrefix("Uso: crm"), "\(words)")
            for line in english.lines + spanish.lines {
                #expect(line.count <= 80, "\(words): \(line)")
                #expect(!line.contains("\u{FFFC}"), "\(words): \(line)")
            }
            // What is not translated reads the same in both.
            let paragraphs = english.output.split(separator: "\n").filter { $0.count > 60 && !$0.hasPrefix(" ") }
            for line in paragraphs { #expect(!spanish.output.contains(line), "\(words): \(line)") }
        }
    }

    @Test("Choices are listed once")
    func choices() throws {
        let help = try crm.run("asset", "add", "--help").output
        #expect(help.split(separator: "out_of_service").count == 2)
    }

    @Test("Choices have their labels in help and errors, where a label says more than the key")
    func labels() throws {
        let words = ["opportunity", "add", "--stage", "x", "--lang", "es"]
        #expect(try crm.run(words).errors.contains("negotiation (Negociación/Revisión), closed_won (Cerrada-Ganada)"))
        let help = try crm.run(["opportunity", "add", "--help", "--lang", "es"]).output
        #expect(
            help.replacing(/\s+/, with: " ").contains("negotiation (Negociación/Revisión), closed_won (Cerrada-Ganada)")
        )
        let english = try crm.run("opportunity", "add", "--help").output.replacing(/\s+/, with: " ")
        #expect(english.contains("negotiation (Negotiation/Review), closed_won, closed_lost"))
    }

    @Test("The options that all commands take are described once, where help says")
    func commonOptions() throws {
        for (language, pointer) in [
            ("en", "Options that all commands take: crm help options"),
            ("es", "Opciones comunes a todos los comandos: crm help options"),
        ] {
            for words in [["contact", "--help"], ["contact", "list", "--help"], ["help", "contact", "list"]] {
                let help = try crm.run(words + ["--lang", language]).output
                #expect(help.split(separator: "\n").contains(Substring(pointer)), "\(help)")
                #expect(!help.contains("--no-pager"))
            }
            let options = try crm.run(["help", "options", "--lang", language]).output
            for option in ["--db", "--format", "--lang", "--quiet", "--timeout"] { #expect(options.contains(option)) }
        }
        #expect(try crm.run("--help").output.contains("--no-pager"))
        #expect(try crm.run("help", "opciones", "--lang", "es").output.hasPrefix("OPCIONES COMUNES\n"))
    }

    @Test("What documents call values, and their examples, are in the language of the reader")
    func placeholders() throws {
        let help = try crm.run("opportunity", "add", "--help", "--lang", "es").output
        for word in ["--name TEXTO", "--amount IMPORTE", "--close-date FECHA", "--stage OPCIÓN", "--name \"Nombre\""] {
            #expect(help.contains(word), "\(word)")
        }
        let missing = try crm.run(["contact", "list", "--where"], env: ["CRM_LANG": "es"])
        #expect(missing.errors.contains("necesita un valor (FILTRO)"), "\(missing.errors)")
    }

    @Test("The shortest example of adding does what it says", arguments: ModuleCase.all)
    func example(_ module: ModuleCase) throws {
        let sandbox = try CRM()
        try sandbox.add("organization", "--name", "Acme, S.A.")
        try sandbox.add("contact", "--last-name", "Ruiz", "--organization", "1")
        try sandbox.write("as it was signed", to: "contract.pdf")
        let help = try sandbox.succeed(module.noun, "add", "--help").output
        let examples = try #require(help.range(of: "Examples:\n"))
        let line = help[examples.upperBound...].split(separator: "\n").prefix {
            $0.hasPrefix("  crm") || $0.hasPrefix("      -")
        }
        .joined(separator: "\n")
        .replacing("--contact 42", with: "--contact 1")
        let result = try sandbox.shell(line)
        #expect(result.status == 0, "\(line): \(result.errors)")
    }
}

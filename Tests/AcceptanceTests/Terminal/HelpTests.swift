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
        let help = try crm.run("contact", "list", "--help").output
        #expect(help.split(separator: "markdown").count == 2)
    }

    @Test("The shortest example of adding does what it says", arguments: ModuleCase.all)
    func example(_ module: ModuleCase) throws {
        let sandbox = try CRM()
        try sandbox.add("organization", "--name", "Acme, S.A.")
        try sandbox.add("contact", "--last-name", "Ruiz", "--organization", "1")
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

import Testing

/// Which language people are spoken to.
@Suite struct LanguageTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    /// What says which language, and which it is.
    struct Choice: Sendable, CustomTestStringConvertible {
        let words: [String]
        let environment: [String: String]
        let configuration: String?
        let isSpanish: Bool
        var testDescription: String { "\(words) \(environment) \(configuration ?? "")" }

        init(_ words: [String] = [], _ environment: [String: String] = [:], configuration: String? = nil, spanish: Bool)
        {
            self.words = words
            self.environment = environment
            self.configuration = configuration
            isSpanish = spanish
        }

        private static let mexico = "es_MX.UTF-8"
        static let all = [
            Choice(spanish: false),
            Choice([], ["LC_ALL": mexico], spanish: true),
            Choice([], ["LC_ALL": "", "LC_MESSAGES": mexico], spanish: true),
            Choice([], ["LC_ALL": "", "LANG": mexico], spanish: true),
            Choice([], ["LC_ALL": "", "LC_MESSAGES": "en_US", "LANG": mexico], spanish: false),
            Choice([], ["LC_ALL": "C", "LANG": mexico], spanish: false),
            Choice([], ["LC_ALL": "fr_FR.UTF-8"], spanish: false),
            Choice([], ["CRM_LANG": "es"], spanish: true),
            Choice([], ["CRM_LANG": "en", "LC_ALL": mexico], spanish: false),
            Choice(["--lang", "es"], ["CRM_LANG": "en"], spanish: true),
            Choice(["--lang=en"], ["CRM_LANG": "es", "LC_ALL": mexico], spanish: false),
            Choice([], [:], configuration: "language = es\n", spanish: true),
            Choice([], ["LC_ALL": mexico], configuration: "# mine\nlanguage=en\n", spanish: false),
            Choice([], ["CRM_LANG": "en"], configuration: "language = es\n", spanish: false),
        ]
    }

    @Test("The option, CRM_LANG, the configuration, then the locale", arguments: Choice.all)
    func order(_ choice: Choice) throws {
        if let configuration = choice.configuration {
            try crm.shell("mkdir -p \"$XDG_CONFIG_HOME/crm\"")
            try crm.write(configuration, to: "config/crm/config")
        }
        let error = try crm.run(["contact", "show", "99"] + choice.words, env: choice.environment)
        #expect(error.status == 3)
        let message =
            choice.isSpanish ? "crm: ningún registro de contactos coincide con 99" : "crm: no contact matches 99"
        #expect(error.errors.hasPrefix(message), "\(error.errors)")
        let help = try crm.run(["contact", "--help"] + choice.words, env: choice.environment)
        #expect(help.output.hasPrefix(choice.isSpanish ? "Uso: " : "Usage: "))
    }

    @Test("Labels of a table for people follow the language; keys for machines do not")
    func labels() throws {
        let words = ["opportunity", "list", "--columns", "stage,amount"]
        let spanish = try crm.succeed(words + ["--format", "markdown", "--lang", "es"])
        #expect(spanish.output.contains("Calificando"))
        #expect(try crm.succeed(words + ["--lang", "es"]).lines[0] == "stage\tamount")
        #expect(try crm.succeed(words + ["--lang", "es"]).output.contains("qualification"))
    }

    @Test("Accents come through whole under LC_ALL=C")
    func bytes() throws {
        let help = try crm.run("asset", "add", "--help", "--lang", "es")
        #expect(help.output.contains("Número de serie"))
        #expect(!help.output.contains("\u{FFFD}"))
    }

    @Test("Every message of a wrong use exists in both languages", arguments: UsageErrorTests.Wrong.all)
    func messages(_ wrong: UsageErrorTests.Wrong) throws {
        let words = wrong.line.split(separator: " ").map(String.init)
        let english = try crm.run(words)
        let spanish = try crm.run(words, env: ["CRM_LANG": "es"])
        #expect(spanish.status == english.status)
        if !wrong.line.contains("--lang") { #expect(spanish.errors != english.errors) }
    }
}

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
            choice.isSpanish ? "crm: ningún contacto coincide con 99" : "crm: no contact matches 99"
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

    /// A command line, and what it says in Spanish of the nouns in it.
    struct Agreement: Sendable, CustomTestStringConvertible {
        let line: String
        let words: String
        var testDescription: String { line }

        init(_ line: String, _ words: String) { (self.line, self.words) = (line, words) }

        static let all = [
            Agreement("opportunity delete 1 2 --yes --force", "se eliminaron 2 oportunidades: 1, 2"),
            Agreement("opportunity delete 1 --yes --force", "se eliminó la oportunidad 1"),
            Agreement("opportunity delete 1 --yes --dry-run", "simulacro: se eliminaría la oportunidad 1"),
            Agreement("contract show 9", "ninguna póliza coincide con 9"),
            Agreement("contract show Anual", "«Anual» no nombra ninguna póliza"),
            Agreement("quote list --where color=1", "las cotizaciones no tienen el campo 'color'"),
            Agreement("contract add", "no se puede agregar la póliza"),
            Agreement("opportunity edit 1 --probability x", "no se puede cambiar la oportunidad 1"),
            Agreement("organization delete 1", "no se puede eliminar el cliente 1: otros registros"),
            Agreement("log contract", "nombrar una de las pólizas"),
            Agreement("contact unlink opportunity 1 1", "es el contacto «Principal» de la oportunidad 1"),
        ]
    }

    @Test("Articles, gender and number agree with the noun", arguments: Agreement.all)
    func agreement(_ agreement: Agreement) throws {
        let words = agreement.line.split(separator: " ").map(String.init)
        let spanish = try crm.run(words, env: ["CRM_LANG": "es"])
        #expect(spanish.errors.contains(agreement.words), "\(spanish.errors)")
    }

    @Test("Counts agree with what is counted")
    func counts() throws {
        try crm.write("subject\nAnual\nMensual\n", to: "contracts.csv")
        let imported = try crm.run(["contract", "import", crm.file("contracts.csv"), "--lang", "es"])
        #expect(imported.output == "2 filas, 2 creadas\n", "\(imported.output)\(imported.errors)")
        let undone = try crm.run(["undo", "--lang", "es"])
        #expect(undone.output.contains("pólizas: 2 eliminadas"), "\(undone.output)")
    }
}

import Testing

/// An opportunity added from its contact, or from many.
@Suite struct OpportunityAddTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    private static let fields = [
        "--name", "Renovación", "--amount", "12500", "--close-date", "2026-12-31", "--stage", "qualification",
    ]

    private func add(_ words: String..., stdin: String = "") throws -> CRM.Result {
        try crm.run(["opportunity", "add"] + words + Self.fields, stdin: Array(stdin.utf8))
    }

    private func count() throws -> String { try crm.succeed("opportunity", "list", "--count").output }

    @Test("The organization and the stage's probability come by themselves, and the result is what show prints")
    func one() throws {
        let result = try add("--contact", "jose@example.org", "--json")
        #expect(result.status == 0)
        #expect(result.errors == "")
        let opportunity = try JSON(result.outputBytes)
        #expect(opportunity["contact"]?["id"] == 1)
        #expect(opportunity["organization"]?["name"] == "Acme, S.A.")
        #expect(opportunity["probability"] == 20)
        #expect(opportunity["amount"] == .number("12500.00"))
        #expect(opportunity == (try crm.json("opportunity", "show", "3")))
        let links = try crm.json("opportunity", "links", "contact", "3").elements
        #expect(links.map { $0["link"]?["role"] } == ["primary"])
    }

    @Test("Its id alone feeds the next command")
    func id() throws {
        let line = """
            id=$(crm opportunity add --contact 1 --name R --amount 1 --close-date 2026-12-31 --stage proposal \
            --format id) && crm opportunity edit "$id" --stage closed_won --format id
            """
        #expect(try crm.shell(line).output == "3\n")
    }

    @Test("Several contacts get one each, in one transaction")
    func several() throws {
        let result = try add("--contact", "1", "--contact", "ana@example.org", "--contact", "3", "--json")
        #expect(result.status == 0)
        let opportunities = try JSON(result.outputBytes).elements
        #expect(opportunities.map { $0["contact"]?["id"] } == [1, 2, 3])
        #expect(opportunities.map { $0["organization"]?["id"] } == [1, 2, 1])
        #expect(
            try crm.sql("SELECT count(*) FROM change_set WHERE command LIKE '%opportunity%ana@example.org%'") == "1"
        )
    }

    @Test("Contacts come from a list on a pipe")
    func pipe() throws {
        let line = """
            crm contact list --where 'organization = 1' --format id | crm opportunity add --contact - \
            --name R --amount 1 --close-date 2026-12-31 --stage proposal
            """
        #expect(try crm.shell(line + " --format id").output == "3\n4\n")
        let one =
            "echo 2 | crm opportunity add --contact - --name R --amount 1 --close-date 2026-12-31 --stage proposal --json"
        #expect(try JSON(crm.shell(one).outputBytes).elements.count == 1, "an array where - was given")
    }

    @Test("A contact that is named twice gets one opportunity, and that is told", arguments: [true, false])
    func namedTwice(isPiped: Bool) throws {
        let words = isPiped ? ["--contact", "-"] : ["--contact", "1", "--contact", "2", "--contact", "1"]
        let line = ["opportunity", "add"] + words + Self.fields + ["--format", "id"]
        let result = try crm.run(line, stdin: Array("1\n2\n1\n".utf8))
        #expect(result.output == "3\n4\n")
        #expect(result.errors == "crm: contact 1 is named twice and gets one opportunity\n")
    }

    @Test("No contact on the pipe makes no opportunity")
    func emptyPipe() throws {
        let result = try add("--contact", "-", "--json")
        #expect(result.status == 0)
        #expect(result.output == "[]\n")
        #expect(try count() == "2\n")
    }

    @Test(
        "What is to come through a pipe and does not makes no record of any module",
        arguments: [
            "event add --subject S --starts-at tomorrow --contact -", "case add --title S --contact -",
            "purchase-order add --subject S --lines -", "address add --street S --contact -",
        ]
    )
    func nothingCame(line: String) throws {
        let input = line.hasSuffix("--lines -") ? "product,quantity\n" : ""
        let result = try crm.run(line.split(separator: " ").map(String.init) + ["--json"], stdin: Array(input.utf8))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "[]\n")
        #expect(result.errors.contains("nothing was added"))
        let module = String(line.prefix { $0 != " " })
        #expect(try crm.succeed(module, "list", "--count").output == "0\n")
    }

    @Test(
        "A list of one column is taken with its heading and with quotation marks around its values",
        arguments: ["id\n1\n2\n", "\"ID\"\r\n\"1\"\r\n\"2\"\r\n", "email\njose@example.org\n\"ana@example.org\"\n"]
    )
    func listOfOneColumn(input: String) throws {
        let result = try add("--contact", "-", "--format", "id", stdin: input)
        #expect(result.status == 0 && result.output == "3\n4\n", "\(result.errors)")
        let contacts = try ["3", "4"].map { try crm.json("opportunity", "show", $0)["contact"]?["id"] }
        #expect(contacts == [1, 2])
    }

    /// Lines that are no references, and what is said of them in English and Spanish.
    struct Misread: Sendable, CustomTestStringConvertible {
        let input: String
        let en: String
        let es: String
        var testDescription: String { input.debugDescription }

        private static let list = (en: "--format id prints the ids alone", es: "--format id imprime solo los ids")

        static let all = [
            Misread(input: "001\n", en: "write ext:001, or 1 for the id", es: "escribir ext:001, o 1 si es el id"),
            Misread(input: "Zoe Zas\n", en: "name:\"Zoe Zas\"", es: "name:\"Zoe Zas\""),
            Misread(
                input: "34600111222\n",
                en: "a number alone is an id; write phone:34600111222",
                es: "un número solo es un id; escribir phone:34600111222"
            ),
            Misread(input: "id\tname\n1\tAna\n", en: list.en, es: list.es),
            Misread(input: "[\n{\"id\":1}\n]\n", en: list.en, es: list.es),
            Misread(input: "{\"id\":1}\n{\"id\":2}\n", en: list.en, es: list.es),
            Misread(input: "id\nid\n", en: list.en, es: list.es),
            Misread(input: "1\n\u{0}\n", en: "line 2: there is a NUL byte", es: "línea 2: hay un byte NUL"),
        ]
    }

    @Test("A line that is no reference comes with what to write", arguments: Misread.all)
    func misread(_ line: Misread) throws {
        let english = try add("--contact", "-", stdin: line.input)
        #expect(english.status == (line.input.contains("\u{0}") ? 74 : 6))
        #expect(english.errors.contains(line.en), "\(english.errors)")
        let spanish = try add("--contact", "-", "--lang", "es", stdin: line.input)
        #expect(spanish.errors.contains(line.es), "\(spanish.errors)")
        #expect(try count() == "2\n")
    }

    @Test("Lines that cannot be taken are all told, and nothing is written")
    func badLines() throws {
        let result = try add("--contact", "-", stdin: "1\nx\n\n99\n4\nname:Ana Ruiz\n")
        #expect(result.status == 6)
        #expect(result.output == "")
        for place in ["(line 2", "(line 4", "(line 5", "(line 6"] { #expect(result.errors.contains(place), "\(place)") }
        #expect(result.errors.contains("4 of 5"))
        #expect(try count() == "2\n")

        let json = try add("--contact", "-", "--json", stdin: "1\n99\n")
        #expect(json.status == 6)
        let errors = try json.errorLines.map { try JSON($0)["error"] }
        #expect(errors.map { $0?["code"] } == ["rejected", "rejected"])
        #expect(errors.first??["line"] == 2)
        #expect(errors.first??["ref"] == "99")
        #expect(try count() == "2\n")
    }

    @Test("A contact on the command line that is the only thing wrong has its own exit status")
    func badContact() throws {
        #expect(try add("--organization", "1", "--contact", "99").status == 3)
        #expect(try add("--organization", "1", "--contact", "name:Ana Ruiz").status == 4)
        #expect(try add("--organization", "1", "--contact", "Ana").status == 2)
        #expect(try add("--organization", "1", "--contact", "1", "--contact", "99").status == 3)
        let alone = try add("--contact", "99")
        #expect(alone.status == 3)
        #expect(alone.errors == "crm: no contact matches 99\n")
        #expect(try add("--contact", "1", "--contact", "-", stdin: "2\n").status == 2)
        #expect(try count() == "2\n")
    }

    @Test("With several contacts, the organization is for those in none")
    func organizationOfOthers() throws {
        let other = try crm.add("organization", "--name", "Otra")
        let contacts = ["--contact", "1", "--contact", "4"]
        let line = ["opportunity", "add", "--organization", "\(other)"] + contacts + Self.fields
        let ids = try crm.succeed(line + ["--format", "id"]).lines
        #expect(ids.count == 2)
        let clients = try ids.map { try crm.json("opportunity", "show", $0)["organization"]?["id"] }
        #expect(clients == [try crm.json("contact", "show", "1")["organization"]?["id"], .number("\(other)")])
        let insisted = try JSON(crm.succeed(line + ["--force", "--json"]).outputBytes).elements
        #expect(insisted.map { $0["organization"]?["name"] } == ["Otra", "Otra"])
        let piped = try add("--organization", "\(other)", "--contact", "-", "--format", "id", stdin: "4\n1\n")
        #expect(piped.status == 0)
        // Where each has its own, another one contradicts them all.
        #expect(try add("--organization", "\(other)", "--contact", "1", "--contact", "2").status == 5)
    }

    @Test("A contact in no organization needs one")
    func organizationMissing() throws {
        let result = try add("--contact", "4")
        #expect(result.status == 2)
        #expect(result.errors.contains("  --organization: is required"))
        #expect(result.errors.contains("has no organization: give --organization, or first 'crm contact edit 4 "))
        let several = try add("--contact", "1", "--contact", "4")
        #expect(several.errors.hasPrefix("crm: cannot add opportunity for contact 4\n"))
        #expect(try add("--contact", "4", "--organization", "name:Acme, S.A.", "--format", "id").output == "3\n")
    }

    @Test("An organization that is not the contact's is refused, unless it is insisted on")
    func organizationContradicted() throws {
        let result = try add("--contact", "1", "--organization", "2")
        #expect(result.status == 5)
        #expect(result.errors.contains("Acme, S.A."))
        #expect(result.errors.contains("--force"))
        #expect(try count() == "2\n")
        let forced = try add("--contact", "1", "--organization", "2", "--force", "--json")
        #expect(try JSON(forced.outputBytes)["organization"]?["id"] == 2)
        #expect(try add("--contact", "1", "--organization", "1", "--format", "id").output == "4\n")
    }

    @Test("Nothing but the organization is copied from the contact in silence")
    func noOtherCopies() throws {
        try crm.succeed("contact", "edit", "1", "--lead-source", "partner", "--assigned-to", "eva")
        let opportunity = try JSON(add("--contact", "1", "--json").outputBytes)
        #expect(opportunity["lead_source"] == JSON.null)
        #expect(opportunity["assigned_to"] == JSON.null)
    }

    @Test("A dry run shows what would be made and makes nothing")
    func dryRun() throws {
        let result = try add("--contact", "1", "--contact", "2", "--json", "--dry-run")
        #expect(result.status == 0)
        #expect(try JSON(result.outputBytes).elements.count == 2)
        #expect(try count() == "2\n")
        #expect(try add("--contact", "1", "--format", "id").output == "3\n")
    }

    @Test("Every field of the form is a flag, in either language")
    func everyField() throws {
        let words = [
            "--lead-source", "llamada en frio", "--probability", "42.5", "--description", "Dos\nlíneas", "--next-step",
            "Llamar", "--type", "Negocio existente", "--currency", "EUR",
        ]
        let result = try crm.run(["opportunity", "add", "--contact", "1", "--json"] + Self.fields + words)
        let opportunity = try JSON(result.outputBytes)
        #expect(opportunity["lead_source"] == "cold_call")
        #expect(opportunity["probability"] == .number("42.5"))
        #expect(opportunity["type"] == "existing_business")
        #expect(opportunity["next_step"] == "Llamar")
        #expect(opportunity["currency"] == "EUR")
        #expect(opportunity["description"] == "Dos\nlíneas")
    }

    @Test(
        "A new opportunity takes the probability of its stage",
        arguments: [("proposal", 65), ("closed_won", 100)]
    )
    func probability(_ stage: String, _ probability: Int) throws {
        let words = ["--contact", "1", "--name", "R", "--amount", "1", "--close-date", "2026-12-31", "--stage", stage]
        let opportunity = try JSON(crm.succeed(["opportunity", "add", "--json"] + words).outputBytes)
        #expect(opportunity["probability"] == .number("\(probability)"))
        #expect((opportunity["closed_on"] == JSON.null) == (!stage.hasPrefix("closed")))
    }

    @Test("Other modules link all contacts given with the one record, with the link's attributes")
    func otherModules() throws {
        let words = [
            "asset", "add", "--name", "Laptop", "--serial", "X9", "--role", "custodian", "--since", "2026-01-01",
        ]
        try crm.succeed(words + ["--contact", "1", "--contact", "ext:K-1", "--quiet"])
        let links = try crm.json("asset", "links", "contact", "4").elements
        #expect(links.map { $0["record"]?["id"] } == [1, 2])
        #expect(links.map { $0["link"]?["role"] } == ["custodian", "custodian"])

        let piped = try crm.run(
            ["event", "add", "--subject", "Junta", "--starts-at", "2026-05-01T10:00:00Z", "--contact", "-"],
            stdin: Array("1\n2\n3\n".utf8)
        )
        #expect(piped.status == 0, "\(piped.errors)")
        #expect(try crm.succeed("event", "links", "contact", "1", "--count").output == "3\n")
        for words in [["--contact", "1"], ["--contact", "-"]] {
            let line = ["quote", "add", "--subject", "Q", "--format", "id"] + words
            let id = try crm.run(line, stdin: Array("1\n".utf8)).output.filter { $0 != "\n" }
            let quote = try crm.json("quote", "show", id)
            #expect(quote["organization"]?["id"] == 1, "the contact brings it from a pipe too")
        }
        #expect(try crm.run("asset", "add", "--name", "L", "--serial", "Q", "--role", "user").status == 2)
        #expect(try crm.run("asset", "add", "--name", "L", "--serial", "Q", "--contact", "99").status == 3)
        #expect(try crm.succeed("asset", "list", "--where", "serial = Q", "--count").output == "0\n")
    }
}

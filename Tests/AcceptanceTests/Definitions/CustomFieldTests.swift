import Foundation
import Testing

/// A field of every type that a database adds, through all that a field of the program's own goes through.
@Suite("crm field")
struct CustomFieldTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Acme")
    }

    /// A type, a value as it is typed, and as JSON has it.
    struct Sample: Sendable, CustomTestStringConvertible {
        let type: String
        let value: String
        let json: JSON
        var extra: [String] = []
        var testDescription: String { type }
    }

    static let samples = [
        Sample(type: "text", value: "Año Nuevo", json: "Año Nuevo"),
        Sample(type: "longtext", value: "uno\ndos", json: "uno\ndos"), Sample(type: "code", value: "X-1", json: "X-1"),
        Sample(type: "email", value: "a@example.org", json: "a@example.org"),
        Sample(type: "phone", value: "+52 55 1234 5678", json: "+52 55 1234 5678"),
        Sample(type: "url", value: "https://example.org", json: "https://example.org"),
        Sample(type: "integer", value: "7", json: 7), Sample(type: "decimal", value: "2", json: 2),
        Sample(type: "money", value: "12", json: .number("12.00")), Sample(type: "percent", value: "15", json: 15),
        Sample(type: "date", value: "2026-02-28", json: "2026-02-28"),
        Sample(type: "time", value: "2026-02-28T10:00:00Z", json: "2026-02-28T10:00:00Z"),
        Sample(type: "duration", value: "PT15M", json: "PT15M"), Sample(type: "boolean", value: "yes", json: true),
        Sample(type: "choice", value: "norte", json: "norte", extra: ["--values", "norte,sur"]),
        Sample(type: "list", value: "a", json: ["a"]), Sample(type: "ref:organization", value: "1", json: nil),
    ]

    @Test("What is written to a file that has some is in the file when the command is done, and waits in no other")
    func noPendingLog() throws {
        try crm.succeed("field", "add", "contact", "region", "--type", "text", "--en", "Region", "--es", "Región")
        try crm.succeed("contact", "add", "--last-name", "Ruiz", "--region", "Norte")
        #expect(try crm.shell("ls \"$CRM_DB\"*").output == "\(crm.database)\n")
    }

    @Test("tells, when it is removed, which views used it", arguments: [[], ["--purge", "--yes"], ["--dry-run"]])
    func views(options: [String]) throws {
        try crm.succeed("field", "add", "organization", "zona", "--en", "Zone", "--es", "Zona")
        try crm.succeed("view", "save", "contact", "Norte", "--where", "organization.zona = norte")
        try crm.succeed("view", "save", "organization", "todas", "--columns", "name")
        let result = try crm.succeed(["field", "remove", "organization", "zona"] + options)
        let told = "crm: the view Norte of contacts uses it, and cannot be used without it\n"
        #expect(result.errors.hasPrefix(told) && !result.errors.contains("todas"), "\(result.errors)")
    }

    @Test("is an option, help, completion, JSON, its schema, CSV, filter, sort, card, export, undo", arguments: samples)
    func everywhere(sample: Sample) throws {
        let words =
            ["field", "add", "contact", "Zona Norte", "--type", sample.type, "--en", "North zone"] + sample.extra
        try crm.succeed(words + ["--es", "Zona del norte"])
        let reference = sample.type.hasPrefix("ref:")

        #expect(try crm.succeed("contact", "add", "--help").output.contains("zona-norte"))
        #expect(try crm.succeed("contact", "add", "--help", "--lang", "es").output.contains("Zona del norte"))
        let offered = try crm.run("__complete", "zsh", "contact", "add", "--zona")
        #expect(offered.output.contains("zona-norte"))

        let option = sample.type == "boolean" ? ["--zona-norte"] : ["--zona-norte", sample.value]
        try crm.succeed(["contact", "add", "--last-name", "Ruiz", "--external-id", "K-1"] + option)
        let shown = try #require(try crm.json("contact", "show", "1")["zona_norte"])
        if reference { #expect(shown["name"] == "Acme") } else { #expect(shown == sample.json) }
        #expect(try crm.json("schema", "contact")["properties"]?["zona_norte"] != nil)

        for condition in ["zona_norte is not empty"] {
            #expect(try crm.json("contact", "list", "--where", condition, "--count")["count"] == 1)
        }
        let list = try crm.succeed(
            "contact",
            "list",
            "--sort=-zona_norte",
            "--columns",
            "id,zona_norte",
            "--format",
            "csv"
        )
        #expect(list.output.hasPrefix("id,zona_norte\n1,"))

        let csv = try crm.succeed("contact", "export", "--columns", "external_id,last_name,zona_norte").output
        let header = csv.replacing("zona_norte", with: "Zona del norte").replacing("K-1", with: "K-2")
        try crm.succeed("contact", "import", "--match", "external_id", stdin: header)
        #expect(try crm.json("contact", "show", "2")["zona_norte"] == shown)
        try crm.succeed("undo", "--quiet")

        let cards = try crm.succeed("contact", "export", "--format", "vcard").output
        #expect(cards.contains("X-CRM-ZONA-NORTE"))
        let card = cards.replacing("K-1", with: "K-3")
        try crm.succeed("contact", "import", "--input-format", "vcard", stdin: card)
        #expect(try crm.json("contact", "show", "ext:K-3")["zona_norte"] == shown)
        try crm.succeed("undo", "--quiet")

        let lines = try crm.succeed("export").output
        let copy = crm.file("copy.db")
        try crm.succeed("--db", copy, "apply", "--create", "--quiet", stdin: lines)
        #expect(try crm.succeed("--db", copy, "export").output == lines)
        #expect(try crm.succeed("--db", copy, "check").errors == "crm: ok\n")

        #expect(try crm.succeed("log", "--format", "csv").output.contains("contact.zona_norte"))
        #expect(try crm.run("undo", "2").status == 5)
        try crm.succeed("contact", "delete", "1", "--yes")
        try crm.succeed("undo", "--quiet")
        #expect(try crm.json("contact", "show", "1")["zona_norte"] == shown)
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }

    @Test("of an amount or a reference is on cards with its currency, by a key, and kept where it means nothing")
    func onCards() throws {
        try crm.succeed("field", "add", "contact", "fee", "--type", "money")
        try crm.succeed("field", "add", "contact", "maker", "--type", "ref:organization")
        try crm.succeed("field", "add", "contact", "desk", "--type", "ref:product")
        try crm.add("product", "--name", "Mesa", "--code", "P1", "--price", "3")
        let values = ["--fee", "5.5", "--currency", "USD", "--maker", "1", "--desk", "1"]
        try crm.succeed(["contact", "add", "--last-name", "Ruiz", "--external-id", "K-1"] + values)
        let own = ["X-CRM-FEE:5.50 USD", "X-CRM-MAKER:name:Acme", "X-CRM-DESK:code:P1"]
        func written() throws -> [String] {
            try crm.shell("crm contact export --format vcard | tr -d '\\r' | grep ^X-CRM-").lines
        }
        #expect(try Set(written()).isSuperset(of: own))
        let card = try crm.succeed("contact", "export", "--format", "vcard").output
        try crm.succeed("organization", "delete", "1", "--yes")
        try crm.succeed("product", "delete", "1", "--yes")
        try crm.succeed("contact", "delete", "1", "--yes")
        let line = ["contact", "import", "--input-format", "vcard", "--match", "external_id"]
        let result = try crm.succeed(line, stdin: card)
        #expect(result.errors.contains("name:Acme") && result.errors.contains("code:P1"), "\(result.errors)")
        let shown = try crm.json("contact", "show", "ext:K-1")
        #expect(shown["maker"] == JSON.null && shown["desk"] == JSON.null && shown["fee"] == .number("5.50"))
        #expect(try Set(written()).isSuperset(of: own))
        #expect(try crm.succeed(line, stdin: card).output.contains("1 unchanged"))
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }

    @Test("of the lines of quotes is all that one of quotes is", arguments: samples)
    func ofPart(sample: Sample) throws {
        let words =
            ["field", "add", "quote.line", "Zona Norte", "--type", sample.type, "--en", "North zone"] + sample.extra
        try crm.succeed(words + ["--es", "Zona del norte"])
        let reference = sample.type.hasPrefix("ref:")

        #expect(try crm.succeed("quote", "line", "add", "--help").output.contains("zona-norte"))
        #expect(try crm.succeed("quote", "line", "add", "--help", "--lang", "es").output.contains("Zona del norte"))
        #expect(try crm.run("__complete", "zsh", "quote", "line", "add", "1", "--zona").output.contains("zona-norte"))

        try crm.succeed("quote", "add", "--subject", "Q", "--line", "text=a,price=1")
        let option = sample.type == "boolean" ? ["--zona-norte"] : ["--zona-norte", sample.value]
        try crm.succeed(["quote", "line", "add", "1", "--text", "b", "--price", "2"] + option)
        let shown = try #require(try crm.json("quote", "show", "1")["lines"]?.elements[1]["zona_norte"])
        if reference { #expect(shown["name"] == "Acme") } else { #expect(shown == sample.json) }
        let schema = try crm.succeed("schema", "quote").output
        #expect(schema.contains("North zone"))

        for condition in ["has line(zona_norte is not empty)", "lines.zona_norte is not empty"] {
            #expect(try crm.json("quote", "list", "--where", condition, "--count")["count"] == 1)
        }
        let columns = [
            "quote", "list", "--sort=-lines.zona_norte", "--columns", "id,lines.zona_norte", "--format", "csv",
        ]
        #expect(try crm.succeed(columns).output.hasPrefix("id,lines.zona_norte\n1,"))

        let csv = try crm.succeed(
            "quote",
            "export",
            "--by-line",
            "--columns",
            "subject,line.text,line.unit_price,line.zona_norte"
        )
        #expect(csv.output.contains("line.zona_norte"))
        try crm.succeed("quote", "import", stdin: csv.output)
        #expect(try crm.json("quote", "show", "2")["lines"]?.elements[1]["zona_norte"] == shown)
        try crm.succeed("undo", "--quiet")

        let lines = try crm.succeed("export").output
        let copy = crm.file("copy.db")
        try crm.succeed("--db", copy, "apply", "--create", "--quiet", stdin: lines)
        #expect(try crm.succeed("--db", copy, "export").output == lines)
        #expect(try crm.succeed("--db", copy, "check").errors == "crm: ok\n")

        #expect(try crm.succeed("log", "--format", "csv").output.contains("quote.line.zona_norte"))
        #expect(try crm.run("undo", "2").status == 5)
        try crm.succeed("field", "remove", "quote.line", "zona_norte")
        #expect(try crm.json("quote", "show", "1")["lines"]?.elements[1]["zona_norte"] == nil)
        try crm.succeed("quote", "delete", "1", "--yes")
        try crm.succeed("undo", "--quiet")
        try crm.succeed("field", "edit", "quote.line", "zona_norte", "--no-hidden")
        #expect(try crm.json("quote", "show", "1")["lines"]?.elements[1]["zona_norte"] == shown)
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }

    @Test("goes from the lines of a quote to those of its order, as far as they can have it")
    func carriedOver() throws {
        for part in ["quote.line", "sales-order.line"] {
            try crm.succeed("field", "add", part, "color", "--type", "choice", "--values", "rojo,verde")
        }
        try crm.succeed("field", "add", "quote.line", "k", "--type", "text")
        try crm.succeed("field", "add", "sales-order.line", "k", "--type", "integer")
        try crm.succeed("quote", "add", "--subject", "Q", "--line", "text=a,price=1,color=rojo,k=x")
        try crm.succeed("choice", "retire", "quote.line.color", "rojo")
        try crm.succeed("quote", "order", "1")
        let line = try crm.json("sales-order", "show", "1")["lines"]?.elements[0]
        #expect(line?["color"] == "rojo")
        #expect(line?["k"] == JSON.null)
    }

    @Test("no option of the program may be the key of a field")
    func reserved() throws {
        let verbs = ["list", "show", "add", "edit", "delete", "link", "unlink", "links", "import", "export"]
        let commands =
            verbs.map { ["contact", $0] } + verbs.map { ["asset", $0] }
            + ["init", "batch", "apply", "export", "log", "undo", "backup", "check", "help", "schema"].map { [$0] }
        var refused: Set<String> = []
        for command in commands {
            let help = try crm.succeed(command + ["--help"]).output
            for line in help.split(separator: "\n") where line.hasPrefix(" ") {
                guard let start = line.range(of: "--") else { continue }
                let name = line[start.upperBound...].prefix { $0.isLetter || $0 == "-" }
                if !name.isEmpty { refused.insert(String(name.map { $0 == "-" ? "_" : $0 })) }
            }
        }
        #expect(refused.count > 40)
        // What is an option of a module's records is refused by that module alone.
        let fields = Set(try crm.json("schema", "asset")["properties"]?.keys ?? [])
        for word in refused.subtracting(fields).sorted() where !word.hasPrefix("no_") {
            let result = try crm.run("field", "add", "contact", word, "--dry-run")
            #expect(result.status != 0, "\(word) could be the key of a field")
        }
    }

    @Test("is not dropped with its values before somebody has said so")
    func purging() throws {
        try crm.succeed("field", "add", "contact", "secret")
        try crm.add("contact", "--last-name", "Ruiz", "--secret", "x")
        #expect(try crm.run("field", "remove", "contact", "secret", "--purge").status == 2)
        try crm.succeed("field", "remove", "contact", "secret")
        #expect(try crm.run("contact", "list", "--where", "secret = x").status == 2)
        try crm.succeed("field", "edit", "contact", "secret", "--no-hidden")
        #expect(try crm.json("contact", "show", "1")["secret"] == "x")
        try crm.succeed("field", "remove", "contact", "secret", "--purge", "--yes")
        #expect(try crm.json("field", "list") == [])
    }

    @Test("says of a dry run that it was one, and prints what would be")
    func dryRun() throws {
        try crm.succeed("field", "add", "contact", "color", "--type", "choice", "--values", "rojo,verde")
        let commands = [
            ["field", "add", "contact", "size"], ["field", "edit", "contact", "color", "--en", "Colour"],
            ["field", "remove", "contact", "color"], ["choice", "add", "contact.color", "azul"],
            ["choice", "edit", "contact.color", "rojo", "--en", "Red"], ["choice", "retire", "contact.color", "rojo"],
            ["choice", "move", "contact.color", "verde", "--first"],
        ]
        let before = try crm.succeed("export").output
        for command in commands {
            let result = try crm.succeed(command + ["--dry-run"])
            #expect(result.errors == "crm: dry run: nothing was saved\n", "\(command)")
            #expect(!result.output.isEmpty)
        }
        #expect(try crm.succeed("export").output == before)
    }

    @Test("of a contact point's kinds goes through a card")
    func kind() throws {
        try crm.succeed("choice", "add", "contact.point.kind", "Radio", "--es", "Radio")
        try crm.add("contact", "--last-name", "Ruiz", "--point", "radio:XE1AB", "--external-id", "K-1")
        let card = try crm.succeed("contact", "export", "--format", "vcard").output
        #expect(card.contains("X-CRM-POINT-RADIO:XE1AB"))
        try crm.succeed("contact", "delete", "1", "--yes")
        try crm.succeed("contact", "import", "--input-format", "vcard", stdin: card)
        #expect(try crm.json("contact", "show", "2")["points"]?.elements[0]["kind"] == "radio")
    }

    @Test("holds from the next line of a batch on, and is taken back with it")
    func batch() throws {
        let lines = "field add contact color\ncontact add --last-name Z --color rojo\n"
        try crm.succeed("batch", stdin: lines)
        #expect(try crm.json("contact", "show", "1")["color"] == "rojo")
        #expect(try crm.run("batch", stdin: "field add contact size\ncontact add --size 4\n").status == 6)
        #expect(try crm.succeed("field", "list").lines.count == 2)
    }
}

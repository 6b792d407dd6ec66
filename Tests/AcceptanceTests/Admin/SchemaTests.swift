import Testing

@Suite("crm schema: the JSON of records is what their schema says")
struct RecordSchemaTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Acme, S.A.")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
    }

    /// Adds the least record of a module.
    ///
    /// - Returns: what was printed.
    @discardableResult
    private func addLeast(_ module: ModuleCase) throws -> CRM.Result {
        let contact = module.needsContact ? ["--contact", "1"] : []
        return try crm.succeed([module.noun, "add", "--json"] + contact + module.required)
    }

    @Test("with the least in them, wherever they are printed", arguments: ModuleCase.all)
    func least(_ module: ModuleCase) throws {
        let added = try addLeast(module)
        let id = try #require(try JSON(added.outputBytes)["id"]?.integer)
        try expectValid(module, id: id, printed: [added.output])
    }

    @Test("with every field filled", arguments: ModuleCase.all)
    func full(_ module: ModuleCase) throws {
        let record = try FullRecord(of: module, in: crm)
        let added = try crm.succeed([module.noun, "add", "--json"] + record.words)
        let value = try JSON(added.outputBytes)
        let empty = value.keys.filter { value[$0] == .null || value[$0] == [] }
        #expect(empty.filter { !FullRecord.excluded.contains($0) } == [], "every field should be filled")
        try expectValid(module, id: try #require(value["id"]?.integer), printed: [added.output])
    }

    private func expectValid(_ module: ModuleCase, id: Int, printed: [String]) throws {
        func output(_ words: String...) throws -> String { try crm.succeed([module.noun] + words).output }
        let judge = try SchemaJudge(module.noun, of: crm)
        let shown = try output("show", "\(id)", "--json")
        #expect(try JSON(shown)["related"] != nil)
        let faults = try judge.faults(
            in: printed + [
                shown, output("show", "\(id)", "--format", "jsonl"),
                output("edit", "\(id)", "--description", "otra", "--json"),
                output("edit", "\(id)", "--description", "una", "--dry-run", "--json"),
            ] + output("list", "--format", "jsonl").split(separator: "\n").map(String.init),
            arrays: [output("list", "--json"), output("show", "\(id)", "\(id)", "--json")]
        )
        #expect(faults == "")
    }

    @Test("and so are links, seen from either side", arguments: ModuleCase.all)
    func links(_ module: ModuleCase) throws {
        guard module.noun != "contact" else { return }
        let id = try #require(try JSON(addLeast(module).outputBytes)["id"]?.integer)
        if case .many = module.relation {
            try crm.succeed("contact", "link", module.noun, "1", "\(id)", "--note", "una nota")
        }
        let near = module.noun == "organization" ? 1 : id
        for (first, second, id) in [("contact", module.noun, 1), (module.noun, "contact", near)] {
            let judge = try SchemaJudge(first, "--links", second, of: crm)
            let array = try crm.succeed(first, "links", second, "\(id)", "--json").output
            let lines = try crm.succeed(first, "links", second, "\(id)", "--format", "jsonl").lines
            #expect(lines.count == 1)
            #expect(try JSON(array).elements.count == 1)
            #expect(try judge.faults(in: lines, arrays: [array]) == "")
        }
    }

    @Test("and so is the list of everything that hangs on a record")
    func everything() throws {
        for module in ModuleCase.all where module.noun != "contact" {
            try addLeast(module)
            if case .many = module.relation { try crm.succeed("contact", "link", module.noun, "1", "1") }
        }
        let all = try crm.succeed("contact", "links", "1", "--json").output
        #expect(try JSON(all).elements.count >= ModuleCase.all.count - 2)
        #expect(try SchemaJudge("links", of: crm).faults(in: [], arrays: [all]) == "")
    }
}

@Suite("crm schema")
struct SchemaTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    @Test("needs no database and makes none")
    func alone() throws {
        let alone = try CRM(.nothing)
        #expect(try alone.succeed("schema", "contact").errors == "")
        #expect(!alone.has("data"))
    }

    @Test("tells apart what fits from what does not: the judge is awake")
    func judge() throws {
        let judge = try SchemaJudge("config", of: crm)
        let good = #"{"key":"country","value":null,"source":"default","location":null}"#
        #expect(try judge.faults(in: [good]) == "")
        for bad in [
            #"{"key":"country","value":null,"source":"default"}"#,
            #"{"key":"country","value":null,"source":"default","location":null,"more":1}"#,
            #"{"key":"colour","value":null,"source":"default","location":null}"#,
            #"{"key":"country","value":7,"source":"default","location":null}"#,
        ] {
            #expect(try judge.faults(in: [bad]) != "", "\(bad)")
        }
    }

    @Test("describes a record in its declared order, in the same words whatever the language")
    func text() throws {
        let schema = try crm.succeed("schema", "address")
        #expect(try crm.succeed("schema", "address", "--lang", "es").output == schema.output)
        try crm.add("organization", "--name", "Acme")
        let keys = try crm.json("organization", "show", "1").keys
        #expect(try JSON(crm.succeed("schema", "organization").output)["properties"]?.keys == keys)
        try Golden.expect(schema.output, in: "schema-address.json", of: crm)
    }

    @Test(
        "bounds what is a part of another, and not what may be more than all of it or less than nothing",
        arguments: [
            ("win-rate", "win_rate", true), ("campaign-results", "response_rate", true),
            ("campaign-results", "reach", false), ("campaign-results", "return", false),
        ]
    )
    func fractions(report: String, column: String, isBounded: Bool) throws {
        let schema = try JSON(crm.succeed("schema", "report", report).output)
        let property = schema["properties"]?[column]
        #expect(property?["minimum"] == (isBounded ? 0 : nil), "\(String(describing: property))")
        #expect(property?["maximum"] == (isBounded ? 1 : nil))
    }

    @Test("describes the report of each command that prints one")
    func reports() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("asset", "--name", "Laptop", "--serial", "X1")
        try crm.write("first_name,last_name\nEva,Paz\n", to: "people.csv")
        try crm.write("Message-ID: <1@x>\nFrom: eva@example.org\n\nHola\n", to: "one.eml")
        let message = #"{"_id":"m","rid":"R","msg":"hola","u":{"username":"eva"},"ts":"2026-01-05T10:00:00.000Z"}"#
        try crm.write(message + "\n", to: "chat.jsonl")
        let channels = try crm.succeed("channel", "import", "chat.jsonl", "--chat", "rocketchat", "--json").output
        #expect(try SchemaJudge("import-chat", of: crm).faults(in: [], arrays: [channels]) == "")
        let runs: [(schema: String, words: [String])] = [
            ("link", ["contact", "link", "asset", "1", "1"]),
            ("unlink", ["contact", "unlink", "asset", "1", "1"]),
            ("count", ["asset", "list", "--count"]),
            ("import", ["contact", "import", "people.csv"]),
            ("import-mail", ["email", "import", "one.eml"]),
            ("delete", ["asset", "delete", "1", "--dry-run"]),
            ("delete", ["asset", "delete", "1"]),
            ("config", ["config", "get", "currency"]),
        ]
        for run in runs {
            let output = try crm.succeed(run.words + ["--json"]).output
            #expect(try SchemaJudge(run.schema, of: crm).faults(in: [output]) == "", "\(run.words)")
        }
    }

    @Test("describes what each listing and each summary of work prints")
    func outputs() throws {
        for title in ["Directora", "Jefa"] {
            try crm.add(
                "contact",
                ["--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org", "--title", title]
            )
        }
        try crm.add(
            "event",
            ["--subject", "Junta", "--starts-at", "2020-01-06 10:00", "--ends-at", "2020-01-06 11:00"]
                + ["--repeat", "every day", "--reminder", "PT15M", "--contact", "1", "--location", "Sala"]
        )
        try crm.write("uno", to: "a.txt")
        try crm.add("document", "a.txt", "--contact", "1")
        try crm.sql("DELETE FROM content_piece; DELETE FROM content_text; DELETE FROM content")
        try crm.write("currency,rate,date\nEUR,20,2026-01-01\n", to: "rates.csv")
        try crm.write("Nombre,Apellido,X\nEva,Paz,1\n", to: "people.csv")
        try crm.write("contact add --last-name Paz\ncontact show 99\n", to: "lines")
        try crm.write("{\"keep\":1,\"merge\":2}\n", to: "pairs.jsonl")
        try crm.add("quote", "--subject", "Q", "--line", "text=a,price=1")
        try crm.shell("mkdir folder")
        let runs: [(schema: [String], words: [String], status: Int32)] = [
            (["agenda"], ["agenda", "--on", "2020-01-07"], 0), (["agenda"], ["agenda", "--week"], 0),
            (["free"], ["event", "free", "--contact", "1", "--length", "1h"], 0),
            (["reminder"], ["reminder", "due", "--since", "-2d"], 0),
            (["sync"], ["event", "sync", "folder"], 0),
            (["verify"], ["document", "verify"], 1), (["prune"], ["document", "prune"], 0),
            (["relink"], ["email", "relink"], 0), (["apply"], ["apply", "/dev/null"], 0),
            (["batch"], ["batch", "--each", "lines"], 6),
            (["import-mapping"], ["contact", "import", "people.csv", "--show-mapping"], 0),
            (["rate-import"], ["rate", "import", "rates.csv"], 0),
            (["duplicates"], ["contact", "duplicates"], 0),
            (["merge"], ["contact", "merge", "1", "2", "--dry-run"], 0),
            (["merge-pairs"], ["contact", "merge", "--input", "/dev/null"], 0),
            (["merge-pairs"], ["contact", "merge", "--input", "pairs.jsonl", "--dry-run"], 0),
            (["report-list"], ["report", "list"], 0), (["quote", "line"], ["quote", "line", "list", "1"], 0),
            (["event", "occurrence"], ["event", "occurrence", "add", "1", "--original", "2026-12-24"], 0),
            (["report-personal"], ["contact", "report-personal", "1"], 0),
        ]
        for run in runs {
            let result = try crm.run(run.words + ["--json"])
            #expect(result.status == run.status, "\(run.words): \(result.errors)")
            let judge = try SchemaJudge(run.schema, of: crm)
            let isList = result.output.hasPrefix("[")
            let lines = run.schema == ["batch"] ? result.lines : isList ? [] : [result.output]
            #expect(try judge.faults(in: lines, arrays: isList ? [result.output] : []) == "", "\(run.words)")
            #expect(!isList || run.schema == ["free"] || result.output.count > 5, "\(run.words) prints nothing")
        }
    }

    @Test(
        "describes errors",
        arguments: [
            ["contact", "show", "9"], ["contact", "frobnicate"], ["contact", "add", "--email", "x"],
            ["asset", "list", "--where", "nothing = 1"], ["contact", "show", "name:Ruiz"],
            ["--db", "none.db", "contact", "list"],
            ["config", "set", "currency", "pesos"], ["schema", "nothing"],
            ["contact", "link", "asset", "--input", "bad.csv"],
        ]
    )
    func errors(words: [String]) throws {
        for name in ["Ana", "Eva"] { try crm.add("contact", "--first-name", name, "--last-name", "Ruiz") }
        try crm.write("contact,asset\n1,77\n2,\n", to: "bad.csv")
        let result = try crm.run(words + ["--json"])
        #expect(result.status != 0)
        #expect(!result.errorLines.isEmpty)
        #expect(try SchemaJudge("error", of: crm).faults(in: result.errorLines) == "", "\(result.errors)")
    }

    @Test(
        "refuses what it does not know",
        arguments: [
            ["schema", "nothing"], ["schema", "contact", "--links", "nothing"],
            ["schema", "error", "--links", "asset"],
            ["schema", "asset", "--links", "quote"], ["schema"], ["schema", "quote", "point"],
            ["schema", "agenda", "line"],
        ]
    )
    func refusals(words: [String]) throws {
        let result = try crm.run(words)
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors != "")
    }
}

import Testing

/// Every form in which records are printed.
@Suite struct FormatTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    private static let formats = ["table", "id", "csv", "tsv", "json", "jsonl", "markdown"]
    private static let columns = "id,name,organization,organization.name,tags,do_not_call,description"

    @Test("A list in every format is the golden one", arguments: formats)
    func list(_ format: String) throws {
        let result = try crm.succeed("contact", "list", "--columns", Self.columns, "--format", format)
        #expect(result.errors == "")
        try Golden.expect(result.output, in: "list.\(format)", of: crm)
    }

    @Test("A record in every format is the golden one", arguments: formats)
    func show(_ format: String) throws {
        let result = try crm.succeed("contact", "show", "2", "--format", format)
        try Golden.expect(result.output, in: "show.\(format)", of: crm)
    }

    @Test("What hangs on a record in every format is the golden one", arguments: formats)
    func links(_ format: String) throws {
        let all = try crm.succeed("contact", "links", "1", "--format", format)
        try Golden.expect(all.output, in: "links.\(format)", of: crm)
        let assets = try crm.succeed("contact", "links", "asset", "1", "--format", format)
        try Golden.expect(assets.output, in: "links-asset.\(format)", of: crm)
    }

    private static let rows = ["table", "json", "jsonl", "csv", "tsv", "markdown", "id"]
    private static let figures = rows.filter { $0 != "id" }
    private static let pictures = ["svg", "html"]
    /// Commands, and the formats that they print in.
    private static let commands: [(words: String, formats: [String])] = [
        ("contact list", rows), ("contact timeline 1", rows), ("search x", rows), ("report list", figures),
        ("opportunity summarize", figures + pictures), ("report pipeline", rows + pictures),
        ("report overdue-cases", rows), ("report mailing-labels", rows + ["labels"]),
        ("report data-quality", figures + pictures), ("agenda", rows + ["ics"]),
        ("contact export", ["csv", "tsv", "json", "jsonl", "vcard"]),
        ("event export", ["csv", "tsv", "json", "jsonl", "ics"]),
        ("email export", ["csv", "tsv", "json", "jsonl", "mbox", "maildir"]), ("quote print 1", ["html", "text"]),
    ]

    @Test("A wrong format is told with those of the command, which completion offers too", arguments: commands)
    func wrongFormat(words: String, formats: [String]) throws {
        let words = words.split(separator: " ").map(String.init)
        for language in ["en", "es"] {
            let wrong = try crm.run(words + ["--format", "xml", "--lang", language])
            #expect(wrong.status == 2)
            let hint = (wrong.errorLines.last ?? "").split { ": ,".contains($0) }.map(String.init)
            let known = Self.rows + Self.pictures + ["labels", "ics", "vcard", "mbox", "maildir", "text"]
            #expect(known.filter(hint.contains).sorted() == formats.sorted(), "\(hint)")
        }
        for typed in [["--format", ""], ["--format="]] {
            let offered = try crm.succeed(["__complete", "zsh"] + words + typed).lines.dropFirst()
            let names = offered.map { String($0.prefix { $0 != "\t" }).replacing("--format=", with: "") }
            #expect(names == formats, "\(names)")
        }
    }

    @Test("A wrong format is told before anything is done")
    func formatFirst() throws {
        let before = try crm.succeed("export").output
        for words in ["contact add --last-name x", "contact edit 1 --title x", "contact delete 5 --yes"] {
            let wrong = try crm.run(words.split(separator: " ").map(String.init) + ["--format", "svg"])
            #expect(wrong.status == 2 && wrong.errors.contains("has no format \"svg\""), "\(wrong.errors)")
        }
        #expect(try crm.succeed("export").output == before)
    }

    @Test("A table on a pipe is exactly the tab-separated form")
    func pipedTable() throws {
        for words in [["contact", "list"], ["contact", "show", "1"], ["opportunity", "list", "--no-header"]] {
            let table = try crm.succeed(words)
            #expect(table.output == (try crm.succeed(words + ["--format", "tsv"])).output)
            #expect(table.output == (try crm.succeed(words + ["--format", "table"])).output)
        }
    }

    @Test("Nothing a user configures changes what machines read", arguments: ["csv", "tsv", "json", "jsonl", "id"])
    func independence(_ format: String) throws {
        let words = ["opportunity", "list", "--format", format]
        let expected = try crm.run(words).outputBytes
        let surroundings = [
            ["CRM_LANG": "es"], ["LC_ALL": "es_MX.UTF-8"], ["LC_ALL": "de_DE"], ["COLUMNS": "20"], ["TZ": "Asia/Tokyo"],
            ["CLICOLOR_FORCE": "1"], ["TERM": "dumb"],
        ]
        for surrounding in surroundings {
            #expect(try crm.run(words, env: surrounding).outputBytes == expected, "\(surrounding)")
        }
    }

    @Test("The header goes, or it alone is left")
    func header() throws {
        for format in ["csv", "tsv"] {
            let bare = try crm.succeed("contact", "list", "--columns", "id,name", "--format", format, "--no-header")
            #expect(bare.lines.count == 5)
            let empty = try crm.succeed("contact", "list", "--where", "id = 999", "--columns", "id", "--format", format)
            #expect(empty.output == "id\n")
        }
        #expect(try crm.succeed("contact", "list", "--where", "id = 999", "--json").output == "[]\n")
        #expect(try crm.succeed("contact", "list", "--where", "id = 999", "--format", "jsonl").output == "")
        #expect(try crm.succeed("contact", "list", "--where", "id = 999", "--format", "id").output == "")
    }

    @Test("Another reader of CSV gets every cell back")
    func csv() throws {
        let csv = try crm.succeed("contact", "list", "--columns", Self.columns, "--format", "csv")
        let script = """
            import csv, io, sys
            rows = list(csv.reader(io.TextIOWrapper(sys.stdin.buffer, "utf-8", newline=""), strict=True))
            print(len(rows), {len(row) for row in rows}, ascii(rows[2][-1]), ascii(rows[5][1]))
            """
        let read = try Peer("python3").run("-c", script, stdin: csv.outputBytes, in: crm)
        #expect(
            read == """
                6 {7} 'Primera l\\xednea\\nsegunda\\tcon tabulador y "comillas"' \
                '\\U0001f469\\u200d\\U0001f4bb O\\\\Brien | Hijos'

                """
        )
    }

    @Test("Another reader of JSON gets every value back")
    func json() throws {
        let contacts = try crm.succeed("contact", "list", "--json")
        let filter = ".[1].description, (.[0].organization | .id, .name), (.[4].last_name), (.[2].do_not_call)"
        #expect(
            try Peer("jq").run("-c", filter, stdin: contacts.outputBytes, in: crm) == """
                "Primera línea\\nsegunda\\tcon tabulador y \\"comillas\\""
                1
                "Acme, S.A."
                "👩‍💻 O\\\\Brien | Hijos"
                true

                """
        )
        let lines = try crm.succeed("contact", "list", "--format", "jsonl")
        #expect(try Peer("jq").run("-s", "-c", "map(.id)", stdin: lines.outputBytes, in: crm) == "[1,2,3,4,5]\n")
    }

    @Test("Money keeps its decimals, beside its currency")
    func money() throws {
        let opportunity = try crm.json("opportunity", "show", "1")
        #expect(opportunity["amount"] == .number("12500.00"))
        #expect(opportunity["currency"] == "USD")
        let organization = try crm.json("organization", "show", "1")
        #expect(organization["annual_revenue"] == .number("1500000.50"))
        #expect(organization["currency"] == "MXN")
    }

    @Test("One record is an object, several are an array")
    func shape() throws {
        #expect(try crm.json("contact", "show", "1")["id"] == 1)
        #expect(try crm.json("contact", "show", "1", "2").elements.map { $0["id"] } == [1, 2])
        #expect(try crm.json("contact", "list", "--where", "id = 1").elements.count == 1)
    }
}

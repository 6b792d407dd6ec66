import Testing

/// Words in all records, from the command line.
@Suite struct SearchTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "country", "MX")
        try crm.add("organization", "--name", "Hotel Mar del Plata", "--phone", "55 1111 2222")
        let ana = ["--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org", "--tag", "vip"]
        try crm.add("contact", ana + ["--mobile", "(55) 1234-5678", "--description", "Prefiere el mar\nde día"])
        try crm.add("contact", "--first-name", "María", "--last-name", "Núñez")
        let line = "text=Instalación en el hotel,price=100"
        try crm.add("quote", "--subject", "Equipo", "--number", "COT-2026-0042", "--line", line)
    }

    private func found(_ words: String...) throws -> [String] {
        try crm.succeed(["search", "--format", "csv", "--no-header"] + words).lines.map { line in
            line.split(separator: ",", maxSplits: 2).prefix(2).joined(separator: " ")
        }
    }

    @Test(
        "Words, beginnings, phrases, telephones and numbers are found in every module, and in parts",
        arguments: [
            ("mar", ["organization 1", "contact 1"]), ("MÁR*", ["contact 2", "organization 1", "contact 1"]),
            ("\"mar del\"", ["organization 1"]), ("mar -hotel", ["contact 1"]),
            ("hotel", ["organization 1", "quote 1"]),
            ("nunez", ["contact 2"]), ("5512345678", ["contact 1"]), ("+52 1 55 1234 5678", ["contact 1"]),
            ("cot20260042", ["quote 1"]), ("COT-2026-42", ["quote 1"]), ("ana@example.org", ["contact 1"]),
            ("vip mar", ["contact 1"]), ("nadie", []), ("instalacion", ["quote 1"]),
        ]
    )
    func words(_ item: (words: String, records: [String])) throws {
        #expect(try found(item.words) == item.records)
    }

    @Test("A search that brings the index up to date leaves nothing in the log, which each later command would read")
    func emptiesLog() throws {
        _ = try found("mar")
        #expect(try crm.shell("[ -s crm.db-wal ]").status == 1)
    }

    @Test("Of one module, with a limit, counted, as ids")
    func narrowed() throws {
        #expect(try found("mar", "--module", "contact") == ["contact 1"])
        let cut = try crm.succeed("search", "mar*", "--limit", "1", "--format", "id")
        #expect(cut.output == "2\n" && cut.errors == "crm: stopped after 1\n")
        #expect(try crm.succeed("search", "mar", "--format", "id").errors.contains("ids are of several modules"))
        #expect(try crm.succeed("search", "mar", "--module", "contact", "--format", "id").errors.isEmpty)
        #expect(try crm.succeed("search", "mar*", "--count").output == "3\n")
        #expect(try crm.json("search", "mar*", "--count")["count"] == 3)
        #expect(try crm.run("search").status == 2)
        #expect(try crm.run("search", "--", "-mar").errors.contains("no word to look for"))
    }

    @Test("Each stands with the place where it says it, marked")
    func snippets() throws {
        let rows = try crm.succeed("search", "mar", "--format", "jsonl").lines
        let first = #"{"module":"organization","field":"name","snippet":"Hotel [Mar] del Plata","#
        #expect(rows[0].hasPrefix(first + #""matches":null,"record":{"#))
        #expect(rows[1].contains(#""field":"description","snippet":"Prefiere el [mar] de día""#))
        #expect(try SchemaJudge("search", of: crm).faults(in: rows) == "")
        let line = try crm.succeed("search", "instalacion", "--format", "jsonl").lines
        #expect(line[0].contains(#""field":"lines.text","snippet":"[Instalación] en el hotel""#))
        let shown = try crm.screen("search mar --lang es", columns: 90)
        #expect(shown.contains("Contacto") && shown.contains("Descripción") && shown.contains("el [mar] de día"))
    }

    @Test("It follows what is written, deleted, taken back and merged from a file, and a field that is removed")
    func follows() throws {
        #expect(try found("girasol") == [])
        try crm.succeed("contact", "edit", "1", "--title", "Girasol")
        #expect(try found("girasol") == ["contact 1"])
        try crm.succeed("contact", "delete", "1", "--yes")
        #expect(try found("girasol") == [])
        let deletion = try crm.succeed("log", "--limit", "1", "--format", "id").lines
        try crm.succeed(["undo"] + deletion.prefix(1))
        #expect(try found("girasol") == ["contact 1"])
        try crm.succeed("contact", "point", "add", "1", "--kind", "chat", "--value", "anita77")
        #expect(try found("anita77") == ["contact 1"])
        try crm.succeed("contact", "point", "remove", "1", "1")
        #expect(try found("anita77") == [])
        try crm.succeed("field", "add", "contact", "hobby", "--type", "text")
        try crm.succeed("contact", "edit", "2", "--hobby", "ajedrez")
        #expect(try found("ajedrez") == ["contact 2"])
        try crm.succeed("field", "remove", "contact", "hobby")
        #expect(try found("ajedrez") == [])
    }

    @Test("An import pays nothing, and the next search or --refresh catches up")
    func imports() throws {
        try crm.succeed("search", "--refresh")
        let rows = (1...1_500).map { "Apellido\($0),palabra\($0)\n" }.joined()
        try crm.write("last_name,title\n" + rows, to: "people.csv")
        try crm.succeed("contact", "import", "people.csv")
        #expect(try found("palabra1234").count == 1)
        #expect(try crm.succeed("search", "palabra*", "--count").output == "1500\n")
        try crm.succeed("search", "--refresh")
        #expect(try found("palabra1234").count == 1)
    }

    @Test("The index is in no export and no history, is no matter of check, and is made anew by repair")
    func derived() throws {
        let export = try crm.succeed("export").output
        let log = try crm.succeed("log", "--format", "tsv").output
        try crm.succeed("search", "--refresh")
        #expect(try crm.succeed("export").output == export)
        #expect(try crm.succeed("log", "--format", "tsv").output == log)
        #expect(try crm.run("check").status == 0)
        try crm.shell("sqlite3 crm.db \"UPDATE contact SET title = 'de otra mano' WHERE id = 1\"")
        #expect(try found("mano") == [])
        try crm.succeed("check", "--repair")
        #expect(try found("mano") == ["contact 1"])
    }

    @Test("A line of a batch finds what the lines before it have written")
    func batch() throws {
        try crm.succeed("search", "--refresh")
        let lines = "contact add --last-name Girasol\nsearch girasol\n"
        #expect(try crm.succeed("batch", stdin: lines).output.contains("[Girasol]"))
    }

    @Test("Somebody who writes at length does not hold it up")
    func busy() throws {
        try crm.succeed("contact", "add", "--last-name", "Girasol")
        let writer = "(echo 'BEGIN IMMEDIATE;'; sleep 2) | sqlite3 crm.db & sleep 0.5"
        #expect(try crm.shell("\(writer); crm search girasol --format id; wait").output == "3\n")
    }
}

import Foundation
import Testing

/// What `MODULE export` writes, read by others and by `import`.
@Suite struct ModuleExportTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    /// Text that breaks careless readers and writers.
    private static let hostile = [
        "Acme, S.A.", #"the "best""#, "semi;colon", "=1+1", "a'b", "José 🌵", "\\t", "#no comment", "-", "a\tb",
    ]

    private func addHostile() throws {
        for (number, name) in Self.hostile.enumerated() {
            let text = name.replacing("\t", with: " ")
            try crm.succeed(
                "organization",
                "add",
                "--name",
                text,
                "--description",
                "\(name)\nline\t2\n",
                "--external-id",
                "K\(number)",
                "--annual-revenue",
                "-\(number).50 MXN",
                "--tag",
                "uno",
                "--tag",
                "dos \(number)"
            )
        }
    }

    @Test("What is exported and imported again changes nothing", arguments: ["csv", "tsv", "json", "jsonl"])
    func unchanged(format: String) throws {
        try addHostile()
        let file = try crm.write(
            crm.succeed("organization", "export", "--format", format).outputBytes,
            to: "o.\(format)"
        )
        for match in ["id", "external_id"] {
            let report = try crm.json("organization", "import", file, "--match", match)
            #expect(report["unchanged"]?.integer == Self.hostile.count)
        }
        #expect(try crm.sql("SELECT count(*) FROM change") == "0")
    }

    @Test(
        "The ending of a file's name says its format where no option does, and it is read back by that",
        arguments: [
            ("contact", "o.csv", "id,"), ("contact", "o.tsv", "id\t"), ("contact", "o.json", "["),
            ("contact", "O.JSONL", "{"), ("contact", "o.vcf", "BEGIN:VCARD"), ("event", "o.ics", "BEGIN:VCALENDAR"),
        ]
    )
    func endings(module: String, file: String, beginning: String) throws {
        try crm.add("contact", "--last-name", "Ruiz", "--external-id", "u1")
        try crm.add("event", "--subject", "Visita", "--starts-at", "2026-12-01 10:00", "--uid", "u1")
        try crm.succeed(module, "export", "-o", file)
        #expect(String(decoding: try crm.read(file), as: UTF8.self).hasPrefix(beginning))
        #expect(try crm.succeed(module, "import", file).output == "1 row, 1 unchanged\n")
        try crm.succeed(module, "export", "-o", file, "--format", "csv")
        #expect(String(decoding: try crm.read(file), as: UTF8.self).hasPrefix("id,"))
    }

    @Test("An ending without a format is CSV, and one of a format that records do not have is refused")
    func otherEndings() throws {
        for file in ["o", "o.txt", "o.dat"] {
            try crm.succeed("asset", "export", "-o", file)
            #expect(String(decoding: try crm.read(file), as: UTF8.self).hasPrefix("id,"))
        }
        for (module, file) in [("asset", "o.vcf"), ("contact", "o.ics")] {
            let result = try crm.run(module, "export", "-o", file)
            #expect(result.status == 2 && !crm.has(file), "\(result.errors)")
            #expect(result.errorLines.last == "crm: give the file another ending, or --format csv")
        }
        let spreadsheets = ["o.xlsx", "O.XLS", "o.ods"]
        for file in spreadsheets + ["o.pdf", "o.html", "o.md", "o.csv.gz"] {
            let result = try crm.run("contact", "export", "-o", file)
            #expect(result.status == 2 && !crm.has(file), "\(result.errors)")
            #expect(result.errors.contains("or --format csv"), "\(result.errors)")
            #expect(result.errors.contains(".csv, which spreadsheets open") == spreadsheets.contains(file))
        }
        for file in ["all.csv", "all.xlsx", "all.ics"] {
            let result = try crm.run("export", "-o", file)
            #expect(result.status == 2 && !crm.has(file), "\(result.errors)")
            #expect(result.errors.contains("give the file the ending .jsonl"), "\(result.errors)")
        }
        try crm.succeed("contact", "export", "-o", "o.xlsx", "--format", "csv")
        try crm.succeed("export", "-o", "all.csv", "--format", "jsonl")
        try crm.succeed("export", "-o", "all.json")
        try crm.succeed("email", "export", "-o", "o.mbox")
        #expect(try crm.read("o.mbox").isEmpty)
        #expect(try crm.run("contact", "export", "-o", "o.json", "--delimiter", ";").status == 2)
    }

    @Test("Another database gets the same records", arguments: ["csv", "tsv", "json", "jsonl"])
    func copied(format: String) throws {
        try addHostile()
        let before = try crm.succeed("organization", "export").output
        let file = try crm.write(
            crm.succeed("organization", "export", "--format", format).outputBytes,
            to: "o.\(format)"
        )
        let other = try CRM()
        try other.succeed("organization", "import", file, "--match", "external_id")
        #expect(try other.succeed("organization", "export").output == before)
    }

    @Test(
        "What a spreadsheet's spelling says is read back under the same options",
        arguments: [
            ["--excel-es"], ["--decimal", ","], ["--delimiter", "tab", "--dates", "mdy"], ["--encoding", "utf-16"],
            ["--excel-es", "--encoding", "utf-8"],
        ]
    )
    func spelled(options: [String]) throws {
        try crm.succeed(
            "asset",
            "add",
            "--name",
            "ñ;,",
            "--serial",
            "0081",
            "--value",
            "1234.5",
            "--sold-on",
            "2026-02-01"
        )
        try crm.succeed("event", "add", "--subject", "S", "--kind", "task", "--starts-at", "2026-02-01T10:00:00Z")
        for module in ["asset", "event"] {
            let bytes = try crm.succeed([module, "export"] + options).outputBytes
            let file = try crm.write(bytes, to: "\(module).csv")
            let report = try JSON(
                crm.succeed([module, "import", file, "--match", "id", "--json"] + options).outputBytes
            )
            #expect(report["unchanged"] == 1)
        }
    }

    @Test("Numbers keep their sign where text is kept from running")
    func spreadsheetSafe() throws {
        try crm.succeed(
            "organization",
            "add",
            "--name",
            "=cmd()",
            "--annual-revenue",
            "-5",
            "--phone",
            "+52 55 1234 5678"
        )
        let lines = try crm.succeed(
            "organization",
            "export",
            "--columns",
            "name,phone,annual_revenue",
            "--spreadsheet-safe",
            "--excel-es"
        ).lines
        #expect(lines.last == "'=cmd();'+52 55 1234 5678;-5,00")
    }

    @Test("Links go out as columns of ids and come in again", arguments: ["csv", "jsonl"])
    func links(format: String) throws {
        for name in ["Ruiz", "Paz", "Gil"] { try crm.add("contact", "--last-name", name) }
        for serial in ["X1", "X2"] { try crm.add("asset", "--name", "L", "--serial", serial) }
        try crm.succeed("contact", "link", "asset", "1", "1", "2", "--role", "owner")
        try crm.succeed("contact", "link", "asset", "2", "1")
        try crm.succeed("contact", "link", "asset", "3", "2")
        try crm.succeed("contact", "unlink", "asset", "3", "2", "--ended", "2020-01-01")
        let assets = try crm.succeed("asset", "export", "--links", "--format", format).outputBytes
        let contacts = try crm.succeed("contact", "export", "--links", "--format", format).outputBytes
        let rows = try crm.json("asset", "export", "--links", "--columns", "id")
        #expect(rows.elements[0]["contacts"] == [1, 2])
        #expect(rows.elements[1]["contacts"] == [1])

        let other = try CRM()
        let columns = try crm.succeed("contact", "export", "--format", format).outputBytes
        #expect(
            try other.run(["contact", "import", "--input-format", format, "--map", "id=-"], stdin: columns).status == 0
        )
        #expect(
            try other.run(["asset", "import", "--input-format", format, "--map", "id=-"], stdin: assets).status == 0
        )
        #expect(
            try other.succeed("contact", "export", "--links", "--format", format).outputBytes == contacts
        )
    }

    @Test("Every module exports, and its own import knows every column", arguments: ModuleCase.all)
    func everyModule(_ module: ModuleCase) throws {
        let options = try crm.succeed(module.noun, "export", "--help").output.contains("--links") ? ["--links"] : []
        let header = try crm.succeed([module.noun, "export"] + options).outputBytes
        let file = try crm.write(header, to: "empty.csv")
        let mapping = try crm.json(module.noun, "import", file, "--show-mapping")
        #expect(mapping.elements.count > 5)
        for column in mapping.elements { #expect(column["field"] != JSON.null) }
    }

    @Test("A file is written whole or not at all, and private whatever stood there")
    func outputFile() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.succeed("contact", "export", "--output", crm.file("c.csv"))
        #expect(try crm.mode(of: "c.csv") == 0o600)
        #expect(try crm.read("c.csv") == crm.succeed("contact", "export").outputBytes)
        #expect(try crm.shell("chmod 640 c.csv && ln -s c.csv link.csv").status == 0)
        try crm.succeed("contact", "export", "--columns", "id", "--output", crm.file("link.csv"))
        #expect(try crm.read("c.csv") == Array("id\n1\n".utf8))
        #expect(try crm.mode(of: "c.csv") == 0o600)
        try crm.succeed("contact", "edit", "1", "--first-name", "🌵")
        let failed = try crm.run("contact", "export", "--encoding", "latin1", "--output", crm.file("c.csv"))
        #expect(failed.status == 74)
        #expect(try crm.read("c.csv") == Array("id\n1\n".utf8))
        #expect(try crm.names().allSatisfy { !$0.hasSuffix(".draft") })
    }

    @Test(
        "What cannot be is refused",
        arguments: [
            ["--format", "table"], ["--json", "--delimiter", ";"], ["--format", "tsv", "--excel-es"],
            ["--encoding", "ebcdic"], ["--columns", "nothing"],
        ]
    )
    func refused(options: [String]) throws {
        let result = try crm.run(["contact", "export"] + options)
        #expect(result.status == 2)
        #expect(result.output == "")
    }

    @Test("Python's csv and sqlite3 read what is written, hostile text included")
    func peers() throws {
        try addHostile()
        try crm.succeed("organization", "export", "--columns", "name,description", "--output", crm.file("o.csv"))
        let script = """
            import csv, json, sys
            print(json.dumps([r for r in csv.reader(open('o.csv', newline='', encoding='utf-8'))][1:]))
            """
        let read = try JSON(Peer("python3").run("-c", script, in: crm))
        for (number, name) in Self.hostile.enumerated() {
            let row = read.elements[number].elements
            #expect(row == [.string(name.replacing("\t", with: " ")), .string("\(name)\nline\t2\n")])
        }
        let same = try Peer("sqlite3").run(
            "-batch",
            crm.database,
            ".import --csv o.csv imported",
            "SELECT count(*) FROM imported JOIN organization USING (name, description)",
            in: crm
        )
        #expect(same == "\(Self.hostile.count)\n")
    }

    @Test("jq reads the JSON")
    func jq() throws {
        try addHostile()
        let json = try crm.succeed("organization", "export", "--json").outputBytes
        #expect(try Peer("jq").run("-r", ".[3].name", stdin: json, in: crm) == "=1+1\n")
        let lines = try crm.succeed("organization", "export", "--format", "jsonl").outputBytes
        #expect(try Peer("jq").run("-s", "length", stdin: lines, in: crm) == "\(Self.hostile.count)\n")
    }
}

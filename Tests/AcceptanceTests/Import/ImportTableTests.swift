import Foundation
import Testing

/// Tables as spreadsheets and other programs write them: rows that are none, and inputs of another form.
@Suite struct ImportTableTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func names() throws -> String {
        try crm.sql("SELECT group_concat(last_name, ',') FROM (SELECT last_name FROM contact ORDER BY id)")
    }

    // MARK: - Rows that are none

    @Test(
        "Rows and cells that hold nothing, and what tells the separator, are passed over",
        arguments: [
            "last_name,email\nPaz,\n,\n,,,\n , \nLuz,\n", "last_name,email,,\nPaz,,,\nLuz,,\n",
            "last_name\nPaz,,\nLuz,\n", "sep=,\nlast_name,email\nPaz,\nLuz,\n",
            "\u{FEFF}sep=;\r\nlast_name;email\r\nPaz;\r\nLuz;\r\n", "\"sep=;\"\nlast_name;email\nPaz;\nLuz;\n",
            "SEP=\t\nlast_name\temail\nPaz\t\nLuz\t\n", ";;\nlast_name;;\nPaz;;\nLuz;;\n",
        ]
    )
    func passedOver(text: String) throws {
        let options = text.hasPrefix(";") ? ["--delimiter", ";"] : []
        #expect(try crm.succeed(["contact", "import"] + options, stdin: text).output == "2 rows, 2 created\n")
        #expect(try names() == "Paz,Luz")
    }

    @Test("A cell beyond the named ones is no empty cell, and one of several is no row")
    func ragged() throws {
        for row in ["Paz,,,x", "Paz"] {
            let result = try crm.run("contact", "import", stdin: "last_name,email,title\n\(row)\n")
            #expect(result.status == 6)
            #expect(result.errors.contains("where the header has 3"), "\(result.errors)")
        }
    }

    @Test("Rows that repeat the header are passed over and told, in either language")
    func repeatedHeader() throws {
        let text = "last_name,email\nPaz,\nlast_name,email\n\u{FEFF}\"last_name\",email\nemail,\nLuz,\n"
        let result = try crm.succeed("contact", "import", stdin: text)
        #expect(result.output == "3 rows, 3 created\n")
        #expect(result.errors == "crm: passed over 2 rows that repeat the header: lines 3, 4\n")
        #expect(try names() == "Paz,email,Luz")
        let spanish = try crm.succeed("contact", "import", "--lang", "es", stdin: "last_name\nSol\nlast_name\n")
        #expect(spanish.errors == "crm: se omitió la línea 3, que repite el encabezado\n")
    }

    // MARK: - Other forms

    @Test(
        "An input of another form than it is read in says what to do",
        arguments: [
            ("csv", #"[{"last_name":"Paz"}]"#, "--input-format json"), ("csv", " \n{\"last_name\":\"Paz\"}\n", "jsonl"),
            ("tsv", #"{"last_name":"Paz"}"#, "--input-format jsonl"),
            ("jsonl", #"[{"last_name":"Paz"}]"#, "--input-format json"),
            ("csv", "BEGIN:VCARD\nVERSION:3.0\nFN:Paz\nEND:VCARD\n", "--input-format vcard"),
            ("jsonl", "\u{FEFF}begin:vcard\r\nVERSION:3.0\r\n", "--input-format vcard"),
            ("vcard", #"[{"last_name":"Paz"}]"#, "--input-format json"),
            ("csv", "BEGIN:VCALENDAR\n", "iCalendar"), ("csv", "PK\u{3}\u{4}xl/workbook.xml", "CSV"),
            ("csv", "<html><table>", "HTML"), ("csv", "<?xml version=\"1.0\"?>", "XML"),
        ]
    )
    func otherForm(format: String, text: String, words: String) throws {
        for language in ["en", "es"] {
            let options = ["contact", "import", "--input-format", format, "--lang", language]
            for arguments in [options, options + [try crm.write(text, to: "in.txt")]] {
                let result = try crm.run(arguments, stdin: Array(text.utf8))
                #expect(result.status == 6)
                #expect(result.errors.contains(words), "\(result.errors)")
            }
        }
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
    }

    @Test(
        "Objects one after another are read as jq prints them, whatever the file is called",
        arguments: [
            "{\n  \"last_name\": \"Paz\",\n  \"tags\": [\n    \"a\"\n  ]\n}\n{\n  \"last_name\": \"Sol\"\n}\n",
            "{\"last_name\":\"Paz\"}\n{\"last_name\":\"Sol\"}\n",
            "{\r\n\"last_name\": \"Paz\"\r\n}\r\n\r\n{\r\n\"last_name\": \"Sol\"\r\n}",
        ],
        [["in.json"], ["in.jsonl"], ["--input-format", "json"], ["--input-format", "jsonl"]]
    )
    func stream(text: String, from words: [String]) throws {
        if words.count == 1 { try crm.write(text, to: words[0]) }
        let result = try crm.run(["contact", "import"] + words, stdin: Array(text.utf8))
        #expect(result.status == 0 && result.output == "2 rows, 2 created\n", "\(result.errors)")
        #expect(try crm.sql("SELECT group_concat(last_name) FROM contact") == "Paz,Sol")
    }

    @Test("What is refused of such objects is told by its line and can be corrected")
    func refusedOfStream() throws {
        let text = "{\n  \"last_name\": \"Paz\"\n}\n{\n  \"last_name\": \"Sol\",\n  \"email\": \"x\"\n}\nnull\n"
        let path = try crm.write(text, to: "in.json")
        let result = try crm.run("contact", "import", path, "--rejects", "out.json")
        #expect(result.status == 6 && result.errors.contains("line 4") && result.errors.contains("line 8"))
        #expect(result.errors.contains("a record must be a JSON object"), "\(result.errors)")
        let again = try crm.run("contact", "import", "out.json")
        #expect(again.status == 6 && again.errors.contains("x"), "\(again.errors)")
    }

    @Test("An element of an array that is no object is not called a line")
    func elements() throws {
        let path = try crm.write("[null,{\"last_name\":\"Paz\"}]", to: "in.json")
        let result = try crm.run("contact", "import", path)
        #expect(result.status == 6 && result.errors.contains("a record must be a JSON object"), "\(result.errors)")
    }

    @Test("So is an export of all modules that a program for JSON has spread over lines")
    func spreadExport() throws {
        try crm.add("contact", "--last-name", "Paz")
        let all = try crm.succeed("export").output.split(separator: "\n")
        let spread = all.map { "{\n\($0.dropFirst().dropLast())\n}" }
        let other = try CRM()
        let result = try other.run(["apply", "-"], stdin: Array(spread.joined(separator: "\n").utf8))
        #expect(result.status == 0, "\(result.errors)")
        #expect(try other.sql("SELECT last_name FROM contact") == "Paz")
    }

    @Test(
        "A table whose cells are separated otherwise says by what",
        arguments: [
            (["last_name;email\nPaz;p@example.org\n"], "--delimiter ';', "),
            (["last_name\temail\nPaz\t\n"], "--delimiter tab"),
            (["last_name,email\nPaz,\n", "--excel-es"], "--delimiter ,"),
            (["last_name;email,work;phone\nPaz;;\n", "--ignore-unknown"], "--delimiter ';', "),
        ]
    )
    func separator(arguments: [String], words: String) throws {
        let text = try #require(arguments.first)
        let result = try crm.run(["contact", "import"] + arguments.dropFirst(), stdin: Array(text.utf8))
        #expect(result.status == 6)
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(result.errorLines.count == 1)
    }

    // MARK: - Links

    @Test("Links are read as an import is: preset, encoding, separator line, rows that are none")
    func links() throws {
        try crm.add("contact", "--last-name", "Paz", "--email", "paz@example.org")
        try crm.add("asset", "--name", "Portátil", "--serial", "Ñ-1")
        try crm.add("asset", "--name", "Monitor", "--serial", "M-2")
        let text =
            "sep=;\r\ncontact.email;asset.serial;role;since;\r\npaz@example.org;Ñ-1;custodian;1/3/2026;\r\n;;;;\r\n"
        let bytes = [UInt8](try #require(text.data(using: .windowsCP1252)))
        let result = try crm.succeed("contact", "link", "asset", "--input", crm.write(bytes, to: "l.csv"), "--excel-es")
        #expect(result.output == "1 linked\n")
        #expect(try crm.sql("SELECT since FROM contact_asset") == "2026-03-01")
        let table = "asset\trole\nserial:M-2\tcustodian\nasset\trole\n"
        let second = try crm.succeed(
            "contact",
            "link",
            "asset",
            "1",
            "--input",
            "-",
            "--input-format",
            "csv",
            "--delimiter",
            "tab",
            stdin: table
        )
        #expect(second.errors == "crm: passed over line 3, which repeats the header\n")
        #expect(second.output == "1 linked\n")
        let doubt = try crm.run(
            "contact",
            "link",
            "asset",
            "--input",
            "l.csv",
            "--delimiter",
            ",",
            "--encoding",
            "cp1252",
            "--dates",
            "dmy"
        )
        #expect(doubt.status == 0, "the separator line tells: \(doubt.errors)")
        let plain = try crm.run(
            "contact",
            "link",
            "asset",
            "--input",
            "-",
            "--lang",
            "es",
            stdin: "contact;asset\n1;1\n"
        )
        #expect(plain.status == 6)
        #expect(plain.errors.contains("--delimiter ';'"))
        #expect(try crm.run("contact", "link", "asset", "1", "1", "--excel-es").status == 2)
        #expect(try crm.run("contact", "link", "asset", "--input", "l.jsonl", "--excel-es").status == 2)
    }
}

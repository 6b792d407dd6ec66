import Foundation
import Testing

/// What `crm MODULE import` reads: formats, encodings, spellings and headers.
@Suite struct ImportReadingTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    /// The contacts that are there, a line each.
    private func contacts(_ columns: String = "last_name, email") throws -> [String] {
        try crm.sql("SELECT \(columns) FROM contact ORDER BY id").split(separator: "\n").map(String.init)
    }

    // MARK: - Formats

    private static let formats = [
        ("csv", "last_name,email\n\"Ruiz, Paz\",ana@example.org\n"),
        ("tsv", "last_name\temail\nRuiz, Paz\tana@example.org\n"),
        ("json", #"[{"last_name":"Ruiz, Paz","email":"ana@example.org"}]"#),
        ("jsonl", #"{"last_name":"Ruiz, Paz","email":"ana@example.org"}"#),
    ]

    @Test("The format is told by the file's name", arguments: formats)
    func named(format: String, text: String) throws {
        let file = try crm.write(text, to: "Contacts.\(format.uppercased())")
        #expect(try crm.succeed("contact", "import", file).output == "1 row, 1 created\n")
        #expect(try contacts() == ["Ruiz, Paz|ana@example.org"])
    }

    @Test("The format is told by --input-format, whatever the name, and from standard input", arguments: formats)
    func told(format: String, text: String) throws {
        try crm.succeed("contact", "import", "--input-format", format, stdin: text)
        let file = try crm.write(text, to: "contacts.txt")
        try crm.succeed("contact", "import", "--input-format", format, file)
        #expect(try contacts() == ["Ruiz, Paz|ana@example.org", "Ruiz, Paz|ana@example.org"])
    }

    @Test("Standard input, and a name that says nothing, are CSV")
    func csvByDefault() throws {
        try crm.succeed("contact", "import", stdin: "last_name\nRuiz\n")
        try crm.succeed("contact", "import", "-", stdin: "last_name\r\nPaz\r\n")
        try crm.write("last_name\nGil", to: "people")
        try crm.succeed("contact", "import", "people")
        #expect(try contacts("last_name") == ["Ruiz", "Paz", "Gil"])
    }

    @Test(
        "Options that make no sense are refused with 2",
        arguments: [
            (["--input-format", "xml"], "csv tsv json jsonl"), (["--input-format", "id"], "csv tsv json jsonl"),
            (["--delimiter", ":"], ", ; tab |"), (["--encoding", "ebcdic"], "utf-8"), (["--decimal", ";"], ". ,"),
            (["--dates", "ymd"], "dmy"), (["--map", "Surname"], "Their Column=field"),
            (["--on-match", "merge", "--match", "email"], "update skip error"),
            (["--match", "shoe"], "no field \"shoe\""),
            (["--create-missing", "shoe"], "organization"), (["--only-empty"], "--match"),
            (["--on-match", "skip"], "--match"), (["--delete-missing"], "--match"),
            (["--batch-size", "10"], "--journal"),
            (["--batch-size", "0", "--journal", "j"], "--batch-size"),
            (["--journal", "j", "--delete-missing", "--match", "email"], "leave --journal out"),
            (["--input-format", "json", "--decimal", ","], "says nothing about json"),
            (["--input-format", "jsonl", "--excel-es"], "says nothing about jsonl"),
            (["--input-format", "tsv", "--delimiter", ";"], "says nothing about tsv"),
            (["a.csv", "b.csv"], "b.csv"),
        ] as [([String], String)]
    )
    func usage(options: [String], words: String) throws {
        let result = try crm.run(["contact", "import"] + options, stdin: Array("last_name,email\nRuiz,\n".utf8))
        #expect(result.status == 2)
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(try contacts() == [])
        #expect(!crm.has("j"))
    }

    // MARK: - Spelling

    @Test(
        "Characters are read in the encoding that is told, or that the first bytes tell",
        arguments: [
            (["--encoding", "latin1"], String.Encoding.isoLatin1, ""), (["--encoding", "cp1252"], .windowsCP1252, ""),
            (["--encoding", "utf-16"], .utf16LittleEndian, ""), (["--encoding", "utf-8"], .utf8, ""),
            ([], .utf16LittleEndian, "\u{FEFF}"), ([], .utf16BigEndian, "\u{FEFF}"), ([], .utf8, "\u{FEFF}"),
            (["--encoding", "utf-8"], .utf8, "\u{FEFF}"),
        ]
    )
    func encodings(options: [String], encoding: String.Encoding, mark: String) throws {
        let text = mark + "last_name,title\nMuñoz Íñiguez,«¿Jefe?»\n"
        let bytes = [UInt8](try #require(text.data(using: encoding)))
        let file = try crm.write(bytes, to: "in.csv")
        try crm.succeed(["contact", "import", file] + options)
        #expect(try contacts("last_name, title") == ["Muñoz Íñiguez|«¿Jefe?»"])
    }

    @Test(
        "A preset assumes an encoding, and text that is UTF-8 is UTF-8 all the same",
        arguments: [String.Encoding.utf8, .windowsCP1252, .utf16LittleEndian, .utf16BigEndian],
        [0, 20_000]
    )
    func assumedEncoding(encoding: String.Encoding, plainRows: Int) throws {
        let text = "Apellidos;Nombre\r\n" + String(repeating: "Paz;Ana\r\n", count: plainRows) + "Muñoz;María\r\n"
        try crm.write([UInt8](try #require(text.data(using: encoding))), to: "in.csv")
        try crm.succeed("contact", "import", "in.csv", "--excel-es")
        #expect(try contacts("last_name, first_name").last == "Muñoz|María")
    }

    @Test(
        "An encoding that the bytes contradict is an error, which names the first such byte and its place",
        arguments: [
            ("latin1", Array("last_name\nPaz\nMuñoz\n".utf8), "2|3|3", "C3 B1", "utf-8"),
            ("cp1252", Array("last_name\nMuñoz\n".utf8), "1|2|3", "C3 B1", "utf-8"),
            ("utf-16", Array("last_name\nPaz\n".utf8), "0|1|1", "6C 61", "utf-8"),
            ("utf-8", Array("last_name\nMu".utf8) + [0xF1, 0x6F, 0x0A], "1|2|3", "F1", "cp1252"),
            ("cp1252", Array("last_name\nMu".utf8) + [0x81, 0x6F, 0x0A], "1|2|3", "81", "cp1252"),
            ("utf-8", Array("l\0n\0\n\0".utf8), "0|1|2", "NUL", "utf-16"),
        ] as [(String, [UInt8], String, String, String)]
    )
    func contradictedEncoding(name: String, bytes: [UInt8], place: String, shown: String, remedy: String) throws {
        try crm.write(bytes, to: "in.csv")
        for language in ["en", "es"] {
            let result = try crm.run(
                "contact",
                "import",
                "in.csv",
                "--encoding",
                name,
                "--continue-on-error",
                "--json",
                "--lang",
                language
            )
            #expect(result.status == 6)
            let error = try JSON(try #require(result.errorLines.first))["error"]
            let found = ["row", "line", "column"].map { error?[$0]?.integer.map(String.init) ?? "-" }
            #expect(found.joined(separator: "|") == place, "\(result.errors)")
            #expect(error?["message"]?.string?.contains(shown) == true, "\(result.errors)")
            #expect(error?["message"]?.string?.contains(remedy) == true, "\(result.errors)")
        }
        #expect(try contacts("last_name").allSatisfy { $0 == "Paz" })
    }

    @Test("The euro sign and curly quotes are those of Windows")
    func windows() throws {
        try crm.write(Array("last_name\n".utf8) + [0x80, 0x93, 0x94, 0x0A], to: "in.csv")
        try crm.succeed("contact", "import", "in.csv", "--encoding", "cp1252")
        #expect(try contacts("last_name") == ["€“”"])
    }

    @Test(
        "Cells are separated as told",
        arguments: [(",", ","), ("comma", ","), (";", ";"), ("semicolon", ";"), ("tab", "\t"), (#"\t"#, "\t")]
    )
    func delimiters(option: String, byte: String) throws {
        try crm.succeed(
            "contact",
            "import",
            "--delimiter",
            option,
            stdin: "last_name\(byte)email\nRuiz\(byte)a@b.example\n"
        )
        #expect(try contacts() == ["Ruiz|a@b.example"])
    }

    @Test(
        "Numbers and dates are read as told, and never guessed",
        arguments: [
            (["--decimal", ","], "1.234,50", "2026-12-31", "123450|2026-12-31"),
            (["--decimal", "."], "1234.50", "2026-12-31", "123450|2026-12-31"),
            (["--dates", "dmy"], "1", "01/02/2026", "100|2026-02-01"),
            (["--dates", "mdy"], "1", "01/02/2026", "100|2026-01-02"),
            (["--dates", "iso"], "1", "2026-01-02", "100|2026-01-02"),
            (["--dates", "dmy"], "1", "2026-01-02", "100|2026-01-02"),
            ([], "$1,234.50", "31/12/2026", "123450|2026-12-31"),
        ]
    )
    func numbers(options: [String], amount: String, date: String, stored: String) throws {
        let text = "name;serial;value;sold_on\nLaptop;0081;\(amount);\(date)\n"
        try crm.succeed(["asset", "import", "--delimiter", ";"] + options, stdin: text)
        #expect(try crm.sql("SELECT value, sold_on FROM asset") == stored)
        #expect(try crm.sql("SELECT serial FROM asset") == "0081")
    }

    @Test(
        "What is not spelled as told is an error, not another number",
        arguments: [
            ([], "1.234", "2026-12-31"), ([], "1,500", "2026-12-31"), (["--decimal", ","], "1234.50", "2026-12-31"),
            (["--decimal", ","], "1,2,3", "2026-12-31"), ([], "1", "3/4/2026"),
            (["--dates", "mdy"], "1", "31/12/2026"),
            (["--dates", "dmy"], "1", "31/13/26"), ([], "1", "2026-02-30"), ([], "1e3", "2026-12-31"),
        ]
    )
    func misspelled(options: [String], amount: String, date: String) throws {
        let text = "name;serial;value;sold_on\nLaptop;0081;\(amount);\(date)\n"
        let result = try crm.run(["asset", "import", "--delimiter", ";"] + options, stdin: Array(text.utf8))
        #expect(result.status == 6)
        #expect(result.errors.contains("row 1 (line 2"))
    }

    @Test("What a Spanish Excel writes is read, as ANSI and as UTF-8 with a mark")
    func excel() throws {
        let text =
            "Nombre del activo;Número de serie;Valor;Fecha de venta\r\n\"Portátil; 15\"\"\";0081;1.234,50;31/12/2026\r\n"
        let ansi = [UInt8](try #require(text.data(using: .windowsCP1252)))
        for (number, bytes) in [ansi, Array("\u{FEFF}\(text)".utf8)].enumerated() {
            try crm.write(bytes, to: "activos.csv")
            let report = try crm.succeed("asset", "import", "activos.csv", "--excel-es", "--match", "serial").output
            #expect(report == (number == 0 ? "1 row, 1 created\n" : "1 row, 1 unchanged\n"))
            #expect(
                try crm.sql("SELECT name, serial, value, sold_on FROM asset") == "Portátil; 15\"|0081|123450|2026-12-31"
            )
        }
    }

    @Test("Text that looks like a number stays as it is written")
    func noGuessing() throws {
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.succeed(
            "address",
            "import",
            stdin: "contact.email,postal_code,street\nana@example.org,08001,1E5\nana@example.org,+34 08,2026-01-01\n"
        )
        #expect(try crm.sql("SELECT postal_code, street FROM address ORDER BY id") == "08001|1E5\n+34 08|2026-01-01")
        try crm.succeed("contact", "import", stdin: "last_name,phone\nPaz,+34 911 234 567\n")
        #expect(try contacts("phone").last == "+34 911 234 567")
    }

    // MARK: - Headers

    @Test(
        "Headers are keys, labels in either language, or those of a vtiger export",
        arguments: [
            "last_name,email", "Last name,Email", "LAST NAME,email", "Apellidos,Correo electrónico",
            "Last Name,Primary Email",
        ]
    )
    func headers(header: String) throws {
        try crm.succeed("contact", "import", stdin: "\(header)\nRuiz,ana@example.org\n")
        #expect(try contacts() == ["Ruiz|ana@example.org"])
    }

    @Test("A vtiger export comes in as it is, in English and in Spanish")
    func vtiger() throws {
        try crm.add("organization", "--name", "Acme, S.A.")
        let english = """
            "First Name","Last Name","Organization Name","Office Phone","Primary Email","Contact Id","Created Time"
            "Ana","Ruiz","Accounts::::Acme, S.A.","55 1234 5678","ana@example.org","CON1","2020-01-01 10:00:00"
            """
        let spanish = """
            "Nombre","Apellidos","Nombre de la Cuenta","Teléfono Oficina","Correo Electrónico","Núm. Contacto"
            "Eva","Gil","Accounts::::Beta","55 8765 4321","eva@example.org","CON2"
            """
        try crm.succeed("contact", "import", "--match", "external_id", stdin: english)
        try crm.succeed(
            "contact",
            "import",
            "--match",
            "external_id",
            "--create-missing",
            "organization",
            stdin: spanish
        )
        #expect(
            try crm.sql(
                """
                SELECT c.first_name, c.last_name, o.name, c.phone, c.email, c.external_id
                FROM contact c JOIN organization o ON o.id = c.organization ORDER BY c.id
                """
            ) == "Ana|Ruiz|Acme, S.A.|55 1234 5678|ana@example.org|CON1\nEva|Gil|Beta|55 8765 4321|eva@example.org|CON2"
        )
        try crm.succeed("contact", "import", stdin: "last_name,tags\nSol,vip |##| año nuevo\n")
        #expect(try contacts("tags").last == #"["vip","año nuevo"]"#)
    }

    @Test("Columns that only the user understands are mapped, or passed over")
    func map() throws {
        let text = "Kin,Mail = main,Shoe size,Age\nRuiz,ana@example.org,38,40\n"
        let unknown = try crm.run("contact", "import", stdin: text)
        #expect(unknown.status == 6)
        #expect(unknown.errors.contains("crm: header (line 1), Kin: no such column"))
        #expect(unknown.errors.contains("last_name, ") && unknown.errors.contains("asset.…"))
        try crm.succeed(
            [
                "contact", "import", "--map", "Kin=last_name", "--map", "mail = MAIN=email", "--map", "Shoe size=-",
                "--map", "Age=-",
            ],
            stdin: text
        )
        try crm.succeed(
            ["contact", "import", "--map", "Kin=last_name", "--map", "Mail = main=email", "--ignore-unknown"],
            stdin: text
        )
        #expect(try contacts() == ["Ruiz|ana@example.org", "Ruiz|ana@example.org"])
    }

    @Test("What would become what is told, and nothing is imported", arguments: ["csv", "jsonl", "json"])
    func showMapping(format: String) throws {
        let input =
            switch format {
            case "csv": "Apellidos,organization.name,asset.serial,contacts,Shoe,id\nRuiz,,,,,\n"
            default:
                (format == "json" ? "[" : "") + #"{"Apellidos":"Ruiz","organization.name":null}"#
                    + (format == "json" ? "," : "\n") + #"{"asset.serial":"X","contacts":[],"Shoe":1,"id":3}"#
                    + (format == "json" ? "]" : "\n")
            }
        let options = ["contact", "import", "--show-mapping", "--input-format", format, "--map", "contacts=assets"]
        #expect(
            try crm.succeed(options, stdin: input).output == """
                Apellidos\tlast_name
                organization.name\torganization.name
                asset.serial\tasset.serial
                contacts\tassets
                Shoe\t(unknown)
                id\tid

                """
        )
        let json = try JSON(crm.succeed(options + ["--json"], stdin: input).outputBytes)
        #expect(
            json.elements.map { $0["column"]?.string } == [
                "Apellidos", "organization.name", "asset.serial", "contacts", "Shoe", "id",
            ]
        )
        #expect(
            json.elements.map { $0["field"] } == [
                "last_name", "organization.name", "asset.serial", "assets", .some(.null), "id",
            ]
        )
        #expect(try crm.succeed(options + ["--lang", "es"], stdin: input).output.contains("Shoe\t(desconocida)"))
        #expect(try contacts() == [])
    }

    @Test(
        "A column that holds the same as another is refused",
        arguments: [
            "email,email", "organization.name,organization.name", "asset,role,link.role",
        ]
    )
    func doubled(header: String) throws {
        let cells = header.split(separator: ",").map { _ in "x" }.joined(separator: ",")
        let result = try crm.run("contact", "import", stdin: "last_name,\(header)\nRuiz,\(cells)\n")
        #expect(result.status == 6)
        #expect(result.errors.contains(" means "), "\(result.errors)")
    }

    @Test("An input with a header alone has no rows; one with nothing at all is no table")
    func empty() throws {
        #expect(try crm.succeed("contact", "import", stdin: "last_name\n").output == "0 rows\n")
        #expect(try crm.succeed("contact", "import", "--input-format", "json", stdin: "[]").output == "0 rows\n")
        #expect(try crm.succeed("contact", "import", "--input-format", "jsonl", stdin: "").output == "0 rows\n")
        for format in ["csv", "tsv", "json"] {
            for input in ["", "\n\n", "\u{FEFF}"] {
                let result = try crm.run("contact", "import", "--input-format", format, stdin: input)
                #expect(result.status == 6, "\(format) \(input.debugDescription)")
                #expect(result.errors.hasPrefix("crm: "))
            }
        }
        #expect(try crm.sql("SELECT count(*) FROM change_set") == "0")
    }

    @Test("A cell of 1 MB comes in whole")
    func large() throws {
        let text = String(repeating: "ñ\"\n", count: 250_000)
        let cell = text.replacingOccurrences(of: "\"", with: "\"\"")
        try crm.succeed("contact", "import", stdin: "last_name,description\nRuiz,\"\(cell)\"\n")
        #expect(try crm.sql("SELECT length(description) FROM contact") == "750000")
        #expect(try crm.json("contact", "show", "1")["description"]?.string == text)
    }
}

import Testing

/// Rows that cannot be linked: each is reported with its place, and nothing is written.
@Suite struct BulkLinkErrorTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    /// An input with something wrong, and where standard error must say it is.
    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let places: [String]
        let words: [String]

        init(_ description: String, _ text: String, _ places: String..., words: [String] = []) {
            self.init(description, Array(text.utf8), places, words: words)
        }

        init(_ description: String, _ bytes: [UInt8], _ places: [String], words: [String] = []) {
            testDescription = description
            self.bytes = bytes
            self.places = places
            self.words = words
        }

        private static let head = "contact,asset,role\n4,1,user\n"

        static let all = [
            Bad("a ragged row", head + "4\n4,2,user,x\n", "row 2 (line 3, column 2)", "row 3 (line 4, column 10)"),
            Bad("a bare quote", head + "4,2\"7,user\n", "row 2 (line 3, column 4)"),
            Bad("text after a quote", head + "4,\"2\"x,user\n", "row 2 (line 3, column 6)"),
            Bad("a quote never closed", head + "4,\"2,user\n5,1,\n", "row 2 (line 3, column 3)"),
            Bad("a bare carriage return", head + "4,2\r,user\n", "row 2 (line 3, column 4)"),
            Bad("NUL", head + "4,2\0,user\n", "row 2 (line 3, column 4)"),
            Bad("invalid UTF-8", Array(head.utf8) + [0x34, 0x2C, 0xFF, 0x2C, 0x0A], ["row 2 (line 3, column 3)"]),
            Bad(
                "a row after one of several lines",
                head + "4,2,\"us\ner\"\n99,1,\n",
                "row 2 (line 3",
                "row 3 (line 5, column 1)"
            ),
            Bad("an unknown contact by id", head + "99,1,user\n", "row 2 (line 3, column 1), contact \"99\""),
            Bad("an unknown asset by id", head + "4,99,user\n", "row 2 (line 3, column 3), asset \"99\""),
            Bad("an unknown reference", head + "4,serial:Z,user\n", "row 2 (line 3, column 3), asset \"serial:Z\""),
            Bad(
                "an ambiguous reference",
                head + "name:Ana Ruiz,2,user\n",
                "row 2 (line 3, column 1), contact \"name:Ana Ruiz\""
            ),
            Bad("a word that is no reference", head + "Ana,2,user\n", "row 2 (line 3, column 1), contact \"Ana\""),
            Bad("no reference", head + ",2,user\n", "row 2 (line 3, column 1), contact"),
            Bad("an unknown role", head + "4,2,boss\n", "row 2 (line 3, column 5), role \"boss\""),
            Bad(
                "an unknown key",
                "contact.email,asset\nzz@example.org,1\n",
                "row 1 (line 2, column 1), contact.email \"zz@example.org\""
            ),
            Bad(
                "a number that is not written as an id is",
                "contact,asset\n4,001\n",
                "row 1 (line 2, column 3), asset \"001\""
            ),
            Bad("an unknown column", "contact,asset,colour\n4,1,x\n", "header (line 1), colour"),
            Bad("an unknown key column", "contact,asset.colour\n4,1\n", "header (line 1), asset.colour"),
            Bad("a side that is missing", "contact,role\n4,user\n", "header (line 1): ", words: []),
            Bad("a side named twice", "contact,contact.email,asset\n4,x@y.zz,1\n", "header (line 1)"),
            Bad("nothing at all", "", "header (line 1)"),
            Bad(
                "JSON that ends early",
                "{\"contact\":4,\"asset\":1}\n{\"contact\":4\n",
                "row 2 (line 2, column 13)",
                words: jsonl
            ),
            Bad("a line that is no object", "[4,1]\nnull\n", "row 1 (line 1)", "row 2 (line 2)", words: jsonl),
            Bad("a key twice", "{\"contact\":4,\"contact\":5,\"asset\":1}\n", "row 1 (line 1, column", words: jsonl),
            Bad(
                "an unknown key in JSON",
                "{\"contact\":4,\"asset\":1,\"colour\":1}\n",
                "row 1 (line 1), colour",
                words: jsonl
            ),
            Bad("a value that is no word", "{\"contact\":[4],\"asset\":1}\n", "row 1 (line 1), contact", words: jsonl),
            Bad(
                "an unknown id in JSON",
                "{\"contact\":99,\"asset\":1}\n",
                "row 1 (line 1), contact \"99\"",
                words: jsonl
            ),
        ]

        private static let jsonl = ["--input-format", "jsonl"]
    }

    @Test("Each bad row is told with row, line and column, and nothing is written", arguments: Bad.all)
    func places(_ bad: Bad) throws {
        let before = try crm.sql("SELECT count(*), max(id) FROM contact_asset")
        let words = ["contact", "link", "asset", "--input", "-"] + bad.words
        let result = try crm.run(words, stdin: bad.bytes)
        #expect(result.status == 6)
        #expect(result.output.hasSuffix("\(bad.places.count) refused; nothing was saved\n"), "\(result.output)")
        #expect(result.errorLines.count == bad.places.count, "\(result.errors)")
        for (line, place) in zip(result.errorLines, bad.places) { #expect(line.hasPrefix("crm: " + place), "\(line)") }
        #expect(try crm.sql("SELECT count(*), max(id) FROM contact_asset") == before)

        let json = try crm.run(words + ["--json"], stdin: bad.bytes)
        #expect(json.status == 6)
        let report = try JSON(json.outputBytes)
        #expect(report["committed"] == false)
        #expect(report["refused"] == .number("\(bad.places.count)"))
        for line in json.errorLines {
            let error = try JSON(line)["error"]
            #expect(error?["code"] == "rejected")
            #expect(error?["line"]?.integer != nil)
            #expect(error?.keys.contains("column") == true)
        }
        #expect(json.errorLines.count == bad.places.count)
    }

    @Test("All bad rows are told, and the good ones among them are not written")
    func several() throws {
        let csv = "contact,asset,role\n4,1,user\n99,1,user\n4,2,user\n4,serial:Q,user\n4,3,boss\n5,1,user,x\n"
        let result = try crm.run(["contact", "link", "asset", "--input", "-"], stdin: Array(csv.utf8))
        #expect(result.status == 6)
        #expect(result.output == "2 linked, 4 refused; nothing was saved\n")
        #expect(
            result.errorLines.map { $0.prefix { $0 != "," } } == [
                "crm: row 2 (line 3", "crm: row 4 (line 5", "crm: row 5 (line 6", "crm: row 6 (line 7",
            ]
        )
        #expect(try crm.succeed("contact", "links", "asset", "4", "--count").output == "0\n")
    }

    @Test("A list of ids is told by its lines")
    func ids() throws {
        let bytes = Array("1\n\nbad\n99\n".utf8) + [0xFF, 0x0A] + Array("3\n".utf8)
        let result = try crm.run(["contact", "link", "asset", "4", "--input", "-"], stdin: bytes)
        #expect(result.status == 6)
        #expect(result.errorLines.map { String($0.prefix { $0 != ":" || $0 == " " }) }.count == 3)
        #expect(result.errorLines[0].contains("(line 3, column 1), asset \"bad\""))
        #expect(result.errorLines[1].contains("(line 4, column 1), asset \"99\""))
        #expect(result.errorLines[2].contains("(line 5, column 1)"))
    }

    @Test("An unlink of what is not there is told as well")
    func unlink() throws {
        let result = try crm.run(
            ["contact", "unlink", "asset", "--input", "-"],
            stdin: Array("contact,asset\n1,1\n1,99\n".utf8)
        )
        #expect(result.status == 6)
        #expect(result.errors.contains("row 2 (line 3, column 3), asset \"99\""))
        #expect(try crm.succeed("contact", "links", "asset", "1", "--count").output == "1\n")
    }

    @Test("A rule refuses a row by its place")
    func rule() throws {
        let csv = "contact,opportunity,role\n3,1,influencer\n2,1,primary\n"
        let result = try crm.run(["contact", "link", "opportunity", "--input", "-"], stdin: Array(csv.utf8))
        #expect(result.status == 6)
        #expect(result.errors.contains("row 2 (line 3)"))
        #expect(try crm.succeed("opportunity", "links", "contact", "1", "--count").output == "1\n")
    }

    @Test("What keeps an input from being read at all is no bad row")
    func unreadable() throws {
        let missing = try crm.run("contact", "link", "asset", "--input", "missing.csv")
        #expect(missing.status == 74)
        #expect(missing.errors == "crm: missing.csv: cannot read: No such file or directory\n")
        let spanish = try crm.run("contact", "link", "asset", "--input", "missing.csv", "--lang", "es")
        #expect(spanish.errors == "crm: missing.csv: no se puede leer: no existe el archivo o la carpeta\n")
        #expect(try crm.run("contact", "link", "asset", "--input", crm.folder).status == 74)
        #expect(try crm.run("contact", "link", "asset", "--input", "-", "--input-format", "xml").status == 2)
        try crm.write("1\n", to: "ids.txt")
        #expect(try crm.run("contact", "link", "asset", "4", "1", "--input", "ids.txt").status == 2)
    }

    @Test("Every wrong cell of a row is named, and the row counts once")
    func everyCell() throws {
        try crm.write("contact,asset.serial,role,since\n99,Z,boss,soon\n", to: "links.csv")
        let result = try crm.run("contact", "link", "asset", "--input", crm.file("links.csv"))
        #expect(result.status == 6)
        #expect(result.output == "1 refused; nothing was saved\n")
        let places = ["1), contact", "4), asset.serial", "6), role", "11), since"]
        #expect(result.errorLines.count == places.count)
        for (line, place) in zip(result.errorLines, places) {
            #expect(line.hasPrefix("crm: row 1 (line 2, column \(place) "), "\(line)")
        }
    }

    @Test(
        "An input of another kind says what to do with it",
        arguments: [(".", "Is a directory"), ("c.vcf", "contact import")]
    )
    func otherKind(name: String, remedy: String) throws {
        try crm.write("BEGIN:VCARD\r\nVERSION:3.0\r\nN:Soto;Eva;;;\r\nEND:VCARD\r\n", to: "c.vcf")
        let path = name == "." ? crm.folder : crm.file(name)
        let result = try crm.run("contact", "link", "asset", "--input", path)
        #expect(result.status == (name == "." ? 74 : 2))
        #expect(result.errors.contains(remedy) && (name != "." || result.errors.contains(path)), "\(result.errors)")
    }

    @Test("References of one side alone say that the other is to be named")
    func oneSide() throws {
        let crm = try CRM()
        let bare = try crm.run("contact", "link", "asset", "--input", "-", stdin: "1\n2\n")
        #expect(bare.status == 6 && bare.errors.contains("'contact link asset 42 --input -'"), "\(bare.errors)")
        let dash = try crm.run("contact", "link", "asset", "1", "-", stdin: "1\n")
        #expect(dash.status == 2 && dash.errors.contains("give --input - to read them"), "\(dash.errors)")
    }

    @Test("No form is offered that holds no links")
    func forms() throws {
        let crm = try CRM()
        let help = try crm.succeed("contact", "link", "asset", "--help").output
        #expect(help.contains("jsonl") && !help.contains("cfdi") && !help.contains("vcard"), "\(help)")
    }

    @Test(
        "A file of links that is given to an import makes no records, and says what takes it",
        arguments: [
            "contact,asset\n1,1\n", "asset,contact,role\n1,1,user\n", "contact.email,asset.serial\na@x.example,S\n",
        ]
    )
    func imported(rows: String) throws {
        let crm = try CRM()
        for noun in ["contact", "asset"] {
            let result = try crm.run(noun, "import", stdin: rows)
            #expect(
                result.status == 6 && result.errors.contains("'contact link asset --input FILE'"),
                "\(result.errors)"
            )
        }
        let named = try crm.run("contact", "import", "--map", "contact=name", stdin: "contact,asset\nAna Ruiz,\n")
        #expect(named.status == 0, "\(named.errors)")
    }

    @Test("A text of Excel with tabs is a table, where no record is named beside it")
    func unicodeText() throws {
        let text = "\u{FEFF}contact\tasset\trole\r\n4\t2\tuser\r\n"
        try crm.write([UInt8](text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }), to: "in.txt")
        let told = try crm.run("contact", "link", "asset", "--input", "in.txt", "--dry-run")
        #expect(told.status == 6 && told.errors.contains("give --delimiter tab"), "\(told.errors)")
        let linked = try crm.run("contact", "link", "asset", "--input", "in.txt", "--delimiter", "tab", "--dry-run")
        #expect(linked.status == 0 && linked.output.contains("linked"), "\(linked)")
    }
}

import Testing

/// Links taken in from a file or standard input.
@Suite struct BulkLinkTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    private func pairs(_ words: String...) throws -> [String] {
        let links = try ["1", "2", "3"].flatMap { asset in
            try crm.succeed(
                ["asset", "links", "contact", asset, "--columns", "id,link.role,link.since", "--no-header"] + words
            ).lines.map { "\(asset): " + $0 }
        }
        return links.sorted()
    }

    @Test("A column that is nothing of a link is refused with the remedy, and passed over where that is asked for")
    func strangeColumns() throws {
        let rows = "contact,asset,Modelo\n4,1,HP\n"
        let refused = try crm.run("contact", "link", "asset", "--input", "-", stdin: rows)
        #expect(refused.status == 6, "\(refused.errors)")
        #expect(refused.errors.contains("pass it over with --ignore-unknown"), "\(refused.errors)")
        for verb in ["link", "unlink"] {
            let taken = try crm.run("contact", verb, "asset", "--input", "-", "--ignore-unknown", stdin: rows)
            #expect(taken.status == 0, "\(taken.errors)")
            #expect(taken.errors.contains("passed over the column Modelo"), "\(taken.errors)")
        }
    }

    /// An input that brings links in.
    struct Input: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let words: [String]
        let bytes: String

        init(_ description: String, _ words: [String] = [], _ bytes: String) {
            testDescription = description
            self.words = words
            self.bytes = bytes
        }

        /// Each links asset 3 with contacts 1, as user since 2026-05-01, and 2.
        static let all = [
            Input("CSV by ids", [], "contact,asset,role,since\n1,3,user,2026-05-01\n2,3,,\n"),
            Input(
                "CSV of numbers with decimals",
                [],
                "contact,asset.id,role,since\n1.0,3.0,user,2026-05-01\n2.0,3.0,,\n"
            ),
            Input("CSV with lines that end in CR", [], "contact,asset,role,since\r1,3,user,2026-05-01\r2,3,,\r"),
            Input("CSV in another order", [], "since,asset,role,contact\n2026-05-01,3,user,1\n,3,,2\n"),
            Input(
                "CSV by natural keys",
                [],
                "contact.email,asset.serial,role,since\njose@example.org,X3,user,2026-05-01\nANA@example.org,X3,,\n"
            ),
            Input(
                "CSV by other natural keys",
                [],
                "contact.ext,asset.name,role,since\nK-0,TECLADO,Usuario,2026-05-01\nK-1,teclado,,\n"
            ),
            Input(
                "CSV with references",
                [],
                "contact,asset,role,since\next:K-1,serial:X3,,\nphone:5512345678,3,user,2026-05-01\n"
            ),
            Input(
                "CSV with quotes",
                [],
                "\"contact\",\"asset\",\"role\",\"since\"\r\n\"1\",\"3\",\"user\",\"2026-05-01\"\r\n2,3,,\r\n"
            ),
            Input(
                "CSV with a byte order mark",
                [],
                "\u{FEFF}contact,asset,role,since\r\n1,3,user,2026-05-01\r\n2,3,,\r\n"
            ),
            Input("CSV without a last line end", [], "contact,asset,role,since\n2,3,,\n1,3,user,2026-05-01"),
            Input("CSV with Spanish headers", [], "Contacto,Activo,Rol,Desde\n1,3,Usuario,2026-05-01\n2,3,,\n"),
            Input("TSV", ["--input-format", "tsv"], "contact\tasset\trole\tsince\n1\t3\tuser\t2026-05-01\n2\t3\t\t\n"),
            Input(
                "JSON Lines",
                ["--input-format", "jsonl"],
                """
                {"contact":1,"asset":{"id":3,"name":"Teclado"},"role":"user","since":"2026-05-01"}
                {"contact":"ext:K-1","asset":"serial:X3","role":null}

                """
            ),
        ]
    }

    @Test("Every form of input makes the same links", arguments: Input.all)
    func forms(_ input: Input) throws {
        try crm.succeed("contact", "edit", "1", "--external-id", "K-0")
        let result = try crm.run(
            ["contact", "link", "asset", "--input", "-"] + input.words,
            stdin: Array(input.bytes.utf8)
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "2 linked\n")
        #expect(result.errors == "")
        #expect(try pairs().filter { $0.hasPrefix("3") } == ["3: 1\tuser\t2026-05-01", "3: 2\t\t"])
    }

    @Test("A file's name tells its format", arguments: ["csv", "tsv", "jsonl", "ndjson", "txt"])
    func fileName(_ ending: String) throws {
        let text =
            switch ending {
            case "csv": "asset\n1\n3\n"
            case "tsv": "asset\trole\n1\towner\n3\t\n"
            case "txt": "1\n3\n"
            default: "{\"asset\":1}\n{\"asset\":3}\n"
            }
        try crm.write(text, to: "links.\(ending)")
        #expect(try crm.succeed("contact", "link", "asset", "4", "--input", "links.\(ending)").output == "2 linked\n")
    }

    @Test("Ids from a list feed a link, one a line")
    func ids() throws {
        let line = "crm asset list --format id | crm contact link asset 4 --input - --role user"
        #expect(try crm.shell(line).output == "3 linked\n")
        let other = "crm contact list --where 'organization = 1' --format id | crm asset link contact 3 --input -"
        #expect(try crm.shell(other).output == "2 linked\n")
        #expect(
            try crm.run(["contact", "link", "asset", "4", "--input", "-"], stdin: Array("\r\n1\r\n\nserial:X2\n".utf8))
                .output
                == "2 already linked\n"
        )
    }

    @Test(
        "A list of ids is taken in every form that list prints",
        arguments: [
            ("", ""), ("--format csv", ""), ("--format csv", "--input-format csv"),
            ("--format jsonl", "--input-format jsonl"), ("--json", "--input-format json"),
        ]
    )
    func idsInColumns(output: String, input: String) throws {
        let line = "crm asset list --columns id \(output) | crm contact link asset 4 --input - \(input)"
        #expect(try crm.shell(line).output == "3 linked\n")
    }

    @Test("A list of references names no column, so a name in it is told otherwise")
    func namesInList() throws {
        let result = try crm.run(["contact", "link", "asset", "4", "--input", "-"], stdin: Array("Zas\n".utf8))
        #expect(result.status == 6)
        #expect(result.errors.contains("for example name:\"Zas\"") && !result.errors.contains("column asset.name"))
    }

    @Test("Attributes of the command line are those of every row that says nothing else")
    func defaults() throws {
        let csv = "contact,role\n4,owner\n5,\n"
        let link = ["asset", "link", "contact", "3", "--input", "-", "--input-format", "csv"]
        try crm.succeed(link + ["--role", "user", "--since", "2026-05-01"], stdin: csv)
        #expect(try pairs().filter { $0.hasPrefix("3") } == ["3: 4\towner\t2026-05-01", "3: 5\tuser\t2026-05-01"])
    }

    @Test("A bulk unlink takes away or ends what rows name")
    func unlink() throws {
        let csv = "contact,asset\n1,1\n3,2\n4,3\n"
        let ended = try crm.succeed("contact", "unlink", "asset", "--input", "-", "--ended", "2026-06-01", stdin: csv)
        #expect(ended.output == "2 unlinked, 1 not linked\n")
        #expect(try pairs() == [])
        #expect(try pairs("--on", "2026-05-01").count == 2)
    }

    @Test("Rows that were taken in already change nothing")
    func again() throws {
        let csv = "contact,asset,role\n4,1,user\n5,2,user\n4,1,user\n"
        let first = try crm.succeed("contact", "link", "asset", "--input", "-", "--json", stdin: csv)
        #expect(
            first.output
                == "{\"rows\":3,\"linked\":2,\"updated\":0,\"already_linked\":1,\"ended\":0,\"refused\":0,\"committed\":true}\n"
        )
        let second = try crm.succeed("contact", "link", "asset", "--input", "-", "--json", stdin: csv)
        #expect(try JSON(second.outputBytes)["already_linked"] == 3)
        #expect(try crm.sql("SELECT count(*) FROM change_set WHERE command LIKE '%--input%'") == "1")
    }

    @Test("A dry run runs the real thing and takes it back")
    func dryRun() throws {
        let before = try pairs()
        let csv = "contact,asset\n4,1\n5,1\n1,1\n"
        let result = try crm.succeed("contact", "link", "asset", "--input", "-", "--dry-run", stdin: csv)
        #expect(result.output == "2 linked, 1 already linked; nothing was saved\n")
        #expect(try pairs() == before)
        let bad = try crm.run(
            ["contact", "link", "asset", "--input", "-", "--dry-run"],
            stdin: Array("contact,asset\n99,1\n".utf8)
        )
        #expect(bad.status == 6)
    }

    @Test("Header alone, and there is nothing to do")
    func nothing() throws {
        let result = try crm.succeed("contact", "link", "asset", "--input", "-", stdin: "contact,asset\n")
        #expect(result.output == "nothing to do\n")
    }

    @Test("A hundred thousand links come from standard input")
    func hundredThousand() throws {
        try crm.sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
            INSERT INTO contact (last_name, name, created_at, updated_at)
            SELECT 'C' || i, 'C' || i, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' FROM n
            """
        )
        try crm.sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
            INSERT INTO asset (name, serial, status, created_at, updated_at)
            SELECT 'A' || i, 'B' || i, 'in_service', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' FROM n
            """
        )
        let rows = (6...1005).flatMap { contact in (4...103).map { "\(contact),\($0),user,2026-01-01\n" } }
        let csv = "contact,asset,role,since\n" + rows.joined()
        let result = try crm.succeed("contact", "link", "asset", "--input", "-", "--json", stdin: csv)
        let report = try JSON(result.outputBytes)
        #expect(report["rows"] == 100_000)
        #expect(report["linked"] == 100_000)
        #expect(try crm.succeed("contact", "links", "asset", "1005", "--count").output == "100\n")
        #expect(try crm.succeed("asset", "links", "contact", "103", "--count").output == "1000\n")
    }
}

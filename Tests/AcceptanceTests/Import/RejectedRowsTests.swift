import Foundation
import Testing

/// `--continue-on-error` with `--rejects`: the bad rows as they came, to be mended and imported.
@Suite struct RejectedRowsTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "A failed commit leaves no file of rejected rows, as if the others were saved",
        arguments: ["", "--journal j"]
    )
    func failedCommit(journal: String) throws {
        var rows = "email,last_name\nx,Mala\n"
        for number in 1...1500 { rows += "a\(number)@example.org,Ruiz Gómez de la Torre \(number)\n" }
        try crm.write(rows, to: "in.csv")
        let words = "crm contact import in.csv --continue-on-error --rejects rej.csv \(journal)"
        let result = try crm.shell("ulimit -f 64; \(words)")
        #expect(result.status == 74, "\(result.output)\(result.errors)")
        #expect(result.errors.contains("crm.db: File too large"), "\(result.errors)")
        #expect(try crm.shell("ls | grep -c rej").output == "0\n")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
    }

    /// A format, an input with a good row between two bad ones, and the file of those that are rejected.
    struct Format: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let options: [String]
        let encoding: String.Encoding
        let input: String
        let rejects: String

        static let all = [
            Format(
                testDescription: "csv",
                options: [],
                encoding: .utf8,
                input:
                    "email,last_name,description\nx,\"Muñoz, Sol\",\"a \"\"b\"\"\nc\"\nana@example.org,Ruiz,\ny,Paz,08\n",
                rejects: """
                    email,last_name,description,error
                    x,"Muñoz, Sol","a ""b""
                    c",email: REASON
                    y,Paz,08,email: REASON

                    """
            ),
            Format(
                testDescription: "tsv",
                options: [],
                encoding: .utf8,
                input: "email\tlast_name\ttitle\nx\tMuñoz, Sol\ta \\\\b\nana@example.org\tRuiz\t\ny\tPaz\t08\n",
                rejects:
                    "email\tlast_name\ttitle\terror\nx\tMuñoz, Sol\ta \\\\b\temail: REASON\ny\tPaz\t08\temail: REASON\n"
            ),
            Format(
                testDescription: "jsonl",
                options: [],
                encoding: .utf8,
                input: """
                    {"email":"x","last_name":"Muñoz, Sol","tags":["a","b"],"do_not_call":true}
                    {"email":"ana@example.org","last_name":"Ruiz"}
                    {"email":"y","last_name":"Paz","organization":{"id":1},"title":null}

                    """,
                rejects: """
                    {"email":"x","last_name":"Muñoz, Sol","tags":["a","b"],"do_not_call":true,"error":"email: REASON"}
                    {"email":"y","last_name":"Paz","organization":{"id":1},"title":null,"error":"email: REASON"}

                    """
            ),
            Format(
                testDescription: "json",
                options: [],
                encoding: .utf8,
                input: """
                    [ {"email":"x", "last_name":"Muñoz, Sol",
                       "tags":["a"]}, {"email":"ana@example.org","last_name":"Ruiz"},
                      {"email":"y","last_name":"Paz"} ]
                    """,
                rejects: """
                    [
                    {"email":"x","last_name":"Muñoz, Sol","tags":["a"],"error":"email: REASON"},
                    {"email":"y","last_name":"Paz","error":"email: REASON"}
                    ]

                    """
            ),
            Format(
                testDescription: "excel.csv",
                options: ["--excel-es"],
                encoding: .windowsCP1252,
                input: "email;last_name;birthdate\r\nx;Muñoz €;31/12/1980\r\nana@example.org;Ruiz;\r\ny;Paz;\r\n",
                rejects: """
                    email;last_name;birthdate;error
                    x;Muñoz €;31/12/1980;email: REASON
                    y;Paz;;email: REASON

                    """
            ),
            Format(
                testDescription: "marked.csv",
                options: [],
                encoding: .utf16LittleEndian,
                input: "\u{FEFF}email,last_name\nx,Muñoz 👩‍💻\nana@example.org,Ruiz\ny,Paz\n",
                rejects: "\u{FEFF}email,last_name,error\nx,Muñoz 👩‍💻,email: REASON\ny,Paz,email: REASON\n"
            ),
        ]
    }

    private func file(_ format: Format, _ name: String) -> String {
        name + "." + (format.testDescription.split(separator: ".").last ?? "")
    }

    @Test("Bad rows go to a file in the input's own spelling; mended, it is what to import next", arguments: Format.all)
    func thereAndBack(format: Format) throws {
        try crm.add("organization", "--name", "Acme")
        let input = file(format, "in")
        try crm.write([UInt8](try #require(format.input.data(using: format.encoding))), to: input)
        let rejects = file(format, "rejects")
        let options = format.options + ["--match", "email", "--continue-on-error"]
        let result = try crm.run(["contact", "import", input, "--rejects", rejects, "--json"] + options)
        #expect(result.status == 6)
        let report = try JSON(result.outputBytes)
        #expect(["rows", "created", "failed"].map { report[$0] } == [3, 1, 2])
        #expect(report["committed"] == true)
        #expect(try crm.sql("SELECT last_name FROM contact") == "Ruiz")
        #expect(try crm.mode(of: rejects) == 0o600)

        let message = try JSON(try #require(result.errorLines.first))["error"]?["message"]?.string ?? ""
        let written = try #require(String(bytes: try crm.read(rejects), encoding: format.encoding))
        let delimiter: Character = format.options.isEmpty ? "," : ";"
        let usesQuotes = format.testDescription.hasSuffix("csv") && message.contains(delimiter)
        let field = usesQuotes ? "\"email: \(message)\"" : "email: \(message)"
        #expect(written == format.rejects.replacing("email: REASON", with: field))

        // Rejected once more, the file is the same, with one column of errors.
        let again = file(format, "again")
        #expect(try crm.run(["contact", "import", rejects, "--rejects", again] + options).status == 6)
        #expect(try crm.read(again) == crm.read(rejects))

        let script = """
            import sys
            text = open(sys.argv[1], "rb").read().decode(sys.argv[3])
            for bad in "xy":
                for a, b in (f'\\n{bad},', f'\\n{bad}@example.org,'), (f'\\n{bad};', f'\\n{bad}@example.org;'), \\
                        (f'\\n{bad}\\t', f'\\n{bad}@example.org\\t'), (f'"{bad}"', f'"{bad}@example.org"'):
                    text = text.replace(a, b)
            open(sys.argv[2], "wb").write(text.encode(sys.argv[3]))
            """
        let codec = [String.Encoding.utf8: "utf-8", .windowsCP1252: "cp1252", .utf16LittleEndian: "utf-16-le"][
            format.encoding
        ]
        let mended = file(format, "mended")
        try Peer("python3").run("-c", script, rejects, mended, try #require(codec), in: crm)
        #expect(try crm.succeed(["contact", "import", mended] + options).output == "2 rows, 2 created\n")
        #expect(try crm.sql("SELECT email FROM contact ORDER BY id") == "ana@example.org\nx@example.org\ny@example.org")
        #expect(try crm.sql("SELECT last_name FROM contact WHERE id = 2").hasPrefix("Muñoz"))
    }

    @Test(
        "A command that a reason advises has the name of the program",
        arguments: ["csv", "jsonl"],
        ["utf-8", "cp1252"]
    )
    func advice(format: String, encoding: String) throws {
        let csv = "name,serial,status\nA,1,bodega\n"
        let text = format == "csv" ? csv : "{\"name\":\"A\",\"serial\":\"1\",\"status\":\"bodega\"}\n"
        try crm.write(text, to: "in.\(format)")
        let options = ["--continue-on-error", "--rejects", "r"] + (format == "csv" ? ["--encoding", encoding] : [])
        let result = try crm.run(["asset", "import", "in.\(format)"] + options)
        #expect(result.status == 6, "\(result.errors)")
        let written = String(decoding: try crm.read("r"), as: UTF8.self)
        #expect(written.contains("; crm choice add asset.status KEY adds one"), "\(written)")
    }

    @Test(
        "Rows that cannot even be read are kept as they came",
        arguments: [
            ("csv", "last_name,title\nRuiz,x,y\nPaz,\"a\"b\n", "last_name,title,error\nRuiz,x,y,"),
            (
                "jsonl", "{\"last_name\":\"a\",}\n{\"last_name\":{\"x\":1}}\n",
                "{\"last_name\":\"a\",}\n{\"last_name\":{\"x\":1},\"error\":"
            ),
        ]
    )
    func malformed(format: String, input: String, beginning: String) throws {
        let options = ["--input-format", format, "--continue-on-error", "--rejects", "rejects"]
        #expect(try crm.run(["contact", "import"] + options, stdin: Array(input.utf8)).status == 6)
        let written = String(decoding: try crm.read("rejects"), as: UTF8.self)
        #expect(written.hasPrefix(beginning), "\(written)")
    }

    /// An input with two rows about one record, and what mends the second one.
    struct Repetition: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let options: [String]
        let input: String
        let mending: (String, String)

        static let all = [
            Repetition(
                testDescription: "csv",
                options: ["--match", "email"],
                input: "email,last_name\na@x.example,Uno\na@x.example,Dos\n",
                mending: ("a@x", "b@x")
            ),
            Repetition(
                testDescription: "jsonl",
                options: ["--match", "email"],
                input: #"""
                    {"email":"a@x.example","last_name":"Uno"}
                    {"email":"a@x.example","last_name":"Dos"}

                    """#,
                mending: ("a@x", "b@x")
            ),
            Repetition(
                testDescription: "vcf",
                options: [],
                input: ["Uno", "Dos"].map { name in
                    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\nFN:\(name)\r\nN:\(name);;;;\r\nEND:VCARD\r\n"
                }.joined(),
                mending: ("UID:u1", "UID:u2")
            ),
        ]
    }

    @Test(
        "A row refused as about the record of another one is refused again until something tells them apart",
        arguments: Repetition.all
    )
    func repetition(_ repetition: Repetition) throws {
        let (format, options) = (repetition.testDescription, repetition.options)
        try crm.write(repetition.input, to: "in.\(format)")
        func take(_ name: String, _ more: [String] = []) throws -> CRM.Result {
            try crm.run(["contact", "import", "\(name).\(format)"] + options + more)
        }
        let names = "SELECT group_concat(last_name) FROM (SELECT last_name FROM contact ORDER BY id)"
        let first = try take("in", ["--continue-on-error", "--rejects", "bad.\(format)"])
        #expect(first.status == 6 && first.output == "2 rows, 1 created, 1 failed\n", "\(first)")
        for (language, words) in [("en", "and is still contact 1: give it"), ("es", "y sigue siendo el contacto 1:")] {
            let again = try take("bad", ["--rejects", "again.\(format)", "--lang", language])
            #expect(again.status == 6 && again.errors.contains(words), "\(again.errors)")
            #expect(again.errors.contains("--on-repeat last"), "\(again.errors)")
            try crm.write(crm.read("again.\(format)"), to: "bad.\(format)")
        }
        #expect(try crm.sql(names) == "Uno")
        let bad = String(decoding: try crm.read("bad.\(format)"), as: UTF8.self)
        try crm.write(bad.replacing(repetition.mending.0, with: repetition.mending.1), to: "mended.\(format)")
        #expect(try take("mended", ["--dry-run"]).output.hasPrefix("1 row, 1 created"))
        #expect(try take("bad", ["--on-repeat", "last"]).status == 0)
        #expect(try crm.sql(names) == "Dos")
    }

    @Test("Where no row is rejected the file is one without rows", arguments: ["csv", "tsv", "json", "jsonl"])
    func none(format: String) throws {
        let input = format.hasPrefix("json") ? "[]" : "last_name\nRuiz\n"
        let lines = format == "jsonl" ? "" : input
        try crm.succeed("contact", "import", "--input-format", format, "--rejects", "out.\(format)", stdin: lines)
        #expect(try crm.succeed("contact", "import", "out.\(format)").output == "0 rows\n")
    }

    @Test("Without --continue-on-error the bad rows are there, too, and nothing was written")
    func strict() throws {
        let result = try crm.run("contact", "import", "--rejects", "bad.csv", stdin: "last_name\nRuiz\n\"\"\n")
        #expect(result.status == 6)
        #expect(result.output == "2 rows, 1 created, 1 failed; nothing was saved\n")
        #expect(String(decoding: try crm.read("bad.csv"), as: UTF8.self).hasPrefix("last_name,error\n,last_name: "))
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
    }

    @Test("The input is never overwritten", arguments: ["in.csv", "./in.csv", "link.csv", "-"])
    func overwriting(input: String) throws {
        let text = "last_name\n\"\"\n"
        try crm.write(text, to: "in.csv")
        let line =
            input == "-"
            ? "crm contact import --rejects in.csv < in.csv" : "crm contact import in.csv --rejects \(input)"
        let result = try crm.shell("ln -s in.csv link.csv; \(line)")
        #expect(result.status == 2)
        #expect(result.errors.contains("overwrite the input"))
        #expect(try crm.read("in.csv") == Array(text.utf8))
    }

    @Test("A file that cannot be written is 74")
    func unwritable() throws {
        #expect(try crm.run("contact", "import", "--rejects", "no/where.csv", stdin: "last_name\nRuiz\n").status == 74)
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
    }

    @Test(
        "rejects all rows of a document together, so that the mended ones hold all its lines",
        arguments: [false, true]
    )
    func rowsApart(isStored: Bool) throws {
        if isStored { try crm.succeed("quote", "add", "--subject", "s", "--number", "Q9", "--line", "text=o,price=2") }
        let rows =
            "number,subject,line.text,line.unit_price\nQ9,s,x,5\nQ9,s,y,\nQ8,s,z,1\nQ9,s,w,3\nQ8,s,v,1\nQ9,s,u,4\n"
        let options = ["quote", "import", "--match", "number"]
        let first = try crm.run(
            options + ["-", "--continue-on-error", "--rejects", "r.csv", "--journal", "j", "--batch-size", "2"],
            stdin: Array(rows.utf8)
        )
        #expect(first.status == 6)
        #expect(
            first.errors.split(separator: "goes on with the record of row 1, which was rejected").count == 3,
            "\(first.errors)"
        )
        let stored = try crm.run("quote", "list", "--columns", "number,lines.text", "--format", "tsv").output
        #expect(stored.contains("Q8\tz; v\n") && stored.contains("Q9\to\n") == isStored, "\(stored)")
        let mended = String(decoding: try crm.read("r.csv"), as: UTF8.self).replacing("Q9,s,y,,", with: "Q9,s,y,7,")
        try crm.write(mended, to: "r.csv")
        try crm.succeed(options + ["r.csv"])
        let lines = try crm.run("quote", "list", "-w", "number = Q9", "--columns", "lines.text", "--format", "tsv")
            .output
        #expect(lines == "lines.text\nx; y; w; u\n", "\(mended)")
    }
}

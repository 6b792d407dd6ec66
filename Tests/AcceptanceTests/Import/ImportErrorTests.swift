import Testing

/// Rows that cannot be taken: each is told with its place, and nothing is written unless asked.
@Suite struct ImportErrorTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    /// An input with something wrong, and where that is.
    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let module: String
        let options: [String]
        let bytes: [UInt8]
        /// Row, line, column, field and value, `-` for none.
        let place: String
        let words: String

        init(
            _ description: String,
            _ text: String,
            at place: String,
            _ words: String,
            module: String = "contact",
            _ options: String...
        ) {
            self.init(description, Array(text.utf8), at: place, words, module: module, options)
        }

        init(
            _ description: String,
            _ bytes: [UInt8],
            at place: String,
            _ words: String,
            module: String = "contact",
            _ options: [String] = []
        ) {
            testDescription = description
            self.module = module
            self.options = options
            self.bytes = bytes
            self.place = place
            self.words = words
        }

        private static let head = "last_name,email,birthdate\nRuiz,,\n"

        static let all = table + references + matches + json

        private static let table: [Bad] = [
            Bad("a value", head + "Paz,x@y@z,\n", at: "2|3|5|email|x@y@z", "e-mail"),
            Bad("a date", head + "Paz,,2026-02-30\n", at: "2|3|6|birthdate|2026-02-30", "no such day"),
            Bad("a required value", head + ",p@example.org,\n", at: "2|3|1|last_name|-", "required"),
            Bad("a required value by its label", "Apellidos\n\"\"\n", at: "1|2|1|Apellidos|-", "required"),
            Bad("a required column", "title\nJefa\n", at: "1|2|-|last_name|-", "required"),
            Bad(
                "a row after several lines",
                "description,last_name,email\n\"a\nb\",Ruiz,\n,Paz,x\n",
                at: "2|4|6|email|x",
                "e-mail"
            ),
            Bad("a ragged row", head + "Paz\n", at: "2|3|4|-|-", "1 field where the header has 3"),
            Bad(
                "a row in quotes",
                head + "\"Paz, Eva, a@x.mx\"\n",
                at: "2|3|19|-|-",
                "the whole row stands in double quotes"
            ),
            Bad("a bare quote", head + "P\"az,,\n", at: "2|3|2|-|-", "quote"),
            Bad("a quote never closed", head + "\"Paz,,\n", at: "2|3|1|-|-", "never closed"),
            Bad("NUL", head + "P\0az,,\n", at: "2|3|2|-|-", "NUL"),
            Bad("invalid UTF-8", Array(head.utf8) + [0x50, 0xFF, 0x2C, 0x2C, 0x0A], at: "2|3|2|-|-", "UTF-8"),
            Bad("an unknown column", "last_name,Shoe\nPaz,38\n", at: "0|1|-|Shoe|-", "no such column"),
            Bad("an empty table", "", at: "0|1|-|-|-", "empty"),
        ]

        private static let references: [Bad] = [
            Bad(
                "an unknown name",
                "last_name,organization.name\nPaz,No\n",
                at: "1|2|5|organization.name|No",
                "no organization"
            ),
            Bad("an unknown id", "last_name,organization\nPaz,99\n", at: "1|2|5|organization|99", "99"),
            Bad(
                "an ambiguous reference",
                "name,serial,contact.name\nTV,T1,Ana Ruiz\n",
                at: "1|2|7|contact.name|Ana Ruiz",
                "Ana Ruiz",
                module: "asset"
            ),
            Bad(
                "references that differ",
                "last_name,organization,organization.name\nPaz,2,\"Acme, S.A.\"\n",
                at: "1|2|5|organization|2",
                "here, not"
            ),
            Bad("a role", "last_name,asset.serial,role\nPaz,X1,boss\n", at: "1|2|8|role|boss", "custodian"),
            Bad(
                "a value that is taken",
                "external_id,name\nORG-1,Otra\n",
                at: "1|2|-|-|-",
                "already",
                module: "organization"
            ),
        ]

        private static let matches: [Bad] = [
            Bad("no column to match by", "last_name\nPaz\n", at: "0|1|-|email|-", "match by", "--match", "email"),
            Bad(
                "no value to match by",
                "last_name,email\nPaz,\n",
                at: "1|2|-|-|-",
                "no email to match by",
                "--match",
                "email"
            ),
            Bad(
                "several matches",
                "last_name\nruiz\n",
                at: "1|2|-|-|-",
                "more than one contact",
                "--match",
                "last_name"
            ),
            Bad("an id that is not there", "id,last_name\n99,Paz\n", at: "1|2|-|-|-", "99", "--match", "id"),
            Bad(
                "a match that is an error",
                "last_name,email\nX,ANA@example.org\n",
                at: "1|2|-|-|-",
                "contact 2 is there already",
                "--match",
                "email",
                "--on-match",
                "error"
            ),
        ]

        private static let json: [Bad] = [
            line("a list for one value", #"{"last_name":["a","b"]}"#, at: "1|1|-|last_name|a,b", "not a list"),
            line(
                "a list for a reference",
                #"{"last_name":"a","organization":[1,2]}"#,
                at: "1|1|-|organization|1,2",
                "not a list"
            ),
            line("an object for a value", #"{"last_name":{"a":1}}"#, at: "1|1|-|last_name.a|-", "no such column"),
            line("a key twice", #"{"last_name":"a","last_name":"b"}"#, at: "1|1|18|-|-", "twice"),
            line(
                "an unknown key",
                "{\"last_name\":\"a\"}\n{\"last_name\":\"b\",\"shoe\":1}",
                at: "2|2|-|shoe|-",
                "no such column"
            ),
            line("no object", "[1]", at: "1|1|-|-|-", "JSON object"),
            line("broken JSON", #"{"last_name":"#, at: "1|1|14|-|-", "ends too early"),
            Bad("no array", "7", at: "0|1|1|-|-", "array", "--input-format", "json"),
        ]

        private static func line(_ description: String, _ text: String, at place: String, _ words: String) -> Bad {
            Bad(description, text, at: place, words, "--input-format", "jsonl")
        }
    }

    @Test("The place and the reason are told in JSON and in words", arguments: Bad.all)
    func reported(bad: Bad) throws {
        let before = try crm.sql(".dump")
        let words = ["\(bad.module)", "import"] + bad.options
        let result = try crm.run(words + ["--json"], stdin: bad.bytes)
        #expect(result.status == 6)
        let errors = try result.errorLines.map { try JSON($0)["error"] }
        try #require(errors.count == 1, "\(result.errors)")
        let error = try #require(errors[0])
        #expect(error["code"] == "rejected")
        let place = ["row", "line", "column", "field", "ref"].map { key in
            error[key].flatMap { $0.string ?? $0.integer.map(String.init) } ?? "-"
        }
        #expect(place.joined(separator: "|") == bad.place, "\(result.errors)")
        #expect(error["message"]?.string?.contains(bad.words) == true, "\(result.errors)")
        if !result.output.isEmpty {
            let report = try JSON(result.outputBytes)
            #expect(report["failed"] == 1)
            #expect(report["committed"] == false)
        }
        let text = try crm.run(words, stdin: bad.bytes)
        #expect(text.status == 6)
        #expect(text.errorLines.count == 1)
        #expect(text.errors.hasPrefix(bad.place.hasPrefix("0") ? "crm: header (line" : "crm: row "))
        #expect(text.errors.contains(bad.words))
        let spanish = try crm.run(words + ["--lang", "es"], stdin: bad.bytes)
        #expect(spanish.errors.hasPrefix(bad.place.hasPrefix("0") ? "crm: encabezado (línea" : "crm: fila "))
        #expect(try crm.sql(".dump") == before)
    }

    @Test("Every bad row is told, good ones are not written, and the report says so")
    func everyRow() throws {
        let input = "last_name,email\nUno,x\nDos,d@example.org\n,t@example.org\nCuatro,\"\n"
        let result = try crm.run("contact", "import", stdin: input)
        #expect(result.status == 6)
        #expect(result.output == "4 rows, 1 created, 3 failed; nothing was saved\n")
        #expect(result.errorLines.map { $0.prefix(18) } == [1, 3, 4].map { "crm: row \($0) (line \($0 + 1)" })
        #expect(try crm.sql("SELECT count(*) FROM contact") == "5")
    }

    @Test("A file that is not there is 74, a database that is not there 3")
    func missing() throws {
        let result = try crm.run("contact", "import", "none.csv")
        #expect(result.status == 74)
        #expect(result.errors.hasPrefix("crm: none.csv: "))
        #expect(try crm.run("contact", "import", "--db", "none.db", stdin: "last_name\nRuiz\n").status == 3)
        let made = try crm.run("contact", "import", "--db", "none.db", "--create", stdin: "last_name\nRuiz\n")
        #expect(made.status == 0)
    }

    @Test("A dry run reports as the true run would, and leaves the database as it is")
    func dryRun() throws {
        let input = try crm.write(
            "email,last_name,organization.name,asset.serial\nana@example.org,Sol,Nueva,X1\nx@example.org,Paz,Nueva,X2\n",
            to: "in.csv"
        )
        let options = ["contact", "import", input, "--match", "email", "--create-missing", "organization"]
        let before = try crm.sql(".dump")
        let tried = try crm.succeed(options + ["--dry-run"]).output
        #expect(tried == "2 rows, 1 created, 1 updated, 2 linked, 1 made because named; nothing was saved\n")
        #expect(try JSON(crm.succeed(options + ["--dry-run", "--json"]).outputBytes)["committed"] == false)
        #expect(try crm.sql(".dump") == before)
        #expect(
            try crm.succeed(options).output + "" == "2 rows, 1 created, 1 updated, 2 linked, 1 made because named\n"
        )
        #expect(try crm.sql("SELECT count(*) FROM organization WHERE name = 'Nueva'") == "1")
    }

    @Test("A name that means nothing in many rows is told once, with how many have it")
    func unknownName() throws {
        let crm = try CRM()
        let rows = (1...40).map { "{\"module\":\"quote\",\"subject\":\"\($0)\",\"zzz\":1}\n" }.joined()
        try crm.write(rows.replacingOccurrences(of: "\"module\":\"quote\",", with: ""), to: "rows.jsonl")
        try crm.write(rows, to: "lines.jsonl")
        for words in [["quote", "import", "rows.jsonl"], ["apply", "lines.jsonl"]] {
            let result = try crm.run(words)
            #expect(result.status == 6 && result.errorLines.count == 2, "\(result.errors)")
            #expect(result.errorLines.last == "crm: zzz: the same in 39 more rows", "\(result.errors)")
            #expect(result.output.contains("40 failed"), "\(result.output)")
        }
    }

    @Test("When a record was made comes in with a new one alone, and is no day to come")
    func made() throws {
        let crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        let header = "subject,external_id,contact,status,created_at\n"
        try crm.write(
            "\(header)A,A,1,delivered,2024-05-06 10:00\nB,B,1,created,2024-06-06\nC,C,1,created,\n",
            to: "a.csv"
        )
        try crm.succeed("sales-order", "import", "a.csv", "--match", "external_id")
        let days = try crm.sql("SELECT substr(created_at, 1, 10), number IS NULL FROM sales_order WHERE id < 3")
        #expect(days == "2024-05-06|0\n2024-06-06|0")
        #expect(try crm.sql("SELECT min(entered_at) FROM sales_order_status_period").hasPrefix("2024-05-06"))
        #expect(try crm.json("report", "purchase-patterns").elements.first?["first"]?.string == "2024-05-06")
        try crm.write("\(header)A,A,1,delivered,2020-01-01\n", to: "a.csv")
        let again = try crm.succeed("sales-order", "import", "a.csv", "--match", "external_id")
        #expect(again.output == "1 row, 1 unchanged\n")
        try crm.write("title,status,created_at\nOld,closed,2024-05-06\n", to: "cases.csv")
        try crm.succeed("case", "import", "cases.csv")
        #expect(try crm.sql("SELECT opened_at = created_at, closed_at IS NULL FROM \"case\"") == "1|1")
        let months = try crm.json("report", "case-backlog").elements
        #expect(months.first?["closed"] == 0 && months.first?["undated"] == 1, "\(months)")
        #expect(months.last?["backlog"] == 0, "\(months)")
        try crm.write("subject,created_at\nD,2100-01-01\n", to: "a.csv")
        let future = try crm.run("sales-order", "import", "a.csv")
        #expect(future.status == 6 && future.errors.contains("created_at \"2100-01-01\": is still to come"))
    }
}

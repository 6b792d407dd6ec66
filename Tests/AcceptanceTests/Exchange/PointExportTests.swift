import Testing

/// Further addresses and numbers in tables: what rows say beyond their values comes back too.
@Suite struct PointExportTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "Labels and opting out are in the export of a table, and in the database that takes it",
        arguments: ["csv", "tsv"]
    )
    func roundTrip(format: String) throws {
        try crm.add("contact", "--last-name", "Ruiz", "--external-id", "K", "--point", "email:b@x.example")
        for row in [
            "kind=phone,value=5511112222,label=\"casa; 2, norte\"", "kind=url,value=https://a.example/?x;y",
            "kind=phone,value=5533334444,opted_out=true", "kind=chat,value=\"value=a\"",
        ] {
            try crm.succeed("contact", "point", "add", "1", row)
        }
        let text = try crm.succeed("contact", "export", "--format", format).output
        #expect(text.contains("b@x.example"))
        let rows = "SELECT kind, value, coalesce(label, ''), opted_out FROM contact_point ORDER BY kind, value"
        let stored = try crm.sql(rows)
        #expect(
            try crm.succeed("contact", "import", "--input-format", format, stdin: text).output == "1 row, 1 unchanged\n"
        )
        let other = try CRM()
        let made = try other.succeed(
            "contact",
            "import",
            "--match",
            "external_id",
            "--map",
            "id=-",
            "--input-format",
            format,
            stdin: text
        )
        #expect(made.output == "1 row, 1 created\n")
        #expect(try other.sql(rows) == stored)
        try crm.succeed("contact", "point", "edit", "1", "2", "--label", "x")
        #expect(
            try crm.succeed("contact", "import", "--input-format", format, stdin: text).output == "1 row, 1 updated\n"
        )
        #expect(try crm.sql(rows) == stored)
    }

    @Test("A label with a backslash comes back from a card", arguments: ["\\n", "\\", "a\\b"])
    func backslash(label: String) throws {
        try crm.add("contact", "--last-name", "P", "--point", "email:p@x.example")
        try crm.succeed("contact", "point", "edit", "1", "1", "--label", label)
        let card = try crm.succeed("contact", "export", "--format", "vcard").output
        let result = try crm.succeed("contact", "import", "--input-format", "vcard", stdin: card)
        #expect(result.output == "1 row, 1 unchanged\n")
        #expect(try crm.sql("SELECT label FROM contact_point") == label)
    }

    @Test("Rows of several kinds keep their order, and equal values what tells them apart", arguments: ["csv", "tsv"])
    func order(format: String) throws {
        try crm.add("contact", "--last-name", "Ruiz", "--external-id", "K")
        try crm.add("contact", "--last-name", "Gil", "--external-id", "L", "--point", "chat:gil")
        let rows = [
            "kind=chat,value=ana", "kind=phone,value=5511112222,label=casa", "kind=email,value=b@x.example",
            "kind=phone,value=5511112222,label=trabajo", "kind=chat,value=ana2", "kind=phone,value=5533334444",
        ]
        for row in rows { try crm.succeed("contact", "point", "add", "1", row) }
        let stored = "SELECT contact, position, kind, value, coalesce(label, '') FROM contact_point ORDER BY 1, 2"
        let before = try crm.sql(stored)
        let text = try crm.succeed("contact", "export", "--format", format).output
        let words = ["contact", "import", "--input-format", format]
        #expect(try crm.succeed(words, stdin: text).output == "2 rows, 2 unchanged\n")
        #expect(try crm.sql(stored) == before)
        let other = try CRM()
        let apart = ["--match", "external_id", "--map", "id=-"]
        #expect(try other.succeed(words + apart, stdin: text).output == "2 rows, 2 created\n")
        #expect(try other.sql(stored) == before)
        try other.succeed("contact", "point", "move", "1", "1", "3")
        #expect(try other.succeed(words + apart, stdin: text).output == "2 rows, 1 updated, 1 unchanged\n")
        #expect(try other.sql(stored) == before)
    }

    @Test("The order of kinds names no kind that is none, and leaves rows that it does not name at the end")
    func strangeOrder() throws {
        let table = "last_name,point.email,point.phone,points.kind\nRuiz,a@x.example,5511112222,"
        let wrong = try crm.run("contact", "import", stdin: "\(table)phone; fax\n")
        #expect(wrong.status == 6 && wrong.errors.contains("points.kind"), "\(wrong.errors)")
        try crm.succeed("contact", "import", stdin: "\(table)phone; Correo\n")
        try crm.succeed("contact", "import", stdin: "\(table)chat; phone\n")
        #expect(
            try crm.sql(
                "SELECT group_concat(kind, ' ') FROM (SELECT kind FROM contact_point ORDER BY contact, position)"
            )
                == "phone email phone email"
        )
    }

    @Test(
        "A column of one kind and one of all stand beside each other, in any order",
        arguments: [
            "last_name,point.email,points\nUno,a@x.example,\nDos,b@x.example,chat:dos\n",
            "last_name,points,point.email\nUno,,a@x.example\nDos,chat:dos,b@x.example\n",
        ]
    )
    func kindAndAll(table: String) throws {
        for outcome in ["2 rows, 2 created\n", "2 rows, 2 unchanged\n"] {
            #expect(try crm.succeed("contact", "import", "--match", "last_name", stdin: table).output == outcome)
            #expect(
                try crm.sql("SELECT contact, kind, value FROM contact_point ORDER BY 1, 2")
                    == "1|email|a@x.example\n2|chat|dos\n2|email|b@x.example"
            )
        }
    }

    @Test("Thousands of values come and go at once, each once, those of another kind keeping their order")
    func many() throws {
        func addresses(_ range: ClosedRange<Int>) -> String { range.map { "a\($0)@x.example" }.joined(separator: "; ") }
        try crm.add("contact", "--last-name", "Ruiz", "--point", "phone:5511112222", "--point", "url:a.example")
        func take(_ cell: String) throws -> String {
            try crm.succeed("contact", "import", stdin: "id,last_name,point.email\n1,Ruiz,\(cell)\n").output
        }
        #expect(try take("\(addresses(1...3000)); A1@x.example") == "1 row, 1 updated\n")
        #expect(try take(addresses(1...3000)) == "1 row, 1 unchanged\n")
        try crm.succeed("contact", "point", "add", "1", "chat:ana")
        #expect(try take(addresses(2990...6000)) == "1 row, 1 updated\n")
        let rows = try crm.sql("SELECT position, kind, value FROM contact_point ORDER BY position")
        let lines = rows.split(separator: "\n").map(String.init)
        let kept = (2990...3000).enumerated().map { "\($0.offset + 3)|email|a\($0.element)@x.example" }
        let come = (3001...6000).enumerated().map { "\($0.offset + 15)|email|a\($0.element)@x.example" }
        #expect(lines == ["1|phone|5511112222", "2|url|a.example"] + kept + ["14|chat|ana"] + come)
    }

    @Test("Plain values in such a cell keep what rows of theirs say")
    func plain() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.succeed("contact", "point", "add", "1", "kind=email,value=b@x.example,label=casa")
        let text = "id,last_name,point.email\n1,Ruiz,b@x.example; c@x.example\n"
        #expect(try crm.succeed("contact", "import", stdin: text).output == "1 row, 1 updated\n")
        #expect(
            try crm.sql("SELECT value, coalesce(label, '') FROM contact_point ORDER BY value")
                == "b@x.example|casa\nc@x.example|"
        )
    }
}

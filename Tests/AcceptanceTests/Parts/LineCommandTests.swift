import Testing

/// Lines of quotes and orders through every way in and out.
@Suite struct LineCommandTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "currency", "MXN")
        try crm.add("product", "--name", "Cable", "--code", "SKU-1", "--price", "99.90", "--tax-rate", "16")
    }

    private func lines(_ id: Int = 1, of noun: String = "quote") throws -> [String] {
        try crm.json(noun, "line", "list", "\(id)").elements.map { line in
            [line["product"]?["name"]?.string, line["text"]?.string].compactMap { $0 }.joined()
                + " \(line["quantity"]?.digits ?? "") \(line["net"]?.digits ?? "")"
        }
    }

    private func total(_ id: Int = 1, of noun: String = "quote") throws -> String? {
        try crm.json(noun, "show", "\(id)")["total"]?.digits
    }

    @Test("Rows beyond what is read at once are shown in JSON as few are", arguments: [3, 3000])
    func manyRows(count: Int) throws {
        let rows = (1...count).map { "\($0),,\"Línea \"\"\($0)\"\"\",2,1.50,16" } + ["\(count + 1),code:SKU-1,,1,,"]
        let table = (["position,product,text,quantity,unit_price,tax"] + rows).joined(separator: "\n")
        try crm.succeed("quote", "add", "--subject", "Q", "--lines", "-", stdin: table)
        let lines = try #require(try crm.json("quote", "show", "1")["lines"]).elements
        #expect(lines.compactMap { $0["position"]?.digits } == (1...(count + 1)).map { "\($0)" })
        #expect(lines.compactMap { $0["text"]?.string } == (1...count).map { "Línea \"\($0)\"" })
        #expect(lines.dropLast().allSatisfy { $0["net"]?.digits == "3.00" })
        #expect(lines.last?["product"]?["name"] == "Cable")
        #expect(try crm.json("quote", "show", "1")["taxes"]?.elements.count == 1)
    }

    @Test(
        "A document comes with its lines, on the command line",
        arguments: ["quote", "sales-order", "purchase-order"]
    )
    func add(noun: String) throws {
        try crm.add(
            noun,
            "--subject",
            "Equipo",
            "--line",
            "product=code:SKU-1,quantity=3,discount=10%",
            "--line",
            "text=\"Visita técnica, una\",quantity=1,price=850"
        )
        #expect(try lines(of: noun) == ["Cable 3 269.73", "Visita técnica, una 1 850.00"])
        #expect(try total(of: noun) == "1162.89")
        try crm.succeed(noun, "line", "add", "1", "text=Flete,price=100", "--at", "1")
        try crm.succeed(noun, "line", "edit", "1", "2", "--quantity", "1", "--discount", "9.90")
        try crm.succeed(noun, "line", "move", "1", "1", "3")
        try crm.succeed(noun, "line", "remove", "1", "2")
        #expect(try lines(of: noun) == ["Cable 1 90.00", "Flete 1 100.00"])
        #expect(try total(of: noun) == "204.40")
        #expect(
            try crm.run(noun, "list", "--where", "lines.product.code = SKU-1 and total > 204", "--count").output
                == "1\n"
        )
        #expect(try crm.run(noun, "list", "--sort", "-total", "--format", "id").output == "1\n")
    }

    @Test(
        "A discount of nothing takes a line's discount away, be it in percent or in money",
        arguments: ["10%", "5"],
        ["", "0", "0%", "0.00"]
    )
    func noDiscount(given: String, none: String) throws {
        try crm.add("quote", "--subject", "Q", "--line", "text=a,price=100,discount=\(given)")
        try crm.succeed("quote", "line", "edit", "1", "1", "--discount", none)
        #expect(try total(of: "quote") == "100.00")
        try crm.succeed("quote", "line", "edit", "1", "1", "--discount", "20%")
        #expect(try total(of: "quote") == "80.00")
        try crm.succeed("quote", "line", "edit", "1", "1", "--discount", "+5%")
        #expect(try total(of: "quote") == "75.00")
    }

    @Test(
        "Lines come from a file of any format",
        arguments: [
            ("l.csv", "product.code,quantity,Concepto,price\nSKU-1,2,,\n,1,\"Visita, una\",850\n"),
            ("l.tsv", "product\tquantity\ttext\tunit_price\ncode:SKU-1\t2\t\t\n\t1\tVisita, una\t850\n"),
            (
                "l.json",
                "[{\"product\":{\"id\":1},\"quantity\":2},{\"text\":\"Visita, una\",\"unit_price\":850,\"quantity\":1}]"
            ),
            ("l.jsonl", "{\"line.product\":1,\"quantity\":2}\n{\"text\":\"Visita, una\",\"price\":\"850.00\"}\n"),
        ]
    )
    func files(name: String, text: String) throws {
        try crm.write(text, to: name)
        try crm.add("quote", "--subject", "x", "--lines", name)
        let standardInput = try crm.run("quote", "add", "--subject", "x", "--lines", "-", "--quiet", stdin: text)
        #expect(standardInput.status == 0)
        #expect(try lines() == ["Cable 2 199.80", "Visita, una 1 850.00"])
        try crm.succeed("quote", "edit", "1", "--lines", name)
        #expect(try lines().count == 4, "a line that is equal to another is one of its own")
    }

    @Test("line add takes many from a file, at the end or from a position on")
    func additions() throws {
        try crm.add("quote", "--subject", "x", "--line", "text=a,price=1")
        try crm.write("text,price\nb,2\nc,3\n", to: "l.csv")
        try crm.succeed("quote", "line", "add", "1", "--input", "l.csv")
        try crm.succeed("quote", "line", "add", "1", "--input", "-", "--at", "1", stdin: "text,price\nd,4\ne,5\n")
        #expect(try lines() == ["d 1 4.00", "e 1 5.00", "a 1 1.00", "b 1 2.00", "c 1 3.00"])
        let bad = try crm.run("quote", "line", "add", "1", "--input", "-", stdin: "text,price\nf,6\ng,x\n")
        #expect(bad.status == 2 && bad.errors.contains("row 2 (line 3): "), "\(bad.errors)")
        #expect(try lines().count == 5)
    }

    @Test(
        "What is wrong with a line is told with its number, and nothing is written",
        arguments: [
            (
                ["--line", "text=a,price=1", "--line", "product=9"],
                "--line.product \"product=9\": line 2: no product matches 9"
            ),
            (["--line", "text=a,quantity=1e400,price=1"], "--line.quantity \"text=a,quantity=1e400,price=1\": "),
            (["--lines", "bad.csv"], "--line.quantity \"x\": row 2 (line 3): not a number"),
            (["--lines", "strange.csv"], "--line.cantitad: header: no such column; known are position, product"),
            (["--lines", "stranger.csv"], "--line.cantitad: header: no such column\n"),
            (["--lines", "stranger.csv"], "--line.zapato: header: no such column; known are position, product"),
            (["--lines", "none.csv"], "none.csv"),
        ]
    )
    func faults(words: [String], message: String) throws {
        try crm.write("text,quantity,price\na,1,1\nb,x,1\n", to: "bad.csv")
        try crm.write("text,cantitad,price\na,1,1\n", to: "strange.csv")
        try crm.write("text,cantitad,price,zapato\na,1,1,x\n", to: "stranger.csv")
        let result = try crm.run(["quote", "add", "--subject", "x"] + words)
        #expect(result.status != 0)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM quote") == "0")
    }

    @Test("line add says which of several rows is at fault, and takes all of them or none")
    func severalRows() throws {
        try crm.add("quote", "--subject", "x", "--line", "text=a,price=1")
        for (row, words) in [("product=77", "line 2: no product matches 77"), ("foo=1", "line 2: ")] {
            let bad = try crm.run("quote", "line", "add", "1", "text=b,price=2", row)
            #expect(bad.status != 0 && bad.errors.contains(words), "\(bad.errors)")
        }
        try crm.succeed("quote", "line", "add", "1", "text=b,price=2", "text=c,price=3", "--at", "1")
        #expect(try lines() == ["b 1 2.00", "c 1 3.00", "a 1 1.00"])
    }

    @Test("A flat table of lines goes out and comes in again, here and elsewhere")
    func flat() throws {
        try crm.add(
            "quote",
            "--subject",
            "Uno",
            "--line",
            "product=1,quantity=2",
            "--line",
            "text=b,price=5,tax=exempt"
        )
        try crm.add("quote", "--subject", "Vacía")
        try crm.add("quote", "--subject", "Tres", "--currency", "USD", "--line", "text=c,price=7,discount=10%")
        let table = try crm.succeed("quote", "export", "--by-line").output
        #expect(table.split(separator: "\n").count == 5)
        #expect(try crm.run("quote", "import", "--match", "id", stdin: table).output == "4 rows, 3 unchanged\n")
        let other = try CRM()
        try other.add("product", "--name", "Cable", "--code", "SKU-1")
        let columns =
            "subject,currency,line.position,line.product.code,line.text,line.quantity,line.unit_price,"
            + "line.discount_percent,line.taxes"
        let portable = try crm.succeed("quote", "export", "--by-line", "--columns", columns).output
        #expect(try other.run("quote", "import", stdin: portable).output == "4 rows, 3 created\n")
        for format in ["csv", "jsonl"] {
            let figures = ["quote", "list", "--columns", "subject,total,lines.net,taxes.amount", "--format", format]
            #expect(try other.succeed(figures).output == crm.succeed(figures).output)
        }
        #expect(try other.run("check").status == 0)
    }

    @Test("Rows of a record that leave its columns empty go on with it; a bad one takes its record along")
    func groups() throws {
        let table = """
            subject,external_id,line.text,line.quantity,line.price
            Uno,K-1,a,1,10
            ,,b,2,10
            Dos,K-2,c,1,10
            ,,d,0,10
            Tres,K-3,e,1,10

            """
        let words = ["quote", "import", "--match", "external_id", "--continue-on-error", "--rejects", "bad.csv"]
        let result = try crm.run(words, stdin: Array(table.utf8))
        #expect(result.output == "5 rows, 2 created, 2 failed\n")
        #expect(result.errors.contains("row 4 (line 5, column 5), line.quantity \"0\": cannot be zero"))
        #expect(try crm.sql("SELECT group_concat(subject || total) FROM quote") == "Uno3000,Tres1000")
        try crm.shell("sed -i 's/d,0,/d,3,/' bad.csv")
        #expect(try crm.run("quote", "import", "bad.csv", "--match", "external_id").output == "2 rows, 1 created\n")
        #expect(try lines(3) == ["c 1 10.00", "d 3 30.00"])
    }

    @Test("apply takes lines within their record, and what show prints")
    func apply() throws {
        let rows = """
            {"module":"quote","ref":"q","external_id":"Q1","subject":"x","lines":[{"product":"ref:p","quantity":2},\
            {"text":"b","quantity":1,"unit_price":5}]}
            {"module":"product","ref":"p","external_id":"P1","name":"Tubo","price":10}

            """
        #expect(try crm.run("apply", stdin: rows).output == "2 rows, 2 created\n")
        #expect(try crm.run("apply", stdin: rows).output == "2 rows, 2 unchanged\n")
        #expect(try lines() == ["Tubo 2 20.00", "b 1 5.00"])
        let shown = try crm.succeed("quote", "show", "1", "--json").output
        let line = "{\"module\":\"quote\"," + shown.dropFirst()
        #expect(try crm.run("apply", stdin: line).output == "1 row, 1 unchanged\n")
        let bad = try crm.run("apply", stdin: rows.replacing("\"quantity\":1", with: "\"quantity\":0"))
        #expect(bad.status == 6)
        #expect(bad.errors.contains("row 1 (line 1), lines[2].quantity: cannot be zero"))
    }

    @Test("A whole export with lines makes an equal database")
    func export() throws {
        try crm.add(
            "quote",
            "--subject",
            "Uno",
            "--line",
            "product=1,quantity=2",
            "--shipping",
            "5",
            "--tax-on-shipping",
            "16"
        )
        let lines = try crm.succeed("export").output
        #expect(!lines.contains("\"tax\":\"quote\""))
        let other = try CRM()
        try other.succeed("apply", stdin: lines)
        #expect(try other.succeed("export").output == lines)
        #expect(try other.json("quote", "show", "1")["taxes"] == crm.json("quote", "show", "1")["taxes"])
    }
}

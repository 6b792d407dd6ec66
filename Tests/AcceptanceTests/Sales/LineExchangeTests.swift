import Testing

/// Lines that the program writes are read back as they were, and lines that cannot be meant are refused.
@Suite struct LineExchangeTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
    }

    private func totals(_ options: String...) throws -> String {
        try crm.succeed(options + ["quote", "list", "--columns", "total,lines.exact_price", "--format", "csv"]).output
    }

    @Test(
        "An exact price is kept beside the price it rounds to, in currencies of any number of decimals",
        arguments: ["KWD", "MXN", "JPY"]
    )
    func exactPrices(currency: String) throws {
        let rounded = ["KWD": "0.849", "MXN": "0.85", "JPY": "1"][currency] ?? ""
        let pairs = ["exact_price=0.848626", "unit_price=\(rounded)"]
        for order in [pairs, pairs.reversed()] {
            let line = "text=z,quantity=1000," + order.joined(separator: ",")
            try crm.add("quote", "--subject", "k", "--currency", currency, "--line", line)
        }
        let rows = "[{\"exact_price\":0.848626,\"unit_price\":\(rounded),\"text\":\"z\",\"quantity\":1000}]"
        try crm.write(rows, to: "lines.json")
        try crm.add("quote", "--subject", "k", "--currency", currency, "--lines", "lines.json")
        let stored = try totals()
        #expect(Set(stored.split(separator: "\n")).count == 2 && stored.contains("0.848626"), "\(stored)")
        let lines = try crm.succeed("export").output
        try crm.succeed("--db", crm.file("copy.db"), "apply", "--create", stdin: lines)
        #expect(try totals("--db", crm.file("copy.db")) == stored)
    }

    @Test("A document that had no lines when it was written keeps those it has got, and that is told")
    func untold() throws {
        try crm.add("quote", "--subject", "e")
        try crm.add("quote", "--subject", "f", "--line", "text=a,price=1")
        try crm.succeed("contact", "add", "--last-name", "Ruiz", "--point", "email:a@example.org")
        let former = try crm.succeed("export").output
        let same = try crm.run("apply", stdin: former)
        #expect(same.status == 0 && !same.errors.contains("keeps"), "\(same.errors)")
        try crm.succeed("quote", "line", "add", "1", "text=N,price=5")
        for language in ["en", "es"] {
            let result = try crm.run("apply", "--lang", language, stdin: former)
            let words =
                language == "en"
                ? "quote 1 keeps lines, which the input does not have: 'crm quote line remove' takes them away"
                : "la cotización 1 conserva líneas, que la entrada no tiene: se quitan con «crm quote line remove»"
            #expect(result.status == 0 && result.errors.contains(words), "\(result.errors)")
        }
        #expect(try totals() == "total,lines.exact_price\n5.00,\n1.00,\n")
    }

    @Test("A discount below one percent is read back from the table by lines")
    func smallDiscounts() throws {
        let line = "text=x,price=100,discount=0.75%"
        try crm.add("quote", "--subject", "p", "--discount-percent", "0.5%", "--line", line)
        for format in ["csv", "tsv", "json", "jsonl"] {
            let table = try crm.succeed("quote", "export", "--by-line", "--format", format).output
            let again = try crm.run(["quote", "import", "-", "--input-format", format], stdin: Array(table.utf8))
            #expect(again.output.contains("1 unchanged"), "\(format): \(again.output)\(again.errors)")
        }
    }

    /// The counts of a line of three, the module of the order, and what is said of them; nothing where they are taken.
    private static let stated: [(String, String, String)] = [
        ("delivered", "sales_order", ""), ("delivered", "sales_order", "is more than the line's 3"),
        ("invoiced", "sales_order", "is more than the line's 3"),
        ("received", "sales_order", "nothing is received of a sales order"),
        ("received", "purchase_order", "is more than the line's 3"),
        ("delivered", "purchase_order", "nothing is delivered of a purchase order"),
    ]

    @Test("What is done of the lines of a new order is taken if it can be true, or by force", arguments: stated)
    func counts(key: String, module: String, words: String) throws {
        let (noun, done) = (module.replacing("_", with: "-"), words.isEmpty || words.contains("nothing") ? 2 : 5)
        let table = Array("subject,line.text,line.price,line.quantity,line.\(key)\nz,a,1,3,\(done)\n".utf8)
        let lines = [#"{"text":"a","unit_price":1,"quantity":3,""# + key + "\":\(done)}"].joined()
        let applied = Array((#"{"module":""# + module + #"","subject":"y","lines":["# + lines + "]}\n").utf8)
        for (command, input) in [([noun, "import"], table), (["apply"], applied)] {
            let result = try crm.run(command, stdin: input)
            #expect(result.status == (words.isEmpty ? 0 : 6), "\(result.errors)")
            #expect(words.isEmpty || result.errors.contains(words), "\(result.errors)")
            #expect(try crm.run(command + ["--force"], stdin: input).status == 0)
        }
    }

    /// What is applied or added with a list where there is one value.
    private static let listed = [
        #"{"module":"product","name":"l","price":[1,2]}"#, #"{"module":"product","name":"l","stock":[3,5]}"#,
        #"{"module":"quote","subject":"q","lines":[{"text":"b","unit_price":[1,2]}]}"#,
        #"{"module":"quote","subject":"q","lines":[{"text":"b","unit_price":1,"quantity":[1,2]}]}"#,
    ]

    @Test("A list in JSON is no amount with a decimal comma", arguments: listed)
    func listsApplied(line: String) throws {
        let result = try crm.run(["apply"], stdin: Array((line + "\n").utf8))
        #expect(result.status == 6 && result.errors.contains("must be one value, not a list"), "\(result.errors)")
    }

    @Test("Nor is one in a row of lines")
    func listsAdded() throws {
        try crm.add("quote", "--subject", "q")
        let rows = Array(#"[{"text":"b","unit_price":[1,2]}]"#.utf8)
        let result = try crm.run(["quote", "line", "add", "1", "--input", "-"], stdin: rows)
        #expect(result.status != 0 && result.errors.contains("must be one value, not a list"), "\(result.errors)")
        let quotes = #"[{"subject":"r","line.text":"b","line.unit_price":[1,2]}]"#
        let imported = try crm.run(["quote", "import", "-", "--input-format", "json"], stdin: Array(quotes.utf8))
        #expect(imported.status == 6 && imported.errors.contains("must be one value, not a list"), "\(imported.errors)")
    }

    @Test(
        "A row of a table is the line whose position it states, and fewer rows than lines say which they are",
        arguments: [
            ("number,line.position,line.quantity\nS1,2,9\n", 6, "a 1,b 2,c 3"),
            ("number,line.quantity\nS1,9\n", 6, "a 1,b 2,c 3"),
            ("number,line.position,line.quantity\nS1,3,7\nS1,1,5\nS1,2,6\n", 0, "a 5,b 6,c 7"),
            ("number,line.position,line.text,line.quantity\nS1,1,c,7\nS1,2,a,5\n", 0, "c 7,a 5"),
        ]
    )
    func partialTables(table: String, status: Int32, lines: String) throws {
        let given = [("a", 1), ("b", 2), ("c", 3)].flatMap { ["--line", "text=\($0),price=1,quantity=\($1)"] }
        try crm.succeed(["sales-order", "add", "--subject", "s", "--number", "S1"] + given)
        let result = try crm.run(
            ["sales-order", "import", "-", "--match", "number"],
            stdin: Array(table.utf8)
        )
        #expect(result.status == status, "\(result.errors)")
        if status != 0 { #expect(result.errors.contains("do not say which they are"), "\(result.errors)") }
        let kept = try crm.run("sales-order", "line", "list", "1", "--columns", "text,quantity", "--format", "tsv")
            .output
        let rows = kept.split(separator: "\n").dropFirst().map { $0.replacing("\t", with: " ") }
        #expect(rows.joined(separator: ",") == lines)
    }
}

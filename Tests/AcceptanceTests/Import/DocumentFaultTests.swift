import Testing

/// What is told of documents whose lines are wrong: every cell of every row, with its place.
@Suite struct DocumentFaultTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private static let head = "external_id,subject,stage,line.text,line.quantity,line.unit_price\n"

    /// Rows of quotes, and where they are wrong: row, line and column of the text, and the header.
    private static let tables: [(rows: String, faults: [String])] = [
        (
            "Q1,Uno,created,Mesa,dos,10\nQ1,Uno,created,Silla,2,abc\nQ1,Uno,created,Cama,tres,xyz\n",
            [
                "row 1 (line 2, column 21), line.quantity \"dos\"",
                "row 2 (line 3, column 24), line.unit_price \"abc\"",
                "row 3 (line 4, column 21), line.quantity \"tres\"",
                "row 3 (line 4, column 26), line.unit_price \"xyz\"",
            ]
        ),
        // What is wrong with the document hides nothing of its lines.
        (
            "Q1,Uno,nowhere,Mesa,dos,10\nQ1,Uno,nowhere,Silla,2,abc\nQ2,Dos,created,Mesa,uno,1\n",
            [
                "row 1 (line 2, column 8), stage \"nowhere\"", "row 1 (line 2, column 21), line.quantity \"dos\"",
                "row 2 (line 3, column 24), line.unit_price \"abc\"",
                "row 3 (line 4, column 21), line.quantity \"uno\"",
            ]
        ),
        (
            "Q1,,created,Mesa,dos,10\nQ1,,created,Silla,2,abc\n",
            [
                "row 1 (line 2, column 4), subject", "row 1 (line 2, column 18), line.quantity \"dos\"",
                "row 2 (line 3, column 21), line.unit_price \"abc\"",
            ]
        ),
    ]

    @Test("Every wrong cell of every row of a document is named, with its place", arguments: tables)
    func named(rows: String, faults: [String]) throws {
        let result = try crm.run("quote", "import", "--match", "external_id", stdin: Self.head + rows)
        #expect(result.status == 6)
        #expect(result.errors.split(separator: "\n").count == faults.count, "\(result.errors)")
        for fault in faults { #expect(result.errors.contains("\(fault): "), "\(fault)\n\(result.errors)") }
    }

    @Test("So it is in documents that are there, whose rows change their lines")
    func changed() throws {
        let good = "Q1,Uno,created,Mesa,2,10\nQ1,Uno,created,Silla,1,5\n"
        try crm.succeed("quote", "import", "--match", "external_id", stdin: Self.head + good)
        let bad = "Q1,Uno,created,Mesa,dos,10\nQ1,Uno,created,Silla,1,abc\nQ1,Uno,created,Cama,x,1\n"
        let result = try crm.run("quote", "import", "--match", "external_id", stdin: Self.head + bad)
        #expect(result.errors.split(separator: "\n").count == 3, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*), sum(net) FROM quote_line") == "2|2500")
    }

    @Test("The file of rejected rows says beside each row what is wrong with it")
    func rejects() throws {
        let rows = "Q1,Uno,created,Mesa,1,10\nQ1,Uno,created,Silla,2,abc\nQ2,Dos,created,Mesa,1,1\n"
        let words = ["quote", "import", "--match", "external_id", "--continue-on-error", "--rejects", "bad.csv"]
        _ = try crm.run(words, stdin: Array((Self.head + rows).utf8))
        let written = try String(decoding: crm.read("bad.csv"), as: UTF8.self).split(separator: "\n")
        #expect(written.count == 3, "\(written)")
        #expect(written.dropFirst().first == "Q1,Uno,created,Mesa,1,10,", "\(written)")
        #expect(written.last?.contains("line.unit_price: not an amount") == true, "\(written)")
        #expect(try crm.sql("SELECT group_concat(external_id) FROM quote") == "Q2")
    }

    @Test("A cell under no header refuses its document as a whole")
    func stray() throws {
        // Only the first rows are looked at to tell that a column is empty.
        let filler = (1...3000).map { "F\($0),F,created,,a,1,1\n" }.joined()
        let head = Self.head.replacing("stage,", with: "stage,,")
        let rows = head + filler + "Q1,Uno,created,stray,Mesa,1,10\nQ1,Uno,created,,Silla,2,5\n"
        let words = ["quote", "import", "--match", "external_id", "--continue-on-error"]
        let result = try crm.run(words, stdin: Array(rows.utf8))
        #expect(result.status == 6 && result.errors.contains("\"stray\""), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM quote WHERE external_id = 'Q1'") == "0")
    }

    @Test("Members of JSON are named by the number of their line")
    func json() throws {
        let documents = """
            [{"subject":"Uno","stage":"nowhere","lines":[{"text":"a","quantity":"dos"},{"text":"b","unit_price":"abc"}]},
            {"subject":"Dos","lines":[{"text":"a","quantity":"1","unit_price":"x"},{"quantity":"2","unit_price":"1"}]}]
            """
        let result = try crm.run("quote", "import", "--input-format", "json", stdin: documents)
        let faults = [
            "stage \"nowhere\"", "lines[1].quantity \"dos\": not a number",
            "lines[2].unit_price \"abc\": not an amount",
            "lines[1].unit_price \"x\": not an amount", "lines[2].text: name a product",
        ]
        for fault in faults { #expect(result.errors.contains(fault), "\(fault)\n\(result.errors)") }
    }

    @Test("Lines of records that are applied are looked at as a whole")
    func applied() throws {
        let amounts = """
            {"module":"quote","subject":"Uno","lines":[{"text":"a","quantity":1,"unit_price":"x"},\
            {"text":"b","quantity":1,"unit_price":"abc"},{"text":"c"}]}
            """
        let other = try crm.run("apply", stdin: amounts + "\n")
        for fault in ["lines[1].unit_price \"x\"", "lines[2].unit_price \"abc\"", "lines[3].unit_price: is required"] {
            #expect(other.errors.contains(fault), "\(fault)\n\(other.errors)")
        }
        let stage = """
            {"module":"quote","subject":"Uno","stage":"nowhere","lines":[{"text":"a","quantity":"dos","unit_price":1},\
            {"text":"b","quantity":"tres","unit_price":1}]}
            """
        let third = try crm.run("apply", stdin: stage + "\n")
        for fault in ["stage \"nowhere\"", "lines[1].quantity \"dos\"", "lines[2].quantity \"tres\""] {
            #expect(third.errors.contains(fault), "\(fault)\n\(third.errors)")
        }
    }
}

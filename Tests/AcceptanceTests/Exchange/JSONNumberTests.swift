import Testing

/// A JSON number means what it says, however many zeros it ends in; a text of the same digits may mean thousands.
@Suite struct JSONNumberTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    /// Words of a command that reads JSON, the object with `X` for the number, and a query for what became of it, which
    /// is the number that `X` stands for times a thousand.
    struct Reader: Sendable, CustomTestStringConvertible {
        let words: String
        let object: String
        let query: String

        var testDescription: String { "\(words): \(object)" }
    }

    private static let readers = [
        Reader(
            words: "quote add --subject Q --currency KWD --lines -",
            object: #"[{"text":"a","quantity":X,"unit_price":1}]"#,
            query: "SELECT quantity / 1000 FROM quote_line"
        ),
        Reader(
            words: "quote add --subject Q --currency KWD --lines -",
            object: #"[{"text":"a","unit_price":X}]"#,
            query: "SELECT unit_price FROM quote_line"
        ),
        Reader(
            words: "quote import - --input-format json",
            object: #"[{"subject":"Q","currency":"KWD","lines":[{"text":"a","quantity":X,"unit_price":1}]}]"#,
            query: "SELECT quantity / 1000 FROM quote_line"
        ),
        Reader(
            words: "quote import - --input-format json",
            object: #"[{"subject":"Q","currency":"KWD","lines":[{"text":"a","unit_price":X}]}]"#,
            query: "SELECT unit_price FROM quote_line"
        ),
        Reader(
            words: "quote import - --input-format json",
            object: #"[{"subject":"Q","currency":"KWD","line.text":"a","line.unit_price":X}]"#,
            query: "SELECT unit_price FROM quote_line"
        ),
        Reader(
            words: "quote import - --input-format jsonl",
            object: #"{"subject":"Q","currency":"KWD","shipping":X}"#,
            query: "SELECT shipping FROM quote"
        ),
        Reader(
            words: "product import - --input-format jsonl",
            object: #"{"name":"P","stock":X}"#,
            query: "SELECT stock / 1000 FROM product"
        ),
        Reader(
            words: "apply",
            object: #"{"module":"quote","subject":"Q","currency":"KWD","shipping":X}"#,
            query: "SELECT shipping FROM quote"
        ),
        Reader(
            words: "apply",
            object: #"{"module":"quote","subject":"Q","currency":"KWD","lines":[{"text":"a","unit_price":X}]}"#,
            query: "SELECT unit_price FROM quote_line"
        ),
        Reader(
            words: "rate import - --input-format jsonl",
            object: #"{"currency":"USD","in":"EUR","date":"2026-01-02","rate":X}"#,
            query: "SELECT rate / 10000000 FROM exchange_rate"
        ),
    ]

    @Test(
        "in every reader",
        arguments: readers,
        [("2.500", 2500), ("2.000", 2000), ("1.234", 1234), ("12.50", 12_500), ("0.750", 750), ("2.5e0", 2500)]
    )
    func number(reader: Reader, number: (text: String, thousandths: Int)) throws {
        let object = reader.object.replacing("X", with: number.text) + "\n"
        try crm.succeed(reader.words.split(separator: " ").map(String.init), stdin: object)
        #expect(try crm.sql(reader.query) == "\(number.thousandths)")
    }

    @Test("and where no decimals fit it is refused, not taken for thousands")
    func tooPrecise() throws {
        for (words, object) in [
            ("organization import - --input-format jsonl", #"{"name":"O","employees":1.234}"#),
            ("apply", #"{"module":"organization","name":"O","employees":1.234}"#),
            ("quote import - --input-format jsonl", #"{"subject":"Q","currency":"JPY","shipping":1.234}"#),
            ("quote import - --input-format jsonl", #"{"subject":"Q","currency":"MXN","shipping":1.234}"#),
        ] {
            let result = try crm.run(words.split(separator: " ").map(String.init), stdin: Array("\(object)\n".utf8))
            #expect(result.status == 6, "\(object) \(result.output)")
            #expect(!result.errors.contains("1234"), "\(result.errors)")
        }
    }

    @Test("A text stays doubtful, and text fields keep the digits")
    func text() throws {
        let object = #"[{"text":"a","quantity":"2.500","unit_price":1}]"#
        let result = try crm.run("quote", "add", "--subject", "Q", "--lines", "-", stdin: object)
        #expect(result.status == 2 && result.errors.contains("may be 2500 or 2.5"), "\(result.errors)")
        let named = #"{"name":1.250,"description":12.500}"#
        try crm.succeed("product", "import", "-", "--input-format", "jsonl", stdin: named)
        #expect(try crm.sql("SELECT name, description FROM product") == "1.250|12.500")
    }

    @Test("A percentage is in percent under the key of its field, and may be a part of one under any other name")
    func percentages() throws {
        try crm.succeed("project", "import", "-", "--input-format", "json", stdin: #"[{"name":"A","progress":0.5}]"#)
        try crm.succeed("project", "import", "-", "--input-format", "json", stdin: #"[{"name":"B","progress":1}]"#)
        #expect(try crm.sql("SELECT group_concat(progress) FROM project") == "5000,10000")
        for object in [#"[{"name":"C","Avance":0.5}]"#, #"[{"name":"C","progress":"0.5"}]"#] {
            let result = try crm.run("project", "import", "-", "--input-format", "json", stdin: object)
            #expect(result.status == 6 && result.errors.contains("may be 50%"), "\(result.errors)")
        }
    }

    @Test("A number in a row of an array keeps its digits as a text, and has one meaning as a number")
    func nested() throws {
        let values = #""unit_price":1.250,"quantity":2.500"#
        for (place, number) in ["1.234", "2.500", "\"1.234\"", "\"2.500\"", "7.00"].enumerated() {
            let line = "{\"text\":\(number),\"comment\":\(number),\(values)}"
            let object = #"{"number":"N\#(place)","subject":"Q","lines":[\#(line)]}"#
            try crm.succeed("quote", "import", "-", "--input-format", "jsonl", stdin: object)
            let text = number.replacing("\"", with: "")
            let columns = "text, comment, exact_price, unit_price, quantity"
            let stored = try crm.sql("SELECT \(columns) FROM quote_line WHERE quote = \(place + 1)")
            #expect(stored == "\(text)|\(text)||125|2500000")
            let shown = try crm.json("quote", "show", "\(place + 1)")["lines"]?.elements.first
            #expect(shown?["quantity"]?.digits == "2.5", "\(String(describing: shown))")
        }
        let doubted = #"{"subject":"Q","lines":[{"text":"a","unit_price":"1.250"}]}"#
        let result = try crm.run("quote", "import", "-", "--input-format", "jsonl", stdin: doubted)
        #expect(result.status == 6 && result.errors.contains("it may be 1250 or 1.25"), "\(result.errors)")
    }

    @Test("Rows stand in the order of their positions, those without one behind the ones before them, for all readers")
    func positions() throws {
        let texts = [("\"position\":2,", "second"), ("", "third"), ("\"position\":1,", "first"), ("", "last")]
        let objects = texts.map { position, text in #"{\#(position)"text":"\#(text)","unit_price":1}"# }
        let lines = "[\(objects.joined(separator: ","))]"
        let object = #"{"number":"J1","subject":"Q","lines":\#(lines)}"#
        try crm.succeed("quote", "import", "-", "--input-format", "jsonl", stdin: object)
        try crm.succeed("apply", stdin: #"{"module":"quote",\#(object.dropFirst().replacing("J1", with: "J2"))"#)
        try crm.succeed("quote", "add", "--subject", "Q", "--number", "J3", "--lines", "-", stdin: lines)
        let cells = ["2,second", ",third", "1,first", ",last"]
        let table = "position,text,unit_price\n" + cells.map { "\($0),1\n" }.joined()
        try crm.succeed("quote", "add", "--subject", "Q", "--number", "J5", "--lines", "-", stdin: table)
        let flat = "number,subject,line.position,line.text,line.unit_price\n" + cells.map { "J6,Q,\($0),1\n" }.joined()
        try crm.succeed("quote", "import", "-", "--match", "number", stdin: flat)
        let stored = "SELECT group_concat(text) FROM (SELECT text FROM quote_line WHERE quote = Q ORDER BY position)"
        for id in 1...5 {
            #expect(try crm.sql(stored.replacing("= Q", with: "= \(id)")) == "first,last,second,third", "\(id)")
        }
    }

    /// Stores rows at positions by each of the readers of rows, each in a quote of its own.
    private func store(_ rows: [(position: String, text: String)]) throws -> [CRM.Result] {
        let objects = rows.map { #"{"position":\#($0.position),"text":"\#($0.text)","unit_price":1}"# }
        let lines = "[\(objects.joined(separator: ","))]"
        let record = #""subject":"Q","lines":\#(lines)}"#
        let cells = rows.map { "\($0.position),\($0.text),1\n" }
        let add = ["quote", "add", "--subject", "Q", "--lines", "-"]
        return try [
            crm.run(["quote", "import", "-", "--input-format", "jsonl"], stdin: Array("{\(record)".utf8)),
            crm.run(["apply"], stdin: Array(#"{"module":"quote",\#(record)"#.utf8)),
            crm.run(add, stdin: Array(lines.utf8)),
            crm.run(add, stdin: Array(("position,text,unit_price\n" + cells.joined()).utf8)),
        ]
    }

    @Test("Positions may count from 0, and are not below it, for all readers")
    func positionsFromZero() throws {
        for result in try store([("1", "b"), ("0", "a")]) { #expect(result.status == 0, "\(result.errors)") }
        let stored = "SELECT group_concat(text) FROM (SELECT text FROM quote_line WHERE quote = Q ORDER BY position)"
        for id in 1...4 { #expect(try crm.sql(stored.replacing("= Q", with: "= \(id)")) == "a,b", "\(id)") }
        for wrong in ["-1", "\"x\""] {
            for result in try store([("1", "b"), (wrong, "a")]) {
                #expect([2, 6].contains(result.status) && result.errors.contains("position"), "\(result.errors)")
            }
        }
        #expect(try crm.sql("SELECT count(*) FROM quote") == "4")
        // Where a line names its record the position is that of a row.
        let named = #"{"line":"quote","record":1,"position":0,"text":"c","unit_price":1}"#
        let result = try crm.run(["apply"], stdin: Array(named.utf8))
        #expect(result.status != 0 && result.errors.contains("the least number taken is 1"), "\(result.errors)")
    }

    @Test("What show says of a record is taken back, its summary passed over", arguments: ModuleCase.all)
    func shown(_ module: ModuleCase) throws {
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
        let record = try FullRecord(of: module, in: crm)
        try crm.succeed([module.noun, "add"] + record.words)
        let newest = try crm.sql("SELECT max(id) FROM \"\(module.key)\"")
        let shown = try crm.succeed(module.noun, "show", newest, "--json").outputBytes
        let words = [module.noun, "import", "-", "--input-format", "json", "--match", "id", "--json"]
        let result = try crm.run(words, stdin: shown)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try JSON(result.outputBytes)["unchanged"] == 1, "\(result.output)")
    }
}

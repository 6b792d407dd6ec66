import Testing

/// Rows of documents in one input that depend on each other: those that stand apart, and numbers that it names.
@Suite struct DocumentRowTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    private func texts(_ number: String) throws -> String {
        try crm.sql(
            """
            SELECT group_concat(text) FROM (SELECT text FROM quote_line JOIN quote ON quote.id = quote
            WHERE number = '\(number)' ORDER BY position)
            """
        )
    }

    private static let head = "number,subject,line.text,line.unit_price\n"

    /// Rows of documents of which one is wrong, with their number, and the wrong row as it is and as it should be.
    private static let together: [(rows: String, failed: Int, wrong: String, right: String)] = [
        ("Q9,s,x,5\nQ8,s,z,1\nQ9,s,w,bad\n", 2, "Q9,s,w,bad,", "Q9,s,w,3,"),
        ("Q9,s,x,bad\nQ8,s,z,1\nQ9,s,w,3\n", 2, "Q9,s,x,bad,", "Q9,s,x,5,"),
        ("Q9,s,x,5\nQ8,s,z,1\nQ9,s,v,bad\nQ8,s,y,2\nQ9,s,w,3\n", 3, "Q9,s,v,bad,", "Q9,s,v,7,"),
        // With a cell too many.
        ("Q9,s,x,5\nQ8,s,z,1\nQ9,s,w,3,extra\n", 2, "Q9,s,w,3,extra,", "Q9,s,w,3,"),
        ("Q9,s,x,5,extra\nQ8,s,z,1\nQ9,s,w,3\n", 2, "Q9,s,x,5,extra,", "Q9,s,x,5,"),
        ("Q9,s,x,5\nQ8,s,z,1\nQ9,s,v,7,extra\nQ8,s,y,2\nQ9,s,w,3\n", 3, "Q9,s,v,7,extra,", "Q9,s,v,7,"),
        ("Q9,s,x,5\n,,v,7,extra\n,,w,3\nQ8,s,z,1\n", 3, ",,v,7,extra,", ",,v,7,"),
    ]

    @Test(
        "Rows of one document are taken or rejected together, however many lines it had",
        arguments: together,
        [[], ["--match", "number"]]
    )
    func rejectedTogether(
        together: (rows: String, failed: Int, wrong: String, right: String),
        options: [String]
    ) throws {
        for stored in options.isEmpty ? [0] : [0, 1, 3] {
            let crm = try CRM()
            let lines = (0..<stored).flatMap { ["--line", "text=old\($0),price=1"] }
            if stored > 0 { try crm.succeed(["quote", "add", "--subject", "s", "--number", "Q9"] + lines) }
            let before = try crm.sql("SELECT group_concat(text) FROM quote_line")
            let first = try crm.run(
                ["quote", "import", "-", "--continue-on-error", "--rejects", "r.csv"] + options,
                stdin: Array((Self.head + together.rows).utf8)
            )
            #expect(first.status == 6 && first.output.contains("\(together.failed) failed"), "\(first)")
            let left = try crm.sql(
                "SELECT group_concat(text) FROM quote_line JOIN quote ON quote.id = quote WHERE number = 'Q9'"
            )
            #expect(left == before, "\(stored)")
            let rejected = String(decoding: try crm.read("r.csv"), as: UTF8.self)
            #expect(rejected.split(separator: "\n").count == together.failed + 1, "\(rejected)")
            try crm.write(rejected.replacing(together.wrong, with: together.right), to: "r.csv")
            #expect(try crm.run(["quote", "import", "r.csv", "--dry-run"] + options).status == 0)
            let again = try crm.run(["quote", "import", "r.csv"] + options)
            #expect(again.status == 0, "\(again.errors)")
            let mended = try crm.sql(
                """
                SELECT group_concat(text) FROM (SELECT text FROM quote_line JOIN quote ON quote.id = quote
                WHERE number = 'Q9' ORDER BY position)
                """
            )
            #expect(mended == (together.failed == 3 ? "x,v,w" : "x,w"), "\(stored)")
            try crm.succeed("undo")
            try crm.succeed("undo")
            #expect(try crm.sql("SELECT group_concat(text) FROM quote_line") == before)
        }
    }

    @Test("A discount in money is compared with all rows of its document, wherever they stand")
    func discountOfAll() throws {
        let rows = "number,subject,discount_amount,line.text,line.unit_price\nQ9,s,50,x,5\nQ8,s,,z,1\nQ9,s,50,w,46\n"
        let result = try importing(rows, as: "quote", "--match", "number")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT total FROM quote WHERE number = 'Q9'") == "100")
    }

    @Test("Of two records of one number in JSON the second is not taken where the first was rejected")
    func nested() throws {
        let records = """
            [{"number":"Q1","subject":"s","lines":[{"text":"A","unit_price":"zz"}]},
            {"number":"Q1","subject":"s","lines":[{"text":"D","unit_price":1}]}]
            """
        let result = try crm.run(
            ["quote", "import", "-", "--input-format", "json", "--continue-on-error", "--rejects", "r.json"],
            stdin: Array(records.utf8)
        )
        #expect(result.status == 6 && result.errors.contains("the same quote as row 1"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM quote") == "0")
    }

    /// Rows of which one is wrong below others of its document that are not, and that an earlier batch has saved.
    private static let apart: [(rows: String, failed: Int)] = [
        ("Q9,s,x,5\nQ8,s,z,1\nQ9,s,y,\n", 1), ("Q9,s,x,5\nQ8,s,z,1\nQ9,s,y,\nQ9,s,w,3\n", 2),
        ("Q9,s,x,5\nQ8,s,z,1\nQ9,s,y,\nQ8,s,v,2\nQ9,s,w,3\n", 2),
    ]

    @Test(
        "Rows rejected below others of their document do not replace those once they are mended",
        arguments: apart,
        ["en", "es"]
    )
    func rejectedBelow(apart: (rows: String, failed: Int), language: String) throws {
        let options = ["--match", "number", "--lang", language]
        let batches = ["--continue-on-error", "--rejects", "r.csv", "--journal", "j", "--batch-size", "2"]
        let first = try crm.run(
            ["quote", "import", "-"] + batches + options,
            stdin: Array((Self.head + apart.rows).utf8)
        )
        #expect(first.status == 6, "\(first.errors)")
        #expect(
            first.errors.contains(language == "en" ? "record of row 1, which is not rejected" : "registro de la fila 1")
        )
        #expect(!first.errors.contains("both are taken") && !first.errors.contains("se toman las dos"))
        #expect(try texts("Q9") == "x")
        var rejected = String(decoding: try crm.read("r.csv"), as: UTF8.self)
        #expect(rejected.split(separator: "\n").count == apart.failed + 1, "\(rejected)")
        rejected = rejected.replacing("Q9,s,y,,", with: "Q9,s,y,7,")
        for round in 1...2 {
            try crm.write(rejected, to: "r.csv")
            let again = try crm.run(
                ["quote", "import", "r.csv", "--continue-on-error", "--rejects", "a.csv"] + options
            )
            #expect(again.status == 6 && again.output.contains("\(apart.failed) "), "\(round): \(again)")
            #expect(try texts("Q9") == "x")
            rejected = String(decoding: try crm.read("a.csv"), as: UTF8.self)
        }
        let whole = Self.head + apart.rows.replacing("Q9,s,y,\n", with: "Q9,s,y,7\n")
        let result = try importing(whole, as: "quote", "--match", "number")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try texts("Q9") == (apart.rows.contains("w") ? "x,y,w" : "x,y"))
    }

    @Test("Rows refused for a number that another row has do not replace its lines by being matched later")
    func unmatched() throws {
        let rows = Self.head + "Q9,s,x,5\nQ8,s,z,1\nQ9,other,y,6\n"
        let batches = ["--continue-on-error", "--rejects", "r.csv", "--journal", "j", "--batch-size", "2"]
        let first = try crm.run(["quote", "import", "-"] + batches, stdin: Array(rows.utf8))
        #expect(first.status == 6 && first.errors.contains("import all its rows together"), "\(first.errors)")
        let again = try crm.run("quote", "import", "r.csv", "--match", "number")
        #expect(again.status == 6 && again.errors.contains("with an empty \"error\""), "\(again.errors)")
        #expect(try texts("Q9") == "x")
    }

    @Test(
        "Rows of a document in a later batch go on with it, whether anything is matched by or not",
        arguments: [false, true]
    )
    func laterBatch(isMatched: Bool) throws {
        let options = ["--journal", "j", "--batch-size", "2"] + (isMatched ? ["--match", "number"] : [])
        let rows = Self.head + "Q9,s,x,5\nQ8,s,z,1\nQ7,s,t,2\nQ9,s,y,6\nQ8,,u,2\n"
        let result = try crm.run(["quote", "import", "-"] + options, stdin: Array(rows.utf8))
        #expect(result.status == 0, "\(result.errors)")
        #expect(try texts("Q9") == "x,y")
        #expect(try texts("Q8") == "z,u")
        #expect(try crm.sql("SELECT count(*) FROM quote") == "3")
        // The same rows once more are no further ones of documents that were there before.
        let again = try crm.run(["quote", "import", "-"] + options, stdin: Array(rows.utf8))
        #expect(again.status == (isMatched ? 0 : 6), "\(again.errors)")
        #expect(try texts("Q9") == "x,y")
    }

    /// Rows in JSON of which one has a member without a meaning, the numbers of those that are rejected, and of the
    /// documents that are taken.
    private static let withStrangeMember: [(rows: [String], failed: Int, taken: String)] = [
        (
            [
                #"{"number":"Q9","subject":"s","line.text":"x","line.unit_price":5}"#,
                #"{"number":"Q8","subject":"s","line.text":"z","line.unit_price":1}"#,
                #"{"number":"Q9","subject":"s","line.text":"w","line.unit_price":3,"bogus":1}"#,
            ], 2, "Q8"
        ),
        (
            [
                #"{"number":"Q9","subject":"s","line.text":"w","line.unit_price":3,"bogus":1}"#,
                #"{"number":"Q8","subject":"s","line.text":"z","line.unit_price":1}"#,
                #"{"number":"Q9","subject":"s","line.text":"x","line.unit_price":5}"#,
                #"{"number":"Q9","line.text":"v","line.unit_price":5}"#,
            ], 3, "Q8"
        ),
        (
            [
                #"{"number":"Q9","subject":"s","bogus":1,"lines":[{"text":"A","unit_price":1}]}"#,
                #"{"number":"Q9","subject":"s","lines":[{"text":"D","unit_price":1}]}"#,
                #"{"number":"Q8","subject":"s","lines":[{"text":"E","unit_price":1}]}"#,
            ], 2, "Q8"
        ),
    ]

    @Test(
        "A member without a meaning rejects its whole document",
        arguments: withStrangeMember,
        [[], ["--match", "number"]]
    )
    func meaninglessMember(case given: (rows: [String], failed: Int, taken: String), options: [String]) throws {
        try crm.write(given.rows.map { $0 + "\n" }.joined(), to: "in.jsonl")
        let words = ["quote", "import", "in.jsonl", "--continue-on-error", "--rejects", "r.jsonl"] + options
        let result = try crm.run(words)
        #expect(result.status == 6 && result.output.contains("\(given.failed) failed"), "\(result)")
        #expect(try crm.sql("SELECT group_concat(number) FROM quote") == given.taken)
        let rejected = String(decoding: try crm.read("r.jsonl"), as: UTF8.self)
        #expect(rejected.split(separator: "\n").count == given.failed, "\(rejected)")
    }

    @Test("Lines that a table does not have any more are told")
    func removed() throws {
        let lines = ["a", "b", "c"].flatMap { ["--line", "text=\($0),price=1"] }
        try crm.succeed(["quote", "add", "--subject", "s", "--number", "Q9"] + lines)
        let result = try importing(Self.head + "Q9,s,b,1\n", as: "quote", "--match", "number")
        #expect(result.errors.contains("removed 2 lines that the input does not have, of quote 1"), "\(result.errors)")
        try crm.write(#"[{"number":"Q9","lines":[]}]"#, to: "in.json")
        let nested = try crm.run("quote", "import", "in.json", "--match", "number", "--lang", "es")
        #expect(nested.status == 0, "\(nested.errors)")
    }

    /// Inputs in which a document without a number comes before one of the number that it would get.
    private static let numbers: [(command: String, input: String)] = [
        ("quote import", "number,subject\n,a\nN-1,b\n,c\nN-3,d\n"),
        ("quote import --continue-on-error", "number,subject\n,a\nN-1,b\n,c\nN-3,d\n"),
        ("quote import", "number,subject,line.text,line.unit_price\n,a,x,1\n,a,y,1\nN-1,b,x,1\n,c,x,1\nN-3,d,x,1\n"),
        (
            "apply",
            ["\"a\"", "\"b\",\"number\":\"N-1\"", "\"c\"", "\"d\",\"number\":\"N-3\""].map {
                "{\"module\":\"quote\",\"subject\":\($0)}\n"
            }.joined()
        ),
    ]

    @Test("A document without a number gets none that one further down has", arguments: numbers)
    func named(command: String, input: String) throws {
        try crm.succeed("config", "set", "number.quote", "N-{n}")
        let result = try crm.run(command.split(separator: " ").map(String.init), stdin: Array(input.utf8))
        #expect(result.status == 0, "\(result.errors)")
        let numbers = try crm.sql("SELECT group_concat(subject || number) FROM (SELECT * FROM quote ORDER BY id)")
        #expect(numbers == "aN-2,bN-1,cN-4,dN-3", "\(numbers)")
        #expect(try crm.run("check").status == 0)
        try crm.succeed("quote", "add", "--subject", "e")
        #expect(try crm.sql("SELECT number FROM quote WHERE subject = 'e'") == "N-5")
        try crm.succeed("undo")
        try crm.succeed("undo")
        #expect(try crm.sql("SELECT count(*) FROM quote") == "0")
    }

    /// Inputs with a rejected row that names a number, and the numbers of the others.
    private static let reserved: [(rows: String, numbers: String)] = [
        (",a,A,1\nN-1,b,B,bad\n", "aN-2"), ("N-1,b,B,bad\n,a,A,1\n", "aN-2"),
        (",a,A,1\n,c,C,1\nN-2,b,B,bad\n,d,D,1\n", "aN-1,cN-3,dN-4"), (",a,A,1\nN-1,b,B,\n", "aN-2"),
    ]

    @Test("A number that a rejected row names is free for no other document", arguments: reserved)
    func namedByRejected(rows: String, numbers: String) throws {
        try crm.succeed("config", "set", "number.quote", "N-{n}")
        let numbered = "SELECT group_concat(subject || number) FROM (SELECT * FROM quote ORDER BY id)"
        let words = ["quote", "import", "-", "--continue-on-error", "--rejects", "r.csv"]
        #expect(try crm.run(words + ["--dry-run"], stdin: Array((Self.head + rows).utf8)).status == 6)
        let result = try crm.run(words, stdin: Array((Self.head + rows).utf8))
        #expect(result.status == 6, "\(result.errors)")
        #expect(try crm.sql(numbered) == numbers)
        let rejected = String(decoding: try crm.read("r.csv"), as: UTF8.self)
        try crm.write(rejected.replacing(",B,bad,", with: ",B,1,").replacing(",B,,", with: ",B,1,"), to: "r.csv")
        try crm.succeed("quote", "import", "r.csv")
        #expect(try crm.sql("SELECT count(*) FROM quote WHERE subject = 'b'") == "1")
        try crm.succeed("undo")
        #expect(try crm.sql(numbered) == numbers)
        #expect(try crm.run("check").status == 0)
    }

    @Test("Batches give no number that a later one names", arguments: ["csv", "jsonl"])
    func batches(format: String) throws {
        try crm.succeed("config", "set", "number.quote", "N-{n}")
        let subjects = (1...20).map { "s\($0)" }
        let input =
            format == "csv"
            ? "subject,number\n" + subjects.map { "\($0),\n" }.joined() + "x,N-7\n"
            : subjects.map { "{\"subject\":\"\($0)\"}\n" }.joined() + "{\"subject\":\"x\",\"number\":\"N-7\"}\n"
        try crm.write(input, to: "in.\(format)")
        let words = ["quote", "import", "in.\(format)", "--journal", "j", "--batch-size", "5"]
        #expect(try crm.run(words + ["--dry-run"]).status == 0)
        let result = try crm.run(words)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT number FROM quote WHERE subject = 'x'") == "N-7")
        #expect(try crm.sql("SELECT count(DISTINCT number), max(id) FROM quote") == "21|21")
        #expect(try crm.sql("SELECT number FROM quote WHERE id IN (6, 7)") == "N-6\nN-8")
    }

    @Test("From a pipe they give none, and say so; what they have rejected is known when the import goes on")
    func pipe() throws {
        try crm.succeed("config", "set", "number.quote", "N-{n}")
        try crm.write(Self.head + "Q9,s,x,bad\nK1,f,z,1\n,blank,z,1\nQ9,s,w,2\nN-1,n,z,1\n", to: "in.csv")
        let options = "--continue-on-error --rejects bad.csv --journal j --batch-size 2"
        let stopped = try crm.shell("cat in.csv | crm quote import - \(options)")
        #expect(stopped.status == 2 && stopped.errors.contains("a pipe cannot be"), "\(stopped.errors)")
        #expect(stopped.errors.contains("rows up to 2 are saved"), "\(stopped.errors)")
        let rest = try crm.shell("crm quote import in.csv \(options)")
        #expect(rest.status == 6, "\(rest.errors)")
        let numbers = try crm.sql("SELECT group_concat(subject || number) FROM (SELECT * FROM quote ORDER BY id)")
        #expect(numbers == "fK1,blankN-2,nN-1")
        let rejected = String(decoding: try crm.read("bad.csv"), as: UTF8.self).split(separator: "\n")
        #expect(rejected.count == 3 && rejected.last?.contains("row 1, which was rejected") == true, "\(rejected)")
    }

    @Test("A number that was there before stays where it is")
    func present() throws {
        try crm.succeed("config", "set", "number.quote", "N-{n}")
        try crm.succeed("quote", "add", "--subject", "z")
        let result = try importing("number,subject\n,a\nN-1,b\n", as: "quote")
        #expect(
            result.status == 6 && result.errors.contains("quote 1 already has the Quote number \"N-1\""),
            "\(result.errors)"
        )
        #expect(try crm.sql("SELECT group_concat(number) FROM quote") == "N-1")
    }

    @Test("A record with a member without a meaning is rejected alone, and the number that it names stays free")
    func meaningless() throws {
        try crm.succeed("config", "set", "number.quote", "N-{n}")
        let records = [
            #"{"contact":null,"subject":"A","number":"Q-5"}"#, #"{"bogus":"x"}"#,
            #"{"number":"N-1","subject":"B","bogus":"x"}"#, #"{"subject":"C"}"#,
        ]
        try crm.write(records.joined(separator: "\n") + "\n", to: "in.jsonl")
        let result = try crm.run("quote", "import", "in.jsonl", "--continue-on-error")
        #expect(result.status == 6, "\(result.errors)")
        #expect(try crm.sql("SELECT group_concat(subject || number) FROM quote") == "AQ-5,CN-2")
    }
}

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

    /// Rows of which one is wrong below others of its document that are not.
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
        let first = try crm.run(
            ["quote", "import", "-", "--continue-on-error", "--rejects", "r.csv"] + options,
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
        let rows = Self.head + "Q9,s,x,5\nQ8,s,z,1\nQ9,s,y,6\n"
        let first = try crm.run(
            ["quote", "import", "-", "--continue-on-error", "--rejects", "r.csv"],
            stdin: Array(rows.utf8)
        )
        #expect(first.status == 6 && first.errors.contains("import all its rows together"), "\(first.errors)")
        let again = try crm.run("quote", "import", "r.csv", "--match", "number")
        #expect(again.status == 6 && again.errors.contains("with an empty \"error\""), "\(again.errors)")
        #expect(try texts("Q9") == "x")
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
}

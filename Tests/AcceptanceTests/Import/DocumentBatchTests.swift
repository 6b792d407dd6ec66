import Testing

/// Documents whose lines are rows of a table, in an import of several batches that stops and goes on.
@Suite struct DocumentBatchTests {
    private let crm: CRM
    private static let head = "number,subject,line.text,line.unit_price\n"
    private static let command = ["quote", "import", "in.csv", "--journal", "j", "--batch-size", "2"]

    init() throws { crm = try CRM() }

    private func texts(_ number: String) throws -> String {
        try crm.sql(
            """
            SELECT group_concat(text) FROM (SELECT text FROM quote_line JOIN quote ON quote.id = quote
            WHERE number = '\(number)' ORDER BY position)
            """
        )
    }

    /// What stands in place of the row that was rejected, and the texts of the lines of the last document then.
    private static let mended: [(rows: String, options: [String], lines: String)] = [
        ("Q3,s,C,3\n", [], "C"), ("Q3,s,C,3\n", ["--match", "number"], "C"), ("Q3,s,C,3\n,,D,4\n", [], "C,D"),
        // Without an end of its line, and not there any more.
        ("Q3,s,C,3", [], "C"), ("", [], ""),
    ]

    @Test(
        "The row at which an import stopped may be mended, though it was read to see where a document ends",
        arguments: mended
    )
    func mendedRow(rows: String, options: [String], lines: String) throws {
        let taken = Self.head + "Q1,s,A,1\nQ2,s,B,2\n"
        try crm.write(taken + "Q3,s,C,bad\n", to: "in.csv")
        let stopped = try crm.run(Self.command + options)
        #expect(stopped.status == 6 && stopped.errors.contains("rows up to 2 are saved"), "\(stopped.errors)")
        try crm.write(taken + rows, to: "in.csv")
        #expect(try crm.run(Self.command + options + ["--dry-run"]).status == 0)
        let result = try crm.run(Self.command + options)
        #expect(result.status == 0 && result.errors.contains("going on after row 2"), "\(result.errors)")
        #expect(try texts("Q3") == lines)
        #expect(try crm.sql("SELECT count(*) FROM quote_line WHERE text IN ('A', 'B')") == "2")
        #expect(!crm.has("j"))
    }

    /// What the input has become, with what is said of it.
    private static let changed: [(rows: String, words: String)] = [
        ("Q1,s,A,1\nQ2,s,B,7\nQ3,s,C,3\n", "the input is not what it was up to row 2, where the import stands"),
        ("Q1,s,A,1\nQ3,s,C,3\n", "the input is not what it was up to row 2, where the import stands"),
        ("Q1,s,A,1\nQ2,s,B,2\nQ2,s,C,3\n", "row 3 now goes on with the record of row 2, which was saved without it"),
        ("Q1,s,A,1\nQ2,s,B,2\n,,C,3\n", "row 3 now goes on with the record of row 2, which was saved without it"),
    ]

    @Test("What was taken must be as it was, and no mended row become a part of it", arguments: changed)
    func changedInput(rows: String, words: String) throws {
        try crm.write(Self.head + "Q1,s,A,1\nQ2,s,B,2\nQ3,s,C,bad\n", to: "in.csv")
        #expect(try crm.run(Self.command).status == 6)
        try crm.write(Self.head + rows, to: "in.csv")
        let before = try crm.shell("sqlite3 crm.db .dump; cat j").output
        let result = try crm.run(Self.command)
        #expect(result.status == 5 && result.errors.contains("crm: j: \(words)"), "\(result.errors)")
        #expect(try crm.shell("sqlite3 crm.db .dump; cat j").output == before)
    }

    @Test("A journal that knows only the digest with the row read ahead goes on with what was not changed")
    func ofBefore() throws {
        try crm.write(Self.head + "Q1,s,A,1\nQ2,s,B,2\nQ3,s,C,bad\n", to: "in.csv")
        #expect(try crm.run(Self.command).status == 6)
        try crm.shell(#"sed -i -E 's/,"met_found":\[\],"digest":"[0-9a-f]+"//' j"#)
        #expect(try crm.run(Self.command).errors.contains("going on after row 2"))
        try crm.write(Self.head + "Q1,s,A,1\nQ2,s,B,2\nQ3,s,C,3\n", to: "in.csv")
        #expect(try crm.run(Self.command).status == 5)
    }

    // MARK: - With what is only empty

    /// The quote that is there before, by what `add` is given, and the lines it has afterwards.
    private static let found: [(given: [String]?, lines: String)] = [
        (nil, "A,C,E"), (["--subject", "other"], "A,C,E"),
        (["--subject", "other", "--line", "text=own,price=9"], "own"),
    ]

    @Test(
        "A document goes on in a later batch as in one file where only what is empty is filled",
        arguments: found,
        [[], ["--journal", "j", "--batch-size", "2"]]
    )
    func onlyEmpty(found: (given: [String]?, lines: String), batches: [String]) throws {
        if let given = found.given { try crm.succeed(["quote", "add", "--number", "Q1"] + given) }
        let rows = ["Q1,s,T,A,1", "Q2,s,,B,2", "Q1,s,T,C,3", "Q2,s,,D,4", "Q1,,,E,5"].map { $0 + "\n" }.joined()
        try crm.write("number,subject,terms,line.text,line.unit_price\n" + rows, to: "in.csv")
        let result = try crm.run(["quote", "import", "in.csv", "--match", "number", "--only-empty"] + batches)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try texts("Q1") == found.lines)
        #expect(try texts("Q2") == "B,D")
        let quote = try crm.sql("SELECT subject || terms FROM quote WHERE number = 'Q1'")
        #expect(quote == (found.given == nil ? "sT" : "otherT"))
    }

    @Test(
        "What a document that was there before was given is known as long as later rows may go on with it",
        arguments: [("error", false), ("last", true)]
    )
    func foundInJournal(onRepeat: String, isEmpty: Bool) throws {
        try crm.succeed("quote", "add", "--number", "Q1", "--subject", "s")
        try crm.write(Self.head + "Q1,s,A,1\nQ2,s,B,2\nQ3,s,C,bad\n", to: "in.csv")
        let options = ["--match", "number", "--only-empty", "--on-repeat", onRepeat]
        #expect(try crm.run(Self.command + options).status == 6)
        let journal = try crm.shell("cat j").output
        #expect(journal.contains("\"met_found\":[]") == isEmpty, "\(journal)")
    }

    @Test("A later row of a document that was there before need not repeat what the first one gave", arguments: [1, 9])
    func shortRow(size: Int) throws {
        for end in ["1", "2"] { try crm.succeed("quote", "add", "--number", "Q" + end, "--subject", "S" + end) }
        let rows = "Q1,S1,X,A,1\nQ2,S2,X,B,2\nQ1,S1,,C,3\nQ2,S2,X,D,4\nQ1,,X,E,5\n"
        try crm.write("number,subject,terms,line.text,line.unit_price\n" + rows, to: "in.csv")
        let result = try crm.shell(
            "crm quote import in.csv --match number --only-empty --journal j --batch-size \(size) --continue-on-error"
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(try texts("Q1") == "A,C,E")
        #expect(try texts("Q2") == "B,D")
    }

    @Test("Rows that contradict each other are of two documents, also of one that was there before", arguments: [1, 2])
    func contradicting(size: Int) throws {
        try crm.succeed("quote", "add", "--number", "Q1", "--subject", "other")
        try crm.write(Self.head + "Q1,s,A,1\nQ2,s,B,2\nQ1,t,C,3\n", to: "in.csv")
        let command = "crm quote import in.csv --match number --only-empty --journal j --batch-size \(size)"
        let result = try crm.shell(command)
        #expect(result.status == 6 && result.errors.contains("this is the same quote as row 1 is"), "\(result.errors)")
        // What the first run knew of the record is in the journal.
        #expect(try crm.shell(command).errors.contains("this is the same quote as row 1 is"))
        try crm.shell("sed -i s/Q1,t/Q1,s/ in.csv")
        #expect(try crm.shell(command).status == 0)
        #expect(try texts("Q1") == "A,C")
    }
}

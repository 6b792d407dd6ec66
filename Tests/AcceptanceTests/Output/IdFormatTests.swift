import Testing

/// `--format id`, which prints the ids of records alone.
@Suite struct IdFormatTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        for subject in ["a", "b"] { try crm.add("quote", "--subject", subject, "--line", "text=x,price=1") }
        try crm.add("quote", "--subject", "c")
    }

    /// Commands on chosen records.
    private static let onChosen = [
        "quote send --where subject!=c", "quote edit --where subject!=c --description x",
        "quote delete --where subject!=c",
    ]

    @Test("Commands on chosen records print theirs, as would be in a dry run", arguments: onChosen)
    func chosen(line: String) throws {
        let words = line.split(separator: " ").map(String.init) + ["--yes", "--format", "id"]
        #expect(try crm.succeed(words + ["--dry-run"]).output == "1\n2\n")
        #expect(try crm.succeed(words).output == "1\n2\n")
    }

    @Test("Where there is no record none is printed")
    func none() throws {
        for verb in [["send"], ["edit", "--description", "x"], ["delete"]] {
            #expect(
                try crm.succeed(["quote"] + verb + ["--where", "subject=z", "--yes", "--format", "id"]).output == ""
            )
        }
    }

    /// Lists of what has no ids.
    private static let withoutIDs = [
        "rate list", "view list", "view show quote v", "field list", "field show quote zone", "choice list quote.stage",
        "report list", "config list", "event free --contact 1 --length 1h", "salvage crm.db -o other.db",
    ]

    @Test("Lists without ids refuse it before anything is done", arguments: withoutIDs)
    func refused(line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let result = try crm.run(words + ["--format", "id"])
        #expect(result.status == 2 && result.output == "", "\(result.output)")
        #expect(result.errors.contains("has no format \"id\""), "\(result.errors)")
        #expect(result.errors.contains("a format is one of table, json, jsonl, csv, tsv, markdown"))
        #expect(!crm.has("other.db"))
    }
}

import TestSupport
import Testing

/// Percentages that this program writes it takes back as they were, in the same file and in another, by whatever key.
@Suite struct OwnPercentageTests {
    private let crm: CRM
    private let other: CRM

    init() throws {
        crm = try CRM()
        other = try CRM()
    }

    /// How a table is written, the words that say so to both commands, and the columns it has.
    struct Form: Sendable, CustomTestStringConvertible {
        let ending: String
        let words: [String]
        let byLine: Bool

        var testDescription: String { ([ending] + words + (byLine ? ["--by-line"] : [])).joined(separator: " ") }
        var file: String { "out.\(ending)" }

        var columns: [String] {
            let lines = byLine ? ["line.text", "line.unit_price", "line.discount_percent"] : ["lines"]
            return ["--columns", (["external_id", "subject", "discount_percent"] + lines).joined(separator: ",")]
        }

        static let all = [false, true].flatMap { byLine in
            [("csv", []), ("csv", ["--excel-es"]), ("tsv", []), ("json", []), ("jsonl", [])].map { ending, words in
                Form(ending: ending, words: words, byLine: byLine)
            }
        }
    }

    private static let stored = """
        SELECT q.external_id, q.discount_percent, l.position, l.discount_percent FROM quote q \
        JOIN quote_line l ON l.quote = q.id ORDER BY 1, 3
        """

    /// A quote of two lines for each percentage, in ten thousandths.
    private func addQuotes(_ percentages: [(whole: Int, line: Int)]) throws {
        func text(_ units: Int) -> String { "\(units / 10_000).\(String(units % 10_000 + 10_000).dropFirst())" }
        let lines = percentages.enumerated().map { number, percent in
            """
            {"module":"quote","external_id":"E\(100 + number)","subject":"S","currency":"MXN",\
            "discount_percent":\(text(percent.whole)),"lines":[{"text":"a","unit_price":1000,\
            "discount_percent":\(text(percent.line))},{"text":"b","unit_price":10}]}
            """
        }
        try crm.succeed("apply", stdin: lines.joined(separator: "\n"))
    }

    private func expectTakenBack(_ form: Form, _ export: [String], matching key: String, _ further: [String]) throws {
        let flat = form.byLine ? ["--by-line"] : []
        try crm.succeed(["quote", "export", "-o", form.file] + flat + form.words + export)
        let words = ["quote", "import", form.file, "--match", key] + form.words
        let same = try crm.run(words + ["--json"])
        let report = try JSON(same.outputBytes)
        #expect(same.status == 0 && report["created"] == 0 && report["updated"] == 0, "\(report) \(same.errors)")
        try other.write(crm.read(form.file), to: form.file)
        let taken = try other.run(["quote", "import", form.file, "--match", "external_id"] + form.words + further)
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(try other.sql(Self.stored) == crm.sql(Self.stored))
    }

    @Test("whatever they are", arguments: Form.all)
    func random(form: Form) throws {
        var generator = SeededGenerator(seed: 9)
        func percentage() -> Int {
            let most = [100, 10_000, 1_000_000].randomElement(using: &generator) ?? 0
            return Int.random(in: 0...most, using: &generator)
        }
        try addQuotes((1...40).map { _ in (percentage(), percentage()) })
        try expectTakenBack(form, form.columns, matching: "external_id", [])
    }

    @Test("where a whole table is only 1 % and none", arguments: Form.all)
    func ones(form: Form) throws {
        try addQuotes([(10_000, 0), (0, 10_000), (10_000, 10_000)])
        try expectTakenBack(form, form.columns, matching: "external_id", [])
    }

    @Test("in a whole export, whose ids are passed over elsewhere", arguments: Form.all)
    func whole(form: Form) throws {
        try addQuotes([(5_000, 7_500), (10_000, 0), (1, 160_000)])
        try expectTakenBack(form, [], matching: "id", ["--map", "id=-"])
    }

    @Test(
        "A listing holds bare numbers for programs, which come back by its ids, and are doubted without them",
        arguments: ["csv", "tsv", "json", "jsonl"]
    )
    func listed(format: String) throws {
        try addQuotes([(5_000, 7_500), (10_000, 0), (0, 10_000), (1, 160_000)])
        for columns in [[], ["--columns", "id,subject,discount_percent,lines"]] {
            let listed = try crm.succeed(["quote", "list", "--format", format] + columns).output
            #expect(!listed.contains("%"), "\(listed)")
            let words = ["quote", "import", "-", "--input-format", format, "--match", "id", "--json"]
            let result = try crm.run(words, stdin: Array(listed.utf8))
            let report = try JSON(result.outputBytes)
            #expect(result.status == 0 && report["unchanged"] == 4, "\(report) \(result.errors)")
        }
        let without = ["quote", "list", "--format", "csv", "--columns", "external_id,discount_percent"]
        let words = ["quote", "import", "-", "--match", "external_id"]
        let doubted = try crm.run(words, stdin: crm.succeed(without).outputBytes)
        #expect(doubted.status == 6 && doubted.errors.contains("0.5%: write it with its sign"), "\(doubted.errors)")
    }

    @Test("and in CSV only those that could be parts of one have their sign")
    func signs() throws {
        for percent in ["0", "0.5%", "1", "1.5", "16"] { try crm.add("product", "--name", "A", "--tax-rate", percent) }
        let words = ["product", "export", "--columns", "tax_rate"]
        #expect(try crm.succeed(words).output == "tax_rate\n0\n0.5%\n1%\n1.5\n16\n")
        #expect(try crm.succeed(words + ["--excel-es"]).output.hasSuffix("\n0\n0,5%\n1%\n1,5\n16\n"))
        let objects = try crm.succeed(words + ["--format", "jsonl"]).output
        #expect(objects.contains("{\"tax_rate\":0.5}\n{\"tax_rate\":1}\n"), "\(objects)")
        let listed = try crm.succeed("product", "list", "--columns", "tax_rate", "--format", "csv").output
        #expect(!listed.contains("%"), "\(listed)")
    }
}

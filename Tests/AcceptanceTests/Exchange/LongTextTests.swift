import Testing

/// Texts as long as can be kept, on their way out and in again.
@Suite struct LongTextTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    /// Quotes and line breaks, each of which takes a second byte where it is written.
    private static func text(_ count: Int) -> String { String(repeating: "\"\n", count: count / 2) }

    private func contract(_ sizes: (terms: Int, description: Int)) throws -> CRM.Result {
        func quoted(_ count: Int) -> String {
            "\"" + Self.text(count).replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
        }
        let line = "{\"subject\":\"P\",\"terms\":\(quoted(sizes.terms)),\"description\":\(quoted(sizes.description))}\n"
        return try crm.run(["contract", "import", "-", "--input-format", "jsonl"], stdin: Array(line.utf8))
    }

    @Test("The longest that are kept come out and in again, in memory that stays small", arguments: ["csv", "jsonl"])
    func longest(format: String) throws {
        let added = try contract((1 << 20, 1 << 18))
        #expect(added.status == 0, "\(added.errors)")
        let table = try crm.succeed("contract", "export", "--format", format).outputBytes
        try crm.write(table, to: "table.\(format)")
        let whole = try crm.succeed("export").outputBytes
        try crm.write(whole, to: "whole.jsonl")
        for words in ["contract import table.\(format)", "apply whole.jsonl"] {
            let (result, kilobytes) = try crm.measuring("crm \(words)")
            #expect(result.status == 0, "\(result.errors)")
            #expect(["1 row, 1 unchanged\n", "3 rows, 3 unchanged\n"].contains(result.output), "\(result.output)")
            #expect(kilobytes < 64 * 1024)
        }
        let other = try CRM()
        #expect(try other.run(["apply", "-"], stdin: whole).status == 0)
        #expect(try other.succeed("export").outputBytes == whole)
    }

    @Test("A longer one is refused by its field, and so are two that are too much together")
    func tooLong() throws {
        let one = try contract(((1 << 20) + 2, 2))
        #expect(one.status == 6 && one.errors.contains("terms"), "\(one.errors)")
        #expect(one.errors.contains("too long: at most 1 MiB") && one.errors.utf8.count < 1000)
        let both = try contract((1 << 20, (1 << 18) + 2))
        #expect(both.status == 6 && both.errors.contains("too much together"), "\(both.errors)")
        #expect(both.errors.utf8.count < 1000)
        #expect(try crm.sql("SELECT count(*) FROM contract") == "0")
    }

    @Test("One that an earlier version kept goes into another file whole, and a table of it says how")
    func earlier() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.sql("UPDATE contact SET description = replace(hex(zeroblob(2500000)), '00', 'ab')")
        let whole = try crm.succeed("export").outputBytes
        let other = try CRM()
        #expect(try other.run(["apply", "-"], stdin: whole).status == 0)
        #expect(try other.sql("SELECT length(description) FROM contact") == "5000000")
        let table = try crm.succeed("contact", "export").outputBytes
        let refused = try other.run(["contact", "import"], stdin: table)
        #expect(refused.status == 6 && refused.errors.contains("comes by 'export' and 'apply'"), "\(refused.errors)")
    }
}

import Testing

/// A line of a batch does what it would do as a process of its own: nothing of one command reaches the next.
@Suite struct BatchMemoryTests {
    /// Lines of a batch, each of which says or does something by what another has left.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let lines: [String]
    }

    static let cases = [
        Case(
            testDescription: "records that an import matched",
            lines: [
                "contact import all.csv --match external_id --delete-missing",
                "contact import some.csv --match external_id --delete-missing", "contact list --columns external_id",
            ]
        ),
        Case(
            testDescription: "records that a failed import matched",
            lines: [
                "contact import all.csv --match external_id --delete-missing",
                "contact import bad.csv --match external_id --delete-missing",
                "contact import some.csv --match external_id --delete-missing", "contact list --columns external_id",
            ]
        ),
        Case(
            testDescription: "records of another module under the same ids",
            lines: [
                "contact import all.csv --match external_id --delete-missing",
                "organization import some-organizations.csv --match external_id --delete-missing --force",
                "organization list --columns external_id",
            ]
        ),
        Case(
            testDescription: "names that an input gave its records",
            lines: ["apply named.jsonl", "apply naming.jsonl", "contact list --columns last_name"]
        ),
        Case(
            testDescription: "lines that waited for a record that never came",
            lines: ["apply waiting.jsonl", "apply named.jsonl", "contact list --columns last_name,reports_to"]
        ),
        Case(
            testDescription: "the country of phone numbers",
            lines: [
                "contact add --last-name Tel --mobile '55 1234 5678'", "contact show phone:+525512345678",
                "config set country MX", "contact show phone:+525512345678", "config unset country",
                "contact show phone:+525512345678", "contact list -w 'mobile = +525512345678'",
            ]
        ),
        Case(
            testDescription: "the currency",
            lines: [
                "config set currency MXN", "project add --name A --budget 1", "config set currency EUR",
                "project add --name B --budget 1", "project list --columns name,budget,currency",
            ]
        ),
        Case(
            testDescription: "a currency that was taken back",
            lines: [
                "config set currency MXN", "undo", "project add --name A --budget 1", "project list --columns currency",
            ]
        ),
        Case(
            testDescription: "a language, a force, a dry run",
            lines: [
                "contact show 99 --lang es", "contact show 99", "contact add --last-name D --dry-run",
                "contact add --last-name E", "contact delete 1 --force", "organization delete 1",
                "contact list --columns last_name",
            ]
        ),
        Case(
            testDescription: "rows that waited to be linked",
            lines: [
                "contact link asset --input bad-links.csv", "contact link asset --input links.csv",
                "contact links asset 1", "contact links asset 2",
            ]
        ),
        Case(
            testDescription: "change sets that an undo passed over",
            lines: [
                "contact edit 1 --title A", "contact edit 1 --title B", "undo", "undo", "undo 2",
                "contact show 1 --columns title",
            ]
        ),
        Case(
            testDescription: "rejected rows and notices",
            lines: [
                "contact import bad.csv", "contact list --count",
                "address add --contact 1 --city A --primary", "address add --contact 1 --city B --primary",
                "contact show 1 --columns id",
            ]
        ),
    ]

    private func sandbox() throws -> CRM {
        let crm = try CRM()
        for (name, text) in [
            ("all.csv", "external_id,last_name\nA,A\nB,B\nC,C\n"), ("some.csv", "external_id,last_name\nA,A\nB,B\n"),
            ("bad.csv", "external_id,last_name,email\nC,C,x\n"),
            ("some-organizations.csv", "external_id,name\nO1,One\n"),
            ("named.jsonl", #"{"module":"contact","ref":"a","last_name":"Named"}"#),
            ("naming.jsonl", #"{"module":"contact","last_name":"Naming","reports_to":"ref:a"}"#),
            ("waiting.jsonl", #"{"module":"contact","last_name":"Waiting","reports_to":"ref:a"}"#),
            ("links.csv", "contact,asset\n2,1\n"), ("bad-links.csv", "contact,asset\n1,1\n1,99\n"),
        ] { try crm.write(text, to: name) }
        for name in ["One", "Two"] {
            try crm.add("organization", "--name", name, "--external-id", "O\(name.first == "O" ? 1 : 2)")
        }
        for name in ["First", "Second"] { try crm.add("contact", "--last-name", name) }
        try crm.add("asset", "--name", "Laptop", "--serial", "X1")
        return crm
    }

    /// What a line came to: its exit status and its result without times.
    private func told(_ status: Int, _ result: JSON) -> String {
        "\(status) \(result)".replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]+(Z| [-+][0-9:]+)/, with: "NOW")
    }

    @Test("What a command does in a batch is what it does alone", arguments: cases)
    func same(test: Case) throws {
        let (together, apart) = (try sandbox(), try sandbox())
        let lines = test.lines.map { "\($0)\n" }.joined()
        let batch = try together.run(["batch", "--each"], stdin: Array(lines.utf8))
        let outcomes = try batch.lines.map { try JSON($0) }
        try #require(outcomes.count == test.lines.count, "\(batch.errors)")
        for (line, outcome) in zip(test.lines, outcomes) {
            let alone = try apart.shell("crm \(line) --json")
            let result = alone.output.isEmpty ? .null : try JSON(alone.outputBytes)
            let expected = told(Int(alone.status), alone.status == 0 ? result : .null)
            let found = told(outcome["exit"]?.integer ?? -1, outcome["result"] ?? .null)
            #expect(found == expected, "\(line)")
        }
    }
}

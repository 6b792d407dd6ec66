import Testing

/// An export in which a tracked field was edited, or a value of a part.
@Suite struct EditedExportTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    /// A tracked field of a record, with what the record is added by.
    struct Tracked: Sendable, CustomTestStringConvertible {
        let noun: String
        let options: [String]
        let field: String
        let values: (former: String, edited: String)

        var table: String { "\(noun.replacing("-", with: "_"))_\(field)_period" }
        var testDescription: String { "\(noun) \(field)" }
    }

    static let tracked = [
        Tracked(
            noun: "opportunity",
            options: ["--contact", "1", "--name", "O", "--amount", "1", "--close-date", "2027-01-01"],
            field: "stage",
            values: ("prospecting", "negotiation")
        ),
        Tracked(noun: "quote", options: ["--subject", "S"], field: "stage", values: ("created", "reviewed")),
        Tracked(noun: "sales-order", options: ["--subject", "S"], field: "status", values: ("created", "approved")),
        Tracked(noun: "purchase-order", options: ["--subject", "S"], field: "status", values: ("created", "approved")),
        Tracked(noun: "case", options: ["--title", "T"], field: "status", values: ("open", "in_progress")),
        Tracked(noun: "project", options: ["--name", "P"], field: "status", values: ("prospecting", "initiated")),
        Tracked(noun: "contract", options: ["--subject", "S"], field: "status", values: ("undefined", "in_planning")),
    ]

    /// How the lines of the periods were edited beside that of the record.
    enum Periods: CaseIterable, Sendable {
        case asBefore, withoutLast, ended, first

        func edit(_ lines: [String]) -> [String] {
            let places = lines.indices.filter { lines[$0].contains("_period\":") }
            var lines = lines
            switch self {
            case .asBefore: break
            case .withoutLast: if let last = places.last { lines.remove(at: last) }
            case .ended:
                for place in places {
                    let start = lines[place].split(separator: "\"entered_at\":\"").last?.prefix(20) ?? ""
                    lines[place].replace("\"left_at\":null", with: "\"left_at\":\"\(start)\"")
                }
            case .first:
                let moved = places.map { lines[$0] }
                for place in places.reversed() { lines.remove(at: place) }
                lines = moved + lines
            }
            return lines
        }
    }

    private func addRecord(_ tracked: Tracked, in crm: CRM) throws {
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
        let option = ["--\(tracked.field)", tracked.values.former]
        try crm.succeed([tracked.noun, "add"] + tracked.options + option)
    }

    private func periods(_ tracked: Tracked, in crm: CRM) throws -> String {
        try crm.sql(
            "SELECT group_concat(value || (left_at IS NULL), ' ') FROM (SELECT * FROM \(tracked.table) ORDER BY position)"
        )
    }

    @Test("The periods end with the value that the record has then", arguments: tracked, Periods.allCases)
    func edited(tracked: Tracked, periods: Periods) throws {
        try addRecord(tracked, in: crm)
        let export = try crm.succeed("export").output
        let edited = export.replacing(
            "\"\(tracked.field)\":\"\(tracked.values.former)\"",
            with: "\"\(tracked.field)\":\"\(tracked.values.edited)\""
        )
        #expect(edited != export)
        let input = periods.edit(edited.split(separator: "\n").map(String.init)).joined(separator: "\n") + "\n"
        let result = try crm.succeed("apply", stdin: input)
        #expect(!result.errors.contains("removed"), "\(result.errors)")
        let expected = "\(tracked.values.former)0 \(tracked.values.edited)1"
        #expect(try self.periods(tracked, in: crm) == expected)
        #expect(try crm.run("check").status == 0)
        let again = try crm.succeed("apply", stdin: input)
        #expect(!again.output.contains("updated") && again.errors.isEmpty, "\(again)")
        try crm.succeed("undo")
        #expect(try self.periods(tracked, in: crm) == "\(tracked.values.former)1")
        #expect(try crm.succeed("export").output == export)

        let other = try CRM()
        try other.succeed("apply", stdin: input)
        let only = periods == .withoutLast ? "\(tracked.values.edited)1" : expected
        #expect(try self.periods(tracked, in: other) == only)
        #expect(try other.run("check").status == 0)
    }

    @Test("An unedited export comes back exactly, into an empty file too", arguments: tracked)
    func unedited(tracked: Tracked) throws {
        try addRecord(tracked, in: crm)
        let earlier = try crm.succeed("export").output
        try crm.succeed([tracked.noun, "edit", "1", "--\(tracked.field)", tracked.values.edited])
        try crm.sql("UPDATE \(tracked.table) SET entered_at = '2026-01-01T00:00:00Z' WHERE position = 1")
        let later = try crm.succeed("export").output
        let kept = try crm.succeed("apply", stdin: later)
        #expect(!kept.output.contains("updated") && kept.errors.isEmpty, "\(kept)")
        let other = try CRM()
        try other.succeed("apply", stdin: later)
        #expect(try other.succeed("export").output == later)
        try crm.succeed("apply", stdin: earlier)
        #expect(try periods(tracked, in: crm) == "\(tracked.values.former)1")
        #expect(try crm.run("check").status == 0)
    }

    /// Periods that cannot be: what is written instead of what, why it is refused on the file itself, and what the check
    /// finds where the record is new with it.
    private static let disordered = [
        (
            "\"left_at\":\"2026-02-01", "\"left_at\":\"2025-12-01", "the period ends before it begins, on 2026-01-01",
            "period 1: ends before it begins"
        ),
        (
            "\"left_at\":\"2026-02-01", "\"left_at\":\"2026-03-01",
            "overlaps the one after it, which begins on 2026-02-01", "period 1: overlaps the period after it"
        ),
        (
            "\"left_at\":null", "\"left_at\":\"2999-01-01T00:00:00Z\"", "is in the future",
            "period 2: overlaps the period after it"
        ),
        (
            "\"entered_at\":\"2026-02-01", "\"entered_at\":\"2026-01-15",
            "overlaps the one before it, which lasts until 2026-02-01", "period 1: overlaps the period after it"
        ),
    ]

    @Test("Periods out of order are refused of a record that is there; a new one keeps them", arguments: disordered)
    func disorder(old: String, new: String, refusal: String, finding: String) throws {
        try addPeriods(Self.tracked[0])
        let input = try crm.succeed("export").output.replacing(old, with: new)
        let result = try crm.run(["apply"], stdin: Array(input.utf8))
        #expect(result.status == 6 && result.errors.contains(refusal), "\(result.errors)")

        let other = try CRM()
        let taken = try other.succeed("apply", stdin: input)
        let found = try other.run("check")
        #expect((found.output + found.errors).contains(finding), "\(found)")
        // The end that is yet to come is that of the present value, which gets a period of its own.
        if refusal.contains("future") { return }
        #expect(
            taken.errors.contains("opportunity 1 has periods out of order, as in the input: 'crm check' names them"),
            "\(taken.errors)"
        )
        #expect(try other.succeed("export").output == input)
    }

    @Test("Periods in another order than in time are refused, and told of a new record")
    func swapped() throws {
        let tracked = Self.tracked[0]
        try addPeriods(tracked)
        let lines = try crm.succeed("export").output.split(separator: "\n").map(String.init).map { line in
            guard line.contains("stage_period\":") else { return line }
            return line.contains("\"position\":1")
                ? line.replacing("\"position\":1", with: "\"position\":2")
                : line.replacing("\"position\":2", with: "\"position\":1")
        }
        let input = lines.joined(separator: "\n") + "\n"
        let result = try crm.run(["apply"], stdin: Array(input.utf8))
        #expect(result.status == 6 && result.errors.contains("the period "), "\(result.errors)")
        let other = try CRM()
        let taken = try other.succeed("apply", stdin: input)
        #expect(taken.errors.contains("has periods out of order"), "\(taken.errors)")
        try crm.sql("UPDATE \(tracked.table) SET left_at = '2026-02-02T00:00:00Z' WHERE position = 1")
        for crm in [crm, other] {
            let found = try crm.run("check")
            #expect((found.output + found.errors).contains("period 1: overlaps the period after it"), "\(found)")
        }
    }

    @Test("An export of a machine whose clock is ahead is taken, whether the record is there or not")
    func clockAhead() throws {
        let tracked = Self.tracked[0]
        try addRecord(tracked, in: crm)
        let (earlier, empty) = (try CRM(), try CRM())
        try earlier.succeed("apply", stdin: crm.succeed("export").output)
        try crm.succeed([tracked.noun, "edit", "1", "--\(tracked.field)", tracked.values.edited])
        let ahead = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+1 hour')"
        try crm.sql("UPDATE \(tracked.table) SET left_at = \(ahead) WHERE position = 1")
        try crm.sql(
            "UPDATE \(tracked.table) SET entered_at = (SELECT left_at FROM \(tracked.table) WHERE position = 1) "
                + "WHERE position = 2"
        )
        let export = try crm.succeed("export").output
        let rows = "SELECT value, entered_at, left_at FROM \(tracked.table) ORDER BY position"
        for other in [earlier, empty] {
            let result = try other.succeed("apply", stdin: export)
            #expect(result.errors.isEmpty, "\(result.errors)")
            #expect(try other.sql(rows) == crm.sql(rows))
        }
    }

    @Test("A period without an end ends when the next one begins")
    func unended() throws {
        let tracked = Self.tracked[0]
        try addPeriods(tracked)
        let export = try crm.succeed("export").output
        let input = export.replacing("\"left_at\":\"2026-02-01T00:00:00Z\"", with: "\"left_at\":null")
        let other = try CRM()
        try other.succeed("apply", stdin: input)
        #expect(try other.succeed("export").output == export)
    }

    /// Adds a record with two periods, of January and from February on.
    private func addPeriods(_ tracked: Tracked) throws {
        try addRecord(tracked, in: crm)
        try crm.succeed([tracked.noun, "edit", "1", "--\(tracked.field)", tracked.values.edited])
        let (january, february) = ("'2026-01-01T00:00:00Z'", "'2026-02-01T00:00:00Z'")
        try crm.sql("UPDATE \(tracked.noun) SET created_at = \(january)")
        try crm.sql("UPDATE \(tracked.table) SET entered_at = \(january), left_at = \(february) WHERE position = 1")
        try crm.sql("UPDATE \(tracked.table) SET entered_at = \(february) WHERE position = 2")
    }

    @Test("An emptied field ends its period")
    func emptied() throws {
        let project = try #require(Self.tracked.first { $0.noun == "project" })
        try addRecord(project, in: crm)
        let input = try crm.succeed("export").output.replacing("\"status\":\"prospecting\"", with: "\"status\":null")
        for _ in 1...2 {
            try crm.succeed("apply", stdin: input)
            #expect(try periods(project, in: crm) == "prospecting0")
            #expect(try crm.run("check").status == 0)
        }
    }

    @Test("A boolean of a row that is null has its default, as in an import")
    func truths() throws {
        try crm.succeed("field", "add", "contact.point", "checked", "--type", "boolean")
        try crm.add("contact", "--last-name", "Ruiz", "--point", "email:a@x.example")
        let input = try crm.succeed("export").output.replacing("\"opted_out\":false", with: "\"opted_out\":null")
            .replacing("\"checked\":false", with: "\"checked\":null")
        #expect(input.contains("\"opted_out\":null,\"checked\":null"))
        for crm in [crm, try CRM()] {
            try crm.succeed("apply", stdin: input)
            #expect(try crm.sql("SELECT opted_out, checked FROM contact_point") == "0|0")
            #expect(try crm.run("check").status == 0)
        }
    }

    @Test("Lines whose definitions come after them are told to have them first")
    func lateDefinitions() throws {
        try crm.succeed("field", "add", "contact", "nivel")
        try crm.add("contact", "--last-name", "Ruiz", "--nivel", "x")
        try crm.succeed("export", "-o", "e.jsonl")
        try crm.succeed("init", "--db", "other.db")
        let result = try crm.shell("tac e.jsonl | crm apply --db other.db")
        #expect(result.status == 6)
        #expect(result.errors.contains("lines of \"module\":\"field_definition\""), "\(result.errors)")
        let spanish = try crm.shell("tac e.jsonl | crm apply --db other.db --lang es")
        #expect(spanish.errors.contains("van primero, como en una exportación"), "\(spanish.errors)")
        let right = try crm.shell(
            "(grep _definition e.jsonl; tac e.jsonl | grep -v _definition) | crm apply --db other.db"
        )
        #expect(right.status == 0, "\(right.errors)")
    }
}

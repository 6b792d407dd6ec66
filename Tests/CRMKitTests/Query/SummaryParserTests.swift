import Testing

@testable import CRMKit

@Suite("What summaries are asked for")
struct SummaryParserTests {
    @Test(
        "Expressions have one spelling, by which their columns are called",
        arguments: [
            ("stage", ["stage"]),
            (" stage ,month( close_date )", ["stage", "month(close_date)"]),
            ("band(amount,1000.50)", ["band(amount, 1000.5)"]),
            ("a + b * c", ["a + b * c"]),
            ("(a + b) * c", ["(a + b) * c"]),
            ("a - (b - c)", ["a - (b - c)"]),
            ("(a - b) - c", ["a - b - c"]),
            ("a / (b * c)", ["a / (b * c)"]),
            ("((a))", ["a"]),
            ("days(closed_on - created_at)", ["days(closed_on - created_at)"]),
            ("contacts.link.role", ["contacts.link.role"]),
            ("month", ["month"]),
        ] as [(String, [String])]
    )
    func expressions(_ text: String, _ expected: [String]) throws {
        #expect(try SummaryParser.keys(text, option: "--by").map(\.content.text) == expected)
    }

    @Test(
        "Measures have one, too",
        arguments: [
            ("count", ["count"]),
            ("count( amount ),count(distinct  contact.id)", ["count(amount)", "count(distinct contact.id)"]),
            ("sum(amount*probability)", ["sum(amount * probability)"]),
            ("percentile(90,hours)", ["percentile(90, hours)"]),
            ("share(sum(amount)), share(count)", ["share(sum(amount))", "share(count)"]),
            (
                "rate(stage = closed_won and (amount > 3 or has contact))",
                [
                    "rate(stage = closed_won and (amount > 3 or has contact))"
                ]
            ),
            ("rate(stage in (a, b)), count", ["rate(stage in (a, b))", "count"]),
        ] as [(String, [String])]
    )
    func measures(_ text: String, _ expected: [String]) throws {
        #expect(try SummaryParser.measures(text, option: "--measure").map(\.content.text) == expected)
    }

    @Test("A name follows 'as'")
    func names() throws {
        let keys = try SummaryParser.keys("month(close_date) as m, stage", option: "--by")
        #expect(keys.map(\.name) == ["m", nil])
    }

    @Test("However deep brackets nest, the parser comes back", arguments: ["(", "days(", "share("])
    func depth(_ opening: String) {
        let text = String(repeating: opening, count: 10_000)
        #expect(throws: CRMError.self) { try SummaryParser.keys(text, option: "--by") }
        #expect(throws: CRMError.self) { try SummaryParser.measures(text, option: "--measure") }
    }

    @Test(
        "An expression is taken that the database can compute",
        arguments: [
            "a" + String(repeating: " * a", count: 20),
            String(repeating: "(a + ", count: 10) + "a" + String(repeating: ")", count: 10),
            String(repeating: "band(", count: 10) + "a" + String(repeating: ", 1)", count: 10),
        ]
    )
    func nested(text: String) throws {
        #expect(try SummaryParser.keys(text, option: "--by").count == 1)
    }

    @Test(
        "An expression is refused that is nested more deeply than the database can compute",
        arguments: [
            "a" + String(repeating: " * a", count: 21),
            "a" + String(repeating: " * a", count: 100_000),
            String(repeating: "a * (", count: 12) + "a + a" + String(repeating: ")", count: 12),
            String(repeating: "band(", count: 11) + "a" + String(repeating: ", 1)", count: 11),
        ]
    )
    func nestedTooDeeply(text: String) throws {
        #expect(throws: CRMError.self) { try SummaryParser.keys(text, option: "--by") }
    }
}

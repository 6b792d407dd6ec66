import Testing

@testable import CRMKit

@Suite("A pattern of numbers") struct NumberPatternTests {
    @Test(
        "writes what it says",
        arguments: [
            ("COT-{year}-{n:4}", 7, "COT-2026-0007"), ("{n}", 12, "12"), ("{n:3}", 1234, "1234"),
            ("{year:2}{month}{day}/{n:2}/a", 3, "260302/03/a"), ("{{{n}}}", 1, "{1}"), ("Nº {n} ñ", 9, "Nº 9 ñ"),
            ("0{n:2}", 5, "005"), ("{{year}}{n}", 1, "{year}1"),
        ] as [(String, Int64, String)]
    )
    func writes(text: String, count: Int64, number: String) throws {
        let pattern = try NumberPattern(parsing: text)
        let frame = pattern.frame(on: "2026-03-02")
        #expect(frame.number(count) == number)
        #expect(frame.count(of: number) == count)
        #expect(try NumberPattern(parsing: pattern.text) == pattern)
    }

    @Test(
        "is refused where it means nothing",
        arguments: [
            "", "COT", "{year}", "{n}{n}", "{n:0}", "{n:13}", "{n:}", "{n: 4}", "{Year}{n}", "{n", "n}", "{n}}", "}{n}",
            "{}{n}", "{{n}}", "{year:4}{n}", "{n:+4}",
        ]
    )
    func refused(text: String) {
        #expect(throws: ValueError.self) { try NumberPattern(parsing: text) }
    }

    @Test(
        "does not count what is none of its numbers",
        arguments: ["", "A-", "A-x", "A-1", "A--Z", "B-1-Z", "A-1-Zz", "A-1234567890123456-Z", "A-١-Z", "A-Z"]
    )
    func strange(text: String) throws {
        #expect(try NumberPattern(parsing: "A-{n}-Z").frame(on: "2026-03-02").count(of: text) == nil)
    }

    @Test("stands as a default beside plain text, whose braces are doubled") func defaults() throws {
        #expect(try DefaultText(parsing: "plain") == .text("plain"))
        #expect(try DefaultText(parsing: "{{n}}") == .text("{n}"))
        #expect(try DefaultText(parsing: "A{n}") == .numbers(NumberPattern(parsing: "A{n}")))
        for text in ["{year}", "{x}", "a}"] { #expect(throws: ValueError.self) { try DefaultText(parsing: text) } }
    }
}

import Testing

@testable import CLIKit

private func lines(of entries: [KeyValueBlock.Entry], lineWidth: Int, usesColor: Bool = false) -> [String] {
    var output: [UInt8] = []
    KeyValueBlock(entries, lineWidth: lineWidth, style: Style(usesColor: usesColor)).append(to: &output)
    return String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map(String.init)
}

@Suite("Key-value block")
struct KeyValueBlockTests {
    static let entries: [KeyValueBlock.Entry] = [
        .init("Número", "7"),
        .init("Name", "Ana Ruiz de la Torre y Montes"),
        .init("Empty", ""),
        .init("Notes", "First line\r\n\n  indented 日本語\tend"),
    ]

    @Test("aligns values, wraps long ones under themselves and keeps line breaks")
    func aligns() {
        #expect(
            lines(of: Self.entries, lineWidth: 30) == [
                "Número:  7",
                "Name:    Ana Ruiz de la Torre",
                "         y Montes",
                "Empty:",
                "Notes:   First line",
                "",
                "           indented",
                #"         日本語\tend"#,
            ]
        )
    }

    @Test("puts values below their labels where the line is narrow")
    func stacks() {
        #expect(
            lines(of: Self.entries.dropLast(), lineWidth: 20) == [
                "Número:",
                "  7",
                "Name:",
                "  Ana Ruiz de la",
                "  Torre y Montes",
                "Empty:",
            ]
        )
    }

    @Test("makes labels bold where there is colour")
    func bold() {
        #expect(lines(of: [.init("ID", "7")], lineWidth: 80, usesColor: true) == ["\u{1B}[1mID:\u{1B}[0m  7"])
    }

    @Test("makes no line wider than the terminal", arguments: 0..<8 as Range<UInt64>)
    func neverOverflows(seed: UInt64) {
        var generator = TerminalTextGenerator(seed: seed)
        for _ in 0..<100 {
            let entries = (0..<4).map { _ in KeyValueBlock.Entry(generator.text(), generator.text()) }
            let lineWidth = Int.random(in: 1...100, using: &generator)
            for line in lines(of: entries, lineWidth: lineWidth) {
                #expect(CellWidth.of(line) <= max(lineWidth, KeyValueBlock.leastLineWidth), "\(line)")
            }
        }
    }
}

@Suite("Line wrapping")
struct LineWrappingTests {
    @Test(
        "breaks between words, and inside only what is wider than a line",
        arguments: [
            ("", 5, [""]),
            ("one two", 7, ["one two"]),
            ("one two", 6, ["one", "two"]),
            ("one  two ", 9, ["one  two"]),
            ("abcdefgh", 3, ["abc", "def", "gh"]),
            ("a bcdefgh", 4, ["a bc", "defg", "h"]),
            ("日本語", 5, ["日本", "語"]),
            ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]),
            ("a\n\nb\n", 5, ["a", "", "b", ""]),
            ("a\r\nb", 5, ["a", "b"]),
        ]
    )
    func wraps(_ text: String, width: Int, expected: [String]) {
        #expect(LineWrapping.lines(of: text, width: width) == expected)
    }

    @Test(
        "leads from tab to tab stop where that is asked for",
        arguments: [("a\tb", "a       b"), ("\tb\tc", "        b       c"), ("日本\tb", "日本    b")]
    )
    func tabs(_ text: String, expected: String) {
        #expect(LineWrapping.lines(of: text, width: 40, expandsTabs: true) == [expected])
        #expect(LineWrapping.lines(of: "a\tb", width: 40) == [#"a\tb"#])
    }

    @Test(
        "breaks neither words nor quotations where they are pasted into a shell",
        arguments: [
            ("crm --db 'a  b.db' init", 10, ["crm --db", "'a  b.db'", "init"]),
            ("crm --db='a b.db' init", 10, ["crm --db='a b.db'", "init"]),
            ("it isn't Ana's own", 9, ["it isn't", "Ana's own"]), ("abcdefgh i", 3, ["abcdefgh", "i"]),
            ("a 'b c", 3, ["a", "'b", "c"]),
        ]
    )
    func pasted(_ text: String, width: Int, expected: [String]) {
        #expect(LineWrapping.lines(of: text, width: width, isPasted: true) == expected)
    }

    @Test("loses nothing but spaces", arguments: 0..<4 as Range<UInt64>)
    func losesNothing(seed: UInt64) {
        var generator = TerminalTextGenerator(seed: seed)
        for _ in 0..<300 {
            let text = generator.text()
            let joined = LineWrapping.lines(of: text, width: Int.random(in: 2...30, using: &generator)).joined()
            let expected = text.split(separator: "\n").map { Sanitizer.visible(String($0)) }.joined()
            func dense(_ text: String) -> [UInt8] { text.utf8.filter { $0 != UInt8(ascii: " ") } }
            #expect(dense(joined) == dense(expected))
        }
    }
}

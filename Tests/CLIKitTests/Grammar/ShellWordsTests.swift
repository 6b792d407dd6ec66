import Testing

@testable import CLIKit

/// A line is split as a POSIX shell splits it.
@Suite struct ShellWordsTests {
    @Test(
        "Quotes, backslashes and comments count",
        arguments: [
            ("", []), ("   \t ", []), ("# a comment", []), ("a b", ["a", "b"]), ("  a\t b ", ["a", "b"]),
            ("a #b", ["a"]), ("a#b c", ["a#b", "c"]), ("'#' \\#", ["#", "#"]), ("''", [""]),
            (#"a "" b"#, ["a", "", "b"]),
            ("'a b'", ["a b"]), (#"'a"b\'"#, [#"a"b\"#]), (#""a'b""#, ["a'b"]), (#"a' 'b" "c"#, ["a b c"]),
            (#"'it'\''s'"#, ["it's"]), (#""a\"b\\c\$d\`e""#, [#"a"b\c$d`e"#]), (#""a\nb\ ""#, [#"a\nb\ "#]),
            (#"a\ b\\ \'"#, ["a b\\", "'"]), ("$HOME * > | ; & ~", ["$HOME", "*", ">", "|", ";", "&", "~"]),
            ("--where value>1000", ["--where", "value>1000"]), ("$'a\\nb\\t\\'\\\\'", ["a\nb\t'\\"]),
            ("x$'\\x41\\101\\e'y", ["xAA\u{1B}y"]), ("$'\\xc3\\xb1'", ["ñ"]), ("'ñ' \"日\" 🌵", ["ñ", "日", "🌵"]),
            ("a\r", ["a"]),
        ] as [(String, [String])]
    )
    func split(line: String, words: [String]) throws {
        #expect(try ShellWords.split(line) == words)
    }

    @Test(
        "What is not closed is an error that tells where it begins",
        arguments: [
            ("a 'b", 3), (#"a "b'"#, 3), (#"a "b\""#, 3), ("a $'b", 3), ("a\\", 2), ("$'\\q'", 3), ("$'\\x'", 3),
            ("$'\\0'", 3),
        ] as [(String, Int)]
    )
    func malformed(line: String, column: Int) {
        #expect { try ShellWords.split(line) } throws: { ($0 as? ShellWords.Malformed)?.column == column }
        #expect(throws: ShellWords.Malformed.self) { try ShellWords.split("$'\\xff'") }
    }

    @Test("What is quoted as shells quote comes back", arguments: 1...50 as ClosedRange<UInt64>)
    func quoted(seed: UInt64) throws {
        var generator = TerminalTextGenerator(seed: seed)
        let words = (0..<5).map { _ in generator.text().filter { $0 != "\0" } }
        let line = words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
        #expect(try ShellWords.split(line) == words)
    }
}

import CLIKit
import Testing

@Suite struct TerminalFilterTests {
    private func shown(_ pieces: [[UInt8]], isJSON: Bool = false) -> String {
        let filter = TerminalFilter(isJSON: isJSON)
        return pieces.map { piece in
            String(decoding: piece.withUnsafeBufferPointer(filter.shown), as: UTF8.self)
        }.joined()
    }

    @Test(
        "What would steer a terminal is shown",
        arguments: [
            ("a\u{1b}[31mb\n", "a\\u{1b}[31mb\n"), ("a\tb\r\n", "a\tb\r\n"), ("a\rb", "a\\rb"),
            ("\u{202e}abc\u{2066}", "\\u{202e}abc\\u{2066}"), ("\u{9b}2J\u{7f}", "\\u{9b}2J\\u{7f}"),
            ("José – 日本 🌵\n", "José – 日本 🌵\n"), ("a\u{200B}\u{FEFF}\tb", "a\\u{200b}\\u{feff}\tb"),
            ("👩\u{200D}💻", "👩\u{200D}💻"),
        ]
    )
    func steering(text: String, expected: String) {
        #expect(shown([Array(text.utf8)]) == expected)
        // Wherever the text is cut.
        #expect(shown(text.utf8.map { [$0] }) == expected)
    }

    @Test("In JSON it is escaped as JSON has it")
    func json() {
        #expect(shown([Array("\"\u{9b}\u{202e}\"\n".utf8)], isJSON: true) == "\"\\u009b\\u202e\"\n")
        #expect(shown([Array("\u{200B}\u{E0041}".utf8)], isJSON: true) == "\\u200b\\udb40\\udc41")
    }
}

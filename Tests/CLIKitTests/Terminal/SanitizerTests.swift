import Testing

@testable import CLIKit

@Suite("Sanitizer")
struct SanitizerTests {
    @Test(
        "makes control characters visible and leaves all else",
        arguments: [
            ("", ""),
            ("plain José 日本 😀", "plain José 日本 😀"),
            ("a\nb\tc\rd", #"a\nb\tc\rd"#),
            ("a\r\nb", #"a\r\nb"#),
            ("\u{1B}[31mred\u{7}", #"\u{1b}[31mred\u{7}"#),
            ("\0\u{1F}\u{7F}", #"\u{0}\u{1f}\u{7f}"#),
            ("\u{80}\u{9B}\u{9F}\u{A0}¡", "\\u{80}\\u{9b}\\u{9f}\u{A0}¡"),
            ("\u{2027}\u{2028}\u{202A}\u{202E}\u{202F}", "\u{2027}\\u{2028}\\u{202a}\\u{202e}\u{202F}"),
            ("\u{2065}\u{2066}\u{2069}\u{206A}", "\\u{2065}\\u{2066}\\u{2069}\\u{206a}"),
            ("a\u{200B}b\u{FEFF}c\u{AD}d\u{200E}e", "a\\u{200b}b\\u{feff}c\\u{ad}d\\u{200e}e"),
            ("a\u{3164}\u{2060}\u{34F}\u{E0041}", "a\\u{3164}\\u{2060}\\u{34f}\\u{e0041}"),
            ("a\u{200D}b\u{200C}…€", "a\\u{200d}b\\u{200c}…€"),
            (
                "👩\u{200D}💻 ❤\u{FE0F}\u{200D}🔥 1\u{FE0F}\u{20E3} می\u{200C}خواهم",
                "👩\u{200D}💻 ❤\u{FE0F}\u{200D}🔥 1\u{FE0F}\u{20E3} می\u{200C}خواهم"
            ),
            ("👩\u{200D}\u{200D}x\u{FE0F}\u{FE0E}", "👩\u{200D}\\u{200d}x\u{FE0F}\\u{fe0e}"),
            (#"C:\new"#, #"C:\new"#),
        ]
    )
    func replaces(_ text: String, expected: String) {
        #expect(Array(Sanitizer.visible(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test("lets no control character through", arguments: 0..<4 as Range<UInt64>)
    func letsNothingThrough(seed: UInt64) {
        var generator = TerminalTextGenerator(seed: seed)
        for _ in 0..<500 {
            let visible = Sanitizer.visible(generator.text())
            #expect(visible.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
            #expect(!visible.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) })
            #expect(Sanitizer.visible(visible) == visible)
        }
    }
}

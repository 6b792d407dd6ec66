import Testing

@testable import CLIKit

@Suite("Style")
struct StyleTests {
    @Test(
        "decides on colour for one stream",
        arguments: [
            ([:], true, true),
            ([:], false, false),
            (["TERM": "xterm-256color"], true, true),
            (["TERM": "dumb"], true, false),
            (["NO_COLOR": "1"], true, false),
            (["NO_COLOR": "0"], true, false),
            (["NO_COLOR": ""], true, true),
            (["CLICOLOR_FORCE": "1"], false, true),
            (["CLICOLOR_FORCE": "0"], false, false),
            (["CLICOLOR_FORCE": ""], false, false),
            (["CLICOLOR_FORCE": "1", "TERM": "dumb"], false, true),
            (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, false),
        ] as [([String: String], Bool, Bool)]
    )
    func decides(variables: [String: String], isTerminal: Bool, usesColor: Bool) {
        #expect(Style(isTerminal: isTerminal, environment: Environment(variables)).usesColor == usesColor)
    }

    @Test("writes attributes only where there is colour")
    func applies() {
        #expect(Style(usesColor: true).apply(.bold, to: "x") == "\u{1B}[1mx\u{1B}[0m")
        #expect(Style(usesColor: true).apply(.yellow, to: "x") == "\u{1B}[33mx\u{1B}[0m")
        #expect(Style(usesColor: false).apply(.bold, to: "x") == "x")
    }
}

import Testing

@testable import CRMKit

/// One look at the bytes of a cell tells what may be wrong with it, wherever in it that stands.
@Suite struct CellSignsTests {
    private func signs(_ text: String) -> CellSigns {
        var text = text
        return text.withUTF8 { CellSigns(UnsafeRawBufferPointer($0)) }
    }

    /// Eight bytes are told as one, and those that are left one by one.
    private static let frames = (0...17).flatMap { before in
        (0...9).map { after in
            (String(repeating: "a", count: before), String(repeating: "z", count: after))
        }
    }

    @Test("plain text of ASCII has none", arguments: 0...40)
    func plain(length: Int) {
        let letters = Array("Ana Ruiz +52 55 1234 5678, ana.ruiz@example.org; %'^`~/\t\n\u{7F}")
        let signs = signs(String((0..<length).map { letters[$0 % letters.count] }))
        #expect(!signs.maySpoil)
        #expect(!signs.isBeyondASCII)
    }

    @Test("a sign of an escape", arguments: ["&", "_", "\u{0B}"])
    func escape(sign: String) {
        for (before, after) in Self.frames {
            let signs = signs(before + sign + after)
            #expect(signs.maySpoil && !signs.isBeyondASCII, "\(before)\(sign)\(after)")
        }
    }

    @Test("a mark that nobody sees", arguments: ["\u{AD}", "\u{200B}", "\u{200E}", "\u{FEFF}"])
    func mark(sign: String) {
        for (before, after) in Self.frames {
            let signs = signs(before + sign + after)
            #expect(signs.maySpoil && signs.isBeyondASCII, "\(before)\(sign)\(after)")
        }
    }

    @Test("a colon")
    func colon() {
        for (before, after) in Self.frames {
            #expect(signs(before + ":" + after).mayHoldColon, "\(before):\(after)")
            #expect(signs(before + "é:" + after).mayHoldColon, "\(before)é:\(after)")
            #expect(!signs(before + ";" + after).mayHoldColon, "\(before);\(after)")
        }
    }

    @Test("a letter with an accent")
    func accent() {
        for (before, after) in Self.frames {
            let signs = signs(before + "é" + after)
            #expect(!signs.maySpoil && signs.isBeyondASCII, "\(before)é\(after)")
        }
    }
}

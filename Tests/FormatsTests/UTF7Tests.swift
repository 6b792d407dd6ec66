import Formats
import Testing

/// Text of seven bits, as RFC 2152 has it and as mail spoils it.
@Suite struct UTF7Tests {
    @Test(
        "What is encoded is read, and what is not stands as it is",
        arguments: [
            ("Hola", "Hola", 0), ("A+APE-o", "Año", 0), ("A+APE o", "Añ o", 0), ("2 +- 2", "2 + 2", 0),
            ("+2D3eAA-!", "😀!", 0), ("+AOEA6Q-", "áé", 0), ("Hi Mom -+Jjo--!", "Hi Mom -☺-!", 0),
            ("+APE", "ñ", 0), ("", "", 0), ("+", "+", 0), ("1 + 1", "1 + 1", 0), ("+2D0-x", "\u{FFFD}x", 1),
            ("+3gA-x", "\u{FFFD}x", 1), ("+A-", "\u{FFFD}", 1), ("+APF-o", "ñ\u{FFFD}o", 1),
            ("\u{80}", "\u{FFFD}\u{FFFD}", 2),
        ]
    )
    func reading(encoded: String, text: String, faults: Int) throws {
        let decoded = try #require(ForeignCharacterSet(label: "UTF-7")).decode(Array(encoded.utf8))
        #expect(decoded.text == text)
        #expect(decoded.faults == faults)
    }

    @Test("Where it says so and is plainly UTF-8 it is that")
    func lie() {
        #expect(ForeignCharacterSet.text(Array("Año".utf8), label: "utf-7") == "Año")
        let (text, doubt) = ForeignCharacterSet.read(Array("A+APE-o + x".utf8), label: "utf-7")
        #expect(text == "Año + x" && doubt == nil)
        #expect(ForeignCharacterSet.read(Array("A+APE-o +2D0-x".utf8), label: "utf-7").doubt != nil)
    }
}

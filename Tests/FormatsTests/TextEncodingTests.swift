import Formats
import Glibc
import TestSupport
import Testing

@Suite struct `Text encodings` {
    @Test(
        "have the names in common use",
        arguments: [
            ("utf-8", TextEncoding.utf8), ("UTF8", .utf8), ("US-ASCII", .utf8), ("latin1", .latin1),
            ("Latin-1", .latin1),
            ("ISO-8859-1", .latin1), ("iso8859_1", .latin1), ("cp1252", .windows1252), ("Windows-1252", .windows1252),
            ("IBM850", .codePage850), ("cp850", .codePage850), ("MacRoman", .macintosh),
            ("UTF-16", .utf16), ("utf16le", .utf16LittleEndian), ("UTF-16BE", .utf16BigEndian),
        ]
    )
    func haveTheNamesInCommonUse(name: String, encoding: TextEncoding) {
        #expect(TextEncoding(name: name) == encoding)
    }

    @Test("are read by the name they give", arguments: TextEncoding.allCases)
    func areReadByTheNameTheyGive(encoding: TextEncoding) {
        #expect(TextEncoding(name: encoding.name) == encoding)
    }

    @Test("have no other names", arguments: ["", "latin", "utf-7", "utf-32", "cp1251", "iso-8859-2", "ñ"])
    func haveNoOtherNames(name: String) {
        #expect(TextEncoding(name: name) == nil)
    }

    @Test(
        "give each byte the character that the C library gives it",
        arguments: [(TextEncoding.latin1, "ISO-8859-1"), (.windows1252, "WINDOWS-1252"), (.codePage850, "IBM850")]
    )
    func giveEachByteTheCharacterThatTheCLibraryGivesIt(encoding: TextEncoding, name: String) throws {
        for byte in UInt8(1)...255 where byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r") {
            let expected = try converted([byte], from: name, to: "UTF-8")
            var reader = LinesReader(ByteSource(bytes: [byte, UInt8(ascii: "\n")], encoding: .certain(encoding)))
            if let expected {
                #expect(try reader.next().map { Array($0.bytes) } == expected, "\(byte)")
            } else {
                #expect(throws: LineError.invalidUTF8(byte, at: TextPosition(1, 1, 0)), "\(byte)") { try reader.next() }
            }
        }
    }

    static let unicode: [(encoding: TextEncoding, name: String)] = [
        (.utf8, "UTF-8"), (.utf16LittleEndian, "UTF-16LE"), (.utf16BigEndian, "UTF-16BE"),
    ]

    @Test("of Unicode are read as the C library writes them", arguments: unicode, 0..<20)
    func ofUnicodeAreReadAsTheCLibraryWritesThem(
        _ example: (encoding: TextEncoding, name: String),
        seed: Int
    ) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let lines = (0..<40).map { _ in "a" + random.hostileText().filter { !$0.isNewline } }
        let text = lines.map { $0 + "\n" }.joined()
        let bytes = try #require(try converted(Array(text.utf8), from: "UTF-8", to: example.name))
        let chunkSize = seed < 6 ? seed + 1 : Int.random(in: 7...5000, using: &random)
        #expect(try read(ByteSource(bytes: bytes, encoding: .certain(example.encoding), chunkSize: chunkSize)) == lines)
    }

    @Test("are known by the byte order mark", arguments: [1, 2, 3, 4096])
    func areKnownByTheByteOrderMark(chunkSize: Int) throws {
        let inputs: [([UInt8], TextEncoding, hasMark: Bool)] = [
            ([0xEF, 0xBB, 0xBF, 0xC3, 0xB1], .utf8, true), ([0xC3, 0xB1], .utf8, false),
            ([0xFF, 0xFE, 0xF1, 0], .utf16LittleEndian, true), ([0xFE, 0xFF, 0, 0xF1], .utf16BigEndian, true),
        ]
        for (bytes, encoding, hasMark) in inputs {
            let source = ByteSource(bytes: bytes, chunkSize: chunkSize)
            #expect(try read(source) == ["ñ"])
            #expect(source.encoding == encoding)
            #expect(source.hasByteOrderMark == hasMark)
        }
        let unmarked = ByteSource(bytes: [0xF1, 0], encoding: .told(.utf16), chunkSize: chunkSize)
        #expect(try read(unmarked) == ["ñ"])
        let marked = ByteSource(bytes: [0xFE, 0xFF, 0, 0xF1], encoding: .told(.utf16), chunkSize: chunkSize)
        #expect(try read(marked) == ["ñ"])
        let assumedOtherwise = ByteSource(
            bytes: [0xEF, 0xBB, 0xBF, 0xC3, 0xB1],
            encoding: .assumed(.latin1),
            chunkSize: chunkSize
        )
        #expect(try read(assumedOtherwise) == ["ñ"])
        #expect(assumedOtherwise.encoding == .utf8)
    }

    /// Text, its claim, and what comes of it.
    struct Claimed: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let claim: EncodingClaim?
        let outcome: Result<String, ReadError>

        init(_ description: String, _ bytes: [UInt8], _ claim: EncodingClaim?, is text: String) {
            testDescription = description
            self.bytes = bytes
            self.claim = claim
            outcome = .success(text)
        }

        init(
            _ description: String,
            _ bytes: [UInt8],
            told: TextEncoding,
            found: TextEncoding?,
            first: [UInt8],
            at position: TextPosition
        ) {
            testDescription = description
            self.bytes = bytes
            claim = .told(told)
            outcome = .failure(.contradicted(.init(told: told, found: found, bytes: first, position: position)))
        }

        private static let ñ: [UInt8] = [0xC3, 0xB1]
        private static func bytes(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }
        private static let mark = ByteSource.byteOrderMark
        private static let far = Array(String(repeating: "abcdefg\n", count: 40_000).utf8)

        static let all = [
            Claimed("UTF-8 where windows-1252 is assumed", Array("a".utf8) + ñ, .assumed(.windows1252), is: "añ"),
            Claimed("windows-1252 where it is assumed", [0x61, 0xF1, 0x80], .assumed(.windows1252), is: "añ€"),
            Claimed(
                "code page 850 where windows-1252 is assumed",
                bytes("Pe\u{A4}a;Jos\u{82}"),
                .assumed(.windows1252),
                is: "Peña;José"
            ),
            Claimed(
                "macintosh where windows-1252 is assumed",
                bytes("Jos\u{8E} Pe\u{96}a"),
                .assumed(.windows1252),
                is: "José Peña"
            ),
            Claimed(
                "macintosh with í alone",
                bytes("Mar\u{92}a;Garc\u{92}a Rodr\u{92}guez"),
                .assumed(.windows1252),
                is: "María;García Rodríguez"
            ),
            Claimed(
                "macintosh with ñ, ó and ú",
                bytes("Espa\u{96}a Le\u{97}n L\u{97}pez Jes\u{9C}s Ra\u{9C}l"),
                .assumed(.windows1252),
                is: "España León López Jesús Raúl"
            ),
            Claimed(
                "macintosh in capitals",
                bytes("MU\u{84}OZ GARC\u{EA}A GONZ\u{E7}LEZ"),
                .assumed(.windows1252),
                is: "MUÑOZ GARCÍA GONZÁLEZ"
            ),
            Claimed(
                "code page 850 in capitals",
                bytes("MU\u{A5}OZ"),
                .assumed(.windows1252),
                is: "MUÑOZ"
            ),
            Claimed(
                "apostrophes and dashes of windows-1252 between letters",
                bytes("don\u{92}t dona\u{92}ls dell\u{92}arte l\u{92}home lunes\u{96}viernes years\u{97}and"),
                .assumed(.windows1252),
                is: "don’t dona’ls dell’arte l’home lunes–viernes years—and"
            ),
            Claimed(
                "signs of windows-1252 beside letters",
                bytes("a\u{A4}a \u{F1}"),
                .assumed(.windows1252),
                is: "a¤a ñ"
            ),
            Claimed(
                "signs of windows-1252 between words",
                bytes("a \u{A3}5 d\u{92}a\u{A0}b\u{96}c"),
                .assumed(.windows1252),
                is: "a £5 d’a\u{A0}b–c"
            ),
            Claimed("windows-1252 from the first byte", [0xF1, 0x61], .assumed(.windows1252), is: "ña"),
            Claimed("a character cut off at the end", [0x61, 0xC3], .assumed(.windows1252), is: "aÃ"),
            Claimed(
                "a text of which the first character alone is UTF-8",
                [0xC9, 0xAE, 0x61, 0xF1],
                .assumed(.windows1252),
                is: "É®añ"
            ),
            Claimed(
                "UTF-8 in lines beside one of windows-1252",
                Array("Ñu\nPeña\n".utf8) + [0x4D, 0xED, 0x0A] + Array("€".utf8),
                .assumed(.windows1252),
                is: "Ñu\nPeña\nMí\n€"
            ),
            Claimed(
                "UTF-8 far behind windows-1252",
                [0xCD, 0x0A] + far + ñ + [0x0A, 0xED],
                .assumed(.windows1252),
                is: "Í\n" + text(far) + "ñ\ní"
            ),
            Claimed(
                "both in the cells of one line",
                [0xED] + Array(";ñandú;\"€\";".utf8) + [0xF1, 0x61],
                .assumed(.windows1252),
                is: "í;ñandú;\"€\";ña"
            ),
            Claimed(
                "letters of windows-1252 that would be others in UTF-8",
                [0xAB, 0x43, 0x41, 0x46, 0xC9, 0xBB, 0x0A, 0x43, 0xC9, 0xBB],
                .assumed(.windows1252),
                is: "«CAFÉ»\nCÉ»"
            ),
            Claimed(
                "other letters in UTF-8 beside a stray byte",
                Array("Dvořák\nŁódź\n".utf8) + [0xF1],
                .assumed(.windows1252),
                is: "Dvořák\nŁódź\nñ"
            ),
            Claimed("UTF-8 far into the input", far + ñ, .assumed(.latin1), is: text(far) + "ñ"),
            Claimed("windows-1252 far into the input", far + [0xF1], .assumed(.latin1), is: text(far) + "ñ"),
            Claimed("UTF-16 that nothing is said of", units("añ"), nil, is: "añ"),
            Claimed("UTF-16 of the other order", bigEndian("año"), nil, is: "año"),
            Claimed("UTF-16 where windows-1252 is assumed", units("año"), .assumed(.windows1252), is: "año"),
            Claimed("UTF-16 of the other order, told", bigEndian("año"), .told(.utf16), is: "año"),
            Claimed("windows-1252 that is told", [0x61, 0xF1], .told(.windows1252), is: "añ"),
            Claimed("a mark of UTF-8 above windows-1252", mark + [0x61, 0xF1], .told(.windows1252), is: "añ"),
            Claimed("a mark of UTF-8 where latin1 is assumed", mark + [0x61, 0xF1], .assumed(.latin1), is: "añ"),
            Claimed("a mark of UTF-8 above ASCII", mark + [0x61, 0x62], .told(.windows1252), is: "ab"),
            Claimed(
                "UTF-8 in lines beside one of windows-1252, which is told",
                Array("Peña\n".utf8) + [0x4D, 0xED, 0x0A, 0x43, 0xC9, 0xBB, 0x0A, 0xE9, 0x85, 0x94],
                .told(.windows1252),
                is: "Peña\nMí\nCÉ»\né…”"
            ),
            Claimed(
                "a mark of UTF-8 and UTF-8 told to be windows-1252",
                mark + Array("a\nb".utf8) + ñ,
                told: .windows1252,
                found: .utf8,
                first: mark,
                at: TextPosition(1, 1, 0)
            ),
            Claimed(
                "a mark of UTF-8 told to be UTF-16",
                mark + Array("ab".utf8),
                told: .utf16LittleEndian,
                found: .utf8,
                first: mark,
                at: TextPosition(1, 1, 0)
            ),
            Claimed(
                "a mark of UTF-16 told to be UTF-8",
                [0xFF, 0xFE] + units("a"),
                told: .utf8,
                found: .utf16LittleEndian,
                first: [0xFF, 0xFE],
                at: TextPosition(1, 1, 0)
            ),
            Claimed(
                "a mark of UTF-16 told to be of the other order",
                [0xFE, 0xFF] + bigEndian("a"),
                told: .utf16LittleEndian,
                found: .utf16BigEndian,
                first: [0xFE, 0xFF],
                at: TextPosition(1, 1, 0)
            ),
            Claimed("a mark of UTF-16 told to be that", [0xFF, 0xFE] + units("a"), .told(.utf16), is: "a"),
            Claimed("ASCII that is told to be anything", Array("ab".utf8), .told(.latin1), is: "ab"),
            Claimed(
                "a byte that latin1 has no character for",
                [0x61, 0x0A, 0xF1, 0x35, 0x80],
                told: .latin1,
                found: .windows1252,
                first: [0x80],
                at: TextPosition(2, 3, 4)
            ),
            Claimed(
                "UTF-8 told to be latin1",
                Array("a\nbc".utf8) + ñ,
                told: .latin1,
                found: .utf8,
                first: ñ,
                at: TextPosition(2, 3, 4)
            ),
            Claimed(
                "UTF-8 told to be windows-1252, far in",
                far + ñ,
                told: .windows1252,
                found: .utf8,
                first: ñ,
                at: TextPosition(40_001, 1, 320_000)
            ),
            Claimed(
                "UTF-8 told to be UTF-16",
                Array("name".utf8),
                told: .utf16,
                found: .utf8,
                first: Array("na".utf8),
                at: TextPosition(1, 1, 0)
            ),
            Claimed(
                "UTF-16 told to be of the other order",
                bigEndian("año"),
                told: .utf16LittleEndian,
                found: .utf16BigEndian,
                first: [0, 0x61],
                at: TextPosition(1, 1, 0)
            ),
        ]

        private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        private static func units(_ text: String) -> [UInt8] {
            text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        }
        private static func bigEndian(_ text: String) -> [UInt8] {
            text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        }
    }

    @Test("are believed as far as the bytes bear them out", arguments: Claimed.all, [1, 3, 4096, 128 * 1024])
    func areBelievedAsFarAsTheBytesBearThemOut(example: Claimed, chunkSize: Int) {
        let source = ByteSource(bytes: example.bytes, encoding: example.claim, chunkSize: chunkSize)
        #expect(Result { () throws(ReadError) in try whole(source) } == example.outcome)
    }

    private func whole(_ source: ByteSource) throws(ReadError) -> String {
        var lines: [String] = []
        var reader = LinesReader(source)
        do throws(LineError) {
            while let line = try reader.next() { lines.append(line.string) }
        } catch {
            guard case .unreadable(let error) = error else { return "\(error)" }
            throw error
        }
        return lines.joined(separator: "\n")
    }

    static let broken: [(TextEncoding, [UInt8], first: UInt8)] = [
        (.windows1252, Array("a,ok\nb,".utf8) + [0x81] + Array("x\nc,d".utf8), 0x81),
        (.utf16LittleEndian, units("a,ok\nb,") + [0x00, 0xD8] + units("x\nc,d"), 0xED),
        (.utf16LittleEndian, units("a,ok\nb,") + [0x00, 0xDC] + units("x\nc,d"), 0xED),
        (.utf16LittleEndian, units("a,ok\nb,") + [0x00, 0xD8, 0x00, 0xD8, 0x00, 0xDC] + units("\nc,d"), 0xED),
    ]

    @Test("refuse what they do not define where it stands", arguments: broken, [1, 2, 3, 4096])
    func refuseWhatTheyDoNotDefineWhereItStands(input: (TextEncoding, [UInt8], first: UInt8), chunkSize: Int)
        throws
    {
        let reader = CSVReader(ByteSource(bytes: input.1, encoding: .certain(input.0), chunkSize: chunkSize))
        #expect(try reader.next()?.string(at: 1) == "ok")
        #expect(throws: CSVError.invalidUTF8(input.first, at: .init(2, 2, 2, 3))) { try reader.next() }
        #expect(try reader.next()?.string(at: 1) == "d")
    }

    @Test(
        "refuse a text that ends inside a character",
        arguments: [[0x61, 0x00, 0x62], [0x61, 0x00, 0x3D, 0xD8], [0x61, 0x00, 0x3D, 0xD8, 0x01]] as [[UInt8]]
    )
    func refuseATextThatEndsInsideACharacter(bytes: [UInt8]) {
        var reader = LinesReader(ByteSource(bytes: bytes, encoding: .certain(.utf16LittleEndian)))
        #expect(throws: LineError.invalidUTF8(bytes.count == 3 ? 0xFF : 0xED, at: TextPosition(1, 2, 1))) {
            try reader.next()
        }
    }

    private static func units(_ text: String) -> [UInt8] { text.utf8.flatMap { [$0, 0] } }

    private func read(_ source: ByteSource) throws(LineError) -> [String] {
        var reader = LinesReader(source)
        var lines: [String] = []
        while let line = try reader.next() { lines.append(line.string) }
        return lines
    }
}

/// What iconv(3) makes of the bytes; nil when they are not valid in `source`.
func converted(_ bytes: [UInt8], from source: String, to target: String) throws -> [UInt8]? {
    let conversion = try #require(iconv_open(target, source))
    try #require(conversion != iconv_t(bitPattern: -1))
    defer { iconv_close(conversion) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count * 4 + 8)
    var inputLeft = input.count
    var outputLeft = output.count
    let result = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            var from = input.baseAddress
            var to = output.baseAddress
            return iconv(conversion, &from, &inputLeft, &to, &outputLeft)
        }
    }
    guard result >= 0 else { return nil }
    return output.dropLast(outputLeft).map { UInt8(bitPattern: $0) }
}

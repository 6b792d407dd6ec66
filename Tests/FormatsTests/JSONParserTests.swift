import Formats
import Testing

@Suite struct `JSON parser` {
    private static func number(_ literal: String) throws -> JSONValue {
        .number(try #require(JSONNumber(literal)))
    }

    @Test(
        "keeps numbers as they are written",
        arguments: ["0", "-0", "10", "-1.50", "0.10", "1e9", "1E+09", "2.5e-3", "12345678901234567890.000"]
    )
    func keepsNumbersAsTheyAreWritten(literal: String) throws {
        var parser = JSONParser()
        #expect(try parser.parse(literal) == Self.number(literal))
        #expect(try parser.parse("[ \(literal) ]") == .array([Self.number(literal)]))
    }

    @Test(
        "gives integers that fit",
        arguments: [
            ("0", 0), ("-12", -12), ("9223372036854775807", Int64.max), ("1.0", nil), ("9223372036854775808", nil),
        ]
    )
    func givesIntegersThatFit(literal: String, integer: Int64?) throws {
        #expect(try #require(JSONNumber(literal)).integer == integer)
    }

    @Test("takes nothing else for a number", arguments: ["", "+1", "01", "1.", ".5", "1e", "-", "NaN", "1 ", "0x1"])
    func takesNothingElseForANumber(literal: String) {
        #expect(JSONNumber(literal) == nil)
    }

    @Test(
        "reads strings",
        arguments: [
            (#""""#, ""), (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{C}\n\r\tz"), (#""\u00e9\u00E9""#, "éé"),
            (#""\ud83d\ude00""#, "😀"), (#""😀 ñ""#, "😀 ñ"), (#""\u0000""#, "\0"), (#""\u007f""#, "\u{7F}"),
            (#""0123456789\n0123456789""#, "0123456789\n0123456789"),
        ]
    )
    func readsStrings(text: String, expected: String) throws {
        var parser = JSONParser()
        #expect(try parser.parse(text) == .string(expected))
    }

    @Test(
        "replaces lone surrogates where it is told to",
        arguments: [
            (#""\ud83d""#, "\u{FFFD}", 1), (#""a\ude00b""#, "a\u{FFFD}b", 1),
            (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀", 1), (#""\ud83dx\ude00""#, "\u{FFFD}x\u{FFFD}", 2),
            (#""\ud83d\n""#, "\u{FFFD}\n", 1), (#""\ud83d\ude00""#, "😀", 0), (#""\ud83d\u0041""#, "\u{FFFD}A", 1),
        ]
    )
    func replacesLoneSurrogates(text: String, expected: String, count: Int) throws {
        var parser = JSONParser(replacingLoneSurrogates: true)
        #expect(try parser.parse(text) == .string(expected))
        #expect(parser.replacedCount == count)
    }

    @Test("keeps members in order") func keepsMembersInOrder() throws {
        var parser = JSONParser()
        let value = try parser.parse("\u{FEFF} {\"b\" : [ ] , \"a\":{ },\r\n\t\"c\":[true,false,null]} \n")
        #expect(
            value
                == .object([
                    JSONMember("b", .array([])), JSONMember("a", .object([])),
                    JSONMember("c", .array([.bool(true), .bool(false), .null])),
                ])
        )
        #expect(value["a"] == .object([]))
        #expect(value["z"] == nil)
    }

    @Test("tells apart names that only look the same") func tellsApartNamesThatOnlyLookTheSame() throws {
        var parser = JSONParser()
        #expect(try parser.parse("{\"\u{E9}\":1,\"e\u{301}\":2,\"a\":{\"a\":3},\"A\":4}")["A"] != nil)
    }

    struct Malformed: CustomTestStringConvertible, Sendable {
        let input: [UInt8]
        let error: @Sendable (TextPosition) -> JSONError
        let position: TextPosition
        var testDescription: String { String(decoding: input, as: UTF8.self).debugDescription }

        init(
            _ input: String,
            _ error: @escaping @Sendable (TextPosition) -> JSONError,
            _ line: Int,
            _ column: Int,
            _ offset: Int
        ) {
            self.init(bytes: Array(input.utf8), error, line, column, offset)
        }

        init(
            bytes: [UInt8],
            _ error: @escaping @Sendable (TextPosition) -> JSONError,
            _ line: Int,
            _ column: Int,
            _ offset: Int
        ) {
            input = bytes
            self.error = error
            position = TextPosition(line: line, column: column, offset: offset)
        }
    }

    private static func byte(_ character: Unicode.Scalar) -> @Sendable (TextPosition) -> JSONError {
        { .unexpectedByte(UInt8(ascii: character), at: $0) }
    }

    static let malformed: [Malformed] = [
        Malformed("", JSONError.unexpectedEnd, 1, 1, 0),
        Malformed(" \n ", JSONError.unexpectedEnd, 2, 2, 3),
        Malformed("\u{FEFF}", JSONError.unexpectedEnd, 1, 4, 3),
        Malformed("{", JSONError.unexpectedEnd, 1, 2, 1),
        Malformed("[1,\n2", JSONError.unexpectedEnd, 2, 2, 5),
        Malformed("{\"a\"", JSONError.unexpectedEnd, 1, 5, 4),
        Malformed("\"abc", JSONError.unexpectedEnd, 1, 5, 4),
        Malformed("\"abc\\", JSONError.unexpectedEnd, 1, 6, 5),
        Malformed("\"\\u12", JSONError.unexpectedEnd, 1, 6, 5),
        Malformed("[1,]", byte("]"), 1, 4, 3),
        Malformed("[,1]", byte(","), 1, 2, 1),
        Malformed("[1 2]", byte("2"), 1, 4, 3),
        Malformed("[1}", byte("}"), 1, 3, 2),
        Malformed("{\"a\":1,}", byte("}"), 1, 8, 7),
        Malformed("{a:1}", byte("a"), 1, 2, 1),
        Malformed("{'a':1}", byte("'"), 1, 2, 1),
        Malformed("{\"a\" 1}", byte("1"), 1, 6, 5),
        Malformed("{\n  \"a\": ?\n}", byte("?"), 2, 8, 9),
        Malformed("+1", byte("+"), 1, 1, 0),
        Malformed(".5", byte("."), 1, 1, 0),
        Malformed("\u{C}1", { .unexpectedByte(0x0C, at: $0) }, 1, 1, 0),
        Malformed("[\u{FEFF}1]", { .unexpectedByte(0xEF, at: $0) }, 1, 2, 1),
        Malformed("1 2", JSONError.trailingData, 1, 3, 2),
        Malformed("{}\n]", JSONError.trailingData, 2, 1, 3),
        Malformed("1a", JSONError.trailingData, 1, 2, 1),
        Malformed("NaN", { .invalidLiteral("NaN", at: $0) }, 1, 1, 0),
        Malformed("[-Infinity]", JSONError.invalidNumber, 1, 3, 2),
        Malformed("[Infinity]", { .invalidLiteral("Infinity", at: $0) }, 1, 2, 1),
        Malformed("nul", { .invalidLiteral("nul", at: $0) }, 1, 1, 0),
        Malformed("[True]", { .invalidLiteral("True", at: $0) }, 1, 2, 1),
        Malformed("nullnullnullnullnull", { .invalidLiteral("nullnullnullnull", at: $0) }, 1, 1, 0),
        Malformed("[01]", JSONError.invalidNumber, 1, 3, 2),
        Malformed("[-]", JSONError.invalidNumber, 1, 3, 2),
        Malformed("[1.]", JSONError.invalidNumber, 1, 4, 3),
        Malformed("[1e+]", JSONError.invalidNumber, 1, 5, 4),
        Malformed("{\"a\":1,\n\"b\":2, \"a\":3}", { .duplicateKey("a", at: $0) }, 2, 8, 15),
        Malformed("{\"a\":{\"b\":1,\"\\u0062\":2}}", { .duplicateKey("b", at: $0) }, 1, 13, 12),
        Malformed("{\"a\":{\"b\":1},\"a\":2}", { .duplicateKey("a", at: $0) }, 1, 14, 13),
        Malformed("\"a\nb\"", { .controlCharacter(0x0A, at: $0) }, 1, 3, 2),
        Malformed("\"ñ\u{0}\"", { .controlCharacter(0, at: $0) }, 1, 4, 3),
        Malformed("\"a\\x\"", JSONError.invalidEscape, 1, 3, 2),
        Malformed("\"\\u00g0\"", JSONError.invalidEscape, 1, 2, 1),
        Malformed("\"\\ud800\"", JSONError.loneSurrogate, 1, 2, 1),
        Malformed("\"\\udc00\"", JSONError.loneSurrogate, 1, 2, 1),
        Malformed("\"\\ud800\\u0041\"", JSONError.loneSurrogate, 1, 2, 1),
        Malformed("\"\\ud800\\n\"", JSONError.loneSurrogate, 1, 2, 1),
        Malformed(bytes: [0x22, 0x61, 0xFF, 0x22], { .invalidUTF8(0xFF, at: $0) }, 1, 3, 2),
        Malformed(bytes: [0x22, 0xC3, 0x22], { .invalidUTF8(0xC3, at: $0) }, 1, 2, 1),
        Malformed(bytes: [0x22, 0xED, 0xA0, 0x80, 0x22], { .invalidUTF8(0xED, at: $0) }, 1, 2, 1),
        Malformed(bytes: [0x22, 0xE2, 0x82], { .invalidUTF8(0xE2, at: $0) }, 1, 2, 1),
    ]

    @Test("says what is wrong and where", arguments: malformed)
    func saysWhatIsWrongAndWhere(example: Malformed) {
        var parser = JSONParser()
        #expect(throws: example.error(example.position)) {
            try example.input.withUnsafeBytes { try parser.parse($0) }
        }
    }

    @Test("limits the nesting") func limitsTheNesting() throws {
        var parser = JSONParser(maximumDepth: 3)
        #expect(try parser.parse("[{\"a\":[]}]") == .array([.object([JSONMember("a", .array([]))])]))
        #expect(throws: JSONError.tooDeep(limit: 3, at: TextPosition(line: 1, column: 8, offset: 7))) {
            try parser.parse("[{\"a\":[[]]}]")
        }
        var standard = JSONParser()
        #expect(throws: JSONError.self) { try standard.parse(String(repeating: "[", count: 1_000_000)) }
    }

    @Test("finds a repeated name among many", arguments: [2, 32, 33, 34, 500])
    func findsARepeatedNameAmongMany(count: Int) throws {
        var parser = JSONParser()
        let members = (0..<count).map { "\"name\($0)\":{\"name0\":0}" }.joined(separator: ",")
        guard case .object(let read) = try parser.parse("{\(members)}") else { return #expect(Bool(false)) }
        #expect(read.count == count)
        let offset = members.utf8.count + 2
        for index in [0, count / 2, count - 1] {
            let place = TextPosition(line: 1, column: offset + 1, offset: offset)
            #expect(throws: JSONError.duplicateKey("name\(index)", at: place)) {
                try parser.parse("{\(members),\"name\(index)\":1}")
            }
        }
        #expect(try parser.parse("{\"name0\":1}")["name0"] != nil)
    }

    @Test(
        "A number is told without its exponent, unless that makes it endless",
        arguments: [
            ("150", "150"), ("1e2", "100"), ("1.5e2", "150"), ("-1.25E+1", "-12.5"), ("125e-2", "1.25"),
            ("5e-3", "0.005"),
            ("0e5", "0"), ("0.5e1", "5"), ("1.0e0", "1.0"), ("1e999", "1e999"),
            ("1e-9223372036854775808", "1e-9223372036854775808"), ("-0.0", "-0.0"),
        ]
    )
    func decimals(literal: String, decimal: String) throws {
        #expect(try #require(JSONNumber(literal)).decimal == decimal)
    }
}

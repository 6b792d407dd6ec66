import Formats
import TestSupport
import Testing

@Suite struct `JSON readers` {
    struct Example: CustomTestStringConvertible, Sendable {
        let input: String
        let expected: [JSONOutcome]
        var testDescription: String { input.debugDescription }

        init(_ input: String, _ expected: JSONOutcome...) {
            self.input = input
            self.expected = expected
        }
    }

    static let lines: [Example] = [
        Example(""),
        Example("\u{FEFF}\n \r\n\t\n"),
        Example("1\n2\r\n\n 3 ", .integer(1), .integer(2), .integer(3)),
        Example("\u{FEFF}1\n", .integer(1)),
        Example("{\"a\":1}\n", .value(.object([JSONMember("a", .number(JSONNumber(1)))]))),
        Example("1\n[2\n3\n", .integer(1), .error(.unexpectedEnd(at: .init(2, 3, 4))), .integer(3)),
        Example("1 2\n3", .error(.trailingData(at: .init(1, 3, 2))), .integer(3)),
        Example("\u{FEFF}x\n3", .error(.invalidLiteral("x", at: .init(1, 4, 3))), .integer(3)),
        Example("\n\n \"\u{1}\"\n3", .error(.controlCharacter(1, at: .init(3, 3, 4))), .integer(3)),
        Example("{\"a\":1,\"a\":2}\r\n3", .error(.duplicateKey("a", at: .init(1, 8, 7))), .integer(3)),
    ]

    @Test("read JSON Lines, whatever is wrong with one of them", arguments: lines, [1, 2, 3, 4096])
    func readJSONLinesWhateverIsWrongWithOneOfThem(example: Example, chunkSize: Int) {
        #expect(JSONOutcome.Reader.lines.all(of: Array(example.input.utf8), chunkSize: chunkSize) == example.expected)
    }

    static let spread: [Example] = [
        Example("{\n\"a\":1\n}\n{\n\"a\":2}", .member(1), .member(2)),
        Example("\u{FEFF}\n {\r\n\"a\":1\r\n}\r\n\r\n{\r\n\"a\":2\r\n}\r\n", .member(1), .member(2)),
        Example("{\n\"a\":1\n}\n{\"a\":2}\n3\n", .member(1), .member(2), .integer(3)),
        Example("{\n\"a\":1\n}\n[\n1\n]\n", .member(1), .value(.array([.number(JSONNumber(1))]))),
        Example("{\n\"a\":}\n3", .error(.unexpectedByte(UInt8(ascii: "}"), at: .init(2, 5, 6))), .integer(3)),
        Example("{\n\"a\":1\n} 2\n3", .error(.trailingData(at: .init(3, 3, 10))), .integer(3)),
        Example("{\n\"a\":1\n3\n", .error(.unexpectedByte(UInt8(ascii: "3"), at: .init(3, 1, 8)))),
        Example("{\n\"a\":1\n", .error(.unexpectedEnd(at: .init(2, 6, 7)))),
        // The first line decides: a brace alone is a fault among whole lines.
        Example("1\n{\n2\n", .integer(1), .error(.unexpectedEnd(at: .init(2, 2, 3))), .integer(2)),
        Example("[\n1\n", .error(.unexpectedEnd(at: .init(1, 2, 1))), .integer(1)),
    ]

    @Test("read texts that are spread over lines, where they are asked to", arguments: spread, [1, 2, 3, 4096])
    func readTextsThatAreSpreadOverLines(example: Example, chunkSize: Int) {
        let outcomes = JSONOutcome.Reader.joinedLines.all(of: Array(example.input.utf8), chunkSize: chunkSize)
        #expect(outcomes == example.expected)
    }

    @Test("read no more of such a text than fits") func readNoMoreOfSuchATextThanFits() {
        let input = Array("{\n\"a\":1,\n\"b\":2\n}\n".utf8)
        let outcomes = JSONOutcome.Reader.joinedLines.all(of: input, limit: 8)
        #expect(outcomes == [.error(.tooLong(limit: 8, at: .init(1, 1, 0)))])
    }

    static let arrays: [Example] = [
        Example("[]"),
        Example("\u{FEFF} [ \n ] \n"),
        Example("[1]", .integer(1)),
        Example("[1,\n2 , 3 ]\n", .integer(1), .integer(2), .integer(3)),
        Example("[\"a],[\\\"\",[[\"]\"]]]", .value(.string("a],[\"")), .value(.array([.array([.string("]")])]))),
        Example("", .error(.unexpectedEnd(at: .init(1, 1, 0)))),
        Example("{}", .error(.notAnArray(at: .init(1, 1, 0)))),
        Example("\n 1", .error(.notAnArray(at: .init(2, 2, 2)))),
        Example("[", .error(.unexpectedEnd(at: .init(1, 2, 1)))),
        Example("[1", .integer(1), .error(.unexpectedEnd(at: .init(1, 3, 2)))),
        Example("[1,\n", .integer(1), .error(.unexpectedEnd(at: .init(2, 1, 4)))),
        Example("[1,{\"a\":[", .integer(1), .error(.unexpectedEnd(at: .init(1, 10, 9)))),
        Example("[1,\"a", .integer(1), .error(.unexpectedEnd(at: .init(1, 6, 5)))),
        Example("[1,]", .integer(1), .error(.unexpectedByte(0x5D, at: .init(1, 4, 3)))),
        Example("[,1]", .error(.unexpectedByte(0x2C, at: .init(1, 2, 1)))),
        Example("[1,,2]", .integer(1), .error(.unexpectedByte(0x2C, at: .init(1, 4, 3)))),
        Example("[1 2]", .error(.unexpectedByte(0x32, at: .init(1, 4, 3)))),
        Example("[1}", .integer(1), .error(.unexpectedByte(0x7D, at: .init(1, 3, 2)))),
        Example("[{]}]", .error(.unexpectedByte(0x5D, at: .init(1, 3, 2)))),
        Example("[1]\n]", .integer(1), .error(.trailingData(at: .init(2, 1, 4)))),
        Example("[\"a\nb\",2]", .error(.controlCharacter(0x0A, at: .init(1, 4, 3)))),
        Example(
            "[nil,01,{\"a\":1,\n\"a\":2},\"\\ud800\",\"\\x\",2]",
            .error(.invalidLiteral("nil", at: .init(1, 2, 1))),
            .error(.invalidNumber(at: .init(1, 7, 6))),
            .error(.duplicateKey("a", at: .init(2, 1, 16))),
            .error(.loneSurrogate(at: .init(2, 9, 24))),
            .error(.invalidEscape(at: .init(2, 18, 33))),
            .integer(2)
        ),
    ]

    @Test("read an array's elements, and go on where they can", arguments: arrays, [1, 2, 3, 4096])
    func readAnArraySElementsAndGoOnWhereTheyCan(example: Example, chunkSize: Int) {
        #expect(JSONOutcome.Reader.array.all(of: Array(example.input.utf8), chunkSize: chunkSize) == example.expected)
    }

    @Test("refuse what is longer than the limit and stop there", arguments: [1, 5, 4096])
    func refuseWhatIsLongerThanTheLimitAndStopThere(chunkSize: Int) {
        let lines = JSONOutcome.Reader.lines.all(of: Array("123\n1234\n1".utf8), chunkSize: chunkSize, limit: 3)
        #expect(lines == [.integer(123), .error(.tooLong(limit: 3, at: .init(2, 1, 4)))])
        let array = JSONOutcome.Reader.array.all(of: Array("[123,1234,1]".utf8), chunkSize: chunkSize, limit: 3)
        #expect(array == [.integer(123), .error(.tooLong(limit: 3, at: .init(1, 6, 5)))])
    }

    @Test("count records and lines, faulty ones too") func countRecordsAndLinesFaultyOnesToo() throws {
        var reader = JSONLinesReader(ByteSource(bytes: Array("\n1\n\nx\n3\n".utf8)))
        _ = try reader.next()
        #expect((reader.recordNumber, reader.line) == (1, 2))
        #expect(throws: JSONError.self) { try reader.next() }
        #expect((reader.recordNumber, reader.line) == (2, 4))
        #expect(try reader.next() == .number(JSONNumber(3)))
        #expect((reader.recordNumber, reader.line) == (3, 5))
        #expect(try reader.next() == nil)
        #expect(!reader.stoppedEarly)
    }

    @Test("give back any values that were written", arguments: 0..<60)
    func giveBackAnyValuesThatWereWritten(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let values = (0..<Int.random(in: 0..<12, using: &random)).map { _ in random.jsonValue() }
        for layout in [JSONWriter.Layout.compact, .indented] {
            let array = try write(.array(values), layout)
            let outcomes = JSONOutcome.Reader.array.all(of: array, chunkSize: Int.random(in: 1...99, using: &random))
            #expect(outcomes == values.map { .value($0) })
            // Swift's == takes strings for equal that only look the same; bytes tell.
            var parser = JSONParser()
            let parsed = try array.withUnsafeBytes { try parser.parse($0) }
            #expect(try write(parsed, layout) == array)
        }
        let lines = try values.flatMap { try write($0, .compact) }
        let outcomes = JSONOutcome.Reader.lines.all(of: lines, chunkSize: Int.random(in: 1...99, using: &random))
        #expect(outcomes == values.map { .value($0) })
    }

    private func write(_ value: JSONValue, _ layout: JSONWriter.Layout) throws -> [UInt8] {
        let sink = ByteSink.memory()
        var writer = JSONWriter(sink, layout: layout)
        try writer.value(value)
        try writer.endLine()
        return sink.bytes
    }
}

import Formats
import Testing

@Suite struct `CSV reader` {
    struct Example: CustomTestStringConvertible {
        let input: String
        let expected: [CSVOutcome]
        var dialect = CSVDialect.csv()
        var testDescription: String { input.debugDescription }

        init(_ input: String, _ expected: CSVOutcome..., dialect: CSVDialect = .csv()) {
            self.input = input
            self.expected = expected
            self.dialect = dialect
        }
    }

    static let wellFormed: [Example] = [
        Example(""),
        Example("\u{FEFF}"),
        Example("\n\r\n\n"),
        Example("a", .record(["a"])),
        Example("a,b\nc,d\n", .record(["a", "b"]), .record(["c", "d"])),
        Example("a,b\r\nc,d", .record(["a", "b"]), .record(["c", "d"])),
        Example("a,\n,b\n", .record(["a", ""]), .record(["", "b"])),
        Example("a,b\n\n\r\nc,d\n\n", .record(["a", "b"]), .record(["c", "d"])),
        Example("a,b,", .record(["a", "b", ""])),
        Example(",", .record(["", ""])),
        Example("\"\"", .record([""])),
        Example("\"\"\n\"\"\n", .record([""]), .record([""])),
        Example("\u{FEFF}a,b\n", .record(["a", "b"])),
        Example("\u{FEFF}\"a\",b\n", .record(["a", "b"])),
        Example("\"\u{FEFF}a\"", .record(["\u{FEFF}a"])),
        Example("\"a,b\",\"c\nd\",\"e\r\nf\"\r\n", .record(["a,b", "c\nd", "e\r\nf"])),
        Example("\"a\rb\"", .record(["a\rb"])),
        Example("\"say \"\"hi\"\"\",\"\"\"\"", .record(["say \"hi\"", "\""])),
        Example("\"\"\"\",\"\"\"a\"\"b\"\"\"", .record(["\"", "\"a\"b\""])),
        Example(" a , b ", .record([" a ", " b "])),
        Example("ñandú,日本,👩‍👩‍👧", .record(["ñandú", "日本", "👩‍👩‍👧"])),
        Example("a\\tb", .record(["a\\tb"])),
        Example("08001,+34 600", .record(["08001", "+34 600"])),
        Example("a;b,c", .record(["a", "b,c"]), dialect: .csv(delimiter: .semicolon)),
        Example("a\tb;c", .record(["a", "b;c"]), dialect: .csv(delimiter: .tab)),
        Example("a|\"b|c\"", .record(["a", "b|c"]), dialect: .csv(delimiter: .pipe)),
        Example("a\tb\n\"c\t\"\"\r\n", .record(["a", "b"]), .record(["\"c", "\"\""]), dialect: .tsv),
        Example("\\t\\n\\r\\\\\ta\\\\tb\\nc", .record(["\t\n\r\\", "a\\tb\nc"]), dialect: .tsv),
        Example("a\n\nb\n", .record(["a"]), .record([""]), .record(["b"]), dialect: .tsv),
        Example("\na\tb\n\nc\td\n", .record(["a", "b"]), .record(["c", "d"]), dialect: .tsv),
    ]

    @Test("gives the fields of each record", arguments: wellFormed, [1, 2, 3, 4096])
    func givesTheFieldsOfEachRecord(example: Example, chunkSize: Int) {
        let outcomes = CSVOutcome.all(of: Array(example.input.utf8), dialect: example.dialect, chunkSize: chunkSize)
        #expect(outcomes == example.expected)
    }

    struct Malformed: CustomTestStringConvertible {
        let input: [UInt8]
        let expected: [CSVOutcome]
        let dialect: CSVDialect
        var testDescription: String { String(decoding: input, as: UTF8.self).debugDescription }

        init(_ input: String, _ expected: CSVOutcome..., dialect: CSVDialect = .csv()) {
            self.input = Array(input.utf8)
            self.expected = expected
            self.dialect = dialect
        }

        init(bytes: [UInt8], _ expected: CSVOutcome...) {
            input = bytes
            self.expected = expected
            dialect = .csv()
        }
    }

    static let malformed: [Malformed] = [
        Malformed("ab\"c,d\nx,y", .error(.bareQuote(at: .init(1, 1, 1, 3))), .record(["x", "y"])),
        Malformed("a,b\"\nx,y", .error(.bareQuote(at: .init(1, 2, 1, 4))), .record(["x", "y"])),
        Malformed("a, \"b\"\nx,y", .error(.bareQuote(at: .init(1, 2, 1, 4))), .record(["x", "y"])),
        Malformed("\"a\"b,c\nx,y", .error(.textAfterQuote(at: .init(1, 1, 1, 4))), .record(["x", "y"])),
        Malformed("a,\"b\" \nx,y", .error(.textAfterQuote(at: .init(1, 2, 1, 6))), .record(["x", "y"])),
        Malformed("a,\"b\nc\"d\nx,y", .error(.textAfterQuote(at: .init(1, 2, 2, 3))), .record(["x", "y"])),
        Malformed("\"a\"\r,b\nx,y", .error(.textAfterQuote(at: .init(1, 1, 1, 4))), .record(["x", "y"])),
        Malformed("a,b\nc,\"d\ne,f\n", .record(["a", "b"]), .error(.unterminatedQuote(at: .init(2, 2, 2, 3)))),
        Malformed("\"", .error(.unterminatedQuote(at: .init(1, 1, 1, 1)))),
        Malformed("\"a\"\"", .error(.unterminatedQuote(at: .init(1, 1, 1, 1)))),
        Malformed("a\rb\nc\n", .error(.bareCarriageReturn(at: .init(1, 1, 1, 2))), .record(["c"])),
        Malformed("a,b\r", .error(.bareCarriageReturn(at: .init(1, 2, 1, 4)))),
        Malformed("a,b\r\r\nc,d", .error(.bareCarriageReturn(at: .init(1, 2, 1, 4))), .record(["c", "d"])),
        Malformed("a,b\n\rc,d", .record(["a", "b"]), .error(.bareCarriageReturn(at: .init(2, 1, 2, 1)))),
        Malformed("a\0,b\nx,y", .error(.nulByte(at: .init(1, 1, 1, 2))), .record(["x", "y"])),
        Malformed("a,\"\n\0\"\nx,y", .error(.nulByte(at: .init(1, 2, 2, 1))), .record(["x", "y"])),
        Malformed(
            "a,b\n1\n1,2\n1,2,3\n",
            .record(["a", "b"]),
            .error(.raggedRow(expected: 2, found: 1, cells: ["1"], at: .init(2, 1, 2, 2))),
            .record(["1", "2"]),
            .error(.raggedRow(expected: 2, found: 3, cells: ["1", "2", "3"], at: .init(4, 3, 4, 5)))
        ),
        Malformed(
            "a,b\n\"x\ny\"\r\n",
            .record(["a", "b"]),
            .error(.raggedRow(expected: 2, found: 1, cells: ["x\ny"], at: .init(2, 1, 3, 3)))
        ),
        Malformed(
            "\u{FEFF}a,b\n\n\nñ\"\n",
            .record(["a", "b"]),
            .error(.bareQuote(at: .init(2, 1, 4, 3)))
        ),
        Malformed("\u{FEFF}a\"\n", .error(.bareQuote(at: .init(1, 1, 1, 2)))),
        Malformed("a\tb\\x\nc\td", .error(.unknownEscape(at: .init(1, 2, 1, 4))), .record(["c", "d"]), dialect: .tsv),
        Malformed("a\\\tb\nc\td", .error(.unknownEscape(at: .init(1, 1, 1, 2))), .record(["c", "d"]), dialect: .tsv),
        Malformed("a\\", .error(.unknownEscape(at: .init(1, 1, 1, 2))), dialect: .tsv),
        Malformed("a\rb", .error(.bareCarriageReturn(at: .init(1, 1, 1, 2))), dialect: .tsv),
        Malformed(bytes: [0x61, 0xFF, 0x0A, 0x62], .error(.invalidUTF8(0xFF, at: .init(1, 1, 1, 2))), .record(["b"])),
        Malformed(
            bytes: [0x61, 0x2C, 0xC3, 0x0A, 0x62, 0x2C],
            .error(.invalidUTF8(0xC3, at: .init(1, 2, 1, 3))),
            .record(["b", ""])
        ),
        Malformed(
            bytes: [0x22, 0xC3, 0x22, 0x0A, 0x62],
            .error(.invalidUTF8(0xC3, at: .init(1, 1, 1, 2))),
            .record(["b"])
        ),
        Malformed(bytes: [0xC0, 0x80], .error(.invalidUTF8(0xC0, at: .init(1, 1, 1, 1)))),
        Malformed(bytes: [0xED, 0xA0, 0x80], .error(.invalidUTF8(0xED, at: .init(1, 1, 1, 1)))),
        Malformed(bytes: [0xF4, 0x90, 0x80, 0x80], .error(.invalidUTF8(0xF4, at: .init(1, 1, 1, 1)))),
        Malformed(bytes: [0xE2, 0x82], .error(.invalidUTF8(0xE2, at: .init(1, 1, 1, 1)))),
    ]

    @Test("says what is wrong and where, and goes on where it can", arguments: malformed, [1, 2, 3, 4096])
    func saysWhatIsWrongAndWhereAndGoesOnWhereItCan(example: Malformed, chunkSize: Int) {
        let outcomes = CSVOutcome.all(of: example.input, dialect: example.dialect, chunkSize: chunkSize)
        #expect(outcomes == example.expected)
    }

    @Test("refuses a record beyond the limit and stops there", arguments: [1, 7, 4096])
    func refusesARecordBeyondTheLimitAndStopsThere(chunkSize: Int) {
        let fits = CSVOutcome.all(of: Array("12345678\n1\n".utf8), chunkSize: chunkSize, limit: 9)
        #expect(fits == [.record(["12345678"]), .record(["1"])])
        let exceeds = CSVOutcome.all(of: Array("1\n123456789\n1\n".utf8), chunkSize: chunkSize, limit: 9)
        #expect(exceeds == [.record(["1"]), .error(.recordTooLong(limit: 9, at: .init(2, 1, 2, 1)))])
    }

    @Test("counts a header as record 0 and tells where fields stand")
    func countsAHeaderAsRecord0AndTellsWhereFieldsStand() throws {
        let reader = CSVReader(ByteSource(bytes: Array("name,note\n\nAna,\"x\ny\"\"z\"\nñu,b\n".utf8)))
        #expect(try reader.readHeader() == ["name", "note"])
        #expect(reader.fieldCount == 2)
        let first = try #require(try reader.next())
        #expect(first.recordNumber == 1)
        #expect(first.line == 3)
        #expect(first.column(of: 1) == 5)
        #expect(first.string(at: 1) == "x\ny\"z")
        let second = try #require(try reader.next())
        #expect(second.position(of: 1) == .init(2, 2, 5, 5))
        #expect(try reader.next()?.recordNumber == nil)
        #expect(!reader.stoppedEarly)
    }

    @Test("has no header in an empty input") func hasNoHeaderInAnEmptyInput() throws {
        #expect(try CSVReader(ByteSource(bytes: [])).readHeader() == nil)
    }

    @Test("tells fields apart on a later line of the record") func tellsFieldsApartOnALaterLineOfTheRecord() throws {
        let reader = CSVReader(ByteSource(bytes: Array("\"a\nb\",\"c\nd\",e".utf8)))
        let record = try #require(try reader.next())
        #expect(record.position(of: 1) == .init(1, 2, 2, 4))
        #expect(record.position(of: 2) == .init(1, 3, 3, 4))
    }

    @Test("takes records of many fields") func takesRecordsOfManyFields() {
        let fields = (0..<1000).map(String.init)
        #expect(CSVOutcome.all(of: Array(fields.joined(separator: ",").utf8)) == [.record(fields)])
    }

    @Test("says that a descriptor cannot be read") func saysThatADescriptorCannotBeRead() {
        let reader = CSVReader(ByteSource(descriptor: -1))
        #expect(throws: CSVError.unreadable(.failed(errno: 9))) { try reader.next() }
        #expect(reader.stoppedEarly)
    }
}

import Formats
import Testing

/// Tables whose lines end in CR alone, as programs for the Mac have written them.
@Suite("Lines that end in CR") struct CarriageReturnTests {
    private func records(_ text: String, chunkSize: Int, dialect: CSVDialect = .csv()) throws -> [[String]] {
        let reader = CSVReader(
            ByteSource(bytes: Array(text.utf8), chunkSize: chunkSize),
            dialect: dialect,
            isLenient: true,
            keepsRawRecords: true
        )
        var records: [[String]] = []
        while let record = try reader.next() {
            records.append((0..<record.count).map(record.string(at:)))
            #expect(reader.rawRecord.last != UInt8(ascii: "\r"))
        }
        return records
    }

    @Test(
        "are records where the first does",
        arguments: [
            "a,b\rc,d\r", "a,b\rc,d", "\ra,b\r\rc,d\r\r", "\u{FEFF}a,b\rc,d\r", "a,b\r\"c\",\"d\"\r", "\"a\",b\rc,d\r",
        ],
        [1, 2, 3, 4096]
    )
    func plain(text: String, chunkSize: Int) throws {
        #expect(try records(text, chunkSize: chunkSize) == [["a", "b"], ["c", "d"]])
    }

    @Test("leave line ends in quotes as they are", arguments: [1, 2, 4096])
    func quoted(chunkSize: Int) throws {
        #expect(try records("a,b\r\"c\nd\",\"e\rf\"\r", chunkSize: chunkSize) == [["a", "b"], ["c\nd", "e\rf"]])
    }

    @Test(
        "are none where others end in LF",
        arguments: ["a\r,b\nc,d\n", "a,b\nc\r,d\n", "a,b\r\nc,d\re,f\r\n"],
        [1, 4096]
    )
    func stray(text: String, chunkSize: Int) throws {
        #expect(throws: CSVError.self) { try records(text, chunkSize: chunkSize) }
    }

    @Test("tell the delimiter, and what it is told by", arguments: [1, 4096])
    func delimiters(chunkSize: Int) throws {
        let source = ByteSource(bytes: Array("sep=;\ra;b,c\rd;e\r".utf8), chunkSize: chunkSize)
        #expect(try source.takeSeparatorLine() == .semicolon)
        #expect(try source.likelyDelimiter() == .comma || source.likelyDelimiter() == .semicolon)
        #expect(
            try records("a;b\rc;d", chunkSize: chunkSize, dialect: .csv(delimiter: .semicolon)) == [
                ["a", "b"], ["c", "d"],
            ]
        )
    }
}

import Formats
import Glibc
import TestSupport
import Testing

@Suite struct `Byte sink with an encoding` {
    @Test(
        "writes what the C library writes, wherever its buffer ends",
        arguments: [
            (TextEncoding.latin1, "ISO-8859-1"), (.windows1252, "WINDOWS-1252"), (.codePage850, "IBM850"),
            (.utf16LittleEndian, "UTF-16LE"),
            (.utf16BigEndian, "UTF-16BE"),
        ]
    )
    func writesWhatTheCLibraryWritesWhereverItsBufferEnds(encoding: TextEncoding, name: String) throws {
        var random = SeededGenerator(seed: 7)
        let pieces = encoding.has("日") ? ["a", "ñ", "日", "👩‍👩‍👧"] : ["a", "ñ", "Ü\n", "x"]
        var text = ""
        let sink = try SinkFile()
        let writer = ByteSink(descriptor: sink.descriptor, encoding: encoding)
        while text.utf8.count < 400_000 {
            let piece = String(
                repeating: pieces.randomElement(using: &random) ?? "",
                count: [1, 7, 30_000][text.count % 3]
            )
            try writer.append(piece)
            text += piece
        }
        try writer.flush()
        #expect(try sink.bytes() == converted(Array(text.utf8), from: "UTF-8", to: name))
    }

    @Test("has all of windows-1252") func hasAllOfWindows1252() throws {
        let text = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ÿ"
        #expect(try written(text, .windows1252) == converted(Array(text.utf8), from: "UTF-8", to: "WINDOWS-1252"))
    }

    @Test(
        "refuses a character that the encoding lacks",
        arguments: [
            (TextEncoding.latin1, "ok\nñ €", WriteError.unencodable("€", .latin1, line: 2)),
            (.windows1252, "\u{81}", .unencodable("\u{81}", .windows1252, line: 1)),
            (.windows1252, "a\n\n👩", .unencodable("👩", .windows1252, line: 3)),
        ]
    )
    func refusesACharacterThatTheEncodingLacks(encoding: TextEncoding, text: String, error: WriteError) throws {
        let sink = ByteSink(descriptor: try SinkFile().descriptor, encoding: encoding)
        try sink.append(text)
        #expect(throws: error) { try sink.flush() }
        #expect(throws: error) { try sink.append("a") }
    }

    @Test("refuses what is not UTF-8", arguments: [[0xC3], [0xFF], [0x80], [0xE2, 0x82]] as [[UInt8]])
    func refusesWhatIsNotUTF8(bytes: [UInt8]) throws {
        let sink = ByteSink(descriptor: try SinkFile().descriptor, encoding: .latin1)
        try sink.append(bytes)
        #expect(throws: WriteError.malformedUTF8(line: 1)) { try sink.flush() }
    }

    @Test(
        "begins with a byte order mark where asked",
        arguments: [
            (TextEncoding.utf8, [0xEF, 0xBB, 0xBF, 0x61]), (.utf16, [0xFF, 0xFE, 0x61, 0]), (.latin1, [0x61]),
            (.utf16LittleEndian, [0xFF, 0xFE, 0x61, 0]), (.utf16BigEndian, [0xFE, 0xFF, 0, 0x61]),
        ] as [(TextEncoding, [UInt8])]
    )
    func beginsWithAByteOrderMarkWhereAsked(encoding: TextEncoding, expected: [UInt8]) throws {
        let file = try SinkFile()
        let sink = ByteSink(descriptor: file.descriptor, encoding: encoding, byteOrderMark: true)
        try sink.append("a")
        try sink.flush()
        #expect(try file.bytes() == expected)
    }

    @Test("UTF-16 of no told order is marked unasked") func utf16OfNoToldOrderIsMarkedUnasked() throws {
        #expect(try written("a", .utf16) == [0xFF, 0xFE, 0x61, 0])
        #expect(try written("a", .utf16BigEndian) == [0, 0x61])
    }

    @Test("a table whose first field looks like a byte order mark survives a real one")
    func aTableWhoseFirstFieldLooksLikeAByteOrderMarkSurvivesARealOne() throws {
        let file = try SinkFile()
        let sink = ByteSink(descriptor: file.descriptor, byteOrderMark: true)
        var writer = CSVWriter(sink)
        try writer.writeField("\u{FEFF}a")
        try writer.endRecord()
        try sink.flush()
        #expect(CSVOutcome.all(of: try file.bytes()) == [.record(["\u{FEFF}a"])])
    }

    private func written(_ text: String, _ encoding: TextEncoding) throws -> [UInt8] {
        let file = try SinkFile()
        let sink = ByteSink(descriptor: file.descriptor, encoding: encoding)
        try sink.append(text)
        try sink.flush()
        return try file.bytes()
    }
}

/// A file without a name for a sink to write to.
final class SinkFile {
    let descriptor: Int32

    init() throws {
        var template = "/tmp/crm-test-XXXXXX".utf8CString.map { $0 }
        descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        unlink(template)
    }

    deinit { close(descriptor) }

    /// All that has been written.
    func bytes() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
        try #require(pread(descriptor, &bytes, bytes.count, 0) == bytes.count)
        return bytes
    }
}

extension `Byte sink with an encoding` {
    @Test(
        "gives a refused record back as it came",
        arguments: [
            (TextEncoding.windows1252, [0xF1, 0x81, 0x8D, 0x8F, 0x90, 0x9D, 0x80]), (.latin1, [0x00, 0x80, 0xFF]),
            (.utf16LittleEndian, [0x41, 0x00, 0x00, 0xD8, 0x42, 0x00, 0x00, 0xDC]),
            (.utf16BigEndian, [0xD8, 0x00, 0xD8, 0x3D, 0xDC, 0x69, 0x00, 0x41]),
        ] as [(TextEncoding, [UInt8])]
    )
    func givesARefusedRecordBackAsItCame(encoding: TextEncoding, bytes: [UInt8]) throws {
        let reader = CSVReader(ByteSource(bytes: bytes, encoding: .certain(encoding)), keepsRawRecords: true)
        #expect(throws: CSVError.self) { while try reader.next() != nil {} }
        let file = try SinkFile()
        let sink = ByteSink(descriptor: file.descriptor, encoding: encoding)
        try sink.append(reader.rawRecord)
        try sink.flush()
        #expect(try file.bytes() == bytes)
    }
}

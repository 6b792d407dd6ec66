import Foundation
import Testing

@testable import Formats

/// An input that is read once more from its beginning.
@Suite struct InputRecordTests {
    private func all(_ source: RawSource) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try source.forEachPiece(of: 1000) { bytes += $0 }
        return bytes
    }

    private func next(_ source: RawSource, _ count: Int) throws -> Int {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { piece.deallocate() }
        return try source.read(into: piece)
    }

    @Test("a pipe gives what was read of it again, and then the rest")
    func pipe() throws {
        let pipe = Pipe()
        let record = InputRecord(descriptor: pipe.fileHandleForReading.fileDescriptor)
        let beginning = Data((0..<5000).map { UInt8($0 % 251) })
        try pipe.fileHandleForWriting.write(contentsOf: beginning)
        #expect(try next(RawSource(record), 3000) == 3000)
        try pipe.fileHandleForWriting.write(contentsOf: Data("end".utf8))
        try pipe.fileHandleForWriting.close()
        for _ in 1...2 {
            #expect(record.rewind())
            #expect(try all(RawSource(record)) == Array(beginning) + Array("end".utf8))
        }
    }

    @Test("a pipe of which more was read than is kept goes on where it was")
    func much() throws {
        let pipe = Pipe()
        let record = InputRecord(descriptor: pipe.fileHandleForReading.fileDescriptor)
        let source = RawSource(record)
        for _ in 1...40 {
            try pipe.fileHandleForWriting.write(contentsOf: Data(count: 32_768))
            #expect(try next(source, 32_768) == 32_768)
        }
        #expect(!record.rewind())
        try pipe.fileHandleForWriting.write(contentsOf: Data("end".utf8))
        try pipe.fileHandleForWriting.close()
        #expect(try all(source) == Array("end".utf8))
    }

    @Test("a file is read again from where it was, whatever its length")
    func file() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("crm-record-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let bytes = [UInt8](repeating: 7, count: 2_000_000) + Array("end".utf8)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let record = try InputRecord(path: path)
        let source = ByteSource(record)
        #expect(source.share == 0)
        #expect(try all(RawSource(record)) == bytes)
        #expect(record.rewind())
        #expect(try all(RawSource(record)) == bytes)
        #expect(throws: ReadError.self) { try InputRecord(path: "\(path).none") }
    }
}

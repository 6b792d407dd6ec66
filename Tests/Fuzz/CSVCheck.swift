import Formats

/// Chunks change nothing, raw records are pieces of the input in order, and what was read survives being written.
struct CSVCheck {
    let bytes: [UInt8]

    private static let dialects: [CSVDialect] = [.csv(), .csv(delimiter: .semicolon, lineEnd: .crlf), .tsv]

    private struct Transcript: Equatable {
        var records: [[[UInt8]]] = []
        var errors: [String] = []
        var raw: [[UInt8]] = []
        /// True unless a byte order mark told otherwise.
        var isUTF8 = true
    }

    func run() throws {
        for dialect in CSVCheck.dialects {
            let whole = read(bytes, dialect, chunkSize: 4096)
            let cut = read(bytes, dialect, chunkSize: FuzzTarget.chunkSize(for: bytes))
            try FuzzTarget.require(whole == cut, "chunks change nothing: \(whole) is not \(cut)")
            var rest = bytes[...]
            for raw in whole.raw where whole.isUTF8 {
                guard let range = rest.firstRange(of: raw) else {
                    throw FuzzTarget.Violation(description: "raw record \(raw) stands in the input")
                }
                rest = rest[range.upperBound...]
            }
            let written = try write(whole.records, dialect)
            let again = read(written, dialect, chunkSize: 4096)
            try FuzzTarget.require(again.records == whole.records && again.errors.isEmpty, "records survive: \(again)")
        }
    }

    private func read(_ bytes: [UInt8], _ dialect: CSVDialect, chunkSize: Int) -> Transcript {
        let source = ByteSource(bytes: bytes, chunkSize: chunkSize)
        let reader = CSVReader(source, dialect: dialect, keepsRawRecords: true)
        var transcript = Transcript()
        while true {
            do throws(CSVError) {
                guard let record = try reader.next() else { return transcript }
                transcript.records.append((0..<record.count).map { Array(record.bytes(at: $0)) })
            } catch {
                transcript.errors.append("\(error)")
            }
            transcript.raw.append(reader.rawRecord)
            transcript.isUTF8 = source.encoding == .utf8
        }
    }

    private func write(_ records: [[[UInt8]]], _ dialect: CSVDialect) throws -> [UInt8] {
        let sink = ByteSink.memory()
        var writer = CSVWriter(sink, dialect: dialect)
        for record in records {
            for field in record { try writer.writeField(String(decoding: field, as: UTF8.self)) }
            try writer.endRecord()
        }
        return sink.bytes
    }
}

import Formats

/// What one call of `CSVReader.next()` gave.
enum CSVOutcome: Equatable, CustomStringConvertible {
    case record([String])
    case error(CSVError)

    /// Everything a reader gives for an input, fed in chunks of `chunkSize` bytes.
    static func all(
        of input: [UInt8],
        dialect: CSVDialect = .csv(),
        chunkSize: Int = 4096,
        limit: Int = 1 << 24
    ) -> [CSVOutcome] {
        let source = ByteSource(bytes: input, chunkSize: chunkSize)
        let reader = CSVReader(source, dialect: dialect, maximumRecordLength: limit)
        var outcomes: [CSVOutcome] = []
        while true {
            do throws(CSVError) {
                guard let record = try reader.next() else { return outcomes }
                outcomes.append(.record((0..<record.count).map(record.string(at:))))
            } catch {
                outcomes.append(.error(error))
            }
        }
    }

    var description: String {
        switch self {
        case .record(let fields): fields.debugDescription
        case .error(let error): error.description
        }
    }
}

extension CSVDialect {
    /// A table as the writer writes it.
    func written(_ table: [[String]]) throws -> [UInt8] {
        let sink = ByteSink.memory()
        var writer = CSVWriter(sink, dialect: self)
        for row in table {
            for field in row { try writer.writeField(field) }
            try writer.endRecord()
        }
        return sink.bytes
    }
}

extension CSVError.Position {
    init(_ record: Int, _ field: Int, _ line: Int, _ column: Int) {
        self.init(record: record, field: field, line: line, column: column)
    }
}

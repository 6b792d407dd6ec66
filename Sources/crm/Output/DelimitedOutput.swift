import CRMKit
import Formats

/// Rows as CSV (RFC 4180) or as tab-separated lines.
struct DelimitedOutput: RecordOutput {
    private let columns: [OutputColumn]
    private let hasHeader: Bool
    private var writer: CSVWriter
    private var text = MachineText()

    init(_ columns: [OutputColumn], to sink: ByteSink, dialect: CSVDialect, hasHeader: Bool) {
        self.columns = columns
        self.hasHeader = hasHeader
        writer = CSVWriter(sink, dialect: dialect)
    }

    mutating func begin() throws {
        guard hasHeader else { return }
        for column in columns { try writer.writeField(column.path) }
        try writer.endRecord()
    }

    mutating func write(_ row: Rows) throws {
        for column in columns {
            if row.isNull(column.position) {
                try writer.writeRawField(UnsafeRawBufferPointer(start: nil, count: 0))
                continue
            }
            switch column.kind {
            case .text, .choice: try writer.writeField(row.bytes(column.position))
            case .integer, .reference: try writer.writeField(integer: row.integer(column.position))
            default: try text.with(column, of: row) { try writer.writeField($0) }
            }
        }
        try writer.endRecord()
    }

    mutating func end() throws {}
}

import CRMKit
import Formats

/// The id of each record on a line of its own.
struct IdOutput: RecordOutput {
    private let position: Int
    private let sink: ByteSink

    /// - Parameter columns: the first column named `id` that is not a link's is the record's id.
    init(_ columns: [OutputColumn], to sink: ByteSink) {
        position = columns.first { $0.key == "id" && $0.object != "link" }?.position ?? 0
        self.sink = sink
    }

    mutating func begin() throws {}

    mutating func write(_ row: Rows) throws {
        try sink.append(integer: row.integer(position))
        try sink.append(UInt8(ascii: "\n"))
    }

    mutating func end() throws {}
}

import CLIKit
import CRMKit
import Formats

/// Prints whole records one after another, each with its related records.
struct RecordPrinter {
    private let format: OutputFormat
    private let isList: Bool
    private let sink: ByteSink
    private var output: any RecordOutput
    private let columns: [OutputColumn]

    init(_ columns: [OutputColumn], format: OutputFormat, style: OutputStyle, isList: Bool, to sink: ByteSink) {
        self.columns = columns
        self.format = format
        self.isList = isList
        self.sink = sink
        output = format.record(of: columns, to: sink, style: style)
    }

    /// Whether the format includes related records.
    var wantsRelated: Bool { format == .table || format.isJSON }

    mutating func begin() throws { try output.begin() }

    mutating func write(_ row: Rows, related: RelatedSummary?, isFirst: Bool) throws {
        switch format {
        case .json, .jsonl:
            if isList, format == .json { try sink.append(isFirst ? "\n" : ",\n") }
            var json = JSONOutput(columns, to: sink, layout: isList && format == .json ? .embedded : .lines)
            try json.write(row, related: related)
        case .table:
            if !isFirst { try sink.append("\n") }
            try output.write(row)
        case .csv, .tsv, .markdown, .id:
            try output.write(row)
        }
    }
}

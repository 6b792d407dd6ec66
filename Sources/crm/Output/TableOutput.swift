import CLIKit
import CRMKit
import Formats
import Localization

/// Rows as a table that fits the terminal.
struct TableOutput: RecordOutput {
    private let columns: [OutputColumn]
    private let language: Language
    private let sink: ByteSink
    private var table: Table
    private var lines: [UInt8] = []
    /// Columns at the end that found no place on the line.
    private(set) var omittedColumns = 0

    init(_ columns: [OutputColumn], to sink: ByteSink, style: OutputStyle) {
        self.columns = columns
        self.sink = sink
        language = style.language
        table = Table(
            columns: columns.map { column in
                Table.Column(
                    column.label(in: style.language),
                    alignment: column.isNumeric ? .trailing : .leading
                )
            },
            lineWidth: style.lineWidth,
            style: style.style
        )
    }

    mutating func begin() throws {}

    mutating func write(_ row: Rows) throws {
        try table.append(columns.map { try PeopleText.of($0, in: row, language) }, to: &lines)
        try flushLines()
    }

    mutating func end() throws {
        table.finish(to: &lines)
        try flushLines()
        omittedColumns = table.omittedColumns
    }

    private mutating func flushLines() throws {
        if lines.isEmpty { return }
        try sink.append(lines)
        lines.removeAll(keepingCapacity: true)
    }
}

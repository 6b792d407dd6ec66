import CLIKit
import CRMKit
import Formats
import Localization

/// Rows as a table that fits the terminal.
struct TableOutput: RecordOutput {
    private let columns: [OutputColumn]
    private let audience: Audience
    private let sink: ByteSink
    private var table: Table
    private var lines: [UInt8] = []

    /// The number of columns at the end that do not fit the line.
    var omittedColumns: Int { table.omittedColumns }
    /// The headers of the columns left out because no row has a value for them.
    var emptyColumns: [String] { table.emptyColumns.map(\.header) }

    init(_ columns: [OutputColumn], to sink: ByteSink, style: OutputStyle) {
        self.columns = columns
        self.sink = sink
        audience = style.audience
        table = Table(
            columns: columns.map { column in
                Table.Column(
                    column.label(in: style.language),
                    alignment: column.isNumeric ? .trailing : .leading,
                    isWhole: column.isWhole,
                    // The rate of a tax must not be taken for another one.
                    isPreferred: column.isPreferred || column.type == .list(.tax),
                    isName: column.isName
                )
            },
            lineWidth: style.lineWidth,
            style: style.style,
            leavesOutEmpty: !style.hasChosenColumns
        )
    }

    mutating func begin() throws {}

    mutating func write(_ row: Rows) throws {
        try table.append(columns.map { try PeopleText.of($0, in: row, audience) }, to: &lines) { empty in
            try row.emptyColumns(among: empty)
        }
        try flushLines()
    }

    mutating func end() throws {
        table.finish(to: &lines)
        try flushLines()
    }

    private mutating func flushLines() throws {
        if lines.isEmpty { return }
        try sink.append(lines)
        lines.removeAll(keepingCapacity: true)
    }
}

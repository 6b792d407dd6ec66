import CLIKit
import CRMKit
import Formats

/// Prints the rows of a query in one form.
protocol RecordOutput {
    /// Writes the text before the rows.
    mutating func begin() throws
    /// Writes the present row of ``Rows``.
    mutating func write(_ row: Rows) throws
    /// Writes the text after the rows.
    mutating func end() throws
}

extension RecordOutput {
    /// Prints every row.
    ///
    /// - Returns: the number of rows.
    @discardableResult
    mutating func writeAll(_ all: [Rows]) throws -> Int {
        try begin()
        var count = 0
        for rows in all {
            while try rows.next() {
                try write(rows)
                count += 1
            }
        }
        try end()
        return count
    }
}

extension OutputFormat {
    /// Returns the output of a list in this format.
    func list(of columns: [OutputColumn], to sink: ByteSink, style: OutputStyle) -> any RecordOutput {
        switch self {
        case .table: TableOutput(columns, to: sink, style: style)
        case .json: JSONOutput(columns, to: sink, layout: .array)
        case .jsonl: JSONOutput(columns, to: sink, layout: .lines)
        case .csv:
            DelimitedOutput(columns, to: sink, spelling: .init(dialect: .csv()), hasHeader: style.hasHeader)
        case .tsv:
            DelimitedOutput(columns, to: sink, spelling: .init(dialect: .tsv), hasHeader: style.hasHeader)
        case .markdown: MarkdownOutput(columns, to: sink, audience: style.audience)
        case .id: IdOutput(columns, to: sink)
        }
    }

    /// Returns the output of a single record in this format.
    func record(of columns: [OutputColumn], to sink: ByteSink, style: OutputStyle) -> any RecordOutput {
        switch self {
        case .table: BlockOutput(columns, to: sink, style: style)
        case .json: JSONOutput(columns, to: sink, layout: .lines)
        default: list(of: columns, to: sink, style: style)
        }
    }
}

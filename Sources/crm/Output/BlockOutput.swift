import CLIKit
import CRMKit
import Formats
import Localization

/// A record as lines with label and value; fields without a value are left out.
struct BlockOutput: RecordOutput {
    private let columns: [OutputColumn]
    private let style: OutputStyle
    private let sink: ByteSink

    init(_ columns: [OutputColumn], to sink: ByteSink, style: OutputStyle) {
        self.columns = columns
        self.sink = sink
        self.style = style
    }

    mutating func begin() throws {}

    mutating func write(_ row: Rows) throws {
        // An amount carries its currency.
        let hasCurrency = columns.contains { $0.type == .money && !row.isNull($0.position) }
        let entries = try columns.compactMap { column -> KeyValueBlock.Entry? in
            if hasCurrency, column.type == .currency, !style.hasChosenColumns { return nil }
            let text = try PeopleText.lines(column, in: row, style.audience)
            return text.isEmpty ? nil : KeyValueBlock.Entry(column.label(in: style.language), text)
        }
        var lines: [UInt8] = []
        KeyValueBlock(entries, lineWidth: style.lineWidth, style: style.style).append(to: &lines)
        try sink.append(lines)
    }

    mutating func end() throws {}
}

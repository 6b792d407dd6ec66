import CLIKit
import CRMKit
import Formats

/// Rows as a table of GitHub Flavored Markdown (section 4.10).
struct MarkdownOutput: RecordOutput {
    private let columns: [OutputColumn]
    private let audience: Audience
    private let sink: ByteSink

    init(_ columns: [OutputColumn], to sink: ByteSink, audience: Audience) {
        self.columns = columns
        self.sink = sink
        self.audience = audience
    }

    mutating func begin() throws {
        try sink.append(Self.line(columns.map { $0.label(in: audience.language) }))
        try sink.append(Self.line(columns.map { $0.isNumeric ? "---:" : "---" }, escaping: false))
    }

    mutating func write(_ row: Rows) throws {
        try sink.append(Self.line(columns.map { try PeopleText.of($0, in: row, audience) }))
    }

    mutating func end() throws {}

    /// Returns a row of a table.
    static func line(_ cells: [String], escaping: Bool = true) -> String {
        "| \((escaping ? cells.map(escaped) : cells).joined(separator: " | ")) |\n"
    }

    /// Returns a text escaped for a cell, which is a single line and would end at a bar.
    private static func escaped(_ text: String) -> String {
        var cell = ""
        for character in text {
            switch character {
            case "|", "\\", "`", "*", "_", "<", "[", "]": cell += "\\\(character)"
            case _ where character.isNewline: cell += "<br>"
            default: cell.append(character)
            }
        }
        return cell
    }
}

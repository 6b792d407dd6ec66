/// One record on a terminal: a line for each field, with its label to the left.
///
/// Values start in one column. Long ones are wrapped within it, and the line breaks of a text are preserved. If the
/// labels leave too little space, values stand below them instead.
public struct KeyValueBlock {
    /// A label and a value.
    public struct Entry: Sendable, Equatable {
        /// The label of the value.
        public let label: String
        /// The value. If it is empty, the label stands alone on its line.
        public let value: String

        /// Pairs a label and a value.
        public init(_ label: String, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    /// The least width of a terminal, in cells; a narrower one is treated as this wide.
    public static let leastLineWidth = 10
    /// The least width of values beside their labels, in cells.
    private static let leastValueWidth = 16
    private static let stackedIndent = 2

    private let entries: [Entry]
    private let lineWidth: Int
    private let style: Style

    /// Creates a block of entries.
    ///
    /// - Parameters:
    ///   - lineWidth: The width of the terminal in cells.
    ///   - style: makes the labels bold if it uses colours.
    public init(_ entries: [Entry], lineWidth: Int, style: Style) {
        self.entries = entries
        self.lineWidth = max(lineWidth, Self.leastLineWidth)
        self.style = style
    }

    /// Appends the lines, each ending in a newline.
    public func append(to output: inout [UInt8]) {
        let labels = entries.map { Sanitizer.visible($0.label) + ":" }
        let indent = (labels.map { CellWidth.of($0) }.max() ?? 0) + 2
        let isStacked = lineWidth - indent < Self.leastValueWidth
        for (label, entry) in zip(labels, entries) {
            if isStacked {
                appendStacked(label, entry.value, to: &output)
            } else {
                appendAligned(label, entry.value, indent: indent, to: &output)
            }
        }
    }

    private func appendAligned(_ label: String, _ value: String, indent: Int, to output: inout [UInt8]) {
        output.append(contentsOf: style.apply(.bold, to: label).utf8)
        var padding = indent - CellWidth.of(label)
        for line in LineWrapping.lines(of: value, width: lineWidth - indent) {
            append(line, after: padding, to: &output)
            padding = indent
        }
    }

    private func appendStacked(_ label: String, _ value: String, to output: inout [UInt8]) {
        append(style.apply(.bold, to: CellWidth.truncated(label, to: lineWidth)), after: 0, to: &output)
        guard !value.isEmpty else { return }
        for line in LineWrapping.lines(of: value, width: lineWidth - Self.stackedIndent) {
            append(line, after: Self.stackedIndent, to: &output)
        }
    }

    private func append(_ line: String, after padding: Int, to output: inout [UInt8]) {
        if !line.isEmpty {
            output.appendSpaces(padding)
            output.append(contentsOf: line.utf8)
        }
        output.append(UInt8(ascii: "\n"))
    }
}

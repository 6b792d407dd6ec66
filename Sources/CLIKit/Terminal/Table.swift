/// A table for a person at a terminal: a header, and columns that fit the line.
///
/// Rows are taken one by one and memory stays flat: widths come from the first rows (the sample), which are held back;
/// from then on each row is written at once, cut to those widths. Cells are made visible (``Sanitizer``), measured in
/// terminal cells, and cut with `…` between grapheme clusters. No line is wider than the terminal or ends in a space.
///
///     var table = Table(columns: [.init("ID", alignment: .trailing), .init("Name")], lineWidth: 80, style: style)
///     table.append(["7", "Ana Ruiz"], to: &output)
///     table.finish(to: &output)
public struct Table {
    /// A column's header and how its cells are aligned.
    public struct Column: Sendable, Equatable {
        /// Where cells stand: text to the left, numbers to the right.
        public enum Alignment: Sendable, Equatable {
            case leading
            case trailing
        }

        /// The words above the column.
        public let header: String
        /// Where its cells stand.
        public let alignment: Alignment

        /// Describes a column.
        public init(_ header: String, alignment: Alignment = .leading) {
            self.header = header
            self.alignment = alignment
        }
    }

    private let columns: [Column]
    private let lineWidth: Int
    private let style: Style
    private let sampleSize: Int
    private var sample: [[String]] = []
    private var layout: ColumnLayout?

    /// Begins a table.
    ///
    /// - Parameters:
    ///   - lineWidth: The width of the terminal in cells.
    ///   - style: Makes the header bold where colour is on.
    ///   - sampleSize: How many rows are held back to find the widths.
    public init(columns: [Column], lineWidth: Int, style: Style, sampleSize: Int = 1_000) {
        self.columns = columns
        self.lineWidth = max(lineWidth, 1)
        self.style = style
        self.sampleSize = sampleSize
    }

    /// How many columns at the end found no place on the line; 0 before the first lines are written.
    public var omittedColumns: Int {
        layout.map { columns.count - $0.widths.count } ?? 0
    }

    /// Adds a row, one cell for each column, and appends the lines that can be written by now, each ending in a newline.
    public mutating func append(_ row: [String], to output: inout [UInt8]) {
        let cells = row.map(Sanitizer.visible)
        if let layout {
            appendLine(cells, layout: layout, to: &output)
        } else {
            sample.append(cells)
            if sample.count >= sampleSize {
                appendSample(to: &output)
            }
        }
    }

    /// Appends what is still held back; a table without rows is its header alone.
    public mutating func finish(to output: inout [UInt8]) {
        if layout == nil {
            appendSample(to: &output)
        }
    }

    private mutating func appendSample(to output: inout [UInt8]) {
        let header = columns.map { Sanitizer.visible($0.header) }
        var naturalWidths = header.map { CellWidth.of($0) }
        for row in sample {
            for (index, cell) in row.prefix(columns.count).enumerated() {
                naturalWidths[index] = max(naturalWidths[index], CellWidth.of(cell))
            }
        }
        let layout = ColumnLayout(naturalWidths: naturalWidths, columns: columns, lineWidth: lineWidth)
        output.append(contentsOf: style.start(.bold).utf8)
        appendCells(header, layout: layout, to: &output)
        output.append(contentsOf: style.end.utf8)
        output.append(UInt8(ascii: "\n"))
        for row in sample {
            appendLine(row, layout: layout, to: &output)
        }
        self.layout = layout
        sample = []
    }

    private func appendLine(_ cells: [String], layout: ColumnLayout, to output: inout [UInt8]) {
        appendCells(cells, layout: layout, to: &output)
        output.append(UInt8(ascii: "\n"))
    }

    private func appendCells(_ cells: [String], layout: ColumnLayout, to output: inout [UInt8]) {
        let start = output.count
        var used = 0
        for (index, (cell, width)) in zip(cells, layout.widths).enumerated() {
            if index > 0 {
                output.appendSpaces(ColumnLayout.separatorWidth)
                used += ColumnLayout.separatorWidth
            }
            let isTrailing = columns[index].alignment == .trailing
            // Nothing follows the last text of a line, so that it may use what the line has left.
            let isOpen = index == layout.widths.count - 1 && !isTrailing
            let fitted = CellWidth.fitted(cell, to: isOpen ? max(lineWidth - used, 1) : width)
            let padding = max(width - fitted.cells, 0)
            output.appendSpaces(isTrailing ? padding : 0)
            output.append(contentsOf: fitted.text.utf8)
            output.appendSpaces(isTrailing ? 0 : padding)
            used += width
        }
        output.removeTrailingSpaces(downTo: start)
    }
}

extension [UInt8] {
    /// Appends spaces.
    mutating func appendSpaces(_ count: Int) {
        append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
    }

    /// Takes the spaces off the end, as far as `start`.
    mutating func removeTrailingSpaces(downTo start: Int) {
        while count > start, self[count - 1] == UInt8(ascii: " ") {
            removeLast()
        }
    }
}

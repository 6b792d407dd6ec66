/// A table on a terminal: a header, and columns that fit the line.
///
/// Rows are added one by one and memory stays constant. The first rows (the sample) are held back to determine the
/// widths; from then on each row is written at once, cut to those widths. Characters that control the terminal are made
/// visible (``Sanitizer``), and cells are measured in terminal cells and cut with `…` between grapheme clusters; texts
/// that begin alike in their middle (``DistinctCuts``).
/// Numbers and dates, which are meaningless when cut, are cut only if the texts cannot shrink further. No line is wider
/// than the terminal or ends in a space.
///
///     var table = Table(columns: [.init("ID", alignment: .trailing), .init("Name")], lineWidth: 80, style: style)
///     table.append(["7", "Ana Ruiz"], to: &output)
///     table.finish(to: &output)
public struct Table {
    /// A column: its header and the alignment of its cells.
    public struct Column: Sendable, Equatable {
        /// The alignments of cells in their column: text to the left, numbers to the right.
        public enum Alignment: Sendable, Equatable {
            case leading
            case trailing
        }

        /// The heading of the column.
        public let header: String
        /// The alignment of the column's cells.
        public let alignment: Alignment
        /// Whether its cells are meaningless when cut, as numbers and dates are.
        public let isWhole: Bool
        /// Whether its texts are cut after those of other columns.
        public let isPreferred: Bool
        /// Whether its texts are names, by which people tell rows apart: they keep more room than other texts.
        public let isName: Bool
        /// Whether its texts are excerpts, in which what was looked for stands between brackets and is not cut.
        public let isExcerpt: Bool

        /// Creates a column.
        ///
        /// - Parameter isWhole: by default, whether the column is aligned as numbers are.
        public init(
            _ header: String,
            alignment: Alignment = .leading,
            isWhole: Bool? = nil,
            isPreferred: Bool = false,
            isName: Bool = false,
            isExcerpt: Bool = false
        ) {
            self.header = header
            self.alignment = alignment
            self.isWhole = isWhole ?? (alignment == .trailing)
            self.isPreferred = isPreferred
            self.isName = isName
            self.isExcerpt = isExcerpt
        }
    }

    private let columns: [Column]
    private let lineWidth: Int
    private let style: Style
    private let sampleSize: Int
    private let leavesOutEmpty: Bool
    private var sample: [[String]] = []
    /// The widths of the widest beginnings of cells that must not be cut, in cells, by column: of their first part, of
    /// their first two, and so on.
    private var leads: [Int: [Int]] = [:]
    private var layout: ColumnLayout?
    /// The cuts of texts that begin alike, by column.
    private var cuts: [Int: DistinctCuts] = [:]
    /// The indices of the columns to show: those with a value in some row, or all if empty columns are not left out.
    private var kept: [Int]
    /// The indices of the columns left out because they are empty.
    private var empty: Set<Int> = []

    /// Creates an empty table.
    ///
    /// - Parameters:
    ///   - lineWidth: the width of the terminal, in cells.
    ///   - style: makes the header bold if it uses colours.
    ///   - sampleSize: the number of rows held back to determine the widths.
    ///   - leavesOutEmpty: whether to leave out columns without a value in any row, if there are rows, and texts before
    ///     dates that would find no room.
    public init(
        columns: [Column],
        lineWidth: Int,
        style: Style,
        sampleSize: Int = 1_000,
        leavesOutEmpty: Bool = false
    ) {
        self.columns = columns
        self.lineWidth = max(lineWidth, 1)
        self.style = style
        self.sampleSize = sampleSize
        self.leavesOutEmpty = leavesOutEmpty
        kept = Array(columns.indices)
    }

    /// The number of columns that do not fit the line; 0 before the first lines are written.
    public var omittedColumns: Int {
        layout.map { columns.count - empty.count - $0.widths.count } ?? 0
    }

    /// The columns that were left out because they are empty; none before the first lines are written.
    public var emptyColumns: [Column] {
        columns.indices.filter(empty.contains).map { columns[$0] }
    }

    /// Adds a row, one cell for each column, and appends the lines that can already be written, each ending in a
    /// newline.
    ///
    /// If more rows follow than the sample holds, columns that are empty in the whole sample are shown.
    ///
    /// - Parameter leads: the beginnings of cells that must not be cut, since they would be meaningless, by column
    ///   index. Where a whole one has no room, its last parts, which follow a comma, are left out.
    public mutating func append(_ row: [String], keeping leads: [Int: String] = [:], to output: inout [UInt8]) {
        if layout == nil {
            for (index, lead) in leads where index < row.count && !lead.isEmpty {
                let widths = LeadCut.widths(of: Sanitizer.visible(lead), in: Sanitizer.visible(row[index]))
                self.leads[index] = LeadCut.wider(self.leads[index] ?? [], widths)
            }
        }
        append(row, to: &output) { _ in [] }
    }

    /// Adds a row like ``append(_:to:)``.
    ///
    /// - Parameter remainEmpty: called once, when the sample is full, with the columns that are empty so far; returns
    ///   those that are known to be empty in all further rows as well. The others are shown.
    public mutating func append(
        _ row: [String],
        to output: inout [UInt8],
        remainEmpty: (_ columns: [Int]) throws -> Set<Int>
    ) rethrows {
        let cells = row.map(Sanitizer.visible)
        if let layout {
            appendLine(cells, layout: layout, to: &output)
        } else {
            sample.append(cells)
            if sample.count >= sampleSize {
                let empty = emptyInSample
                appendSample(without: empty.isEmpty ? [] : try remainEmpty(empty), to: &output)
            }
        }
    }

    /// Appends the rows still held back; for a table without rows, only the header.
    public mutating func finish(to output: inout [UInt8]) {
        if layout == nil {
            appendSample(without: Set(emptyInSample), to: &output)
        }
    }

    /// The columns that are empty in the whole sample; none unless they may be left out, or if all are empty.
    private var emptyInSample: [Int] {
        guard leavesOutEmpty, !sample.isEmpty else { return [] }
        let empty = columns.indices.filter { index in sample.allSatisfy { $0.count <= index || $0[index].isEmpty } }
        return empty.count == columns.count ? [] : empty
    }

    private mutating func appendSample(without empty: Set<Int>, to output: inout [UInt8]) {
        self.empty = empty
        kept = columns.indices.filter { !empty.contains($0) }
        let header = columns.map { Sanitizer.visible($0.header) }
        let (layout, headers) = leavesOutEmpty ? withDate(layOut(header), header) : layOut(header)
        for header in headers {
            output.append(contentsOf: style.start(.bold).utf8)
            appendCells(header, widths: layout.widths, to: &output)
            output.append(contentsOf: style.end.utf8)
            output.append(UInt8(ascii: "\n"))
        }
        for (place, (index, width)) in zip(kept, layout.widths).enumerated()
        where !columns[index].isWhole && !columns[index].isExcerpt && leads[index] == nil {
            let isOpen = place == layout.widths.count - 1
            let before = layout.widths.dropLast().reduce(0) { $0 + $1 + ColumnLayout.separatorWidth }
            cuts[index] = DistinctCuts(
                sample.compactMap { index < $0.count ? $0[index] : nil },
                width: isOpen ? max(lineWidth - before, 1) : width
            )
        }
        for row in sample {
            appendLine(row, layout: layout, to: &output)
        }
        self.layout = layout
        sample = []
    }

    /// The widths of the columns, and the lines of the header.
    private typealias Head = (layout: ColumnLayout, lines: [[String]])

    /// Returns a head that shows the date behind its last column in place of texts, the widest first, if that date finds
    /// room so: a day is read at a glance, and a text that is cut tells little. The first text and names stay.
    private mutating func withDate(_ head: Head, _ header: [String]) -> Head {
        guard head.layout.widths.count < kept.count, case let date = kept[head.layout.widths.count],
            columns[date].isWhole, columns[date].alignment == .leading
        else { return head }
        let all = kept
        let texts = all.prefix(head.layout.widths.count).filter { !columns[$0].isWhole }
        let others = texts.dropFirst().filter { !columns[$0].isName && !columns[$0].isPreferred && leads[$0] == nil }
        let widths = sampleWidths
        for text in others.sorted(by: { (widths[$0], $0) > (widths[$1], $1) }) {
            kept.removeAll { $0 == text }
            let other = layOut(header)
            if let place = kept.firstIndex(of: date), place < other.layout.widths.count { return other }
        }
        kept = all
        return head
    }

    /// The width of the widest value of each column in the sample, in cells.
    private var sampleWidths: [Int] {
        columns.indices.map { index in
            sample.reduce(0) { $1.count > index ? max($0, CellWidth.of($1[index])) : $0 }
        }
    }

    /// Returns the widths and the lines of the header. The header has more than one line if more columns fit that way,
    /// or fewer words are cut: two halves of what is too wide, or else the words of each heading one below the other.
    /// Where several headings would be cut even so, the words over numbers are broken, as these are told apart by nothing
    /// else.
    private func layOut(_ header: [String]) -> Head {
        let cells = sampleWidths
        let plain: Head = (layout([header], cells), [header])
        guard loss(plain) > 0 else { return plain }
        let halves = header.indices.map { CellWidth.halves(of: header[$0], besides: cells[$0]) }
        let lines = [halves.map(\.upper), halves.map(\.lower)]
        var heads: [Head] = [(layout(lines, cells), lines)]
        if kept.contains(where: { header[$0].contains(" ") }) { heads.append(stacked(header, cells)) }
        let best = heads.reduce(plain, better)
        return loss(best) > 1 ? better(best, stacked(header, cells, breakingWords: true)) : best
    }

    /// Returns the head that shows more columns, or cuts fewer headings; the first if they do as well.
    private func better(_ one: Head, _ other: Head) -> Head {
        let (shown, more) = (one.layout.widths.count, other.layout.widths.count)
        return more > shown || more == shown && loss(other) < loss(one) ? other : one
    }

    /// Returns the layout for a header of some lines.
    ///
    /// - Parameters:
    ///   - cells: the width of the widest value of each column.
    ///   - words: the width of the longest word of each heading, where words are better not cut.
    private func layout(_ lines: [[String]], _ cells: [Int], words: [Int]? = nil) -> ColumnLayout {
        ColumnLayout(
            kept.map { index in
                .init(
                    header: lines.reduce(0) { max($0, CellWidth.of($1[index])) },
                    cells: cells[index],
                    isWhole: columns[index].isWhole,
                    leads: leads[index] ?? [],
                    wish: columns[index].isPreferred ? cells[index] : 0,
                    word: words?[index] ?? 0,
                    isName: columns[index].isName
                )
            },
            lineWidth: lineWidth
        )
    }

    /// Returns the number of columns whose header is cut or left out.
    private func loss(_ head: Head) -> Int {
        kept.count - head.layout.widths.count
            + zip(kept, head.layout.widths).count { index, width in
                head.lines.contains { CellWidth.of($0[index]) > width }
            }
    }

    /// Returns the head with up to three lines in which the columns are as wide as their values and the words of their
    /// headings require.
    ///
    /// - Parameter breaks: whether words over numbers are broken instead, so that no heading gets more room than others,
    ///   and there is a fourth line.
    private func stacked(_ header: [String], _ cells: [Int], breakingWords breaks: Bool = false) -> Head {
        let words = header.map { $0.split(separator: " ").map(String.init) }
        let longest = words.map { $0.reduce(0) { max($0, CellWidth.of($1)) } }
        let layout = layout(
            [words.map { $0.max { CellWidth.of($0) < CellWidth.of($1) } ?? "" }],
            cells,
            words: breaks ? nil : longest
        )
        let most = breaks ? 4 : 3
        var lines = [[String]](repeating: header.map { _ in "" }, count: most)
        for (index, width) in zip(kept, layout.widths) {
            let isBroken = breaks && columns[index].alignment == .trailing
            let parts = isBroken ? words[index].flatMap { CellWidth.broken($0, to: width) } : words[index]
            var filled: [String] = []
            for word in parts {
                if let last = filled.last, CellWidth.of(last) + 1 + CellWidth.of(word) <= width || filled.count == most
                {
                    filled[filled.count - 1] = "\(last) \(word)"
                } else {
                    filled.append(word)
                }
            }
            for (line, text) in filled.reversed().enumerated() { lines[most - 1 - line][index] = text }
        }
        return (layout, lines.filter { line in line.contains { !$0.isEmpty } })
    }

    private func appendLine(_ cells: [String], layout: ColumnLayout, to output: inout [UInt8]) {
        appendCells(cells, widths: widths(for: cells, layout), to: &output)
        output.append(UInt8(ascii: "\n"))
    }

    private func appendCells(_ cells: [String], widths: [Int], to output: inout [UInt8]) {
        let start = output.count
        var used = 0
        for (place, (index, width)) in zip(kept, widths).enumerated() {
            if place > 0 {
                output.appendSpaces(ColumnLayout.separatorWidth)
                used += ColumnLayout.separatorWidth
            }
            let cell = index < cells.count ? cells[index] : ""
            let isTrailing = columns[index].alignment == .trailing
            // Nothing follows the last text of a line, so it may use the rest of the line.
            let isOpen = place == widths.count - 1 && !isTrailing
            let room = isOpen ? max(lineWidth - used, 1) : width
            let fitted =
                if columns[index].isExcerpt {
                    ExcerptCut.fitted(cell, to: room)
                } else if leads[index] != nil {
                    LeadCut.fitted(cell, to: room)
                } else {
                    cuts[index]?.fitted(cell, to: room) ?? CellWidth.fitted(cell, to: room)
                }
            let padding = max(width - fitted.cells, 0)
            output.appendSpaces(isTrailing ? padding : 0)
            output.append(contentsOf: fitted.text.utf8)
            output.appendSpaces(isTrailing ? 0 : padding)
            used += width
        }
        output.removeTrailingSpaces(downTo: start)
    }

    /// Returns the column widths for one line: the common ones, unless a number or a date in the line is wider than any
    /// in the sample. In that case the texts of the line are narrowed.
    private func widths(for cells: [String], _ layout: ColumnLayout) -> [Int] {
        var wide: [(place: Int, width: Int)] = []
        // A text never takes more cells than bytes.
        for (place, width) in layout.widths.enumerated()
        where columns[kept[place]].isWhole && cells.count > kept[place] && cells[kept[place]].utf8.count > width {
            let natural = CellWidth.of(cells[kept[place]])
            if natural > width { wide.append((place, natural)) }
        }
        return wide.isEmpty ? layout.widths : layout.widths(widening: wide, isWhole: { columns[kept[$0]].isWhole })
    }
}

extension [UInt8] {
    /// Appends spaces.
    mutating func appendSpaces(_ count: Int) {
        append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
    }

    /// Removes the spaces at the end, but none before the index `start`.
    mutating func removeTrailingSpaces(downTo start: Int) {
        while count > start, self[count - 1] == UInt8(ascii: " ") {
            removeLast()
        }
    }
}

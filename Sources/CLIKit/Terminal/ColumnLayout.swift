/// The widths of a table's columns, fitted into a line.
struct ColumnLayout: Equatable {
    /// Cells between two columns.
    static let separatorWidth = 2
    /// A text column is not shrunk below this many cells, an ellipsis among them: of several columns cut to a few
    /// letters none can be read.
    private static let leastText = 8
    /// Nor a column of numbers below these, since a number that was cut is no number.
    private static let leastNumber = 12

    /// The width of each column that is shown; columns that find no place are left out from the end.
    let widths: [Int]

    /// Fits columns into `lineWidth` cells.
    ///
    /// The widest columns give way first: text before numbers, and none below its least width. When that is not enough,
    /// columns at the end are left out; the first one always stays.
    init(naturalWidths: [Int], columns: [Table.Column], lineWidth: Int) {
        let natural = naturalWidths.map { min($0, lineWidth) }
        let least = zip(natural, columns).map { min($0, $1.alignment == .leading ? Self.leastText : Self.leastNumber) }
        let shown = Self.shownColumns(least: least, lineWidth: lineWidth)
        guard shown > 1 else {
            widths = Array(natural.prefix(shown))
            return
        }
        let space = lineWidth - Self.separatorWidth * (shown - 1)
        let texts = (0..<shown).filter { columns[$0].alignment == .leading }
        let numbers = (0..<shown).filter { columns[$0].alignment == .trailing }
        var widths = Array(natural.prefix(shown))
        for group in [texts, numbers] {
            let others = widths.reduce(0, +) - group.reduce(0) { $0 + widths[$1] }
            Self.shrink(group, of: &widths, least: least, space: space - others)
        }
        self.widths = widths
    }

    private static func shownColumns(least: [Int], lineWidth: Int) -> Int {
        var used = -separatorWidth
        for (index, width) in least.enumerated() {
            used += width + separatorWidth
            if used > lineWidth { return max(index, 1) }
        }
        return least.count
    }

    /// Lowers the widest columns of a group to one level, the highest that fits `space`, and gives what is left over to
    /// the first of them. Columns end at their least width where even that does not fit.
    private static func shrink(_ group: [Int], of widths: inout [Int], least: [Int], space: Int) {
        func lowered(_ index: Int, to level: Int) -> Int {
            min(widths[index], max(level, least[index]))
        }
        func total(at level: Int) -> Int {
            group.reduce(0) { $0 + lowered($1, to: level) }
        }
        guard var level = group.map({ widths[$0] }).max(), total(at: level) > space else { return }
        while level > 0, total(at: level) > space {
            level -= 1
        }
        var remainder = space - total(at: level)
        for index in group {
            let width = lowered(index, to: level)
            let grows = remainder > 0 && width == level && widths[index] > level
            widths[index] = grows ? width + 1 : width
            remainder -= grows ? 1 : 0
        }
    }
}

/// The widths of a table's columns, fitted into a line.
struct ColumnLayout: Equatable {
    /// The space that a column requires.
    struct Need {
        /// The width of the column's header, in cells. A header may always be cut.
        let header: Int
        /// The width of the column's widest value, in cells.
        let cells: Int
        /// Whether its values are meaningless when cut.
        let isWhole: Bool
        /// The widths of the beginnings of its values that must not be cut, in cells: of their first part, of their first
        /// two, and so on. Where all have no room, the last parts give way.
        var leads: [Int] = []
        /// The width of its texts if they are to be cut after those of other columns, in cells; 0 for any.
        var wish = 0
        /// The width of the longest word of the header, in cells, which is better not cut; 0 for any.
        var word = 0
        /// Whether its texts are names, by which people tell rows apart: they keep more room than other texts.
        var isName = false

        /// Returns the width of so many parts of the beginnings of its values, in cells; 0 if there are none.
        fileprivate func lead(ofParts count: Int) -> Int {
            isWhole || leads.isEmpty || count == 0 ? 0 : leads[min(count, leads.count) - 1]
        }

        /// Returns the least width of the column, in cells.
        fileprivate func least(_ texts: LeastTexts, in lineWidth: Int) -> Int {
            let legible = min(max(header, cells), texts.width)
            let needed = isWhole ? cells : isName ? min(cells, texts.width + texts.surplus) : 0
            return min(max(needed, legible), lineWidth)
        }
    }

    /// The least widths of columns of text, in cells, including an ellipsis.
    fileprivate struct LeastTexts {
        let width: Int
        /// The number of cells by which names are wider.
        let surplus: Int
    }

    /// The number of cells between two columns.
    static let separatorWidth = 2
    /// The least widths of text columns: those at which they are read with ease, and the narrower ones that let columns
    /// at the end be seen too, or beginnings that must not be cut. Other texts give way before names, as long as a few
    /// letters are left of them.
    private static let leastTexts = [
        (8, 8), (8, 4), (7, 8), (6, 8), (7, 4), (6, 4), (8, 0), (7, 0), (6, 0), (5, 0),
    ].map { LeastTexts(width: $0.0, surplus: $0.1) }
    /// The widths to which texts are cut only beside beginnings that must not be cut.
    private static let leastBesideLeads = [4, 3].map { LeastTexts(width: $0, surplus: 0) }
    /// The number of cells by which names may be wider than other texts that are cut.
    private static let nameSurplus = 8

    /// The width of each visible column. Columns at the end that do not fit are left out.
    let widths: [Int]
    private let lineWidth: Int

    /// Fits columns into `lineWidth` cells.
    ///
    /// The widest columns shrink first, texts and headers alike, names after other texts, but none below its least width.
    /// Texts shrink further where that leaves room for all columns, or for the beginnings of values. If it is not enough
    /// for all columns, those at the end are left out; the first one always stays. Texts shrink also rather than that
    /// numbers and dates next to the last shown column are left out, unless they are to be cut after others.
    init(_ columns: [Need], lineWidth: Int) {
        self.lineWidth = lineWidth
        let (narrowest, shown, parts) = Self.leastWidths(of: columns, lineWidth: lineWidth)
        var least = narrowest
        // The remaining space goes, from the first column on, first to the beginnings of values and then to what should
        // not be cut.
        var left = Self.space(shown, lineWidth) - least.prefix(shown).reduce(0, +)
        func give(_ wanted: (Need) -> Int) {
            for (place, column) in columns.prefix(shown).enumerated() {
                let more = min(wanted(column) - least[place], left)
                guard more > 0 else { continue }
                least[place] += more
                left -= more
            }
        }
        give { $0.lead(ofParts: parts) }
        give { $0.isWhole ? 0 : $0.wish }
        give { $0.word }
        var widths = columns.prefix(shown).map { min(max($0.header, $0.cells), lineWidth) }
        if shown > 1 {
            Self.shrink(
                widths.indices.map(\.self),
                of: &widths,
                least: least,
                surplus: columns.map { $0.isName ? Self.nameSurplus : 0 },
                space: Self.space(shown, lineWidth)
            )
        }
        self.widths = widths
    }

    /// Returns the least widths of columns and how many of them are shown: all, if texts can shrink so far, else as many as
    /// are read with ease, and the numbers and dates that follow these if texts can shrink so far. The widths are the
    /// greatest ones at which the beginnings of the shown values have room, as many parts of them as there are such widths
    /// for; the last result is that number of parts.
    private static func leastWidths(
        of columns: [Need],
        lineWidth: Int
    ) -> (widths: [Int], shown: Int, parts: Int) {
        func widths(_ texts: LeastTexts) -> [Int] { columns.map { $0.least(texts, in: lineWidth) } }
        func shown(_ least: some Collection<Int>) -> Int { shownColumns(least: Array(least), lineWidth: lineWidth) }
        let all = leastTexts.map(widths)
        let areAllShown = all.contains { shown($0) == columns.count }
        var count = areAllShown ? columns.count : shown(widths(LeastTexts(width: leastTexts[0].width, surplus: 0)))
        let wished = all.map { zip(columns, $0).map { max($0.isWhole ? 0 : $0.wish, $1) } }
        while count < columns.count, columns[count].isWhole, wished.contains(where: { shown($0) > count }) {
            count += 1
        }
        let choice = all.filter { shown($0.prefix(count)) == count }
        let most = columns.prefix(count).reduce(0) { $1.isWhole ? $0 : max($0, $1.leads.count) }
        if most == 0 { return (choice[0], count, 0) }
        let narrower = choice + leastBesideLeads.map(widths)
        for parts in stride(from: most, to: 0, by: -1) {
            let roomy = narrower.first { least in
                shown(zip(columns, least).prefix(count).map { max($0.lead(ofParts: parts), $1) }) == count
            }
            if let roomy { return (roomy, count, parts) }
        }
        return (narrower[narrower.count - 1], count, 1)
    }

    /// Returns the widths for a line on which some columns need more space. Text columns shrink, to a single cell if
    /// need be. If even that is not enough, the widths are the usual ones.
    ///
    /// - Parameter isWhole: whether the values of a column may not be cut.
    func widths(widening wide: [(place: Int, width: Int)], isWhole: (Int) -> Bool) -> [Int] {
        var widened = widths
        for (place, width) in wide { widened[place] = width }
        let texts = widths.indices.filter { !isWhole($0) }
        let space = Self.space(widths.count, lineWidth) - widths.indices.filter(isWhole).reduce(0) { $0 + widened[$1] }
        guard space >= texts.count else { return widths }
        let (least, surplus) = (widths.map { _ in 1 }, widths.map { _ in 0 })
        Self.shrink(texts, of: &widened, least: least, surplus: surplus, space: space)
        return widened
    }

    /// Returns the number of cells of a line that remain for its columns after the separators between them.
    private static func space(_ columns: Int, _ lineWidth: Int) -> Int { lineWidth - separatorWidth * (columns - 1) }

    private static func shownColumns(least: [Int], lineWidth: Int) -> Int {
        var used = -separatorWidth
        for (index, width) in least.enumerated() {
            used += width + separatorWidth
            if used > lineWidth { return max(index, 1) }
        }
        return least.count
    }

    /// Shrinks the widest columns of a group to one level, the highest that fits `space`, and gives the remainder to
    /// the first of them. If even the least widths do not fit, the columns get those.
    ///
    /// - Parameter surplus: the number of cells by which each column is wider than the level.
    private static func shrink(
        _ group: [Int],
        of widths: inout [Int],
        least: [Int],
        surplus: [Int],
        space: Int
    ) {
        func lowered(_ index: Int, to level: Int) -> Int {
            min(widths[index], max(level + surplus[index], least[index]))
        }
        func total(at level: Int) -> Int {
            group.reduce(0) { $0 + lowered($1, to: level) }
        }
        guard var level = group.map({ widths[$0] }).max(), total(at: level) > space else { return }
        // A column with a surplus still has that at level 0.
        let lowest = -(surplus.max() ?? 0)
        while level > lowest, total(at: level) > space {
            level -= 1
        }
        var remainder = space - total(at: level)
        for index in group {
            let width = lowered(index, to: level)
            let grows = remainder > 0 && width == level + surplus[index] && widths[index] > width
            widths[index] = grows ? width + 1 : width
            remainder -= grows ? 1 : 0
        }
    }
}

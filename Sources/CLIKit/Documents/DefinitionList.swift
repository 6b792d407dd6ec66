/// A list with terms in one column and their meanings in another: `  --limit N   At most N records`.
struct DefinitionList {
    let rows: [(term: String, meaning: String)]
    let indent: Int
    let width: Int
    /// The width of the column of terms, in cells. The lists of one document share it so that they are aligned.
    let termWidth: Int

    /// Returns the width of the column for some terms, in cells: that of the longest term, ignoring overlong ones.
    static func termWidth(of terms: [String], width: Int) -> Int {
        let limit = min(30, width / 3)
        return terms.map(CellWidth.of).filter { $0 <= limit }.max() ?? limit
    }

    var lines: [String] {
        let gap = 2
        let column = indent + termWidth + gap
        let margin = Self.spaces(indent)
        let hanging = Self.spaces(column)
        return rows.flatMap { row in
            let meaning = LineWrapping.lines(of: row.meaning, width: max(width - column, 20))
            let width = CellWidth.of(row.term)
            guard width <= termWidth, let first = meaning.first else {
                return [margin + row.term] + meaning.map { hanging + $0 }
            }
            let padding = Self.spaces(termWidth - width + gap)
            return [margin + row.term + padding + first] + meaning.dropFirst().map { hanging + $0 }
        }
    }

    /// Returns a number of spaces, which a list makes for each of its rows: of bytes, since a string is repeated slowly.
    private static func spaces(_ count: Int) -> String {
        String(decoding: repeatElement(UInt8(ascii: " "), count: count), as: UTF8.self)
    }
}

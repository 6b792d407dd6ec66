extension String {
    /// Its words on lines of at most `width` characters; a longer word gets a line of its own.
    ///
    /// The words of the documents are the program's own, in Latin letters, so a character is one cell.
    func filled(width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var length = 0
        for word in split(separator: " ") {
            let wordLength = word.count
            if !line.isEmpty, length + 1 + wordLength > width {
                lines.append(line)
                line = ""
                length = 0
            }
            if !line.isEmpty {
                line += " "
                length += 1
            }
            line += word
            length += wordLength
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}

/// Terms in one column and what they mean in another: `  --limit N   At most N records`.
struct DefinitionList {
    let rows: [(term: String, meaning: String)]
    let indent: Int
    let width: Int
    /// How wide the column of terms is, shared by the lists of one document so that they line up.
    let termWidth: Int

    /// The width of the column that these terms ask for: that of the longest one, a few overlong ones set aside.
    static func termWidth(of terms: [String], width: Int) -> Int {
        let limit = min(30, width / 3)
        return terms.map(\.count).filter { $0 <= limit }.max() ?? limit
    }

    var lines: [String] {
        rows.flatMap { row in
            let gap = 2
            let column = indent + termWidth + gap
            let meaning = row.meaning.filled(width: max(width - column, 20))
            let margin = String(repeating: " ", count: indent)
            let hanging = String(repeating: " ", count: column)
            guard let first = meaning.first else { return [margin + row.term] }
            let rest = meaning.dropFirst().map { hanging + $0 }
            if row.term.count > termWidth { return [margin + row.term, hanging + first] + rest }
            let padding = String(repeating: " ", count: termWidth - row.term.count + gap)
            return [margin + row.term + padding + first] + rest
        }
    }
}

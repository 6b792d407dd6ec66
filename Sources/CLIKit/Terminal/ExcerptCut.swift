/// How an excerpt is cut, in which what was looked for stands between brackets: around that.
enum ExcerptCut {
    /// Shortens an excerpt to at most `width` cells.
    static func fitted(_ text: String, to width: Int) -> (text: String, cells: Int) {
        guard CellWidth.of(text) > width, let close = text.lastIndex(of: "]"),
            let open = text[..<close].lastIndex(of: "[")
        else { return CellWidth.fitted(text, to: width) }
        let end = text.index(after: close)
        if CellWidth.of(String(text[..<end])) < width { return CellWidth.fitted(text, to: width) }
        var start = open
        // An ellipsis stands on either side.
        var room = width - 2 - CellWidth.of(String(text[open..<end]))
        while start > text.startIndex {
            let before = text.index(before: start)
            room -= CellWidth.of(text[before])
            if room < 0 { break }
            start = before
        }
        return CellWidth.fitted(start > text.startIndex ? "…\(text[start...])" : text, to: width)
    }
}

/// A line that is being edited: a text and the position of the cursor.
///
/// The cursor moves and erases by grapheme clusters (UAX #29), so a letter with its combining accents, or an emoji of
/// several scalars, is one step.
struct LineBuffer: Equatable {
    /// The text as grapheme clusters.
    private(set) var characters: [Character] = []
    /// The number of characters before the cursor.
    private(set) var cursor = 0

    /// Creates a line from a text, with the cursor at its end.
    init(_ text: String = "") {
        characters = Array(text)
        cursor = characters.count
    }

    var text: String { String(characters) }
    var isEmpty: Bool { characters.isEmpty }

    /// Inserts a text at the cursor. Combining characters join the characters around them.
    mutating func insert(_ text: String) {
        guard !text.isEmpty else { return }
        let before = cursor > 0 ? String(characters[cursor - 1]) : ""
        let joined = Array(before + text)
        let start = before.isEmpty ? cursor : cursor - 1
        characters.replaceSubrange(start..<cursor, with: joined)
        cursor = start + joined.count
        guard cursor < characters.count else { return }
        let end = Array(String(characters[cursor - 1]) + String(characters[cursor]))
        if end.count == 1 { characters.replaceSubrange(cursor - 1...cursor, with: end) }
    }

    mutating func move(to position: Int) { cursor = min(max(position, 0), characters.count) }

    /// Removes the characters between the cursor and a position.
    ///
    /// - Returns: the removed text.
    @discardableResult
    mutating func erase(to position: Int) -> String {
        let other = min(max(position, 0), characters.count)
        let range = min(cursor, other)..<max(cursor, other)
        let erased = String(characters[range])
        characters.removeSubrange(range)
        cursor = range.lowerBound
        return erased
    }

    /// The position at which the word before the cursor begins. Words are separated by blanks, as for Ctrl-W on a
    /// terminal.
    var startOfWord: Int {
        var position = cursor
        while position > 0, isBlank(position - 1) { position -= 1 }
        while position > 0, !isBlank(position - 1) { position -= 1 }
        return position
    }

    /// The position at which the word after the cursor ends.
    var endOfWord: Int {
        var position = cursor
        while position < characters.count, isBlank(position) { position += 1 }
        while position < characters.count, !isBlank(position) { position += 1 }
        return position
    }

    private func isBlank(_ position: Int) -> Bool { characters[position].isWhitespace }
}

/// The display of a question and its answer on a terminal, over as many rows as they need.
///
/// When the line changes, only the changed part is written again. If question and line need more rows than the screen
/// has, the rows around the cursor are shown, and all of them are written again with every change.
///
/// Only features common to all terminals are used: a full row continues in the next one, and the cursor movements and
/// erasures of ECMA-48. The widths of characters are those of ``CellWidth``.
struct LineScreen {
    /// A position: a row, counted from the one where the question begins, and the number of cells used in it.
    private struct Place: Equatable {
        var row = 0
        var column = 0

        mutating func advance(over character: Character, width: Int) {
            let cells = CellWidth.of(character)
            if column + cells > width { (row, column) = (row + 1, 0) }
            column += cells
        }
    }

    private let question: [Character]
    private let styledQuestion: String
    private var width: Int
    private var height: Int
    /// The characters shown after the question.
    private var shown: [Character] = []
    /// The number of shown characters before the cursor.
    private var cursor = 0
    /// The present position of the terminal's cursor.
    private var present = Place()
    /// The first visible row.
    private var top = 0

    /// - Parameters:
    ///   - question: the question without escape sequences.
    ///   - styledQuestion: the same with attributes.
    ///   - width: the cells of a row.
    ///   - height: the rows of the screen.
    init(_ question: String, styled styledQuestion: String, width: Int, height: Int = .max) {
        self.question = Array(question)
        self.styledQuestion = styledQuestion
        self.width = max(width, 2)
        self.height = max(height, 1)
    }

    // MARK: - Drawing

    /// Returns the output that writes the question and the line on an empty row.
    mutating func begin(with line: LineBuffer) -> String {
        top = 0
        return draw(line)
    }

    /// Returns the output that changes the display from the present line to `line`.
    mutating func update(to line: LineBuffer) -> String {
        let (characters, position) = Self.visible(line)
        if place(behind: characters).row >= height || place(behind: shown).row >= height {
            if characters == shown, position == cursor { return "" }
            return movement(to: Place(row: top, column: 0)) + "\u{1B}[J" + draw(line)
        }
        let same = zip(shown, characters).prefix { $0 == $1 }.count
        var output = ""
        if same < characters.count || same < shown.count {
            output += movement(to: place(behind: shown[..<same]))
            if same < shown.count { output += "\u{1B}[J" }
            output += String(characters[same...]) + leavingFullRow(rawPlace(behind: characters[...]))
            shown = characters
            present = place(behind: characters)
        }
        cursor = position
        return output + movement(to: cursorPlace)
    }

    /// Returns the output that moves the cursor behind the line.
    mutating func goToEnd() -> String {
        if place(behind: shown).row >= height {
            return movement(to: Place(row: top, column: 0)) + "\u{1B}[J" + draw(shown, cursor: shown.count)
        }
        cursor = shown.count
        return movement(to: cursorPlace)
    }

    /// Returns the output that shows the line again after the size of the terminal has changed.
    ///
    /// A terminal that rewraps its rows leaves the cursor in the row where it would be if all text had been written at
    /// the new width. The positions of rows beyond the screen are unknown.
    mutating func resize(to width: Int, height: Int = .max, with line: LineBuffer) -> String {
        let wasWhole = place(behind: shown).row < self.height
        (self.width, self.height) = (max(width, 2), max(height, 1))
        let row = cursorPlace.row
        guard wasWhole, row < self.height else { return clear(with: line) }
        return (row > 0 ? "\u{1B}[\(row)A" : "") + "\r\u{1B}[J" + begin(with: line)
    }

    /// Returns the output that erases the screen and shows the line again at its top.
    mutating func clear(with line: LineBuffer) -> String { "\u{1B}[H\u{1B}[2J" + begin(with: line) }

    private mutating func draw(_ line: LineBuffer) -> String {
        let (characters, position) = Self.visible(line)
        return draw(characters, cursor: position)
    }

    /// Returns the output that writes as many rows as fit the screen, starting at the first column of an empty row.
    private mutating func draw(_ characters: [Character], cursor position: Int) -> String {
        (shown, cursor) = (characters, position)
        let (row, last) = (cursorPlace.row, place(behind: shown).row)
        let isWhole = last < height
        top = isWhole ? 0 : min(max(top, row - height + 1), row, last - height + 1)
        let bottom = isWhole ? last : top + height - 1
        var (output, place) = ("", Place())
        for character in question {
            place.advance(over: character, width: width)
            if place.row >= top, place.row <= bottom { output.append(character) }
        }
        if top == 0, place.row <= bottom { output = styledQuestion }
        for character in shown {
            place.advance(over: character, width: width)
            if place.row > bottom { break }
            if place.row >= top { output.append(character) }
        }
        // The cursor of a terminal stays in a row that was just filled. It is moved on, except on the last row of the
        // screen.
        if last <= bottom { output += leavingFullRow(rawPlace(behind: shown[...])) }
        present = last <= bottom ? self.place(behind: shown) : Place(row: bottom, column: width)
        return output + movement(to: cursorPlace)
    }

    // MARK: - Places

    /// Returns the visible characters of a line, and the number of them before its cursor.
    private static func visible(_ line: LineBuffer) -> (characters: [Character], cursor: Int) {
        var characters: [Character] = []
        characters.reserveCapacity(line.characters.count)
        var cursor = 0
        for (index, character) in line.characters.enumerated() {
            if index == line.cursor { cursor = characters.count }
            if character.isASCII, character >= " " {
                characters.append(character)
            } else {
                characters += Sanitizer.visible(String(character))
            }
        }
        return (characters, line.cursor == line.characters.count ? characters.count : cursor)
    }

    /// The position of the cursor: that of the next character, which moves to the next row if it is too wide for the
    /// rest of its row.
    private var cursorPlace: Place {
        let place = place(behind: shown[..<cursor])
        guard cursor < shown.count else { return place }
        let isTooWide = place.column + CellWidth.of(shown[cursor]) > width
        return isTooWide ? Place(row: place.row + 1, column: 0) : place
    }

    /// Returns the position behind some characters; after a full row, the start of the next one.
    private func place(behind characters: some Sequence<Character>) -> Place {
        let place = rawPlace(behind: characters)
        return place.column < width ? place : Place(row: place.row + 1, column: 0)
    }

    private func rawPlace(behind characters: some Sequence<Character>) -> Place {
        var place = Place()
        for character in question { place.advance(over: character, width: width) }
        for character in characters { place.advance(over: character, width: width) }
        return place
    }

    /// Returns the output that leaves a full row: a terminal stays in it until more is written.
    private func leavingFullRow(_ place: Place) -> String { place.column < width ? "" : " \r" }

    private mutating func movement(to end: Place) -> String {
        let start = present
        if start == end { return "" }
        present = end
        var output = ""
        if end.row < start.row { output += "\u{1B}[\(start.row - end.row)A" }
        if end.row > start.row { output += "\u{1B}[\(end.row - start.row)B" }
        if end.column == start.column { return output }
        return output + "\r" + (end.column > 0 ? "\u{1B}[\(end.column)C" : "")
    }
}

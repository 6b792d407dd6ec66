/// Shows a question and the line that answers it on a terminal, over as many rows as they take, and keeps them as they
/// are while the line changes: what did not change is not written again.
///
/// It only leaves to the terminal what every one does: to go on in the next row where a row is full, and the cursor's
/// movements and erasing of ECMA-48. How wide characters are is ours to say; see ``CellWidth``.
struct LineScreen {
    /// A row below the one where the question begins, and how many cells of it are taken.
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
    /// What stands behind the question.
    private var shown: [Character] = []
    /// How many of these stand before the cursor.
    private var cursor = 0

    /// - Parameters:
    ///   - question: as it is read.
    ///   - styledQuestion: the same with attributes.
    ///   - width: the cells of a row.
    init(_ question: String, styled styledQuestion: String, width: Int) {
        self.question = Array(question)
        self.styledQuestion = styledQuestion
        self.width = max(width, 2)
    }

    // MARK: - Drawing

    /// What writes the question and the line on a row where nothing stands.
    mutating func begin(with line: LineBuffer) -> String {
        (shown, cursor) = ([], 0)
        return styledQuestion + leavingFullRow(rawPlace(of: 0)) + update(to: line)
    }

    /// What changes the terminal from the line that stands there to another one.
    mutating func update(to line: LineBuffer) -> String {
        let (characters, position) = Self.visible(line)
        let same = zip(shown, characters).prefix { $0 == $1 }.count
        var output = ""
        if same < characters.count || same < shown.count {
            output += movement(from: cursor, to: same)
            if same < shown.count { output += "\u{1B}[J" }
            output += String(characters[same...])
            shown = characters
            cursor = characters.count
            output += leavingFullRow(rawPlace(of: cursor))
        }
        output += movement(from: cursor, to: position)
        cursor = position
        return output
    }

    /// What puts the cursor behind the line.
    mutating func goToEnd() -> String {
        defer { cursor = shown.count }
        return movement(from: cursor, to: shown.count)
    }

    /// What shows the line again after the terminal has got another width. A terminal that has broken its rows anew has
    /// the cursor in the row where it would stand had all been written at this width.
    mutating func resize(to width: Int, with line: LineBuffer) -> String {
        self.width = max(width, 2)
        let row = place(of: cursor).row
        return (row > 0 ? "\u{1B}[\(row)A" : "") + "\r\u{1B}[J" + begin(with: line)
    }

    /// What shows the line again at the top of a screen that is empty.
    mutating func clear(with line: LineBuffer) -> String { "\u{1B}[H\u{1B}[2J" + begin(with: line) }

    // MARK: - Places

    /// The characters that are seen for a line, and how many of them stand before its cursor.
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

    /// Where the cursor stands that has some characters before it; behind a full row that is the next one.
    private func place(of count: Int) -> Place {
        let place = rawPlace(of: count)
        return place.column < width ? place : Place(row: place.row + 1, column: 0)
    }

    private func rawPlace(of count: Int) -> Place {
        var place = Place()
        for character in question { place.advance(over: character, width: width) }
        for character in shown.prefix(count) { place.advance(over: character, width: width) }
        return place
    }

    /// A terminal stays in a row that was just filled until more is written.
    private func leavingFullRow(_ place: Place) -> String { place.column < width ? "" : " \r" }

    private func movement(from: Int, to: Int) -> String {
        if from == to { return "" }
        let (start, end) = (place(of: from), place(of: to))
        var output = ""
        if end.row < start.row { output += "\u{1B}[\(start.row - end.row)A" }
        if end.row > start.row { output += "\u{1B}[\(end.row - start.row)B" }
        if end.column == start.column { return output }
        return output + "\r" + (end.column > 0 ? "\u{1B}[\(end.column)C" : "")
    }
}

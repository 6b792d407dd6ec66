/// Wrapping of text into lines of a width in cells.
public enum LineWrapping {
    /// Wraps a text between words, within a word only if it is wider than a line, and never within a grapheme cluster.
    /// The text's own line breaks and indentation are preserved; other characters that control a terminal are made
    /// visible.
    ///
    /// - Parameters:
    ///   - width: the width of a line, at least 2, so that every character fits.
    ///   - expandsTabs: whether tabs are replaced by spaces up to the next multiple of eight cells, as on a terminal.
    /// - Returns: at least one line. None ends in a space.
    public static func lines(of text: String, width: Int, expandsTabs: Bool = false) -> [String] {
        if isPlainLine(text, width: width) { return [text] }
        return text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).flatMap { line in
            let line = String(Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line))
            return wrapped(Sanitizer.visible(expandsTabs ? expanded(line) : line), width: width)
        }
    }

    /// Whether a text is a single line as it stands, as most meanings of options are: visible characters of one cell
    /// each, at most as many as fit.
    private static func isPlainLine(_ text: String, width: Int) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= width, bytes.last != UInt8(ascii: " ") else { return false }
        return bytes.allSatisfy { UInt8(ascii: " ")...UInt8(ascii: "~") ~= $0 }
    }

    private static func expanded(_ line: String) -> String {
        guard line.utf8.contains(UInt8(ascii: "\t")) else { return line }
        var text = ""
        var column = 0
        for character in line {
            let cells = character == "\t" ? tabStop - column % tabStop : CellWidth.of(character)
            text += character == "\t" ? String(repeating: " ", count: cells) : String(character)
            column += cells
        }
        return text
    }

    private static let tabStop = 8

    private static func wrapped(_ line: String, width: Int) -> [String] {
        var lines = LineBuilder(width: width)
        var rest = Substring(line)
        while !rest.isEmpty {
            let spaces = rest.prefix { $0 == " " }
            rest = rest[spaces.endIndex...]
            let word = rest.prefix { $0 != " " }
            rest = rest[word.endIndex...]
            lines.append(word: String(word), after: spaces.count)
        }
        return lines.finish()
    }

    /// Lines under construction.
    private struct LineBuilder {
        let width: Int
        private var lines: [String] = []
        private var current = ""
        private var currentWidth = 0

        init(width: Int) {
            self.width = width
        }

        mutating func append(word: String, after spaces: Int) {
            guard !word.isEmpty else { return }
            let wordWidth = CellWidth.of(word)
            if currentWidth + spaces + wordWidth <= width {
                append(String(repeating: " ", count: spaces) + word, width: spaces + wordWidth)
            } else if wordWidth <= width {
                breakLine()
                append(word, width: wordWidth)
            } else {
                if currentWidth + spaces < width {
                    append(String(repeating: " ", count: spaces), width: spaces)
                } else {
                    breakLine()
                }
                for character in word {
                    let characterWidth = CellWidth.of(character)
                    if currentWidth + characterWidth > width {
                        breakLine()
                    }
                    append(String(character), width: characterWidth)
                }
            }
        }

        mutating func finish() -> [String] {
            if !current.isEmpty || lines.isEmpty {
                lines.append(current)
            }
            return lines
        }

        private mutating func append(_ text: String, width: Int) {
            current += text
            currentWidth += width
        }

        private mutating func breakLine() {
            if !current.isEmpty {
                while current.last == " " {
                    current.removeLast()
                }
                lines.append(current)
            }
            current = ""
            currentWidth = 0
        }
    }
}

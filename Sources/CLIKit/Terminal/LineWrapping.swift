/// Wrapping of text into lines of a width in cells.
public enum LineWrapping {
    /// Wraps a text between words, within a word only if it is wider than a line, and never within a grapheme cluster.
    /// The text's own line breaks and indentation are preserved; other characters that control a terminal are made
    /// visible.
    ///
    /// - Parameters:
    ///   - width: the width of a line, at least 2, so that every character fits.
    ///   - expandsTabs: whether tabs are replaced by spaces up to the next multiple of eight cells, as on a terminal.
    ///   - isPasted: whether words of the text are pasted into a shell. Then neither a word nor what stands in single
    ///     quotation marks is broken: what is wider than a line begins where it stands.
    /// - Returns: at least one line. None ends in a space.
    public static func lines(
        of text: String,
        width: Int,
        expandsTabs: Bool = false,
        isPasted: Bool = false
    ) -> [String] {
        if isPlainLine(text, width: width) { return [text] }
        return text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).flatMap { line in
            let line = String(Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line))
            return wrapped(Sanitizer.visible(expandsTabs ? expanded(line) : line), width: width, isPasted)
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

    private static func wrapped(_ line: String, width: Int, _ isPasted: Bool) -> [String] {
        var lines = LineBuilder(width: width, breaksWords: !isPasted)
        var rest = Substring(line)
        while !rest.isEmpty {
            let spaces = rest.prefix { $0 == " " }
            rest = rest[spaces.endIndex...]
            let word = isPasted ? shellWord(at: rest) : rest.prefix { $0 != " " }
            rest = rest[word.endIndex...]
            lines.append(word: String(word), after: spaces.count)
        }
        return lines.finish()
    }

    /// Returns the beginning of a text up to a blank that stands in no single quotation marks. A mark behind a letter,
    /// and one that nothing closes, is an apostrophe.
    private static func shellWord(at text: Substring) -> Substring {
        var end = text.startIndex
        var former: Character?
        while end < text.endIndex, text[end] != " " {
            let next = text.index(after: end)
            if text[end] == "'", former.map({ !$0.isLetter && !$0.isNumber }) ?? true,
                let close = text[next...].firstIndex(of: "'")
            {
                (former, end) = ("'", text.index(after: close))
            } else {
                (former, end) = (text[end], next)
            }
        }
        return text[..<end]
    }

    /// Lines under construction.
    private struct LineBuilder {
        let width: Int
        let breaksWords: Bool
        private var lines: [String] = []
        private var current = ""
        private var currentWidth = 0

        init(width: Int, breaksWords: Bool) {
            self.width = width
            self.breaksWords = breaksWords
        }

        mutating func append(word: String, after spaces: Int) {
            guard !word.isEmpty else { return }
            let wordWidth = CellWidth.of(word)
            if currentWidth + spaces + wordWidth <= width {
                append(String(repeating: " ", count: spaces) + word, width: spaces + wordWidth)
            } else if wordWidth <= width {
                breakLine()
                append(word, width: wordWidth)
            } else if !breaksWords {
                append(String(repeating: " ", count: spaces) + word, width: spaces + wordWidth)
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

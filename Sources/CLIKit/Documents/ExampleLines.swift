import Localization

extension Example {
    /// Returns the command line of the example, broken into lines before options and after pipes, where a shell
    /// continues reading.
    ///
    /// - Parameters:
    ///   - program: the program's name.
    ///   - language: the language of the placeholders.
    ///   - width: the cells of a line; a longer piece is not broken.
    func lines(for program: String, in language: Language, width: Int) -> [String] {
        line(in: language).calling(program: program).split(separator: "\n").flatMap { line in
            Self.broken(String(line), width: width)
        }
    }

    private static func broken(_ line: String, width: Int) -> [String] {
        let indent = "    "
        let continuation = " \\"
        guard CellWidth.of(line) > width else { return [line] }
        var lines: [String] = []
        var current = ""
        for piece in pieces(of: line) {
            let longer = current.isEmpty ? piece : current + " " + piece
            if current.hasSuffix("|") || CellWidth.of(longer) + continuation.utf8.count > width, !current.isEmpty {
                lines.append(current.hasSuffix("|") ? current : current + continuation)
                current = indent + piece
            } else {
                current = longer
            }
        }
        return lines + [current]
    }

    /// Returns the pieces of a line that are not broken: the words before the first option, each option with its value,
    /// and the end of a command with its pipe.
    private static func pieces(of line: String) -> [String] {
        var pieces: [String] = []
        for word in words(of: line) {
            if word.hasPrefix("-") && word != "-" || pieces.isEmpty || pieces.last?.hasSuffix("|") ?? false {
                pieces.append(word)
            } else {
                pieces[pieces.count - 1] += " " + word
            }
        }
        return pieces
    }

    /// Returns the words of a line, split at blanks outside quotes.
    private static func words(of line: String) -> [String] {
        var words: [String] = [""]
        var quote: Character?
        for character in line {
            if character == " ", quote == nil {
                words.append("")
                continue
            }
            if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
            }
            words[words.count - 1].append(character)
        }
        return words.filter { !$0.isEmpty }
    }
}

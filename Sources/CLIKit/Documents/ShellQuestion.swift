/// The shells that can complete a command line.
public enum Shell: String, Sendable, CaseIterable {
    case bash, zsh, fish
}

/// A question that a completion script asks the program: `PROGRAM __complete SHELL …`.
///
/// zsh and fish send the words after the program's name, the last one up to the cursor. bash breaks words at `=` and
/// `:`, so its script sends the text that bash is about to replace and the line up to the cursor, and this type splits
/// the line into words.
///
/// The answer consists of lines. The first is a directive: `words`, `open` (words that can be continued), `files` or
/// `folders`. Each further line is a word, a tab and its description; for bash, the text that replaces the typed one
/// takes the place of the word.
public struct ShellQuestion: Sendable {
    /// The words after the program's name, the last one as far as it was typed.
    public let words: [String]
    private let form: Form

    private enum Form {
        case described
        case bash(BashLine)
    }

    /// The hidden command that the scripts call.
    public static let commandName = "__complete"

    /// Reads the operands of the hidden command; `nil` if no script would have sent them.
    public init?(operands: [String]) {
        guard let name = operands.first, let shell = Shell(rawValue: name) else { return nil }
        switch shell {
        case .zsh, .fish:
            words = Array(operands.dropFirst())
            form = .described
        case .bash:
            guard operands.count == 3 else { return nil }
            let line = BashLine(operands[2], replacing: operands[1])
            words = Array(line.words.dropFirst())
            form = .bash(line)
        }
    }

    /// Returns the answer in the form that the script reads. Words with control characters are left out. Ends with a
    /// line break.
    public func lines(for answer: CompletionAnswer) -> String {
        switch answer {
        case .files: return "files\n"
        case .folders: return "folders\n"
        case .words(let words, let isOpen):
            let printable = words.filter(\.isPrintable)
            var lines = printable.compactMap(line)
            if isOpen, lines.count == 1, let more = printable.first.flatMap(unfinished) { lines.append(more) }
            return ([isOpen ? "open" : "words"] + lines).map { $0 + "\n" }.joined()
        }
    }

    /// Returns a second line for the only word of an answer that may go on within quotes: bash closes the quotes behind a
    /// word without an alternative. The two have the word as their common beginning.
    private func unfinished(_ word: CompletionWord) -> String? {
        guard case .bash(let line) = form, line.isInQuotes else { return nil }
        return line.replacement(for: word.word + " ").map { "\($0)\t\(word.description)" }
    }

    private func line(for word: CompletionWord) -> String? {
        switch form {
        case .described: "\(word.word)\t\(word.description)"
        case .bash(let line): line.replacement(for: word.word).map { "\($0)\t\(word.description)" }
        }
    }
}

/// The shells that can complete a command line.
public enum Shell: String, Sendable, CaseIterable {
    case bash, zsh, fish
}

/// What a completion script asks the program: `PROGRAM __complete SHELL …`.
///
/// zsh and fish send the words after the program's name, the last one up to the cursor. bash breaks words at `=` and
/// `:`, so it sends what it is about to replace and the line up to the cursor, and the words are found here.
///
/// The answer is lines: first a directive, `words`, `open` (words that more can follow), `files` or `folders`; then a word,
/// for bash what takes the place of the replaced text, a tab and its description.
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

    /// The answer as the script reads it. Words with control characters are left out. Ends with a line break.
    public func lines(for answer: CompletionAnswer) -> String {
        switch answer {
        case .files: return "files\n"
        case .folders: return "folders\n"
        case .words(let words, let isOpen):
            let lines = words.filter(\.isPrintable).compactMap(line)
            return ([isOpen ? "open" : "words"] + lines).map { $0 + "\n" }.joined()
        }
    }

    private func line(for word: CompletionWord) -> String? {
        switch form {
        case .described: "\(word.word)\t\(word.description)"
        case .bash(let line): line.replacement(for: word.word).map { "\($0)\t\(word.description)" }
        }
    }
}

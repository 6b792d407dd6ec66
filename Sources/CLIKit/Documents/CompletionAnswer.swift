/// The completions at the cursor of a command line.
public enum CompletionAnswer: Sendable, Equatable {
    /// These words. If they are open, more can follow in the same word, so that no blank is added after one.
    case words([CompletionWord], isOpen: Bool)
    /// Any file; the shell knows them best.
    case files
    /// Any folder.
    case folders

    /// With names of commands before the words; where files or folders are meant as well, the names alone.
    func adding(_ commands: [CompletionWord]) -> CompletionAnswer {
        switch self {
        case .words(let words, let isOpen): .words(commands + words, isOpen: isOpen)
        case .files, .folders: .words(commands, isOpen: false)
        }
    }
}

/// A word that can stand at the cursor.
public struct CompletionWord: Sendable, Equatable {
    /// The whole word, including the part already typed.
    public let word: String
    /// The meaning of the word, in the reader's language, with hidden characters made visible; may be empty.
    public let description: String

    /// Pairs a word with what it means.
    public init(_ word: String, _ description: String) {
        self.word = word
        self.description = Sanitizer.visible(description)
    }

    func led(by lead: String) -> CompletionWord {
        CompletionWord(lead + word, description)
    }

    /// Whether the word holds no character that would end the line of an answer, would reach a terminal unescaped, or
    /// would be invisible there. The shell writes the word as it is, so such characters cannot be escaped.
    public var isPrintable: Bool { Sanitizer.visible(word) == word }
}

/// Words that the program found for a value.
public struct FoundWords: Sendable {
    /// The words, each a whole value.
    public let words: [CompletionWord]
    /// Whether more can follow in the same value: `id,` in a list, `email:` before an address.
    public let isOpen: Bool

    /// Words that are whole unless said otherwise.
    public init(_ words: [CompletionWord], isOpen: Bool = false) {
        self.words = words
        self.isOpen = isOpen
    }
}

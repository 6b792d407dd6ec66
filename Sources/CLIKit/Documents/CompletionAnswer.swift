/// The completions at the cursor of a command line.
public enum CompletionAnswer: Sendable, Equatable {
    /// These words. If they are open, the same word may continue, so no blank is added after it.
    case words([CompletionWord], isOpen: Bool)
    /// Any file, as the shell completes them.
    case files
    /// Any folder.
    case folders

    /// Returns the answer with names of commands before its words. In place of files or folders, only the names are
    /// offered.
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

    /// Creates a word with its meaning.
    public init(_ word: String, _ description: String) {
        self.word = word
        self.description = Sanitizer.visible(description)
    }

    func led(by lead: String) -> CompletionWord {
        CompletionWord(lead + word, description)
    }

    /// Whether the word contains no character that would end the line of an answer, steer a terminal, or be invisible
    /// there. The shell inserts the word as it is, so such characters cannot be escaped.
    public var isPrintable: Bool { Sanitizer.visible(word) == word }
}

/// The words that the program found for a value.
public struct FoundWords: Sendable {
    /// The words, each a whole value.
    public let words: [CompletionWord]
    /// Whether the same value may continue: `id,` in a list, `email:` before an address.
    public let isOpen: Bool

    /// Creates an answer from words, which are complete unless `isOpen` is true.
    public init(_ words: [CompletionWord], isOpen: Bool = false) {
        self.words = words
        self.isOpen = isOpen
    }
}

import Localization

/// An argument of a command that is not an option: `REF…`, `FILE`.
public struct Operand: Sendable {
    /// The name of the operand in documents, in capitals: `REF`.
    public let name: Text
    /// The number of words that the operand takes.
    public let arity: Arity
    /// A description of the operand, in a phrase without a full stop.
    public let summary: Text
    /// The completions of each word of the operand.
    public let completion: Completion
    /// Names of options that users may type instead of the operand, separated by blanks. An error then shows how the
    /// operand is written.
    public private(set) var synonyms = ""
    /// Whether a word of the operand may begin with a hyphen, unlike an option. An error then shows how it is written.
    public private(set) var mayBeginWithHyphen = false

    /// The numbers of words that an operand can take.
    public enum Arity: Sendable {
        /// Exactly one.
        case one
        /// One or none.
        case optional
        /// One or more.
        case oneOrMore
        /// Any number.
        case any

        var isRequired: Bool { self == .one || self == .oneOrMore }
        var isUnlimited: Bool { self == .oneOrMore || self == .any }
    }

    /// Creates an operand.
    public init(_ name: Text, _ arity: Arity = .one, summary: Text, completion: Completion = .none) {
        self.name = name
        self.arity = arity
        self.summary = summary
        self.completion = completion
    }

    /// A copy of the operand whose words may begin with a hyphen.
    public var beginningWithHyphen: Operand {
        var copy = self
        copy.mayBeginWithHyphen = true
        return copy
    }

    /// Returns a copy of the operand with synonyms: names of options, separated by blanks, that users may type instead
    /// of it.
    public func synonyms(_ synonyms: String) -> Operand {
        var copy = self
        copy.synonyms = synonyms
        return copy
    }
}

/// The completions that a shell can offer for a value.
public enum Completion: Sendable {
    /// No completions: the values cannot be known.
    case none
    /// Names of files.
    case files
    /// Names of folders.
    case folders
    /// A fixed set of words, each with its meaning.
    case words([(word: String, summary: Text)])
    /// Words, each with its meaning, that take long to make and are made when they are asked for.
    case lateWords(@Sendable () -> [(word: String, summary: Text)])
    /// Values that only the program can find at run time, identified by a tag such as `reference:organization`.
    case dynamic(String)

    /// The words, if they are known without a database.
    var words: [(word: String, summary: Text)]? {
        switch self {
        case .words(let words): words
        case .lateWords(let words): words()
        case .none, .files, .folders, .dynamic: nil
        }
    }

    /// Whether the value is the name of a file or a folder.
    var isPath: Bool {
        switch self {
        case .files, .folders: true
        case .none, .words, .lateWords, .dynamic: false
        }
    }
}

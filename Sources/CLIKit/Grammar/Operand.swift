import Localization

/// What a command takes besides options: `REF…`, `FILE`.
public struct Operand: Sendable {
    /// What the documents call it, in capitals: `REF`.
    public let name: Text
    /// How many words it takes.
    public let arity: Arity
    /// What it is, in a phrase without a full stop.
    public let summary: Text
    /// What a word of it can be completed to.
    public let completion: Completion
    /// Other words that people write for it as if it were an option, with blanks between them: an error says how it is
    /// written.
    public private(set) var synonyms = ""

    /// How many words an operand takes.
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

    /// Describes an operand.
    public init(_ name: Text, _ arity: Arity = .one, summary: Text, completion: Completion = .none) {
        self.name = name
        self.arity = arity
        self.summary = summary
        self.completion = completion
    }

    /// The same operand, with words that people write for it as if it were an option, blanks between them.
    public func synonyms(_ synonyms: String) -> Operand {
        var copy = self
        copy.synonyms = synonyms
        return copy
    }
}

/// What a shell can complete a value to.
public enum Completion: Sendable {
    /// Nothing that can be known.
    case none
    /// Names of files.
    case files
    /// Names of folders.
    case folders
    /// A fixed set of words, each with what it means.
    case words([(word: String, summary: Text)])
    /// What only the program can find when it runs, called by a tag of its own: `reference:organization`.
    case dynamic(String)

    /// Whether it is the name of a file or a folder.
    var isPath: Bool {
        switch self {
        case .files, .folders: true
        case .none, .words, .dynamic: false
        }
    }
}

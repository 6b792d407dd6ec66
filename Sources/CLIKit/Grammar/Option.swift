import Localization

/// An option of a command: `--limit N`, `-q`, `--[no-]active`.
///
/// This is its description for parser and documents. It is declared as a ``Flag``, ``Switch``, ``ValueOption`` or
/// ``ListOption``, which also read its value.
public struct Option: Sendable {
    /// Its name without the leading `--`, in ASCII. Matched with `_` and `-` taken as the same, never abbreviated.
    public let long: String
    /// The option's one-letter name, in ASCII, if there is one.
    public let short: Character?
    /// What it takes.
    public let kind: Kind
    /// Whether each occurrence adds a value. Otherwise all have to give the same one.
    public let isRepeatable: Bool
    /// Whether the documents mark it as required. The parser does not enforce it: a form may ask for what is missing.
    public var isRequired = false
    /// Whether the commands below the one that declares it take it too, before or after their names.
    public let isInherited: Bool
    /// What it does, in a phrase without a full stop.
    public var summary: Text
    /// All there is to know about it, for the manual: when to use it, what it does in the cases that matter.
    public var discussion: Text
    /// The heading it is documented under; `nil` for the plain list of options.
    public var group: Text?
    /// What its value can be completed to.
    public var completion: Completion
    /// Other words that people write for the option's name, separated by blanks. They do not call it, but an error
    /// suggests the option.
    public var synonyms = ""
    /// Further such words, made only where an error asks for them.
    public var lateSynonyms: (@Sendable () -> [String])?

    /// What an option takes.
    public enum Kind: Sendable, Equatable {
        /// Nothing: it is given or it is not.
        case flag
        /// Nothing or a truth value: `--active`, `--no-active`, `--active=false`.
        case boolean
        /// A value, called so in the documents: `--limit N`, `--limit=N`.
        case value(Text)
    }

    init(
        _ long: String,
        short: Character?,
        _ kind: Kind,
        isRepeatable: Bool = false,
        isInherited: Bool = true,
        summary: Text,
        discussion: Text,
        group: Text?,
        completion: Completion = .none
    ) {
        self.long = long
        self.short = short
        self.kind = kind
        self.isRepeatable = isRepeatable
        self.isInherited = isInherited
        self.summary = summary
        self.discussion = discussion
        self.group = group
        self.completion = completion
    }

    var isHelp: Bool { long == Flag.helpName }
}

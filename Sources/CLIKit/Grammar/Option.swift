import Localization

/// An option of a command: `--limit N`, `-q`, `--[no-]active`.
///
/// This is its description for parser and documents. It is declared as a ``Flag``, ``Switch``, ``ValueOption`` or
/// ``ListOption``, which also read its value.
public struct Option: Sendable {
    /// The name of the option without the leading `--`, in ASCII. In matching, `_` and `-` are the same; abbreviations
    /// do not match.
    public let long: String
    /// The option's one-letter name, in ASCII, if there is one.
    public let short: Character?
    /// The kind of value that the option takes.
    public let kind: Kind
    /// Whether each occurrence adds a value. Otherwise all have to give the same one.
    public let isRepeatable: Bool
    /// Whether the documents mark it as required. The parser does not enforce it: a form may ask for what is missing.
    public var isRequired = false
    /// Whether the commands below the one that declares it take it too, before or after their names.
    public let isInherited: Bool
    /// The effect of the option, in a phrase without a full stop.
    public var summary: Text
    /// The full description of the option for the manual: when to use it, and its effect in the cases that matter.
    public var discussion: Text
    /// The heading it is documented under; `nil` for the plain list of options.
    public var group: Text?
    /// The completions of the option's value.
    public var completion: Completion
    /// Other words that people write for the option's name, separated by blanks. They do not call it, but an error
    /// suggests the option.
    public var synonyms = ""
    /// Returns further synonyms of the option's name. It is only called when an error message asks for them.
    public var lateSynonyms: (@Sendable () -> [String])?

    /// The kinds of value that an option can take.
    public enum Kind: Sendable, Equatable {
        /// No value: the option is given or not.
        case flag
        /// No value or a truth value: `--active`, `--no-active`, `--active=false`.
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

import Localization

/// An option of a command: `--limit N`, `-q`, `--[no-]active`.
///
/// This is its description for the parser and documents. A program declares it as a ``Flag``, ``Switch``,
/// ``ValueOption`` or ``ListOption``, which also reads its value.
public struct Option: Sendable {
    /// The name of the option without the leading `--`, in ASCII. In matching, `_` and `-` are the same; abbreviations
    /// do not match.
    public let long: String
    /// The one-letter name of the option, in ASCII; `nil` if it has none.
    public let short: Character?
    /// The kind of value that the option takes.
    public let kind: Kind
    /// Whether each occurrence adds a value. Otherwise all occurrences must give the same value.
    public let isRepeatable: Bool
    /// Whether documents mark it as required. The parser does not enforce this: a form may ask for the value.
    public var isRequired = false
    /// Whether the commands below the declaring one also take it, before or after their names.
    public let isInherited: Bool
    /// The effect of the option, in a phrase without a full stop.
    public var summary: Text
    /// The full description of the option for the manual: when to use it, and its effect in the cases that matter.
    public var discussion: Text
    /// The heading under which it is documented; `nil` for the plain list of options.
    public var group: Text?
    /// The completions of the option's value.
    public var completion: Completion
    /// Other words that users may type for the option's name, separated by blanks. They do not call it, but an error
    /// suggests it.
    public var synonyms = ""
    /// Returns further synonyms of the option's name. It is called only for an error message.
    public var lateSynonyms: (@Sendable () -> [String])?

    /// The kinds of value that an option can take.
    public enum Kind: Sendable, Equatable {
        /// No value: the option is given or not.
        case flag
        /// No value or a truth value: `--active`, `--no-active`, `--active=false`.
        case boolean
        /// A value with its name in documents: `--limit N`, `--limit=N`.
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

import Localization

/// An option of a command: `--limit N`, `-q`, `--[no-]active`.
public struct Option: Sendable {
    /// Its name without the leading `--`, in ASCII. Matched with `_` and `-` taken as the same, never abbreviated.
    public let long: String
    /// Its one-letter name, in ASCII, if it has one.
    public let short: Character?
    /// What it takes.
    public let kind: Kind
    /// Whether each occurrence adds a value. Otherwise the last one counts.
    public let isRepeatable: Bool
    /// Whether the documents mark it as required. The parser does not enforce it: a form may ask for what is missing.
    public let isRequired: Bool
    /// Whether the commands below the one that declares it take it too, before or after their names.
    public let isInherited: Bool
    /// What it does, in a phrase without a full stop.
    public let summary: Text
    /// The heading it is documented under; `nil` for the plain list of options.
    public let group: Text?
    /// What its value can be completed to.
    public let completion: Completion

    /// What an option takes.
    public enum Kind: Sendable, Equatable {
        /// Nothing: it is given or it is not.
        case flag
        /// Nothing or a truth value: `--active`, `--no-active`, `--active=false`.
        case boolean
        /// A value, called so in the documents: `--limit N`, `--limit=N`.
        case value(String)
    }

    /// Describes an option. A plain flag needs only its name and summary.
    public init(
        _ long: String,
        short: Character? = nil,
        _ kind: Kind = .flag,
        isRepeatable: Bool = false,
        isRequired: Bool = false,
        isInherited: Bool = true,
        summary: Text,
        group: Text? = nil,
        completion: Completion = .none
    ) {
        self.long = long
        self.short = short
        self.kind = kind
        self.isRepeatable = isRepeatable
        self.isRequired = isRequired
        self.isInherited = isInherited
        self.summary = summary
        self.group = group
        self.completion = completion
    }

    /// `-h`, `--help`: the one option the parser itself knows, since it wins over whatever else is wrong on the line.
    public static func help(group: Text? = nil) -> Option {
        Option(
            helpName,
            short: "h",
            summary: Text(en: "Print help and exit", es: "Mostrar la ayuda y salir"),
            group: group
        )
    }

    var isHelp: Bool { long == Option.helpName }

    private static let helpName = "help"
}

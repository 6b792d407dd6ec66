import Localization

/// A command line to copy, with its explanation.
public struct Example: Sendable {
    /// The line as it is typed, with ``ProgramName/placeholder`` for the program's name.
    public let line: Text
    /// The effect of the example, in a phrase without a full stop.
    public let explanation: Text

    /// Creates an example from a line that is the same in both languages.
    public init(_ line: String, _ explanation: Text) {
        self.init(Text(line), explanation)
    }

    /// Creates an example from a line that differs between the languages.
    public init(_ line: Text, _ explanation: Text) {
        self.line = line
        self.explanation = explanation
    }
}

/// A chapter of a command's manual that adds to the description of its options.
public struct Section: Sendable {
    /// The heading, in capitals as man pages have it: `EXIT STATUS`.
    public let title: Text
    /// The section's contents, in order.
    public let body: [Block]

    /// A piece of a chapter.
    public enum Block: Sendable {
        /// A paragraph without line breaks, which is filled.
        case paragraph(Text)
        /// Terms, each with its meaning.
        case definitions([(term: String, meaning: Text)])
        /// Terms that differ between the languages, each with its meaning.
        case terms([(term: Text, meaning: Text)])
        /// Options of several subcommands. Manual pages describe them here once, and not with each command.
        case options([Option])
        /// Literal lines.
        case code(Text)
        /// Command lines, each with its explanation.
        case examples([Example])
    }

    /// Creates a chapter.
    public init(title: Text, _ body: [Block]) {
        self.title = title
        self.body = body
    }
}

import Localization

/// A command line to copy, with what it does.
public struct Example: Sendable {
    /// The line as it is typed, with ``ProgramName/placeholder`` for the program's name.
    public let line: Text
    /// The effect of the example, in a phrase without a full stop.
    public let explanation: Text

    /// Pairs a line with its explanation.
    public init(_ line: String, _ explanation: Text) {
        self.init(Text(line), explanation)
    }

    /// Pairs a line that has words of a language in it with its explanation.
    public init(_ line: Text, _ explanation: Text) {
        self.line = line
        self.explanation = explanation
    }
}

/// A chapter of a command's manual beyond what its grammar says.
public struct Section: Sendable {
    /// The heading, in capitals as man pages have it: `EXIT STATUS`.
    public let title: Text
    /// The section's contents, in order.
    public let body: [Block]

    /// A piece of a chapter.
    public enum Block: Sendable {
        /// Words to be filled; no line breaks.
        case paragraph(Text)
        /// Terms, each with its meaning.
        case definitions([(term: String, meaning: Text)])
        /// Terms that contain words of a language, each with its meaning.
        case terms([(term: Text, meaning: Text)])
        /// Options that several commands below take: manual pages describe them here, once, and not with each command.
        case options([Option])
        /// Lines to be kept as they are.
        case code(Text)
        /// Command lines, each with what it does.
        case examples([Example])
    }

    /// Describes a chapter.
    public init(title: Text, _ body: [Block]) {
        self.title = title
        self.body = body
    }
}

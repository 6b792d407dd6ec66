import CLIKit
import Localization

/// A command of this program, which runs with the session of a command line.
typealias Command = CLIKit.Command<Session>
/// The entry of a command in its parent command.
typealias Subcommand = CLIKit.Subcommand<Session>
/// A command with the commands above it.
typealias CommandPath = CLIKit.CommandPath<Session>
/// A parsed command line.
typealias Invocation = CLIKit.Invocation<Session>

extension Subcommand {
    /// Creates an entry for a command without subcommands.
    ///
    /// - Parameter hasIDs: whether it can print ids alone; a list of what has none cannot.
    init(
        _ name: String,
        _ summary: Text,
        _ discussion: Text,
        operands: [Operand] = [],
        options: [any OptionDeclaration] = [],
        mendsConfiguration: Bool = false,
        hasIDs: Bool = true,
        synonyms: @autoclosure @escaping @Sendable () -> [String] = [],
        run: @escaping @Sendable (Session) throws -> Void
    ) {
        self.init(name, summary: summary) {
            let command = Command(
                name,
                summary: summary,
                discussion: [discussion],
                operands: operands,
                options: options,
                synonyms: synonyms(),
                mendsConfiguration: mendsConfiguration,
                run: run
            )
            return hasIDs ? command : command.withoutIDs
        }
    }
}

extension Command {
    /// The command as one whose rows have no ids, which `--format id` would print.
    var withoutIDs: Command { adapting(GlobalOptions.format(among: OutputFormat.namesOfFigures)) }
}

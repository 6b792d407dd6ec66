import CLIKit

/// A command of this program: what it runs is handed the session of a command line.
typealias Command = CLIKit.Command<Session>
/// The entry of a command in the one above it.
typealias Subcommand = CLIKit.Subcommand<Session>
/// A command with the ones it was reached through.
typealias CommandPath = CLIKit.CommandPath<Session>
/// A command line that was read.
typealias Invocation = CLIKit.Invocation<Session>

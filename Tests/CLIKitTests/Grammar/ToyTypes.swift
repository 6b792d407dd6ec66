import CLIKit

/// The toy does nothing: its verbs are handed nothing.
typealias Command = CLIKit.Command<Void>
typealias Subcommand = CLIKit.Subcommand<Void>
typealias CommandPath = CLIKit.CommandPath<Void>
typealias Invocation = CLIKit.Invocation<Void>

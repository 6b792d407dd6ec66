import CLIKit
import CRMKit
import Localization

/// A verb that any module can have. Each has its own file, with its grammar, its options and its code.
protocol Verb: Sendable {
    /// The word on the command line: `list`.
    static var name: String { get }
    /// The effect on a module's records, in a phrase.
    static func summary(of module: Module) -> Text
    /// Returns whether documents list it for a module. If not, the verb still explains what to use instead.
    static func isListed(for module: Module) -> Bool
    /// Returns the command with the code to run.
    static func command(for module: Module, in registry: Registry) -> Command
}

extension Verb {
    static func isListed(for module: Module) -> Bool { true }

    /// Returns the entry of the command.
    ///
    /// - Parameter finish: adds to the command what all verbs have.
    static func entry(
        for module: Module,
        in registry: Registry,
        finishing finish: @escaping @Sendable (Command) -> Command
    ) -> Subcommand {
        Subcommand(name, summary: summary(of: module), isHidden: !isListed(for: module)) {
            finish(command(for: module, in: registry))
        }
    }
}

/// A command of the program that belongs to no module.
protocol ProgramCommand: Sendable {
    /// The word on the command line: `undo`.
    static var name: String { get }
    /// The command's effect, in a phrase.
    static var summary: Text { get }
    /// Whether documents leave it out.
    static var isHidden: Bool { get }
    /// Returns the command with the code to run.
    static func command(in registry: Registry) -> Command
}

extension ProgramCommand {
    static var isHidden: Bool { false }

    /// Returns the entry of the command under a heading.
    static func entry(in registry: Registry, group: Text) -> Subcommand {
        Subcommand(name, summary: summary, group: group, isHidden: isHidden) { command(in: registry) }
    }
}

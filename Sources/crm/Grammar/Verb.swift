import CLIKit
import CRMKit
import Localization

/// A verb that every module can have. There is one file for each, with its grammar, its options and the code that runs.
protocol Verb: Sendable {
    /// The word on the command line: `list`.
    static var name: String { get }
    /// The effect on a module's records, in a phrase.
    static func summary(of module: Module) -> Text
    /// Whether documents list it for a module; where they do not, it still says what to do instead.
    static func isListed(for module: Module) -> Bool
    /// Returns the command, with the code that runs.
    static func command(for module: Module, in registry: Registry) -> Command
}

extension Verb {
    static func isListed(for module: Module) -> Bool { true }

    /// Announces the command.
    static func entry(for module: Module, in registry: Registry) -> Subcommand {
        Subcommand(name, summary: summary(of: module), isHidden: !isListed(for: module)) {
            command(for: module, in: registry)
        }
    }
}

/// A command of the program other than those of the modules.
protocol ProgramCommand: Sendable {
    /// The word: `undo`.
    static var name: String { get }
    /// The command's effect, in a phrase.
    static var summary: Text { get }
    /// Whether documents leave it out.
    static var isHidden: Bool { get }
    /// Returns the command, with the code that runs.
    static func command(in registry: Registry) -> Command
}

extension ProgramCommand {
    static var isHidden: Bool { false }

    /// Announces the command under a heading.
    static func entry(in registry: Registry, group: Text) -> Subcommand {
        Subcommand(name, summary: summary, group: group, isHidden: isHidden) { command(in: registry) }
    }
}

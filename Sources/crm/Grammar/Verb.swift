import CLIKit
import CRMKit
import Localization

/// What every module can do: one definition gives the grammar of the verb and what it does.
struct Verb: Sendable {
    /// The word: `list`.
    let name: String
    /// What it does to a module's records, in a phrase.
    let summary: @Sendable (Module) -> Text
    /// Its grammar for a module.
    let command: @Sendable (Module, Registry) -> Command
    /// Does it.
    let run: @Sendable (Session, Module) throws -> Void
    /// Whether documents list it for a module; where they do not, it still says what to do instead.
    let isListed: @Sendable (Module) -> Bool

    init(
        _ name: String,
        summary: @escaping @Sendable (Module) -> Text,
        isListed: @escaping @Sendable (Module) -> Bool = { _ in true },
        command: @escaping @Sendable (Module, Registry) -> Command,
        run: @escaping @Sendable (Session, Module) throws -> Void
    ) {
        self.name = name
        self.summary = summary
        self.isListed = isListed
        self.command = command
        self.run = run
    }

    /// Every verb, in the order help shows them.
    static var all: [Verb] {
        [.list, .show, .add, .edit, .delete, .link, .unlink, .links, .importing, .exporting]
    }
}

/// What the program does beside the modules.
struct ProgramCommand: Sendable {
    let name: String
    let summary: Text
    let command: @Sendable (Registry) -> Command
    let run: @Sendable (Session) throws -> Void
    /// Whether a line of a batch may call it.
    let standsInBatch: Bool

    init(
        name: String,
        summary: Text,
        standsInBatch: Bool = true,
        command: @escaping @Sendable (Registry) -> Command,
        run: @escaping @Sendable (Session) throws -> Void
    ) {
        self.name = name
        self.summary = summary
        self.standsInBatch = standsInBatch
        self.command = command
        self.run = run
    }

    /// Every such command, in the order help shows them.
    static var all: [ProgramCommand] {
        [.initialize, .batch, .apply, .export, .config, .schema, .log, .undo, .backup, .check, .help, .generate]
    }
}

import CLIKit
import CRMKit
import Localization

/// What a verb needs to do its work: the command line as it was read, the streams, the database when it is asked for.
final class Session {
    /// What the program was called by.
    let program: String
    /// The whole grammar.
    let root: Command
    /// Makes the grammar of other modules.
    let grammar: @Sendable (Registry) -> Command
    /// The command line.
    let invocation: Invocation
    /// The environment.
    let environment: Environment
    /// The modules as the database has them.
    let modules: FileRegistry
    /// The database, where it was looked into for the modules.
    let opened: OpenedFile?
    /// What the user reads.
    let language: Language
    /// Why the user's configuration could not be asked for the language.
    let configurationProblem: CRMError?
    /// What of the user's configuration counts for nothing, to be told once.
    let configurationRemarks: [Text]
    /// The words of the command line, for history.
    let words: [String]
    /// The line of a batch that the command is; `nil` for one that is a process.
    let line: BatchLine?
    /// What waits with Ctrl-C until the work is taken back, or done.
    let interruption: Interruption
    /// The database, once it was opened.
    weak var store: Store?
    /// The present, once it was asked for.
    var fixedClock: Clock?

    init(
        program: String,
        root: Command,
        grammar: @escaping @Sendable (Registry) -> Command,
        invocation: Invocation,
        words: [String],
        environment: Environment,
        modules: FileRegistry,
        opened: OpenedFile? = nil,
        language: Language,
        configurationProblem: CRMError? = nil,
        configurationRemarks: [Text] = [],
        interruption: Interruption = Interruption(),
        line: BatchLine? = nil
    ) {
        self.interruption = interruption
        self.program = program
        self.root = root
        self.grammar = grammar
        self.invocation = invocation
        self.words = words
        self.environment = environment
        self.modules = modules
        self.opened = opened
        self.language = language
        self.configurationProblem = configurationProblem
        self.configurationRemarks = configurationRemarks
        self.line = line
    }

    /// The modules.
    var registry: Registry { modules.registry }

    /// Returns a session with the present modules of an open database; `nil` when they are those of this session.
    func following(_ store: Store) -> Session? {
        let modules = store.modules
        guard modules != self.modules else { return nil }
        return Session(
            program: program,
            root: grammar(modules.registry),
            grammar: grammar,
            invocation: invocation,
            words: words,
            environment: environment,
            modules: modules,
            language: language,
            configurationProblem: configurationProblem,
            interruption: interruption,
            line: line
        )
    }

    /// Returns the session for a line of the batch that this session runs.
    ///
    /// - Throws: ``UsageError`` for a language that the line names and the program does not speak.
    func session(for line: BatchLine, _ invocation: Invocation, words: [String]) throws(UsageError) -> Session {
        Session(
            program: program,
            root: root,
            grammar: grammar,
            invocation: invocation,
            words: words,
            environment: environment,
            modules: modules,
            language: try invocation[GlobalOptions.language] ?? language,
            interruption: interruption,
            line: line
        )
    }
}

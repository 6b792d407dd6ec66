import CLIKit
import CRMKit
import Localization

/// The context in which a verb runs: the parsed command line, the streams, and the database when needed.
final class Session {
    /// The name by which the program was called.
    let program: String
    /// The whole grammar.
    let root: Command
    /// Returns the grammar for other modules.
    let grammar: @Sendable (Registry) -> Command
    /// The command line.
    let invocation: Invocation
    /// The environment.
    let environment: Environment
    /// The modules as defined in the database.
    let modules: FileRegistry
    /// The database, if it was already opened to read the modules.
    let opened: OpenedFile?
    /// The language of the output.
    let language: Language
    /// The words of the command line, for the history.
    let words: [String]
    /// The line of a batch that is this command; `nil` outside a batch.
    let line: BatchLine?
    /// Delays Ctrl-C until the work is rolled back or done.
    let interruption: Interruption
    /// What this run of the command line shares with an earlier one.
    let repetition: Repetition
    /// The database, once it is open.
    weak var store: Store?
    /// The newest change set that the command has committed, known also once the database is closed.
    var savedChangeSet: Int64?
    /// Whether an error of the command already says what is saved.
    var isSaveTold = false
    /// What the user is to be told of the database that the command has made, until it is told.
    var madeNote: Text?
    /// What is done after the database is closed; `nil` if that is not at the end of this command.
    var ending: Ending?
    /// The clock of the command, once it was requested.
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
        interruption: Interruption = Interruption(),
        repetition: Repetition = Repetition(),
        line: BatchLine? = nil
    ) {
        self.interruption = interruption
        self.repetition = repetition
        self.program = program
        self.root = root
        self.grammar = grammar
        self.invocation = invocation
        self.words = words
        self.environment = environment
        self.modules = modules
        self.opened = opened
        self.language = language
        self.line = line
    }

    /// The modules.
    var registry: Registry { modules.registry }

    /// Returns a session with the present modules of an open database; `nil` if they are the same as those of this
    /// session.
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
            interruption: interruption,
            repetition: repetition,
            line: line
        )
    }

    /// Returns the session for a line of the batch that this session runs.
    ///
    /// - Parameter repetition: what the runs of the line share.
    /// - Throws: ``UsageError`` if the line requests a language that the program does not speak.
    func session(
        for line: BatchLine,
        _ invocation: Invocation,
        words: [String],
        repetition: Repetition
    ) throws(UsageError) -> Session {
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
            repetition: repetition,
            line: line
        )
    }
}

import Localization

/// A command of the grammar: the program itself, a group of commands, or a verb that does something.
///
/// Parser, help, man page and completions all read this value, so they cannot disagree. It also contains the code to
/// run, so no second look-up by name is needed. The name of the root command is the name by which the program was
/// called; messages and documents use it.
///
/// `Context` is the value passed to a verb when it runs; the grammar knows nothing about it.
public struct Command<Context>: Sendable {
    /// The word on the command line: `list`. In matching, `_` and `-` are the same.
    public let name: String
    /// The purpose of the command, in a phrase without a full stop: `List contacts`.
    public let summary: Text
    /// The paragraphs of the manual. They contain no line breaks, since documents fill the lines.
    public let discussion: [Text]
    /// The operands, in order.
    public let operands: [Operand]
    /// The options that the command declares. Options inherited from the commands above it are not among them.
    public let options: [Option]
    /// Commands to read about next, as the words after the program's name: `contact link`.
    public let seeAlso: [String]
    /// The placeholder in documents for the word that chooses a subcommand: `COMMAND`.
    public let selector: Text
    /// The commands below it, each built on first use.
    public let subcommands: [Subcommand<Context>]
    /// Runs the command; `nil` for a bare group of commands, which prints its short help.
    public let run: (@Sendable (Context) throws -> Void)?
    /// Options of the commands above this one as it takes them, with other completions. They are read by the
    /// declarations of those commands.
    private(set) var adaptedOptions: [Option] = []
    private let makeExamples: @Sendable () -> [Example]
    private let makeSections: @Sendable () -> [Section]
    private let makeSynonyms: @Sendable () -> [String]
    private let makeKin: @Sendable () -> [String]
    /// Returns words typed for a subcommand with some of its options, each with the correct line, by the word after them;
    /// `nil` if there is none. They serve only error messages.
    public var phrases: @Sendable (_ next: String?) -> [(words: [String], line: String)] = { _ in [] }
    /// Returns the words that users may type for verbs and options of any command of the program. Only that of the root
    /// command is asked, for an error message.
    public var vocabulary: @Sendable () -> Vocabulary = { Vocabulary() }
    /// Returns what to write instead of a word that the command does not take; nothing if it does not know. It serves
    /// only error messages.
    public var remedies: @Sendable (StrayWord) -> [String] = { _ in [] }
    /// Whether the command runs even if the user's configuration is broken, so that it can repair it.
    public let mendsConfiguration: Bool

    /// Creates a verb.
    ///
    /// - Parameters:
    ///   - subcommands: the commands that are called instead if the first operand is their name.
    ///   - synonyms: other words that users may type for the command.
    ///   - run: runs the command.
    public init(
        _ name: String,
        summary: Text,
        discussion: [Text],
        operands: [Operand] = [],
        options: [any OptionDeclaration] = [],
        examples: @autoclosure @escaping @Sendable () -> [Example] = [],
        sections: @autoclosure @escaping @Sendable () -> [Section] = [],
        seeAlso: [String] = [],
        selector: Text = Text(en: "COMMAND", es: "COMANDO"),
        subcommands: [Subcommand<Context>] = [],
        synonyms: @autoclosure @escaping @Sendable () -> [String] = [],
        mendsConfiguration: Bool = false,
        run: @escaping @Sendable (Context) throws -> Void
    ) {
        self.init(
            name,
            summary: summary,
            discussion: discussion,
            operands: operands,
            options: options.map { $0.option },
            examples: examples,
            sections: sections,
            seeAlso: seeAlso,
            selector: selector,
            subcommands: subcommands,
            synonyms: synonyms,
            kin: { [] },
            mendsConfiguration: mendsConfiguration,
            running: run
        )
    }

    /// Creates a group of commands, or the program.
    public init(
        _ name: String,
        summary: Text,
        discussion: [Text],
        options: [any OptionDeclaration] = [],
        examples: @autoclosure @escaping @Sendable () -> [Example] = [],
        sections: @autoclosure @escaping @Sendable () -> [Section] = [],
        seeAlso: [String] = [],
        selector: Text = Text(en: "COMMAND", es: "COMANDO"),
        subcommands: [Subcommand<Context>],
        synonyms: @autoclosure @escaping @Sendable () -> [String] = [],
        kin: @autoclosure @escaping @Sendable () -> [String] = []
    ) {
        self.init(
            name,
            summary: summary,
            discussion: discussion,
            operands: [],
            options: options.map { $0.option },
            examples: examples,
            sections: sections,
            seeAlso: seeAlso,
            selector: selector,
            subcommands: subcommands,
            synonyms: synonyms,
            kin: kin,
            mendsConfiguration: false,
            running: nil
        )
    }

    private init(
        _ name: String,
        summary: Text,
        discussion: [Text],
        operands: [Operand],
        options: [Option],
        examples: @escaping @Sendable () -> [Example],
        sections: @escaping @Sendable () -> [Section],
        seeAlso: [String],
        selector: Text,
        subcommands: [Subcommand<Context>],
        synonyms: @escaping @Sendable () -> [String],
        kin: @escaping @Sendable () -> [String],
        mendsConfiguration: Bool,
        running run: (@Sendable (Context) throws -> Void)?
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.operands = operands
        self.options = options
        makeExamples = examples
        makeSections = sections
        makeSynonyms = synonyms
        makeKin = kin
        self.seeAlso = seeAlso
        self.selector = selector
        self.subcommands = subcommands
        self.run = run
        self.mendsConfiguration = mendsConfiguration
    }

    /// The examples, created for documents only.
    public var examples: [Example] { makeExamples() }

    /// Further chapters of the command's manual: `EXIT STATUS`, `ENVIRONMENT`, `FILES`, the grammar of a filter. They
    /// are created for documents only.
    public var sections: [Section] { makeSections() }

    /// Other words that users may type for the command, in either language. They do not call it, but an error suggests
    /// it.
    public var synonyms: [String] { makeSynonyms() }

    /// Words for related things that do not exist; an error suggests the command for them.
    public var kin: [String] { makeKin() }

    /// Returns the subcommand whose name or alias is `word`; `nil` if there is none.
    public func subcommand(named word: String) -> Subcommand<Context>? {
        // By index: generic code would look up at every start how an array of these is iterated.
        for index in subcommands.indices where subcommands[index].isCalled(word) { return subcommands[index] }
        return nil
    }

    /// Returns a copy of the command with another name, for documents of an installation that names the program
    /// differently.
    public func renamed(_ name: String) -> Command {
        replacing(name: name, subcommands: subcommands, run: run)
    }

    /// Returns a copy of the command that takes an option of a command above it with other values, which the option's
    /// completions tell.
    public func adapting(_ option: any OptionDeclaration) -> Command {
        var copy = self
        copy.adaptedOptions.append(option.option)
        return copy
    }

    /// Whether the command takes an option of a command above it with other values.
    func adapts(_ option: Option) -> Bool { adaptedOptions.contains { $0.long == option.long } }

    /// Returns a copy of the command with other subcommands.
    func replacing(_ subcommands: [Subcommand<Context>]) -> Command {
        replacing(name: name, subcommands: subcommands, run: run)
    }

    /// A copy of the command without the code to run, for documents.
    var described: Command<Never> {
        replacing(name: name, subcommands: subcommands.map(\.described), run: nil)
    }

    private func replacing<Other>(
        name: String,
        subcommands: [Subcommand<Other>],
        run: (@Sendable (Other) throws -> Void)?
    ) -> Command<Other> {
        var copy = Command<Other>(
            name,
            summary: summary,
            discussion: discussion,
            operands: operands,
            options: options,
            examples: makeExamples,
            sections: makeSections,
            seeAlso: seeAlso,
            selector: selector,
            subcommands: subcommands,
            synonyms: makeSynonyms,
            kin: makeKin,
            mendsConfiguration: mendsConfiguration,
            running: run
        )
        copy.adaptedOptions = adaptedOptions
        copy.phrases = phrases
        copy.vocabulary = vocabulary
        copy.remedies = remedies
        return copy
    }
}

/// The entry of a subcommand in its command: enough to list, match and suggest the subcommand without building it.
public struct Subcommand<Context>: Sendable {
    /// The word that calls the subcommand, and the name of the command that is built for it.
    public let name: String
    /// Other words that call the command. They are documented, but neither suggested nor completed.
    public let aliases: [String]
    /// The heading in the list of commands; `nil` for the plain list.
    public let group: Text?
    /// Whether help, man pages, completions and suggestions leave it out, as for internal commands.
    public let isHidden: Bool
    private let describe: @Sendable () -> Text
    private let make: @Sendable () -> Command<Context>

    /// Creates an entry for a command that `make` builds on demand, so that the program starts faster.
    public init(
        _ name: String,
        aliases: [String] = [],
        summary: @autoclosure @escaping @Sendable () -> Text,
        group: Text? = nil,
        isHidden: Bool = false,
        make: @escaping @Sendable () -> Command<Context>
    ) {
        self.name = name
        self.aliases = aliases
        describe = summary
        self.group = group
        self.isHidden = isHidden
        self.make = make
    }

    /// The purpose of the subcommand, in a phrase without a full stop.
    public var summary: Text { describe() }

    /// Builds the command.
    public func command() -> Command<Context> { make() }

    /// Returns a copy of the entry that holds the command already built.
    func built(as command: Command<Context>) -> Subcommand { making { command } }

    /// A copy of the entry without the code to run, for documents.
    var described: Subcommand<Never> { making { [make] in make().described } }

    private func making<Other>(_ make: @escaping @Sendable () -> Command<Other>) -> Subcommand<Other> {
        Subcommand<Other>(
            name,
            aliases: aliases,
            summary: self.summary,
            group: group,
            isHidden: isHidden,
            make: make
        )
    }

    /// Returns whether a word is the subcommand's name or one of its aliases.
    public func isCalled(_ word: String) -> Bool {
        name.isSameName(as: word) || aliases.contains { $0.isSameName(as: word) }
    }
}

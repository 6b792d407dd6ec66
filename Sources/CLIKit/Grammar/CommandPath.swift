/// A command together with the commands above it: `crm`, `contact`, `list`.
///
/// A command alone knows neither the options it inherits nor its full name.
public struct CommandPath<Context>: Sendable {
    /// The program.
    public let root: Command<Context>
    /// The commands below the program, from the outermost to the last.
    public let descendants: [Command<Context>]

    /// Creates the path of the program itself.
    public init(root: Command<Context>) {
        self.init(root: root, descendants: [])
    }

    init(root: Command<Context>, descendants: [Command<Context>]) {
        self.root = root
        self.descendants = descendants
    }

    /// The command at the end of the path.
    public var leaf: Command<Context> { descendants.last ?? root }
    /// The names of all its commands, that of the program first.
    public var names: [String] { [root.name] + descendants.map(\.name) }
    /// The full name of the command: `crm contact list`.
    public var line: String { names.joined(separator: " ") }
    /// The number of commands above the last one: 0 for the program itself.
    public var level: Int { descendants.count }

    /// A copy of the path without the code to run, for documents.
    var described: CommandPath<Never> {
        CommandPath<Never>(root: root.described, descendants: descendants.map(\.described))
    }

    /// Returns the path to a command directly below the last one.
    public func appending(_ command: Command<Context>) -> CommandPath {
        var descendants = descendants
        descendants.append(command)
        return CommandPath(root: root, descendants: descendants)
    }

    /// Returns the path that names of commands lead to, as for `help contact list`.
    ///
    /// - Throws: `UsageError.unknownCommand` for the first word that is not the name of a command.
    public func descending(_ words: [String]) throws(UsageError) -> CommandPath {
        var path = self
        for (index, word) in words.enumerated() {
            guard let subcommand = path.leaf.subcommand(named: word) else {
                throw .unknownCommand(at: path, word: word, next: words.dropFirst(index + 1).first, asksHelp: true)
            }
            path = path.appending(subcommand.command())
        }
        return path
    }

    /// The options that can be given, those of the last command first. An option of a nearer command hides one of the
    /// same name.
    public var options: [ScopedOption] {
        var found: [ScopedOption] = []
        for level in stride(from: level, through: 0, by: -1) {
            // One command has no two options of a name.
            let nearer = found.map(\.option.long)
            for option in options(at: level) where isVisible(option, at: level) {
                if nearer.contains(where: { $0.isSameName(as: option.long) }) { continue }
                found.append(ScopedOption(option: adapted(option, from: level), level: level))
            }
        }
        return found
    }

    /// Returns the words that an option's value can be here, in their order; none for an option whose values are no fixed
    /// words.
    public func words(of option: any OptionDeclaration) -> [String] { words(ofOptionNamed: option.option.long) }

    /// Returns the words that can be the value here of the option with a long name, in their order; empty if there is
    /// no such option, or if its values are not fixed words.
    public func words(ofOptionNamed name: String) -> [String] {
        option(long: name[...])?.option.completion.words?.map(\.word) ?? []
    }

    /// Returns whether an option with a long name can be given here.
    public func hasOption(named name: String) -> Bool { option(long: name[...]) != nil }

    func option(long name: Substring) -> ScopedOption? {
        firstOption { $0.long.isSameName(as: name) }
    }

    /// Returns the boolean option that `--no-NAME` turns off; `nil` if there is none.
    func option(negated name: Substring) -> ScopedOption? {
        guard name.hasNamePrefix("no-") else { return nil }
        let positive = Substring(name.utf8.dropFirst(3))
        return firstOption { $0.kind == .boolean && $0.long.isSameName(as: positive) }
    }

    func option(short letter: Unicode.Scalar) -> ScopedOption? {
        firstOption { $0.short == Character(letter) }
    }

    /// Returns the first option that matches, searching from the last command of the path upwards.
    private func firstOption(where matches: (Option) -> Bool) -> ScopedOption? {
        for level in stride(from: level, through: 0, by: -1) {
            for option in options(at: level) where isVisible(option, at: level) && matches(option) {
                return ScopedOption(option: adapted(option, from: level), level: level)
            }
        }
        return nil
    }

    /// Returns an option of a command of the path as the last command takes it.
    private func adapted(_ option: Option, from level: Int) -> Option {
        guard level < self.level else { return option }
        for other in leaf.adaptedOptions where other.long.isSameName(as: option.long) { return other }
        return option
    }

    private func isVisible(_ option: Option, at level: Int) -> Bool {
        option.isInherited || level == self.level
    }

    /// Returns the options that the command at a level declares. The commands are not gathered in another collection:
    /// creating its type at run time would be a large part of the start-up time.
    private func options(at level: Int) -> [Option] {
        level == 0 ? root.options : descendants[level - 1].options
    }
}

/// An option together with the level of the command that declares it: 0 for the program itself.
public struct ScopedOption: Sendable {
    /// The option.
    public let option: Option
    /// The level of the command that declares the option.
    public let level: Int
}

/// A command together with the ones it was reached through: `crm`, `contact`, `list`.
///
/// A command alone does not know the options it inherits, nor how it is called in full.
public struct CommandPath<Context>: Sendable {
    /// The program.
    public let root: Command<Context>
    /// The commands below the program, from the outermost to the last.
    public let descendants: [Command<Context>]

    /// The path of the program itself.
    public init(root: Command<Context>) {
        self.init(root: root, descendants: [])
    }

    init(root: Command<Context>, descendants: [Command<Context>]) {
        self.root = root
        self.descendants = descendants
    }

    /// The command the path leads to.
    public var leaf: Command<Context> { descendants.last ?? root }
    /// The names of all its commands, the program's first.
    public var names: [String] { [root.name] + descendants.map(\.name) }
    /// The full name of the command: `crm contact list`.
    public var line: String { names.joined(separator: " ") }
    /// The number of commands above the last one: 0 for the program itself.
    public var level: Int { descendants.count }

    /// The path without the code to run, for documents.
    var described: CommandPath<Never> {
        CommandPath<Never>(root: root.described, descendants: descendants.map(\.described))
    }

    /// The path to a command right below the last one.
    public func appending(_ command: Command<Context>) -> CommandPath {
        CommandPath(root: root, descendants: descendants + [command])
    }

    /// Follows words down to a command, as `help contact list` does.
    ///
    /// - Throws: `UsageError.unknownCommand` for the first word that calls nothing.
    public func descending(_ words: [String]) throws(UsageError) -> CommandPath {
        var path = self
        for (index, word) in words.enumerated() {
            guard let subcommand = path.leaf.subcommand(named: word) else {
                throw .unknownCommand(at: path, word: word, next: words.dropFirst(index + 1).first)
            }
            path = path.appending(subcommand.command())
        }
        return path
    }

    /// The options that can be given, those of the last command first; one hidden by a nearer namesake is left out.
    public var options: [ScopedOption] {
        var found: [ScopedOption] = []
        for level in stride(from: level, through: 0, by: -1) {
            for option in options(at: level) where isVisible(option, at: level) {
                if found.contains(where: { $0.option.long.isSameName(as: option.long) }) { continue }
                found.append(ScopedOption(option: option, level: level))
            }
        }
        return found
    }

    /// Whether an option of that long name can be given here.
    public func hasOption(named name: String) -> Bool { option(long: name[...]) != nil }

    func option(long name: Substring) -> ScopedOption? {
        firstOption { $0.long.isSameName(as: name) }
    }

    /// The boolean that `--no-NAME` turns off.
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
                return ScopedOption(option: option, level: level)
            }
        }
        return nil
    }

    private func isVisible(_ option: Option, at level: Int) -> Bool {
        option.isInherited || level == self.level
    }

    /// The options that the command at a level declares. Commands are looked at one by one: to gather them in another
    /// collection, whose type is only made when the program runs, would be much of what its start costs.
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

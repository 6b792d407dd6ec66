import Localization

/// An entry with its own heading on a manual page.
enum ManPageEntry {
    /// A single command.
    case command(CommandPath<Never>)
    /// Several commands that do the same with different objects.
    case family(CommandFamily)

    /// Returns the entries that describe a command and its subcommands.
    static func entries(of path: CommandPath<Never>) -> [ManPageEntry] {
        guard path.isGroup else { return [.command(path)] }
        let members = path.visibleChildren
        guard members.count > 1, members.allSatisfy({ !$0.isGroup }) else {
            return own(of: path) + members.flatMap(entries)
        }
        return [.family(CommandFamily(head: path, members: members))]
    }

    /// The entry for what a group itself does with its operands; none for a group that does nothing by itself.
    static func own(of group: CommandPath<Never>) -> [ManPageEntry] {
        group.leaf.operands.isEmpty ? [] : [.command(group)]
    }

    /// The command, or the one above the family.
    var path: CommandPath<Never> {
        switch self {
        case .command(let path): path
        case .family(let family): family.head
        }
    }

    /// The full name of the command without the name of the program: `contact list`.
    var name: String { path.names.dropFirst().joined(separator: " ") }

    /// The examples of the entry; for a family without examples, those of its first member.
    var examples: [Example] {
        switch self {
        case .command(let path): path.leaf.examples
        case .family(let family):
            family.head.leaf.examples.isEmpty
                ? family.members.first?.leaf.examples ?? [] : family.head.leaf.examples
        }
    }

    /// Returns the synopsis after the program's name, one macro line each: `Cm contact list`, `Op Ar options`, `Ar REF
    /// ...`.
    func synopsis(in language: Language) -> [[ManualSource.Piece]] {
        var lines: [[ManualSource.Piece]] = []
        if path.level > 0 { lines.append(["Cm"] + path.names.dropFirst().map { .word($0) }) }
        switch self {
        case .command(let path):
            lines.append(["Op", "Ar", .word(Text(en: "options", es: "opciones")(in: language))])
            if path.isGroup, path.leaf.operands.isEmpty {
                lines.append(["Ar", .word(path.leaf.selector(in: language))])
            }
            return lines + path.leaf.operands.map { $0.synopsis(in: language) }
        case .family(let family):
            let selector = ["Ar", ManualSource.Piece.word(family.head.leaf.selector(in: language))]
            lines.append(family.head.leaf.operands.isEmpty ? selector : ["Op"] + selector)
            lines.append(["Op", "Ar", .word(Text(en: "options", es: "opciones")(in: language))])
            return lines + (family.members.first?.leaf.operands.map { $0.synopsis(in: language) } ?? [])
        }
    }
}

/// Commands that differ only in their object: `link asset`, `link project`, ... What they share is described once.
struct CommandFamily {
    let head: CommandPath<Never>
    let members: [CommandPath<Never>]

    /// The paragraphs that all members share.
    var sharedDiscussion: [Text] { shared(\.discussion) { $0 == $1 } }

    /// The operands with the same meaning in all members.
    var sharedOperands: [Operand] { shared(\.operands, Self.areSame) }

    /// The options with the same meaning in all members.
    var sharedOptions: [Option] { shared(\.options, Self.areSame) }

    /// Returns the discussion of a member without the paragraphs that all members share.
    func ownDiscussion(of member: CommandPath<Never>) -> [Text] {
        own(member.leaf.discussion, besides: sharedDiscussion) { $0 == $1 }
    }

    /// Returns the operands of a member that are not shared.
    func ownOperands(of member: CommandPath<Never>) -> [Operand] {
        own(member.leaf.operands, besides: sharedOperands, Self.areSame)
    }

    /// Returns the options of a member that are not shared.
    func ownOptions(of member: CommandPath<Never>) -> [Option] {
        own(member.leaf.options, besides: sharedOptions, Self.areSame)
    }

    private func shared<Part>(_ parts: (Command<Never>) -> [Part], _ areSame: (Part, Part) -> Bool) -> [Part] {
        guard let first = members.first else { return [] }
        return parts(first.leaf).filter { part in
            members.allSatisfy { member in parts(member.leaf).contains { areSame($0, part) } }
        }
    }

    private func own<Part>(_ parts: [Part], besides shared: [Part], _ areSame: (Part, Part) -> Bool) -> [Part] {
        parts.filter { part in !shared.contains { areSame($0, part) } }
    }

    private static func areSame(_ one: Operand, _ other: Operand) -> Bool {
        one.name == other.name && one.arity == other.arity && one.summary == other.summary
    }

    private static func areSame(_ one: Option, _ other: Option) -> Bool {
        one.long == other.long && one.kind == other.kind && one.summary == other.summary
            && one.isRepeatable == other.isRepeatable && one.isRequired == other.isRequired
            && one.listedChoices == other.listedChoices
    }
}

extension CommandPath {
    /// Whether it has visible subcommands.
    var isGroup: Bool { leaf.subcommands.contains { !$0.isHidden } }

    /// The visible commands directly below it.
    var visibleChildren: [CommandPath<Context>] {
        leaf.subcommands.filter { !$0.isHidden }.map { appending($0.command()) }
    }
}

extension Operand {
    fileprivate func synopsis(in language: Language) -> [ManualSource.Piece] {
        let name = name(in: language)
        return switch arity {
        case .one: ["Ar", .word(name)]
        case .optional: ["Op", "Ar", .word(name)]
        case .oneOrMore: ["Ar", .word(name), "..."]
        case .any: ["Op", "Ar", .word(name), "..."]
        }
    }
}

import Localization

/// The help of a command, generated from the grammar for a language, a line width and a style.
public struct Help: Sendable {
    private let path: CommandPath<Never>
    /// The options of the command and of those above it, gathered once.
    private let scopedOptions: [ScopedOption]
    private let language: Language
    private let width: Int
    private let style: Style

    /// Creates the help of the command at the end of a path.
    ///
    /// - Parameters:
    ///   - width: the cells of a line; at least 40.
    ///   - style: makes headings bold if it uses colours.
    public init(
        of path: CommandPath<some Any>,
        in language: Language,
        width: Int = 80,
        style: Style = Style(usesColor: false)
    ) {
        self.path = path.described
        scopedOptions = path.options
        self.language = language
        self.width = max(width, 40)
        self.style = style
    }

    /// The output of `--help`: every option with its summary. Ends with a line break.
    public var text: String { text(isManual: false) }

    /// The full manual: every option with its discussion, and the chapters of the command. Ends with a line break.
    public var manual: String { text(isManual: true) }

    private func text(isManual: Bool) -> String {
        let leaf = path.leaf
        return joined(
            [usage, paragraph(leaf.summary)]
                + leaf.discussion.map(paragraph)
                + [operands] + subcommands + options(isManual: isManual) + [pointerToCommonOptions]
                + (isManual ? chapters : []) + [examples, seeAlso]
        )
    }

    /// The chapters of a command. Those of a command with subcommands are separate topics and not included here.
    private var chapters: [[String]] {
        guard path.leaf.subcommands.isEmpty else { return [] }
        return path.leaf.sections.map { [heading($0.title)] + $0.body.flatMap(lines) }
    }

    /// The short help of a group of commands: its usage, its subcommands, and where to find more. Ends with a line
    /// break.
    public var shortText: String {
        let pointer = Text(
            en:
                "See '\(path.line) --help' for its options and '\(path.line) \(path.leaf.selector.en) --help' for a command.",
            es:
                "Ver '\(path.line) --help' para sus opciones y '\(path.line) \(path.leaf.selector.es) --help' para un comando."
        )
        return joined([usage, paragraph(path.leaf.summary)] + subcommands + [paragraph(pointer)])
    }

    /// Returns one chapter of the command's manual as text, for a help topic. Ends with a line break.
    public func text(of section: Section) -> String {
        joined([[heading(section.title)]] + section.body.map(lines))
    }

    // MARK: Parts

    private var usage: [String] {
        var words: [String] = []
        if !scopedOptions.isEmpty { words.append(Text(en: "[options]", es: "[opciones]")(in: language)) }
        if !path.leaf.subcommands.isEmpty {
            let command = path.leaf.selector(in: language)
            words.append(path.leaf.operands.isEmpty ? command : "[\(command)]")
        }
        words += path.leaf.operands.map { $0.usage(in: language) }
        let label = Text(en: "Usage:", es: "Uso:")(in: language)
        let start = [label, path.line].joined(separator: " ")
        let rest = LineWrapping.lines(of: words.joined(separator: " "), width: max(width - start.count - 1, 20))
        guard let first = rest.first, !words.isEmpty else { return [strong(label) + " " + path.line] }
        let margin = String(repeating: " ", count: start.count + 1)
        return [strong(label) + " " + path.line + " " + first] + rest.dropFirst().map { margin + $0 }
    }

    private var operands: [String] {
        guard !path.leaf.operands.isEmpty else { return [] }
        let rows = path.leaf.operands.map { (term: $0.usage(in: language), meaning: $0.summary(in: language)) }
        return [heading(Text(en: "Operands:", es: "Operandos:"))] + definitions(rows)
    }

    private func options(isManual: Bool) -> [[String]] {
        let all = scopedOptions.filter { path.level == 0 || $0.level > 0 || path.leaf.adapts($0.option) }.map(\.option)
        let termWidth = DefinitionList.termWidth(of: all.map(term), width: width)
        return all.grouped(by: \.group, otherwise: Text(en: "Options", es: "Opciones")).map { group in
            let rows = group.members.map { option in
                let meaning = meaning(of: option)
                let manual = "\(meaning). \(option.discussion(in: language))"
                return (term: term(of: option), meaning: isManual ? manual : meaning)
            }
            return [heading(Text(en: group.title.en + ":", es: group.title.es + ":"))]
                + definitions(rows, termWidth: termWidth)
        }
    }

    /// The line that refers to the description of the program's own options.
    private var pointerToCommonOptions: [String] {
        guard path.level > 0, scopedOptions.contains(where: { $0.level == 0 }) else { return [] }
        let line = "\(path.root.name) help \(Help.optionsTopic)"
        return paragraph(
            Text(en: "Options that all commands take: \(line)", es: "Opciones comunes a todos los comandos: \(line)")
        )
    }

    /// The topic under which the program's `help` describes the options that all commands take.
    public static let optionsTopic = "options"

    private var subcommands: [[String]] {
        let visible = path.leaf.subcommands.filter { !$0.isHidden }
        let terms = visible.map { ([$0.name] + $0.aliases).joined(separator: ", ") }
        let termWidth = DefinitionList.termWidth(of: terms, width: width)
        let groups = zip(visible, terms).grouped(by: \.0.group, otherwise: Text(en: "Commands", es: "Comandos"))
        return groups.map { group in
            let rows = group.members.map { (term: $0.1, meaning: $0.0.summary(in: language)) }
            return [heading(Text(en: group.title.en + ":", es: group.title.es + ":"))]
                + definitions(rows, termWidth: termWidth)
        }
    }

    private var examples: [String] {
        guard !path.leaf.examples.isEmpty else { return [] }
        return [heading(Text(en: "Examples:", es: "Ejemplos:"))] + lines(of: path.leaf.examples)
    }

    private func lines(of examples: [Example]) -> [String] {
        examples.flatMap { example in
            example.lines(for: path.root.name, in: language, width: width - 2).map { "  " + $0 }
                + LineWrapping.lines(of: words(example.explanation), width: width - 6).map { "      " + $0 }
        }
    }

    private var seeAlso: [String] {
        guard !path.leaf.seeAlso.isEmpty else { return [] }
        let lines = path.leaf.seeAlso.map { "  \(path.root.name) \($0) --help" }
        return [heading(Text(en: "See also:", es: "Ver también:"))] + lines
    }

    // MARK: Pieces

    private func term(of option: Option) -> String {
        let short = option.short.map { "-\($0), " } ?? "    "
        return switch option.kind {
        case .flag: "\(short)--\(option.long)"
        case .boolean: "\(short)--[no-]\(option.long)"
        case .value(let placeholder): "\(short)--\(option.long) \(placeholder(in: language))"
        }
    }

    private func meaning(of option: Option) -> String {
        var notes: [String] = []
        if option.isRequired { notes.append(Text(en: "required", es: "obligatorio")(in: language)) }
        if option.isRepeatable { notes.append(Text(en: "may be repeated", es: "puede repetirse")(in: language)) }
        let summary = option.summary(in: language) + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
        let choices = option.listedChoices
        return choices.isEmpty ? summary : summary + ": " + choices.map { $0(in: language) }.joined(separator: ", ")
    }

    private func lines(of block: Section.Block) -> [String] {
        switch block {
        case .paragraph(let text): paragraph(text)
        case .definitions(let rows): definitions(rows.map { (term: $0.term, meaning: words($0.meaning)) })
        case .terms(let rows): definitions(rows.map { (term: $0.term(in: language), meaning: words($0.meaning)) })
        case .options(let options):
            definitions(
                options.map { (term: term(of: $0), meaning: "\(meaning(of: $0)). \($0.discussion(in: language))") }
            )
        case .examples(let examples): lines(of: examples)
        case .code(let code):
            words(code).split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
        }
    }

    private func definitions(_ rows: [(term: String, meaning: String)], termWidth: Int? = nil) -> [String] {
        let termWidth = termWidth ?? DefinitionList.termWidth(of: rows.map(\.term), width: width)
        let rows = rows.map { (term: $0.term, meaning: $0.meaning.calling(program: path.root.name)) }
        return DefinitionList(rows: rows, indent: 2, width: width, termWidth: termWidth).lines
    }

    private func paragraph(_ text: Text) -> [String] {
        LineWrapping.lines(of: words(text), width: width)
    }

    private func words(_ text: Text) -> String {
        text.calling(program: path.root.name)(in: language)
    }

    private func heading(_ text: Text) -> String {
        strong(text(in: language))
    }

    private func strong(_ text: String) -> String {
        style.apply(.bold, to: text)
    }

    private func joined(_ parts: [[String]]) -> String {
        parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }
}

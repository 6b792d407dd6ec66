import Localization

/// A manual page in mdoc(7), in one language, generated from the grammar.
///
/// The program has a page that describes the verbs directly below it; each group of commands has a page that describes
/// all its verbs.
public struct ManPage: Sendable {
    private let path: CommandPath<Never>
    private let date: Date
    private let language: Language

    /// Creates the page of the command at the end of a path.
    ///
    /// - Parameter date: the day of the version that the page describes, so that the same grammar always gives the same
    ///   page.
    public init(of path: CommandPath<some Any>, date: Date, in language: Language = .english) {
        self.path = path.described
        self.date = date
        self.language = language
    }

    /// Returns all pages of a program: that of the program itself, then one for each group of commands that is not
    /// hidden.
    public static func all(
        of root: Command<some Any>,
        date: Date,
        in language: Language = .english
    ) -> [ManPage] {
        let path = CommandPath(root: root.described)
        return ([path] + path.visibleChildren.filter(\.isGroup)).map { ManPage(of: $0, date: date, in: language) }
    }

    /// The name of the page's file: `crm-contact.1`.
    public var fileName: String { path.pageName + ".1" }

    /// The page. Ends with a line break.
    public var text: String {
        var source = ManualSource(program: path.root.name, in: language)
        source.macro(["Dd", .macro(date.text)])
        source.macro(["Dt", .name(path.pageName.uppercased()), "1"])
        source.macro(["Os"])
        if language == .spanish { writeSpanishLines(to: &source) }
        source.macro(heading("NAME", "NOMBRE"))
        source.macro(["Nm", .name(path.pageName)])
        source.macro(["Nd", .word(path.leaf.summary(in: language).startingInLowercase)])
        writeSynopsis(to: &source)
        writeDescription(to: &source)
        writeCommands(to: &source)
        writeChapters(to: &source)
        writeSeeAlso(to: &source)
        return source.text
    }

    /// Writes Spanish words for the lines above and below the page. groff has only English ones, and writes them where
    /// a section with an English heading that it knows begins.
    private func writeSpanishLines(to source: inout ManualSource) {
        source.macro(["ds", "doc-section-name", "NOMBRE"])
        source.macro(["ds", "doc-volume", "Manual de comandos"])
        source.macro(["ds", "doc-date-string", .macro(date.spanishText)])
    }

    private func writeSynopsis(to source: inout ManualSource) {
        source.macro(heading("SYNOPSIS", "SINOPSIS"))
        let entries = describedEntries
        let listed = path.level == 0 || entries.isEmpty ? [.command(path)] : ManPageEntry.own(of: path) + entries
        for (index, entry) in listed.enumerated() {
            // mdoc breaks the line before a name by itself, but only under an English heading.
            if language != .english, index > 0 { source.macro(["br"]) }
            source.macro(["Nm", .name(path.root.name)])
            for piece in entry.synopsis(in: language) { source.macro(piece) }
        }
    }

    private func writeDescription(to source: inout ManualSource) {
        source.macro(heading("DESCRIPTION", "DESCRIPCIÓN"))
        source.describe(path.leaf)
        if path.level > 0, path.options.count > path.leaf.options.count {
            source.paragraph(
                source.say(
                    "For the options that all commands share, references, filters and exit statuses see",
                    "Sobre las opciones comunes a todos los comandos, las referencias, los filtros y los estados de salida, véase"
                )
            )
            source.macro(["Xr", .name(path.root.name), "1", "."])
        }
    }

    private func writeCommands(to source: inout ManualSource) {
        guard !path.visibleChildren.isEmpty else { return }
        source.macro(heading("COMMANDS", "COMANDOS"))
        if path.level == 0 { writeOverview(to: &source) }
        for entry in describedEntries {
            source.macro(["Ss", .word(entry.name)])
            source.macro(
                ["D1", "Nm", .name(path.root.name)] + entry.synopsis(in: language).flatMap(ManualSource.inline)
            )
            switch entry {
            case .command(let command): source.describe(command.leaf, chapters: path.leaf.sections)
            case .family(let family): source.describe(family)
            }
            source.write(entry.examples)
            for section in entry.path.leaf.sections {
                source.paragraph(section.title(in: language) + ":")
                source.write(section.body)
            }
        }
    }

    /// Writes the commands directly below the program under their headings, with the names of the pages that describe
    /// groups.
    private func writeOverview(to source: inout ManualSource) {
        let visible = path.leaf.subcommands.filter { !$0.isHidden }
        for group in visible.grouped(by: \.group, otherwise: Text(en: "Commands", es: "Comandos")) {
            source.macro(["Ss", .word(group.title(in: language))])
            source.macro(["Bl", "-tag", "-width", "Ds"])
            for entry in group.members {
                source.macro(["It", "Cm", .word(entry.name)])
                source.filled(entry.summary(in: language) + ".")
                let child = path.appending(entry.command())
                if child.isGroup {
                    source.filled(source.say("See", "Véase"))
                    source.macro(["Xr", .name(child.pageName), "1", "."])
                }
            }
            source.macro(["El"])
        }
    }

    /// Writes the chapters of the command and its examples in the order usual for manual pages.
    private func writeChapters(to source: inout ManualSource) {
        let conventional = ["ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "DIAGNOSTICS", "ERRORS"]
        let sections = path.leaf.sections
        for section in sections where !conventional.contains(section.title.en) { writeChapter(section, to: &source) }
        for title in conventional {
            for section in sections where section.title.en == title { writeChapter(section, to: &source) }
            if title == "EXAMPLES", !path.leaf.examples.isEmpty {
                source.macro(heading("EXAMPLES", "EJEMPLOS"))
                source.write(path.leaf.examples)
            }
        }
    }

    private func writeChapter(_ section: Section, to source: inout ManualSource) {
        source.macro(["Sh", .word(section.title(in: language))])
        source.write(section.body)
    }

    private func heading(_ en: String, _ es: String) -> [ManualSource.Piece] {
        language == .english ? ["Sh", .macro(en)] : ["Sh", .word(es)]
    }

    private func writeSeeAlso(to source: inout ManualSource) {
        let pages = relatedPages
        guard !pages.isEmpty else { return }
        source.macro(heading("SEE ALSO", "VÉASE TAMBIÉN"))
        for page in pages.dropLast() { source.macro(["Xr", .name(page), "1", ","]) }
        if let last = pages.last { source.macro(["Xr", .name(last), "1"]) }
    }

    /// The names of related pages, in alphabetical order. For the program's page these are the pages of all groups. For
    /// any other page they are the program's, which describes commands without a page of their own, and those that the
    /// command's "see also" names.
    private var relatedPages: [String] {
        let root = CommandPath(root: path.root)
        let below = root.visibleChildren.filter(\.isGroup).map(\.pageName)
        if path.level == 0 { return below.sorted() }
        let named = path.leaf.seeAlso.compactMap { line in
            line.split(separator: " ").first.map { "\(path.root.name)-\($0)" }
        }
        return Set([root.pageName] + named.filter(below.contains)).filter { $0 != path.pageName }.sorted()
    }

    /// The commands described on this page: all commands below a group, but only those without a page of their own for
    /// the program.
    private var describedEntries: [ManPageEntry] {
        path.level == 0
            ? path.visibleChildren.filter { !$0.isGroup }.map(ManPageEntry.command)
            : path.visibleChildren.flatMap(ManPageEntry.entries)
    }
}

extension CommandPath {
    fileprivate var pageName: String { names.joined(separator: "-") }
}

extension String {
    /// The text for the middle of a line: `Work with contacts` becomes `work with contacts`; an abbreviation stays as
    /// it is.
    fileprivate var startingInLowercase: String {
        guard let second = dropFirst().first, !second.isUppercase else { return self }
        return prefix(1).lowercased() + dropFirst()
    }
}

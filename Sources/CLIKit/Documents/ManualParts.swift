import Localization

/// The parts of a grammar, written for a manual page.
extension ManualSource {
    /// Appends a command's discussion, operands and own options. Inherited options are described with the command that
    /// declares them.
    ///
    /// - Parameter chapters: the chapters of the page; an option that a chapter describes is left out here.
    mutating func describe(_ command: Command<Never>, chapters: [Section] = []) {
        paragraph(command.summary(in: language) + ".")
        for words in command.discussion { paragraph(words(in: language)) }
        describe(command.operands)
        for group in command.options.grouped(by: \.group, otherwise: Text(en: "Options", es: "Opciones")) {
            // The chapter is referred to if the command takes at least half of the options it describes. The other
            // options of the command are described here.
            let chapter = chapters.first { $0.describesMost(of: group.members) }
            paragraph(
                group.title(in: language) + ":"
                    + (chapter == nil ? "" : say(" those of the chapter", " lo que describe el capítulo"))
            )
            if let chapter { macro(["Sx", .word(chapter.title(in: language)), "."]) }
            describe(group.members.filter { option in !(chapter?.describes(option) ?? false) })
        }
    }

    /// Appends the description of a family of commands: what the members share, including the options of the command
    /// above them, then the operands and options of each member.
    mutating func describe(_ family: CommandFamily) {
        let head = family.head.leaf
        paragraph(head.summary(in: language) + ".")
        for words in head.discussion + family.sharedDiscussion { paragraph(words(in: language)) }
        describe(family.sharedOperands)
        for group in (head.options + family.sharedOptions).grouped(
            by: \.group,
            otherwise: Text(en: "Options", es: "Opciones")
        ) {
            paragraph(group.title(in: language) + ":")
            describe(group.members)
        }
        paragraph(say("What", "Lo que puede ser"))
        macro(["Ar", .word(head.selector(in: language))])
        filled(say("can be, and what each takes besides:", "y lo que admite además cada uno:"))
        macro(["Bl", "-tag", "-width", "Ds"])
        for member in family.members {
            macro(["It", "Cm", .word(member.leaf.name)])
            let operands = family.ownOperands(of: member).map { $0.summary(in: language) }
            filled((operands.isEmpty ? member.leaf.summary(in: language) : operands.joined(separator: "; ")) + ".")
            for words in family.ownDiscussion(of: member) { filled(words(in: language)) }
            describe(family.ownOptions(of: member), isCompact: true)
        }
        macro(["El"])
    }

    private mutating func describe(_ operands: [Operand]) {
        guard !operands.isEmpty else { return }
        macro(["Bl", "-tag", "-width", "Ds"])
        for operand in operands {
            macro(["It", "Ar", .word(operand.name(in: language))])
            filled(operand.summary(in: language) + ".")
        }
        macro(["El"])
    }

    private mutating func describe(_ options: [Option], isCompact: Bool = false) {
        guard !options.isEmpty else { return }
        macro(["Bl", "-tag", "-width", "Ds"] + (isCompact ? ["-compact"] : []))
        for option in options { describe(option) }
        macro(["El"])
    }

    private mutating func describe(_ option: Option) {
        let short: [Piece] = option.short.map { ["Fl", .word(String($0)), ","] } ?? []
        let long: [Piece] =
            switch option.kind {
            case .flag: ["Fl", .option(option.long)]
            case .boolean: ["Fl", .option(option.long), ",", "Fl", .option("no-" + option.long)]
            case .value(let placeholder): ["Fl", .option(option.long), "Ar", .word(placeholder(in: language))]
            }
        macro(["It"] + short + long)
        var notes: [String] = []
        if option.isRequired { notes.append(say("Required.", "Obligatoria.")) }
        if option.isRepeatable { notes.append(say("May be repeated.", "Puede repetirse.")) }
        let words = [option.summary(in: language) + ".", option.discussion(in: language)] + notes
        filled(words.filter { !$0.isEmpty }.joined(separator: " "))
        if let words = option.completion.words, !words.isEmpty {
            let choices = Text(joining: words.map { Text(word: $0.word, label: $0.summary) })
            filled(say("One of ", "Uno de ") + choices(in: language) + ".")
        }
    }

    /// Appends examples: for each, its explanation and its command line.
    mutating func write(_ examples: [Example]) {
        for example in examples {
            paragraph(example.explanation(in: language) + ":")
            literal(example.lines(for: program, in: language, width: 66).joined(separator: "\n"))
        }
    }

    /// Appends the blocks of a chapter.
    mutating func write(_ blocks: [Section.Block]) {
        for block in blocks {
            switch block {
            case .paragraph(let text): paragraph(text(in: language))
            case .options(let options): describe(options)
            case .code(let code): literal(code(in: language))
            case .examples(let examples): write(examples)
            case .definitions(let rows): define(rows)
            case .terms(let rows): define(rows.map { (term: $0.term(in: language), meaning: $0.meaning) })
            }
        }
    }

    private mutating func define(_ rows: [(term: String, meaning: Text)]) {
        macro(["Bl", "-tag", "-width", "Ds"])
        for row in rows {
            macro(["It", "Sy", .word(row.term)])
            let meaning = row.meaning(in: language)
            filled(meaning + (meaning.utf8.last == UInt8(ascii: ".") ? "" : "."))
        }
        macro(["El"])
    }
}

extension Section {
    /// Returns whether the chapter describes some of the options that a command takes, and these are at least half of
    /// all that it describes.
    fileprivate func describesMost(of taken: [Option]) -> Bool {
        let described = taken.count(where: describes)
        return described > 0 && 2 * described >= options.count
    }

    /// Returns whether the chapter describes an option: one with the same name and heading.
    fileprivate func describes(_ option: Option) -> Bool {
        options.contains { $0.long == option.long && $0.group == option.group }
    }

    private var options: [Option] {
        body.flatMap { block in
            if case .options(let options) = block { options } else { [Option]() }
        }
    }
}

extension ManualSource {
    /// Returns a macro line for use inside another one, with its opening macro closed again: `Op Ar REF` as `Oo Ar REF
    /// Oc`.
    static func inline(_ pieces: [Piece]) -> [Piece] {
        guard case .macro("Op") = pieces.first else { return pieces }
        return ["Oo"] + pieces.dropFirst() + ["Oc"]
    }
}

extension ManualSource.Piece {
    /// Returns a long option as an argument of `.Fl`, which itself adds the first of the two hyphens.
    fileprivate static func option(_ long: String) -> ManualSource.Piece { .word("-" + long) }
}

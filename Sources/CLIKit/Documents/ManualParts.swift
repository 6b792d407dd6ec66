import Localization

/// How the parts of a grammar are written in a manual page.
extension ManualSource {
    /// A command's words, operands and own options; what it inherits is described where it is declared.
    ///
    /// - Parameter chapters: the chapters of the page, for options that one of them describes.
    mutating func describe(_ command: Command<Never>, chapters: [Section] = []) {
        paragraph(command.summary.en + ".")
        for words in command.discussion { paragraph(words.en) }
        describe(command.operands)
        for group in command.options.grouped(by: \.group, otherwise: "Options") {
            let chapter = chapters.first { section in group.members.contains { section.describes($0) } }
            paragraph(group.title.en + ":" + (chapter == nil ? "" : " those of the chapter"))
            if let chapter { macro(["Sx", .word(chapter.title.en), "."]) }
            describe(group.members.filter { option in !(chapter?.describes(option) ?? false) })
        }
    }

    /// What the members of a family share, with what stands above them, then what each has besides.
    mutating func describe(_ family: CommandFamily) {
        let head = family.head.leaf
        paragraph(head.summary.en + ".")
        for words in head.discussion + family.sharedDiscussion { paragraph(words.en) }
        describe(family.sharedOperands)
        for group in (head.options + family.sharedOptions).grouped(by: \.group, otherwise: "Options") {
            paragraph(group.title.en + ":")
            describe(group.members)
        }
        paragraph("What")
        macro(["Ar", .word(head.selector.en)])
        filled("can be, and what each takes besides:")
        macro(["Bl", "-tag", "-width", "Ds"])
        for member in family.members {
            macro(["It", "Cm", .word(member.leaf.name)])
            let operands = family.ownOperands(of: member).map(\.summary.en)
            filled((operands.isEmpty ? member.leaf.summary.en : operands.joined(separator: "; ")) + ".")
            for words in family.ownDiscussion(of: member) { filled(words.en) }
            describe(family.ownOptions(of: member), isCompact: true)
        }
        macro(["El"])
    }

    private mutating func describe(_ operands: [Operand]) {
        guard !operands.isEmpty else { return }
        macro(["Bl", "-tag", "-width", "Ds"])
        for operand in operands {
            macro(["It", "Ar", .word(operand.name)])
            filled(operand.summary.en + ".")
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
            case .value(let placeholder): ["Fl", .option(option.long), "Ar", .word(placeholder)]
            }
        macro(["It"] + short + long)
        var notes: [String] = []
        if option.isRequired { notes.append("Required.") }
        if option.isRepeatable { notes.append("May be repeated.") }
        let words = [option.summary.en + ".", option.discussion.en] + notes
        filled(words.filter { !$0.isEmpty }.joined(separator: " "))
        if case .words(let words) = option.completion, !words.isEmpty {
            filled("One of " + words.map(\.word).joined(separator: ", ") + ".")
        }
    }

    /// Examples: what each does, then its line.
    mutating func write(_ examples: [Example]) {
        for example in examples {
            paragraph(example.explanation.en + ":")
            literal(example.lines(for: program, width: 66).joined(separator: "\n"))
        }
    }

    /// The blocks of a chapter.
    mutating func write(_ blocks: [Section.Block]) {
        for block in blocks {
            switch block {
            case .paragraph(let text): paragraph(text.en)
            case .options(let options): describe(options)
            case .code(let code): literal(code)
            case .definitions(let rows):
                macro(["Bl", "-tag", "-width", "Ds"])
                for row in rows {
                    macro(["It", "Sy", .word(row.term)])
                    filled(row.meaning.en + (row.meaning.en.utf8.last == UInt8(ascii: ".") ? "" : "."))
                }
                macro(["El"])
            }
        }
    }
}

extension Section {
    /// Whether it describes an option that a command below takes.
    fileprivate func describes(_ option: Option) -> Bool {
        body.contains { block in
            guard case .options(let options) = block else { return false }
            return options.contains { $0.long == option.long && $0.group == option.group }
        }
    }
}

extension ManualSource {
    /// A macro line within another, which closes what it opens: `Op Ar REF` as `Oo Ar REF Oc`.
    static func inline(_ pieces: [Piece]) -> [Piece] {
        guard case .macro("Op") = pieces.first else { return pieces }
        return ["Oo"] + pieces.dropFirst() + ["Oc"]
    }
}

extension ManualSource.Piece {
    /// A long option as an argument of `.Fl`, which itself sets the first of the two hyphens.
    fileprivate static func option(_ long: String) -> ManualSource.Piece { .word("-" + long) }
}

import Localization

/// How the parts of a grammar are written in a manual page.
extension ManualSource {
    /// A command's words, operands and own options; what it inherits is described where it is declared.
    mutating func describe(_ command: Command) {
        paragraph(command.summary.en + ".")
        for words in command.discussion { paragraph(words.en) }
        if !command.operands.isEmpty {
            macro(["Bl", "-tag", "-width", "Ds"])
            for operand in command.operands {
                macro(["It", "Ar", .word(operand.name)])
                filled(operand.summary.en + ".")
            }
            macro(["El"])
        }
        for group in command.options.grouped(by: \.group, otherwise: "Options") {
            paragraph(group.title.en + ":")
            macro(["Bl", "-tag", "-width", "Ds"])
            for option in group.members { describe(option) }
            macro(["El"])
        }
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
        filled(([option.summary.en + "."] + notes).joined(separator: " "))
        if case .words(let words) = option.completion, !words.isEmpty {
            filled("One of " + words.map(\.word).joined(separator: ", ") + ".")
        }
    }

    /// Examples: what each does, then its line.
    mutating func write(_ examples: [Example]) {
        for example in examples {
            paragraph(example.explanation.en + ":")
            literal(example.line)
        }
    }

    /// The blocks of a chapter.
    mutating func write(_ blocks: [Section.Block]) {
        for block in blocks {
            switch block {
            case .paragraph(let text): paragraph(text.en)
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

extension ManualSource.Piece {
    /// A long option as an argument of `.Fl`, which itself sets the first of the two hyphens.
    fileprivate static func option(_ long: String) -> ManualSource.Piece { .word("-" + long) }
}

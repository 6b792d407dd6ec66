import Localization

/// What to write instead of a word that is known from other programs and that a command does not take, where it is more
/// than the name of one option or command.
public struct Remedy: Sendable {
    private let command: [String]
    private let words: [String]
    private let lines: [String]

    /// Creates a remedy.
    ///
    /// - Parameters:
    ///   - command: the names of the last commands on the line, separated by blanks; empty for all commands.
    ///   - words: the words that are typed, separated by blanks: options with their dashes, `-0` for a number behind a
    ///     dash, `*` for any word that is no option.
    ///   - lines: what to write; the first that fits is said. `VALUE` stands for the value of the option or for the word
    ///     behind the one typed, which for `*` and `-0` is the word itself; `OPTION` for the option typed, `LINE` for the
    ///     whole command, `NOUN` for the first word of it and `PROGRAM` for the name of the program. What begins with an
    ///     option fits where the command has it and where it takes the value.
    public init(_ command: String, _ words: String, _ lines: String...) {
        self.command = command.split(separator: " ").map(String.init)
        self.words = words.split(separator: " ").map(String.init)
        self.lines = lines
    }

    /// Returns what to write instead of a word; `nil` if the remedy is for other words or commands.
    ///
    /// - Parameter value: the value of the option, or the word behind the one typed.
    func line(for word: String, value: String?, at path: CommandPath<some Any>) -> String? {
        guard path.names.dropFirst().suffix(command.count).elementsEqual(command) else { return nil }
        let isNamed = MeantWord(word).isOne(of: words)
        guard isNamed || words.contains("*") && !word.hasPrefix("-") else { return nil }
        let filling = Filling(word: word, value: isNamed ? value : word)
        return lines.lazy.compactMap { filling.line($0, at: path) }.first
    }

    /// Returns a word as a shell reads it, for a line to be copied: `…` for what a reader had better quote themselves.
    public static func shown(_ word: String) -> String {
        let isOdd = word.unicodeScalars.contains { "\"'$`\\!".unicodeScalars.contains($0) || $0.value < 0x20 }
        if isOdd || word.unicodeScalars.count > longest { return "…" }
        return word.isEmpty || word.contains { " ()<>&|;*?#~[]{}".contains($0) } ? "\"\(word)\"" : word
    }

    /// The maximum length of a word that is repeated.
    private static let longest = 60
}

/// The words that stand for those of the line in a remedy.
private struct Filling {
    let word: String
    let value: String?

    /// Returns a line with the words in their places; `nil` if it begins with an option and the command does not have it,
    /// or the option does not take the value.
    func line(_ line: String, at path: CommandPath<some Any>) -> String? {
        let parts = line.split(separator: " ").map(String.init)
        let filled = parts.map { part in
            part == "VALUE" ? value.map(Remedy.shown) ?? "…" : filling(part, at: path)
        }
        guard line.hasPrefix("-") else { return filled.joined(separator: " ") }
        for (index, part) in filled.enumerated() where part.hasPrefix("--") && !part.contains("…") {
            let name = Substring(part.dropFirst(2).prefix { $0 != "=" })
            guard let option = path.option(long: name)?.option else { return nil }
            guard case .words(let words) = option.completion, let value,
                parts.indices.contains(index + 1), parts[index + 1] == "VALUE"
            else { continue }
            guard words.contains(where: { $0.word == value }) else { return nil }
        }
        return filled.joined(separator: " ")
    }

    /// Returns a part of a line, in which the value may stand between other characters.
    private func filling(_ part: String, at path: CommandPath<some Any>) -> String {
        let inner = value.map { Remedy.shown($0) == $0 ? $0 : "…" } ?? "…"
        return part.replacing("OPTION", with: word).replacing("LINE", with: path.line)
            .replacing("NOUN", with: path.names.dropFirst().first ?? "").replacing("PROGRAM", with: path.root.name)
            .replacing("VALUE", with: inner)
    }
}

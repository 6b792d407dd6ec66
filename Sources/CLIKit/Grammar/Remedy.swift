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
    ///     option fits where the command has it and where it takes the value; `+VALUE` only a number, `LINE` alone where
    ///     there is no value, and a command behind `NOUN` where that has it.
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

    /// Returns a line with the words in their places; `nil` if it does not fit the command or the value.
    func line(_ line: String, at path: CommandPath<some Any>) -> String? {
        if line == "LINE", value != nil { return nil }
        if line.contains("+VALUE"), !isNumber { return nil }
        let parts = line.split(separator: " ").map(String.init)
        if let noun = parts.firstIndex(of: "NOUN"), parts.indices.contains(noun + 1),
            !hasNoun(with: parts[noun + 1], in: path)
        {
            return nil
        }
        let filled = parts.map { part in
            part == "VALUE" ? value.map(Remedy.shown) ?? "…" : filling(part, at: path)
        }
        guard line.hasPrefix("-") else { return filled.joined(separator: " ") }
        for (index, part) in parts.enumerated() where part.hasPrefix("--") {
            let next = parts.indices.contains(index + 1) ? parts[index + 1] : nil
            if !takes(filled[index], before: next, at: path) { return nil }
        }
        return filled.joined(separator: " ")
    }

    private var isNumber: Bool {
        guard let value, !value.isEmpty else { return false }
        return value.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Returns whether the line calls a command of a group, and none of a group below that, and the group has the verb.
    private func hasNoun(with verb: String, in path: CommandPath<some Any>) -> Bool {
        guard path.level <= 2, let noun = path.descendants.first else { return false }
        return noun.subcommand(named: verb) != nil
    }

    /// Returns whether the command has an option, and the option takes the part of the line behind it.
    private func takes(_ spelling: String, before next: String?, at path: CommandPath<some Any>) -> Bool {
        let name = Substring(spelling.dropFirst(2).prefix { $0 != "=" })
        guard let option = path.option(long: name)?.option else { return false }
        guard let next, !next.hasPrefix("-") else { return true }
        guard case .value = option.kind else { return false }
        guard next == "VALUE", let value, let words = option.completion.words else { return true }
        return words.contains { $0.word == value }
    }

    /// Returns a part of a line, in which the value may stand between other characters.
    private func filling(_ part: String, at path: CommandPath<some Any>) -> String {
        let inner = value.map { Remedy.shown($0) == $0 ? $0 : "…" } ?? "…"
        return part.replacing("OPTION", with: word).replacing("LINE", with: path.line)
            .replacing("NOUN", with: path.names.dropFirst().first ?? "").replacing("PROGRAM", with: path.root.name)
            .replacing("VALUE", with: inner)
    }
}

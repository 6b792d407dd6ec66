import Localization

/// A command line that is being typed, and the kind of value that can stand at its end.
///
/// Reading it has no effects. If only the program can find the words, the request names the tag to look up.
public struct CompletionRequest<Context>: Sendable {
    /// The kind of value to complete at the end of the line.
    public let target: Target
    /// The rest of the line as far as it was read: options such as the database to use, operands such as the module
    /// whose records to offer.
    public let invocation: Invocation<Context>
    /// The part of the value typed so far.
    public let prefix: String
    /// The text before the value in the same word: `--status=`.
    private let lead: String

    /// The kinds of value that can be completed at a place of a command line.
    public enum Target: Sendable {
        /// The name of a command, or an operand of the command to which these subcommands belong.
        case commands([Subcommand<Context>], or: Completion)
        /// The name of an option.
        case options([ScopedOption])
        /// A word from a fixed set.
        case words([(word: String, summary: Text)])
        /// Values that only the program can find at run time, identified by the tag in the grammar.
        case dynamic(tag: String)
        /// A file.
        case files
        /// A folder.
        case folders
        /// A value that cannot be completed.
        case nothing
    }

    /// Reads a line up to the cursor.
    ///
    /// - Parameter words: the words after the program's name. The last one is as far as it was typed, and may be empty.
    public init(words: [String], root: Command<Context>) {
        var reader = WordReader(root: root)
        for word in words.dropLast() { reader.read(word, next: nil) }
        let current = words.last ?? ""
        invocation = reader.invocation
        if let pending = reader.pending {
            (lead, prefix) = ("", current)
            target = Target(pending.scoped.option.completion)
        } else if !reader.optionsHaveEnded, let attached = AttachedValue<Context>(current, path: reader.path) {
            (lead, prefix) = (attached.lead, attached.value)
            target = attached.target
        } else {
            (lead, prefix) = ("", current)
            target = CompletionRequest.target(of: current, after: reader)
        }
    }

    private static func target(of word: String, after reader: WordReader<Context>) -> Target {
        let options = reader.path.options.filter { scoped in
            scoped.option.isRepeatable
                || !reader.occurrences.contains { $0.name == scoped.option.long && $0.level == scoped.level }
        }
        if word.utf8.first == UInt8(ascii: "-"), !reader.optionsHaveEnded { return .options(options) }
        let subcommands = reader.path.leaf.subcommands.filter { !$0.isHidden }
        if !subcommands.isEmpty, reader.operands.isEmpty, !reader.optionsHaveEnded {
            return .commands(subcommands, or: reader.nextOperand?.completion ?? .none)
        }
        if let operand = reader.nextOperand { return Target(operand.completion) }
        return word.isEmpty && !reader.optionsHaveEnded ? .options(options) : .nothing
    }

    /// Returns the answer for the shell.
    ///
    /// - Parameters:
    ///   - language: the language of the descriptions.
    ///   - find: finds the words for a tag of the grammar and the part of the value typed so far. All of them are
    ///     offered, even those that do not begin with that part.
    public func answer(
        in language: Language,
        finding find: (_ tag: String, _ prefix: String) -> FoundWords
    ) -> CompletionAnswer {
        answer(of: target, in: language, finding: find)
    }

    private func answer(
        of target: Target,
        in language: Language,
        finding find: (_ tag: String, _ prefix: String) -> FoundWords
    ) -> CompletionAnswer {
        switch target {
        case .commands(let subcommands, let operand):
            answer(of: Target(operand), in: language, finding: find).adding(
                matching(subcommands.map { CompletionWord($0.name, $0.summary(in: language)) })
            )
        case .options(let options):
            .words(matching(options.flatMap { $0.option.completionWords(in: language) }), isOpen: false)
        case .words(let words):
            .words(matching(words.map { CompletionWord($0.word, $0.summary(in: language)) }), isOpen: false)
        case .dynamic(let tag):
            leading(find(tag, prefix))
        case .files: .files
        case .folders: .folders
        case .nothing: .words([], isOpen: false)
        }
    }

    private func matching(_ words: [CompletionWord]) -> [CompletionWord] {
        words.filter { $0.word.hasNamePrefix(prefix) }.map { $0.led(by: lead) }
    }

    private func leading(_ found: FoundWords) -> CompletionAnswer {
        .words(found.words.map { $0.led(by: lead) }, isOpen: found.isOpen)
    }
}

/// The value in a word `--name=value` that is being typed.
private struct AttachedValue<Context> {
    let lead: String
    let value: String
    let target: CompletionRequest<Context>.Target

    init?(_ word: String, path: CommandPath<Context>) {
        guard word.utf8.starts(with: "--".utf8), let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else {
            return nil
        }
        lead = String(Substring(word.utf8[...equals]))
        value = String(Substring(word.utf8[word.utf8.index(after: equals)...]))
        let name = Substring(word.utf8[..<equals].dropFirst(2))
        guard let option = path.option(long: name)?.option else {
            target = .nothing
            return
        }
        target =
            option.kind == .boolean
            ? .words([(word: "true", summary: Text(en: "Yes", es: "Sí")), (word: "false", summary: Text("No"))])
            : .init(option.completion)
    }
}

extension CompletionRequest.Target {
    fileprivate init(_ completion: Completion) {
        switch completion {
        case .none: self = .nothing
        case .files: self = .files
        case .folders: self = .folders
        case .words(let words): self = .words(words)
        case .lateWords(let words): self = .words(words())
        case .dynamic(let tag): self = .dynamic(tag: tag)
        }
    }
}

extension Option {
    fileprivate func completionWords(in language: Language) -> [CompletionWord] {
        let description = summary(in: language)
        let positive = CompletionWord("--" + long, description)
        return kind == .boolean ? [positive, CompletionWord("--no-" + long, description)] : [positive]
    }
}

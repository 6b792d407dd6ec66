import Localization

/// The state of reading a command line word by word.
///
/// It continues after an error, so that a later `--help` is found and the command is known. It can stop at any word,
/// which tells completion what may stand at the cursor.
struct WordReader<Context> {
    private(set) var path: CommandPath<Context>
    private(set) var operands: [String] = []
    private(set) var occurrences: [Occurrence] = []
    private(set) var wantsHelp = false
    /// Whether an unknown command precedes the request for help, which then cannot be answered.
    private var isHelpOfNothing = false
    /// Whether `--` was read, after which all words are operands.
    private(set) var optionsHaveEnded = false
    /// The option that takes the next word as its value, with its spelling on the line.
    private(set) var pending: (scoped: ScopedOption, spelling: String)?
    private var error: UsageError?
    /// The preceding word if it was a boolean option without a value: `--active false` is a likely slip.
    private var precedingBoolean: String?
    /// The preceding words if they were an option and its value: `--starts-at 2026-12-31 10:00` is a likely slip.
    private var precedingValue: (scoped: ScopedOption, spelling: String, value: String)?

    init(root: Command<Context>) {
        path = CommandPath(root: root)
    }

    /// Reads one word. `next` is the word after it, which only serves to explain an error.
    mutating func read(_ word: String, next: String?) {
        let (boolean, value) = (precedingBoolean, precedingValue)
        (precedingBoolean, precedingValue) = (nil, nil)
        if let (scoped, spelling) = pending {
            pending = nil
            if !isLongOption(word) { return record(scoped, .text(word), as: spelling) }
            fail(.missingValue(option: spelling, placeholder: scoped.option.placeholder, next: word))
        }
        if optionsHaveEnded { return readOperand(word, after: nil, boolean: nil, next: next) }
        if word == "--" {
            optionsHaveEnded = true
        } else if word.utf8.starts(with: "--".utf8) {
            readLongOption(word, next: next)
        } else if let option = optionWithOtherDashes(word) {
            fail(.unknownOption(word: word, command: path.line, suggestions: [option]))
        } else if word.utf8.starts(with: "-".utf8), word.utf8.count > 1 {
            readShortOptions(word, next: next)
        } else if operands.isEmpty, let subcommand = path.leaf.subcommand(named: word) {
            path = path.appending(subcommand.command())
        } else if path.leaf.operands.isEmpty, !path.leaf.subcommands.isEmpty {
            fail(.unknownCommand(at: path, word: word, next: next))
            isHelpOfNothing = !wantsHelp
        } else {
            readOperand(word, after: value, boolean: boolean, next: next)
        }
    }

    /// Ends the line and returns the invocation.
    mutating func finish() throws(UsageError) -> Invocation<Context> {
        if let (scoped, spelling) = pending {
            fail(.missingValue(option: spelling, placeholder: scoped.option.placeholder, next: nil))
        }
        if let missing = missingOperand {
            let suggestions: Suggestions = separated.map { Suggestions(meant: [$0]) } ?? []
            fail(.missingOperand(name: missing.name, command: path.line, suggestions: suggestions))
        }
        if let error, !wantsHelp || isHelpOfNothing { throw error }
        return invocation
    }

    /// The invocation as far as the words were read.
    var invocation: Invocation<Context> {
        Invocation(path: path, operands: operands, occurrences: occurrences, wantsHelp: wantsHelp)
    }

    /// The operand that the next word would fill; `nil` if the command takes no more.
    var nextOperand: Operand? {
        if operands.count < path.leaf.operands.count { return path.leaf.operands[operands.count] }
        return path.leaf.operands.last { $0.arity.isUnlimited }
    }

    private var missingOperand: Operand? {
        let required = path.leaf.operands.filter(\.arity.isRequired)
        return operands.count < required.count ? required[operands.count] : nil
    }

    /// The line whose last operand is two with `=` between them: `rate set EUR=1.16`. In a reference, `name:a=b`, it
    /// belongs to the value.
    private var separated: String? {
        guard let last = operands.last, !last.contains(":") else { return nil }
        let parts = last.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        return ([path.line] + (operands.dropLast() + parts).map(Remedy.shown)).joined(separator: " ")
    }

    /// Reads an operand.
    ///
    /// - Parameters:
    ///   - value: the option and its value in front of it.
    ///   - boolean: the boolean without a value in front of it.
    private mutating func readOperand(
        _ word: String,
        after value: (scoped: ScopedOption, spelling: String, value: String)?,
        boolean: String?,
        next: String?
    ) {
        if nextOperand == nil {
            // An earlier word may be intended as a command: `links activos 42`, or `links case 42` if cases cannot be
            // linked.
            if let first = operands.first, !path.leaf.subcommands.isEmpty {
                let unknown = UsageError.unknownCommand(at: path, word: first, next: nil)
                let isNoun = path.root.subcommand(named: first) != nil
                if case .unknownCommand(_, _, let suggestions) = unknown, suggestions.areMeant || isNoun {
                    fail(unknown)
                }
            }
            let option = Bool(truthWord: word) == nil ? nil : boolean
            let following = next.flatMap { $0.hasPrefix("-") ? nil : $0 }
            let swapped = operands.isEmpty ? UsageError.reversed(at: path, word: word).map { [$0] } : nil
            let listed = path.root.vocabulary().remedies(for: word, value: following, at: path)
            let meant = listed.isEmpty ? following.flatMap { optionNamed(word, value: $0) } ?? [] : listed
            let known = swapped ?? (meant.isEmpty ? path.leaf.remedies(.operand(word, next: following)) : meant)
            let remedies = value.flatMap { lengthened($0, by: word, otherwise: known) }.map { [$0] } ?? known
            fail(
                .unexpectedOperand(
                    word: word,
                    command: path.line,
                    option: option,
                    suggestions: remedies.isEmpty ? [] : Suggestions(meant: remedies)
                )
            )
        } else if let boolean, Bool(truthWord: word) != nil, Int(word) == nil {
            // A number may be the id of a record: `edit --active 1`.
            fail(.unexpectedOperand(word: word, command: path.line, option: boolean))
        }
        if word.isEmpty, let operand = nextOperand, operand.completion.isPath { fail(.emptyPath(name: operand.name)) }
        operands.append(word)
    }

    /// Returns the option that a word names, with the word behind it as its value: `summarize by stage`, as in SQL.
    private func optionNamed(_ word: String, value: String) -> [String]? {
        guard let option = path.option(long: word[...])?.option, case .value = option.kind else { return nil }
        return ["--\(option.long) \(Remedy.shown(value))"]
    }

    /// Returns the option to write with a word that belongs to the value in front of it: the time behind a date, the
    /// rest of a text without quotes, a further address.
    ///
    /// - Parameter remedies: what else to write. An option that was already given is no answer.
    private func lengthened(
        _ preceding: (scoped: ScopedOption, spelling: String, value: String),
        by word: String,
        otherwise remedies: [String]
    ) -> String? {
        let (scoped, spelling, value) = preceding
        if scoped.option.isRepeatable {
            let isAlike = value.contains("@") && word.contains("@") || Int64(value) != nil && Int64(word) != nil
            return isAlike ? "\(spelling) \(Remedy.shown(word))" : nil
        }
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        let isTime = parts.count > 1 && parts.allSatisfy { Int($0) != nil } && !value.contains(":")
        let isGiven = remedies.first.map { remedy in
            occurrences.contains { remedy.hasPrefix("--\($0.name) ") }
        }
        return isTime || isGiven == true ? "\(spelling) \(Remedy.shown("\(value) \(word)"))" : nil
    }

    private mutating func readLongOption(_ word: String, next: String?) {
        let body = word.utf8.dropFirst(2)
        let name = Substring(body.prefix { $0 != UInt8(ascii: "=") })
        let value = body.firstIndex(of: UInt8(ascii: "=")).map { String(Substring(body[body.index(after: $0)...])) }
        let spelling = "--\(name)"
        if let scoped = path.option(long: name) {
            read(scoped, spelling: spelling, value: value)
        } else if let scoped = path.option(negated: name) {
            if let value { return fail(.unexpectedValue(option: spelling, value: value)) }
            record(scoped, .boolean(false), as: spelling)
        } else {
            let following = next.flatMap { $0.hasPrefix("-") ? nil : $0 }
            fail(.unknownOption(at: path, long: name, value: value ?? following))
        }
    }

    private mutating func read(_ scoped: ScopedOption, spelling: String, value: String?) {
        switch (scoped.option.kind, value) {
        case (.flag, nil):
            record(scoped, .present, as: spelling)
        case (.flag, let value?):
            fail(.unexpectedValue(option: spelling, value: value))
        case (.boolean, nil):
            record(scoped, .boolean(true), as: spelling)
            precedingBoolean = spelling
        case (.boolean, let value?):
            guard let truth = Bool(truthWord: value) else {
                return fail(.invalidBoolean(option: spelling, value: value))
            }
            record(scoped, .boolean(truth), as: spelling)
        case (.value, nil):
            pending = (scoped, spelling)
        case (.value, let value?):
            record(scoped, .text(value), as: spelling)
        }
    }

    private mutating func readShortOptions(_ word: String, next: String?) {
        var letters = word.unicodeScalars.dropFirst()
        let following = next.flatMap { $0.hasPrefix("-") ? nil : $0 }
        while let letter = letters.popFirst() {
            guard let scoped = path.option(short: letter) else {
                // The whole word is reported if it is a long option that lacks a dash.
                let body = Substring(word.utf8.dropFirst())
                let suggestion = path.option(long: body).map { "--" + $0.option.long }
                if suggestion == nil, nextOperand?.mayBeginWithHyphen == true {
                    let suggestions = Suggestions(meant: [asOperand(word)])
                    return fail(.unknownOption(word: word, command: path.line, suggestions: suggestions))
                }
                if suggestion == nil, !letter.isDecimalDigit {
                    let value = letters.isEmpty ? following : String(letters)
                    return fail(.unknownOption(at: path, short: letter, value: value))
                }
                let remedies = suggestion == nil ? self.remedies(ofNumber: String(body)) : []
                let suggestions =
                    remedies.isEmpty
                    ? Suggestions(near: suggestion.map { [$0] } ?? []) : Suggestions(meant: remedies)
                return fail(.unknownOption(word: word, command: path.line, suggestions: suggestions))
            }
            guard case .value = scoped.option.kind, !letters.isEmpty else {
                read(scoped, spelling: "-\(letter)", value: nil)
                continue
            }
            return record(scoped, .text(String(letters)), as: "-\(letter)")
        }
    }

    /// Returns what to write instead of a number behind a dash, as in `log -3`.
    private func remedies(ofNumber digits: String) -> [String] {
        guard digits.allSatisfy(\.isNumber) else { return [] }
        return path.root.vocabulary().remedies(for: "-0", value: digits, at: path)
    }

    /// Returns how a word that begins with a hyphen is written as an operand.
    private func asOperand(_ word: String) -> String { "\(path.line) -- \(word.prefix { !$0.isWhitespace }) …" }

    /// Returns the option that a word names behind dashes of another kind, into which word processors, web pages and
    /// telephones turn hyphens; `nil` if it names none.
    private func optionWithOtherDashes(_ word: String) -> String? {
        let dashes = word.unicodeScalars.prefix { $0.properties.isDash }
        guard dashes.contains(where: { $0 != "-" }) else { return nil }
        let body = word.unicodeScalars[dashes.endIndex...]
        let name = Substring(body.prefix { $0 != "=" })
        let rest = String(body.drop { $0 != "=" })
        if path.option(long: name) != nil || path.option(negated: name) != nil { return "--\(name)\(rest)" }
        guard name.unicodeScalars.count == 1, let letter = name.unicodeScalars.first else { return nil }
        return path.option(short: letter) == nil ? nil : "-\(letter)"
    }

    private func isLongOption(_ word: String) -> Bool {
        guard word.utf8.starts(with: "--".utf8), word.utf8.count > 2 else { return false }
        let name = Substring(word.utf8.dropFirst(2))
        return path.option(long: name) != nil || path.option(negated: name) != nil
    }

    private mutating func record(_ scoped: ScopedOption, _ value: Occurrence.Value, as spelling: String) {
        if scoped.option.isHelp { wantsHelp = true }
        if value == .text(""), scoped.option.completion.isPath { fail(.emptyPath(name: Text(spelling))) }
        if !scoped.option.isRepeatable, let first = given(scoped), first != value {
            fail(.contradictedValue(option: spelling, first: first.spelling, second: value.spelling))
        }
        if case .text(let text) = value { precedingValue = (scoped, spelling, text) }
        occurrences.append(Occurrence(name: scoped.option.long, level: scoped.level, value: value))
    }

    private func given(_ scoped: ScopedOption) -> Occurrence.Value? {
        occurrences.first { $0.level == scoped.level && $0.name == scoped.option.long }?.value
    }

    private mutating func fail(_ found: UsageError) {
        error = error ?? found
    }
}

extension Option {
    /// The placeholder for the option's value in documents; empty if the option takes no value.
    var placeholder: Text {
        if case .value(let placeholder) = kind { placeholder } else { "" }
    }
}

extension Occurrence.Value {
    fileprivate var spelling: String {
        switch self {
        case .present: ""
        case .boolean(let isTrue): isTrue ? "true" : "false"
        case .text(let text): text
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isDecimalDigit: Bool { ("0"..."9").contains(self) }
}

extension Bool {
    /// Reads a truth value in English or Spanish, in any case; `nil` for anything else.
    init?(truthWord word: String) {
        switch word.lowercased() {
        case "true", "yes", "y", "on", "1", "sí", "si", "s", "verdadero": self = true
        case "false", "no", "n", "off", "0", "falso": self = false
        default: return nil
        }
    }
}

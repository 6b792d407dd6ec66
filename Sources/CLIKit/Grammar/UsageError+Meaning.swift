import Localization

extension UsageError {
    /// Returns the error for a word that is not the name of a command below a path. It suggests the commands that the
    /// word means, or those with similar names.
    ///
    /// - Parameters:
    ///   - next: the word after it. If the two name a command in reverse order, that command is suggested.
    ///   - asksHelp: whether the help of the command was asked for.
    static func unknownCommand(
        at path: CommandPath<some Any>,
        word: String,
        next: String?,
        asksHelp: Bool = false
    ) -> UsageError {
        let known = path.leaf.subcommands.filter { !$0.isHidden }
        let vocabulary = path.root.vocabulary()
        let following = next.flatMap { $0.hasPrefix("-") ? nil : $0 }
        let suggestions: Suggestions
        if let next, let subcommand = path.leaf.subcommand(named: next),
            let swapped = subcommand.command().subcommand(named: word)
        {
            suggestions = ["\(subcommand.name) \(swapped.name)"]
        } else if case let remedies = vocabulary.remedies(for: word, value: following, at: path), !remedies.isEmpty {
            suggestions = Suggestions(meant: remedies)
        } else if case let phrases = path.leaf.phrases(following).filter({ MeantWord(word).means(oneOf: $0.words) }),
            !phrases.isEmpty
        {
            suggestions = Suggestions(meant: phrases.map(\.line))
        } else if let meant = Suggestions(of: MeantWord(word), next: next, among: known, vocabulary) {
            suggestions = path.leaf.suggestions(beyond: meant, next: next) ?? meant
        } else if let option = path.options.first(where: { MeantWord(word).means(oneOf: $0.option.callingNames) }) {
            suggestions = Suggestions(meant: ["--" + option.option.long])
        } else if let elsewhere = command(atRootOf: path, meantBy: word) {
            suggestions = Suggestions(meant: [elsewhere])
        } else if let related = Suggestions(relatedTo: MeantWord(word), among: known) {
            suggestions = related
        } else {
            let called = nearestWords(to: word, among: known.map(\.name)).filter {
                vocabulary.allows($0, for: word, resembling: $0)
            }
            let near = called.isEmpty ? names(near: word, of: known, vocabulary) : called
            // The name of a verb of another command is not a text to search for. A user who asks for help about a word
            // means a command, not its arguments.
            let isVerb = path.root.subcommands.contains { $0.command().subcommand(named: word) != nil }
            let asksHelp = asksHelp || next == "--\(Flag.helpName)" || next == "-h"
            // A word before a number is a verb to be applied to that record.
            let isOfRecord = next.map { Int64($0) != nil } ?? false
            let isText = near.isEmpty && !isVerb && !asksHelp && !isOfRecord
            let remedies = isText ? path.leaf.remedies(.operand(word, next: following)) : []
            suggestions = remedies.isEmpty ? Suggestions(near: near) : Suggestions(meant: remedies)
        }
        return .unknownCommand(word: word, command: path.line, suggestions: suggestions)
    }

    /// Returns the error for a long option that a command does not have. It suggests the options that the name means,
    /// or those with similar names.
    ///
    /// - Parameter value: the value joined to the option, or the word after it.
    static func unknownOption(at path: CommandPath<some Any>, long name: Substring, value: String?) -> UsageError {
        let options = path.options.map(\.option)
        if let below = path.leaf.subcommand(havingOption: { $0.long.isSameName(as: String(name)) }) {
            let line = "\(path.leaf.name) \(below) --\(name)"
            return .unknownOption(word: "--" + name, command: path.line, suggestions: Suggestions(meant: [line]))
        }
        let word = MeantWord(name)
        let vocabulary = path.root.vocabulary()
        let listed = vocabulary.remedies(for: "--\(name)", value: value, at: path)
        if !listed.isEmpty {
            return .unknownOption(word: "--" + name, command: path.line, suggestions: Suggestions(meant: listed))
        }
        let alike = options.filter { word.means(oneOf: $0.names + vocabulary.words(forOption: $0.long)) }
        // A word in the singular means the option in the singular, one in the plural that in the plural: carpeta,
        // carpetas.
        let exact = alike.filter { word.isOne(of: $0.names + vocabulary.words(forOption: $0.long)) }
        let meant = exact.isEmpty ? alike : exact
        let suggestions: Suggestions
        if meant.isEmpty, let place = path.leaf.operands.firstIndex(where: { word.means(oneOf: $0.names) }) {
            // The name is that of an operand, which is typed without an option.
            var parts = ["…"]
            if let value, value == "-" || !value.hasPrefix("-") {
                let isLast = place == path.leaf.operands.count - 1
                parts = (place > 0 ? ["…"] : []) + [Remedy.shown(value)] + (isLast ? [] : ["…"])
            }
            suggestions = Suggestions(meant: ["\(path.line) \(parts.joined(separator: " "))"])
        } else if meant.isEmpty, let option = options.first(where: { $0.offers(String(name)) }) {
            // A value was typed as the name of its option: --csv.
            suggestions = Suggestions(meant: ["--\(option.long) \(name)"])
        } else if case let remedies = path.leaf.remedies(.option(String(name), value: value)),
            meant.isEmpty, !remedies.isEmpty
        {
            suggestions = Suggestions(meant: remedies)
        } else if meant.isEmpty {
            let known = options.flatMap { $0.kind == .boolean ? [$0.long, "no-" + $0.long] : [$0.long] }
            let labelled = options.labelled(with: name)
            let near = labelled.isEmpty ? nearestWords(to: String(name), among: known) : labelled
            let related = options.filter { word.means(oneOf: $0.relatedWords) }.map(\.long)
            suggestions = Suggestions(near: (near.isEmpty ? related.prefix(3) : near[...]).map { "--" + $0 })
        } else {
            suggestions = Suggestions(meant: meant.map { "--" + $0.long })
        }
        return .unknownOption(word: "--" + name, command: path.line, suggestions: suggestions)
    }
}

extension UsageError {
    /// Returns the error for a letter that is not a short option. It suggests the options that the letter means, or
    /// long ones that begin with it.
    ///
    /// - Parameter value: the rest of the word, or the word after it.
    static func unknownOption(
        at path: CommandPath<some Any>,
        short letter: Unicode.Scalar,
        value: String?
    ) -> UsageError {
        let options = path.options.map(\.option)
        let meant = options.filter { $0.callingNames.contains(String(letter)) }
        let listed = path.root.vocabulary().remedies(for: "-\(letter)", value: value, at: path)
        let suggestions: Suggestions
        if !listed.isEmpty {
            suggestions = Suggestions(meant: listed)
        } else if !meant.isEmpty {
            suggestions = Suggestions(meant: meant.map { "--" + $0.long })
        } else if let below = path.leaf.subcommand(havingOption: { $0.short?.unicodeScalars.first == letter }) {
            suggestions = Suggestions(meant: ["\(path.leaf.name) \(below) -\(letter)"])
        } else {
            let initial = String(letter).lowercased()
            let names = options.filter { $0.short == nil && $0.long.hasPrefix(initial) }.map(\.long)
            suggestions = Suggestions(near: names.prefix(3).map { "--" + $0 })
        }
        return .unknownOption(word: "-\(letter)", command: path.line, suggestions: suggestions)
    }
}

extension UsageError {
    /// Returns the command that a word after a verb names in reverse order, `export contact` for `contact export`, where
    /// the verb also stands by itself.
    ///
    /// - Returns: `nil` if the word is no group with such a verb.
    static func reversed(at path: CommandPath<some Any>, word: String) -> String? {
        let meant = MeantWord(word)
        let groups = path.root.subcommands.filter { !$0.isHidden }
        let group = path.root.subcommand(named: word) ?? groups.first { $0.isMeant(by: meant) }
        guard path.line == "\(path.root.name) \(path.leaf.name)", let group,
            let verb = group.command().subcommand(named: path.leaf.name)
        else { return nil }
        return "\(path.root.name) \(group.name) \(verb.name)"
    }

    /// Returns the command of the program by itself that a word behind a group means, `crm undo` for `contact undo`;
    /// `nil` if there is none.
    private static func command(atRootOf path: CommandPath<some Any>, meantBy word: String) -> String? {
        guard path.line != path.root.name else { return nil }
        let commands = path.root.subcommands.filter { !$0.isHidden && $0.command().run != nil }
        let meant = commands.first { $0.name == word } ?? commands.first { $0.isMeant(by: MeantWord(word)) }
        return meant.map { "\(path.root.name) \($0.name)" }
    }

    /// Returns the names of the commands with a synonym similar to a word.
    private static func names(
        near word: String,
        of known: [Subcommand<some Any>],
        _ vocabulary: Vocabulary
    ) -> [String] {
        let synonyms = known.flatMap { entry in
            (entry.synonyms + vocabulary.words(for: entry.name)).map { (word: $0.lowercased(), name: entry.name) }
        }
        let allowed = synonyms.filter { vocabulary.allows($0.name, for: word, resembling: $0.word) }
        let near = nearestWords(to: word.lowercased(), among: allowed.map(\.word))
        let names = near.compactMap { word in allowed.first { $0.word == word }?.name }
        return names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }
}

extension Suggestions {
    /// Creates suggestions from the meaning of an unknown word. The word may mean a command, or a verb that was typed
    /// before its noun or without it (`list contacts` for `contact list`).
    ///
    /// - Returns: `nil` if the word means no command.
    fileprivate init?(
        of word: MeantWord,
        next: String?,
        among known: [Subcommand<some Any>],
        _ vocabulary: Vocabulary
    ) {
        // A verb before its noun, `list contacts`, takes precedence over a command with the name of the verb.
        if let noun = next.map({ MeantWord($0) }),
            let line = Self.line(word, in: known.filter { $0.isMeant(by: noun) }, vocabulary)
        {
            self.init(meant: [line])
            return
        }
        // A name or synonym takes precedence over the beginning of another command's summary: listar means list, not
        // links.
        let verbs = vocabulary.verbs(meantBy: word, among: known.map(\.name))
        let called = known.filter { verbs.contains($0.name) || word.means(oneOf: [$0.name] + $0.command().synonyms) }
        let meant = (called.isEmpty ? known.filter { $0.isMeant(by: word) } : called).map(\.name)
        // A word related to records suggests those records, and not the verb of some group, unless that is a group itself:
        // what there is comes before what is near.
        let isRelated = meant.isEmpty && Self(relatedTo: word, among: known) != nil
        let words =
            meant.isEmpty ? Self.line(word, in: known, vocabulary, amongGroups: isRelated).map { [$0] } ?? [] : meant
        if words.isEmpty { return nil }
        self.init(meant: words)
    }

    /// Creates suggestions of the commands related to the meaning of a word; `nil` if there are none.
    fileprivate init?(relatedTo word: MeantWord, among known: [Subcommand<some Any>]) {
        let related = known.filter { word.means(oneOf: $0.command().kin) }.map(\.name)
        if related.isEmpty { return nil }
        self.init(related: related)
    }

    /// Returns the first group with a verb that a word means, followed by that verb; `nil` if there is none.
    ///
    /// - Parameter isAmongGroups: whether only verbs that are groups themselves count.
    private static func line(
        _ word: MeantWord,
        in groups: [Subcommand<some Any>],
        _ vocabulary: Vocabulary,
        amongGroups isAmongGroups: Bool = false
    ) -> String? {
        // A group that does something by itself answers a question; the others change something.
        for group in groups.filter({ $0.command().run != nil }) + groups.filter({ $0.command().run == nil }) {
            let verbs = group.command().subcommands.filter { verb in
                !verb.isHidden && (!isAmongGroups || !verb.command().subcommands.isEmpty)
            }
            let meant = verbs.first { word.means(oneOf: vocabulary.words(for: $0.name)) || $0.isMeant(by: word) }
            if let meant { return "\(group.name) \(meant.name)" }
        }
        return nil
    }
}

extension Command {
    /// Returns suggestions that a word meaning a single subcommand calls for together with the word after it, which
    /// that subcommand would not take: `find ana`.
    ///
    /// - Returns: `nil` if the subcommand alone is the answer.
    fileprivate func suggestions(beyond meant: Suggestions, next: String?) -> Suggestions? {
        guard let next, meant.areMeant, meant.words.count == 1, !next.hasPrefix("-"),
            let command = subcommand(named: meant.words[0])?.command(), command.operands.isEmpty,
            command.subcommands.isEmpty
        else { return nil }
        let remedies = command.remedies(.operand(next, next: nil))
        return remedies.isEmpty ? nil : Suggestions(meant: remedies)
    }

    /// Returns the name of the first subcommand if it takes a matching option. It stands for all subcommands, which are
    /// alike.
    ///
    /// - Returns: `nil` if the subcommand takes no such option, or if this command does nothing by itself.
    func subcommand(havingOption isIt: (Option) -> Bool) -> String? {
        let first = run == nil ? nil : subcommands.first
        return first.flatMap { $0.command().options.contains(where: isIt) ? $0.name : nil }
    }
}

extension Subcommand {
    /// Returns whether a word means it: its name, the verb at the start of its Spanish summary, or a synonym.
    fileprivate func isMeant(by word: MeantWord) -> Bool { word.means(oneOf: [name] + synonyms) }

    /// The other words for the subcommand: the verb with which its Spanish summary begins, unless it is a group, and
    /// its synonyms.
    fileprivate var synonyms: [String] {
        let command = command()
        let isGroup = command.run == nil && !command.subcommands.isEmpty
        return (isGroup ? [] : summary.es.split(separator: " ").prefix(1).map(String.init)) + command.synonyms
    }
}

extension Option {
    /// The names of the option: its own, its summary up to a colon, and its synonyms.
    fileprivate var names: [String] {
        [long] + [summary.en, summary.es].map { String($0.prefix { $0 != ":" }) }
            + synonyms.split(separator: " ").map(String.init) + (lateSynonyms?() ?? [])
    }

    /// Returns whether a word is one of the fixed values of the option.
    fileprivate func offers(_ value: String) -> Bool {
        completion.words?.contains { $0.word == value } ?? false
    }

    /// The name of the option and its fixed synonyms, without its summary.
    fileprivate var callingNames: [String] { [long] + synonyms.split(separator: " ").map(String.init) }

    /// Words related to the option: its placeholder and the first word of its summary, in both languages.
    fileprivate var relatedWords: [String] {
        [placeholder.en, placeholder.es].filter { $0.utf8.count > 2 }
            + [summary.en, summary.es].flatMap { text in text.split(separator: " ").prefix(1).map(String.init) }
    }
}

extension [Option] {
    /// Returns the names of the options with all words of an unknown name in a label or synonym, at most three. Those
    /// with the shortest labels come first: of `--no-llamar`, `No llamar por teléfono`.
    fileprivate func labelled(with name: Substring) -> [String] {
        let words = name.split { $0 == "-" || $0 == "_" }
        // Short words, such as articles, are in many labels.
        guard words.contains(where: { $0.utf8.count > 3 }) else { return [] }
        let meant = words.map { MeantWord($0) }
        let ranked = enumerated().compactMap { index, option -> (length: Int, index: Int, name: String)? in
            let lengths = option.names.dropFirst().compactMap { label in
                let parts = label.split { !$0.isLetter && !$0.isNumber }.map(String.init)
                return meant.allSatisfy { $0.means(oneOf: parts) } ? parts.count : nil
            }
            return lengths.min().map { (length: $0, index: index, name: option.long) }
        }
        return ranked.sorted { ($0.length, $0.index) < ($1.length, $1.index) }.prefix(3).map(\.name)
    }
}

extension Operand {
    /// The words under which the operand may be mistaken for an option: those of its names in both languages and its
    /// synonyms.
    fileprivate var names: [String] {
        [name.en, name.es].flatMap { $0.split { !$0.isLetter }.map(String.init) }
            + synonyms.split(separator: " ").map(String.init)
    }
}

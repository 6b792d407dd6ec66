import CLIKit
import CRMKit
import Formats
import Localization

/// The command that completion scripts call: it prints the possible words at the cursor.
struct CompleteCommand {
    let root: Command
    let grammar: @Sendable (Registry) -> Command
    let modules: FileRegistry
    let environment: Environment

    private var registry: Registry { modules.registry }

    /// Writes the answer to standard output. It reads the database but never creates one.
    func run(_ operands: [String]) throws {
        guard let question = ShellQuestion(operands: operands) else { return }
        let request = CompletionRequest(words: question.words, root: root)
        let language = self.language(request)
        let answer = request.answer(in: language) { tag, prefix in
            // A shell that waits for words cannot show an error, so none are offered.
            let words = CompletionTag(tag).flatMap {
                try? find($0, prefix: prefix, request: request, language: language)
            }
            return words ?? FoundWords([])
        }
        try FileDescriptor.standardOutput.write(Array(question.lines(for: answer).utf8))
    }

    private func find(
        _ tag: CompletionTag,
        prefix: String,
        request: CompletionRequest<Session>,
        language: Language
    ) throws -> FoundWords {
        switch tag {
        case .reference(let name):
            return try references(beginningWith: prefix, to: registry.find(name), request)
        case .anyReference:
            return try references(beginningWith: prefix, request, language)
        case .namedRecord:
            return try references(beginningWith: prefix, to: named(in: request), request)
        case .command:
            return try commands(after: request.invocation.operands, beginningWith: prefix, language)
        case .changeSet:
            return FoundWords(try changeSets(beginningWith: prefix, request))
        case .history:
            let nouns = registry.names.map { CompletionWord($0.noun, registry[$0].label(in: language)) }
            let named = nouns.filter { $0.word.hasPrefix(prefix) }
            // The modules are offered even without a database.
            return FoundWords(named + ((try? changeSets(beginningWith: prefix, request)) ?? []))
        case .columns(let subject, let other):
            guard let module = module(subject, request) else { return FoundWords([]) }
            let link = other.flatMap(registry.find)?.contacts.link
            return ColumnWords(start: PathStart(module, over: link, in: registry), language: language)
                .listed(after: prefix)
        case .mapping:
            return mappings(beginningWith: prefix, request, language)
        case .rowKind(let name):
            let kind = self.module(ofVerbIn: request)?.givenParts.first { $0.name == name }?.kindField
            let words = (kind?.type.choices ?? []).map { CompletionWord("\($0.key):", $0.label(in: language)) }
            return FoundWords(words.filter { $0.word.hasPrefix(prefix) && $0.word != prefix }, isOpen: true)
        case .filter(let subject):
            guard let module = module(subject, request) else { return FoundWords([]) }
            return FilterWords(start: PathStart(module, in: registry), language: language).words(after: prefix)
        case .expression(let name):
            guard let module = registry.find(name) else { return FoundWords([]) }
            return ColumnWords(start: PathStart(module, in: registry), language: language)
                .withinExpression(after: prefix)
        case .view, .addedField, .choice:
            return try definitions(tag, beginningWith: prefix, request, language)
        }
    }

    /// Returns the references to records of a module.
    private func references(
        beginningWith prefix: String,
        to module: Module?,
        _ request: CompletionRequest<Session>
    ) throws -> FoundWords {
        guard let module else { return FoundWords([]) }
        return try ReferenceWords(store: openStore(request)).words(for: prefix, in: module)
    }

    /// Returns the references to records of any module, each with the module's name and a colon before it.
    private func references(
        beginningWith prefix: String,
        _ request: CompletionRequest<Session>,
        _ language: Language
    ) throws -> FoundWords {
        guard let colon = prefix.firstIndex(of: ":") else { return modules(beginningWith: prefix, language) }
        let module = registry.find(ModuleName(rawValue: String(prefix[..<colon])))
        let rest = String(prefix[prefix.index(after: colon)...])
        return try references(beginningWith: rest, to: module, request).led(by: String(prefix[...colon]))
    }

    /// Returns the columns to which a column of an input can be mapped: the words after the equals sign of `--map`.
    private func mappings(
        beginningWith prefix: String,
        _ request: CompletionRequest<Session>,
        _ language: Language
    ) -> FoundWords {
        guard let module = module(ofVerbIn: request), let equals = prefix.lastIndex(of: "=") else {
            return FoundWords([])
        }
        let typed = String(prefix[prefix.index(after: equals)...])
        let words =
            kinds(beginningWith: typed, of: module, language)
            ?? ColumnWords(start: PathStart(module, in: registry), language: language).beginning(with: typed)
        let goesOn = words.contains { $0.word.hasSuffix(".") }
        return FoundWords(words, isOpen: goesOn).led(by: String(prefix[...equals]))
    }

    /// Returns the columns of an input for rows of one kind, as `point.email`; `nil` unless the name of a part whose rows
    /// have kinds is typed, with the dot behind it.
    private func kinds(beginningWith typed: String, of module: Module, _ language: Language) -> [CompletionWord]? {
        guard let dot = typed.firstIndex(of: ".") else { return nil }
        let noun = String(typed[..<dot])
        let part = module.givenParts.first { $0.name == noun || $0.key == noun }
        guard let kinds = part?.kindField?.type.choices else { return nil }
        return kinds.map { CompletionWord("\(typed[...dot])\($0.key)", $0.label(in: language)) }
            .filter { $0.word.hasPrefix(typed) }
    }

    /// Returns the views, fields and choices that the open database defines.
    private func definitions(
        _ tag: CompletionTag,
        beginningWith prefix: String,
        _ request: CompletionRequest<Session>,
        _ language: Language
    ) throws -> FoundWords {
        let words: [CompletionWord]
        switch tag {
        case .view(let subject):
            guard let module = module(subject, request) else { return FoundWords([]) }
            let views = try openStore(request).views(of: module.name)
            words = views.map { CompletionWord($0.name, $0.filters.joined()) }
        case .addedField:
            guard let name = request.invocation.operands.first else { return FoundWords([]) }
            let store = try openStore(request)
            let rows = try store.checkRows(DefinedRows(name: name))
            let fields = store.definitions.fields.filter { $0.rows == rows }
            words = fields.map { CompletionWord($0.key, $0.label(in: language)) }
        case .choice:
            guard let name = request.invocation.operands.first else { return FoundWords([]) }
            let choices = try openStore(request).choices(of: ChoiceField(name: name))
            words = choices.map { CompletionWord($0.key, $0.label(in: language)) }
        default: words = []
        }
        return FoundWords(words.filter { $0.word.hasPrefix(prefix) })
    }

    private func module(_ subject: CompletionTag.Subject, _ request: CompletionRequest<Session>) -> Module? {
        switch subject {
        case .module(let name): registry.find(name)
        case .named: named(in: request)
        }
    }

    /// Returns the module whose verb the command line calls.
    private func module(ofVerbIn request: CompletionRequest<Session>) -> Module? {
        request.invocation.path.names.dropFirst().first.flatMap { registry.find(ModuleName(rawValue: $0)) }
    }

    /// Returns the module named by the first operand.
    private func named(in request: CompletionRequest<Session>) -> Module? {
        request.invocation.operands.first.flatMap { registry.find(ModuleName(rawValue: $0)) }
    }

    private func openStore(_ request: CompletionRequest<Session>) throws -> Store {
        let session = Session(
            program: root.name,
            root: root,
            grammar: grammar,
            invocation: request.invocation,
            words: [],
            environment: environment,
            modules: modules,
            language: language(request)
        )
        return try session.openStore(for: .reading)
    }

    private func language(_ request: CompletionRequest<Session>) -> Language {
        let option = request.invocation.text(of: GlobalOptions.language).flatMap(Language.init(localeName:))
        return LanguageChoice(option: option, environment: environment).language
    }

    /// Returns the subcommands of the command that some words call; without words, the chapters of the manual as well.
    private func commands(
        after words: [String],
        beginningWith prefix: String,
        _ language: Language
    ) throws -> FoundWords {
        let commands = try CommandPath(root: root).descending(words).leaf.subcommands.filter { !$0.isHidden }
            .map { CompletionWord($0.name, $0.summary(in: language)) }
        let topics = HelpTopic.allCases.map { CompletionWord($0.rawValue, $0.label(in: language)) }
        return FoundWords((commands + (words.isEmpty ? topics : [])).filter { $0.word.hasPrefix(prefix) })
    }

    /// The greatest numbers of change sets examined and offered.
    private static let (seenChangeSets, mostChangeSets) = (1000, 10)

    /// Returns the newest change sets, with the commands that made them.
    private func changeSets(
        beginningWith prefix: String,
        _ request: CompletionRequest<Session>
    ) throws -> [CompletionWord] {
        guard prefix.isASCIIDigits else { return [] }
        let limit = prefix.isEmpty ? Self.mostChangeSets : Self.seenChangeSets
        return try openStore(request).history(limit: limit).filter { "\($0.id)".hasPrefix(prefix) }
            .prefix(Self.mostChangeSets)
            .map { CompletionWord("\($0.id)", "\($0.who): \($0.command)") }
    }

    private func modules(beginningWith prefix: String, _ language: Language) -> FoundWords {
        let names = registry.names.filter { $0.rawValue.hasPrefix(prefix) || $0.noun.hasPrefix(prefix) }
        return FoundWords(
            names.map { CompletionWord("\($0.noun):", registry[$0].label(in: language)) },
            isOpen: true
        )
    }
}

extension FoundWords {
    /// Returns the words with a prefix, the part of the value before them.
    func led(by lead: String) -> FoundWords {
        FoundWords(words.map { CompletionWord(lead + $0.word, $0.description) }, isOpen: isOpen)
    }
}

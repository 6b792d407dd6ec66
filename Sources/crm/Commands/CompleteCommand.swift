import CLIKit
import CRMKit
import Localization

/// What the completion scripts ask: which words can stand at the cursor.
struct CompleteCommand {
    let root: Command
    let registry: Registry
    let environment: Environment

    /// The most records that are offered.
    private static let mostRecords = 50

    /// Answers on standard output. It reads the database and never makes one.
    func run(_ operands: [String]) throws {
        guard let question = ShellQuestion(operands: operands) else { return }
        let request = CompletionRequest(words: question.words, root: root)
        let language = LanguageChoice(option: request.invocation.value(of: "lang"), environment: environment).language
        let answer = request.answer(in: language) { tag, prefix in
            // Where a shell waits for words there is nobody to tell of an error: no words are offered.
            (try? find(tag, prefix: prefix, request: request, language: language)) ?? FoundWords([])
        }
        try FileDescriptor.standardOutput.write(Array(question.lines(for: answer).utf8))
    }

    private func find(
        _ tag: String,
        prefix: String,
        request: CompletionRequest,
        language: Language
    ) throws -> FoundWords {
        let parts = tag.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let module = parts.count > 1 ? registry.find(ModuleName(rawValue: parts[1])) : nil
        switch (parts[0], module) {
        case ("reference", let module?): return try records(of: module, prefix: prefix, request: request)
        case ("reference", nil): return anyRecord(prefix: prefix)
        case ("column", let module?): return columns(of: module, prefix: prefix, language: language)
        case ("filter", let module?): return FoundWords(fields(of: module, language: language), isOpen: true)
        default: return FoundWords([])
        }
    }

    private func records(of module: Module, prefix: String, request: CompletionRequest) throws -> FoundWords {
        let session = Session(
            program: root.name,
            root: root,
            invocation: request.invocation,
            words: [],
            environment: environment,
            registry: registry
        )
        let store = try session.openStore(for: .reading)
        let found = try store.candidates(for: prefix, in: module, extent: .prefix, limit: Self.mostRecords)
        return FoundWords(
            found.map { candidate in
                let key = candidate.key ?? ""
                let isKey = key.contains("@") && !prefix.isEmpty && key.lowercased().hasPrefix(prefix.lowercased())
                return CompletionWord(isKey ? key : "\(candidate.id)", candidate.name ?? key)
            }
        )
    }

    private func anyRecord(prefix: String) -> FoundWords {
        FoundWords(registry.names.map { CompletionWord("\($0.rawValue):", "") }, isOpen: true)
    }

    /// Columns stand in lists: the last element is the one being typed.
    private func columns(of module: Module, prefix: String, language: Language) -> FoundWords {
        let lead = prefix.lastIndex(of: ",").map { String(prefix[...$0]) } ?? ""
        return FoundWords(
            fields(of: module, language: language).map { CompletionWord(lead + $0.word, $0.description) },
            isOpen: true
        )
    }

    private func fields(of module: Module, language: Language) -> [CompletionWord] {
        module.fields.map { CompletionWord($0.key, $0.label(in: language)) }
    }
}

import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// Reports on standard error why a command failed: in words or, if the output is JSON, as an object on one line.
struct ErrorReport {
    private let program: String
    private let environment: Environment
    private let registry: Registry
    /// Whether the output is JSON. It is also known for errors before the options are parsed.
    private var isJSON: Bool
    private var language: Language?
    /// The names of the given options, without their dashes.
    private var given: Set<String> = []

    init(program: String, environment: Environment, registry: Registry, words: [String]) {
        self.program = program
        self.environment = environment
        self.registry = registry
        let formats = ["--json", "--format=json", "--format=jsonl"]
        isJSON =
            words.contains { formats.contains($0) }
            || Self.words(after: "--format", in: words).contains { $0 == "json" || $0 == "jsonl" }
        let named =
            words.last { $0.hasPrefix("--lang=") }.map { String($0.dropFirst("--lang=".count)) }
            ?? Self.words(after: "--lang", in: words).first
        language = named.flatMap(Language.init(localeName:))
    }

    private static func words(after option: String, in words: [String]) -> [String] {
        words.indices.dropFirst().filter { words[$0 - 1] == option }.map { words[$0] }
    }

    /// Adopts the options of the parsed command line.
    mutating func read(_ invocation: Invocation) {
        isJSON = invocation.formName.flatMap(OutputFormat.init(rawValue:))?.isJSON ?? false
        language = invocation.text(of: GlobalOptions.language).flatMap(Language.init(localeName:))
        given = Set(invocation.occurrences.map(\.name))
    }

    /// Writes an error.
    ///
    /// - Returns: the exit status for it.
    func write(_ error: any Error) -> Int32 {
        let answer = ErrorAnswer(to: error)
        if let error = answer.error { write(error) }
        return answer.status
    }

    private func write(_ error: CRMError) {
        let language = LanguageChoice(option: language, environment: environment).language
        let errors = FileDescriptor.standardError
        let bytes = isJSON ? json(error, language) : Array(errors.fitted(plain(error, language), in: environment).utf8)
        // A failure to write to standard error cannot be reported anywhere.
        try? errors.writeShown(bytes, isJSON: isJSON)
    }

    private func plain(_ error: CRMError, _ language: Language) -> String {
        var lines = ["\(program): \(words(of: error.message, language))"]
        for problem in error.problems {
            let value = problem.value.map { " \"\($0.abridged)\"" } ?? ""
            let name = name(of: problem, in: error.module, language)
            let reason = words(of: problem.reasonInOptions, language) + meaning(of: problem, in: error.module, language)
            lines.append("  \(name)\(value): \(reason)")
        }
        lines += error.details.map { "  \(words(of: $0, language))" }
        if let hint = error.hint { lines.append("\(program): \(words(of: hint, language))") }
        return lines.map { Sanitizer.revealed($0.withAbridgedWords) + "\n" }.joined()
    }

    private func words(of text: Text, _ language: Language) -> String {
        text.calling(program: program)(in: language)
    }

    /// Returns what a problem is about: an operand, an option, or the label of a field that the program computes, which
    /// has no option.
    private func name(of problem: CRMError.Problem, in module: ModuleName?, _ language: Language) -> String {
        if problem.isOfOperand { return problem.field }
        if let field = module.flatMap({ registry.find($0) })?.field(problem.field), field.traits.contains(.derived) {
            return words(of: field.label, language)
        }
        return "--\(flag(of: problem.field, in: module))"
    }

    /// Returns what an option that is missing stands for where its English name does not say it to the user.
    private func meaning(of problem: CRMError.Problem, in module: ModuleName?, _ language: Language) -> String {
        guard language != .english, problem.reason == .isRequired,
            let field = module.flatMap({ registry.find($0) })?.field(spelled: problem.field)
        else { return "" }
        return " (\(words(of: field.label, language)))"
    }

    /// Returns the option of a field of a module or of its parts. For a list it differs from the key, and some fields have
    /// two options.
    private func flag(of key: String, in module: ModuleName?) -> String {
        let module = module.flatMap { registry.find($0) }
        let fieldOfPart = module?.parts.lazy.compactMap { $0.field(key) }.first(where: \.isWritable)
        guard let field = module?.field(spelled: key) ?? fieldOfPart else { return key.hyphenated }
        if let other = field.otherFlag, given.contains(other) { return other }
        return field.flag
    }

    private func json(_ error: CRMError, _ language: Language) -> [UInt8] {
        let members = error.members(callingProgram: program, in: language)
        return JSONLine.bytes(.object([JSONMember("error", .object(members))]))
    }
}

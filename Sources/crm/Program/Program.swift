import CLIKit
import CRMKit
import Glibc
import Localization

/// One run of the program, from its arguments to its exit status.
struct Program {
    private let name: String
    private let words: [[CChar]]
    private let environment: Environment
    private let registry = Registry.standard

    /// - Parameter arguments: as the system hands them over, C strings in whatever bytes the caller has written.
    init(arguments: [UnsafeMutablePointer<CChar>], environment: Environment) {
        let path = arguments.first.map { String(cString: $0) } ?? ""
        let base = path.split(separator: "/").last.map(String.init) ?? ""
        name = base.isEmpty ? "crm" : base
        words = arguments.dropFirst().map { word in Array(UnsafeBufferPointer(start: word, count: strlen(word) + 1)) }
        self.environment = environment
    }

    /// Does what the arguments ask.
    ///
    /// - Returns: the exit status.
    func run() -> Int32 {
        let root = RootCommand(name: name, registry: registry).command
        let decoded = decode()
        var report = ErrorReport(program: name, environment: environment, registry: registry, words: decoded.words)
        do {
            if let position = decoded.firstMalformed {
                throw CRMError(
                    .usage,
                    Text(
                        en: "argument \(position) is not UTF-8",
                        es: "el argumento \(position) no es UTF-8"
                    )
                )
            }
            if decoded.words.first == ShellQuestion.commandName {
                try CompleteCommand(root: root, registry: registry, environment: environment)
                    .run(Array(decoded.words.dropFirst()))
                return ExitStatus.done
            }
            let invocation = try Parser(root: root).parse(decoded.words)
            report.read(invocation)
            let choice = LanguageChoice(option: try invocation[GlobalOptions.language], environment: environment)
                .decision
            let session = Session(
                program: name,
                root: root,
                invocation: invocation,
                words: decoded.words,
                environment: environment,
                registry: registry,
                language: choice.language,
                configurationProblem: choice.problem
            )
            try session.run()
            return ExitStatus.done
        } catch {
            return report.write(error)
        }
    }

    private func decode() -> (words: [String], firstMalformed: Int?) {
        var firstMalformed: Int?
        let decoded = words.enumerated().map { position, word in
            let bytes = word.dropLast().map { UInt8(bitPattern: $0) }
            if firstMalformed == nil, String(validating: bytes, as: UTF8.self) == nil { firstMalformed = position + 1 }
            return String(decoding: bytes, as: UTF8.self)
        }
        return (decoded, firstMalformed)
    }
}

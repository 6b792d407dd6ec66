import CLIKit
import CRMKit
import Glibc
import Localization

/// One run of the program, from its arguments to its exit status.
struct Program {
    private let name: String
    private let words: [[CChar]]
    private let environment: Environment

    /// - Parameter arguments: the arguments as passed by the system: C strings of arbitrary bytes.
    init(arguments: [UnsafeMutablePointer<CChar>], environment: Environment) {
        let path = arguments.first.map { String(cString: $0) } ?? ""
        let base = path.split(separator: "/").last.map(String.init) ?? ""
        name = base.isEmpty ? "crm" : base
        words = arguments.dropFirst().map { word in Array(UnsafeBufferPointer(start: word, count: strlen(word) + 1)) }
        self.environment = environment
    }

    /// Runs the command line, again if another process changed the fields of the database before anything was written.
    ///
    /// - Returns: the exit status.
    func run() -> Int32 {
        let repetition = Repetition()
        while true {
            if let status = run(repetition) { return status }
        }
    }

    /// Runs the command line once.
    ///
    /// - Returns: the exit status; `nil` if it has to run again.
    private func run(_ repetition: Repetition) -> Int32? {
        let ending = Ending()
        // The database is closed when this returns.
        guard let (status, report) = run(ending, repetition) else { return nil }
        do {
            try ending.run()
            return status
        } catch {
            let failure = report.write(error)
            return status == ExitStatus.done ? failure : status
        }
    }

    private func run(_ ending: Ending, _ repetition: Repetition) -> (status: Int32, report: ErrorReport)? {
        let decoded = decode()
        let location = location(for: decoded.words)
        do {
            // Every message of a command goes to these streams, that of a usage error too.
            if let location { try StandardStreams.refuse(database: location.path) }
        } catch {
            let report = errorReport(.standard, for: decoded.words)
            return (report.write(error), report)
        }
        let opened = openedFile(at: location, for: decoded.words)
        let modules = opened?.modules ?? FileRegistry(.standard)
        let grammar = { @Sendable [name] registry in RootCommand(name: name, registry: registry).command }
        let root = grammar(modules.registry)
        let interruption = Interruption()
        var report = errorReport(modules.registry, for: decoded.words)
        do {
            try checkEncoding(firstMalformed: decoded.firstMalformed)
            if decoded.words.first == ShellQuestion.commandName {
                try CompleteCommand(root: root, grammar: grammar, modules: modules, environment: environment)
                    .run(Array(decoded.words.dropFirst()))
                return (ExitStatus.done, report)
            }
            let invocation = try Parser(root: root).parse(decoded.words)
            report.read(invocation)
            let choice = LanguageChoice(option: try invocation[GlobalOptions.language], environment: environment)
                .decision
            let session = Session(
                program: name,
                root: root,
                grammar: grammar,
                invocation: invocation,
                words: decoded.words,
                environment: environment,
                modules: modules,
                opened: opened,
                language: choice.language,
                interruption: interruption,
                repetition: repetition
            )
            session.ending = ending
            try session.run(choice)
            return (ExitStatus.done, report)
        } catch {
            if repetition.begins(after: error) {
                interruption.release()
                return nil
            }
            return (report.write(error), report)
        }
    }

    private func errorReport(_ registry: Registry, for words: [String]) -> ErrorReport {
        ErrorReport(program: name, environment: environment, registry: registry, words: words)
    }

    /// Refuses arguments and variables that are not UTF-8.
    private func checkEncoding(firstMalformed: Int?) throws(CRMError) {
        if let position = firstMalformed {
            let hint = Text(
                en: "give a file with such a name on standard input, - <FILE, or name its folder where one is taken",
                es: "dar un archivo así llamado en la entrada estándar, - <ARCHIVO, o su carpeta si se toman carpetas"
            )
            throw CRMError(
                .usage,
                Text(en: "argument \(position) is not UTF-8", es: "el argumento \(position) no es UTF-8"),
                hint: access(words[position - 1], F_OK) == 0 ? hint : nil
            )
        }
        if let name = malformedVariable {
            throw CRMError(
                .configuration,
                Text(en: "\(name) is not UTF-8", es: "\(name) no es UTF-8"),
                hint: Text(en: "set it anew", es: "definirla de nuevo")
            )
        }
    }

    /// The name of a variable that the program needs and whose value is not UTF-8; `nil` if there is none.
    private var malformedVariable: String? {
        let names = ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"]
        return environment.malformed.sorted().first { $0.hasPrefix("CRM_") || names.contains($0) }
    }

    /// Opens the database named by the command line, since its custom fields may be among the words. Generated
    /// documents and the version do not depend on a database, so `nil` is returned for them.
    private func openedFile(at location: DatabaseLocation?, for words: [String]) -> OpenedFile? {
        guard let location, let first = words.first, first != GenerateCommand.name,
            first != GlobalOptions.version.spelling
        else { return nil }
        return OpenedFile(.standard, path: location.path, timeout: Timeout.standard * 1000)
    }

    /// Returns the location of the database named by the words of the command line, before these are parsed; `nil` if
    /// it cannot be determined.
    private func location(for words: [String]) -> DatabaseLocation? {
        guard malformedVariable == nil else { return nil }
        return try? DatabaseLocation(option: GlobalOptions.database(in: words), environment: environment)
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

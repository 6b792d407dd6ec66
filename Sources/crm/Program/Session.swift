import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// What a verb needs to do its work: the command line as it was read, the streams, the database when it is asked for.
final class Session {
    /// What the program was called by.
    let program: String
    /// The whole grammar.
    let root: Command
    /// The command line.
    let invocation: Invocation
    /// The environment.
    let environment: Environment
    /// The modules.
    let registry: Registry
    /// What the user reads.
    let language: Language
    /// Why the user's configuration could not be asked for the language.
    let configurationProblem: CRMError?
    private let words: [String]
    /// The line of a batch that the command is; `nil` for one that is a process.
    let line: BatchLine?

    init(
        program: String,
        root: Command,
        invocation: Invocation,
        words: [String],
        environment: Environment,
        registry: Registry,
        language: Language? = nil,
        line: BatchLine? = nil
    ) {
        self.program = program
        self.root = root
        self.invocation = invocation
        self.words = words
        self.environment = environment
        self.registry = registry
        if let language {
            self.language = language
            configurationProblem = nil
        } else {
            let option = invocation.value(of: "lang")
            let decision = LanguageChoice(option: option, environment: environment).decision
            self.language = decision.language
            configurationProblem = decision.problem
        }
        self.line = line
    }

    /// The session of a line of the batch that this one runs.
    func session(for line: BatchLine, _ invocation: Invocation, words: [String]) -> Session {
        Session(
            program: program,
            root: root,
            invocation: invocation,
            words: words,
            environment: environment,
            registry: registry,
            language: invocation.isSet("lang") ? nil : language,
            line: line
        )
    }

    // MARK: - Telling

    /// Whether hints and notices are left out.
    var isQuiet: Bool { invocation.isSet("quiet") }

    /// Tells the user something beside the result, on standard error.
    func note(_ text: Text) throws {
        if isQuiet { return }
        let words = text(in: language)
        if let line { return line.notices.append(words) }
        let bytes =
            try outputFormat.isJSON
            ? JSONLine.bytes(.object([JSONMember("note", .string(words))]))
            : Array("\(program): \(Sanitizer.visible(words))\n".utf8)
        try FileDescriptor.standardError.write(bytes)
    }

    /// Whether questions can be asked: standard input and standard error are terminals.
    var canAsk: Bool {
        line == nil && FileDescriptor.standardInput.isTerminal && FileDescriptor.standardError.isTerminal
    }

    /// Asks questions on standard error.
    var dialogue: Dialogue { Dialogue(language: language, environment: environment) }

    // MARK: - Time and person

    /// The present.
    func clock() throws(CRMError) -> Clock {
        try Clock.current(TZ: environment["TZ"], TZDIR: environment["TZDIR"])
    }

    /// Who is doing this, as history shows it.
    var who: String {
        ["CRM_USER", "LOGNAME", "USER"].lazy.compactMap { self.environment.nonEmpty($0) }.first ?? "uid \(getuid())"
    }

    /// A write of this command.
    func writeRequest() -> WriteRequest {
        WriteRequest(
            who: who,
            command: CommandLineText(program: program, words: words).text,
            isForced: invocation.isSet("force"),
            isDryRun: invocation.isSet("dry-run")
        )
    }

    // MARK: - The database

    /// Opens the database that the command line, the environment or the user's folder names.
    func openStore(for access: DatabaseAccess) throws -> Store {
        if let line { return line.store }
        let location = try DatabaseLocation(invocation: invocation, environment: environment)
        let creates = access == .creating || access == .writing && (location.isDefault || invocation.isSet("create"))
        if creates, location.isDefault { try Folders.make(for: location.path) }
        let store = try Store.open(
            path: location.path,
            purpose: access == .reading ? .reading : .writing(creating: creates),
            timeout: try timeout(),
            registry: registry,
            clock: try clock()
        )
        switch store.opening {
        case .created where access != .creating:
            try note(Text(en: "made the database \(store.path)", es: "se creó la base de datos \(store.path)"))
        case .upgraded(let copy):
            try note(
                Text(
                    en: "upgraded \(store.path) to this version of the program; what it was is in \(copy)",
                    es: "se actualizó \(store.path) a esta versión del programa; lo que era está en \(copy)"
                )
            )
        case .created, .found: break
        }
        return store
    }

    /// Opens the database to ask a person by it: to look at, or one in memory where the command is going to make the
    /// file.
    func openStoreToAsk() throws -> Store {
        let location = try DatabaseLocation(invocation: invocation, environment: environment)
        let creates = location.isDefault || invocation.isSet("create")
        guard creates, !FileStatus.exists(location.path) else { return try openStore(for: .reading) }
        return try Store.inMemory(registry: registry, clock: try clock())
    }

    /// How long to wait for another process, in milliseconds.
    private func timeout() throws -> Int32 {
        let option = invocation.value(of: "timeout")
        let text = option ?? environment.nonEmpty("CRM_TIMEOUT") ?? "10"
        guard let seconds = Int32(text), (0...86_400).contains(seconds) else {
            throw CRMError(
                option == nil ? .configuration : .usage,
                Text(
                    en: "\"\(text)\" is no number of seconds to wait",
                    es: "«\(text)» no es un número de segundos de espera"
                ),
                hint: Text(
                    en: "--timeout and CRM_TIMEOUT take whole seconds from 0 to 86400",
                    es: "--timeout y CRM_TIMEOUT admiten segundos enteros de 0 a 86400"
                )
            )
        }
        return seconds * 1000
    }
}

/// What a command does with the database.
enum DatabaseAccess {
    /// Looks at it.
    case reading
    /// Changes it; makes it where it is the user's own.
    case writing
    /// Makes it.
    case creating
}

/// Where the database is: `--db`, CRM_DB, or `$XDG_DATA_HOME/crm/crm.db`.
struct DatabaseLocation {
    let path: String
    /// Whether it is the user's own, which the first write makes.
    let isDefault: Bool

    init(invocation: Invocation, environment: Environment) throws(CRMError) {
        if let given = invocation.value(of: "db") ?? environment["CRM_DB"] {
            path = given
            isDefault = false
            return
        }
        let folder =
            if let data = environment.nonEmpty("XDG_DATA_HOME"), data.hasPrefix("/") {
                data
            } else if let home = environment.nonEmpty("HOME") {
                "\(home)/.local/share"
            } else {
                throw CRMError(
                    .configuration,
                    Text(
                        en: "no database is named, and HOME is not set",
                        es: "no se indica una base de datos y HOME no está definido"
                    ),
                    hint: Text(en: "name a file with --db or CRM_DB", es: "indicar un archivo con --db o CRM_DB")
                )
            } as String
        path = "\(folder)/crm/crm.db"
        isDefault = true
    }
}

/// A command line as a shell would take it again, kept in history.
struct CommandLineText {
    let program: String
    let words: [String]

    /// At most 4 KiB; what is longer ends in an ellipsis.
    var text: String {
        let limit = 4096
        let line = ([program] + words).map(Self.quoted).joined(separator: " ")
        guard line.utf8.count > limit else { return line }
        return String(line.prefix { _ in true }.utf8.prefix(limit - 3).dropLastPartialCharacter) + "…"
    }

    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "-_=./:,@+%".utf8.contains(byte) || byte >= 0x80
            }
        return isPlain
            ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

extension Substring.UTF8View {
    /// Without the bytes of a character that was cut.
    fileprivate var dropLastPartialCharacter: String {
        var bytes = Array(self)
        while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
        if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

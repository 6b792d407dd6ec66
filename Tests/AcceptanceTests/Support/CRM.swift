import Foundation
import Testing

/// The built program in a world of its own: a folder with its home, and an environment with nothing of the tests' own.
///
/// The program is the one that `CRM_UNDER_TEST` names, or the product that was built beside the test bundle.
final class CRM {
    /// Where the sandbox is; programs run here.
    let folder: String
    /// The environment of every run; a test may change it.
    var environment: [String: String]

    /// What stands in a new sandbox.
    enum Beginning {
        /// A new database, which `CRM_DB` names.
        case database
        /// A database with the records of ``SampleDesk``, which `CRM_DB` names.
        case sample
        /// No database: the program finds its own place.
        case nothing
    }

    init(_ beginning: Beginning = .database) throws {
        let parent = FileManager.default.temporaryDirectory.path
        folder = parent + "/crm-acceptance-" + UUID().uuidString
        environment = [
            "PATH": "\(folder)/bin:/usr/local/bin:/usr/bin:/bin",
            "HOME": "\(folder)/home", "XDG_DATA_HOME": "\(folder)/data", "XDG_CONFIG_HOME": "\(folder)/config",
            "TZ": "America/Mexico_City", "LC_ALL": "C", "CRM_USER": "ana",
        ]
        for name in ["bin", "home"] {
            try FileManager.default.createDirectory(atPath: file(name), withIntermediateDirectories: true)
        }
        try FileManager.default.createSymbolicLink(atPath: program, withDestinationPath: Self.underTest())
        switch beginning {
        case .database:
            environment["CRM_DB"] = database
            try write(Self.emptyDatabase.get(), to: "crm.db")
        case .sample:
            environment["CRM_DB"] = database
            try write(SampleDesk.bytes(), to: "crm.db")
        case .nothing: break
        }
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: folder) } catch { print("left behind: \(folder): \(error)") }
    }

    /// A new database, made once by the program: every sandbox has a copy of it, and so the same identity.
    private static let emptyDatabase = Swift.Result {
        let crm = try CRM(.nothing)
        try crm.succeed("init", "--db", crm.database)
        return try crm.read("crm.db")
    }

    /// Whether the program can be run under strace: some containers let no process be traced.
    static let canTrace = (try? CRM().shell("strace -o /dev/null true 2>&1").status) == 0

    /// The program, called `crm` whatever its file is called.
    var program: String { file("bin/crm") }

    /// The database of a sandbox that began with one.
    var database: String { file("crm.db") }

    /// The path of a file in the sandbox.
    func file(_ name: String) -> String { "\(folder)/\(name)" }

    // MARK: - Running

    /// What a run left behind.
    struct Result {
        /// The exit status, 128 + N where signal N ended it.
        let status: Int32
        let outputBytes: [UInt8]
        let errorBytes: [UInt8]

        /// Standard output; bytes that are no UTF-8 show as U+FFFD.
        var output: String { String(decoding: outputBytes, as: UTF8.self) }
        /// Standard error; bytes that are no UTF-8 show as U+FFFD.
        var errors: String { String(decoding: errorBytes, as: UTF8.self) }
        /// The lines of standard output.
        var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: true).map(String.init) }
        /// The lines of standard error.
        var errorLines: [String] { errors.split(separator: "\n", omittingEmptySubsequences: true).map(String.init) }

        fileprivate init(_ process: RunningProcess) {
            status = process.status
            outputBytes = process.output
            errorBytes = process.errors
        }
    }

    /// Runs the program.
    ///
    /// - Parameters:
    ///   - stdin: what it reads; nothing unless given.
    ///   - env: added to the sandbox's environment.
    func run(_ arguments: String..., stdin: String = "", env: [String: String] = [:]) throws -> Result {
        try run(arguments, stdin: Array(stdin.utf8), env: env)
    }

    /// Runs the program with words from an array, and any bytes on standard input.
    func run(_ arguments: [String], stdin: [UInt8] = [], env: [String: String] = [:]) throws -> Result {
        Result(
            try RunningProcess(
                program,
                arguments,
                input: stdin,
                environment: environment.merging(env) { $1 },
                in: folder
            )
        )
    }

    /// Runs a line of shell in which `crm` is the program.
    @discardableResult
    func shell(
        _ line: String,
        with shell: String = "/bin/sh",
        stdin: String = "",
        env: [String: String] = [:]
    ) throws -> Result {
        Result(
            try RunningProcess(
                shell,
                ["-c", line],
                input: Array(stdin.utf8),
                environment: environment.merging(env) { $1 },
                in: folder
            )
        )
    }

    /// Runs the program, which must end with 0.
    @discardableResult
    func succeed(
        _ arguments: String...,
        stdin: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Result {
        try succeed(arguments, stdin: stdin, sourceLocation: sourceLocation)
    }

    /// Runs the program with words from an array, which must end with 0.
    @discardableResult
    func succeed(
        _ arguments: [String],
        stdin: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Result {
        let result = try run(arguments, stdin: Array(stdin.utf8))
        try #require(result.status == 0, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
        return result
    }

    /// Adds a record.
    ///
    /// - Returns: its id.
    @discardableResult
    func add(_ module: String, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> Int {
        try add(module, words, sourceLocation: sourceLocation)
    }

    /// Adds a record by words from an array.
    ///
    /// - Returns: its id.
    @discardableResult
    func add(_ module: String, _ words: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> Int {
        let result = try succeed([module, "add", "--format", "id"] + words, sourceLocation: sourceLocation)
        return try #require(Int(result.output.dropLast()), sourceLocation: sourceLocation)
    }

    /// Runs the program with `--json`, which must end with 0.
    func json(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> JSON {
        try JSON(succeed(arguments + ["--json"], sourceLocation: sourceLocation).outputBytes)
    }

    // MARK: - Files

    /// Writes a file into the sandbox.
    ///
    /// - Returns: its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    /// Writes a file of any bytes into the sandbox.
    ///
    /// - Returns: its path.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    /// The bytes of a file in the sandbox.
    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    /// The names of what is in a folder of the sandbox, in order.
    func names(in folder: String = ".") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file(folder)).sorted()
    }

    /// Whether a file or folder is in the sandbox.
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

    /// The permission bits of a file or folder in the sandbox.
    func mode(of name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int
    }

    // MARK: - The program under test

    private struct NoProgram: Error, CustomStringConvertible {
        let path: String
        var description: String { "there is no program to test at \(path): run swift build, or set CRM_UNDER_TEST" }
    }

    private static func underTest() throws -> String {
        let bundle = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent().path
        let path = ProcessInfo.processInfo.environment["CRM_UNDER_TEST"] ?? bundle + "/crm"
        guard FileManager.default.isExecutableFile(atPath: path) else { throw NoProgram(path: path) }
        return URL(fileURLWithPath: path).path
    }
}

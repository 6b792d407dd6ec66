import Foundation

/// A program beside ours that a test needs. A test that cannot find it fails: it would prove nothing.
struct Peer {
    let path: String

    /// A program that is needed and not there.
    struct Missing: Error, CustomStringConvertible {
        let name: String
        var description: String { "\(name) is not installed, and this test needs it" }
    }

    /// Finds a program on PATH.
    init(_ name: String) throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        let places = folders.lazy.map { "\($0)/\(name)" }
        guard let path = places.first(where: FileManager.default.isExecutableFile) else { throw Missing(name: name) }
        self.path = path
    }

    /// Runs it in a sandbox, with the sandbox's environment.
    ///
    /// - Returns: its standard output; where it fails, an error with its standard error.
    @discardableResult
    func run(_ arguments: String..., stdin: [UInt8] = [], in crm: CRM) throws -> String {
        try run(arguments, stdin: stdin, in: crm)
    }

    /// Runs it with words from an array.
    @discardableResult
    func run(_ arguments: [String], stdin: [UInt8] = [], in crm: CRM) throws -> String {
        let process = try RunningProcess(
            path,
            arguments,
            input: stdin,
            environment: crm.environment,
            in: crm.folder
        )
        guard process.status == 0 else {
            throw Failed(line: arguments, errors: String(decoding: process.errors, as: UTF8.self))
        }
        return String(decoding: process.output, as: UTF8.self)
    }

    private struct Failed: Error, CustomStringConvertible {
        let line: [String]
        let errors: String
        var description: String { "\(line): \(errors)" }
    }
}

extension CRM {
    /// What the sqlite3 shell answers about the sandbox's database.
    @discardableResult
    func sql(_ statement: String) throws -> String {
        String(try Peer("sqlite3").run("-batch", database, statement, in: self).dropLast())
    }
}

import Foundation

/// A program that was run to its end.
struct RunningProgram {
    let status: Int32
    let output: String
    let errors: String

    /// Runs a program found on PATH, with nothing of the tests' own environment but PATH.
    init(
        _ name: String,
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:],
        in folder: URL? = nil
    ) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        process.environment = ["PATH": path, "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
        process.currentDirectoryURL = folder
        let scratch = try ScratchFolder()
        try scratch.write("", to: "out")
        try scratch.write("", to: "err")
        try scratch.write(input, to: "in")
        let output = try FileHandle(forWritingTo: scratch.url("out"))
        let errors = try FileHandle(forWritingTo: scratch.url("err"))
        process.standardInput = try FileHandle(forReadingFrom: scratch.url("in"))
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        self.output = try scratch.read("out")
        self.errors = try scratch.read("err")
    }
}

/// A folder that goes with its owner.
final class ScratchFolder {
    let root: URL

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("clikit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(at: root) } catch { print("left behind: \(root.path): \(error)") }
    }

    func url(_ name: String) -> URL { root.appendingPathComponent(name) }

    func write(_ text: String, to name: String, isExecutable: Bool = false) throws {
        try Data(text.utf8).write(to: url(name))
        if isExecutable {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url(name).path)
        }
    }

    /// The text of a file, whatever bytes it holds; empty if it is not there.
    func read(_ name: String) throws -> String {
        guard FileManager.default.fileExists(atPath: url(name).path) else { return "" }
        return String(decoding: try Data(contentsOf: url(name)), as: UTF8.self)
    }
}

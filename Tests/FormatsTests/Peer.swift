import Foundation

/// Another program that reads or writes the same formats. It must be there: what it proves cannot be proved without.
struct Peer {
    let path: String

    /// Debian's Python, for which Debian's packages are.
    static let python = Peer(path: "/usr/bin/python3")
    static let miller = Peer(path: "/usr/bin/mlr")
    static let sqlite = Peer(path: "/usr/bin/sqlite3")

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What the program prints, given these arguments and this standard input.
    func output(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
        // Files, since a pipe that nobody empties stops the program.
        let files = try (0..<3).map { _ in try SinkFile() }
        let (source, result, complaints) = (files[0], files[1], files[2])
        let handle = FileHandle(fileDescriptor: source.descriptor, closeOnDealloc: false)
        try handle.write(contentsOf: Data(input))
        try handle.seek(toOffset: 0)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = handle
        process.standardOutput = FileHandle(fileDescriptor: result.descriptor, closeOnDealloc: false)
        process.standardError = FileHandle(fileDescriptor: complaints.descriptor, closeOnDealloc: false)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(path): \(String(decoding: try complaints.bytes(), as: UTF8.self))")
        }
        return try result.bytes()
    }
}

/// A file with these bytes that goes away with the value.
final class InputFile {
    let path: String

    init(_ bytes: [UInt8]) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("crm-test-\(UUID().uuidString)").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

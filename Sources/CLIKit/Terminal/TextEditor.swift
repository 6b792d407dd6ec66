import Glibc

/// The program for editing longer texts: that of `VISUAL`, otherwise of `EDITOR`.
public struct TextEditor {
    /// The editor's name for messages, without folders and options.
    public let name: String
    private let command: String
    private let environment: Environment

    /// Creates the editor that the environment names.
    ///
    /// - Returns: `nil` if the environment names no editor, or the terminal is too simple for one (`TERM=dumb`).
    public init?(environment: Environment) {
        let command = environment.nonEmpty("VISUAL") ?? environment.nonEmpty("EDITOR")
        guard environment["TERM"] != "dumb", let command, let program = command.split(separator: " ").first else {
            return nil
        }
        name = program.split(separator: "/").last.map(String.init) ?? command
        self.command = command
        self.environment = environment
    }

    /// Lets the user edit a text in a temporary file that only the user can read, and deletes the file afterwards.
    ///
    /// - Parameter text: the initial content of the file.
    /// - Returns: the content of the file at the end, without the line end of its last line; `nil` if the editor could
    ///   not be run or ended with an error, which is how a user leaves without saving.
    /// - Throws: ``SystemError`` if the file cannot be created or read.
    public func edit(_ text: String) throws(SystemError) -> String? {
        let folder = environment.nonEmpty("TMPDIR") ?? "/tmp"
        let suffix = ".txt"
        guard let path = strdup("\(folder)/crm-XXXXXX\(suffix)") else { throw SystemError(code: ENOMEM) }
        defer { free(path) }
        let number = mkstemps(path, Int32(suffix.utf8.count))
        guard number >= 0 else { throw SystemError(code: errno) }
        // Signals must not end this process while the file exists.
        let signals = HeldSignals()
        defer { signals.release() }
        defer { unlink(path) }
        let file = FileDescriptor(rawValue: number)
        do throws(SystemError) {
            try file.write(Array((text.isEmpty ? "" : text + "\n").utf8))
        } catch {
            close(number)
            throw error
        }
        close(number)
        guard run(on: String(cString: path)) else { return nil }
        return try Self.contents(of: path)
    }

    /// Runs the editor on the terminal, with its output on standard error, since standard output may be redirected.
    private func run(on path: String) -> Bool {
        let process = try? ShellProcess.start(
            command + " \"$@\"",
            [path],
            variables: environment.variables,
            descriptors: [(of: STDERR_FILENO, as: STDOUT_FILENO)],
            defaults: HeldSignals.ignored
        )
        return process.flatMap { ShellProcess.wait(for: $0) } == 0
    }

    private static func contents(of path: UnsafePointer<CChar>) throws(SystemError) -> String {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw SystemError(code: errno) }
        defer { close(number) }
        var bytes = try FileDescriptor(rawValue: number).readToEnd()
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The signals that this process ignores while another program has the terminal.
private struct HeldSignals {
    static let ignored = [SIGINT, SIGQUIT, SIGTERM, SIGHUP]
    private let earlier: [__sighandler_t?]

    init() { earlier = Self.ignored.map { signal($0, SIG_IGN) } }

    func release() { for (number, handler) in zip(Self.ignored, earlier) { _ = signal(number, handler) } }
}

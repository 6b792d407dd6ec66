import Foundation
import Glibc
import Testing

/// A terminal without a screen: a program runs on it as its controlling terminal, a test types and reads what is shown.
final class PseudoTerminal {
    /// Everything that was shown so far, the echo of what was typed included; line ends are plain newlines.
    private(set) var shown = ""
    private let master: Int32
    private let process: pid_t
    /// How much of ``shown`` was waited for already.
    private var read: String.Index
    private var pending: [UInt8] = []
    private var exitStatus: Int32?

    /// What the line editor writes before a question: from then on, what is pasted is told apart.
    private static let startOfQuestion = "\u{1B}[?2004h"

    enum Failure: Error, CustomStringConvertible {
        case system(String, Int32)
        case notShown(String, instead: String)
        case hung(shown: String)

        var description: String {
            switch self {
            case .system(let call, let error): "\(call): \(String(cString: strerror(error)))"
            case .notShown(let text, let instead): "\"\(text)\" was not shown, but: \(instead)"
            case .hung(let shown): "still running after: \(shown)"
            }
        }
    }

    /// Runs a program on a new terminal.
    ///
    /// - Parameters:
    ///   - executable: the path of the program.
    ///   - folder: where it runs.
    init(
        _ executable: String,
        _ arguments: [String],
        environment: [String: String],
        in folder: String,
        columns: UInt16 = 80,
        rows: UInt16 = 24
    ) throws {
        // What posix_openpt, unlockpt and ptsname do (pts(4)): Swift does not import them.
        let (unlock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)  // TIOCSPTLCK, TIOCGPTN
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (isLocked, index): (Int32, Int32) = (0, 0)
        guard master >= 0, ioctl(master, unlock, &isLocked) == 0, ioctl(master, number, &index) == 0 else {
            throw Failure.system("/dev/ptmx", errno)
        }
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(master, UInt(TIOCSWINSZ), &size) == 0, fcntl(master, F_SETFL, O_NONBLOCK) == 0 else {
            throw Failure.system("ioctl", errno)
        }
        let words = ["env", "-C", folder, executable] + arguments
        process = try Self.spawn("/usr/bin/env", words, environment, terminal: "/dev/pts/\(index)")
        read = shown.startIndex
    }

    deinit {
        close(master)
        if exitStatus == nil {
            kill(process, SIGKILL)
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
    }

    /// The leader of a new session that opens a terminal gets it as its controlling terminal.
    private static func spawn(
        _ executable: String,
        _ words: [String],
        _ environment: [String: String],
        terminal: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which Swift does not import.
        posix_spawnattr_setflags(&attributes, Int16(newSession | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        let arguments = words.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var process: pid_t = 0
        let error = posix_spawn(&process, executable, &actions, &attributes, arguments, variables)
        guard error == 0 else { throw Failure.system(executable, error) }
        return process
    }

    // MARK: - Typing and reading

    /// Types keys; `\n` is Enter, `\u{3}` Ctrl-C, `\u{4}` Ctrl-D.
    func type(_ keys: String) throws { try type(bytes: Array(keys.utf8)) }

    /// Types bytes as they are.
    func type(bytes: [UInt8]) throws {
        var bytes = ArraySlice(bytes)
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure.system("write", errno) }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Sends the program a signal.
    func send(_ signal: Int32) { kill(process, signal) }

    /// Gives the terminal another width.
    func resize(columns: UInt16) throws {
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(master, UInt(TIOCSWINSZ), &size) == 0 else { throw Failure.system("ioctl", errno) }
    }

    /// Whether the terminal edits lines and shows what is typed by itself.
    var isUsual: Bool {
        var attributes = termios()
        let usual = tcflag_t(ICANON | ECHO)
        return tcgetattr(master, &attributes) == 0 && attributes.c_lflag & usual == usual
    }

    /// Waits until a text is shown after what was waited for before.
    ///
    /// - Returns: what was shown before it.
    @discardableResult
    func expect(_ text: String, seconds: Double = 120) throws -> String {
        let deadline = Date(timeIntervalSinceNow: seconds)
        while true {
            if let found = shown.range(of: text, options: .literal, range: read..<shown.endIndex) {
                let before = String(shown[read..<found.lowerBound])
                read = found.upperBound
                return before
            }
            guard take(until: deadline) else { throw Failure.notShown(text, instead: String(shown[read...])) }
        }
    }

    /// Waits for a question and answers it.
    ///
    /// - Returns: what was shown before the question.
    @discardableResult
    func answer(_ question: String, _ answer: String) throws -> String {
        let before = try expect(question)
        try type(answer + "\n")
        return before
    }

    /// Leaves every question without an answer until one comes up, which waits for its own.
    func skip(to question: String) throws {
        let start = read
        for _ in 0..<50 {
            // What is shown between questions has colons too.
            try expect(Self.startOfQuestion)
            if try (expect(": ") + ": ").hasSuffix(question) { return }
            try type("\n")
        }
        throw Failure.notShown(question, instead: String(shown[start...]))
    }

    /// Waits for the program's end.
    ///
    /// - Returns: its status, 128 + N where signal N ended it.
    func finish(seconds: Double = 120) throws -> Int32 {
        if let exitStatus { return exitStatus }
        let deadline = Date(timeIntervalSinceNow: seconds)
        while take(until: deadline) {}
        guard deadline.timeIntervalSinceNow > 0 else { throw Failure.hung(shown: shown) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        let result = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
        exitStatus = result
        return result
    }

    /// Takes what is shown next.
    ///
    /// - Returns: `false` when the time is up, or nobody has the terminal open any more.
    private func take(until deadline: Date) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let milliseconds = Int32(max(0, deadline.timeIntervalSinceNow * 1000))
            var poller = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            let ready = poll(&poller, 1, milliseconds)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return false }
            let count = Glibc.read(master, &buffer, buffer.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return false }
            append(buffer[..<count])
            return true
        }
    }

    private func append(_ bytes: ArraySlice<UInt8>) {
        pending.append(contentsOf: bytes)
        // A character or a line end that is not whole yet waits for its rest.
        guard pending.last != UInt8(ascii: "\r"), let text = String(validating: pending, as: UTF8.self) else { return }
        pending = []
        let consumed = shown.distance(from: shown.startIndex, to: read)
        shown += text.replacingOccurrences(of: "\r\n", with: "\n")
        read = shown.index(shown.startIndex, offsetBy: consumed)
    }
}

extension CRM {
    /// Runs the program on a terminal.
    ///
    /// - Parameters:
    ///   - line: the words after its name, with single spaces between them.
    ///   - env: added to the sandbox's environment and a plain xterm without a pager.
    func terminal(_ line: String, env: [String: String] = [:], columns: UInt16 = 80) throws -> PseudoTerminal {
        let plain = ["TERM": "xterm", "PAGER": "", "NO_COLOR": "1"]
        return try PseudoTerminal(
            program,
            line.split(separator: " ").map(String.init),
            environment: environment.merging(plain) { $1 }.merging(env) { $1 },
            in: folder,
            columns: columns
        )
    }

    /// What the program shows on a terminal, where it must end with 0.
    func screen(
        _ line: String,
        env: [String: String] = [:],
        columns: UInt16 = 80,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        let terminal = try terminal(line, env: env, columns: columns)
        let status = try terminal.finish()
        try #require(status == 0, "\(terminal.shown)", sourceLocation: sourceLocation)
        return terminal.shown
    }
}

import Foundation
import Glibc

/// A program run to its end with every stream in a file, so that no pipe can fill and none is inherited by another
/// test's program.
struct RunningProcess {
    /// The exit status; 128 and the signal's number where a signal ended it, as a shell reports it.
    let status: Int32
    let output: [UInt8]
    let errors: [UInt8]

    /// Why a program could not be run to its end.
    enum Failure: Error, CustomStringConvertible {
        case notStarted(String, Int32)
        case hung(String, seconds: Int, output: String, errors: String)

        var description: String {
            switch self {
            case .notStarted(let line, let error): "\(line): \(String(cString: strerror(error)))"
            case .hung(let line, let seconds, let output, let errors):
                "\(line): not done after \(seconds) s\n\(output)\n\(errors)"
            }
        }
    }

    /// Runs a program and waits for it; after `seconds` it and its children are killed.
    ///
    /// - Parameters:
    ///   - executable: the path of the program.
    ///   - arguments: the words after its name.
    ///   - folder: where it runs, and where its streams are kept.
    init(
        _ executable: String,
        _ arguments: [String],
        input: [UInt8] = [],
        environment: [String: String],
        in folder: String,
        seconds: Int = 240
    ) throws {
        let line = ([executable] + arguments).joined(separator: " ")
        let streams = folder + "/." + UUID().uuidString
        try FileManager.default.createDirectory(atPath: streams, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: streams) }
        func path(_ name: String) -> String { "\(streams)/\(name)" }
        try Data(input).write(to: URL(fileURLWithPath: path("in")))

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, path("in"), O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, path("out"), O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, path("err"), O_WRONLY | O_CREAT, 0o600)

        // posix_spawn has no portable way to name the folder of the new process; env has.
        let words = ["-C", folder, executable] + arguments
        let process = try Self.spawn("/usr/bin/env", words, environment, &actions, line)
        let alarm = Alarm(process: process, seconds: seconds)
        status = Self.wait(for: process, until: alarm)
        output = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path("out"))))
        errors = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path("err"))))
        if alarm.rang {
            throw Failure.hung(
                line,
                seconds: seconds,
                output: String(decoding: output.suffix(2000), as: UTF8.self),
                errors: String(decoding: errors.suffix(2000), as: UTF8.self)
            )
        }
    }

    /// Starts a program as the leader of a process group of its own, with signals as a shell would give it.
    private static func spawn(
        _ executable: String,
        _ arguments: [String],
        _ environment: [String: String],
        _ actions: inout posix_spawn_file_actions_t,
        _ line: String
    ) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigfillset(&defaults)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
        )

        func withCStrings<T>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> T) -> T {
            let copies = strings.map { strdup($0) }
            defer { for copy in copies { free(copy) } }
            return body(copies + [nil])
        }
        var process: pid_t = 0
        let error = withCStrings([executable] + arguments) { arguments in
            withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
                posix_spawn(&process, executable, &actions, &attributes, arguments, environment)
            }
        }
        guard error == 0 else { throw Failure.notStarted(line, error) }
        return process
    }

    /// Waits for a process to end and reaps it only once the alarm can no longer reach its number.
    private static func wait(for process: pid_t, until alarm: Alarm) -> Int32 {
        var information = siginfo_t()
        while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        alarm.cancel()
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}

/// Ends a process group that takes too long.
private final class Alarm: @unchecked Sendable {
    private let lock = NSLock()
    private var hasRung = false
    private var isCancelled = false

    init(process: pid_t, seconds: Int) {
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) { [weak self] in
            guard let self else { return }
            self.lock.withLock {
                if self.isCancelled { return }
                self.hasRung = true
                kill(-process, SIGKILL)
            }
        }
    }

    var rang: Bool { lock.withLock { hasRung } }

    func cancel() { lock.withLock { isCancelled = true } }
}

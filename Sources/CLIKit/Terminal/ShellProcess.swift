import Glibc

/// A program run by `/bin/sh` beside this one, as POSIX specifies for the commands in PAGER and EDITOR.
public enum ShellProcess {
    /// Starts a command line.
    ///
    /// - Parameters:
    ///   - arguments: the values of `$1`, `$2` … in the command line.
    ///   - descriptors: the file descriptors of this process to pass on, each with its number in the new process;
    ///     others keep their number.
    ///   - defaults: the signals that get their default action in the new process, whatever it is in this one.
    /// - Returns: the process id.
    /// - Throws: the system's error when the process cannot be started.
    public static func start(
        _ command: String,
        _ arguments: [String] = [],
        variables: [String: String],
        descriptors: [(of: Int32, as: Int32)],
        defaults: [Int32]
    ) throws(SystemError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (own, other) in descriptors { posix_spawn_file_actions_adddup2(&actions, own, other) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var usual = sigset_t(of: defaults + [SIGXFSZ])
        posix_spawnattr_setsigdefault(&attributes, &usual)
        // Signals blocked in this process are not blocked in the new one.
        var none = sigset_t(of: [])
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        let words: [UnsafeMutablePointer<CChar>?] =
            (["sh", "-c", command, "sh"] + arguments).map { strdup($0) } + [nil]
        let environment = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + environment).forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, words, environment)
        guard code == 0 else { throw SystemError(code: code) }
        return process
    }

    /// Waits for a process to end.
    ///
    /// - Returns: the exit status, or 128 plus the signal number for a process ended by a signal, as in shells; `nil`
    ///   if there is no such process.
    @discardableResult
    public static func wait(for process: pid_t) -> Int32? {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            if errno != EINTR { return nil }
        }
        return exitStatus(status)
    }

    /// Returns the exit status in what waitpid(2) reports, or 128 plus the number of the signal.
    private static func exitStatus(_ status: Int32) -> Int32 {
        status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    /// The ending of a process for which is waited only until a time.
    public enum Ending: Equatable, Sendable {
        /// The process has ended with a status, as ``wait(for:)`` returns it.
        case ended(Int32)
        /// The process was ended because the time had passed.
        case overdue
    }

    /// The time from the request that a process end until it is ended by force, in seconds.
    private static let grace = 5
    /// The greatest time between two looks at a process, in microseconds.
    private static let longestPause: UInt32 = 50_000

    /// Waits for a process to end, and ends it at a deadline. One that does not end when asked to is ended by force.
    ///
    /// - Returns: the ending; `ended` with 0 if there is no such process.
    public static func wait(for process: pid_t, endingAt deadline: ContinuousClock.Instant) -> Ending {
        if let status = wait(for: process, until: deadline) { return .ended(status) }
        kill(process, SIGTERM)
        if wait(for: process, until: deadline + .seconds(grace)) == nil {
            kill(process, SIGKILL)
            wait(for: process)
        }
        return .overdue
    }

    /// Returns the status of a process that ends by a deadline; `nil` if it has not ended by then.
    private static func wait(for process: pid_t, until deadline: ContinuousClock.Instant) -> Int32? {
        var status: Int32 = 0
        var pause: UInt32 = 500
        while true {
            switch waitpid(process, &status, WNOHANG) {
            case process: return exitStatus(status)
            case -1 where errno != EINTR: return 0
            default: break
            }
            if ContinuousClock.now >= deadline { return nil }
            usleep(pause)
            pause = min(pause * 2, longestPause)
        }
    }

    /// Creates a pipe whose ends are not inherited by programs started later, except for an end that is passed on
    /// explicitly. A program that also held the writing end would never reach the end of its input.
    ///
    /// - Throws: the error of the system if it cannot create the pipe.
    public static func pipe() throws(SystemError) -> (reading: FileDescriptor, writing: FileDescriptor) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw SystemError(code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
    }
}

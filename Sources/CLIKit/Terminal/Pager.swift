import Glibc

/// A program such as `less` that shows long output a screen at a time.
///
/// It runs on the standard output of this process and reads what is written to ``input``. While it runs, Ctrl-C is its
/// own: this process ignores SIGINT, so that the terminal is never left to two readers. When the person leaves the pager
/// early, writing fails with EPIPE, or SIGPIPE where that is not ignored.
public final class Pager {
    /// Where to write what is to be shown.
    public let input: FileDescriptor
    private let process: pid_t
    private let earlierInterruptHandler: __sighandler_t?
    private var isOpen = true

    /// Starts the pager that the environment names: `PAGER`, or `less` where that is not set. `LESS` is set to `FRX`
    /// unless it is set, so that output that fits the screen is simply printed, and colours show; `LESSCHARSET` to
    /// `utf-8`, which is what is written whatever the locale. The command line in `PAGER` is run by `/bin/sh`, as POSIX
    /// has it for `man` and `mailx`.
    ///
    /// - Returns: `nil` when there is none to run, and output is to go straight to standard output: `PAGER` is empty or
    ///   `cat`, its program is not found, or the system gives no pipe or process.
    public init?(environment: Environment) {
        guard let command = Self.command(in: environment) else { return nil }
        var variables = environment.variables
        variables["LESS"] = variables["LESS"] ?? "FRX"
        variables["LESSCHARSET"] = variables["LESSCHARSET"] ?? "utf-8"
        guard let (process, descriptor) = Self.spawn(command, variables: variables) else { return nil }
        self.process = process
        input = FileDescriptor(rawValue: descriptor)
        earlierInterruptHandler = signal(SIGINT, SIG_IGN)
    }

    deinit {
        close()
    }

    /// Tells the pager that this was all, and waits until the person leaves it. Calling it again does nothing.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        _ = Glibc.close(input.rawValue)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        _ = signal(SIGINT, earlierInterruptHandler)
    }

    /// The command line to run, or `nil` for none.
    static func command(in environment: Environment) -> String? {
        let command = environment["PAGER"] ?? "less"
        let words = command.split { $0 == " " || $0 == "\t" }
        guard let program = words.first, words != ["cat"] else { return nil }
        // What only a shell can read is left to the shell.
        let isPlain = command.utf8.allSatisfy { !shellCharacters.contains($0) }
        return !isPlain || isExecutable(String(program), path: environment["PATH"]) ? command : nil
    }

    private static let shellCharacters = Set("|&;<>()$`\\\"'*?[#~=%!{}\n".utf8)

    private static func isExecutable(_ program: String, path: String?) -> Bool {
        if program.utf8.contains(UInt8(ascii: "/")) {
            return access(program, X_OK) == 0
        }
        let folders = (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        return folders.contains { access("\($0)/\(program)", X_OK) == 0 }
    }
}

// MARK: - Starting the process

extension Pager {
    /// Runs a command line by the shell with a pipe as its standard input.
    ///
    /// - Returns: The process and the end of the pipe to write to, or `nil` if the system refused one of them.
    private static func spawn(_ command: String, variables: [String: String]) -> (process: pid_t, descriptor: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        let (readEnd, writeEnd) = (ends[0], ends[1])
        // Were the pager to inherit the writing end, it would wait for its own end of input for ever.
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, readEnd, STDIN_FILENO)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGINT)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup(command), nil]
        let environment = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + environment).forEach { free($0) } }
        var process: pid_t = 0
        let result = posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, environment)
        _ = Glibc.close(readEnd)
        guard result == 0 else {
            _ = Glibc.close(writeEnd)
            return nil
        }
        return (process, writeEnd)
    }
}

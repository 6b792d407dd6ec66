import Glibc

/// A program that `/bin/sh` runs beside this one, as POSIX has it for the commands that PAGER and EDITOR hold.
enum ShellProcess {
    /// Starts a command line.
    ///
    /// - Parameters:
    ///   - arguments: what `$1`, `$2` … stand for in it.
    ///   - descriptors: which of this process's open files is which of the program's; others stay the same.
    ///   - defaults: the signals that have their usual effect on the program, whatever they have on this process.
    /// - Returns: the process, or `nil` if the system refused it.
    static func start(
        _ command: String,
        _ arguments: [String] = [],
        variables: [String: String],
        descriptors: [(of: Int32, as: Int32)],
        defaults: [Int32]
    ) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (own, other) in descriptors { posix_spawn_file_actions_adddup2(&actions, own, other) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var usual = sigset_t()
        sigemptyset(&usual)
        for signal in defaults { sigaddset(&usual, signal) }
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        let words: [UnsafeMutablePointer<CChar>?] =
            (["sh", "-c", command, "sh"] + arguments).map { strdup($0) } + [nil]
        let environment = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + environment).forEach { free($0) } }
        var process: pid_t = 0
        return posix_spawn(&process, "/bin/sh", &actions, &attributes, words, environment) == 0 ? process : nil
    }

    /// Waits for a program's end.
    ///
    /// - Returns: whether it ended well, with status 0.
    @discardableResult
    static func wait(for process: pid_t) -> Bool {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            if errno != EINTR { return false }
        }
        return status == 0
    }
}

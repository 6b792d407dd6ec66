import Glibc

/// A program such as `less` that shows long output a screen at a time.
///
/// It runs on the standard output of this process and reads what is written to ``input``. While it runs, Ctrl-C is its
/// own: this process ignores SIGINT, so that the terminal is never left to two readers. When the person leaves the pager
/// early, writing fails with EPIPE, or SIGPIPE where that is not ignored.
public final class Pager {
    /// The descriptor to which the text to be shown is written.
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
        guard let (process, input) = try? Self.spawn(command, variables: variables) else { return nil }
        self.process = process
        self.input = input
        earlierInterruptHandler = signal(SIGINT, SIG_IGN)
    }

    deinit {
        close()
    }

    /// Ends the input of the pager and waits until the person leaves it. Further calls do nothing.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        _ = Glibc.close(input.rawValue)
        ShellProcess.wait(for: process)
        _ = signal(SIGINT, earlierInterruptHandler)
    }

    /// The command line to run, or `nil` for none.
    static func command(in environment: Environment) -> String? {
        let command = environment["PAGER"] ?? "less"
        let words = command.split { $0 == " " || $0 == "\t" }
        guard let program = words.first, words != ["cat"] else { return nil }
        // What only a shell can read is left to the shell.
        let isPlain = command.utf8.allSatisfy { !shellCharacters.contains($0) }
        return !isPlain || environment.finds(String(program)) ? command : nil
    }

    private static let shellCharacters = Set("|&;<>()$`\\\"'*?[#~=%!{}\n".utf8)
}

// MARK: - Starting the process

extension Pager {
    /// Runs a command line by the shell with a pipe as its standard input.
    ///
    /// - Returns: The process and the end of the pipe to write to.
    /// - Throws: the reason for which the system refused the pipe or the process.
    private static func spawn(
        _ command: String,
        variables: [String: String]
    ) throws(SystemError) -> (process: pid_t, input: FileDescriptor) {
        let (reading, writing) = try ShellProcess.pipe()
        defer { _ = Glibc.close(reading.rawValue) }
        do throws(SystemError) {
            let process = try ShellProcess.start(
                command,
                variables: variables,
                descriptors: [(of: reading.rawValue, as: STDIN_FILENO)],
                defaults: [SIGINT, SIGPIPE]
            )
            return (process, writing)
        } catch {
            _ = Glibc.close(writing.rawValue)
            throw error
        }
    }
}

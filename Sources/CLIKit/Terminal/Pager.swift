import Glibc

/// A program such as `less` that shows long output a screen at a time.
///
/// It runs on the standard output of this process and reads the text written to ``input``. While it runs, only the
/// pager reacts to Ctrl-C: this process ignores SIGINT, so that the two never read the terminal at once. If the user
/// leaves the pager early, writing fails with EPIPE, or with SIGPIPE unless that is ignored.
public final class Pager {
    /// The descriptor to which the text to be shown is written.
    public let input: FileDescriptor
    private let process: pid_t
    private let earlierInterruptHandler: __sighandler_t?
    private var isOpen = true

    /// Starts the pager named by `PAGER`, or `less` if that is not set. `/bin/sh` runs the command line, as POSIX
    /// specifies for `man` and `mailx`.
    ///
    /// Unless they are set, `LESS` becomes `FRX`, so that output that fits the screen is simply printed and colours are
    /// shown, and `LESSCHARSET` becomes `utf-8`, which the output is in any locale.
    ///
    /// - Returns: `nil` if the output should go straight to standard output: `PAGER` is empty or `cat`, its program is
    ///   not found, or the system provides no pipe or process.
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

    /// Ends the input of the pager and waits until the user leaves it. Further calls do nothing.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        _ = Glibc.close(input.rawValue)
        ShellProcess.wait(for: process)
        _ = signal(SIGINT, earlierInterruptHandler)
    }

    /// Returns the command line to run; `nil` for none.
    static func command(in environment: Environment) -> String? {
        let command = environment["PAGER"] ?? "less"
        let words = command.split { $0 == " " || $0 == "\t" }
        guard let program = words.first, words != ["cat"] else { return nil }
        // A command line with special characters is left to the shell to interpret.
        let isPlain = command.utf8.allSatisfy { !shellCharacters.contains($0) }
        return !isPlain || environment.finds(String(program)) ? command : nil
    }

    private static let shellCharacters = Set("|&;<>()$`\\\"'*?[#~=%!{}\n".utf8)
}

// MARK: - Starting the process

extension Pager {
    /// Runs a command line in the shell with a pipe as its standard input.
    ///
    /// - Returns: the process and the writing end of the pipe.
    /// - Throws: the error of the system if it cannot create the pipe or the process.
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

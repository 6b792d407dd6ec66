import CLIKit
import Glibc

// An output that fails is detected when it is written: a closed pipe should be an error there, not a signal here.
signal(SIGPIPE, SIG_IGN)
// The same applies to a file that reaches the limit of its size.
signal(SIGXFSZ, SIG_IGN)
// A parent that ignores this hands that on, and then no program that runs beside this one has an exit status.
signal(SIGCHLD, SIG_DFL)
StandardStreams.occupy()
// The argument count is read from /proc, and is 0 if that cannot be read.
guard CommandLine.argc > 0 else {
    try? FileDescriptor.standardError.write(
        Array("crm: the arguments cannot be read: /proc is missing, or too few files may be open\n".utf8)
    )
    exit(ExitStatus.failed)
}
let arguments = (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }
exit(Program(arguments: arguments, environment: .ofProcess()).run())

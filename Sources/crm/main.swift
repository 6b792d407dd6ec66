import CLIKit
import Glibc

// Output that fails must be noticed where it is written: a closed pipe is an error there, not a signal here.
signal(SIGPIPE, SIG_IGN)
// So must a file that has grown as long as is allowed.
signal(SIGXFSZ, SIG_IGN)
StandardStreams.occupy()
// The system's own count is read from /proc, and is 0 where that cannot be read.
guard CommandLine.argc > 0 else {
    try? FileDescriptor.standardError.write(
        Array("crm: the arguments cannot be read: /proc is missing, or too few files may be open\n".utf8)
    )
    exit(ExitStatus.failed)
}
let arguments = (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }
exit(Program(arguments: arguments, environment: .ofProcess()).run())

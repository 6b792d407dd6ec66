import CLIKit
import Glibc

// Output that fails must be noticed where it is written: a closed pipe is an error there, not a signal here.
signal(SIGPIPE, SIG_IGN)
let arguments = (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }
exit(Program(arguments: arguments, environment: .ofProcess()).run())

import CLIKit
import CRMKit
import Glibc

extension Session {
    /// The present.
    func clock() throws(CRMError) -> Clock {
        try Clock.current(TZ: environment["TZ"], TZDIR: environment["TZDIR"])
    }

    /// Who is doing this, as history shows it.
    var who: String {
        ["CRM_USER", "LOGNAME", "USER"].lazy.compactMap { self.environment.nonEmpty($0) }.first ?? "uid \(getuid())"
    }

    /// A write of this command.
    func writeRequest() -> WriteRequest {
        WriteRequest(
            who: who,
            command: CommandLineText(program: program, words: words).text,
            isForced: invocation[WritingOptions.force],
            isDryRun: invocation[WritingOptions.dryRun]
        )
    }
}

import CLIKit
import Testing

/// Programs for which is waited only for some time.
@Suite struct ShellProcessTests {
    @Test(
        "A program that ends in time tells its status, one that does not is ended, even if it does not want to",
        arguments: [
            ("exit 3", .seconds(60), .ended(3)), ("kill -9 $$", .seconds(60), .ended(137)),
            ("exec sleep 600", .milliseconds(50), .overdue),
            ("trap '' TERM; while :; do sleep 0.1; done", .milliseconds(300), .overdue),
        ] as [(String, Duration, ShellProcess.Ending)]
    )
    func ending(command: String, time: Duration, expected: ShellProcess.Ending) throws {
        let process = try ShellProcess.start(
            command,
            variables: ["PATH": "/usr/bin:/bin"],
            descriptors: [],
            defaults: []
        )
        #expect(ShellProcess.wait(for: process, endingAt: ContinuousClock.now + time) == expected)
        #expect(ShellProcess.wait(for: process) == nil)
    }
}

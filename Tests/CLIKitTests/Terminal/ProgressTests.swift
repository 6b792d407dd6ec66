import Foundation
import Testing

@testable import CLIKit

/// A clock that a test sets.
private final class Clock {
    var seconds = 100.0
    func now() -> UInt64 { UInt64(seconds * 1e9) }
}

@Suite("Progress")
struct ProgressTests {
    @Test("appears after a second, is rewritten in place, and erases itself")
    func appears() throws {
        let pipe = Pipe()
        let clock = Clock()
        var progress = Progress(on: pipe.writing, language: .spanish, now: clock.now)
        progress.advance(by: 10)
        clock.seconds += 0.9
        progress.advance()
        clock.seconds += 0.1
        progress.advance(by: 989)
        clock.seconds += 0.05
        progress.advance()
        clock.seconds += 0.95
        progress.advance(by: 999)
        progress.finish()
        progress.finish()
        #expect(progress.rows == 2_000)
        #expect(
            try pipe.written() == "\r\u{1B}[K1000 filas, 1000/s\r\u{1B}[K2000 filas, 1000/s\r\u{1B}[K"
        )
    }

    @Test(
        "tells the time left where the work's size is known",
        arguments: [
            (0.25, ", 0:06 left"), (0.5, ", 0:02 left"), (0.002, ", 16:38 left"), (0.000_5, ", 1:06:38 left"), (1, ""),
            (0, ""),
        ]
    )
    func timeLeft(share: Double, words: String) throws {
        let pipe = Pipe()
        let clock = Clock()
        var progress = Progress(on: pipe.writing, language: .english, share: { share }, now: clock.now)
        clock.seconds += 2
        progress.advance(by: 10)
        #expect(try pipe.written() == "\r\u{1B}[K10 rows, 5/s\(words)")
    }

    @Test("says what is done where the command does not")
    func task() throws {
        let pipe = Pipe()
        let clock = Clock()
        var progress = Progress(on: pipe.writing, language: .english, task: "indexing", now: clock.now)
        clock.seconds += 2
        progress.advance(by: 10)
        #expect(try pipe.written() == "\r\u{1B}[Kindexing: 10 rows, 5/s")
    }

    @Test("shows nothing for a short command, nor without a terminal")
    func staysQuiet() throws {
        let pipe = Pipe()
        var short = Progress(on: pipe.writing, language: .english)
        short.advance()
        short.finish()
        var silent = Progress(on: nil, language: .english)
        silent.advance(by: 5)
        silent.finish()
        #expect(try pipe.written() == "")
        #expect(silent.rows == 5)
    }

    @Test("goes on counting when it cannot be written")
    func survivesFailure() {
        let clock = Clock()
        var progress = Progress(on: FileDescriptor(rawValue: -1), language: .english, now: clock.now)
        clock.seconds += 2
        progress.advance()
        progress.advance()
        progress.finish()
        #expect(progress.rows == 2)
    }
}

import Foundation
import Testing

@testable import CLIKit

@Suite("File descriptor")
struct FileDescriptorTests {
    @Test(
        "takes the line's width from COLUMNS, else 80 off a terminal",
        arguments: [
            ([:], 80), (["COLUMNS": "40"], 40), (["COLUMNS": "0"], 80), (["COLUMNS": "-5"], 80), (["COLUMNS": "x"], 80),
        ] as [([String: String], Int)]
    )
    func findsWidth(_ variables: [String: String], width: Int) {
        let pipe = Pipe()
        #expect(pipe.writing.lineWidth(in: Environment(variables)) == width)
        #expect(!pipe.writing.isTerminal)
    }

    @Test("knows a terminal and its width")
    func knowsTerminals() throws {
        // What posix_openpt, unlockpt and ptsname do on Linux (ioctl_tty(2)), which Swift does not import.
        let (unlock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        defer { close(master) }
        var (zero, index): (Int32, UInt32) = (0, 0)
        try #require(ioctl(master, unlock, &zero) == 0 && ioctl(master, number, &index) == 0)
        let terminal = FileDescriptor(rawValue: open("/dev/pts/\(index)", O_RDWR | O_NOCTTY))
        defer { close(terminal.rawValue) }
        var size = winsize(ws_row: 24, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
        try #require(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
        #expect(terminal.isTerminal)
        #expect(terminal.lineWidth(in: Environment([:])) == 132)
        #expect(terminal.lineWidth(in: Environment(["COLUMNS": "50"])) == 50)
        #expect(terminal.isCapableTerminal(in: Environment([:])))
        #expect(!terminal.isCapableTerminal(in: Environment(["TERM": "dumb"])))
    }

    @Test("reports what the system refuses")
    func reports() {
        #expect(throws: SystemError(code: EBADF)) { try FileDescriptor(rawValue: -1).write([1]) }
        #expect(throws: SystemError(code: EBADF)) { try FileDescriptor(rawValue: -1).read(upTo: 1) }
        #expect(SystemError(code: ENOSPC).description == "No space left on device")
    }

    @Test("reads the environment of the process")
    func readsEnvironment() {
        #expect(Environment.ofProcess()["PATH"] == ProcessInfo.processInfo.environment["PATH"])
    }
}

import Formats
import Foundation
import Glibc
import TestSupport
import Testing

@Suite struct `Byte sink` {
    @Test("writes integers as Swift does", arguments: [0, 1, 9, 10, -1, 123_456_789, Int64.max, Int64.min])
    func writesIntegersAsSwiftDoes(integer: Int64) throws {
        let sink = ByteSink.memory()
        try sink.append(integer: integer)
        #expect(sink.bytes == Array(String(integer).utf8))
    }

    @Test("keeps all bytes in memory") func keepsAllBytesInMemory() throws {
        let sink = ByteSink.memory()
        var expected: [UInt8] = []
        var random = SeededGenerator(seed: 1)
        while expected.count < 1_000_000 {
            try append(&random, to: sink, &expected)
        }
        try sink.flush()
        #expect(sink.bytes == expected)
    }

    @Test("writes all bytes to a pipe, however slowly it is read") func writesAllBytesToAPipeHoweverSlowlyItIsRead()
        async throws
    {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        // Non-blocking, so that writes are short and refused.
        try #require(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0)
        let input = ends[0]
        // On a thread of its own: a task would wait for the threads that the other tests hold, and this one would hold
        // one.
        let (received, reader) = AsyncStream<[UInt8]>.makeStream()
        Thread.detachNewThread {
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 5000)
            while case let length = read(input, &chunk, chunk.count), length > 0 {
                bytes.append(contentsOf: chunk[..<length])
            }
            reader.yield(bytes)
            reader.finish()
        }
        let sink = ByteSink(descriptor: ends[1])
        var expected: [UInt8] = []
        var random = SeededGenerator(seed: 2)
        while expected.count < 3_000_000 { try append(&random, to: sink, &expected) }
        try sink.flush()
        close(ends[1])
        #expect(await received.first { _ in true } == expected)
        close(input)
    }

    @Test("reports a full disk at once and ever after") func reportsAFullDiskAtOnceAndEverAfter() throws {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let sink = ByteSink(descriptor: full)
        try sink.append("short")
        #expect(throws: WriteError.failed(errno: ENOSPC)) { try sink.flush() }
        #expect(throws: WriteError.failed(errno: ENOSPC)) { try sink.append(UInt8(ascii: "a")) }
        #expect(throws: WriteError.failed(errno: ENOSPC)) { try sink.append("a") }
        #expect(throws: WriteError.failed(errno: ENOSPC)) { try sink.append(integer: 1) }
    }

    @Test("stops a long output early") func stopsALongOutputEarly() {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let sink = ByteSink(descriptor: full)
        var appended = 0
        #expect(throws: WriteError.failed(errno: ENOSPC)) {
            while appended < 10_000_000 {
                try sink.append(UInt8(ascii: "a"))
                appended += 1
            }
        }
        #expect(appended == 64 * 1024)
    }

    @Test("tells a closed pipe from other failures") func tellsAClosedPipeFromOtherFailures() {
        #expect(WriteError.failed(errno: EPIPE).isBrokenPipe)
        #expect(!WriteError.failed(errno: ENOSPC).isBrokenPipe)
    }

    private func append(_ random: inout SeededGenerator, to sink: ByteSink, _ expected: inout [UInt8]) throws {
        let text = random.hostileText()
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            try sink.append(text)
            expected += Array(text.utf8)
        case 1:
            try Array(text.utf8).withUnsafeBytes { try sink.append($0) }
            expected += Array(text.utf8)
        case 2:
            try sink.append(UInt8(ascii: "x"))
            expected.append(UInt8(ascii: "x"))
        default:
            try sink.append(integer: Int64(text.utf8.count))
            expected += Array(String(text.utf8.count).utf8)
        }
    }
}

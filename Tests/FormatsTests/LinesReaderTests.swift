import Formats
import Glibc
import Testing

@Suite struct `Lines reader` {
    enum Outcome: Equatable {
        case line(String, Int)
        case error(LineError)
    }

    struct Example: CustomTestStringConvertible, Sendable {
        let input: [UInt8]
        let expected: [Outcome]
        var testDescription: String { String(decoding: input, as: UTF8.self).debugDescription }

        init(_ input: String, _ expected: Outcome...) {
            self.input = Array(input.utf8)
            self.expected = expected
        }

        init(bytes: [UInt8], _ expected: Outcome...) {
            input = bytes
            self.expected = expected
        }
    }

    static let examples: [Example] = [
        Example(""),
        Example("\u{FEFF}\n\r\n"),
        Example("42\n7\r\n\n9", .line("42", 1), .line("7", 2), .line("9", 4)),
        Example("\u{FEFF}ñu \n", .line("ñu ", 1)),
        Example("a\rb\r\r\n", .line("a\rb\r", 1)),
        Example("a\nñ\0\nb", .line("a", 1), .error(.nulByte(at: .init(2, 3, 4))), .line("b", 3)),
        Example("\u{FEFF}\0\nb", .error(.nulByte(at: .init(1, 4, 3))), .line("b", 2)),
        Example(bytes: [0x61, 0xC3, 0x0A, 0x62], .error(.invalidUTF8(0xC3, at: .init(1, 2, 1))), .line("b", 2)),
        Example("12345678\n123456789\nb", .line("12345678", 1), .error(.tooLong(limit: 8, at: .init(2, 1, 9)))),
    ]

    @Test("gives the lines that hold something, with their numbers", arguments: examples, [1, 2, 3, 4096])
    func givesTheLinesThatHoldSomethingWithTheirNumbers(example: Example, chunkSize: Int) {
        var reader = LinesReader(ByteSource(bytes: example.input, chunkSize: chunkSize), maximumLength: 8)
        var outcomes: [Outcome] = []
        while true {
            do throws(LineError) {
                guard let line = try reader.next() else { break }
                outcomes.append(.line(line.string, line.number))
            } catch {
                outcomes.append(.error(error))
            }
        }
        #expect(outcomes == example.expected)
    }

    @Test("reads files, and says when one cannot be opened or read") func readsFilesAndSaysWhenOneCannotBeOpenedOrRead()
        throws
    {
        #expect(throws: ReadError.failed(errno: ENOENT)) { try ByteSource(path: "/nonexistent/file") }
        var empty = LinesReader(try ByteSource(path: "/dev/null"))
        #expect(try empty.next()?.string == nil)
        var folder = LinesReader(try ByteSource(path: "/"))
        #expect(throws: LineError.unreadable(.failed(errno: EISDIR))) { try folder.next() }
        #expect(folder.stoppedEarly)
        #expect(try folder.next()?.string == nil)
    }
}

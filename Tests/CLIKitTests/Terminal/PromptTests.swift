import Foundation
import Testing

@testable import CLIKit

@Suite("Prompt")
struct PromptTests {
    private let output = Pipe()

    private func prompt(answering answers: String, usesColor: Bool = false) throws -> (Prompt, Pipe) {
        let input = try Pipe.holding(Array(answers.utf8))
        return (Prompt(input: input.reading, output: output.writing, style: Style(usesColor: usesColor)), input)
    }

    @Test("asks, offers the default, and takes answers without the blanks around them")
    func asks() throws {
        let (prompt, input) = try prompt(answering: "  Ana Ruiz\t\r\n\n\n")
        defer { withExtendedLifetime(input) {} }
        #expect(try prompt.ask("Name") == "Ana Ruiz")
        #expect(try prompt.ask("Stage", default: "new") == "new")
        #expect(try prompt.ask("Next\u{1B} step") == "")
        #expect(try prompt.ask("Amount") == nil)
        #expect(try output.written() == "Name: Stage [new]: Next\\u{1b} step: Amount: \n")
    }

    @Test("makes the question bold where there is colour")
    func bold() throws {
        let (prompt, input) = try prompt(answering: "x\n", usesColor: true)
        defer { withExtendedLifetime(input) {} }
        #expect(try prompt.ask("Name") == "x")
        #expect(try output.written() == "\u{1B}[1mName\u{1B}[0m: ")
    }

    @Test("numbers candidates and takes a number or words")
    func chooses() throws {
        let candidates = (1...10).map { "Candidate \($0)" }
        let (prompt, input) = try prompt(answering: "10\n0\n11\nruiz\n\n")
        defer { withExtendedLifetime(input) {} }
        #expect(try prompt.choose("Contact", among: candidates) == .candidate(9))
        for text in ["0", "11", "ruiz"] {
            #expect(try prompt.choose("Contact", among: ["A"]) == .text(text))
        }
        #expect(try prompt.choose("Contact", among: ["A"], default: "1") == .candidate(0))
        #expect(try prompt.choose("Contact", among: ["A"]) == nil)
        #expect(try output.written().hasPrefix("   1  Candidate 1\n"))
        #expect(Prompt.numbered(candidates).hasSuffix("   9  Candidate 9\n  10  Candidate 10\n"))
    }
}

@Suite("Line reader")
struct LineReaderTests {
    private func lines(of bytes: [UInt8]) throws -> [Result<String, LineReader.Failure>] {
        let pipe = try Pipe.holding(bytes)
        defer { withExtendedLifetime(pipe) {} }
        let reader = LineReader(pipe.reading)
        var lines: [Result<String, LineReader.Failure>] = []
        var isAtEnd = false
        while !isAtEnd {
            do throws(LineReader.Failure) {
                if let line = try reader.next() { lines.append(.success(line)) } else { isAtEnd = true }
            } catch {
                lines.append(.failure(error))
                try #require(lines.count < 100)
            }
        }
        return lines
    }

    @Test(
        "splits at newlines; a last line needs none",
        arguments: [
            ("", []),
            ("a", ["a"]),
            ("a\n", ["a"]),
            ("a\r\nñ\n\nb", ["a", "ñ", "", "b"]),
        ] as [(String, [String])]
    )
    func splits(_ text: String, expected: [String]) throws {
        #expect(try lines(of: Array(text.utf8)) == expected.map { .success($0) })
    }

    @Test("refuses a line that is not UTF-8, or too long, and goes on after it")
    func refuses() throws {
        #expect(try lines(of: [0xFF, 0x0A, 0x61, 0x0A]) == [.failure(.invalidUTF8), .success("a")])
        #expect(try lines(of: [0xC3]) == [.failure(.invalidUTF8)])
    }

    @Test("refuses a line that is too long")
    func refusesLong() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: url) }
        let longest = String(repeating: "x", count: LineReader.longestLine)
        try Data("\(longest)\n\(longest)y\nz".utf8).write(to: url)
        let file = try FileHandle(forReadingFrom: url)
        let reader = LineReader(FileDescriptor(rawValue: file.fileDescriptor))
        #expect(try reader.next() == longest)
        #expect(throws: LineReader.Failure.lineTooLong) { try reader.next() }
        #expect(try reader.next() == "z")
        #expect(try reader.next() == nil)
    }
}

import Localization
import Testing

@testable import CLIKit

@Suite("A long example line")
struct ExampleLinesTests {
    private func lines(_ line: String, width: Int = 40) -> [String] {
        Example(line, "").lines(for: "shelf", in: .english, width: width)
    }

    @Test("that fits stays as it is, with the program's name")
    func short() {
        #expect(lines("\(ProgramName.placeholder) add 'a  b'") == ["shelf add 'a  b'"])
    }

    @Test("is broken before options, so that a shell reads on")
    func options() {
        #expect(
            lines("\(ProgramName.placeholder) add Emma --author Austen --tag novel --place attic")
                == ["shelf add Emma --author Austen \\", "    --tag novel --place attic"]
        )
    }

    @Test("is broken after each pipe")
    func pipes() {
        #expect(
            lines("\(ProgramName.placeholder) list --format id | \(ProgramName.placeholder) lend --to - --until 2027")
                == ["shelf list --format id |", "    shelf lend --to - --until 2027"]
        )
    }

    @Test("is never broken within quotes")
    func quotes() {
        let quoted = "'has place(name = --attic | cellar and shelf > 12)'"
        #expect(lines("x list --where \(quoted) -n") == ["x list \\", "    --where \(quoted) \\", "    -n"])
    }

    @Test("means the same to a shell", arguments: [10, 20, 30, 50, 200])
    func meaning(width: Int) throws {
        let line = "printf '%s,' one --two 'th ree' --four=\"5  6\" - -s | cat -u | cat --squeeze-blank"
        let whole = try RunningProgram("sh", ["-c", line]).output
        #expect(whole == "one,--two,th ree,--four=5  6,-,-s,")
        #expect(try RunningProgram("sh", ["-c", lines(line, width: width).joined(separator: "\n")]).output == whole)
    }
}

import Localization
import Synchronization
import Testing

@testable import CLIKit

@Suite("Reading many lines by one grammar")
struct LineParserTests {
    /// Counts how often commands are built.
    private final class Count: Sendable {
        let built = Mutex<[String: Int]>([:])

        func note(_ name: String) { built.withLock { $0[name, default: 0] += 1 } }
    }

    private func grammar(_ count: Count) -> Command {
        @Sendable func leaf(_ name: String) -> Subcommand {
            Subcommand(name, summary: Text(name)) {
                count.note(name)
                return Command(
                    name,
                    summary: Text(name),
                    discussion: [],
                    operands: [Operand("X", .any, summary: Text("x"))]
                ) {}
            }
        }
        return Command(
            "tool",
            summary: Text("tool"),
            discussion: [],
            subcommands: ["a", "b"].map { name in
                Subcommand(name, aliases: ["\(name)\(name)"], summary: Text(name)) {
                    count.note(name)
                    return Command(
                        name,
                        summary: Text(name),
                        discussion: [],
                        subcommands: [leaf("\(name)1"), leaf("\(name)2")]
                    )
                }
            }
        )
    }

    @Test("builds each command once")
    func once() throws {
        let count = Count()
        var parser = LineParser(root: grammar(count))
        for _ in 0..<3 {
            for line in [["a", "a1", "x"], ["b", "b1"], ["aa", "a2"], ["b"], ["a", "a1"], []] {
                #expect(try parser.parse(line).operands == Array(line.dropFirst(2)))
            }
        }
        #expect(count.built.withLock { $0 } == ["a": 1, "a1": 1, "a2": 1, "b": 1, "b1": 1])
    }

    @Test("reads as a parser does, errors included")
    func same() throws {
        let root = ToyGrammar.shelf()
        var parser = LineParser(root: root)
        for line in ["book add Emma", "book frob", "book list --nothing", "libro new x", "book add Emma", "x"] {
            let words = line.split(separator: " ").map(String.init)
            let expected = Result { () throws(UsageError) in try Parser(root: root).parse(words) }
            let actual = Result { () throws(UsageError) in try parser.parse(words) }
            switch (expected, actual) {
            case (.success(let one), .success(let other)):
                #expect(one.path.names == other.path.names)
                #expect(one.operands == other.operands)
                #expect(one.occurrences == other.occurrences)
            case (.failure(let one), .failure(let other)): #expect(one.message == other.message)
            default: Issue.record("\(line): \(expected), \(actual)")
            }
        }
    }
}

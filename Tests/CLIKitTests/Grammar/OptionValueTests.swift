import CLIKit
import Localization
import Testing

@Suite("The value of an option")
struct OptionValueTests {
    static let limit = ValueOption<Int>("limit", "N", in: 1...100, summary: "How many", discussion: "")
    static let sizes = ListOption<Int>("size", "N", separatedBy: ",", summary: "Sizes", discussion: "") {
        text throws(ExpectedValue) in
        guard let size = Int(text) else { throw .wholeNumber(from: "0") }
        return size
    }
    static let words = ListOption<String>("word", "W", separatedBy: ",", summary: "Words", discussion: "")

    func parse(_ words: String...) throws -> Invocation {
        let root = Command(
            "toy",
            summary: "Toy",
            discussion: [],
            options: [Self.limit, Self.sizes, Self.words, ToyGrammar.status]
        ) {}
        return try Parser(root: root).parse(words)
    }

    @Test("is read where it is asked for")
    func reading() throws {
        let invocation = try parse("--limit", "12", "--size", "1, 2", "--size=3", "--word=a,b", "--status", "in_hand")
        #expect(try invocation[Self.limit] == 12)
        #expect(try invocation[Self.sizes] == [1, 2, 3])
        #expect(invocation[Self.words] == ["a", "b"])
        #expect(try invocation[ToyGrammar.status] == .inHand)
        #expect(invocation.text(of: Self.limit) == "12")
    }

    @Test("is nothing where the option was not given")
    func absence() throws {
        let invocation = try parse()
        #expect(try invocation[Self.limit] == nil)
        #expect(try invocation[Self.sizes].isEmpty)
        #expect(try invocation[ToyGrammar.status] == nil)
    }

    @Test(
        "that the option does not take is an error which says what it takes",
        arguments: [
            ("--limit=x", "--limit takes a whole number from 1, not \"x\"", nil),
            ("--limit=101", "--limit takes a whole number from 1, not \"101\"", nil),
            ("--limit=", "--limit takes a whole number from 1, not \"\"", nil),
            ("--size=1,x", "--size takes a whole number from 0, not \"x\"", nil),
            ("--status=lost", "--status cannot be \"lost\"", "it is one of: wanted in_hand in:box"),
        ] as [(String, String, String?)]
    )
    func errors(word: String, message: String, hint: String?) throws {
        let invocation = try parse(word)
        let error = #expect(throws: UsageError.self) {
            _ = try invocation[Self.limit]
            _ = try invocation[Self.sizes]
            _ = try invocation[ToyGrammar.status]
        }
        #expect(error?.message.en == message)
        #expect(error?.hint?.en == hint)
    }
}

import CLIKit
import Localization
import TestSupport
import Testing

@Suite("Any command line")
struct ParserPropertyTests {
    static let vocabulary = [
        "book", "add", "list", "lend", "reading_list", "--", "-", "", "-5", "--author", "--author=", "-a", "-aq", "-q",
        "--active", "--no-active", "--no-", "--active=sí", "--json=", "--=x", "---", "-=", "--tag=\u{301}", "\u{301}",
        "-é", "--é", "é", "🙂", "-🙂", "\u{0}", "-\u{301}a", "--no-author", "--help", "-h",
    ]

    @Test("parses, or fails with an error that names one of its words or what is missing", arguments: 0..<40)
    func neverCrashes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let parser = Parser<Void>(root: ToyGrammar.shelf())
        for _ in 0..<200 {
            let words = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
                Self.vocabulary.randomElement(using: &generator) ?? ""
            }
            do throws(UsageError) {
                let invocation = try parser.parse(words)
                #expect(invocation.operands.allSatisfy(words.contains), "\(words)")
            } catch {
                #expect(named(error).contains { Array(error.message.en.utf8).contains(Array($0.utf8)) }, "\(words)")
                #expect(blames(error, one: words), "\(words): \(error)")
            }
        }
    }

    private func named(_ error: UsageError) -> [String] {
        switch error {
        case .unknownCommand(let word, _, _), .unknownOption(let word, _, _), .unexpectedOperand(let word, _, _, _):
            [word]
        case .missingValue(let option, _, _), .unexpectedValue(let option, _), .invalidBoolean(let option, _),
            .invalidValue(let option, _, _), .contradictedValue(let option, _, _):
            [option]
        case .missingOperand(let name, _, _), .emptyPath(let name): [name.en]
        }
    }

    private func blames(_ error: UsageError, one words: [String]) -> Bool {
        if case .missingOperand(let name, _, _) = error {
            return ["TITLE", "PERSON", "BOOK", "WORD"].contains(name.en)
        }
        // A short option may stand in a bundle, and a long one before its value.
        return named(error).contains { name in
            let letters = name.unicodeScalars.dropFirst()
            return words.contains { word in
                word == name || word.utf8.starts(with: name.utf8)
                    || letters.allSatisfy { word.unicodeScalars.contains($0) }
            }
        }
    }
}

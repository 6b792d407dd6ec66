import Localization
import Testing

@testable import CLIKit

@Suite("A usage error")
struct UsageErrorTests {
    @Test(
        "says what is wrong and what to do, in both languages",
        arguments: [
            (
                .unknownCommand(word: "bok", command: "shelf", suggestions: ["book", "list"]),
                "'bok' is not a command of 'shelf'", "did you mean 'book' or 'list'?", "¿quiso decir 'book' o 'list'?"
            ),
            (
                .unknownOption(word: "--zzz", command: "shelf", suggestions: []),
                "'shelf' has no option '--zzz'", "see 'shelf --help'", "ver 'shelf --help'"
            ),
            (
                .unknownOption(word: "-5", command: "shelf", suggestions: []),
                "'shelf' has no option '-5'", "write '--' before an operand that begins with '-'",
                "escribir '--' antes de un operando que empieza con '-'"
            ),
            (
                .missingValue(option: "--name", placeholder: "TEXT", next: "--stage"),
                "option '--name' needs a value (TEXT)", "if '--stage' is meant as the value, write '--name=--stage'",
                "si '--stage' es el valor, escribir '--name=--stage'"
            ),
            (
                .contradictedValue(option: "-n", first: "1", second: "2"),
                "option '-n' takes one value, but was given '1' and '2'", "write it once", "escribirla una sola vez"
            ),
            (
                .unexpectedOperand(word: "no", command: "shelf", option: "--active"),
                "unexpected word 'no' after 'shelf'", "write '--active=no'", "escribir '--active=no'"
            ),
            (
                .unexpectedOperand(word: "&&", command: "shelf", option: nil),
                "unexpected word '&&' after 'shelf'", "no shell reads '&&' here: write one command a line",
                "aquí ningún shell lee '&&': escribir un comando por línea"
            ),
        ] as [(UsageError, String, String, String)]
    )
    func words(error: UsageError, message: String, hint: String, spanishHint: String) {
        #expect(error.message.en == message)
        #expect(error.hint?.en == hint)
        #expect(error.hint?.es == spanishHint)
    }

    @Test(
        "says the first remedy that fits the command and the value",
        arguments: [
            ("book add Emma --state wanted", "that is '--status wanted'"),
            ("book add Emma --state lost", "that is 'shelf book add … lost'"),
            ("book list 3", "that is 'shelf --db 3'"), ("book list -12", "that is '-12 of book'"),
            ("book add Emma --days 3", "that is '--close-date +3d'"),
            ("book add Emma --days week", "that is 'shelf book add …'"),
            ("book add Emma --days", "that is 'shelf book add …'"),
            ("book add Emma --clear author", "that is '--author '''"),
            ("book add Emma --clear active", "that is 'shelf book add …'"),
            ("book add Emma --clear", "that is 'shelf book add …'"),
            ("book list --sum 3", "that is 'shelf book lend 3'"), ("reading-list show --sum 3", "that is 'none'"),
            ("book list --last", "that is 'shelf book list'"), ("book list --last 3", "that is 'shelf book list …'"),
        ]
    )
    func remedies(line: String, hint: String) {
        var root = ToyGrammar.shelf()
        root.vocabulary = {
            Vocabulary(
                remedies: [
                    Remedy("add", "--state", "--status VALUE", "LINE … VALUE"),
                    Remedy("list", "*", "PROGRAM --db VALUE"),
                    Remedy("", "-0", "--limit VALUE", "-VALUE of NOUN"),
                    Remedy("add", "--days", "--close-date +VALUEd", "LINE …"),
                    Remedy("add", "--clear", "--VALUE ''", "LINE …"),
                    Remedy("", "--sum", "PROGRAM NOUN lend VALUE", "none"),
                    Remedy("list", "--last", "LINE", "LINE …"),
                ]
            )
        }
        let words = line.split(separator: " ").map(String.init)
        let error = #expect(throws: UsageError.self) { try Parser(root: root).parse(words) }
        #expect(error?.hint?.en == hint)
    }

    @Test(
        "counts slips as Damerau and Levenshtein do",
        arguments: [
            ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "axc", 1),
            ("kitten", "sitting", 3), ("sales_order", "sales-order", 0), ("ca", "abc", 3),
        ]
    )
    func distance(first: String, second: String, distance: Int) {
        #expect(editDistance(first, second) == distance)
    }

    @Test("suggests the nearest words first, three at most, and none for nonsense")
    func nearest() {
        let known = ["contact", "contract", "campaign", "case", "comment", "channel"]
        #expect(nearestWords(to: "contac", among: known) == ["contact", "contract"])
        #expect(nearestWords(to: "contrat", among: known) == ["contract", "contact"])
        #expect(nearestWords(to: "c", among: known).isEmpty)
        #expect(nearestWords(to: "co", among: known) == ["contact", "contract", "comment"])
        #expect(nearestWords(to: "", among: known).isEmpty)
        #expect(nearestWords(to: String(repeating: "contact", count: 20), among: known).isEmpty)
    }
}

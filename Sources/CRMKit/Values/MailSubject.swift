/// A subject, and what programs put before the one that they answer or pass on: `Re:`, `RV:`, `Fwd:`, `AW[2]:`.
struct MailSubject {
    /// The subject without that, folded, in the form in which keys are kept.
    let base: String
    /// Whether something stood before it.
    let isAnswer: Bool

    /// The most bytes of a subject that are compared.
    private static let longest = 500

    init(_ subject: String) {
        var rest = subject[...]
        var isAnswer = false
        while true {
            rest = rest.drop { $0.isWhitespace }
            guard let colon = rest.prefix(12).firstIndex(of: ":") else { break }
            let word = rest[..<colon].prefix { $0 != "[" && $0 != "(" && $0 != "^" }.filter { !$0.isWhitespace }
            guard Self.words.contains(word.lowercased()) else { break }
            isAnswer = true
            rest = rest[rest.index(after: colon)...]
        }
        self.isAnswer = isAnswer
        let folded = Fold.fold(String(rest))
        // Folding takes apart the marks that spell another word.
        base = NormalForm.composed(String(decoding: folded.utf8.prefix(Self.longest), as: UTF8.self))
    }

    private static let words: Set<String> = [
        "re", "fw", "fwd", "rv", "resp", "reenv", "rsp", "aw", "wg", "sv", "vs", "antw", "tr", "r", "res", "enc",
    ]
}

/// The subject of a message, without the prefixes of replies and forwarded messages: `Re:`, `RV:`, `Fwd:`, `AW[2]:`.
struct MailSubject {
    /// The subject without prefixes, folded and composed as stored keys are, with at most 500 bytes before composition.
    let base: String
    /// Whether the subject had a prefix.
    let isAnswer: Bool

    /// The maximum number of bytes that are compared.
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
        // Folding decomposes the marks that it keeps because they distinguish words.
        base = NormalForm.composed(String(decoding: folded.utf8.prefix(Self.longest), as: UTF8.self))
    }

    private static let words: Set<String> = [
        "re", "fw", "fwd", "rv", "resp", "reenv", "rsp", "aw", "wg", "sv", "vs", "antw", "tr", "r", "res", "enc",
    ]
}

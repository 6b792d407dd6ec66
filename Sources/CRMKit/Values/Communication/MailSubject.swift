/// The subject of a message, without the prefixes of replies and forwarded messages: `Re:`, `RV:`, `Fwd:`, `AW[2]:`.
struct MailSubject {
    /// The subject without prefixes, folded and composed as stored keys are, with at most 500 bytes before composition.
    let base: String
    /// Whether the subject had a prefix.
    let isAnswer: Bool

    /// The maximum number of bytes that are compared.
    private static let longest = 500

    /// The maximum number of characters of a tag in brackets, `[list]`.
    private static let longestTag = 64

    init(_ subject: String) {
        var rest = subject[...]
        var isAnswer = Self.dropPrefixes(of: &rest)
        // Lists and desks put their tag before the prefixes of who answered.
        var tag = ""
        if rest.first == "[", let end = rest.prefix(Self.longestTag).firstIndex(of: "]") {
            var behind = rest[rest.index(after: end)...]
            if Self.dropPrefixes(of: &behind) {
                (tag, rest, isAnswer) = ("\(rest[...end]) ", behind, true)
            }
        }
        self.isAnswer = isAnswer
        let folded = Fold.fold("\(tag)\(rest)")
        // Folding decomposes the marks that it keeps because they distinguish words.
        base = NormalForm.composed(String(decoding: folded.utf8.prefix(Self.longest), as: UTF8.self))
    }

    /// Removes prefixes and blanks from the beginning of a subject.
    ///
    /// - Returns: whether there were prefixes.
    private static func dropPrefixes(of rest: inout Substring) -> Bool {
        var isAnswer = false
        while true {
            rest = rest.drop { $0.isWhitespace }
            guard let colon = rest.prefix(12).firstIndex(of: ":") else { return isAnswer }
            let word = rest[..<colon].prefix { $0 != "[" && $0 != "(" && $0 != "^" }.filter { !$0.isWhitespace }
            guard words.contains(word.lowercased()) else { return isAnswer }
            isAnswer = true
            rest = rest[rest.index(after: colon)...]
        }
    }

    private static let words: Set<String> = [
        "re", "fw", "fwd", "rv", "resp", "reenv", "rsp", "aw", "wg", "sv", "vs", "antw", "tr", "r", "res", "enc",
    ]
}

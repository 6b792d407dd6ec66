/// The subject of a message, without the prefixes of replies and forwarded messages: `Re:`, `RV:`, `Rm:`, `Fwd:`, `AW[2]:`.
public struct MailSubject {
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
            guard let prefix = prefix(of: rest), words.contains(prefix.word) else { return isAnswer }
            isAnswer = true
            rest = rest[prefix.end...]
        }
    }

    /// Returns the subject of an answer to a message with a subject: with one prefix of a reply, which may stand behind
    /// words in brackets, as those of lists do.
    public static func ofAnswer(to subject: String) -> String {
        var rest = subject[...]
        var (tags, count, isCounted, place) = ([String](), 0, false, 0)
        while true {
            let text = rest.drop { $0.isWhitespace }
            if text.first == "[", let end = text.firstIndex(of: "]") {
                tags.append(String(text[...end]))
                rest = text[text.index(after: end)...]
            } else if let prefix = Self.prefix(of: text), replies.contains(prefix.word) {
                if count == 0 { place = tags.count }
                count += 1
                isCounted = isCounted || prefix.isCounted
                rest = text[prefix.end...]
            } else {
                break
            }
        }
        if count == 0 { return "Re: \(subject)" }
        if count == 1, !isCounted { return subject }
        let text = String(rest.drop { $0.isWhitespace })
        return (Array(tags.prefix(place)) + ["Re:"] + Array(tags.dropFirst(place)) + [text]).joined(separator: " ")
    }

    /// Returns the word before the colon with which a text begins, without the number of answers behind it; `nil` for a
    /// text that begins otherwise.
    private static func prefix(of text: Substring) -> (word: String, isCounted: Bool, end: String.Index)? {
        guard let colon = text.prefix(12).firstIndex(of: ":") else { return nil }
        let lead = text[..<colon]
        let word = lead.prefix { !"[(^".contains($0) }
        return (word.filter { !$0.isWhitespace }.lowercased(), word.endIndex < colon, text.index(after: colon))
    }

    private static let replies: Set<String> = ["re", "aw", "sv", "antw", "resp", "rsp", "res", "r"]
    private static let words: Set<String> = [
        "re", "fw", "fwd", "rv", "rm", "resp", "reenv", "rsp", "aw", "wg", "sv", "vs", "antw", "tr", "r", "res", "enc",
    ]
}

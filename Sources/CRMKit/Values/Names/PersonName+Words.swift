extension PersonName {
    /// Splits a whole name into words. An emoji, `Mamá ❤️`, and a remark in parentheses, `Ana (la del taller)`, stay
    /// with the word before them, and so does what follows a dash by itself: `Ana Ruiz - Acme`.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var isRemark = false
        // Before a comma a dash joins two family names.
        let mayHaveTail = !text.contains(",")
        var isTail = false
        for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
            let begins = !isRemark && word.hasPrefix("(") && !words.isEmpty
            isTail = isTail || mayHaveTail && words.count > 1 && isDash(word)
            if begins || isRemark || isTail || isPicture(word) && !words.isEmpty {
                words[words.count - 1] += " \(word)"
            } else if words.count == 1, isPicture(words[0]) {
                words[0] += " \(word)"
            } else {
                words.append(word)
            }
            if begins { isRemark = true }
            if word.hasSuffix(")") || word.hasSuffix("),") { isRemark = false }
        }
        return words
    }

    /// Whether a word is a dash or bar by itself.
    private static func isDash(_ word: String) -> Bool { word.count == 1 && "-–—|/·".contains(word) }

    /// Whether a word consists of emoji alone: `🏠`, `❤️`.
    private static func isPicture(_ word: String) -> Bool {
        let scalars = word.unicodeScalars
        return scalars.contains { $0.value > 0xFF && $0.properties.isEmoji }
            && scalars.allSatisfy { $0.value > 0xFF && !$0.properties.isAlphabetic }
    }
}

extension PersonName {
    /// Splits a whole name into words. An emoji, `Mamá ❤️`, and a remark in parentheses, `Ana (la del taller)`, stay
    /// with the word before them.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var isRemark = false
        for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
            let begins = !isRemark && word.hasPrefix("(") && !words.isEmpty
            if begins || isRemark || isPicture(word) && !words.isEmpty {
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

    /// Whether a word consists of emoji alone: `🏠`, `❤️`.
    private static func isPicture(_ word: String) -> Bool {
        let scalars = word.unicodeScalars
        return scalars.contains { $0.value > 0xFF && $0.properties.isEmoji }
            && scalars.allSatisfy { $0.value > 0xFF && !$0.properties.isAlphabetic }
    }
}

extension Part {
    /// The field that a word means, be it another word for it, beside what is given for it.
    ///
    /// - Returns: `nil` for a word that means none, and for a field that the program sets.
    public func field(called word: String, given text: String) -> Field? {
        var alias = aliases.first { $0.word == word }
        var key = alias?.field ?? word
        if alias == nil, field(key) == nil, let meant = fieldMeant(by: word) {
            key = meant.key
            alias = aliases.first { $0.field == key }
        }
        if text.hasSuffix("%"), let percent = alias?.percentField { key = percent }
        if let finer = finer[key], Money.isFiner(text) { key = finer }
        return field(key).flatMap { $0.isWritable ? $0 : nil }
    }
}

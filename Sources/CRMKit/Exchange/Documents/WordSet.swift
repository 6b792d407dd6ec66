/// The words of a text, whatever their order, case and punctuation.
struct WordSet {
    private let words: Set<String>

    init(_ text: String) {
        words = Set(text.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() })
    }

    /// Whether another text has all of the words.
    func isSubset(of other: WordSet) -> Bool { words.isSubset(of: other.words) }

    /// Whether fewer than half of the words of another text are among these.
    func holdsFew(of other: WordSet) -> Bool {
        other.words.count { words.contains($0) } * 2 < other.words.count
    }
}

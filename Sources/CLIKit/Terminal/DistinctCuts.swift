/// How the texts of a column are cut that would look the same if only their beginnings were left: `Cer…ganada` beside
/// `Ce…perdida`, where both would be `Cerrada …`.
///
/// Of such a text the words that tell it apart from the most similar one are left, up to half of the width, and as much of
/// its beginning as has room.
struct DistinctCuts {
    /// The ending that distinguishes a text from similar ones, by text.
    private var endings: [String: String] = [:]

    /// - Parameters:
    ///   - texts: the texts of a column.
    ///   - width: the width of the column, in cells.
    init(_ texts: some Sequence<String>, width: Int) {
        guard width >= Self.leastWidth else { return }
        var similar: [String: Set<String>] = [:]
        for text in texts where CellWidth.of(text) > width {
            similar[CellWidth.truncated(text, to: width), default: []].insert(text)
        }
        for texts in similar.values where texts.count > 1 {
            // After sorting, a text is next to the one with which it shares most.
            let sorted = texts.sorted()
            for (index, text) in sorted.enumerated() {
                let neighbours = [index - 1, index + 1].filter { sorted.indices.contains($0) }.map { sorted[$0] }
                let shared = neighbours.reduce(0) { max($0, Self.sharedWords(text, $1)) }
                if shared > 0 { endings[text] = String(text.dropFirst(shared)) }
            }
        }
    }

    /// Shortens a text to at most `width` cells.
    func fitted(_ text: String, to width: Int) -> (text: String, cells: Int) {
        guard width >= Self.leastWidth, let ending = endings[text], CellWidth.of(text) > width else {
            return CellWidth.fitted(text, to: width)
        }
        let tail = CellWidth.fitted(ending, to: max(width / 2, Self.leastWidth - 2))
        let head = CellWidth.fitted(text, to: width - tail.cells)
        return (head.text + tail.text, head.cells + tail.cells)
    }

    /// Returns how many characters two texts have in common up to the word in which they differ.
    private static func sharedWords(_ one: String, _ other: String) -> Int {
        var (count, shared) = (0, 0)
        for (character, counterpart) in zip(one, other) {
            guard character == counterpart else { break }
            count += 1
            if character == " " || character.isPunctuation { shared = count }
        }
        return shared < one.count ? shared : 0
    }

    /// The least width at which both ends of a text can be read, in cells.
    private static let leastWidth = 6
}

/// A name as it is compared with another.
struct ComparedName {
    let words: [NameWords.Word]
    /// The number of words that belong to the given name, the first ones.
    let givenWords: Int

    /// Whether the name is divided into a given name and a surname.
    var isDivided: Bool { givenWords > 0 && givenWords < words.count }

    /// Whether the words are the same, possibly with different blanks between letters.
    func isSame(as other: ComparedName) -> Bool {
        words == other.words || words.lazy.flatMap(\.bytes).elementsEqual(other.words.lazy.flatMap(\.bytes))
    }
}

/// Decides whether an initial in one name can stand for a word of another: the initial of a given name does not stand
/// for a surname, nor the reverse.
struct InitialPlaces {
    /// The words of a name, seen from those that both names have.
    private struct Side {
        let givenWords: Int
        /// Whether both names have the word, by its place.
        let isCommon: [Bool]

        /// Returns the number of common words between a place and the beginning of a range.
        func commonWords(before place: Int, from start: Int = 0) -> Int { isCommon[start..<place].count { $0 } }

        func isGiven(_ place: Int) -> Bool { place < givenWords }
        /// Returns where the part of the name begins that a word belongs to.
        func start(of place: Int) -> Int { isGiven(place) ? 0 : givenWords }
    }

    private let left: Side
    private let right: Side
    private let areDivided: Bool
    /// Whether given name and surname have changed places in one of the names.
    private let isTurned: Bool

    /// - Parameters:
    ///   - left: the places of the words that the first name has alone, and of all initials.
    ///   - right: those of the second name.
    init(_ one: ComparedName, _ other: ComparedName, left: [Int], right: [Int]) {
        func side(_ name: ComparedName, _ alone: [Int]) -> Side {
            Side(givenWords: name.givenWords, isCommon: name.words.indices.map { !alone.contains($0) })
        }
        let (first, second) = (side(one, left), side(other, right))
        (self.left, self.right) = (first, second)
        areDivided = one.isDivided && other.isDivided
        var (kept, turned) = (0, 0)
        for (place, word) in one.words.enumerated() where first.isCommon[place] {
            let isKept = other.words.enumerated().contains { there, same in
                same.hash == word.hash && second.isGiven(there) == first.isGiven(place)
            }
            if isKept { kept += 1 } else { turned += 1 }
        }
        isTurned = turned > kept
    }

    /// Whether an initial of one name stands at the place of a word of the other, or the reverse.
    func areEqual(_ one: Int, _ other: Int) -> Bool {
        guard areDivided else { return left.commonWords(before: one) == right.commonWords(before: other) }
        guard (left.isGiven(one) == right.isGiven(other)) != isTurned else { return false }
        // A person with several given names may use any of them.
        if !isTurned, left.isGiven(one) { return true }
        return left.commonWords(before: one, from: left.start(of: one))
            == right.commonWords(before: other, from: right.start(of: other))
    }

    /// Whether the same initial in both names stands for the same word. In names that are not divided the order is not
    /// known.
    func mayBeSame(_ one: Int, _ other: Int) -> Bool { !areDivided || areEqual(one, other) }
}

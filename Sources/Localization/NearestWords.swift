/// Returns the number of insertions, deletions, substitutions and transpositions of neighbours that turn one word into
/// another (Damerau-Levenshtein, in its optimal string alignment form), counted in bytes. ASCII case is ignored, and
/// `_` equals `-`.
public func editDistance(_ first: String, _ second: String) -> Int {
    let source = first.utf8.map(foldedByte)
    let target = second.utf8.map(foldedByte)
    var beforePrevious: [Int] = []
    var previous = Array(0...target.count)
    for row in source.indices {
        var current = [row + 1]
        current.reserveCapacity(target.count + 1)
        for column in target.indices {
            let substitution = previous[column] + (source[row] == target[column] ? 0 : 1)
            var cost = min(previous[column + 1] + 1, current[column] + 1, substitution)
            if row > 0, column > 0, source[row] == target[column - 1], source[row - 1] == target[column] {
                cost = min(cost, beforePrevious[column - 1] + 1)
            }
            current.append(cost)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[target.count]
}

/// Returns the known words most similar to an unknown one, best first: those that `word` abbreviates, and those whose
/// edit distance to it is within a third of its length.
///
/// - Returns: at most three words; none for a word that is empty or longer than 64 bytes.
public func nearestWords(to word: String, among known: [String]) -> [String] {
    let length = word.utf8.count
    guard (1...64).contains(length) else { return [] }
    let ranked = known.enumerated().compactMap { index, candidate -> (distance: Int, index: Int, word: String)? in
        if length > 1, candidate.utf8.lazy.map(foldedByte).starts(with: word.utf8.lazy.map(foldedByte)) {
            return (distance: 0, index: index, word: candidate)
        }
        guard abs(candidate.utf8.count - length) <= allowance(for: length) else { return nil }
        let distance = editDistance(word, candidate)
        return distance <= allowance(for: length) ? (distance: distance, index: index, word: candidate) : nil
    }
    return ranked.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(3).map(\.word)
}

/// Returns the greatest edit distance at which a word of a length is still recognised.
private func allowance(for length: Int) -> Int {
    max(1, length / 3)
}

/// Returns a byte in lower case, with `_` as `-`: neither difference counts as a slip.
private func foldedByte(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "_"): UInt8(ascii: "-")
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    default: byte
    }
}

extension Text {
    /// `did you mean 'a' or 'b'?`
    ///
    /// - Returns: `nil` without words.
    public init?(didYouMean words: [String]) {
        let quoted = words.map { "'\($0)'" }
        guard let last = quoted.last else { return nil }
        let first = quoted.dropLast().joined(separator: ", ")
        self =
            first.isEmpty
            ? Text(en: "did you mean \(last)?", es: "¿quiso decir \(last)?")
            : Text(en: "did you mean \(first) or \(last)?", es: "¿quiso decir \(first) o \(last)?")
    }
}

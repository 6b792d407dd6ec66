/// The relation between two names, word by word.
enum NameRelation {
    /// The same words in the same order, possibly with different blanks between letters.
    case equal
    /// The same words in a different order.
    case swapped
    /// The same except for a typing error.
    case misspelt
    /// The same except for a typing error in every word. This proves nothing without a value that both have alone.
    case misspeltThroughout
    /// A word of one name is the initial of a word of the other.
    case abbreviated
    /// A word of one name is a familiar form of the other: `paco` of `francisco`.
    case familiar
    /// One name has words that the other lacks.
    case partial
    /// Different words, or too few to decide.
    case different

    /// The certainty that the names belong to the same person or thing.
    var likeness: Double {
        switch self {
        case .equal: 1
        case .swapped: 0.98
        case .misspelt: 0.95
        case .partial: 0.93
        case .abbreviated, .familiar: 0.92
        case .misspeltThroughout: 0.86
        case .different: 0.4
        }
    }

    /// Compares two names.
    ///
    /// - Parameters:
    ///   - frequencies: the frequencies of words in all names.
    ///   - hypocorisms: the familiar forms of names.
    ///   - haveOwnValue: whether both records have a value alone. A slip in a short name counts only then.
    init(
        _ one: ComparedName,
        _ other: ComparedName,
        _ frequencies: WordFrequencies,
        _ hypocorisms: Hypocorisms,
        haveOwnValue: Bool
    ) {
        guard !one.words.isEmpty, !other.words.isEmpty else {
            self = .different
            return
        }
        if one.isSame(as: other) {
            self = .equal
            return
        }
        var (left, right) = (Array(one.words.enumerated()), Array(other.words.enumerated()))
        Self.takeOut(&left, &right) { !$0.element.isInitial && $0.element.hash == $1.element.hash }
        let hasInitials = (left + right).contains { $0.element.isInitial }
        let places =
            hasInitials
            ? InitialPlaces(one, other, left: left.map(\.offset), right: right.map(\.offset)) : nil
        if let places {
            Self.takeOut(&left, &right) { $0.element.hash == $1.element.hash && places.mayBeSame($0.offset, $1.offset) }
        }
        if left.isEmpty, right.isEmpty {
            self = .swapped
            return
        }
        let exact = one.words.count - left.count
        let forms =
            Self.takeOut(formsIn: &left, of: &right, hypocorisms)
            + Self.takeOut(formsIn: &right, of: &left, hypocorisms)
            + Self.takeOut(&left, &right) { hypocorisms.haveCommonName($0.element, $1.element) }
        let initials =
            places.map { places in
                Self.takeOut(&left, &right) {
                    Self.isInitial($0.element, of: $1.element) && places.areEqual($0.offset, $1.offset)
                }
            } ?? 0
        let longSlips = Self.takeOut(&left, &right) { Self.isSlip($0.element, $1.element, frequencies) }
        let shortSlips =
            haveOwnValue ? Self.takeOut(&left, &right) { Self.isShortSlip($0.element, $1.element, frequencies) } : 0
        // A letter that is missing in a short word is a slip where the rest of a long name is the same.
        let dropped =
            exact > 1 ? Self.takeOut(&left, &right) { Self.lacksLetter($0.element, $1.element, frequencies) } : 0
        let slips = longSlips + shortSlips + dropped
        let matched = exact + forms + initials + slips
        if longSlips == 2, one.words.count == 2, other.words.count == 2 {
            self = .misspeltThroughout
            return
        }
        let isWhole = exact > 0 || longSlips == 1 && one.words.count == 1 && other.words.count == 1
        guard left.isEmpty || right.isEmpty, isWhole, slips <= 2, exact > 0 || initials + forms == 0 else {
            self = .different
            return
        }
        let isPartial = !left.isEmpty || !right.isEmpty
        // A single given name, or names with one common word, prove little.
        if isPartial || initials + forms > 0, matched < 2 || one.words.allSatisfy(\.isInitial) {
            self = .different
        } else {
            self = slips > 0 ? .misspelt : forms > 0 ? .familiar : initials > 0 ? .abbreviated : .partial
        }
    }

    /// A word with its place in the name.
    private typealias PlacedWord = EnumeratedSequence<[NameWords.Word]>.Element

    /// Removes the words that match, each together with its first match.
    ///
    /// - Returns: the number of matches.
    @discardableResult
    private static func takeOut(
        _ left: inout [PlacedWord],
        _ right: inout [PlacedWord],
        _ matches: (PlacedWord, PlacedWord) -> Bool
    ) -> Int {
        let before = left.count
        left.removeAll { word in
            guard let place = right.firstIndex(where: { matches(word, $0) }) else { return false }
            right.remove(at: place)
            return true
        }
        return before - left.count
    }

    /// Removes the words of one name that are familiar forms of words of another, together with these: `marijose` with
    /// `maria` and `jose`.
    ///
    /// - Returns: the number of familiar forms.
    private static func takeOut(
        formsIn words: inout [PlacedWord],
        of others: inout [PlacedWord],
        _ hypocorisms: Hypocorisms
    ) -> Int {
        if others.isEmpty { return 0 }
        let before = words.count
        words.removeAll { word in
            let name = hypocorisms.names(of: word.element).filter {
                $0.allSatisfy { hash in others.contains { $0.element.hash == hash } }
            }
            .max { $0.count < $1.count }
            guard let name else { return false }
            others.removeAll { name.contains($0.element.hash) }
            return true
        }
        return before - words.count
    }

    private static func isInitial(_ one: NameWords.Word, of other: NameWords.Word) -> Bool {
        one.isInitial != other.isInitial && one.bytes[0] == other.bytes[0] && !one.hasDigit && !other.hasDigit
    }

    /// Whether one word may be a misspelling of the other.
    private static func isSlip(_ one: NameWords.Word, _ other: NameWords.Word, _ frequencies: WordFrequencies) -> Bool {
        let shorter = min(one.bytes.count, other.bytes.count)
        guard shorter >= 4 || shorter == 3 && isDoubled(one.bytes, other.bytes) else { return false }
        return isSlip(one, other, frequencies, atMost: shorter >= 8 ? 2 : 1)
    }

    /// Whether one word may be a misspelling of the other, at least three letters long: `leon` and `lon`.
    private static func isShortSlip(
        _ one: NameWords.Word,
        _ other: NameWords.Word,
        _ frequencies: WordFrequencies
    ) -> Bool {
        max(one.bytes.count, other.bytes.count) >= 3 && min(one.bytes.count, other.bytes.count) >= 2
            && isSlip(one, other, frequencies, atMost: 1)
    }

    /// Whether one word is the other without one of its four or five letters: `laa` and `lara`.
    private static func lacksLetter(
        _ one: NameWords.Word,
        _ other: NameWords.Word,
        _ frequencies: WordFrequencies
    ) -> Bool {
        let (shorter, longer) = (min(one.bytes.count, other.bytes.count), max(one.bytes.count, other.bytes.count))
        return shorter + 1 == longer && (4...5).contains(longer) && isSlip(one, other, frequencies, atMost: 1)
    }

    /// - Parameter most: the maximum number of letters that differ.
    private static func isSlip(
        _ one: NameWords.Word,
        _ other: NameWords.Word,
        _ frequencies: WordFrequencies,
        atMost most: Int
    ) -> Bool {
        guard !one.hasDigit, !other.hasDigit, !isOtherGender(one.bytes, other.bytes) else { return false }
        let (first, second) = (frequencies.count(one.hash), frequencies.count(other.hash))
        let (rare, frequent) = (min(first, second), max(first, second))
        guard rare <= 2 || rare * 20 <= frequent else { return false }
        return EditDistance.between(one.bytes, other.bytes, atMost: most) != nil
            || spelledAsSpoken(one.bytes) == spelledAsSpoken(other.bytes)
    }

    /// Returns the letters of a word with `k` for the `qu` of `quiñones`, which is heard as one.
    private static func spelledAsSpoken(_ word: [UInt8]) -> [UInt8] {
        var letters: [UInt8] = []
        for (place, letter) in word.enumerated() {
            let isSilent = letter == UInt8(ascii: "u") && place > 0 && word[place - 1] == UInt8(ascii: "q")
            if !isSilent { letters.append(letter == UInt8(ascii: "q") ? UInt8(ascii: "k") : letter) }
        }
        return letters
    }

    /// Whether two words differ only in the number of equal letters in a row: `ana` and `anna`.
    private static func isDoubled(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        func single(_ word: [UInt8]) -> [UInt8] {
            word.reduce(into: []) { letters, letter in if letters.last != letter { letters.append(letter) } }
        }
        return single(one) == single(other)
    }

    /// Whether two words differ like `mario` and `maria` or `luis` and `luisa`, which are different names.
    private static func isOtherGender(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        let (a, o) = (UInt8(ascii: "a"), UInt8(ascii: "o"))
        let (short, long) = one.count <= other.count ? (one, other) : (other, one)
        if short.count == long.count {
            return short.dropLast() == long.dropLast() && Set([short.last, long.last]) == [a, o]
        }
        return short.count + 1 == long.count && long.last == a && short[...] == long.dropLast()
    }
}

/// The number of letters to insert, delete, change or swap with their neighbour to turn one word into another (optimal
/// string alignment).
enum EditDistance {
    /// - Returns: `nil` if the number exceeds the bound.
    static func between(_ one: [UInt8], _ other: [UInt8], atMost bound: Int) -> Int? {
        guard abs(one.count - other.count) <= bound else { return nil }
        var before: [Int] = []
        var previous = Array(0...other.count)
        for row in 1...max(one.count, 1) where row <= one.count {
            var current = [row]
            current.reserveCapacity(other.count + 1)
            for column in 1...max(other.count, 1) where column <= other.count {
                let isSame = one[row - 1] == other[column - 1]
                var cost = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
                    cost = min(cost, before[column - 2] + 1)
                }
                current.append(cost)
            }
            if let least = current.min(), least > bound { return nil }
            (before, previous) = (previous, current)
        }
        guard let distance = previous.last, distance <= bound else { return nil }
        return distance
    }
}

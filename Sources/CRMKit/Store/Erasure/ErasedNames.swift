import Formats

/// The names, addresses (of mail and of streets) and numbers of a person, to be struck out of texts about others.
///
/// Texts are searched in folded form, so that `José Ruiz` finds `JOSÉ  RUIZ`. Only whole words are found, and an
/// address only when it is not part of a longer one. Texts are searched both as written and with their quoting undone.
/// The words of a name may also be joined as in names of files: `Jose_Ruiz.pdf`.
public struct ErasedNames: Sendable {
    /// The mark that stands for a struck-out name, in either language.
    public static let mark = StruckValues.mark

    /// The names to search for, as the user wrote them.
    public let names: [String]
    /// The names, addresses and numbers that are not searched for, because somebody else has them too.
    var shared: [String] = []
    private let patterns: [ErasedPattern]
    private let numbers: ErasedNumbers
    private let shortest: Int

    /// - Parameters:
    ///   - names: the names; those that fold to nothing are left out.
    ///   - spellings: other ways in which the names are written.
    ///   - numbers: telephone numbers, which are found however their digits are grouped.
    init(
        _ names: some Sequence<String>,
        spellings: some Sequence<String> = [],
        numbers: ErasedNumbers = ErasedNumbers([])
    ) {
        var kept: [String] = []
        var patterns: [ErasedPattern] = []
        func add(_ name: String) -> Bool {
            guard let pattern = ErasedPattern(name), !patterns.contains(pattern) else { return false }
            patterns.append(pattern)
            return true
        }
        for name in names where add(name) { kept.append(name) }
        for spelling in spellings { _ = add(spelling) }
        self.init(kept, patterns, numbers)
    }

    private init(_ names: [String], _ patterns: [ErasedPattern], _ numbers: ErasedNumbers) {
        self.names = names
        self.patterns = patterns
        self.numbers = numbers
        shortest = (patterns.map(\.count) + (numbers.isEmpty ? [] : [ErasedNumbers.fewestDigits])).min() ?? 0
    }

    /// The names and addresses except those of digits alone, which mention nobody when they occur in a code.
    var inWords: ErasedNames { ErasedNames(names, patterns.filter(\.hasLetter), ErasedNumbers([])) }

    /// Whether there is nothing to search for.
    public var isEmpty: Bool { patterns.isEmpty && numbers.isEmpty }

    /// Whether a text, or any string in a JSON object, contains one of the names.
    public func stand(in text: String) -> Bool {
        if isEmpty || text.utf8.count < shortest { return false }
        if let texts = Self.texts(inJSON: text) { return texts.contains(where: stand(in:)) }
        return areFound(in: text) || UnquotedText(text).map { areFound(in: $0.text) } ?? false
    }

    private func areFound(in text: String) -> Bool {
        let folded = Array(Fold.fold(text).utf8)
        let loose = ErasedPattern.loosened(folded)
        return patterns.contains { $0.firstRange(in: folded, loose, from: 0) != nil }
            || !numbers.ranges(in: folded).isEmpty
    }

    /// Returns the strings of a JSON object with escapes; `nil` for any other text, which is searched as it is.
    private static func texts(inJSON text: String) -> [String]? {
        guard text.utf8.first == UInt8(ascii: "{"), text.utf8.contains(UInt8(ascii: "\\")) else { return nil }
        return JSONValue.members(ofObject: text)?.compactMap { member in
            if case .string(let text) = member.value { text } else { nil }
        }
    }

    /// Returns a text with each name replaced by the mark.
    ///
    /// - Returns: `nil` if the text contains none of the names.
    public func struckOut(of text: String) -> String? {
        guard stand(in: text) else { return nil }
        var ranges = ranges(in: text)
        if let unquoted = UnquotedText(text) {
            ranges += self.ranges(in: unquoted.text).map { unquoted.place(of: $0, in: text) }
        }
        guard !ranges.isEmpty else { return nil }
        var result = ""
        var rest = text.startIndex
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            // Names may overlap, as of a person who is named twice in a row with the surnames first, or share a
            // character that folds to several bytes, and one name may be found in both forms of the text.
            if range.lowerBound >= rest {
                result += text[rest..<range.lowerBound]
                result += Self.mark
            }
            rest = max(rest, range.upperBound)
        }
        return result + text[rest...]
    }

    /// Returns the ranges of the names in a text, including the display names of their addresses.
    private func ranges(in text: String) -> [Range<String.Index>] {
        let folded = FoldedText(text)
        let loose = ErasedPattern.loosened(folded.bytes)
        var ranges = numbers.ranges(in: folded.bytes)
        for pattern in patterns {
            var start = 0
            while let range = pattern.firstRange(in: folded.bytes, loose, from: start) {
                ranges.append(pattern.isOfWords ? folded.withRestOfSurname(range, in: text) : range)
                start = range.lowerBound + 1
            }
        }
        for address in ranges where folded.bytes[address].contains(UInt8(ascii: "@")) {
            guard let name = Self.displayName(before: address, in: folded.bytes) else { continue }
            ranges.removeAll { name.contains($0.lowerBound) }
            ranges.append(name)
        }
        return ranges.map { folded.places[$0.lowerBound]..<text.index(after: folded.places[$0.upperBound - 1]) }
    }

    /// Whether a text may be another one with parts of it struck out: the pieces between the marks follow each other in
    /// it.
    static func isLeft(_ struck: String, of text: String) -> Bool {
        let (mark, left, whole) = (Array(mark.utf8), Array(struck.utf8), Array(text.utf8))
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while let place = left.firstIndex(of: mark, from: start) {
            pieces.append(left[start..<place])
            start = place + mark.count
        }
        guard let first = pieces.first, whole.starts(with: first) else { return false }
        var place = first.count
        for piece in pieces.dropFirst() where !piece.isEmpty {
            guard let found = whole.firstIndex(of: Array(piece), from: place) else { return false }
            place = found + piece.count
        }
        let last = left[start...]
        return whole.count - last.count >= place && whole.suffix(last.count) == last
    }

    // MARK: - Display names

    /// Returns the range of the display name of an address: `Ana Ruiz <ana@example.org>`, `"Ruiz, Ana" <…>` (RFC 5322,
    /// section 3.4). Any such name is taken for one of the address's owner.
    private static func displayName(before address: Range<Int>, in text: [UInt8]) -> Range<Int>? {
        guard let bracket = text[..<address.lowerBound].indices.last, text[bracket] == UInt8(ascii: "<"),
            let end = text[..<bracket].lastIndex(where: { $0 != Fold.space })
        else { return nil }
        let quote = UInt8(ascii: "\"")
        if text[end] == quote {
            return text[..<end].lastIndex(of: quote).flatMap { $0 + 1 < end ? $0 + 1..<end : nil }
        }
        let start = text[...end].lastIndex { ",;:<>()[]\"".utf8.contains($0) }.map { $0 + 1 } ?? 0
        let words = text[start...end].split(separator: Fold.space)
        guard let first = words.first, words.count <= longestName else { return nil }
        return first.startIndex..<end + 1
    }

    /// The maximum number of words in a display name; more are taken for a sentence.
    private static let longestName = 6
}

/// A folded text with the character that each byte comes from.
private struct FoldedText {
    private(set) var bytes: [UInt8] = []
    private(set) var places: [String.Index] = []

    init(_ text: String) {
        for index in text.indices {
            let character = text[index]
            var folded = Array(Fold.fold(String(character)).utf8)
            // A single white space folds to nothing; a run of white space folds to one space.
            if folded.isEmpty, character.isWhitespace, bytes.last.map({ $0 != Fold.space }) ?? false {
                folded = [Fold.space]
            }
            bytes += folded
            places += repeatElement(index, count: folded.count)
        }
    }

    /// Returns the range of a name with what a hyphen joins to its last surname: `Ana Ruiz-Pardo`.
    func withRestOfSurname(_ range: Range<Int>, in text: String) -> Range<Int> {
        var end = range.upperBound
        guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: "-"), text[places[end + 1]].isUppercase else {
            return range
        }
        end += 1
        while end < bytes.count, text[places[end]].isLetter { end += 1 }
        return range.lowerBound..<end
    }
}

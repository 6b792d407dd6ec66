import Formats

/// The names, addresses and numbers of a person, to be struck out of texts about others.
///
/// Texts are searched in folded form, so that `José Ruiz` finds `JOSÉ  RUIZ`. Only whole words are found, and an
/// address only when it is not part of a longer one. Texts are searched both as written and with their quoting undone.
public struct ErasedNames: Sendable {
    /// The mark that stands for a struck-out name, in either language.
    public static let mark = StruckValues.mark

    /// The names to search for, as the user wrote them.
    public let names: [String]
    private let patterns: [[UInt8]]
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
        var patterns: [[UInt8]] = []
        func add(_ name: String) -> Bool {
            let folded = Array(Fold.fold(name).utf8)
            if folded.isEmpty || patterns.contains(folded) { return false }
            patterns.append(folded)
            return true
        }
        for name in names where add(name) { kept.append(name) }
        for spelling in spellings { _ = add(spelling) }
        self.names = kept
        // Longest first, so that a name is not cut short by another that it begins with.
        self.patterns = patterns.sorted { $0.count > $1.count }
        self.numbers = numbers
        shortest = (patterns.map(\.count) + (numbers.isEmpty ? [] : [ErasedNumbers.fewestDigits])).min() ?? 0
    }

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
        return patterns.contains { Self.firstRange(of: $0, in: folded, from: 0) != nil }
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
            // Two names may share a character that folds to several bytes, and one name may be found in both forms of
            // the text.
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
        var ranges = numbers.ranges(in: folded.bytes)
        for pattern in patterns {
            var start = 0
            while let range = Self.firstRange(of: pattern, in: folded.bytes, from: start) {
                if !ranges.contains(where: { $0.overlaps(range) }) { ranges.append(range) }
                start = range.upperBound
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

    // MARK: - Searching

    private static func firstRange(of pattern: [UInt8], in text: [UInt8], from start: Int) -> Range<Int>? {
        var start = start
        while let found = text.firstIndex(of: pattern, from: start) {
            let range = found..<found + pattern.count
            if isWhole(range, of: pattern, in: text) { return range }
            start = found + 1
        }
        return nil
    }

    private static func isWhole(_ range: Range<Int>, of pattern: [UInt8], in text: [UInt8]) -> Bool {
        let isAddress = pattern.contains(UInt8(ascii: "@"))
        if range.lowerBound > 0, isWord(pattern[0]) {
            let before = text[range.lowerBound - 1]
            if isWord(before) || isAddress && ".+%".utf8.contains(before) { return false }
        }
        if range.upperBound < text.count, isWord(pattern[pattern.count - 1]) {
            let after = text[range.upperBound]
            if isWord(after) { return false }
            let next = range.upperBound + 1
            if isAddress, ".-".utf8.contains(after), next < text.count, isWord(text[next]) { return false }
        }
        return true
    }

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

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
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
}

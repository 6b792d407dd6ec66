/// Telephone numbers of a person, found in texts however their digits are grouped and whatever prefix is dialled.
struct ErasedNumbers: Sendable {
    /// A number and the prefixes that may be dialled before it.
    private struct Number: Sendable {
        /// The digits of the national number.
        let digits: [UInt8]
        let prefixes: Set<[UInt8]>
    }

    private let numbers: [Number]

    /// - Parameter keys: the numbers in comparable form, each with whether it begins with a country code. Those with
    ///   too few digits are left out.
    init(_ keys: [(key: String, hasCode: Bool)]) {
        numbers = keys.compactMap { key, hasCode in
            let number = hasCode ? DiallingPlan.national(ofInternational: key) : nil
            let digits = Array((number ?? key).utf8)
            guard digits.count >= Self.fewestDigits, digits.allSatisfy(\.isDigit) else { return nil }
            let code = Array(key.utf8.dropLast(digits.count))
            let own = code.isEmpty ? [] : [code, code + Array("1".utf8)]
            return Number(digits: digits, prefixes: Set(Self.homePrefixes + own))
        }
    }

    /// Whether there is nothing to search for.
    var isEmpty: Bool { numbers.isEmpty }

    /// Returns the ranges of the numbers in a text with ASCII digits, each including its prefix.
    func ranges(in text: [UInt8]) -> [Range<Int>] {
        guard !numbers.isEmpty, text.count >= Self.fewestDigits else { return [] }
        var ranges: [Range<Int>] = []
        var start = 0
        while start < text.count {
            if let range = range(from: start, in: text) {
                ranges.append(range)
                start = range.upperBound
            } else {
                start += 1
            }
        }
        return ranges
    }

    private func range(from start: Int, in text: [UInt8]) -> Range<Int>? {
        let first = text[start]
        guard first.isDigit || first == UInt8(ascii: "+") || first == UInt8(ascii: "("),
            start == 0 || !Self.isOfWord(text[start - 1])
        else { return nil }
        var digits: [UInt8] = []
        for index in start..<text.count {
            let byte = text[index]
            guard byte.isDigit else {
                if Self.separators.contains(byte) || index == start { continue }
                return nil
            }
            digits.append(byte)
            if digits.count > Self.mostDigits { return nil }
            let next = index + 1
            let isEnd = next == text.count || !Self.isOfWord(text[next])
            if isEnd, isNumber(digits, hasPlus: first == UInt8(ascii: "+")) { return start..<next }
        }
        return nil
    }

    /// Whether a byte next to a number makes it part of a longer word.
    private static func isOfWord(_ byte: UInt8) -> Bool { byte.isDigit || byte.isLetter || byte >= 0x80 }

    private func isNumber(_ digits: [UInt8], hasPlus: Bool) -> Bool {
        numbers.contains { number in
            guard digits.count >= number.digits.count, digits.suffix(number.digits.count) == number.digits[...] else {
                return false
            }
            let prefix = Array(digits.dropLast(number.digits.count))
            if hasPlus { return prefix.count <= Self.longestCode }
            if prefix.starts(with: "00".utf8) { return prefix.count <= Self.longestCode + 2 }
            return number.prefixes.contains(prefix)
        }
    }

    /// The minimum number of digits; fewer could be any number.
    static let fewestDigits = 8
    /// The maximum number of digits of a country code with Mexico's former mobile prefix `1`.
    private static let longestCode = 4
    /// The maximum number of digits: fifteen (ITU-T E.164) after `00`.
    private static let mostDigits = 17
    private static let separators = Set(" ()+-./".utf8)
    /// The minimum number of digits of a whole number with its country code, where the lengths are not known.
    private static let fewestWithCode = 10
    /// The minimum number of digits of a number without a country code in a country that is not known.
    private static let fewestAlone = 7

    /// Whether a number is a whole one, not an extension or the end of one: anything shorter could be any number.
    ///
    /// - Parameters:
    ///   - key: the number in comparable form.
    ///   - hasCode: whether it begins with a country code.
    static func isWhole(_ key: String, hasCode: Bool) -> Bool {
        let count = key.utf8.count
        guard hasCode else { return count >= fewestAlone }
        guard let lengths = DiallingPlan.lengths(ofInternational: key) else { return count >= fewestWithCode }
        return lengths.contains(count)
    }

    /// The prefixes dialled within a country: none, the trunk prefixes, and Mexico's former ones.
    private static let homePrefixes = ["", "0", "1", "01", "044", "045"].map { Array($0.utf8) }
}

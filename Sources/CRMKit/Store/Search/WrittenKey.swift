/// The forms in which a telephone or the number of a document is found however it is written.
enum WrittenKey {
    /// The digits of a telephone number: with the country code, as they were written, and without the country code.
    static func phone(_ text: String, country: String?) -> [String] {
        let (key, written) = PhoneNumber.keys(of: text, country: country)
        var forms = key.isEmpty ? [] : [key]
        if !written.isEmpty, written != key { forms.append(written) }
        if key.utf8.count > nationalLength {
            let national = String(key.suffix(nationalLength))
            if national != written { forms.append(national) }
        }
        return forms
    }

    /// The most digits of a number within its country, in Mexico all of them: ITU-T E.164 has room for them.
    private static let nationalLength = 10

    /// The words that a telephone number is in a text, where what divides it stands anywhere and a country code may be
    /// before it, with the first digits or by itself.
    ///
    /// - Returns: words that stand together.
    static func phoneInText(_ text: String, country: String?) -> [[String]] {
        let key = PhoneNumber.matchKey(for: text, country: country)
        let code = country.flatMap { DiallingPlan.codes[$0] } ?? ""
        let isOwn = key.hasPrefix(code)
        let number = isOwn ? key.dropFirst(code.utf8.count) : key.suffix(nationalLength)
        guard number.utf8.count <= nationalLength else { return [] }
        let groups = groups(of: Array(number.utf8), atMost: mostGroups)
        let before = isOwn && !code.isEmpty ? [code] : []
        // In Mexico a 1 stood between country code and mobile number until 2019.
        let glued = code == "52" && number.utf8.count == nationalLength ? before + ["521"] : before
        return groups + glued.flatMap { code in groups.map { [code + $0[0]] + $0.dropFirst() } }
    }

    /// More groups than these nobody writes.
    private static let mostGroups = 5

    /// Digits divided into groups of two and more, in all ways, the undivided number first.
    private static func groups(of digits: [UInt8], atMost most: Int) -> [[String]] {
        var all = [[String(decoding: digits, as: UTF8.self)]]
        guard most > 1, digits.count >= 4 else { return all }
        for first in 2...(digits.count - 2) {
            let head = String(decoding: digits.prefix(first), as: UTF8.self)
            all += groups(of: Array(digits.dropFirst(first)), atMost: most - 1).map { [head] + $0 }
        }
        return all
    }

    /// Splits a word into runs of digits and runs of other characters: `hp4000` into `hp` and `4000`.
    static func parts(of word: String) -> [String] {
        var parts: [String] = []
        var wasDigit: Bool?
        for scalar in word.unicodeScalars {
            let isDigit = scalar.isASCII && UInt8(scalar.value).isDigit
            if isDigit == wasDigit {
                parts[parts.count - 1].unicodeScalars.append(scalar)
            } else {
                parts.append(String(scalar))
            }
            wasDigit = isDigit
        }
        return parts
    }

    /// The words of a code without what stands between them, with and without the zeros before each number.
    ///
    /// - Parameter words: folded, each with a space after it.
    static func code(folded words: [UInt8]) -> [String] {
        let whole = words.filter { $0 != Fold.space }
        var short: [UInt8] = []
        var isInNumber = false
        for (place, byte) in words.enumerated() where byte != Fold.space {
            let next = place + 1 < words.count ? words[place + 1] : Fold.space
            let isLeadingZero = byte == UInt8(ascii: "0") && !isInNumber && next.isDigit
            isInNumber = byte.isDigit && !isLeadingZero && (next.isDigit)
            if !isLeadingZero { short.append(byte) }
        }
        let written = words.last == Fold.space ? Array(words.dropLast()) : words
        return [whole, short].filter { $0 != written }.map { String(decoding: $0, as: UTF8.self) }.uniqued
    }
}

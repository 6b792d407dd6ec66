/// The forms in which a telephone number or document number is found in any spelling.
enum WrittenKey {
    /// Returns the digits of a telephone number: with the country code, as written, and without the country code.
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

    /// The maximum number of digits of a national number, and the exact number in Mexico; ITU-T E.164 allows more.
    private static let nationalLength = 10

    /// Returns the words of a telephone number in a text, where separators may stand anywhere and a country code may
    /// precede it, alone or joined with the first digits.
    ///
    /// - Returns: for each form, the words that stand together.
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

    /// The maximum number of groups of digits.
    private static let mostGroups = 5

    /// Returns the divisions of digits into groups of two or more, beginning with the undivided number.
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

    /// Returns the words of a code without separators, with and without leading zeros of its numbers.
    ///
    /// - Parameter words: the folded words, each followed by a space.
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

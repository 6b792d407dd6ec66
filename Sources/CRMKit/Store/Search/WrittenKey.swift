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

    // MARK: - Codes

    /// The character at the end of a word that only a stored code has, so that no word of a text equals it. Within such
    /// a word it divides numbers that follow each other.
    private static let mark = "|"

    /// Returns the further words under which a stored code is found: without separators, with and without leading
    /// zeros of its numbers, and the marked forms of ``sought(code:as:)``.
    ///
    /// - Parameter words: the folded words, each followed by a space.
    static func stored(code words: [UInt8]) -> [String] {
        let runs = runs(of: words)
        if runs.isEmpty { return [] }
        let written = words.last == Fold.space ? words.dropLast() : words[...]
        let plain = [runs.joined(), runs.map(withoutZeros).joined()].filter { !$0.utf8.elementsEqual(written) }
        return (plain + marked(runs)).uniqued
    }

    /// Returns the further words that a search for a code looks for.
    ///
    /// In texts only what cannot become another number is joined: `HP-4000` is `HP4000`, but `1/2` is not `12`. Leading
    /// zeros are disregarded in stored codes alone, where the same separators divide the numbers.
    ///
    /// - Parameters:
    ///   - words: the folded words, each followed by a space.
    ///   - text: the text of the search.
    static func sought(code words: [UInt8], as text: String) -> [String] {
        let runs = runs(of: words)
        let whole = runs.joined()
        let isOneWord = words.dropLast().allSatisfy { $0 != Fold.space }
        if isOneWord { return marked(runs).filter { $0 != whole + mark } }
        let isOneNumber = zip(runs, runs.dropFirst()).contains { isNumber($0) && isNumber($1) }
        let joined = !isOneNumber || isGrouped(text) ? [whole] : []
        return joined + marked(runs) + (runs.allSatisfy(isNumber) ? shortPhone([whole]) : [])
    }

    /// Returns the marked forms of telephone numbers that are too short to be recognized in a text.
    static func shortPhone(_ digits: [String]) -> [String] {
        digits.filter { $0.utf8.count < fewestDigits }.map { $0 + mark + mark }
    }

    /// The minimum number of digits of a telephone number that is recognized by its digits alone.
    static let fewestDigits = 7

    /// Returns the runs of digits and of other characters of folded words.
    private static func runs(of words: [UInt8]) -> [String] {
        words.split(separator: Fold.space).flatMap { parts(of: String(decoding: $0, as: UTF8.self)) }
    }

    /// Returns the words for stored codes only: with divided numbers without leading zeros; and, if letters tell the
    /// code from a plain number, without divisions.
    private static func marked(_ runs: [String]) -> [String] {
        var divided = ""
        var wasNumber = false
        for run in runs {
            if wasNumber, isNumber(run) { divided += mark }
            divided += withoutZeros(run)
            wasNumber = isNumber(run)
        }
        let forms = runs.allSatisfy(isNumber) ? [divided] : [divided, runs.joined()]
        return forms.map { $0 + mark }.uniqued
    }

    private static func isNumber(_ run: String) -> Bool { run.utf8.first?.isDigit ?? false }

    private static func withoutZeros(_ run: String) -> String {
        guard isNumber(run) else { return run }
        let rest = run.drop { $0 == "0" }
        return rest.isEmpty ? "0" : String(rest)
    }

    /// Whether a text is one number whose thousands are divided: `10,000`, `1.250.000`.
    private static func isGrouped(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.firstIndex(where: \.isDigit), let last = bytes.lastIndex(where: \.isDigit),
            let separator = bytes[first...last].first(where: { !$0.isDigit }), ",.".utf8.contains(separator)
        else { return false }
        let groups = bytes[first...last].split(separator: separator, omittingEmptySubsequences: false)
        return groups[0].count <= 3 && groups[0].first != UInt8(ascii: "0")
            && groups.dropFirst().allSatisfy { $0.count == 3 } && groups.allSatisfy { $0.allSatisfy(\.isDigit) }
    }
}

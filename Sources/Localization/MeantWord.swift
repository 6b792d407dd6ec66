/// A typed word that is compared with the names of things regardless of case, accents, singular or plural, and of
/// whether hyphens, underscores or blanks join its parts.
///
/// It serves to suggest a name for a word that was not understood.
public struct MeantWord: Sendable {
    private let forms: Set<String>
    /// The word in lower case, without accents.
    private let own: String

    /// Creates a word as it was typed.
    public init(_ word: some StringProtocol) {
        forms = Self.forms(of: word)
        own = Self.plain(word)
    }

    /// Returns whether the word is one of the given names, apart from case and accents, in the same number.
    public func isOne(of names: [String]) -> Bool { names.contains { Self.plain($0) == own } }

    /// Returns whether the word means a thing with the given name.
    public func means(_ name: some StringProtocol) -> Bool { !forms.isDisjoint(with: Self.forms(of: name)) }

    /// Returns whether the word means a thing with one of the given names.
    public func means(oneOf names: [String]) -> Bool { names.contains { means($0) } }

    /// Returns the word without accents and in lower case, and every singular that it may be the plural of, in either
    /// language.
    private static func forms(of word: some StringProtocol) -> Set<String> {
        let plain = plain(word)
        var forms: Set<String> = [plain]
        for ending in ["s", "es"] where plain.hasSuffix(ending) && plain.utf8.count > ending.utf8.count + 1 {
            let singular = plain.dropLast(ending.utf8.count)
            // Neither language adds -es after every letter: importes is not the plural of import.
            if ending == "es", let last = singular.last, "bcfgkmpqtvw".contains(last) { continue }
            forms.insert(String(singular))
        }
        if plain.hasSuffix("ies"), plain.utf8.count > 4 { forms.insert(String(plain.dropLast(3)) + "y") }
        return forms
    }

    private static func plain(_ word: some StringProtocol) -> String { String(word.lowercased().map(plain)) }

    private static func plain(_ letter: Character) -> Character {
        switch letter {
        case "á": "a"
        case "é": "e"
        case "í": "i"
        case "ó": "o"
        case "ú", "ü": "u"
        case "ñ": "n"
        case "_", " ": "-"
        default: letter
        }
    }
}

/// Words to suggest for an unknown one.
public struct Suggestions: Sendable, Equatable, ExpressibleByArrayLiteral {
    /// The relations of the suggested words to the unknown one.
    private enum Bond {
        case likeness, meaning, kinship
    }

    /// The words to write.
    public let words: [String]
    private let bond: Bond

    /// Whether the unknown word means the suggested ones, rather than being spelled like them or related to them.
    public var areMeant: Bool { bond == .meaning }

    /// Creates suggestions from words that are spelled like the unknown one.
    public init(near words: [String]) { (self.words, bond) = (words, .likeness) }

    /// Creates suggestions from words that mean the same as the unknown one; only the first three are shown.
    public init(meant words: [String]) { (self.words, bond) = (Array(words.prefix(3)), .meaning) }

    /// Creates suggestions from words for things related to one that does not exist; only the first three are shown.
    public init(related words: [String]) { (self.words, bond) = (Array(words.prefix(3)), .kinship) }

    /// Creates suggestions from words that are spelled like the unknown one.
    public init(arrayLiteral words: String...) { self.init(near: words) }

    /// The hint to the user: `that is 'asset'`, `did you mean 'asset'?`, or `what comes near is 'quote'`; `nil` if
    /// there are no words.
    public var hint: Text? {
        switch bond {
        case .likeness: Text(didYouMean: words)
        case .meaning: Text(thatIs: words)
        case .kinship: Text(comesNear: words)
        }
    }
}

extension Text {
    /// `that is 'a' or 'b'`
    ///
    /// - Returns: `nil` without words.
    public init?(thatIs words: [String]) {
        guard !words.isEmpty else { return nil }
        let quoted = words.map { "'\($0)'" }
        self.init(
            en: "that is \(quoted.joined(separator: " or "))",
            es: "eso es \(quoted.joined(separator: " o "))"
        )
    }

    /// `what comes near is 'a' or 'b'`
    ///
    /// - Returns: `nil` without words.
    public init?(comesNear words: [String]) {
        guard !words.isEmpty else { return nil }
        let quoted = words.map { "'\($0)'" }
        self.init(
            en: "what comes near is \(quoted.joined(separator: " or "))",
            es: "lo que más se acerca es \(quoted.joined(separator: " o "))"
        )
    }
}

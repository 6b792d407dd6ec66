/// Whether a word that someone has written means what a thing is called: whatever the case and the accents, in singular or
/// plural, with hyphens, underscores or blanks between its parts.
///
/// It is for words that were not understood, to say what to write instead.
public struct MeantWord: Sendable {
    private let forms: Set<String>

    /// Creates a word from its written form.
    public init(_ word: some StringProtocol) { forms = Self.forms(of: word) }

    /// Returns whether the word means a thing with the given name.
    public func means(_ name: some StringProtocol) -> Bool { !forms.isDisjoint(with: Self.forms(of: name)) }

    /// Whether the word means a thing with one of some names.
    public func means(oneOf names: [String]) -> Bool { names.contains { means($0) } }

    /// The word as it stands, and what it would be the plural of in either language.
    private static func forms(of word: some StringProtocol) -> Set<String> {
        let plain = String(word.lowercased().map(plain))
        var forms: Set<String> = [plain]
        for ending in ["s", "es"] where plain.hasSuffix(ending) && plain.utf8.count > ending.utf8.count + 1 {
            forms.insert(String(plain.dropLast(ending.utf8.count)))
        }
        if plain.hasSuffix("ies"), plain.utf8.count > 4 { forms.insert(String(plain.dropLast(3)) + "y") }
        return forms
    }

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

/// Words that may be meant by one that is not known.
public struct Suggestions: Sendable, Equatable, ExpressibleByArrayLiteral {
    /// The relations of the suggested words to the unknown one.
    private enum Bond {
        case likeness, meaning, kinship
    }

    /// The words to write.
    public let words: [String]
    private let bond: Bond

    /// Whether the unknown word means them, and does not only look like them or come near in what it means.
    public var areMeant: Bool { bond == .meaning }

    /// Words that look like the unknown one.
    public init(near words: [String]) { (self.words, bond) = (words, .likeness) }

    /// Words that mean what the unknown one means, the first few.
    public init(meant words: [String]) { (self.words, bond) = (Array(words.prefix(3)), .meaning) }

    /// Words for what comes near to something that there is not.
    public init(related words: [String]) { (self.words, bond) = (Array(words.prefix(3)), .kinship) }

    /// Words that look like the unknown one.
    public init(arrayLiteral words: String...) { self.init(near: words) }

    /// The hint to the user: `that is 'asset'`, `did you mean 'asset'?`, or `what comes near is 'quote'`; `nil` without
    /// words.
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

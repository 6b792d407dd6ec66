import Localization

/// One of the values a choice field can take.
public struct Choice: Sendable, Hashable {
    /// What is stored, printed to machines and never translated: snake_case.
    public let key: String
    /// What people read. Input takes the key or either label, whatever the case and accents.
    public let label: Text
    /// Whether it stays where it stands, is known to filters, and is offered and taken nowhere else.
    public let isRetired: Bool
    /// The probability of a sale at this stage, in whole percent; `nil` where the field is no stage or the stage has none.
    public let percent: Int64?

    /// What people write for it beside key and labels, separated by spaces: abbreviations, singulars, plurals.
    private let words: String

    /// Whether a database file may already have a choice of its own with this label, made before the program had this
    /// one. In such a file this choice is no longer offered.
    let yields: Bool

    /// How it is compared with what is written: a command that asks about all modules compares none of their hundreds.
    private let forms: Kept<Forms>

    private struct Forms: Sendable {
        let spellings: [String]
        let words: Set<String>
    }

    /// Its key and labels as they are compared.
    var spellings: [String] { forms.value.spellings }

    /// Declares a choice.
    ///
    /// - Parameters:
    ///   - yields: whether a choice with the same label that a database file defines takes the place of this one.
    ///   - words: words that people write for the choice besides its key and labels, separated by spaces.
    public init(
        _ key: String,
        en: String,
        es: String,
        percent: Int64? = nil,
        yields: Bool = false,
        words: String = ""
    ) {
        self.init(key, label: Text(en: en, es: es), percent: percent, yields: yields, words: words)
    }

    init(
        _ key: String,
        label: Text,
        isRetired: Bool = false,
        percent: Int64? = nil,
        yields: Bool = false,
        words: String = ""
    ) {
        self.key = key
        self.label = label
        self.isRetired = isRetired
        self.percent = percent
        self.yields = yields
        self.words = words
        forms = Kept {
            Forms(
                spellings: [key, label.en, label.es].map(Self.spelling),
                words: Set(words.split(separator: " ").map { Self.spelling(String($0)) })
            )
        }
    }

    /// The key of a choice that says there is nothing, in the lists that have one.
    static let noneKey = "none"

    /// The same choice, offered no longer.
    var retired: Choice { Choice(key, label: label, isRetired: true, percent: percent, yields: yields, words: words) }

    /// How a word for a choice is compared: whatever the case, the accents, and whether its parts are joined by spaces,
    /// hyphens or underscores.
    static func spelling(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }) else {
            return Fold.fold(text)
        }
        var folded: [UInt8] = []
        let words = text.utf8.map { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") ? Fold.space : $0 }
        words.withUnsafeBytes { Fold.fold($0, into: &folded) }
        return String(decoding: folded, as: UTF8.self)
    }

    /// Whether people write a word for it, as it is compared and without the point of an abbreviation, that is neither key
    /// nor label.
    func isMeant(by word: String) -> Bool {
        !words.isEmpty && forms.value.words.contains(word.last == "." ? String(word.dropLast()) : word)
    }

    /// Whether one of some words, as they are compared, is its key or a label.
    func isSpelled(asOneOf words: some Collection<String>) -> Bool {
        spellings.contains { words.contains($0) }
    }

    /// Whether two are declared alike.
    public static func == (one: Choice, other: Choice) -> Bool { one.declared == other.declared }

    /// Feeds what it is declared by into a hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(declared) }

    /// All that makes one choice differ from another; how it is compared follows from this.
    private var declared: Declared {
        Declared(key: key, label: label, isRetired: isRetired, percent: percent, yields: yields, words: words)
    }

    private struct Declared: Hashable {
        let key: String
        let label: Text
        let isRetired: Bool
        let percent: Int64?
        let yields: Bool
        let words: String
    }
}

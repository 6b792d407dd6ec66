import Localization

/// One of the values a choice field can take.
public struct Choice: Sendable, Hashable {
    /// The key in snake_case, which is stored, printed for programs and never translated.
    public let key: String
    /// The label that people read. Input takes the key or either label, ignoring case and accents.
    public let label: Text
    /// Whether the choice is retired: it stays in records that have it and is known to filters, but can no longer be
    /// chosen.
    public let isRetired: Bool
    /// The probability of a sale at this stage, in whole percent; `nil` where the field is no stage or the stage has
    /// none.
    public let percent: Int64?

    /// Other words that people write for the choice, separated by spaces: abbreviations, singulars, plurals.
    private let words: String

    /// Whether a database file may already have a choice of its own with this label, made before the program had this
    /// one. In such a file this choice is no longer offered.
    let yields: Bool

    /// The spellings for comparison, computed when first needed: a command over all modules compares none of their
    /// hundreds of choices.
    private let forms: Lazy<Forms>

    private struct Forms: Sendable {
        let spellings: [String]
        let words: Set<String>
    }

    /// The key and labels in the form used for comparison.
    var spellings: [String] { forms.value.spellings }

    /// Declares a choice.
    ///
    /// - Parameters:
    ///   - yields: whether a choice with the same label that a database file defines takes the place of this one.
    ///   - words: other words for the choice, in addition to its key and labels, separated by spaces.
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
        forms = Lazy {
            Forms(
                spellings: [key, label.en, label.es].map(Self.spelling),
                words: Set(words.split(separator: " ").map { Self.spelling(String($0)) })
            )
        }
    }

    /// The key of a choice that says there is nothing, in the lists that have one.
    static let noneKey = "none"

    /// The choice as a retired one.
    var retired: Choice { Choice(key, label: label, isRetired: true, percent: percent, yields: yields, words: words) }

    /// Returns the form in which words for choices are compared: case, accents, and whether the parts are joined by
    /// spaces, hyphens or underscores do not matter.
    static func spelling(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }) else {
            return Fold.fold(text)
        }
        var folded: [UInt8] = []
        let words = text.utf8.map { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") ? Fold.space : $0 }
        words.withUnsafeBytes { Fold.fold($0, into: &folded) }
        return String(decoding: folded, as: UTF8.self)
    }

    /// Whether people use a word for the choice that is neither its key nor a label. The word is given in its
    /// comparable form, without the point of an abbreviation.
    func isMeant(by word: String) -> Bool {
        !words.isEmpty && forms.value.words.contains(word.last == "." ? String(word.dropLast()) : word)
    }

    /// Whether people use a word for the choice that is neither its key nor a label, however its parts are joined.
    public func isCalled(_ word: String) -> Bool { isMeant(by: Self.spelling(word)) }

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

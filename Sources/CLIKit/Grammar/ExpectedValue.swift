import Localization

/// The values that an option accepts, reported after it was given another one.
public enum ExpectedValue: Error, Sendable, Equatable {
    /// A whole number that is at least this one.
    case wholeNumber(from: String)
    /// A word from a list.
    case oneOf([String])
    /// An individual message: the fault of the value, and a hint on how to correct it.
    case worded(Text, hint: Text)

    /// Returns the error message, a phrase without a full stop.
    ///
    /// - Parameters:
    ///   - option: the name of the option, such as `--limit`, or of the environment variable in its place.
    public func message(option: String, value: String) -> Text {
        switch self {
        case .wholeNumber(let least):
            Text(
                en: "\(option) takes a whole number from \(least), not \"\(value)\"",
                es: "\(option) admite un número entero desde \(least), no «\(value)»"
            )
        case .oneOf:
            Text(en: "\(option) cannot be \"\(value)\"", es: "\(option) no puede ser «\(value)»")
        case .worded(let message, _): message
        }
    }

    /// A hint on how to correct the value; `nil` if there is none.
    public var hint: Text? {
        switch self {
        case .wholeNumber: nil
        case .oneOf(let words):
            Text(en: "it is one of: \(words.joined(separator: " "))", es: "es uno de: \(words.joined(separator: " "))")
        case .worded(_, let hint): hint
        }
    }
}

extension ValueOption where Value == String {
    /// Declares an option whose value is any text.
    public init(
        _ long: String,
        short: Character? = nil,
        _ placeholder: Text,
        summary: Text,
        discussion: Text,
        group: Text? = nil,
        completion: Completion = .none
    ) {
        self.init(
            long,
            short: short,
            placeholder,
            summary: summary,
            discussion: discussion,
            group: group,
            completion: completion,
            parse: { $0 }
        )
    }
}

extension ListOption where Element == String {
    /// Declares an option whose values are any texts.
    public init(
        _ long: String,
        short: Character? = nil,
        _ placeholder: Text,
        separatedBy separator: Character? = nil,
        summary: Text,
        discussion: Text,
        group: Text? = nil,
        completion: Completion = .none
    ) {
        self.init(
            long,
            short: short,
            placeholder,
            separatedBy: separator,
            summary: summary,
            discussion: discussion,
            group: group,
            completion: completion,
            parse: { $0 }
        )
    }
}

extension ValueOption where Value: FixedWidthInteger {
    /// Declares an option whose value is a whole number in a range.
    public init(
        _ long: String,
        short: Character? = nil,
        _ placeholder: Text,
        in range: ClosedRange<Value>,
        summary: Text,
        discussion: Text,
        group: Text? = nil
    ) {
        self.init(
            long,
            short: short,
            placeholder,
            summary: summary,
            discussion: discussion,
            group: group
        ) { text throws(ExpectedValue) in
            guard let number = Value(text), range.contains(number) else {
                throw .wholeNumber(from: "\(range.lowerBound)")
            }
            return number
        }
    }
}

extension ValueOption where Value: RawRepresentable<String> {
    /// Declares an option whose value is one of some words, each with its meaning.
    public init(
        _ long: String,
        short: Character? = nil,
        _ placeholder: Text,
        among choices: [(choice: Value, meaning: Text)],
        summary: Text,
        discussion: Text,
        group: Text? = nil
    ) {
        let words = choices.map { (word: $0.choice.rawValue, summary: $0.meaning) }
        self.init(
            long,
            short: short,
            placeholder,
            summary: summary,
            discussion: discussion,
            group: group,
            completion: .words(words)
        ) { text throws(ExpectedValue) in
            // No two differ in case alone: CSV is csv.
            guard let choice = choices.first(where: { $0.choice.rawValue.lowercased() == text.lowercased() })?.choice
            else {
                throw .oneOf(words.map(\.word))
            }
            return choice
        }
    }

    /// Declares an option whose value is one of some self-explanatory words.
    public init(
        _ long: String,
        short: Character? = nil,
        _ placeholder: Text,
        among choices: [Value],
        summary: Text,
        discussion: Text,
        group: Text? = nil
    ) {
        self.init(
            long,
            short: short,
            placeholder,
            among: choices.map { (choice: $0, meaning: Text($0.rawValue)) },
            summary: summary,
            discussion: discussion,
            group: group
        )
    }
}

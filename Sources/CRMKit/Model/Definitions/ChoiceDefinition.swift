import Localization

/// A choice that a file adds to a field, or the file's changes to a choice of the program.
public struct ChoiceDefinition: Sendable, Equatable {
    /// The kind of rows whose field the choice belongs to.
    public let rows: DefinedRows
    /// The key of the field.
    public let field: String
    /// The key of the choice.
    public let key: String
    /// The English label; `nil` for the program's own.
    public let english: String?
    /// The Spanish label; `nil` for the program's own.
    public let spanish: String?
    /// The choice's position among the choices, from 1; `nil` for its natural place, after those that have a position.
    public let place: Int64?
    /// The probability of a stage, in whole percent; `nil` for none, or for what the program says.
    public let percent: Int64?
    /// Whether the choice is retired, so that it can no longer be chosen.
    public let isRetired: Bool

    /// The module of the field.
    public var module: ModuleName { rows.module }

    /// Returns the choices of a field in order: the program's and those that the database file defines.
    static func merging(_ standard: [Choice], with own: [ChoiceDefinition]) -> [Choice] {
        let byKey = Dictionary(own.map { ($0.key, $0) }) { first, _ in first }
        let known = Set(standard.map(\.key))
        let added = own.filter { !known.contains($0.key) }.map(\.choice)
        let labels = standard.contains(where: \.yields) ? Set(added.flatMap(\.spellings)) : []
        let all =
            standard.map { choice in
                let choice = byKey[choice.key].map { $0.replacing(choice) } ?? choice
                return choice.yields && choice.isSpelled(asOneOf: labels) ? choice.retired : choice
            } + added
        return all.enumerated().sorted { first, second in
            let places = (byKey[first.element.key]?.place, byKey[second.element.key]?.place)
            switch places {
            case (let one?, let other?): return one < other
            case (.some, nil): return true
            case (nil, .some): return false
            case (nil, nil): return first.offset < second.offset
            }
        }.map(\.element)
    }

    private var choice: Choice {
        // One label stands for the other where the program has neither.
        let label = Text(en: english ?? spanish ?? key, es: spanish ?? english ?? key)
        return Choice(key, label: label, isRetired: isRetired, percent: percent)
    }

    private func replacing(_ standard: Choice) -> Choice {
        Choice(
            key,
            label: Text(en: english ?? standard.label.en, es: spanish ?? standard.label.es),
            isRetired: isRetired,
            percent: percent ?? standard.percent,
            yields: standard.yields
        )
    }
}

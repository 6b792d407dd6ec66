/// The condition that a choice comes before, at or after another one, or that its name contains a text.
struct ChoiceCondition {
    let source: Scope.Source
    let choices: [Choice]

    /// Returns the condition of a comparison. Choices are declared in the order of the work, as stages and priorities
    /// are.
    ///
    /// - Throws: ``ValueError`` for a text that is none of the choices.
    func condition(_ comparison: Filter.Comparison, _ text: String) throws(ValueError) -> SQLFragment {
        if comparison == .contains {
            let part = Array(Fold.fold(text).utf8)
            return column(
                in: choices.filter { choice in
                    [choice.key, choice.label.en, choice.label.es].contains { Self.isPart(part, of: Fold.fold($0)) }
                }
            )
        }
        let key = try ChoiceText(choices).parse(text).key
        let place = choices.firstIndex { $0.key == key } ?? choices.endIndex
        return switch comparison {
        case .less: column(in: choices[..<place])
        case .lessOrEqual: column(in: choices[...place])
        case .greater: column(in: choices[(place + 1)...])
        default: column(in: choices[place...])
        }
    }

    private static func isPart(_ part: [UInt8], of text: String) -> Bool {
        let bytes = Array(text.utf8)
        return part.isEmpty || bytes.indices.contains { bytes[$0...].starts(with: part) }
    }

    private func column(in choices: some Collection<Choice>) -> SQLFragment {
        let keys = choices.map { SQLFragment.bind(.text($0.key)) }
        return "\(source.column) IN (\(keys.joined(", ")))"
    }
}

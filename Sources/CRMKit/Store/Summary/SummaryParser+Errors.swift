import Localization

extension SummaryParser {
    /// What is expected at a position.
    enum Expectation {
        case measure, expression, field, name, number, width, percentage, openingBracket, closingBracket, comma, listEnd

        var text: Text {
            switch self {
            case .measure:
                Text(
                    en: "a measure, as in count, sum(amount) or rate(stage = closed_won)",
                    es: "una medida, como count, sum(amount) o rate(stage = closed_won)"
                )
            case .expression: Text(en: "a field, a number or '('", es: "un campo, un número o '('")
            case .field: Text(en: "a field after the dot", es: "un campo después del punto")
            case .name: Text(en: "a name after 'as'", es: "un nombre después de 'as'")
            case .number: Text(en: "a number", es: "un número")
            case .width: Text(en: "a width greater than 0", es: "un ancho mayor que 0")
            case .percentage: Text(en: "a number from 0 to 100", es: "un número de 0 a 100")
            case .openingBracket: Text(en: "'('", es: "'('")
            case .closingBracket: Text(en: "')', + - * or /", es: "')', + - * o /")
            case .comma: Text(en: "','", es: "','")
            case .listEnd: Text(en: "',', + - * /, 'as' or the end", es: "',', + - * /, 'as' o el final")
            }
        }
    }

    /// Returns the error for something else than what is expected. A word that means a measure gets its name.
    mutating func unexpected(_ expected: Expectation) -> CRMError {
        let position = scanner.position
        let hint = expected == .measure ? Text(thatIs: SummaryWords.measures(meantBy: word(at: position))) : nil
        return failure(at: position, scanner.expected(expected.text, at: position), hint: hint)
    }

    /// Returns the error for a number that was read, as it was typed, but is not one that is expected.
    mutating func unexpectedNumber(_ expected: Expectation, from start: Int) -> CRMError {
        failure(at: start, scanner.expected(expected.text, from: start))
    }

    /// Returns the word at a position; empty if there is none.
    private func word(at position: Int) -> String {
        var scanner = scanner
        scanner.rewind(to: position)
        return scanner.takeName()?.text ?? ""
    }

    /// Returns the error for a function that there is not, or that is a measure.
    mutating func unknownFunction(_ name: FilterScanner.Word) -> CRMError {
        let functions =
            Period.allCases.map(\.rawValue) + ["band"] + Expression.LengthUnit.allCases.map(\.rawValue)
        let isMeasure = Self.measures.contains(name.text) || name.text == "percentile"
        let list = functions.joined(separator: " ")
        return failure(
            at: name.position,
            isMeasure
                ? Text(
                    en: "\(name.text)(…) is a measure, which stands by itself and not within an expression",
                    es: "\(name.text)(…) es una medida, que va sola y no dentro de una expresión"
                )
                : Text(en: "there is no function '\(name.text)'", es: "no existe la función '\(name.text)'"),
            hint: isMeasure
                ? Text(en: "give it with --measure", es: "indicarla con --measure")
                : Text(thatIs: SummaryWords.names(meantBy: name.text))
                    ?? Text(en: "the functions are: \(list)", es: "las funciones son: \(list)")
        )
    }

    /// Returns the error for a fault at a position.
    mutating func failure(at position: Int, _ reason: Text, hint: Text? = nil) -> CRMError {
        CRMError(
            ExpressionOrigin(option: option, text: text, column: scanner.column(at: position)),
            reason,
            hint: hint
        )
    }
}

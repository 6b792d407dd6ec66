import Localization

/// What a filter could have had at a position with something unexpected.
enum FilterExpectation {
    case condition, field, module, test, value, empty, list, openingBracket, closingBracket, listEnd, connective

    /// The words for it in a message.
    var text: Text {
        switch self {
        case .condition:
            Text(en: "a field, 'not', 'has' or '('", es: "un campo, 'not', 'has' o '('")
        case .field: Text(en: "a field after the dot", es: "un campo después del punto")
        case .module: Text(en: "a module after 'has'", es: "un módulo después de 'has'")
        case .test:
            Text(
                en: "one of = != < <= > >= ~, 'is empty' or 'in ('",
                es: "uno de = != < <= > >= ~, 'is empty' o 'in ('"
            )
        case .value: Text(en: "a value", es: "un valor")
        case .empty: Text(en: "'empty' or 'not empty'", es: "'empty' o 'not empty'")
        case .list: Text(en: "'in ('", es: "'in ('")
        case .openingBracket: Text(en: "'('", es: "'('")
        case .closingBracket: Text(en: "'and', 'or' or ')'", es: "'and', 'or' o ')'")
        case .listEnd: Text(en: "',' or ')'", es: "',' o ')'")
        case .connective: Text(en: "'and', 'or' or the end", es: "'and', 'or' o el final")
        }
    }

    /// The advice on what to write; `nil` if none helps.
    var hint: Text? {
        switch self {
        case .value:
            Text(
                en: "for no value write 'is empty'; values with spaces or brackets go in quotes",
                es:
                    "para la falta de valor escribir 'is empty'; los valores con espacios o paréntesis van entre comillas"
            )
        case .openingBracket:
            Text(
                en: "several values go in brackets: id in (1, 2)",
                es: "varios valores van entre paréntesis: id in (1, 2)"
            )
        case .connective, .closingBracket, .listEnd:
            Text(
                en: "values with spaces go in quotes: name='Ana Ruiz'",
                es: "los valores con espacios van entre comillas: name='Ana Ruiz'"
            )
        default: nil
        }
    }
}

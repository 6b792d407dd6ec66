import Localization

/// Several values without order or repetition.
struct ListType: FieldTypeDefinition {
    let element: FieldType.ListElement

    var form: ValueForm { .list(element) }
    var customName: String? { "list" }

    var placeholder: Text {
        switch element {
        case .text: Text(en: "WORD", es: "PALABRA")
        case .duration: DurationType().placeholder
        }
    }

    var spelling: Text {
        switch element {
        case .text:
            Text(
                en: "One word or phrase; an empty one empties the list.",
                es: "Una palabra o frase; una vacía vacía la lista."
            )
        case .duration: DurationType().spelling
        }
    }

    var hint: Text? {
        switch element {
        case .text: Text(en: "commas between several", es: "comas entre varios")
        case .duration: Text(en: "15m, 2h, 1d; commas between several", es: "15m, 2h, 1d; comas entre varios")
        }
    }

    var example: String? {
        switch element {
        case .text: nil
        case .duration: DurationType().example
        }
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        try StoredList(parsing: text, of: element).stored
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        guard case .text(let text) = value else { return nil }
        let elements = StoredList(value, of: element).elements
        return elements.isEmpty ? text : elements.joined(separator: ", ")
    }
}

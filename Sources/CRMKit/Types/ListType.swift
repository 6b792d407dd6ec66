import Localization

/// Several values without order or repetition.
struct ListType: FieldTypeDefinition {
    let element: FieldType.ListElement

    var form: ValueForm { .list(element) }
    var isFreeText: Bool { element == .text }
    var customName: String? { "list" }

    var placeholder: Text {
        switch element {
        case .text: Text(en: "WORD", es: "PALABRA")
        case .duration: DurationType().placeholder
        case .tax: Text(en: "TAX", es: "IMPUESTO")
        case .occurrence: OccurrenceType().placeholder
        case .rowQuantity: Text(en: "LINE=N", es: "LÍNEA=N")
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
        case .tax:
            Text(
                en: """
                    A kind and a rate in percent, vat:16, igic:7, ipsi:4, excise:8, surcharge:5.2 for the equivalence \
                    surcharge of Spain, withheld_income:10 or withheld_vat:10.6667, exempt, or excise_per_unit:3 for an \
                    amount a unit; a rate alone is value-added tax.
                    """,
                es: """
                    Una clase y una tasa en por ciento, vat:16, igic:7, ipsi:4, excise:8, surcharge:5.2 para el recargo \
                    de equivalencia, withheld_income:10 o withheld_vat:10.6667, exempt, o excise_per_unit:3 para un \
                    importe por unidad; una tasa sola es IVA.
                    """
            )
        case .occurrence: OccurrenceType().spelling
        case .rowQuantity:
            Text(
                en: "The position of a line and how much of it, 2=1.5; repeated for several lines.",
                es: "La posición de una línea y cuánto de ella, 2=1.5; se repite para varias líneas."
            )
        }
    }

    var hint: Text? {
        switch element {
        case .text: Text(en: "commas between several", es: "comas entre varios")
        case .duration: Text(en: "15m, 2h, 1d; commas between several", es: "15m, 2h, 1d; comas entre varios")
        case .tax:
            Text(
                en: "vat:16, exempt, excise:8; commas between several",
                es: "iva:16, exento, ieps:8; comas entre varios"
            )
        case .occurrence:
            Text(
                en: "YYYY-MM-DD or YYYY-MM-DDTHH:MM; commas between several",
                es: "AAAA-MM-DD o AAAA-MM-DDTHH:MM; comas entre varias"
            )
        case .rowQuantity: Text(en: "2=1.5; commas between several", es: "2=1.5; comas entre varios")
        }
    }

    var example: String? {
        switch element {
        case .text: nil
        case .duration: DurationType().example
        case .tax: "vat:16"
        case .occurrence: OccurrenceType().example
        case .rowQuantity: "1=2"
        }
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        try StoredList(parsing: text, of: element).stored
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        guard case .text(let text) = value else { return nil }
        if value == StoredList.empty { return Field.nothing(in: audience.language) }
        let elements = StoredList(value, of: element).labels(in: audience.language)
        return elements.isEmpty ? text : elements.joined(separator: ", ")
    }
}

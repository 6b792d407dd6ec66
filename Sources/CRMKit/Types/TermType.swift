import Localization

/// The type of a line of text with some known terms, which are stored by their keys and shown by their labels.
struct TermType: FieldTypeDefinition {
    let terms: [Choice]

    var form: ValueForm { .text }
    var matching: FieldType.Matching? { .folded }
    var family: ComparisonFamily? { TextType.family }
    var containment: Containment { .matched }
    var placeholder: Text { Text(en: "WORD", es: "PALABRA") }
    var spelling: Text {
        let keys = terms.filter { !$0.isRetired }.map(\.key).joined(separator: ", ")
        return Text(
            en: "One line of text; some are known by key and label: \(keys).",
            es: "Una línea de texto; algunas se conocen por su clave y etiqueta: \(keys)."
        )
    }
    var example: String? { terms.first?.key }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        if let term = ChoiceText(terms).find(text) { return .text(term.key) }
        return .text(try PlainText.line(text))
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        ChoiceText(terms).label(of: value, in: audience.language)
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(key(for: ChoiceText(terms).find(text)?.key ?? text, country: context.country))
    }
}

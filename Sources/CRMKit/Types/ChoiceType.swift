import Localization

/// The type of a choice from a list, stored as its key.
struct ChoiceType: FieldTypeDefinition {
    let choices: [Choice]

    var form: ValueForm { .choice(choices) }
    var isWord: Bool { true }
    var customName: String? { "choice" }
    var placeholder: Text { Text(en: "CHOICE", es: "OPCIÓN") }
    var spelling: Text {
        Text(
            en: "A key of the list, or its label in either language.",
            es: "Una clave de la lista, o su etiqueta en cualquiera de los idiomas."
        )
    }
    var hint: Text? { Text(en: "number or name", es: "número o nombre") }
    var example: String? { choices.first { !$0.isRetired }?.key ?? "" }

    func plainValue(of text: String) -> Value? {
        choices.contains { $0.key == text } ? .text(text) : nil
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try ChoiceText(choices).parse(text).key)
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        ChoiceText(choices).label(of: value, in: audience.language)
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        try value(of: text, in: context)
    }
}

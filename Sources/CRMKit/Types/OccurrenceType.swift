import Localization

/// One occurrence of a series, named by its start by the rule.
struct OccurrenceType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var isWhole: Bool { true }
    var family: ComparisonFamily? { .text("occurrence", canContain: false) }
    var placeholder: Text { Text(en: "OCCURRENCE", es: "REPETICIÓN") }
    var spelling: Text {
        Text(
            en: "When it begins by the rule: a day, or YYYY-MM-DDTHH:MM by the clocks of the event's zone.",
            es: "Cuándo empieza según la regla: un día, o AAAA-MM-DDTHH:MM según los relojes de la zona del evento."
        )
    }
    var hint: Text? { Text(en: "YYYY-MM-DD or YYYY-MM-DDTHH:MM", es: "AAAA-MM-DD o AAAA-MM-DDTHH:MM") }
    var example: String? { "2026-12-03" }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try OccurrenceName(parsing: text, in: context).description)
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        value.text.flatMap { try? OccurrenceName(parsing: $0) }?.label
    }
}

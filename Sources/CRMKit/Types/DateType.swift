import Localization

/// A calendar date, `YYYY-MM-DD`.
struct DateType: FieldTypeDefinition {
    var form: ValueForm { .date }
    var customName: String? { "date" }
    var placeholder: Text { Text(en: "DATE", es: "FECHA") }
    var spelling: Text {
        Text(
            en: "YYYY-MM-DD, or from today as in today, +30d, -1w.",
            es: "AAAA-MM-DD, o desde hoy, como hoy, +30d, -1w."
        )
    }
    var hint: Text? { Text(en: "YYYY-MM-DD, today or +30d", es: "AAAA-MM-DD, hoy o +30d") }
    var example: String? { "2026-12-31" }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try CivilDate(parsing: text, today: context.clock.date, order: context.dateOrder).description)
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        try value(of: text, in: context)
    }
}

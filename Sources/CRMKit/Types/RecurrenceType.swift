import Localization

/// A recurrence rule, stored as RFC 5545 writes it, and also read and shown in words.
struct RecurrenceType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var isWhole: Bool { true }
    var family: ComparisonFamily? { .text("recurrence", canContain: true) }
    var placeholder: Text { Text(en: "RULE", es: "REGLA") }
    var spelling: Text {
        Text(
            en: """
                In words, 'every 2 weeks on tue, thu until 2026-12-31', 'every month on the last friday', in English or \
                Spanish, or as RFC 5545 has it, 'FREQ=WEEKLY;BYDAY=TU,TH'. The start is always the first time, and \
                counts. The grammar stands in the manual of agenda.
                """,
            es: """
                Con palabras, 'cada 2 semanas los martes y jueves hasta el 2026-12-31', 'cada mes el último viernes', en \
                español o inglés, o como en RFC 5545, 'FREQ=WEEKLY;BYDAY=TU,TH'. El inicio es siempre la primera vez, y \
                cuenta. La gramática está en el manual de agenda.
                """
        )
    }
    var hint: Text? {
        Text(en: "every week on tue and thu, 10 times", es: "cada semana los martes y jueves, 10 veces")
    }
    var example: String? { "every 2 weeks on tue, thu" }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        // Every rule has FREQ= (RFC 5545, section 3.3.10), and no phrase has it.
        if text.uppercased().contains("FREQ=") { return .text(try RecurrenceRule(parsing: text).description) }
        let clock = context.clock
        if let rule = try RecurrencePhrase.read(text, today: clock.date, order: context.dateOrder, from: context.start)
        {
            return .text(rule.description)
        }
        if !text.contains("=") { throw RecurrencePhrase.refusal(of: text.trimmed) }
        return .text(try RecurrenceRule(parsing: text).description)
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        guard let text = value.text, let rule = try? RecurrenceRule(parsing: text) else { return nil }
        return rule.words(in: audience.clock.zone)?(in: audience.language)
    }
}

import Localization

/// A rule by which something comes again, stored as RFC 5545 writes it.
struct RecurrenceType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var isWhole: Bool { true }
    var family: ComparisonFamily? { .text("recurrence", canContain: true) }
    var placeholder: Text { Text(en: "RULE", es: "REGLA") }
    var spelling: Text {
        Text(
            en: "A rule as RFC 5545 has it, FREQ=WEEKLY;BYDAY=TU,TH.",
            es: "Una regla como las de RFC 5545, FREQ=WEEKLY;BYDAY=TU,TH."
        )
    }
    var example: String? { "FREQ=WEEKLY;BYDAY=TU,TH" }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try RecurrenceRule(parsing: text).description)
    }
}

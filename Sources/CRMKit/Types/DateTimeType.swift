import Localization

/// A moment, RFC 3339 in UTC to the second.
struct DateTimeType: FieldTypeDefinition {
    var form: ValueForm { .moment }
    var customName: String? { "time" }
    var placeholder: Text { Text(en: "TIME", es: "MOMENTO") }
    var spelling: Text {
        Text(
            en: "YYYY-MM-DD HH:MM in local time, a day and time as in \"tomorrow 10:00\", or RFC 3339 with an offset.",
            es: "AAAA-MM-DD HH:MM en hora local, un día y hora como «mañana 10:00», o RFC 3339 con desplazamiento."
        )
    }
    var hint: Text? { Text(en: "YYYY-MM-DD HH:MM", es: "AAAA-MM-DD HH:MM") }
    var example: String? { "2026-12-31T10:00" }

    func plainValue(of text: String) -> Value? { PlainCell.isMoment(text) ? .text(text) : nil }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        try Moment.refuseAmbiguous(text)
        return .text(try Moment(parsing: text, clock: context.clock, order: context.dateOrder).description)
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        value.text.map(audience.clock.shortTime)
    }
}

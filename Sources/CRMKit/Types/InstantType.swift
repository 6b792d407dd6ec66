import Localization

/// A moment, RFC 3339 in UTC to the millisecond, for events that follow each other within a second.
struct InstantType: FieldTypeDefinition {
    private let plain = DateTimeType()

    var form: ValueForm { .moment }
    var shape: ValueShape { .format("date-time") }
    var secondDigits: Int { 3 }
    var placeholder: Text { plain.placeholder }
    var spelling: Text { plain.spelling }
    var hint: Text? { plain.hint }
    var example: String? { plain.example }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        try Moment.refuseAmbiguous(text)
        let moment = try Moment(parsing: text, clock: context.clock, order: context.dateOrder)
        return .text(moment.description(milliseconds: Moment.milliseconds(in: text)))
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        plain.label(of: value, currency: currency, for: audience)
    }
}

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

    func plainValue(of text: String) -> Value? { PlainCell.isDay(text) ? .text(text) : nil }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        if context.isOfFiles, let day = Self.day(ofMoment: text, by: context.clock) { return .text(day) }
        return .text(try CivilDate(parsing: text, today: context.clock.date, order: context.dateOrder).description)
    }

    /// The day of a moment with its zone by a clock, as programs write a day that began at midnight there (RFC 3339):
    /// `2026-01-05T06:00:00.000Z`.
    ///
    /// - Returns: `nil` for any other text.
    private static func day(ofMoment text: String, by clock: Clock) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count > 19, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes.last == UInt8(ascii: "Z") || bytes[19...].contains(where: { "+-".utf8.contains($0) }),
            let moment = try? Moment(parsing: text, clock: clock)
        else { return nil }
        // Midnight where it was written, wherever that is.
        if bytes[11...15].elementsEqual("00:00".utf8), bytes.last != UInt8(ascii: "Z") {
            return String(decoding: bytes[..<10], as: UTF8.self)
        }
        let seconds = moment.secondsSinceEpoch
        guard (seconds + clock.zone.offset(at: seconds)).isMultiple(of: 86_400) else { return nil }
        return clock.day(ofStored: moment.description)
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        try value(of: text, in: context)
    }
}

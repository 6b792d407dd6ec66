import Localization

/// A calendar date, `YYYY-MM-DD`.
struct DateType: FieldTypeDefinition {
    var form: ValueForm { .date }
    var customName: String? { "date" }
    var placeholder: Text { Text(en: "DATE", es: "FECHA") }
    var spelling: Text {
        Text(
            en: "YYYY-MM-DD, as people write it (31/12/2026, tomorrow, Monday), or from today as in +30d, -1w.",
            es: "AAAA-MM-DD, como de costumbre (31/12/2026, mañana, el lunes) o desde hoy, como +30d, -1w."
        )
    }
    var hint: Text? { Text(en: "YYYY-MM-DD, today or +30d", es: "AAAA-MM-DD, hoy o +30d") }
    var example: String? { "2026-12-31" }

    func plainValue(of text: String) -> Value? { PlainCell.isDay(text) ? .text(text) : nil }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        let moment = Self.moment(text)
        if context.isOfFiles, let moment, let day = Self.day(of: moment, as: text, by: context.clock) {
            return .text(day)
        }
        do throws(ValueError) {
            return .text(try CivilDate(parsing: text, today: context.clock.date, order: context.dateOrder).description)
        } catch {
            throw moment == nil ? error : Self.ofAnotherZone
        }
    }

    private static let ofAnotherZone = ValueError(
        en: "a moment with its time zone, which is another day elsewhere: write the day alone, as in 2026-12-31",
        es: "un momento con su zona horaria, que en otro lugar es otro día: escribir solo el día, como en 2026-12-31"
    )

    /// A moment with an offset: its day, second of the day, and offset from UTC in seconds.
    private typealias ZonedMoment = (day: CivilDate, second: Int64, offset: Int64)

    /// Reads a moment with its zone: `2026-01-05T06:00:00.000Z`, `2026-01-05 06:00 UTC`.
    ///
    /// - Returns: `nil` for any other text.
    private static func moment(_ text: String) -> ZonedMoment? {
        guard text.utf8.count > 15, text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        var reader = ByteReader(text)
        guard let day = try? CivilDate(readingFrom: &reader), reader.take(anyOf: ["T", "t", " "]) != nil,
            let second = Moment.timeOfDay(&reader), let offset = Moment.writtenOffset(&reader), reader.isAtEnd
        else { return nil }
        return (day, second, offset)
    }

    /// Returns the day of a moment that a program wrote for a whole day, as the midnight that begins the day there (RFC
    /// 3339): `2026-01-05T06:00:00.000Z`.
    ///
    /// - Returns: `nil` for a moment that is midnight neither in the zone in which it was written nor in that of the
    ///   clock.
    private static func day(of moment: ZonedMoment, as text: String, by clock: Clock) -> String? {
        // It is midnight in the zone in which it was written.
        if moment.second == 0, text.utf8.last != UInt8(ascii: "Z") { return moment.day.description }
        let seconds = moment.day.secondsSinceEpoch + moment.second - moment.offset
        let local = seconds + clock.zone.offset(at: seconds)
        guard local.isMultiple(of: Int64.secondsPerDay) else { return nil }
        return CivilDate(daysSinceEpoch: local / Int64.secondsPerDay)?.description
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        try value(of: text, in: context)
    }
}

import Formats
import Localization

/// An occurrence of a series, named by its scheduled start: in local time of the series' zone or, where clocks show a
/// time twice, as a moment.
public enum OccurrenceName: Sendable, Hashable, CustomStringConvertible {
    /// The occurrence on a day, at the series' usual time: `2026-12-03`.
    case day(CivilDate)
    /// The occurrence at a local time in the series' zone, in seconds after midnight: `2026-12-03T09:00:00`.
    case local(CivilDate, secondOfDay: Int64)
    /// The occurrence at a moment: `2026-12-03T15:00:00Z`.
    case moment(Moment)

    /// Reads `YYYY-MM-DD`, a day with a time after a space or `T`, and RFC 3339.
    ///
    /// - Throws: ``ValueError`` for anything else, and for days that do not exist.
    public init(parsing text: String) throws(ValueError) {
        var reader = ByteReader(text.trimmed)
        guard let date = try CivilDate(readingFrom: &reader) else { throw Self.malformed }
        if reader.isAtEnd {
            self = .day(date)
            return
        }
        guard reader.take(anyOf: ["T", "t", " "]) != nil, let second = Moment.timeOfDay(&reader) else {
            throw Self.malformed
        }
        if reader.isAtEnd {
            self = .local(date, secondOfDay: second)
            return
        }
        guard let offset = Moment.offset(&reader), reader.isAtEnd,
            let moment = Moment(secondsSinceEpoch: date.secondsSinceEpoch + second - offset)
        else { throw Self.malformed }
        self = .moment(moment)
    }

    /// Reads what ``init(parsing:)`` reads, and a day as typed by hand, with or without a time after it: `15/12/2026`,
    /// `15 dic 2026 10:00`, `mañana`.
    ///
    /// - Throws: ``ValueError`` for anything else, for days that do not exist, and for ambiguous days.
    init(parsing text: String, in context: ValueContext) throws(ValueError) {
        if let exact = try? OccurrenceName(parsing: text) {
            self = exact
            return
        }
        let today = context.clock.date
        if let day = try CivilDate.relative(text.trimmed, today: today) {
            self = .day(day)
            return
        }
        guard let tokens = WrittenTokens(text) else { throw Self.malformed }
        let time = WrittenTime.split(tokens)
        guard let date = try WrittenDate.read(time?.day ?? tokens, today: today, order: context.dateOrder) else {
            throw Self.malformed
        }
        self = time.map { .local(date, secondOfDay: $0.second) } ?? .day(date)
    }

    private static let malformed = ValueError(
        en: "names no occurrence: write YYYY-MM-DD, or YYYY-MM-DDTHH:MM by the clocks of the event's zone",
        es: "no nombra ninguna repetición: escribir AAAA-MM-DD, o AAAA-MM-DDTHH:MM según la zona del evento"
    )

    /// Returns the name of the day alone, by the clocks of a zone.
    func day(in zone: TimeZoneSetting) -> OccurrenceName {
        switch self {
        case .day: self
        case .local(let day, _): .day(day)
        case .moment(let moment):
            CivilDate(
                daysSinceEpoch: (moment.secondsSinceEpoch + zone.offset(at: moment.secondsSinceEpoch)).flooredDays
            ).map { .day($0) } ?? self
        }
    }

    /// The stored form, which ``init(parsing:)`` reads.
    public var description: String {
        switch self {
        case .day(let date): date.description
        case .local(let date, let second): "\(date)T\(Self.time(second))"
        case .moment(let moment): moment.description
        }
    }

    /// The form shown to the user, `2026-12-03 09:00`, which ``init(parsing:)`` reads as well.
    var label: String {
        guard case .local(let date, let second) = self, second % 60 == 0 else { return description }
        return "\(date) \(Self.time(second).dropLast(3))"
    }

    private static func time(_ second: Int64) -> String {
        [second / 3600, second / 60 % 60, second % 60].map { $0.digits(atLeast: 2) }.joined(separator: ":")
    }
}

extension OccurrenceName {
    /// The start in seconds since 1970, as if the series' zone were UTC: it may be up to a day off.
    var approximateSeconds: Int64 {
        switch self {
        case .day(let date): date.secondsSinceEpoch
        case .local(let date, let second): date.secondsSinceEpoch + second
        case .moment(let moment): moment.secondsSinceEpoch
        }
    }
}

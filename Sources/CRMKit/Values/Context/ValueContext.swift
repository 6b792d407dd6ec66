/// The circumstances on which reading a value depends, apart from its text.
public struct ValueContext: Sendable {
    /// The present moment and the user's time zone.
    public let clock: Clock
    /// The ISO 4217 code for amounts that name none.
    public let currency: String
    /// The ISO 3166-1 alpha-2 code of the country whose dialling code completes telephone numbers; `nil` if none is
    /// configured.
    public let country: String?
    /// Whether the day or the month is written first; `nil` if no country determines it.
    public let dateOrder: CivilDate.Order?
    /// The user; `nil` if unknown.
    public let user: User?
    /// The day on which the record begins that a value is for, if that is known: a repetition may be told by it.
    var start: CivilDate?

    /// Creates a context.
    public init(
        clock: Clock,
        currency: String,
        country: String?,
        dateOrder: CivilDate.Order? = nil,
        user: User? = nil
    ) {
        self.clock = clock
        self.currency = currency
        self.country = country
        self.dateOrder = dateOrder
        self.user = user
    }

    /// The context for values in files, where only the file's dialect decides whether day or month comes first.
    var ofFiles: ValueContext {
        ValueContext(clock: clock, currency: currency, country: country, dateOrder: .untold, user: user)
    }

    /// Whether the values are from files.
    var isOfFiles: Bool { dateOrder == .untold }

    /// Whether a text is a day without a time.
    func isDay(_ text: String) -> Bool {
        (try? CivilDate(parsing: text.trimmed, today: clock.date, order: dateOrder)) != nil
    }

    /// The same context more than a year later, or earlier at the end of the calendar, at another time of day. A text
    /// that depends on the clock has another value in it.
    var muchLater: ValueContext {
        let seconds: Int64 = 400 * 86_400 + 11_111
        let now = clock.moment.secondsSinceEpoch
        let moment = Moment(secondsSinceEpoch: now + seconds) ?? Moment(secondsSinceEpoch: now - seconds)
        let other = Clock(zone: clock.zone, at: moment ?? clock.moment, zones: clock.zones, zoneName: clock.zoneName)
        return ValueContext(clock: other, currency: currency, country: country, dateOrder: dateOrder, user: user)
    }

    /// Returns the context for amounts in another currency.
    func with(currency: String) -> ValueContext {
        ValueContext(clock: clock, currency: currency, country: country, dateOrder: dateOrder, user: user)
    }
}

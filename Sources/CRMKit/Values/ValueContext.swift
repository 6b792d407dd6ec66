/// The circumstances on which reading a value depends, besides its text.
public struct ValueContext: Sendable {
    /// The present moment and the user's time zone.
    public let clock: Clock
    /// The ISO 4217 code of amounts that name none.
    public let currency: String
    /// The ISO 3166-1 alpha-2 code whose dialling code completes telephone numbers, where one is configured.
    public let country: String?
    /// Which of day and month a person writes first; `nil` where no country says it.
    public let dateOrder: CivilDate.Order?
    /// Whoever asks; `nil` where nobody says.
    public let user: User?

    /// Puts a context together.
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

    /// Whether the values are those of files.
    var isOfFiles: Bool { dateOrder == .untold }

    /// The same at another time of day more than a year later, or earlier at the end of the calendar: what a text means by
    /// the clock, it means otherwise there.
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

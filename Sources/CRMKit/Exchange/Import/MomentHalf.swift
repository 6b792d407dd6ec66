/// What a column holds of a moment.
public enum MomentHalf: String, Sendable, Hashable {
    /// The day.
    case day
    /// The time of day.
    case time
    /// Of a day in three columns, the year.
    case year
    /// Its month.
    case month
    /// Its day of the month.
    case dayOfMonth = "day of month"
    /// Whether it counts at all, as Outlook says of reminders.
    case isOn = "on/off"

    /// Whether it is but a part of a day.
    var isOfDay: Bool {
        switch self {
        case .year, .month, .dayOfMonth: true
        case .day, .time, .isOn: false
        }
    }
}

/// The component of a moment that a column holds.
public enum MomentHalf: String, Sendable, Hashable {
    /// The day.
    case day
    /// The time of day.
    case time
    /// The year of a day that is spread over three columns.
    case year
    /// The month of such a day.
    case month
    /// The day of the month of such a day.
    case dayOfMonth = "day of month"
    /// Whether the moment is in use at all, as Outlook states for reminders.
    case isOn = "on/off"

    /// Whether it is only a component of a day.
    var isOfDay: Bool {
        switch self {
        case .year, .month, .dayOfMonth: true
        case .day, .time, .isOn: false
        }
    }
}

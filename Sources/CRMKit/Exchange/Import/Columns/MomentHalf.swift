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
    /// For an end, how long it is after the start. A bare number is in a unit that the column does not say.
    case length
    /// The same, in hours.
    case hours
    /// The same, in minutes.
    case minutes

    /// Whether it is only a component of a day.
    var isOfDay: Bool {
        switch self {
        case .year, .month, .dayOfMonth: true
        case .day, .time, .isOn, .length, .hours, .minutes: false
        }
    }

    /// Whether it is how long an end is after the start, in whole or in part.
    var isLength: Bool {
        switch self {
        case .length, .hours, .minutes: true
        case .day, .time, .year, .month, .dayOfMonth, .isOn: false
        }
    }

    /// The seconds of the unit in which a length is counted; `nil` where the column does not say it.
    var unit: Int64? {
        switch self {
        case .hours: 3600
        case .minutes: 60
        default: nil
        }
    }
}

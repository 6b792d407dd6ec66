import Localization

extension CivilDate {
    /// The name of the day of the week.
    public var weekdayName: Text { Period.weekdays[weekday].label }
    /// The name of the month.
    public var monthName: Text { CalendarWords.monthNames[month - 1] }
}

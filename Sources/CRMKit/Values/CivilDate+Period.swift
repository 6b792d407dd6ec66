import Localization

extension CivilDate {
    /// What the day of the week is called.
    public var weekdayName: Text { Period.weekdays[weekday].label }
}

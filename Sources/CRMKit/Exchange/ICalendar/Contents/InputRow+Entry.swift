extension CalendarEntry: RowContents {
    var format: InputFormat { .ics }
}

extension InputRow {
    /// The row's entry of a calendar; `nil` for a row that is none.
    var entry: CalendarEntry? { isEntry ? contents as? CalendarEntry : nil }
}

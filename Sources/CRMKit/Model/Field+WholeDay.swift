import Localization

extension Field {
    /// The same moment, which stands for its whole day where another field of the row says so: a day of the zone that a
    /// further field names.
    func wholeDay(if key: String, in zone: String) -> Field {
        with {
            $0.wholeDayKey = key
            $0.dayZoneKey = zone
        }
    }

    /// Whether the field's moment stands for its whole day in a row.
    ///
    /// - Parameter value: gives what another field of the row holds.
    func isWholeDay(among value: (String) -> Value) -> Bool { wholeDayKey.map { value($0) == .integer(1) } ?? false }

    /// The zone whose day the field's moment stands for in a row, empty for that of the user; `nil` where the time of day
    /// counts.
    ///
    /// - Parameter value: gives what another field of the row holds.
    func dayZone(among value: (String) -> Value) -> String? {
        isWholeDay(among: value) ? dayZoneKey.flatMap { value($0).text } ?? "" : nil
    }

    /// How a value is written in a row, for a form; `nil` where that is plain.
    ///
    /// - Parameter value: gives what another field of the row holds.
    public func hint(among value: (String) -> Value) -> Text? {
        isWholeDay(among: value) ? FieldType.date.hint : type.hint
    }
}

import Localization

extension Field {
    /// Returns the moment field as one that stands for a whole day when another field of the row says so.
    ///
    /// - Parameters:
    ///   - key: the key of the boolean field that says whether only the day counts.
    ///   - zone: the key of the field that names the time zone of the day.
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

    /// The zone whose day the field's moment stands for in a row, empty for that of the user; `nil` where the time of
    /// day counts.
    ///
    /// - Parameter value: gives what another field of the row holds.
    func dayZone(among value: (String) -> Value) -> String? {
        isWholeDay(among: value) ? dayZoneKey.flatMap { value($0).text } ?? "" : nil
    }

    /// Returns a hint for a form on how to write the field's value; `nil` when that is obvious.
    ///
    /// - Parameter value: returns the value of another field of the row, by its key.
    public func hint(among value: (String) -> Value) -> Text? {
        isWholeDay(among: value) ? FieldType.date.hint : type.hint
    }
}

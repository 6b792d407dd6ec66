import Localization

extension Field {
    /// The same moment, which stands for its whole day where another field of the row says so.
    func wholeDay(if key: String) -> Field { with { $0.wholeDayKey = key } }

    /// Whether the field's moment stands for its whole day in a row.
    ///
    /// - Parameter value: gives what another field of the row holds.
    func isWholeDay(among value: (String) -> Value) -> Bool { wholeDayKey.map { value($0) == .integer(1) } ?? false }

    /// How a value is written in a row, for a form; `nil` where that is plain.
    ///
    /// - Parameter value: gives what another field of the row holds.
    public func hint(among value: (String) -> Value) -> Text? {
        isWholeDay(among: value) ? FieldType.date.hint : type.hint
    }
}

/// The key of a record that is a single date of a series and was imported without it: the `UID` of the series, a slash,
/// and the value of the `RECURRENCE-ID`.
///
/// A UID may have slashes of its own; the value of a time has none.
struct ApartKey: Hashable {
    /// The `UID` of the series.
    let series: String
    /// The value of the property, as it stands in the calendar.
    let original: String

    private static let mark: Character = "/"

    init(series: String, original: String) { (self.series, self.original) = (series, original) }

    /// Reads the key of a record.
    ///
    /// - Returns: `nil` for one that cannot be such a key. A `UID` with a slash looks like one.
    init?(_ text: String) {
        guard let mark = text.lastIndex(of: Self.mark) else { return nil }
        self.init(series: String(text[..<mark]), original: String(text[text.index(after: mark)...]))
    }

    /// The key as a record has it.
    var text: String { Self.beginning(of: series) + original }

    /// The beginning of the keys of all dates of a series. Keys of another series may begin with it too, if its UID
    /// does.
    static func beginning(of series: String) -> String { "\(series)\(mark)" }
}

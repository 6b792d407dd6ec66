/// A row of the part for the differences of single occurrences.
struct OccurrenceDifference {
    let name: OccurrenceName?
    let isFollowing: Bool
    /// The stored values, one for each field of the part.
    let values: [Value]
    private let row: PartDraft

    init(_ row: PartDraft, by keys: CalendarMapping.Occurrences) {
        self.row = row
        values = row.values
        name = row[keys.original].text.flatMap { try? OccurrenceName(parsing: $0) }
        isFollowing = row[keys.following] == .integer(1)
    }

    /// Returns the row's value of a field of the event; null for one that dates cannot have of their own.
    func value(_ key: String) -> Value { row.part.position(of: key).map { values[$0] } ?? .null }
}

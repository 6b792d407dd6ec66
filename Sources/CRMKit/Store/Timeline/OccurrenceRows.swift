import SQLite

/// The differences of single dates, read only for events that have any.
struct OccurrenceRows {
    private let reader: PartReader
    private let events: Set<Int64>

    init(of module: Module, in store: Store) throws {
        reader = try store.partReader(of: .occurrence, in: module)
        events = Set(try store.database.prepare("SELECT DISTINCT \"event\" FROM \"event_occurrence\"").integers())
    }

    /// Returns the rows of an event.
    subscript(event: Int64) -> [OccurrenceRow] {
        get throws {
            guard events.contains(event) else { return [] }
            return try reader.rows(of: event).map { OccurrenceRow($0.values) }
        }
    }
}

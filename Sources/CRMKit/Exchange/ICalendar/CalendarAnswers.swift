/// What the stored calendars of events say: the answers of attendees for single dates, and whether an event takes up
/// time (`TRANSP`, RFC 5545 section 3.8.2.7).
public struct CalendarAnswers: OccurrenceAnswers {
    private let module: Module
    private let components: RecordComponents
    private let store: Store

    /// - Returns: `nil` if the module of events has no mapping to calendars.
    /// - Throws: ``CRMError`` for what SQLite reports.
    public init?(in store: Store) throws {
        guard let module = store.registry.find(.event), let components = try RecordComponents(module, in: store) else {
            return nil
        }
        self.module = module
        self.components = components
        self.store = store
    }

    /// Returns the answers of contacts for single dates of an event, by occurrence and contact id.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports, and for stored components that cannot be read.
    public func answers(for event: Int64) throws -> [OccurrenceName: [Int64: String]] {
        guard let found = try store.storedRecord(module, id: event) else { return [:] }
        return try components.answers(for: found)
    }

    /// Returns on which dates an event takes no time.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports, and for stored components that cannot be read.
    public func transparency(of event: Int64) throws -> EventTransparency {
        guard let found = try store.storedRecord(module, id: event) else {
            return EventTransparency(isTransparent: false, dates: [:])
        }
        return try components.transparency(of: found)
    }
}

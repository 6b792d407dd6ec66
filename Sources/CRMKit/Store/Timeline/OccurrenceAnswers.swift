/// Provides what calendars say of events beside their fields: the answers of attendees for single dates, while links
/// with contacts store only one answer for all dates, and whether they take up time.
public protocol OccurrenceAnswers {
    /// Returns the answers of contacts for the dates of an event, by occurrence and contact id.
    func answers(for event: Int64) throws -> [OccurrenceName: [Int64: String]]

    /// Returns on which dates an event takes no time.
    func transparency(of event: Int64) throws -> EventTransparency
}

/// Whether an event takes up the time of its participants, as its calendar says.
public struct EventTransparency: Sendable {
    /// Whether it takes none on all dates but those that have components of their own.
    let isTransparent: Bool
    /// Whether it takes none on dates that have components of their own.
    let dates: [OccurrenceName: Bool]

    /// Whether an occurrence takes no time.
    func holds(for item: EventOccurrence) -> Bool {
        item.isSingle ? item.name.flatMap { dates[$0] } ?? isTransparent : isTransparent
    }
}

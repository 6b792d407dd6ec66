/// Provides the answers of attendees for single dates of events. Links with contacts store only one answer for all
/// dates.
public protocol OccurrenceAnswers {
    /// Returns the answers of contacts for the dates of an event, by occurrence and contact id.
    func answers(for event: Int64) throws -> [OccurrenceName: [Int64: String]]
}

/// Says what people answered for single dates of events, where that is kept: of the links with people there is one for all
/// dates.
public protocol OccurrenceAnswers {
    /// What contacts answered, by their ids, for the dates of an event.
    func answers(for event: Int64) throws -> [OccurrenceName: [Int64: String]]
}

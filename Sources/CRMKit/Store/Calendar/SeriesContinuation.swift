/// Carries over what is kept of a recurring event beside its fields when the event is split in two.
public protocol SeriesContinuation {
    /// Stores for the later event what is kept of the earlier one, as far as it applies from the split on.
    ///
    /// - Parameters:
    ///   - record: the event as it was before the split.
    ///   - id: the id of the event that continues.
    ///   - moment: the start of its first occurrence, in seconds since 1970.
    func carryOver(from record: Record, to id: Int64, at moment: Int64, in transaction: Transaction) throws
}

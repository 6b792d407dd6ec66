/// The columns shown of a record, besides its name, when it is listed under a record it is attached to.
public struct Mention: Sendable {
    /// Paths to its date, such as `starts_at` or `link.since`. The first one with a value counts; without any, the time
    /// at which the record was linked or created.
    let dates: [String]
    /// Paths to the columns besides its name.
    let columns: [String]

    /// Declares what is shown of a record.
    ///
    /// - Parameters:
    ///   - columns: paths from the record. Paths into its link only apply when the record is attached by a link.
    ///   - dates: paths to dates or moments, which need not be repeated among the columns.
    init(_ columns: [String] = [], on dates: [String] = []) {
        self.columns = columns
        self.dates = dates
    }
}

extension Module {
    /// The columns shown beside a record's name, with the currency of amounts for programs.
    var mentionedDetails: [String] {
        let columns = mention.columns
        return columns + (columns.contains { field($0)?.type == .money } ? ["currency"] : [])
    }

    /// The columns of a table of the module's records under another record: id, display name, the mentioned fields,
    /// each amount with its currency, and the record's own dates, or its creation time when it has no dates.
    public var mentionedColumns: [String] {
        let dates = mention.dates.isEmpty ? ["created_at"] : mention.dates
        let own = (mention.columns + dates).filter { field($0) != nil }
        return ["id", displayKey] + own.flatMap { field($0)?.type == .money ? [$0, "currency"] : [$0] }
    }
}

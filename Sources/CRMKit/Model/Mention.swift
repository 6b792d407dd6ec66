/// What a record says of itself where it is listed under another one that it hangs on, beside its name.
public struct Mention: Sendable {
    /// Paths to what dates it, `starts_at`, `link.since`: the first that has a value counts, and where none has, the moment
    /// at which it was linked or made.
    let dates: [String]
    /// Paths to what stands beside its name.
    let columns: [String]

    /// Declares what a record says.
    ///
    /// - Parameters:
    ///   - columns: paths from the record; those of its link only mean something where it hangs by one.
    ///   - dates: paths to dates or moments; they need not be repeated among the columns.
    init(_ columns: [String] = [], on dates: [String] = []) {
        self.columns = columns
        self.dates = dates
    }
}

extension Module {
    /// What stands beside a record's name, amounts with the currency that programs need.
    var mentionedDetails: [String] {
        let columns = mention.columns
        return columns + (columns.contains { field($0)?.type == .money } ? ["currency"] : [])
    }

    /// The columns of a table of its records under another one: what a record is called and says of itself, an amount with
    /// its currency, and its own dates; when it was made where it has none.
    public var mentionedColumns: [String] {
        let dates = mention.dates.isEmpty ? ["created_at"] : mention.dates
        let own = (mention.columns + dates).filter { field($0) != nil }
        return ["id", displayKey] + own.flatMap { field($0)?.type == .money ? [$0, "currency"] : [$0] }
    }
}

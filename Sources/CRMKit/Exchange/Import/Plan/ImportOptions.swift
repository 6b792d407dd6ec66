/// The options of an import: how it treats rows that match records, and what else it may do.
public struct ImportOptions: Sendable {
    /// The treatment of a row that matches a record.
    public enum OnMatch: String, Sendable, CaseIterable {
        /// The record is updated.
        case update
        /// The row is skipped.
        case skip
        /// The row is an error.
        case error
    }

    /// The treatment of a row about the same record as an earlier row of the input.
    public enum OnRepeat: String, Sendable, CaseIterable {
        /// The row is an error, which names the earlier one.
        case error
        /// The row is imported, so that the last one decides.
        case last
    }

    /// The headers that the user maps: `Their Column` to `field`, or to `-` if the column is to be skipped.
    public var map: [String: String] = [:]
    /// Whether unknown columns are skipped.
    public var ignoresUnknownColumns = false
    /// The spelling of cells.
    public var cells = CellRules()
    /// The fields that together identify the record of a row; without any, every row is a new record.
    public var match: [String] = []
    /// Whether a row without any value to match by is a new record instead of an error.
    public var addsUnmatchable = false
    /// The treatment of a row that matches a record.
    public var onMatch = OnMatch.update
    /// Whether an event that was moved here since is left alone by the version of it that was taken before. Where which
    /// side is newer was decided otherwise, it is not.
    public var obeysVersions = true
    /// The treatment of a row that repeats an earlier one.
    public var onRepeat = OnRepeat.error
    /// Whether only fields without a value are set.
    public var fillsOnlyEmpty = false
    /// Whether records that no row matches are deleted.
    public var deletesMissing = false
    /// Whom rows link with a record in a role takes the place of those who had it before.
    public var handsOver = false
    /// The modules whose records are made where a row names one that does not exist.
    public var creates: Set<ModuleName> = []
    /// Whether good rows are written even if others are rejected.
    public var continuesOnError = false

    /// Creates options that make every row a new record.
    public init() {}
}

/// The options of an import: how it treats rows that match records, and what else it may do.
public struct ImportOptions: Sendable {
    /// The treatment of a row that matches a record.
    public enum OnMatch: String, Sendable, CaseIterable {
        /// The record is brought up to date.
        case update
        /// The row is passed over.
        case skip
        /// The row is an error.
        case error
    }

    /// The treatment of a row about a record that an earlier row of the same input was about.
    public enum OnRepeat: String, Sendable, CaseIterable {
        /// The row is an error, which names the earlier one.
        case error
        /// The row is taken, so that the last one decides.
        case last
    }

    /// Headers that the user explains, `Their Column` to `field`, or to `-` where the column is to be passed over.
    public var map: [String: String] = [:]
    /// Columns that mean nothing are passed over.
    public var ignoresUnknownColumns = false
    /// The spelling of cells.
    public var cells = CellRules()
    /// The fields that together tell which record a row is about; none makes every row a new record.
    public var match: [String] = []
    /// Whether a row without any value to match by makes a new record, and is not an error.
    public var addsUnmatchable = false
    /// The treatment of a row that matches a record.
    public var onMatch = OnMatch.update
    /// The treatment of a row that repeats an earlier one.
    public var onRepeat = OnRepeat.error
    /// Only fields without a value are filled.
    public var fillsOnlyEmpty = false
    /// Records that no row matches are deleted.
    public var deletesMissing = false
    /// The modules whose records are made where a row names one that does not exist.
    public var creates: Set<ModuleName> = []
    /// Good rows are written though others are rejected.
    public var continuesOnError = false

    /// Every row a new record.
    public init() {}
}

/// The counts of an import.
public struct ImportReport: Sendable {
    /// Rows read.
    public var rows = 0
    /// Records made.
    public var created = 0
    /// Records changed.
    public var updated = 0
    /// Records that were as their rows have them.
    public var unchanged = 0
    /// Rows that matched and were passed over.
    public var skipped = 0
    /// Links made or changed.
    public var linked = 0
    /// The number of records of other modules created because rows name them.
    public var createdMissing = 0
    /// Records deleted because no row matches them.
    public var deleted = 0
    /// Rows rejected.
    public var failed = 0

    /// Creates a report without counts.
    public init() {}

    /// Counts what became of a row.
    mutating func count(_ outcome: RowWriter.Outcome) {
        switch outcome.change {
        case .created: created += 1
        case .updated: updated += 1
        case .unchanged: unchanged += 1
        case .skipped: skipped += 1
        }
        linked += outcome.linked
        createdMissing += outcome.createdMissing
    }
}

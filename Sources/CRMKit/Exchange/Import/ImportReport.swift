/// The counts of an import.
public struct ImportReport: Sendable {
    /// The number of rows read.
    public var rows = 0
    /// The number of records created.
    public var created = 0
    /// The number of records changed.
    public var updated = 0
    /// The number of records that had the values of their rows already.
    public var unchanged = 0
    /// The number of rows skipped.
    public var skipped = 0
    /// The number of links created or changed.
    public var linked = 0
    /// Links ended because others have taken their place.
    public var ended = 0
    /// The number of records of other modules created because rows name them.
    public var createdMissing = 0
    /// The number of records deleted because no row matches them.
    public var deleted = 0
    /// The number of rows rejected.
    public var failed = 0

    /// Creates a report without counts.
    public init() {}

    /// Adds the counts of another part of the same import.
    public mutating func add(_ other: ImportReport) {
        rows += other.rows
        created += other.created
        updated += other.updated
        unchanged += other.unchanged
        skipped += other.skipped
        linked += other.linked
        ended += other.ended
        createdMissing += other.createdMissing
        deleted += other.deleted
        failed += other.failed
    }

    /// Counts what became of a row.
    mutating func count(_ outcome: RowWriter.Outcome) {
        switch outcome.change {
        case .created: created += 1
        case .updated: updated += 1
        case .unchanged: unchanged += 1
        case .skipped: skipped += 1
        case .joined: break
        }
        linked += outcome.linked
        createdMissing += outcome.createdMissing
    }
}

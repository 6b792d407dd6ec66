/// A record that rows of an import were about.
public struct MetRecord: Sendable, Hashable {
    /// The id of the record; for rejected rows, whose record need not exist, a hash of what identifies it.
    public let id: Int64
    /// The number of the row in the input, from 1; negative if the record counts as created or updated since.
    public let row: Int64

    /// Creates one.
    public init(id: Int64, row: Int64) { (self.id, self.row) = (id, row) }
}

/// What the rows of a run of an import were about.
public struct MetRecords: Sendable, Hashable {
    /// The records of the rows that were taken.
    public var taken: [MetRecord]
    /// Those of the rejected rows whose record further rows may be about.
    public var rejected: [MetRecord]

    /// Creates them.
    public init(taken: [MetRecord] = [], rejected: [MetRecord] = []) {
        (self.taken, self.rejected) = (taken, rejected)
    }
}

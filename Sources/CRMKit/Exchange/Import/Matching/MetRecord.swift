/// A record that a row of an import was about.
public struct MetRecord: Sendable, Hashable {
    /// The id of the record.
    public let id: Int64
    /// The number of the row in the input, from 1; negative if the record counts as created or updated since.
    public let row: Int64

    /// Creates one.
    public init(id: Int64, row: Int64) { (self.id, self.row) = (id, row) }
}

/// A record that a row of an import was about.
public struct MetRecord: Sendable, Hashable {
    /// The id of the record.
    public let id: Int64
    /// The number of the row in the input, from 1; negative if the record counts as created or updated since.
    public let row: Int64

    /// Creates one.
    public init(id: Int64, row: Int64) { (self.id, self.row) = (id, row) }
}

/// What an import in several runs must know of the rows of those before: a row about the record of an earlier one is
/// refused, or goes on with it, whichever run has taken that one.
extension RecordImport {
    /// Keeps the records of the rows, for ``takeMet()``.
    public func keepMet() { earlier.keepMet() }

    /// Returns the records of the rows since the last call.
    public func takeMet() -> [MetRecord] { earlier.takeMet() }

    /// Goes on after the rows of an earlier run.
    public func goOn(after met: [MetRecord]) { earlier.note(met) }
}

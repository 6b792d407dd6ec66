/// What an import in several runs must know of the rows of those before: a row about the record of an earlier one is
/// refused, or goes on with it, whichever run has taken that one.
extension RecordImport {
    /// Keeps the records of the rows, for ``takeMet()``.
    public func keepMet() { earlier.keepMet() }

    /// Returns the records of the rows since the last call.
    public func takeMet() -> MetRecords { earlier.takeMet() }

    /// Goes on after the rows of an earlier run.
    public func goOn(after met: MetRecords) { earlier.note(met) }
}

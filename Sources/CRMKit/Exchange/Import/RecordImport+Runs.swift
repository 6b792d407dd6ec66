import Formats

/// What an import in several runs must know of the rows of earlier runs: a row about the same record as an earlier one
/// is refused, or continues it, in whichever run that was read.
extension RecordImport {
    /// Keeps the records of the rows, for ``takeMet()``.
    public func keepMet() { earlier.keepMet() }

    /// Returns the records of the rows since the last call.
    public func takeMet() -> MetRecords { earlier.takeMet() }

    /// Goes on after the rows of an earlier run.
    public func goOn(after met: MetRecords) { earlier.note(met) }

    /// Looks whether what a stopped import has saved was there before, for ``notices``.
    public func lookAtSaved(in store: Store) throws { try repeated.look(in: store, canUndo: false) }

    /// The digest of the input up to the last row that was taken, skipped or rejected, without the one read ahead; `nil`
    /// where none is kept.
    public var digestOfRows: String? {
        waiting.ahead.isEmpty ? digest?.hexadecimal : digest?.markedHexadecimal
    }

    /// Reads the next row without taking it.
    ///
    /// - Throws: errors that are not the fault of a row.
    func readAhead(_ rows: inout InputRows) throws -> RowAhead.Found {
        digest?.mark()
        return try RowAhead.read(&rows)
    }

    /// Where the rows of an earlier run end.
    public enum SkippedEnd: Sendable, Hashable {
        /// The input has fewer rows.
        case missing
        /// The next row is of another record than the last one, or there is none.
        case apart
        /// The next row holds further rows of a part of the record of the last one.
        case within
    }

    /// Skips rows that an earlier run has committed or rejected, and continues reading up to the point that run had
    /// reached.
    public func skip(_ count: Int, of rows: inout InputRows) throws -> SkippedEnd {
        if let head = rows.head { try prepare(head, row: 0) }
        // The last row, and the first one of its record.
        var latest: (first: InputRow, last: InputRow)?
        for _ in 0..<count {
            if rows.stoppedEarly { return .missing }
            do {
                guard let row = try rows.next() else { return .missing }
                earlier.pass(row)
                let first = latest.flatMap { continues(row, after: $0) ? $0.first : nil }
                latest = (first ?? row, row)
            } catch is RowProblem {
                // A row that cannot be read was rejected.
                latest = nil
            }
        }
        guard let record = latest, holdsParts(record.last), !rows.stoppedEarly else { return .apart }
        // Only the next row shows that a record has no further rows.
        let next = try readAhead(&rows)
        waiting.ahead.keep(next)
        guard case .row(let row, _) = next, !row.isFaulty, continues(row, after: record) else { return .apart }
        return .within
    }

    /// Whether a row only has further rows of a part of the record of those before.
    private func continues(_ row: InputRow, after record: (first: InputRow, last: InputRow)) -> Bool {
        holdsParts(row) && columns.plan.continues(row, after: record.first, record.last)
    }

    /// Whether a row has a row of a part.
    private func holdsParts(_ row: InputRow) -> Bool {
        do throws(RowProblems) {
            _ = try prepare(row)
            return columns.plan.part != nil
        } catch {
            return false
        }
    }
}

extension RecordImport {
    /// The next row of the input, where it holds but a further row of a part of the record that rows tell of.
    func following(
        _ group: [(row: InputRow, raw: [UInt8]?)],
        _ rows: inout InputRows
    ) throws -> (row: InputRow, raw: [UInt8])? {
        guard let first = group.first?.row, let last = group.last?.row, !rows.stoppedEarly else { return nil }
        var next = try RowAhead.read(&rows)
        while case .row(let row, _) = next, plan.continues(row, after: first, last), below?.pass(row) == true {
            passedOverRows.totals.add(row.line)
            report.skipped += 1
            passedWithin += 1
            next = try RowAhead.read(&rows)
        }
        guard case .row(let row, let raw) = next, !plan.isTotal(row, below: sums),
            plan.continues(row, after: first, last)
        else {
            ahead.keep(next)
            if case .row(let row, _) = next, let column = plan.difference(of: row, from: first, in: module) {
                partedCount += 1
                if firstParted == nil { firstParted = (row.number, last.number, column) }
            }
            return nil
        }
        sums.add(row, in: plan.summed)
        below?.add(row)
        return (row, raw)
    }
}

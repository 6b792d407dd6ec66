extension RecordImport {
    /// The next row of the input, where it holds but a further row of a part of the record that rows tell of.
    func following(
        _ group: [(row: InputRow, raw: [UInt8]?)],
        _ rows: inout InputRows
    ) throws -> (row: InputRow, raw: [UInt8])? {
        guard let first = group.first?.row, let last = group.last?.row, !rows.stoppedEarly else { return nil }
        var next = try RowAhead.read(&rows)
        while case .row(let row, _) = next, plan.continues(row, after: first, last), let passed = below?.pass(row) {
            passedOverRows.note(passed, row)
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

    /// Rejects the rows of one record, each with what is wrong with it, the first one with what is wrong with all.
    static func reject(
        _ rows: [(row: InputRow, raw: [UInt8])],
        _ problems: [RowProblem],
        by reject: ([RowProblem], RejectedRow) throws -> Void
    ) throws {
        let further = Dictionary(grouping: problems, by: \.row)
        let numbers = Set(rows.dropFirst().map(\.row.number))
        for (index, (row, raw)) in rows.enumerated() {
            let own = index == 0 ? problems.filter { !numbers.contains($0.row) } : further[row.number] ?? []
            try reject(own, .row(row, raw: raw))
        }
    }
}

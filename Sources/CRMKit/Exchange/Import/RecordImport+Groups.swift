extension RecordImport {
    /// Returns a row with those after it that only hold further rows of a part of its record.
    func followed(
        _ first: (row: InputRow, raw: [UInt8]?),
        from rows: inout InputRows,
        _ plan: RowPlan
    ) throws -> [(row: InputRow, raw: [UInt8]?)] {
        var group: [(row: InputRow, raw: [UInt8]?)] = [(first.row, first.raw ?? rows.raw)]
        sums.ofLines?.begin()
        sums.ofLines?.add(first.row)
        while let more = try following(group, &rows, plan) { group.append(more) }
        return group
    }

    /// Holds back the rows of one record while others of it may follow, unless the last of those decides by itself.
    func keepTogether(
        _ group: [(row: InputRow, raw: [UInt8])],
        _ plan: RowPlan,
        of key: ApartRows.Key?,
        by writer: RowWriter
    ) throws {
        if plan.part != nil, options.onRepeat == .error { return waiting.apart.add(group, plan, of: key) }
        try write(group[0].row, group.dropFirst().map(\.row), plan, by: writer)
    }

    /// Returns the next row of the input, if it only adds a row of a part to the record of the given rows.
    ///
    /// - Parameter plan: the meaning of their columns, handed on since to take it out of the import would be a copy.
    func following(
        _ group: [(row: InputRow, raw: [UInt8]?)],
        _ rows: inout InputRows,
        _ plan: RowPlan
    ) throws -> (row: InputRow, raw: [UInt8])? {
        guard let first = group.first?.row, let last = group.last?.row, !rows.stoppedEarly else { return nil }
        var next = try readAhead(&rows)
        while case .row(let row, _) = next, !row.isFaulty, plan.continues(row, after: first, last),
            let passed = sums.ofLines?.pass(row)
        {
            findings.passedOver.note(passed, row)
            counts.skipped += 1
            sums.passed += 1
            next = try readAhead(&rows)
        }
        guard case .row(let row, let raw) = next, row.isFaulty || !plan.isTotal(row, below: sums.ofTable),
            plan.continues(row, after: first, last)
        else {
            waiting.ahead.keep(next)
            if case .row(let row, _) = next, !row.isFaulty,
                let column = plan.difference(of: row, from: first, in: module)
            {
                findings.parted.note(row.number, last.number, column)
            }
            return nil
        }
        if row.isFaulty { return (row, raw) }
        if !plan.passedOver.isEmpty { columns.plans.passedOver.note(row, plan.passedOver) }
        sums.ofTable.add(row, in: plan.summed)
        sums.ofLines?.add(row)
        if let column = plan.doubt(of: row, after: first, in: module) {
            findings.joined.note(row.number, first.number, column)
        }
        return (row, raw)
    }

    /// Rejects the rows of one record, each with its own problems. The first one gets the problems of the record as a
    /// whole. The numbers that they name stay free for them.
    ///
    /// - Throws: the error itself if no row is its cause.
    func refuse(
        _ rows: [(row: InputRow, raw: [UInt8])],
        _ error: any Error,
        by writer: RowWriter,
        reject: ([RowProblem], RejectedRow) throws -> Void
    ) throws {
        let problems = try Self.problems(error, of: rows[0].row)
        counts.failed += rows.count
        let further = Dictionary(grouping: problems, by: \.row)
        let numbers = Set(rows.dropFirst().map(\.row.number))
        for (index, (row, raw)) in rows.enumerated() {
            let own = index == 0 ? problems.filter { !numbers.contains($0.row) } : further[row.number] ?? []
            try reject(own, row.isRagged ? .raw(raw) : .row(row, raw: raw))
        }
        if options.continuesOnError { try keepFree(rows[0].row, by: writer) }
    }

    /// Holds back the rows of one record while another record that they refer to may still come.
    func hold(_ rows: [(row: InputRow, raw: [UInt8])], _ plan: RowPlan, by writer: RowWriter) {
        waiting.late.add(rows, plan)
        if waiting.late.isFull { writer.putsOff = false }
    }

    /// Writes the rows of one record that were held back.
    func takeHeld(
        _ rows: [(row: InputRow, raw: [UInt8])],
        _ plan: RowPlan,
        by writer: RowWriter,
        reject: ([RowProblem], RejectedRow) throws -> Void
    ) throws {
        try writer.transaction.store.checkStop()
        do {
            try write(rows[0].row, rows.dropFirst().map(\.row), plan, by: writer)
        } catch is ReferenceResolver.Awaited {
            hold(rows, plan, by: writer)
        } catch {
            try refuse(rows, error, by: writer, reject: reject)
        }
    }
}

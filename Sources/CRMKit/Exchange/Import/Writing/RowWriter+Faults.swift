extension RowWriter {
    /// Returns the problems of a row with unreadable cells, together with missing required values.
    func completed(_ reading: RowReading, row: InputRow, plan: RowPlan) throws -> [RowProblem] {
        guard matcher == nil, !plan.impliesID else { return reading.problems }
        var draft = draft(of: reading)
        do {
            try transaction.prepare(&draft, problems: [])
            return reading.problems
        } catch let error as CRMError where error.concernsOneRow {
            let others = error.problems.filter { problem in
                let isWrong = module.position(spelled: problem.field).map(reading.wrong.contains) ?? false
                return !isWrong && !module.prompting.derived.contains(problem.field)
            }
            return reading.problems + others.map { row.problem($0, in: module, plan: plan) }
        }
    }

    /// Adds the faults in the rows of parts to the error for a record.
    ///
    /// - Returns: the error to throw. An error that is not the fault of a row is returned unchanged.
    func refused(
        _ error: any Error,
        _ reading: RowReading,
        of known: KnownRow,
        _ plan: RowPlan
    ) throws -> any Error {
        let (row, existing) = (known.row, known.identity.existing)
        let own: [RowProblem]
        switch row.problem(error, in: module, plan: plan) {
        case let problem as RowProblem: own = [problem]
        case let all as RowProblems: own = all.problems
        case let other: return other
        }
        guard plan.part != nil || !reading.rows.isEmpty else { return RowProblems(problems: own) }
        let owner = try existing.flatMap { try transaction.record(module.name, id: $0) } ?? draft(of: reading).record
        var others = try partRows.faults(of: known.all, plan: plan, owner: owner, isNew: existing == nil)
        for (error, cell) in try parts.faults(of: reading.rows, of: owner) {
            if let problem = row.problem(error, cell: cell) as? RowProblem { others.append(problem) }
        }
        return RowProblems(problems: own + others)
    }

    /// Returns the new record of a row, with the values that could be read.
    private func draft(of reading: RowReading) -> Draft {
        var draft = Draft(new: module, in: transaction.values)
        for item in reading.given where !item.value.isNull { draft.give(item.position, item.value) }
        return draft
    }
}

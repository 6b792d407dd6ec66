import Localization

extension InputRow {
    /// What is wrong with a row of which no cell was at fault by itself: columns are those of the fields that the error
    /// names, if it names some.
    func problem(_ error: any Error, in module: Module, plan: RowPlan) -> any Error {
        guard let error = error as? CRMError, error.concernsOneRow, !error.problems.isEmpty else {
            return self.problem(error, cell: nil)
        }
        return RowProblems(problems: error.problems.map { problem($0, in: module, plan: plan) })
    }

    /// What is wrong with a field, in the column that fills it where there is one.
    func problem(_ problem: CRMError.Problem, in module: Module, plan: RowPlan) -> RowProblem {
        let cell = module.position(of: problem.field).flatMap { position in
            plan.columns.firstIndex { $0.fills(position) }
        }
        return self.problem(problem.reason, cell: cell, otherwise: problem.field, value: problem.value)
    }

    /// What is wrong with the row, at a cell where one is at fault, which is then told by its column.
    ///
    /// - Parameter field: what is told where no cell is.
    func problem(_ reason: Text, cell: Int?, otherwise field: String? = nil, value: String?) -> RowProblem {
        RowProblem(
            row: number,
            line: line,
            column: cell.flatMap { columns.isEmpty ? nil : columns[$0] },
            field: cell.map { names[$0] } ?? field,
            value: value,
            reason: reason
        )
    }

    /// What is wrong with the row, or with one cell of it; an error that is no fault of the row stays as it is.
    func problem(_ error: any Error, cell: Int?) -> any Error {
        let reason: Text
        switch error {
        case is RowProblem, is RowProblems: return error
        case let error as ValueError: reason = columns.isEmpty ? error.reason : error.reasonInTables
        case let error as CRMError where !error.concernsOneRow: return error
        case let error as CRMError: reason = error.problems.count == 1 ? error.problems[0].reason : error.reason
        default: return error
        }
        return problem(reason, cell: cell, value: cell.flatMap { texts[$0] })
    }
}

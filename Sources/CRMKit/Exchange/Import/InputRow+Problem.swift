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
        return RowProblem(
            row: number,
            line: line,
            column: cell.flatMap { columns.isEmpty ? nil : columns[$0] },
            field: cell.map { names[$0] } ?? problem.field,
            value: problem.value,
            reason: problem.reason
        )
    }

    /// What is wrong with the row, or with one cell of it; an error that is no fault of the row stays as it is.
    func problem(_ error: any Error, cell: Int?) -> any Error {
        let reason: Text
        switch error {
        case is RowProblem, is RowProblems: return error
        case let error as ValueError: reason = error.reason
        case let error as CRMError where !error.concernsOneRow: return error
        case let error as CRMError: reason = error.problems.count == 1 ? error.problems[0].reason : error.reason
        default: return error
        }
        return RowProblem(
            row: number,
            line: line,
            column: cell.flatMap { columns.isEmpty ? nil : columns[$0] },
            field: cell.map { names[$0] },
            value: cell.flatMap { texts[$0] },
            reason: reason
        )
    }
}

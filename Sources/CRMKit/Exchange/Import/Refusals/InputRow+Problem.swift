import Localization

extension InputRow {
    /// Returns the problem of a row in which no single cell is at fault. Its columns are those of the fields that the
    /// error names, if any.
    func problem(_ error: any Error, in module: Module, plan: RowPlan) -> any Error {
        guard let error = error as? CRMError, error.concernsOneRow, !error.problems.isEmpty else {
            return self.problem(error, cell: nil)
        }
        return RowProblems(problems: error.problems.map { problem($0, in: module, plan: plan) })
    }

    /// Returns the problem of a field, in the column that fills it if there is one.
    func problem(_ problem: CRMError.Problem, in module: Module, plan: RowPlan) -> RowProblem {
        let position = module.position(spelled: problem.field)
        let cell = position.flatMap { position in plan.columns.firstIndex { $0.fills(position) } }
        // A number is told as it stands in the input, where somebody looks for it.
        let isNumber = position.map { module.fields[$0].type.isNumeric } ?? false
        let written = problem.value.map { value in isNumber ? cell.flatMap { texts[$0] } ?? value : value }
        let isNameless =
            cell == nil && !columns.isEmpty && problem.field == module.displayKey && problem.reason == .isRequired
        let match = isNameless ? plan.likelyMatch(in: module)?.key : nil
        let reason = isNameless ? Self.withoutColumn(problem.field, matching: match) : problem.reason
        return self.problem(reason, cell: cell, otherwise: problem.field, value: written)
    }

    /// Why a row of a table has no name, which no column holds.
    ///
    /// - Parameter key: the key of a field by which the rows could be matched, of which no name is needed.
    private static func withoutColumn(_ field: String, matching key: String?) -> Text {
        let other = key.map {
            Text(
                en: ", or change what is there with --match \($0)",
                es: ", o cambiar lo que ya existe con --match \($0)"
            )
        }
        return Text(
            en: """
                \(Text.isRequired.en), and no column is taken for it: say which one is with --map COLUMN=\(field)\
                \(other?.en ?? "")
                """,
            es: """
                \(Text.isRequired.es), y ninguna columna se toma como tal: decir cuál es con --map COLUMNA=\(field)\
                \(other?.es ?? "")
                """
        )
    }

    /// Returns a problem of the row, with the column of the cell at fault if there is one.
    ///
    /// - Parameter field: the field to name when no cell is at fault.
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

    /// Returns a problem of a cell, with the numbers that the error advises as the table writes them; an error that is not
    /// the row's fault is returned unchanged.
    func problem(_ error: any Error, cell: Int?, by rules: CellRules) -> any Error {
        guard rules.hasDecimalComma, let error = error as? ValueError else { return problem(error, cell: cell) }
        let told = error == ScaledDecimal.malformed ? CellRules.notWithComma : error.withDecimalCommas
        return problem(told, cell: cell)
    }

    /// Returns a problem of the row or of one of its cells; an error that is not the row's fault is returned unchanged.
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

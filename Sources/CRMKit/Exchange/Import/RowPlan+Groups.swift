/// What rows that are of one record say of it together.
extension RowPlan {
    /// Whether what a column means depends on the rows of a record, be there but one.
    var hasRemark: Bool { !withRemark.isEmpty }

    /// Prepares what is asked of it for every record, once all else of it is set.
    mutating func prepare(for module: Module) {
        guard let remark else { return }
        var columns = columns
        columns[remark.index] = remark.alone
        var plan = with(columns, of: module)
        plan.shared = shared
        withRemark = [plan]
    }

    /// Returns the plan for the rows of one record: a remark that one has for all of them is one on the record, and so is a text
    /// that is the same in all rows, next to others that name them.
    func settled(for rows: [InputRow], of module: Module) -> RowPlan {
        let base = withRemark.first.flatMap { isOfRecord(rows) ? $0 : nil } ?? self
        guard let (index, alone) = shared, rows.count > 1, let text = rows[0].texts[index], !text.isEmpty else {
            return base
        }
        let names = columns.indices.filter { columns[$0].namesRecord(in: module) }
        let isRepeated = rows.allSatisfy { row in
            row.texts[index] == text && names.contains { row.texts[$0]?.isEmpty == false }
        }
        guard isRepeated else { return base }
        var settled = base.columns
        // Two texts of a record are not one.
        if settled.contains(alone) { return base }
        settled[index] = alone
        return base.with(settled, of: module)
    }

    /// Whether a remark is one on the record: there is but one row, all say the same, or only the first says anything of it.
    private func isOfRecord(_ rows: [InputRow]) -> Bool {
        guard let remark, let first = rows.first, rows.count > 1 else { return true }
        func text(_ row: InputRow) -> String { row.texts[remark.index] ?? "" }
        if rows.allSatisfy({ text($0) == text(first) }) { return true }
        return rows.dropFirst().allSatisfy { row in
            text(row).isEmpty && others.allSatisfy { row.texts[$0]?.isEmpty ?? true }
        }
    }

    /// The plan with other meanings of its columns.
    private func with(_ columns: [ImportColumn], of module: Module) -> RowPlan {
        var plan = RowPlan(columns: columns, of: module, matchesNothing: impliesID)
        (plan.isOwn, plan.nouns, plan.taxes, plan.totals) = (isOwn, nouns, taxes, totals)
        (plan.isExport, plan.hasOwnIDs, plan.wholes, plan.amounts) = (isExport, hasOwnIDs, wholes, amounts)
        return plan
    }

    /// A column in which a row that goes on with the record of another looks as if it told of one of its own, though nothing
    /// tells the two apart: one of days that is passed over.
    ///
    /// - Returns: an empty name where the rows are the same throughout; `nil` where the row may well go on.
    func doubt(of row: InputRow, after first: InputRow, in module: Module) -> String? {
        guard !row.columns.isEmpty, !columns.contains(where: { $0.tellsApart(in: module) }),
            let name = columns.firstIndex(where: { $0.fills(module.displayPosition) }),
            row.texts[name]?.isEmpty == false
        else { return nil }
        if row.texts == first.texts { return "" }
        return columns.indices.first { index in
            guard columns[index] == .ignored, let text = row.texts[index], !text.isEmpty,
                let former = first.texts[index], !former.isEmpty, text != former
            else { return false }
            return LineAmounts.words(of: row.names[index]).contains { Self.wordsOfDays.contains($0) }
        }.map { row.names[$0] }
    }

    private static let wordsOfDays: Set<Substring> = [
        "fecha", "date", "mes", "month", "periodo", "period", "dia", "day",
    ]
}

extension ImportColumn {
    /// Whether the column tells records of one name apart.
    fileprivate func tellsApart(in module: Module) -> Bool {
        if case .field(let position) = self { module.fields[position].tellsApart } else { false }
    }

    /// Whether the column names a record for a row of a part.
    fileprivate func namesRecord(in module: Module) -> Bool {
        guard case .cell(let cell) = self, let part = cell.part(of: module) else { return false }
        return cell.words.contains { part.field(called: $0, given: "")?.type.target != nil }
    }
}

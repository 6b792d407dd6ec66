/// The meaning of columns for all rows of one record.
extension RowPlan {
    /// Whether the meaning of a column depends on the rows of a record, even if there is only one.
    var hasRemark: Bool { !withRemark.isEmpty }

    /// Prepares the plan for rows with a remark on their record, once all other properties are set.
    mutating func prepare(for module: Module) {
        guard let remark = partCells.remark else { return }
        var columns = columns
        columns[remark.index] = remark.alone
        var plan = with(columns, of: module)
        plan.partCells.shared = partCells.shared
        withRemark = [plan]
    }

    /// Returns the plan for the rows of one record. A single remark for all rows is a remark on the record. So is a
    /// text that is the same in all rows, if each row also refers to another record.
    func settled(for rows: [InputRow], of module: Module) -> RowPlan {
        let base = withRemark.first.flatMap { isOfRecord(rows) ? $0 : nil } ?? self
        guard let (index, alone) = partCells.shared, rows.count > 1, let text = rows[0].texts[index], !text.isEmpty
        else {
            return base
        }
        let names = columns.indices.filter { columns[$0].namesRecord(in: module) }
        let isRepeated = rows.allSatisfy { row in
            row.texts[index] == text && names.contains { row.texts[$0]?.isEmpty == false }
        }
        guard isRepeated else { return base }
        var settled = base.columns
        // The record can have only one of the two texts.
        if settled.contains(alone) { return base }
        settled[index] = alone
        return base.with(settled, of: module)
    }

    /// Whether a remark is one on the record: there is only one row, all rows have the same remark, or only the first
    /// row says anything of the record.
    private func isOfRecord(_ rows: [InputRow]) -> Bool {
        guard let remark = partCells.remark, let first = rows.first, rows.count > 1 else { return true }
        func text(_ row: InputRow) -> String { row.texts[remark.index] ?? "" }
        if rows.allSatisfy({ text($0) == text(first) }) { return true }
        return rows.dropFirst().allSatisfy { row in
            text(row).isEmpty && partCells.others.allSatisfy { row.texts[$0]?.isEmpty ?? true }
        }
    }

    /// Returns the plan with other meanings for its columns.
    private func with(_ columns: [ImportColumn], of module: Module) -> RowPlan {
        var plan = RowPlan(columns: columns, of: module, matchesNothing: impliesID)
        (plan.author, plan.nouns, plan.taxes, plan.totals) = (author, nouns, taxes, totals)
        (plan.wholes, plan.amounts, plan.currencies) = (wholes, amounts, currencies)
        return plan
    }

    /// Returns a column in which a row differs from an earlier row with the same name of the record; `nil` if the name
    /// is another, or if a key distinguishes the two.
    func difference(of row: InputRow, from first: InputRow, in module: Module) -> String? {
        guard part != nil, row.names == first.names, row.file == first.file, !row.isCard, partCells.tellRow(row),
            let name = columns.firstIndex(where: { $0.fills(module.displayPosition) }),
            row.texts[name]?.isEmpty == false,
            row.texts[name] == first.texts[name]
        else { return nil }
        var differing: String?
        for (index, column) in columns.enumerated() {
            let text = row.texts[index] ?? ""
            guard !text.isEmpty, text != first.texts[index] ?? "" else { continue }
            switch column {
            case .cell, .ignored: continue
            case .field(let position) where module.fields[position].tellsApart: return nil
            default: differing = differing ?? row.names[index]
            }
        }
        return differing
    }

    /// Whether a row belongs to the record of the rows before: its other columns are repeated or empty, and its
    /// position, if there is one, is beyond the last.
    func continues(_ row: InputRow, after first: InputRow, _ last: InputRow) -> Bool {
        guard row.names == first.names, row.file == first.file, !row.isCard, partCells.tellRow(row) else {
            return false
        }
        for index in partCells.others {
            guard let text = row.texts[index], !text.isEmpty else { continue }
            if text != first.texts[index] ?? "" { return false }
        }
        guard let place = partCells.position(of: row), let former = partCells.position(of: last) else {
            return true
        }
        // A row with a key of the record belongs to it, in any order.
        return place > former
            || place != former && keyed.contains { row.texts[$0].map { !$0.isEmpty } == true }
    }

    /// Returns the column that suggests that a row describes a record of its own and not the record of the rows before,
    /// though no key tells the two apart: an ignored column with dates that differ.
    ///
    /// - Returns: an empty name if the rows are identical; `nil` if the row may well belong to the record.
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
            return ImportHeader.words(of: row.names[index]).contains { Self.wordsOfDays.contains($0) }
        }.map { row.names[$0] }
    }

    private static let wordsOfDays: Set<Substring> = [
        "fecha", "date", "mes", "month", "periodo", "period", "dia", "day",
    ]
}

extension ImportColumn {
    /// Whether the column refers to a record for a row of a part.
    fileprivate func namesRecord(in module: Module) -> Bool {
        guard case .cell(let cell) = self, let part = cell.part(of: module) else { return false }
        return cell.words.contains { part.field(called: $0, given: "")?.type.target != nil }
    }
}

import Localization
import SQLite

/// What the cells of a row give for a row of a part, read with care, and what is wrong with them.
extension PartRowSettler {
    /// Returns the inputs that a row gives for a row of the part. References are resolved at once.
    ///
    /// - Parameter wrong: gets the problems of cells that cannot be taken.
    func inputs(
        _ row: InputRow,
        _ plan: RowPlan,
        into draft: inout PartDraft,
        isEdit: Bool,
        _ wrong: inout [Int: RowProblem]
    ) throws -> [FieldInput] {
        let part = draft.part
        if plan.isTextOnly(row) { return textInputs(row, plan) }
        var inputs: [FieldInput] = []
        var taxes: [(word: String, taxes: [Tax])] = []
        let recordField = plan.recordField(row)
        for (index, column) in plan.columns.enumerated() {
            guard case .cell(let cell) = column else { continue }
            do {
                let text = try taxed(row, index, plan) ?? discounted(row, index, plan) ?? row.texts[index] ?? ""
                switch cell.meaning {
                case .position, .recordField, .textOnly, .nothing: continue
                case .field(let word, let prefix) where !text.isEmpty:
                    if let target = part.field(word)?.type.target {
                        let name = SpreadsheetWords.bare(text)
                        if Placeholders.isNothing(name) { continue }
                        let key = prefix ?? plan.prefix(at: index, of: name, in: registry[target])
                        let id = try resolver.id(name, prefix: key, in: registry[target])
                        draft.give(word, .integer(id))
                        continue
                    }
                    if !row.columns.isEmpty {
                        try options.cells.refuseDoubtful(text, word, of: part)
                    }
                    inputs.append(FieldInput(word, .set(try options.cells.spelled(text, word, of: part))))
                case .field(let word, _):
                    // An empty cell of a new row leaves its default, an empty list does not; another word for a field
                    // says nothing then.
                    let isEmptied = isEdit || row.lists.contains(index)
                    if isEmptied, part.field(word)?.isWritable == true { inputs.append(FieldInput(word, .set(""))) }
                case _ where text.isEmpty: continue
                case .record where Placeholders.isNothing(text), .taxes where Placeholders.isNothing(text): continue
                case .record(let keys, let prefixes, let word):
                    let text = SpreadsheetWords.bare(text)
                    let keys = recordField.map { keys.contains($0) ? [$0] : [] } ?? keys
                    let words = ReferenceResolver.name(inExport: text) ?? text
                    if let input = try record(text, keys, prefixes, of: part)
                        ?? word.map({ FieldInput($0, .set(words)) })
                    {
                        inputs.append(input)
                    }
                case .taxes(let word, let kind):
                    let rate = try kind.map { _ in try options.cells.canonical(text, for: .percent) }
                    let named = try ForeignTaxes(rate ?? text, of: kind).taxes
                    for (_, others) in taxes.filter({ $0.word == word }) {
                        try refuse(named, beside: others, under: row.names[index])
                    }
                    taxes.append((word, named))
                }
            } catch {
                guard let problem = row.problem(error, cell: index) as? RowProblem else { throw error }
                wrong[index] = problem
            }
        }
        for (word, all) in Dictionary(grouping: taxes, by: \.word) {
            inputs.append(FieldInput(word, .set(all.flatMap(\.taxes).map(\.text).joined(separator: ","))))
        }
        return inputs.joiningTaxes(of: part)
    }

    /// - Throws: ``ValueError`` for a tax that excludes one of another column, with advice on how to do without it.
    private func refuse(_ taxes: [Tax], beside others: [Tax], under name: String) throws(ValueError) {
        for tax in taxes {
            guard let other = others.first(where: tax.excludes) else { continue }
            let fault = ValueError(
                en: "\(tax.text) beside \(other.text) of another column: a line has one VAT, or none if it is exempt",
                es:
                    "\(tax.text) junto a \(other.text) de otra columna: una línea tiene un solo IVA, o ninguno si es exenta"
            )
            throw RowReader.passingOver(fault, under: name)
        }
    }

    /// The rate that a cell of taxes means where it is no rate; `nil` for any other.
    private func taxed(_ row: InputRow, _ cell: Int, _ plan: RowPlan) throws(ValueError) -> String? {
        guard let rate = try plan.taxes?.rate(at: cell, of: row, spelled: options.cells) else { return nil }
        told.append(ImportWarning(.taxed, in: cell, of: row, becoming: rate))
        return rate
    }

    /// The percentage that a cell of discounts means where it is no amount; `nil` for any other.
    private func discounted(_ row: InputRow, _ cell: Int, _ plan: RowPlan) -> String? {
        guard let percentage = plan.amounts?.percentage(at: cell, of: row, options.cells) else { return nil }
        told.append(ImportWarning(.discounted, in: cell, of: row, becoming: percentage))
        return percentage
    }

    /// The fields of a row that is a heading or a remark among counted lines: a line with that text, which costs
    /// nothing.
    private func textInputs(_ row: InputRow, _ plan: RowPlan) -> [FieldInput] {
        let texts = zip(plan.columns, row.texts).compactMap { column, text -> FieldInput? in
            guard case .cell(let cell) = column, case .field("text", nil) = cell.meaning, let text else { return nil }
            return FieldInput("text", .set(text))
        }
        return texts + [FieldInput("quantity", .set("1")), FieldInput("unit_price", .set("0"))]
    }

    /// Returns the input for the first of some fields in whose module a cell names a record; otherwise the record is
    /// created in the first module where that is allowed.
    func record(_ text: String, _ keys: [String], _ prefixes: [String], of part: Part) throws -> FieldInput? {
        let meant = ReferenceResolver.module(inExport: text)
        let targets = keys.compactMap { key in part.field(key)?.type.target.map { (key: key, module: registry[$0]) } }
            .filter { target in meant.map { $0 == target.module.name } ?? true }
        for (key, module) in targets {
            if let id = try resolver.existing(text, by: prefixes, in: module) { return FieldInput(key, .set("\(id)")) }
        }
        guard let (key, module) = targets.first(where: { options.creates.contains($0.module.name) }),
            let prefix = prefixes.last
        else { return nil }
        if prefixes.contains("code"), let (code, name) = ReferenceResolver.codeAndName(inExport: text) {
            let making = RecordMaking(name: name)
            return FieldInput(key, .set("\(try resolver.id(code, prefix: "code", in: module, making: making))"))
        }
        return FieldInput(key, .set("\(try resolver.id(text, prefix: prefix, in: module))"))
    }

    /// Returns the problems that an error of a row of the part names.
    ///
    /// - Parameter wrong: the cells that are known to be wrong. What is missing may be so because of them.
    func problems(
        _ error: CRMError,
        _ row: InputRow,
        _ plan: RowPlan,
        _ part: Part,
        besides wrong: [Int: RowProblem]
    ) -> [RowProblem] {
        if error.problems.isEmpty {
            return wrong.isEmpty ? [row.problem(error.reason, cell: nil, value: nil)] : []
        }
        return error.problems.compactMap { problem in
            let index = plan.columns.firstIndex { column in
                guard case .cell(let cell) = column else { return false }
                return cell.words.contains(problem.field)
                    || part.aliases.contains { cell.words.contains($0.word) && $0.keys.contains(problem.field) }
            }
            if !wrong.isEmpty, problem.value == nil || index.map({ wrong[$0] != nil }) ?? true { return nil }
            return row.problem(
                row.columns.isEmpty ? problem.reason : problem.reasonInTables,
                cell: index,
                otherwise: "\(part.name).\(problem.field)",
                value: index.flatMap { row.texts[$0] }
            )
        }
    }
}

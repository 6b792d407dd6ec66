import Localization
import SQLite

/// What the cells of a row have given for a row of a part so far.
struct PartRowReading {
    let row: InputRow
    /// Whether the row of the part is stored already.
    let isEdit: Bool
    /// The field in which the row says that its record is named; `nil` where it does not say.
    let recordField: String?
    /// The row of the part, with the records that cells name.
    var draft: PartDraft
    /// The problems of cells that cannot be taken, by column.
    var wrong: [Int: RowProblem] = [:]
    fileprivate var fields: [FieldInput] = []
    /// The words for records that do not exist, each with the text field that takes them.
    fileprivate var unknown: [(field: String, words: String)] = []
    fileprivate var taxes: [(word: String, taxes: [Tax])] = []

    fileprivate init(_ row: InputRow, over draft: PartDraft, isEdit: Bool, recordField: String?) {
        self.row = row
        self.draft = draft
        self.isEdit = isEdit
        self.recordField = recordField
    }

    /// The inputs for the other fields.
    var inputs: [FieldInput] {
        let ofTaxes = taxes.map { FieldInput($0.word, .set($0.taxes.map(\.text).joined(separator: ","))) }
        return (withRemarks + ofTaxes).joiningTaxes(of: draft.part)
    }

    /// Returns the text of a row with the words for a record that does not exist before it, unless it says them already.
    static func text(_ words: String?, before own: String?) -> String {
        let (words, own) = (words ?? "", own ?? "")
        if words.isEmpty || own.contains(words) { return own }
        return own.isEmpty ? words : "\(words)\n\(own)"
    }

    /// The inputs for fields, with the words for records that do not exist before the text of their field, unless that
    /// says them already, and with the headings and notes of the row behind its comment.
    private var withRemarks: [FieldInput] {
        var inputs = fields
        for (field, words) in unknown {
            let place = inputs.firstIndex { $0.field == field }
            let text = Self.text(words, before: place.flatMap { inputs[$0].text })
            inputs.replace(place, by: FieldInput(field, .set(text)))
        }
        if !row.remarks.isEmpty, let remark = draft.part.remark?.key {
            let place = inputs.firstIndex { $0.field == remark }
            let texts = [place.flatMap { inputs[$0].text } ?? ""] + row.remarks
            let comment = texts.filter { !$0.isEmpty }.joined(separator: "\n")
            inputs.replace(place, by: FieldInput(remark, .set(comment)))
        }
        return inputs
    }
}

/// What the cells of a row give for a row of a part, read with care, and what is wrong with them.
extension PartRowSettler {
    /// Reads the cells of a row for a row of the part. References are resolved at once.
    ///
    /// - Throws: errors that are not the fault of the row.
    func read(_ row: InputRow, _ plan: RowPlan, over draft: PartDraft, isEdit: Bool) throws -> PartRowReading {
        let recordField = plan.partCells.recordField(row)
        var reading = PartRowReading(row, over: draft, isEdit: isEdit, recordField: recordField)
        if plan.partCells.isTextOnly(row) {
            reading.fields = textInputs(row, plan)
            return reading
        }
        for case (let index, .cell(let cell)) in plan.columns.enumerated() {
            do {
                try read(cell, at: index, plan, into: &reading)
            } catch {
                let found = row.problem(error, cell: index, by: options.cells)
                guard let problem = found as? RowProblem else { throw error }
                reading.wrong[index] = problem
            }
        }
        return reading
    }

    private func read(_ cell: PartCell, at index: Int, _ plan: RowPlan, into reading: inout PartRowReading) throws {
        let row = reading.row
        try row.refuseList(at: index, for: cell, in: reading.draft.part)
        let text =
            try taxed(row, index, plan) ?? discounted(row, index, plan)
            ?? row.text(at: index, for: cell, in: reading.draft.part) ?? ""
        switch cell.meaning {
        case .position, .recordField, .textOnly, .nothing: return
        case .field(let word, _) where text.isEmpty: empty(word, at: index, in: &reading)
        case .field(let word, let prefix):
            if let target = reading.draft.part.field(word)?.type.target {
                let name = SpreadsheetWords.bare(text)
                if Placeholders.isNothing(name) { return }
                let key = try prefix ?? resolver.prefix(at: index, of: name, in: registry[target], plan)
                let column = "\(reading.draft.part.name).\(word)"
                let id = try resolver.id(name, prefix: key, in: registry[target], column: column)
                reading.draft.give(word, .integer(id))
            } else {
                let isDoubted = !row.columns.isEmpty && !plan.author.knowsIDs
                reading.fields.append(try input(text, word, of: reading.draft.part, isDoubted: isDoubted))
            }
        case _ where text.isEmpty: return
        case .record where Placeholders.isNothing(text), .taxes where Placeholders.isNothing(text): return
        case .record(let keys, let prefixes, let word):
            let keys = reading.recordField.map { keys.contains($0) ? [$0] : [] } ?? keys
            try readRecord(SpreadsheetWords.bare(text), keys, by: prefixes, at: index, orText: word, into: &reading)
        case .taxes(let word, let kind): try readTaxes(text, of: kind, word, under: row.names[index], into: &reading)
        }
    }

    /// Empties a field for which a cell is empty. An empty cell of a new row leaves its default, an empty list does not;
    /// another word for a field says nothing then.
    private func empty(_ word: String, at index: Int, in reading: inout PartRowReading) {
        let isEmptied = reading.isEdit || reading.row.lists.contains(index)
        guard isEmptied, reading.draft.part.field(word)?.isWritable == true else { return }
        reading.fields.append(FieldInput(word, .set("")))
    }

    /// - Parameter isDoubted: whether a percentage below one may be a fraction: this program writes percentages.
    private func input(_ text: String, _ word: String, of part: Part, isDoubted: Bool) throws -> FieldInput {
        if isDoubted { try options.cells.refuseDoubtful(text, word, of: part) }
        return FieldInput(word, .set(try options.cells.spelled(text, word, of: part)))
    }

    /// Reads a cell that names a record of one of several modules, or is a text where none has it.
    private func readRecord(
        _ text: String,
        _ keys: [String],
        by prefixes: [String],
        at index: Int,
        orText word: String?,
        into reading: inout PartRowReading
    ) throws {
        let making = reading.row.makings[index]
        if let input = try record(text, keys, prefixes, of: reading.draft.part, making: making) {
            reading.fields.append(input)
        } else if let word {
            reading.unknown.append((word, ReferenceResolver.name(inExport: text) ?? text))
            // A mere code is one of somebody else's list, which need not be here.
            if prefixes.contains("name") { told.append(ImportWarning(.unsold, at: index, of: reading.row)) }
        }
    }

    private func readTaxes(
        _ text: String,
        of kind: Tax.Kind?,
        _ word: String,
        under name: String,
        into reading: inout PartRowReading
    ) throws {
        let rate = try kind.map { _ in try options.cells.canonical(text, for: .percent) }
        let taxes = try ForeignTaxes(rate ?? text, of: kind).taxes
        for others in reading.taxes where others.word == word {
            try refuse(taxes, beside: others.taxes, under: name)
        }
        reading.taxes.append((word, taxes))
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
            throw fault.passingOver(name)
        }
    }

    /// Returns the rate that a cell of taxes means if its number is not a rate; `nil` for any other cell.
    private func taxed(_ row: InputRow, _ cell: Int, _ plan: RowPlan) throws(ValueError) -> String? {
        guard let rate = try plan.taxes?.rate(at: cell, of: row, spelled: options.cells) else { return nil }
        told.append(ImportWarning(.taxed, in: cell, of: row, becoming: rate))
        return rate
    }

    /// Returns the percentage that a cell of discounts means if its number is not an amount; `nil` for any other cell.
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
    ///
    /// - Parameter making: the values for creating it; `nil` where the text has them.
    func record(
        _ text: String,
        _ keys: [String],
        _ prefixes: [String],
        of part: Part,
        making: RecordMaking? = nil
    ) throws -> FieldInput? {
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
        return FieldInput(key, .set("\(try resolver.id(text, prefix: prefix, in: module, making: making))"))
    }

    /// Returns the problems that an error of a row of the part names. What is missing may be so because of cells that
    /// are known to be wrong.
    func problems(_ error: CRMError, _ reading: PartRowReading, _ plan: RowPlan) -> [RowProblem] {
        let (row, part, wrong) = (reading.row, reading.draft.part, reading.wrong)
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

extension [FieldInput] {
    /// Replaces the input at an index, or appends it.
    fileprivate mutating func replace(_ index: Int?, by input: FieldInput) {
        if let index { self[index] = input } else { append(input) }
    }
}

import Localization
import SQLite

/// Updates the rows of a part from rows of an input, each of which has one besides the repeated columns of their
/// record.
final class PartRowSettler {
    private let module: Module
    private let options: ImportOptions
    let registry: Registry
    let resolver: ReferenceResolver
    private let transaction: Transaction
    /// The values in the rows settled last that were interpreted.
    private(set) var told: [ToldValue] = []
    /// The columns of the last plan, if all of them can be read plainly.
    private var plain: (columns: [ImportColumn], plain: [PlainColumn]?) = ([], nil)

    init(
        _ module: Module,
        options: ImportOptions,
        registry: Registry,
        resolver: ReferenceResolver,
        in transaction: Transaction
    ) {
        self.module = module
        self.options = options
        self.registry = registry
        self.resolver = resolver
        self.transaction = transaction
    }

    /// Sets the rows of a record to those given by the input, in order. Existing rows keep the fields for which there
    /// is no column, wherever they stand now; those that the input does not have are removed.
    ///
    /// - Parameter created: the record, if it is new and has no rows yet.
    /// - Returns: whether anything changed.
    /// - Throws: ``RowProblem`` or ``RowProblems`` for the fault of a row; other errors are not the fault of a row.
    func settle(_ rows: [InputRow], plan: RowPlan, of record: Int64, created: Record?) throws -> Bool {
        guard let key = plan.part, let place = module.parts.firstIndex(where: { $0.key == key }),
            let owner = try created ?? transaction.record(module.name, id: record)
        else { return false }
        let part = module.parts[place]
        let writer = try transaction.rows(of: part, in: module)
        let present = created == nil ? try writer.rows(of: record) : []
        if options.fillsOnlyEmpty, !present.isEmpty { return false }
        if created != nil, rows.count > Self.mostHeld { return try append(rows, plan, part, to: owner, by: writer) }
        let former = try met(rows.filter { plan.tellsRow($0) }, plan, part, among: present)
        let all = try values(of: rows, plan, part, owner, over: former, isNew: created != nil)
        if let created {
            try writer.fill(created, with: all)
            return !all.isEmpty
        }
        let replacing = all.enumerated().map { (values: $1, former: $0 < former.count ? former[$0] : nil) }
        return try writer.replace(with: replacing, of: record)
    }

    /// The maximum number of rows of one record whose values are held at once.
    private static let mostHeld = 1_000

    /// Appends a very large number of rows to a new record, piece by piece. Derived values are computed at the end.
    private func append(
        _ rows: [InputRow],
        _ plan: RowPlan,
        _ part: Part,
        to owner: Record,
        by writer: PartWriter
    ) throws -> Bool {
        var position: Int64 = 0
        var problems: [RowProblem] = []
        for start in stride(from: 0, to: rows.count, by: Self.mostHeld) {
            let piece = Array(rows[start..<min(start + Self.mostHeld, rows.count)])
            do {
                for row in try values(of: piece, plan, part, owner, over: [], isNew: true) where problems.isEmpty {
                    position += 1
                    try writer.append(row, to: owner.id, at: position)
                }
            } catch let error as RowProblems {
                problems += error.problems
            }
        }
        if !problems.isEmpty { throw RowProblems(problems: problems) }
        return position > 0
    }

    /// Returns the faults of the rows of a record that is itself refused.
    ///
    /// - Parameters:
    ///   - owner: the record as far as it is known.
    ///   - isNew: whether it is not stored.
    /// - Throws: errors that are not the fault of a row.
    func faults(of rows: [InputRow], plan: RowPlan, owner: Record, isNew: Bool) throws -> [RowProblem] {
        guard let part = module.parts.first(where: { $0.key == plan.part }) else { return [] }
        let present = try isNew ? [] : transaction.rows(of: part, in: module).rows(of: owner.id)
        if options.fillsOnlyEmpty, !present.isEmpty { return [] }
        do {
            _ = try values(of: rows, plan, part, owner, over: present, isNew: isNew)
            return []
        } catch let error as RowProblems {
            return error.problems
        }
    }

    /// The maximum number of stored rows to which rows from another place of the input are added, since each time all
    /// of them are examined.
    private static let mostApart = 1_000

    /// Adds rows to the existing ones of a record.
    ///
    /// - Parameter former: the name, for messages, of the earlier row about the same record.
    /// - Returns: whether there were any rows.
    /// - Throws: the same errors as ``settle(_:plan:of:created:)``, and ``CRMError`` `refused` for a record with too
    ///   many rows.
    func append(_ rows: [InputRow], plan: RowPlan, to record: Int64, of former: Text) throws -> Bool {
        guard let part = module.parts.first(where: { $0.key == plan.part }),
            let owner = try transaction.record(module.name, id: record)
        else { return false }
        let writer = try transaction.rows(of: part, in: module)
        let present = try writer.rows(of: record)
        guard present.count <= Self.mostApart else { throw MatchRefusal.scattered(after: former, most: Self.mostApart) }
        let isNew = transaction.log.hasCreated(record, in: module.table)
        let added = try values(of: rows, plan, part, owner, over: [], isNew: isNew)
        return try writer.replace(with: present.map(\.values) + added, of: record)
    }

    /// Returns the values of rows of a part.
    ///
    /// - Parameters:
    ///   - present: the stored rows that they match, in their order; `nil` for new rows, as are those beyond the end.
    ///   - isNew: whether their record is new.
    /// - Throws: ``RowProblems`` for every invalid cell; other errors are not the fault of a row.
    private func values(
        of rows: [InputRow],
        _ plan: RowPlan,
        _ part: Part,
        _ owner: Record,
        over present: [PartRow?],
        isNew: Bool
    ) throws -> [[Value]] {
        self.told = []
        let told = rows.filter { plan.tellsRow($0) }
        let columns = plainColumns(of: plan, in: part)
        let context = transaction.values.with(currency: owner["currency"].text ?? transaction.values.currency)
        var new = PartDraft(new: part)
        new.takesCounts = isNew
        var all: [[Value]] = []
        var problems: [RowProblem] = []
        for (index, row) in told.enumerated() {
            let former = index < present.count ? present[index] : nil
            if former == nil, let columns,
                let values = try plainValues(row, columns, new, of: owner, context, plan.taxes)
            {
                all.append(values)
                continue
            }
            let base = former.map { PartDraft(part, values: $0.values) } ?? new
            do {
                all.append(try values(of: row, plan, over: base, of: owner, isEdit: former != nil))
            } catch let error as RowProblems {
                problems += error.problems
            }
        }
        if !problems.isEmpty { throw RowProblems(problems: problems) }
        return all
    }

    /// Returns the values of a row that needs more than plain reading.
    ///
    /// - Throws: ``RowProblems`` for every invalid cell; other errors are not the fault of the row.
    private func values(
        of row: InputRow,
        _ plan: RowPlan,
        over base: PartDraft,
        of owner: Record,
        isEdit: Bool
    ) throws -> [Value] {
        var draft = base
        var wrong: [Int: RowProblem] = [:]
        let inputs = try inputs(row, plan, into: &draft, isEdit: isEdit, &wrong)
        var others: [RowProblem] = []
        do {
            let values = try transaction.values(draft, inputs, of: owner)
            if wrong.isEmpty { return values }
        } catch let error as CRMError where error.concernsOneRow {
            others = problems(error, row, plan, base.part, besides: wrong)
        }
        throw RowProblems(problems: wrong.sorted { $0.key < $1.key }.map(\.value) + others)
    }

    /// Returns the columns with their fields if each cell can be read by itself; otherwise `nil`.
    private func plainColumns(of plan: RowPlan, in part: Part) -> [PlainColumn]? {
        if plain.columns != plan.columns {
            plain = (plan.columns, PlainColumn.all(of: plan, in: part) { [registry] in registry[$0] })
        }
        return plain.plain
    }

    /// Returns the values of a new row of the part whose cells are all plain.
    ///
    /// - Returns: `nil` for a row that must be examined closely, to report all of its faults.
    private func plainValues(
        _ row: InputRow,
        _ columns: [PlainColumn],
        _ new: PartDraft,
        of owner: Record,
        _ context: ValueContext,
        _ taxes: TaxEvidence?
    ) throws -> [Value]? {
        guard row.lists.isEmpty, !owner["currency"].isNull else { return nil }
        var draft = new
        do {
            for column in columns {
                guard let text = row.texts[column.cell], !text.isEmpty else { continue }
                if taxes?.isTax(column.cell) == true, TotalRow.isAmount(text) { return nil }
                if column.type.isPercentage, text.utf8.first.map({ "0.,".utf8.contains($0) }) == true { return nil }
                if let value = column.definition?.plainValue(of: text) {
                    draft.give(column.position, value)
                    continue
                }
                guard !column.hasUnit || text.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }) else {
                    return nil
                }
                if let target = column.target {
                    draft.give(column.position, .integer(try resolver.id(text, prefix: column.prefix, in: target)))
                } else {
                    let text = try options.cells.canonical(text, for: column.type)
                    draft.give(column.position, try column.type.parse(text, in: context))
                }
            }
            try draft.check(of: owner, transaction)
        } catch is ValueError {
            return nil
        } catch let error as CRMError where error.concernsOneRow {
            return nil
        }
        return draft.values
    }

    /// Returns the inputs that a row gives for a row of the part. References are resolved at once.
    ///
    /// - Parameter wrong: receives the problems of invalid cells.
    private func inputs(
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
                        let id = try resolver.id(name, prefix: prefix, in: registry[target])
                        draft.give(word, .integer(id))
                        continue
                    }
                    if !row.columns.isEmpty {
                        try options.cells.refuseDoubtful(text, word, of: part)
                    }
                    inputs.append(FieldInput(word, .set(try options.cells.spelled(text, word, of: part))))
                case .field(let word, _):
                    // An empty cell of a new row leaves the default, but an empty list clears it. A synonym of a field
                    // has no effect when it is empty.
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

    /// - Throws: ``ValueError`` for a tax that excludes one of another column, with advice to skip a column.
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

    /// Returns the rate for a cell of taxes that has an amount; `nil` for any other cell.
    private func taxed(_ row: InputRow, _ cell: Int, _ plan: RowPlan) throws(ValueError) -> String? {
        guard let rate = try plan.taxes?.rate(at: cell, of: row, spelled: options.cells) else { return nil }
        told.append(ToldValue(.taxed, in: cell, of: row, becoming: rate))
        return rate
    }

    /// Returns the percentage for a cell of discounts that is not an amount; `nil` for any other cell.
    private func discounted(_ row: InputRow, _ cell: Int, _ plan: RowPlan) -> String? {
        guard let percentage = plan.amounts?.percentage(at: cell, of: row, options.cells) else { return nil }
        told.append(ToldValue(.discounted, in: cell, of: row, becoming: percentage))
        return percentage
    }

    /// Returns the inputs for a row that is a heading or a remark among lines: a line with that text and without a
    /// price.
    private func textInputs(_ row: InputRow, _ plan: RowPlan) -> [FieldInput] {
        let texts = zip(plan.columns, row.texts).compactMap { column, text -> FieldInput? in
            guard case .cell(let cell) = column, case .field("text", nil) = cell.meaning, let text else { return nil }
            return FieldInput("text", .set(text))
        }
        return texts + [FieldInput("quantity", .set("1")), FieldInput("unit_price", .set("0"))]
    }

    /// Returns the input for the first of some fields whose module has the record named by a cell; otherwise the record
    /// is created in the first module where that is allowed.
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

    /// Returns the problems for an error of a row of the part.
    ///
    /// - Parameter wrong: the cells known to be invalid. A missing value may be due to them.
    private func problems(
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

/// A column whose cells can be read by themselves as a field of a row of a part.
private struct PlainColumn {
    /// The index of the column's cells.
    let cell: Int
    /// The position of the column's field.
    let position: Int
    let type: FieldType
    /// The type whose ``FieldTypeDefinition/plainValue(of:)`` may read the cell.
    let definition: (any FieldTypeDefinition)?
    /// The module of the record that a reference refers to, and the prefix of the key.
    let target: Module?
    let prefix: String?
    /// Whether a unit may follow the number.
    let hasUnit: Bool

    /// Returns the columns of a plan with fields of a part.
    ///
    /// - Returns: `nil` when the cells of one of them need more than plain reading.
    static func all(of plan: RowPlan, in part: Part, module: (ModuleName) -> Module) -> [PlainColumn]? {
        var plain: [PlainColumn] = []
        for (index, column) in plan.columns.enumerated() {
            guard case .cell(let cell) = column else { continue }
            switch cell.meaning {
            case .position, .nothing: continue
            case .record, .recordField, .taxes, .textOnly: return nil
            case .field(let word, let prefix):
                guard let field = part.field(called: word, given: ""), field.variants == nil,
                    field.type != .anyReference,
                    part.field(called: word, given: "%")?.key == field.key, let position = part.position(of: field.key),
                    !plain.contains(where: { $0.position == position })
                else { return nil }
                plain.append(
                    PlainColumn(
                        cell: index,
                        position: position,
                        type: field.type,
                        definition: field.emptyOverride == nil ? field.type.definition : nil,
                        target: field.type.target.map(module),
                        prefix: prefix,
                        hasUnit: field.unit != nil
                    )
                )
            }
        }
        return plain
    }
}

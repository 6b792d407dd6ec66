import Localization
import SQLite

/// Updates the rows of a part from rows of an input, each of which has one besides the repeated columns of their
/// record.
final class PartRowSettler {
    let module: Module
    let options: ImportOptions
    let registry: Registry
    let resolver: ReferenceResolver
    let transaction: Transaction
    /// Values of the rows that were settled last that were not stored as written.
    var told: [ImportWarning] = []
    /// Whether the record that was settled last has kept the rows that it had, since it only gets what it lacks.
    private(set) var keepsRows = false
    /// The columns of the plan that was last asked for, where all of them are plain.
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
    /// - Parameters:
    ///   - created: the record, if it is new and has no rows yet.
    ///   - removed: takes the rows that the input does not have.
    /// - Returns: whether anything changed.
    /// - Throws: ``RowProblem`` or ``RowProblems`` for the fault of a row; other errors are not the fault of a row.
    func settle(
        _ rows: [InputRow],
        plan: RowPlan,
        of record: Int64,
        created: Record?,
        noting removed: inout RemovedRows
    ) throws -> Bool {
        keepsRows = false
        guard let key = plan.part, let place = module.parts.firstIndex(where: { $0.key == key }),
            // Rows of another part may have given it a currency since it was made.
            let stored = try created.flatMap({ $0.takesCurrency ? nil : $0 })
                ?? transaction.record(module.name, id: record)
        else { return false }
        var owner = stored
        let part = module.parts[place]
        let rows = plan.partCells.joiningTexts(plan.partCells.inOrder(rows), in: part)
        let writer = try transaction.rows(of: part, in: module)
        let present = created == nil ? try writer.rows(of: record) : []
        if options.fillsOnlyEmpty, !present.isEmpty {
            keepsRows = true
            return false
        }
        if created != nil, rows.count > Self.mostHeld { return try append(rows, plan, part, to: stored, by: writer) }
        let former =
            present.isEmpty ? [] : try met(rows.filter(plan.partCells.tellRow), plan, part, of: owner, among: present)
        let all = try values(of: rows, plan, part, &owner, over: former, isNew: created != nil)
        try transaction.giveCurrency(owner.currency, to: stored)
        if let created {
            try writer.fill(created, with: all)
            return !all.isEmpty
        }
        removed.note(present.count - former.count { $0 != nil }, part, of: record, in: module)
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
        to stored: Record,
        by writer: PartWriter
    ) throws -> Bool {
        var owner = stored
        var position: Int64 = 0
        var problems: [RowProblem] = []
        for start in stride(from: 0, to: rows.count, by: Self.mostHeld) {
            let piece = Array(rows[start..<min(start + Self.mostHeld, rows.count)])
            do {
                let all = try values(of: piece, plan, part, &owner, over: [], isNew: true)
                try transaction.giveCurrency(owner.currency, to: stored)
                for row in all where problems.isEmpty {
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
            let rows = plan.partCells.joiningTexts(rows, in: part)
            var owner = owner
            _ = try values(of: rows, plan, part, &owner, over: present, isNew: isNew)
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
            let stored = try transaction.record(module.name, id: record)
        else { return false }
        let writer = try transaction.rows(of: part, in: module)
        let present = try writer.rows(of: record)
        guard present.count <= Self.mostApart else { throw MatchRefusal.scattered(after: former, most: Self.mostApart) }
        let isNew = transaction.log.hasCreated(record, in: module.table)
        let rows = plan.partCells.joiningTexts(rows, in: part)
        var owner = stored
        let added = try values(of: rows, plan, part, &owner, over: [], isNew: isNew)
        try transaction.giveCurrency(owner.currency, to: stored)
        return try writer.replace(with: present.map(\.values) + added, of: record)
    }

    /// Returns the values of rows of a part.
    ///
    /// - Parameters:
    ///   - owner: their record. Where it has no currency, it gets that of their amounts.
    ///   - present: the stored rows that they match, in their order; `nil` for new rows, as are those beyond the end.
    ///   - isNew: whether their record is new.
    /// - Throws: ``RowProblems`` for every invalid cell; other errors are not the fault of a row.
    private func values(
        of rows: [InputRow],
        _ plan: RowPlan,
        _ part: Part,
        _ owner: inout Record,
        over present: [PartRow?],
        isNew: Bool
    ) throws -> [[Value]] {
        self.told = []
        // Mostly all of them, and to pick them out would copy each.
        let told = rows.allSatisfy(plan.partCells.tellRow) ? rows : rows.filter(plan.partCells.tellRow)
        let columns = plainColumns(of: plan, in: part)
        var context = transaction.values.with(currency: owner.currency ?? transaction.values.currency)
        var new = PartDraft(new: part, in: context)
        new.givenCounts = isNew ? .checked : .refused
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
            let isUndecided = owner.currency == nil
            do {
                all.append(try values(of: row, plan, over: base, of: &owner, isEdit: former != nil))
                if isUndecided, let currency = owner.currency { context = context.with(currency: currency) }
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
        of owner: inout Record,
        isEdit: Bool
    ) throws -> [Value] {
        let reading = try read(row, plan, over: base, isEdit: isEdit)
        var others: [RowProblem] = []
        do {
            let values = try transaction.values(reading.draft, reading.inputs, of: &owner)
            if reading.wrong.isEmpty { return values }
        } catch let error as CRMError where error.concernsOneRow {
            others = problems(error, reading, plan)
        }
        throw RowProblems(problems: reading.wrong.sorted { $0.key < $1.key }.map(\.value) + others)
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
        guard row.lists.isEmpty, row.remarks.isEmpty, owner.currency != nil else { return nil }
        var draft = new
        do {
            for column in columns {
                guard let text = row.text(at: column.cell, for: column.type), !text.isEmpty else { continue }
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
}

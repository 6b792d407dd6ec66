import Localization
import SQLite

/// Brings the rows of a part up to date with rows of an input, each of which holds one beside the repeated columns of
/// their record.
struct PartRowSettler {
    private let module: Module
    private let options: ImportOptions
    private let registry: Registry
    private let resolver: ReferenceResolver
    private let transaction: Transaction

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

    /// Gives a record the rows that an input has of it, in their order: those that are there keep what no column is about,
    /// and those beyond go.
    ///
    /// - Returns: whether that changed anything.
    /// - Throws: ``RowProblem`` or ``RowProblems`` for what is wrong with a row; other errors are no fault of one.
    func settle(_ rows: [InputRow], plan: RowPlan, of record: Int64) throws -> Bool {
        guard let key = plan.part, let part = module.parts.first(where: { $0.key == key }),
            let owner = try transaction.record(module.name, id: record)
        else { return false }
        let writer = try transaction.rows(of: part, in: module)
        let present = try writer.rows(of: record)
        if options.fillsOnlyEmpty, !present.isEmpty { return false }
        let told = rows.filter { plan.tellsRow($0) }
        var all: [[Value]] = []
        for (index, row) in told.enumerated() {
            let base = index < present.count ? PartDraft(part, values: present[index].values) : PartDraft(new: part)
            do {
                let inputs = try inputs(row, plan, of: part, isEdit: index < present.count)
                all.append(try transaction.values(base, inputs, of: owner))
            } catch {
                throw problem(error, row, plan, part)
            }
        }
        return try writer.replace(with: all, of: record)
    }

    private func inputs(_ row: InputRow, _ plan: RowPlan, of part: Part, isEdit: Bool) throws -> [FieldInput] {
        var inputs: [FieldInput] = []
        for (index, column) in plan.columns.enumerated() {
            guard case .cell(let cell) = column, case .field(let word, let prefix) = cell.meaning else { continue }
            let text = row.texts[index] ?? ""
            guard !text.isEmpty else {
                // An empty cell of a new row leaves its default; another word for a field says nothing then.
                if isEdit, part.field(word)?.isWritable == true { inputs.append(FieldInput(word, .set(""))) }
                continue
            }
            do {
                inputs.append(FieldInput(word, .set(try spelled(text, word, prefix, of: part))))
            } catch {
                throw row.problem(error, cell: index)
            }
        }
        return inputs
    }

    private func spelled(_ text: String, _ word: String, _ prefix: String?, of part: Part) throws -> String {
        guard let field = part.field(called: word, given: text) else { return text }
        guard let target = field.type.target else {
            // What stands behind the number is read with the row.
            let number = field.unit == nil ? nil : WrittenQuantity(text)
            guard let number else { return try options.cells.canonical(text, for: field.type) }
            return try "\(options.cells.canonical(number.number, for: field.type)) \(number.word)"
        }
        return "\(try resolver.id(text, prefix: prefix, in: registry[target]))"
    }

    private func problem(_ error: any Error, _ row: InputRow, _ plan: RowPlan, _ part: Part) -> any Error {
        guard let error = error as? CRMError, error.concernsOneRow, !error.problems.isEmpty else {
            return row.problem(error, cell: nil)
        }
        return RowProblems(
            problems: error.problems.map { problem in
                let index = plan.columns.firstIndex { column in
                    guard case .cell(let cell) = column, case .field(let word, _) = cell.meaning else { return false }
                    return word == problem.field
                        || part.aliases.contains { $0.word == word && $0.keys.contains(problem.field) }
                }
                return row.problem(
                    problem.reason,
                    cell: index,
                    otherwise: "\(part.name).\(problem.field)",
                    value: index.flatMap { row.texts[$0] }
                )
            }
        )
    }
}

extension RowPlan {
    /// Whether a row of the input says anything of a row of the part.
    func tellsRow(_ row: InputRow) -> Bool {
        zip(columns, row.texts).contains { column, text in
            guard case .cell(let cell) = column, case .field = cell.meaning else { return false }
            return text.map { !$0.isEmpty } ?? false
        }
    }

    /// Whether a row goes on with the record of the rows before: its other columns are repeated or empty, and where it has
    /// a position, it is beyond the last.
    func continues(_ row: InputRow, after first: InputRow, _ last: InputRow) -> Bool {
        guard row.names == first.names, row.file == first.file, row.card == nil, tellsRow(row) else { return false }
        for (index, column) in columns.enumerated() {
            let text = row.texts[index] ?? ""
            guard case .cell(let cell) = column else {
                if !text.isEmpty, text != first.texts[index] ?? "" { return false }
                continue
            }
            if cell.meaning == .position, let place = Int64(text), let former = Int64(last.texts[index] ?? ""),
                place <= former
            {
                return false
            }
        }
        return true
    }
}

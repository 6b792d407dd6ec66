import Localization
import SQLite

/// Writes the rows of one import within one transaction.
final class RowWriter {
    /// What became of a row's record.
    enum Change {
        case created, updated, unchanged, skipped
    }

    /// What became of a row.
    struct Outcome {
        var change: Change
        var linked = 0
        var createdMissing = 0
    }

    let transaction: Transaction
    private let module: Module
    private let options: ImportOptions
    private let store: Store
    private let table: RecordTable
    private let registry: Registry
    private let context: ValueContext
    private let matcher: Matcher?
    private let resolver: ReferenceResolver
    private let currencyPosition: Int?
    private let cards: CardSettler?
    private let parts: PartImport

    init(
        _ module: Module,
        options: ImportOptions,
        matchPositions: [Int],
        registry: Registry,
        in transaction: Transaction
    ) throws {
        self.module = module
        self.options = options
        self.registry = registry
        self.transaction = transaction
        store = transaction.store
        table = store.recordTable(of: module)
        context = transaction.values
        matcher =
            matchPositions.isEmpty
            ? nil
            : Matcher(
                module,
                by: matchPositions,
                addsUnmatchable: options.addsUnmatchable,
                in: transaction
            )
        resolver = ReferenceResolver(transaction: transaction, creates: options.creates)
        currencyPosition = module.position(of: "currency")
        cards = CardSettler(module, options: options, in: transaction)
        parts = PartImport(module, fillsOnlyEmpty: options.fillsOnlyEmpty, in: transaction)
        if options.deletesMissing { try MissingRecords.begin(in: store.database) }
    }

    /// A value that a row gives for a field.
    private struct Given {
        let position: Int
        let value: Value
        let cell: Int
    }

    /// What a row says, before it is known what is there.
    private struct Reading {
        var given: [Given] = []
        var money: [(position: Int, text: String, cell: Int)] = []
        var links: [(module: ModuleName, id: Int64)] = []
        var attributes: [(key: String, text: String, cell: Int)] = []
        var rows: [GivenRows] = []
    }

    /// Writes one row, of which nothing stays where it is rejected.
    ///
    /// - Throws: what ``write(_:plan:)`` throws.
    func attempt(_ row: InputRow, plan: RowPlan) throws -> Outcome {
        do {
            return try transaction.log.attempt { try write(row, plan: plan) }
        } catch {
            // Records that were made for the row are gone with it.
            resolver.forget()
            throw error
        }
    }

    /// Writes one row.
    ///
    /// - Throws: ``RowProblem`` for what is wrong with it; other errors are no fault of the row.
    func write(_ row: InputRow, plan: RowPlan) throws -> Outcome {
        resolver.created = 0
        var reading = try read(row, plan: plan)
        do {
            let existing = try find(reading.given)
            if let existing, let matched = try take(existing) { return matched }
            try readMoney(&reading, row: row, existing: existing)
            var outcome = try existing.map { try update($0, with: reading.given) } ?? create(reading.given)
            outcome.result.linked = try link(reading, row: row, record: outcome.id)
            var haveOthersChanged = try parts.settle(reading.rows, of: outcome.id)
            if let card = row.card, let cards, try cards.settle(card, of: outcome.id) { haveOthersChanged = true }
            if haveOthersChanged, outcome.result.change == .unchanged { outcome.result.change = .updated }
            outcome.result.createdMissing = resolver.created
            return outcome.result
        } catch {
            throw problem(error, row: row, plan: plan)
        }
    }

    private func find(_ given: [Given]) throws -> Int64? {
        guard let matcher else { return nil }
        let id = try matcher.find { position in given.first { $0.position == position }?.value ?? .null }
        if let id, options.deletesMissing { try MissingRecords.note(id, in: store) }
        return id
    }

    /// What the options say of a match that is not to be updated.
    private func take(_ existing: Int64) throws -> Outcome? {
        switch options.onMatch {
        case .update: return nil
        case .skip: return Outcome(change: .skipped)
        case .error:
            throw CRMError(
                .refused,
                Text(
                    en: "\(module.called(existing).en) is there already",
                    es: "\(module.called(existing).es) ya existe"
                )
            )
        }
    }

    // MARK: - Reading

    private func read(_ row: InputRow, plan: RowPlan) throws -> Reading {
        var reading = Reading()
        reading.given.reserveCapacity(plan.columns.count)
        for (cell, column) in plan.columns.enumerated() {
            do {
                let isList = row.lists.contains(cell)
                if isList, !column.takesList(in: module) { throw ValueError.list }
                try read(row.texts[cell], as: column, isList: isList, cell: cell, into: &reading)
            } catch {
                throw Self.problem(error, row: row, cell: cell)
            }
        }
        return reading
    }

    private func read(
        _ text: String?,
        as column: ImportColumn,
        isList: Bool,
        cell: Int,
        into reading: inout Reading
    ) throws {
        let text = text ?? ""
        switch column {
        case .ignored: return
        case .field(let position):
            if module.moneyPositions.contains(position) {
                reading.money.append((position, text, cell))
            } else {
                try give(try value(text, at: position), position, cell: cell, to: &reading)
            }
        case .reference(let position, let prefix):
            guard let target = module.fields[position].type.target else { return }
            let id = text.isEmpty ? nil : try resolver.id(text, prefix: prefix, in: registry[target])
            try give(id.map(Value.integer) ?? .null, position, cell: cell, to: &reading)
        case .anyReference(let position, let target, let prefix):
            let id = text.isEmpty ? nil : try resolver.id(text, prefix: prefix, in: registry[target])
            let value = id.map { Value.text("\(target.rawValue):\($0)") } ?? .null
            try give(value, position, cell: cell, to: &reading)
        case .linked(let other, let prefix):
            if !text.isEmpty {
                reading.links.append((other, try resolver.id(text, prefix: prefix, in: registry[other])))
            }
        case .linkedList(let other, let prefix):
            for part in prefix == nil || isList ? Self.elements(text) : Self.values(text) {
                reading.links.append((other, try resolver.id(part, prefix: prefix, in: registry[other])))
            }
        case .attribute(let key):
            if !text.isEmpty { reading.attributes.append((key, text, cell)) }
        case .rows(let key, let kind?):
            let values = isList ? Self.elements(text) : Self.values(text)
            if let rows = try parts.read(values, of: kind, in: key) { reading.rows.append(rows) }
        case .rows(let key, nil):
            if let rows = try parts.read(text, of: key) { reading.rows.append(rows) }
        }
    }

    /// Keeps a value. A reference may be given twice, as by `organization` and `organization.name` of an export, if both
    /// name the same record.
    private func give(_ value: Value, _ position: Int, cell: Int, to reading: inout Reading) throws(ValueError) {
        guard let index = reading.given.firstIndex(where: { $0.position == position }) else {
            reading.given.append(Given(position: position, value: value, cell: cell))
            return
        }
        let present = reading.given[index].value
        if present.isNull {
            reading.given[index] = Given(position: position, value: value, cell: cell)
        } else if !value.isNull, value != present {
            throw ValueError(
                en: "this and another column name different records",
                es: "esta y otra columna nombran registros distintos"
            )
        }
    }

    private func value(_ text: String, at position: Int) throws -> Value {
        if text.isEmpty { return .null }
        switch module.fields[position].type {
        case .reference(let target): return .integer(try resolver.id(text, prefix: nil, in: registry[target]))
        case .anyReference: return try store.value(of: module.fields[position], from: text, context: context)
        case let type: return try type.parse(try options.cells.canonical(text, for: type), in: context)
        }
    }

    private static func elements(_ text: String) -> [String] {
        let separator = text.contains(CellRules.vtigerListSeparator) ? CellRules.vtigerListSeparator : ","
        return text.split(separator: separator).map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    /// The values of a path as lists print them, which may have commas in them.
    private static func values(_ text: String) -> [String] {
        text.split(separator: ";").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    /// Amounts are counted in the currency that the row, the record or the settings name, in this order.
    private func readMoney(_ reading: inout Reading, row: InputRow, existing: Int64?) throws {
        guard !reading.money.isEmpty, let currencyPosition else { return }
        var currency = reading.given.first { $0.position == currencyPosition }?.value.text
        if currency == nil, let existing { currency = try store.storedRecord(module, id: existing)?["currency"].text }
        for (position, text, cell) in reading.money {
            do {
                guard !text.isEmpty else {
                    reading.given.append(Given(position: position, value: .null, cell: cell))
                    continue
                }
                let money = try Money(
                    parsing: try options.cells.canonical(text, for: .money),
                    assuming: currency ?? context.currency
                )
                if let currency, money.currency.code != currency {
                    throw ValueError(
                        en: "the amounts of this record are in \(currency)",
                        es: "los importes de este registro están en \(currency)"
                    )
                }
                if money.namesCurrency, currency == nil {
                    currency = money.currency.code
                    let value = Value.text(money.currency.code)
                    reading.given.append(Given(position: currencyPosition, value: value, cell: cell))
                }
                reading.given.append(Given(position: position, value: .integer(money.minorUnits), cell: cell))
            } catch {
                throw Self.problem(error, row: row, cell: cell)
            }
        }
    }

    // MARK: - Writing

    private func create(_ given: [Given]) throws -> (id: Int64, result: Outcome) {
        if case .integer(let id)? = given.first(where: { $0.position == 0 })?.value {
            // Ids are given by the database alone.
            throw Store.missing(id, in: module)
        }
        var draft = Draft(new: module)
        // An empty cell of a new record leaves its default.
        for item in given where !item.value.isNull { draft.give(item.position, item.value) }
        try transaction.prepare(&draft, problems: [])
        let id = try transaction.insert(&draft)
        if options.deletesMissing { try MissingRecords.note(id, in: store) }
        return (id, Outcome(change: .created))
    }

    private func update(_ id: Int64, with given: [Given]) throws -> (id: Int64, result: Outcome) {
        if try table.holds(given.lazy.map { ($0.position, $0.value) }, id: id) {
            return (id, Outcome(change: .unchanged))
        }
        guard let original = try table.record(id) else { throw Store.missing(id, in: module) }
        let changed = given.filter { item in
            let present = original.values[item.position]
            return present != item.value && (!options.fillsOnlyEmpty || present.isNull)
        }
        guard !changed.isEmpty else { return (id, Outcome(change: .unchanged)) }
        var draft = Draft(editing: original)
        for item in changed { draft.give(item.position, item.value) }
        try transaction.prepare(&draft, problems: [])
        let isUpdated = try transaction.update(draft, from: original)
        return (id, Outcome(change: isUpdated ? .updated : .unchanged))
    }

    private func link(_ reading: Reading, row: InputRow, record: Int64) throws -> Int {
        var linked = 0
        for (other, id) in reading.links {
            let isCenter = module.name == registry.center
            let outer = isCenter ? registry[other] : module
            let writer = try transaction.linkWriter(of: outer)
            var attributes = LinkAttributes(of: writer.relation.link)
            for (key, text, cell) in reading.attributes {
                guard let field = writer.relation.link.attribute(key) else { continue }
                do {
                    attributes[key] = try field.parse(
                        try options.cells.canonical(text, for: field.type),
                        in: context
                    )
                } catch {
                    throw Self.problem(error, row: row, cell: cell)
                }
            }
            let outcome = try writer.link(contact: isCenter ? record : id, record: isCenter ? id : record, attributes)
            if outcome != .alreadyLinked { linked += 1 }
        }
        return linked
    }

    /// What is wrong with a row of which no cell was at fault by itself: its column is that of the one field that the
    /// error names, if it names one.
    private func problem(_ error: any Error, row: InputRow, plan: RowPlan) -> any Error {
        guard let error = error as? CRMError, error.concernsOneRow, error.problems.count == 1 else {
            return Self.problem(error, row: row, cell: nil)
        }
        let problem = error.problems[0]
        let cell = module.position(of: problem.field).flatMap { position in
            plan.columns.firstIndex { $0.fills(position) }
        }
        return RowProblem(
            row: row.number,
            line: row.line,
            column: cell.flatMap { row.columns.isEmpty ? nil : row.columns[$0] },
            field: cell.map { row.names[$0] } ?? problem.field,
            value: problem.value,
            reason: problem.reason
        )
    }

    private static func problem(_ error: any Error, row: InputRow, cell: Int?) -> any Error {
        let reason: Text
        switch error {
        case let error as RowProblem: return error
        case let error as ValueError: reason = error.reason
        case let error as CRMError where !error.concernsOneRow: return error
        case let error as CRMError: reason = error.problems.count == 1 ? error.problems[0].reason : error.reason
        default: return error
        }
        return RowProblem(
            row: row.number,
            line: row.line,
            column: cell.flatMap { row.columns.isEmpty ? nil : row.columns[$0] },
            field: cell.map { row.names[$0] },
            value: cell.flatMap { row.texts[$0] },
            reason: reason
        )
    }
}

extension ImportColumn {
    /// Whether the column can hold several values.
    fileprivate func takesList(in module: Module) -> Bool {
        switch self {
        case .field(let position): module.fields[position].type.isList
        case .linkedList, .rows, .ignored: true
        case .reference, .anyReference, .linked, .attribute: false
        }
    }
}

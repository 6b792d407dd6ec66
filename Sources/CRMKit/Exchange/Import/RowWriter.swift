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
    private let matcher: Matcher?
    private let resolver: ReferenceResolver
    private let reader: RowReader
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
        cards = CardSettler(module, options: options, in: transaction)
        parts = PartImport(module, fillsOnlyEmpty: options.fillsOnlyEmpty, in: transaction)
        reader = RowReader(
            module,
            cells: options.cells,
            resolver: resolver,
            parts: parts,
            registry: registry,
            in: transaction
        )
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
        var reading = try reader.read(row, plan: plan)
        do {
            let existing = try find(reading.given)
            if let existing, let matched = try take(existing) { return matched }
            try reader.readMoney(&reading, row: row, existing: existing)
            var outcome = try existing.map { try update($0, with: reading.given) } ?? create(reading.given)
            outcome.result.linked = try link(reading, row: row, record: outcome.id)
            var haveOthersChanged = try parts.settle(reading.rows, of: outcome.id)
            if let card = row.card, let cards, try cards.settle(card, of: outcome.id) { haveOthersChanged = true }
            if haveOthersChanged, outcome.result.change == .unchanged { outcome.result.change = .updated }
            outcome.result.createdMissing = resolver.created
            return outcome.result
        } catch {
            throw row.problem(error, in: module, plan: plan)
        }
    }

    private func find(_ given: [RowReading.Given]) throws -> Int64? {
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

    private func create(_ given: [RowReading.Given]) throws -> (id: Int64, result: Outcome) {
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

    private func update(_ id: Int64, with given: [RowReading.Given]) throws -> (id: Int64, result: Outcome) {
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

    private func link(_ reading: RowReading, row: InputRow, record: Int64) throws -> Int {
        var linked = 0
        for (other, id) in reading.links {
            let isCenter = module.name == registry.center
            let outer = isCenter ? registry[other] : module
            let writer = try transaction.linkWriter(of: outer)
            var attributes = LinkAttributes(of: writer.relation.link)
            for (key, text, cell) in reading.attributes {
                guard let field = writer.relation.link.attribute(key) else { continue }
                attributes[key] = try reader.value(text, of: field, row: row, cell: cell)
            }
            let outcome = try writer.link(contact: isCenter ? record : id, record: isCenter ? id : record, attributes)
            if outcome != .alreadyLinked { linked += 1 }
        }
        return linked
    }
}

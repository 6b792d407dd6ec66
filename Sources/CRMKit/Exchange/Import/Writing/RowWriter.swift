import Localization
import SQLite

/// Writes the rows of an import within one transaction.
final class RowWriter {
    /// What happened to a row's record.
    enum Change {
        case created, updated, unchanged, skipped
        /// It got further rows of a part, and an earlier row of the input has been counted for it.
        case joined
    }

    /// The result of writing a row.
    struct Outcome {
        var change: Change
        var linked = 0
        var createdMissing = 0
        /// Values that were not stored as written.
        var told: [ImportWarning] = []
        /// The rows of parts that the record had and the row does not.
        var removed = RemovedRows()
        /// The record that later rows may be about too; `nil` where none can be.
        var record: Int64?
        /// The same, where it was there before and only gets what it lacks, and later rows may go on with it.
        var found: FoundRecord?
    }

    /// Whether a row is deferred if it refers to a record of its module that does not exist yet.
    var putsOff: Bool {
        get { resolver.awaitsOwn }
        set { resolver.awaitsOwn = newValue }
    }

    /// The remaining rows that refer to each other.
    var circle: ReferenceCycle? {
        get { resolver.circle }
        set { resolver.circle = newValue }
    }

    /// The links that end others in the same role, by the module of the linked records.
    var handOvers: [ModuleName: HandOver] = [:]
    /// The first record that somebody else had in the role of a row's link.
    var former: FormerHolder?

    let transaction: Transaction
    let module: Module
    let options: ImportOptions
    let store: Store
    let table: RecordTable
    let registry: Registry
    let matcher: Matcher?
    /// Finds records by ids that rows give unasked.
    lazy var idMatcher = Matcher(module, by: [0], addsUnmatchable: true, in: transaction)
    /// What finds records by a value that only one of them may have, by the position of its field.
    var uniqueMatchers: [Int: Matcher] = [:]
    let earlier: EarlierRows
    let resolver: ReferenceResolver
    let reader: RowReader
    let cards: CardSettler?
    let calendar: EventSettler?
    let mail: MailSettler?
    let parts: PartImport
    let partRows: PartRowSettler
    let records: RecordSettler
    let pieces: PieceSettler?
    /// The rows of parts that the record of the row had and the row does not.
    var removed = RemovedRows()
    /// What the row before was read into: its lists are used again.
    private var idle: RowReading?

    /// - Parameter earlier: the records of the earlier rows of the input.
    init(
        _ module: Module,
        options: ImportOptions,
        matchPositions: [Int],
        registry: Registry,
        earlier: EarlierRows,
        in transaction: Transaction
    ) throws {
        self.earlier = earlier
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
        resolver = ReferenceResolver(transaction: transaction, creates: options.creates, own: module.name)
        cards = CardSettler(module, options: options, in: transaction)
        calendar = try EventSettler(module, options: options, resolver: resolver, in: transaction)
        mail = try MailSettler(module, in: transaction)
        parts = PartImport(module, fillsOnlyEmpty: options.fillsOnlyEmpty, in: transaction)
        partRows = PartRowSettler(
            module,
            options: options,
            registry: registry,
            resolver: resolver,
            in: transaction
        )
        pieces = PieceSettler(module, options: options, in: transaction)
        records = RecordSettler(module, options: options, registry: registry, earlier: earlier, in: transaction)
        reader = RowReader(
            module,
            cells: options.cells,
            matchPositions: matchPositions,
            resolver: resolver,
            parts: parts,
            pieces: pieces,
            registry: registry,
            in: transaction
        )
    }

    /// Writes one row. When it is rejected, everything written for it is rolled back.
    ///
    /// - Throws: what ``write(_:_:plan:)`` throws.
    func attempt(_ row: InputRow, _ more: [InputRow], plan: RowPlan) throws -> Outcome {
        do {
            return try transaction.attempt { try write(row, more, plan: plan, settling: true) }
        } catch {
            // The records that were created for the row have been rolled back too.
            resolver.forget()
            throw error
        }
    }

    /// Writes a row.
    ///
    /// - Parameters:
    ///   - more: the following rows that only hold further rows of a part of its record.
    ///   - isSettling: whether what follows from the rows of parts is written at once, so that it is the row's fault if
    ///     that cannot be. It always is where a rule looks at them.
    /// - Throws: ``RowProblem`` or ``RowProblems`` for the row's faults; other errors are not the row's fault.
    func write(
        _ input: InputRow,
        _ more: [InputRow] = [],
        plan: RowPlan,
        settling isSettling: Bool = false
    ) throws -> Outcome {
        let row = reader.divided(input, plan) ?? input
        resolver.created = 0
        if !removed.isEmpty { removed = RemovedRows() }
        resolver.circle?.current = row.number
        var reading = idle.take() ?? RowReading()
        try reader.read(row, plan: plan, into: &reading)
        let key = groupKey(of: reading, plan)
        let outcome: Outcome
        do {
            if plan.reasonCell != nil { try refuseOfTaken([row] + more, plan) }
            if let key { try refuseRest(of: key, row, plan) }
            outcome = try write(&reading, of: row, more, plan)
            let hasRows = plan.part != nil || !reading.rows.isEmpty
            if isSettling && hasRows || transaction.hasRowsToCheck { try transaction.settleDerivations() }
            // Only a row that is taken is an earlier one of its record.
            if let record = outcome.record { earlier.note(record, row, isCounted: outcome.change != .unchanged) }
            if let found = outcome.found { earlier.note(found) }
        } catch {
            let error = row.problem(error, in: module, plan: plan)
            guard let key, error is RowProblem || error is RowProblems else { throw error }
            let marked = try marked(error, [row] + more, plan, key)
            earlier.noteRejected(key.hash, row)
            throw marked
        }
        reading.removeAll()
        idle = consume reading
        return outcome
    }

    /// Writes a row that was read. Each step needs the results of those before it: the record must be known before
    /// amounts are read in its currency, it must be complete before it is stored, and it must be stored before others
    /// can refer to it. What became of the row is known only at the end.
    private func write(
        _ reading: inout RowReading,
        of row: InputRow,
        _ more: [InputRow],
        _ plan: RowPlan
    ) throws -> Outcome {
        let card = CardInHand(row)
        let identity = try identity(of: row, plan, card, &reading)
        if let decided = identity.decided { return Outcome(change: decided) }
        let known = KnownRow(row: row, more: more, card: card, identity: identity)
        try complete(&reading, of: known, plan)
        if let record = identity.existing, let former = identity.former {
            return try goOn(with: record, of: former, reading.given, known.all, plan: plan)
        }
        let settled = try store(&reading, of: known, plan)
        let linked = try link(settled, reading, row: row)
        let haveOthersChanged = try settleOthers(of: settled, known, reading, plan)
        var outcome = try report(settled, haveOthersChanged, reading, of: known, plan)
        outcome.linked = linked + (row.isEntry ? calendar?.linkedCount ?? 0 : 0)
        try transaction.refuseShared()
        if matcher != nil || plan.impliesID || plan.part != nil, row.entry?.isRecord ?? true {
            outcome.record = settled.id
        }
        if options.fillsOnlyEmpty, options.onRepeat == .error, plan.part != nil, settled.created == nil {
            let given = hash(of: reading.given)
            outcome.found = FoundRecord(id: settled.id, given: given, keepsRows: partRows.keepsRows)
        }
        return outcome
    }

    /// Reads what depends on the record, or on several cells: amounts, quantities, postal codes, names. Nothing of a row is
    /// written of which anything is wrong.
    private func complete(_ reading: inout RowReading, of known: KnownRow, _ plan: RowPlan) throws {
        let (row, card, existing) = (known.row, known.card, known.identity.existing)
        try reader.readMoney(&reading, row: row, plan, existing: existing)
        for key in reading.leftToCard { card?.contents.set(key, to: nil) }
        try reader.readCounted(&reading, row: row, existing: existing)
        try reader.readPostcode(&reading, row: row, existing: existing)
        if let card, let cards { card.told += try cards.completePostcodes(of: &card.contents, existing) }
        if plan.hasPieces || plan.hasNameParts || plan.lacksFamilyNames || plan.titleCell != nil {
            try reader.readNames(&reading, row: row, plan: plan, existing: existing)
        }
        if !reading.problems.isEmpty {
            let problems = RowProblems(problems: try completed(reading, row: row, plan: plan))
            throw try refused(problems, reading, of: known, plan)
        }
        guard let existing, known.identity.former == nil else { return }
        if let card, let cards {
            for (key, value) in try cards.reconcile(&card.contents, with: existing) {
                reading.change(module.position(of: key), to: value)
            }
        }
        if !options.fillsOnlyEmpty { try reader.tellEmptied(&reading, row, plan, of: existing) }
    }

    /// Returns what became of the row, and which of its values were not stored as written.
    private func report(
        _ settled: RecordSettler.Settled,
        _ haveOthersChanged: Bool,
        _ reading: RowReading,
        of known: KnownRow,
        _ plan: RowPlan
    ) throws -> Outcome {
        let row = known.row
        var outcome = Outcome(change: settled.change)
        if haveOthersChanged, outcome.change == .unchanged { outcome.change = .updated }
        outcome.createdMissing = resolver.created
        outcome.told = settled.told.isEmpty ? reading.told : reading.told + settled.told
        outcome.removed = removed
        if !partRows.told.isEmpty { outcome.told += partRows.told }
        if !plan.totals.isEmpty {
            outcome.told += try StatedTotal.contradicted(
                by: settled.id,
                of: module,
                known.all,
                plan,
                options.cells,
                in: transaction
            )
        }
        if !row.hasOnlyCells, outcome.change != .unchanged {
            let event = row.entry?.contents
            if let unheld = known.card?.contents.unheld ?? event?.unheld { outcome.told += told(of: unheld) }
            let codes = known.card?.contents.codesOfNumbers ?? []
            outcome.told += codes.map { ImportWarning(.number, of: $0.field, $0.text) } + (known.card?.told ?? [])
            if let event { outcome.told += told(of: event, isNew: outcome.change == .created) }
        }
        return outcome
    }

    /// Returns what to report about the times of an event that clocks skip, and about one without a subject.
    private func told(of event: EventContents, isNew: Bool) -> [ImportWarning] {
        let skipped = event.skipped.compactMap { key, text, shown in
            module.field(key).map { ImportWarning(.skipped, of: $0, text, becoming: shown) }
        }
        guard isNew, event.isUntitled, let subject = module.field(event.mapping.summary) else { return skipped }
        return skipped + [ImportWarning(.untitled, of: subject, "", becoming: EventContents.untitled)]
    }

    /// Returns what to report about new contents of a card or a calendar that fit into no field.
    private func told(of unheld: [(field: String, text: String)]) -> [ImportWarning] {
        unheld.map { key, text in
            module.field(key).map { ImportWarning(.kept, of: $0, text) } ?? ImportWarning(.kept, of: Text(key), text)
        }
    }
}

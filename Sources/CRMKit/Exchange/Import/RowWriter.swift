import Localization
import SQLite

/// Writes the rows of an import within one transaction.
final class RowWriter {
    /// What happened to a row's record.
    enum Change {
        case created, updated, unchanged, skipped
    }

    /// The result of writing a row.
    struct Outcome {
        var change: Change
        var linked = 0
        var createdMissing = 0
        /// Values that were not taken as they stand, to be reported.
        var told: [ToldValue] = []
    }

    /// Whether rows are deferred if their record has more rows of the part, since the others may follow later.
    var putsOffApart = false

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

    let transaction: Transaction
    let module: Module
    let options: ImportOptions
    private let store: Store
    private let table: RecordTable
    let registry: Registry
    let matcher: Matcher?
    /// The finder of records by ids, for rows that are matched by them without a request.
    private lazy var idMatcher = Matcher(module, by: [0], addsUnmatchable: true, in: transaction)
    private let earlier: EarlierRows
    private let resolver: ReferenceResolver
    let reader: RowReader
    private let cards: CardSettler?
    private let calendar: EventSettler?
    private let mail: MailSettler?
    let parts: PartImport
    let partRows: PartRowSettler
    private let records: RecordSettler
    private let pieces: PieceSettler?

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
        records = RecordSettler(module, options: options, registry: registry, in: transaction)
        reader = RowReader(
            module,
            cells: options.cells,
            resolver: resolver,
            parts: parts,
            pieces: pieces,
            registry: registry,
            in: transaction
        )
    }

    /// Writes one row. When it is rejected, everything written for it is rolled back.
    ///
    /// - Throws: what ``write(_:plan:)`` throws.
    func attempt(_ row: InputRow, _ more: [InputRow], plan: RowPlan) throws -> Outcome {
        do {
            return try transaction.log.attempt {
                let outcome = try write(row, more, plan: plan)
                if plan.part != nil { try transaction.settleDerivations() }
                return outcome
            }
        } catch {
            // The records that were created for the row have been rolled back too.
            resolver.forget()
            throw error
        }
    }

    /// Writes a row.
    ///
    /// - Parameter more: the following rows that only hold further rows of a part of its record.
    /// - Throws: ``RowProblem`` or ``RowProblems`` for the row's faults; other errors are not the row's fault.
    func write(_ input: InputRow, _ more: [InputRow] = [], plan: RowPlan) throws -> Outcome {
        let row = reader.divided(input, plan) ?? input
        resolver.created = 0
        resolver.circle?.current = row.number
        var reading = RowReading()
        try reader.read(row, plan: plan, into: &reading)
        do {
            var card = row.card
            let own = try ownRecord(&card, &reading.given)
            try keepSpelling(&card, &reading.given)
            var existing = reading.problems.isEmpty ? try find(&reading.given, of: row, plan, own: own) : nil
            if let entry = row.entry, let calendar, reading.problems.isEmpty {
                switch try calendar.decide(entry, matching: existing, holds: { try records.holds(reading.given, $0) }) {
                case .skip: return Outcome(change: .skipped)
                case .add: break
                case .update(let id, let changes):
                    existing = id
                    try reader.give(changes, of: row, to: &reading)
                case .settle(let id):
                    existing = id
                    reading.given = []
                }
            }
            let made = try takeMade(&reading, of: row)
            let former = existing.flatMap { goesOn($0, row, plan) ? earlier.name(of: $0) : nil }
            if former == nil, let existing, let matched = try take(existing) { return matched }
            if former == nil, putsOffApart, let existing, try isPart([row] + more, of: existing, plan) {
                throw Apart(record: existing, createdMissing: resolver.created)
            }
            try reader.readMoney(&reading, row: row, existing: existing)
            for key in reading.leftToCard { card?.set(key, to: nil) }
            try reader.readCounted(&reading, row: row, existing: existing)
            try reader.readPostcode(&reading, row: row, existing: existing)
            if plan.hasPieces || plan.hasNameParts || plan.lacksFamilyNames || plan.titleCell != nil {
                try reader.readNames(&reading, row: row, plan: plan, existing: existing)
            }
            if !reading.problems.isEmpty {
                throw try refused(
                    RowProblems(problems: completed(reading, row: row, plan: plan)),
                    reading,
                    [row] + more,
                    plan,
                    existing
                )
            }
            if let existing, let former {
                return try goOn(with: existing, of: former, reading.given, [row] + more, plan: plan)
            }
            if let existing, var contents = card, let cards {
                for (key, value) in try cards.reconcile(&contents, with: existing) {
                    reading.change(module.position(of: key), to: value)
                }
                card = contents
            }
            if let existing, !options.fillsOnlyEmpty { try reader.tellEmptied(&reading, row, plan, of: existing) }
            let settled: RecordSettler.Settled
            do {
                settled = try store(&reading, &card, in: existing, made: made, plan, isCalendar: row.entry != nil)
            } catch {
                throw try refused(error, reading, [row] + more, plan, existing)
            }
            var outcome = Outcome(change: settled.change)
            outcome.linked = try link(settled, reading, row: row)
            let haveOthersChanged = try settleOthers(of: settled, row, more, reading, card, plan)
            if !partRows.told.isEmpty { reading.told += partRows.told }
            if haveOthersChanged, outcome.change == .unchanged { outcome.change = .updated }
            outcome.createdMissing = resolver.created
            outcome.told = reading.told
            if !plan.totals.isEmpty {
                outcome.told += try ToldTotal.contradicted(
                    by: settled.id,
                    of: module,
                    [row] + more,
                    plan,
                    options.cells,
                    in: transaction
                )
            }
            if outcome.change != .unchanged, let unheld = card?.unheld ?? row.entry?.contents.unheld {
                outcome.told += told(of: unheld)
            }
            try transaction.refuseShared()
            if matcher != nil || plan.impliesID, row.entry?.isRecord ?? true { earlier.note(settled.id, row) }
            return outcome
        } catch {
            throw row.problem(error, in: module, plan: plan)
        }
    }

    /// Links the record of a row, and adds the links that follow from others.
    ///
    /// - Returns: the number of links made.
    private func link(_ settled: RecordSettler.Settled, _ reading: RowReading, row: InputRow) throws -> Int {
        var count = try link(reading, row: row, record: settled.id)
        if let created = settled.created {
            if reading.links.isEmpty { count += try transaction.linkFollowing(created) }
            if let mail { count += try mail.settle(created.id) }
        }
        return count
    }

    /// Writes the contents of a row beside the fields of its record: rows of parts, pieces of values, the contents of
    /// cards and calendars.
    ///
    /// - Parameters:
    ///   - more: the rows after it that hold only further rows of a part of its record.
    ///   - card: the remaining contents of the row's card.
    /// - Returns: whether that changed anything.
    private func settleOthers(
        of settled: RecordSettler.Settled,
        _ row: InputRow,
        _ more: [InputRow],
        _ reading: RowReading,
        _ card: CardContents?,
        _ plan: RowPlan
    ) throws -> Bool {
        var haveChanged =
            try !reading.rows.isEmpty && parts.settle(reading.rows, of: settled.id) { row.problem($0, cell: $1) }
        if plan.part != nil,
            try partRows.settle([row] + more, plan: plan, of: settled.id, created: settled.created)
        {
            haveChanged = true
        }
        if let pieces, try pieces.settle(reading.ready, of: settled.id) { haveChanged = true }
        if let card, let cards, try cards.settle(card, of: settled.id) { haveChanged = true }
        if let entry = row.entry, let calendar, try calendar.settle(entry, of: settled.id) { haveChanged = true }
        return haveChanged
    }

    /// Returns the reports on values of a card or calendar entry that no field can hold.
    private func told(of unheld: [(field: String, text: String)]) -> [ToldValue] {
        unheld.map { key, text in
            module.field(key).map { ToldValue(.kept, of: $0, text) } ?? ToldValue(.kept, of: Text(key), text)
        }
    }

    /// Creates or updates the record of a row. A value of a card that is refused, such as a birthday in the future, is
    /// only stored with the card.
    private func store(
        _ reading: inout RowReading,
        _ card: inout CardContents?,
        in existing: Int64?,
        made: Value?,
        _ plan: RowPlan,
        isCalendar: Bool
    ) throws -> RecordSettler.Settled {
        func store() throws -> RecordSettler.Settled {
            guard let existing else {
                return try records.create(reading.given, linking: reading.links.first, made: made)
            }
            return try records.update(
                existing,
                with: reading.given,
                beside: reading.beside,
                made: made,
                plan,
                givesAll: isCalendar
            )
        }
        do {
            return try store()
        } catch let error as CRMError where error.code == .invalid && card != nil {
            let refused = Set(error.problems.map(\.field)).filter { card?.texts[$0] != nil }
            if refused.isEmpty { throw error }
            let others = reading.given.filter { !refused.contains(module.fields[$0.position].key) }
            let emptied = reading.given.filter { refused.contains(module.fields[$0.position].key) }.map {
                RowReading.Given(position: $0.position, value: .null, cell: $0.cell)
            }
            reading.given = others + (cards?.isComplete == true ? emptied : [])
            for key in refused { card?.set(key, to: nil) }
            return try store()
        }
    }

    /// Returns the record of this database from which a card was exported with a `UID` in place of a missing key. The
    /// `UID` is removed from the values.
    private func ownRecord(_ card: inout CardContents?, _ given: inout [RowReading.Given]) throws -> Int64? {
        guard card != nil, let mapping = module.cards, let position = module.position(of: mapping.identifier),
            let text = given.first(where: { $0.position == position })?.value.text,
            let id = try CardIdentity.id(of: text, in: module, store)
        else { return nil }
        given.removeAll { $0.position == position }
        card?.forgetIdentifier()
        return id
    }

    /// Replaces the `UID` of a card by that of the record if the two are only spelled differently.
    private func keepSpelling(_ card: inout CardContents?, _ given: inout [RowReading.Given]) throws {
        guard card != nil, let matcher, let position = matcher.onlyPosition,
            module.fields[position].key == module.cards?.identifier,
            let index = given.firstIndex(where: { $0.position == position }), let uid = given[index].value.text
        else { return }
        for other in CardIdentity.otherSpellings(of: uid) where try matcher.find({ _ in .text(other) }) != nil {
            guard try matcher.find({ _ in .text(uid) }) == nil else { return }
            given[index] = RowReading.Given(position: position, value: .text(other), cell: given[index].cell)
            card?.forgetIdentifier()
            card?.set(module.fields[position].key, to: other)
            return
        }
    }

    /// Returns the record that a row describes; `nil` when there is none. The key of a record that was merged into
    /// another finds that one.
    ///
    /// - Parameter own: the record from which the row's card was exported, if the card has no key of its own.
    private func find(
        _ given: inout [RowReading.Given],
        of row: InputRow,
        _ plan: RowPlan,
        own: Int64?
    ) throws -> Int64? {
        guard let matcher = plan.impliesID ? idMatcher : matcher else { return nil }
        let values = given
        let isOwn = own != nil && matcher.onlyPosition.map { module.fields[$0].key } == module.cards?.identifier
        var id =
            isOwn
            ? own
            : try matcher.find(distinguishingCase: row.entry != nil) { position in
                values.first { $0.position == position }?.value ?? .null
            }
        if id == nil, let place = matcher.onlyPosition,
            let field = try transaction.formerKeys(of: module).first(where: { $0.position == place })?.field,
            let key = given.first(where: { $0.position == place })?.value.text
        {
            id = try transaction.store.present(key, of: field, in: module)
            if id != nil { given.removeAll { $0.position == place } }
        }
        // The id of a merged record is not a value of the record found.
        if let id, matcher.isByID { given.removeAll { $0.position == 0 && $0.value != .integer(id) } }
        guard let id else {
            if plan.impliesID, let id = given.first(where: { $0.position == 0 })?.value.integer {
                throw MatchRefusal.strange(id, in: module, references: plan.idReferences(in: module, registry))
            }
            return nil
        }
        // Records that another file of the import has created count as existing ones.
        let isPassedOver = options.onMatch == .skip && !earlier.wasMet(id, in: row.file)
        if options.onRepeat == .error, !isPassedOver, !goesOn(id, row, plan), let first = earlier.name(of: id) {
            throw MatchRefusal.repeated(as: first, in: module)
        }
        if options.deletesMissing { try MissingRecords.note(id, in: store) }
        return id
    }

    /// Whether a row adds rows of a part to the record of an earlier row of its file, with other records in between.
    private func goesOn(_ record: Int64, _ row: InputRow, _ plan: RowPlan) -> Bool {
        options.onRepeat == .error && plan.part != nil && !options.fillsOnlyEmpty
            && earlier.wasMet(record, in: row.file)
    }

    /// Adds rows of a part to a record whose earlier rows came further up, with others in between, provided that they
    /// say nothing different about the record.
    ///
    /// - Parameter former: the words for the earlier row.
    private func goOn(
        with record: Int64,
        of former: Text,
        _ given: [RowReading.Given],
        _ rows: [InputRow],
        plan: RowPlan
    ) throws -> Outcome {
        guard try table.holds(given.lazy.map { ($0.position, $0.value) }, id: record) else {
            throw MatchRefusal.repeated(as: former, in: module)
        }
        let isChanged = try partRows.append(rows, plan: plan, to: record, of: former)
        return Outcome(change: isChanged ? .updated : .unchanged)
    }

    /// Returns the outcome for a matched record that is not to be updated, by the options; `nil` when it is.
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

    /// Removes and returns the moment of creation that a row states, which cannot be set in an existing record.
    private func takeMade(_ reading: inout RowReading, of row: InputRow) throws -> Value? {
        guard let place = reading.given.firstIndex(where: { $0.position == module.createdPosition }) else { return nil }
        let given = reading.given.remove(at: place)
        if let moment = given.value.text, moment > transaction.now {
            let reason = ValueError(en: "is still to come", es: "está por venir")
            if let problem = row.problem(reason, cell: given.cell) as? RowProblem { reading.problems.append(problem) }
        }
        return given.value.isNull ? nil : given.value
    }
}

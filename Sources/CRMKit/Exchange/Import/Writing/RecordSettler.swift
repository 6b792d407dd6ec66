/// Creates or updates the record of a row.
struct RecordSettler {
    /// The result of writing a row's record.
    struct Settled {
        let id: Int64
        let change: RowWriter.Change
        /// The record itself, if the row created it.
        var created: Record?
        /// Values of the row that a spreadsheet has spoiled, in place of which those of the record stay.
        var told: [ImportWarning] = []
    }

    private let module: Module
    private let options: ImportOptions
    private let registry: Registry
    private let earlier: EarlierRows
    private let transaction: Transaction
    private let table: RecordTable
    /// The positions of the fields that the program fills in when a new record gets no value for them. An empty cell
    /// leaves such a field to the program in a new record, and leaves the stored value of an existing one.
    private let filled: Set<Int>

    /// - Parameter earlier: the records of the earlier rows of the input.
    init(
        _ module: Module,
        options: ImportOptions,
        registry: Registry,
        earlier: EarlierRows,
        in transaction: Transaction
    ) {
        self.earlier = earlier
        self.module = module
        self.options = options
        self.registry = registry
        self.transaction = transaction
        table = transaction.store.recordTable(of: module)
        let byRules = module.rules.reduce(into: Set<String>()) { $0.formUnion($1.filling) }
        filled = Set(
            module.fields.indices.filter { index in
                let field = module.fields[index]
                // What must be yes or no is asked for again.
                if field.pattern == nil, module.requiredPositions.contains(index) { return false }
                return field.pattern != nil || field.hasDefault || byRules.contains(field.key)
            }
        )
    }

    /// Creates a record.
    ///
    /// - Parameters:
    ///   - given: the values that the row gives for fields.
    ///   - link: the first of the row's links.
    ///   - made: when the record was created in another system, if known.
    ///   - subject: what the record is called where the row does not say it.
    func create(
        _ given: [RowReading.Given],
        linking link: GivenLink?,
        made: Value?,
        called subject: Value? = nil
    ) throws -> Settled {
        if case .integer(let id)? = given.first(where: { $0.position == 0 })?.value {
            // Ids are given by the database alone.
            throw Store.missing(id, in: module)
        }
        var draft = Draft(new: module, in: transaction.values)
        // An empty cell of a new record leaves its default.
        for item in given where !item.value.isNull { draft.give(item.position, item.value) }
        if let subject { draft.give(module.displayPosition, subject) }
        if let link, link.module == registry.center { try bring(by: link.id, to: &draft, besides: given) }
        if let made { draft[module.createdPosition] = made }
        let id: Int64
        do {
            try transaction.prepare(&draft, problems: [])
            let origin = RecordOrigin(createdAt: made, updatedAt: .text(transaction.now), isCopy: false)
            id = try transaction.insert(&draft, keeping: origin)
        } catch let error as CRMError where error.code == .refused {
            throw try advising(error, given)
        }
        if options.deletesMissing { try MissingRecords.note(id, in: transaction.store) }
        return Settled(id: id, change: .created, created: draft.record)
    }

    /// Returns a refusal with advice on what to do, if another record has a unique value by which rows can be matched.
    private func advising(_ error: CRMError, _ given: [RowReading.Given]) throws -> CRMError {
        let held = given.lazy.map(\.position).first { position in
            module.fields[position].traits.contains(.unique)
                && given.contains {
                    $0.position == position && $0.value.text != nil && $0.value.text == error.reference
                }
        }
        guard options.match.isEmpty, let key = held.map({ module.fields[$0].key }), let text = error.reference,
            let holder = try transaction.store.holder(
                in: module,
                besides: 0,
                of: { $0.key == key ? .text(text) : nil }
            )
        else { return error }
        let isOfInput =
            transaction.log.hasCreated(holder.id, in: module.table) || earlier.name(of: holder.id) != nil
        guard isOfInput else {
            return error.adding(MatchRefusal.matching(by: key))
        }
        let hasRows = module.givenParts.contains { $0.kindField == nil && !$0.asked.isEmpty }
        return hasRows ? error.adding(MatchRefusal.joining(by: key)) : error
    }

    /// Sets in a new record the values from its contact, except those that the row leaves empty on purpose.
    private func bring(by contact: Int64, to draft: inout Draft, besides given: [RowReading.Given]) throws {
        for brought in try transaction.store.brought(by: contact, to: module) {
            guard let position = module.position(of: brought.field), !given.contains(where: { $0.position == position })
            else { continue }
            draft.give(position, .integer(brought.id))
        }
    }

    /// Whether a record has the values of a row.
    func holds(_ given: [RowReading.Given], _ id: Int64) throws -> Bool {
        try table.holds(given.lazy.map { ($0.position, $0.value) }, id: id)
    }

    /// Updates an existing record with the values of a row.
    ///
    /// - Parameters:
    ///   - beside: the other contents of the row.
    ///   - made: the creation time in the row.
    ///   - isOfTable: whether the row stands in a table, which a spreadsheet may have saved.
    ///   - givesAll: whether values equal to the stored ones count as given too, so that no rule replaces them by
    ///     values that follow from the other ones.
    func update(
        _ id: Int64,
        with given: [RowReading.Given],
        isOfTable: Bool,
        beside: RowReading.Beside,
        made: Value?,
        _ plan: RowPlan,
        givesAll: Bool
    ) throws -> Settled {
        if given.isEmpty, !plan.impliesID { return Settled(id: id, change: .unchanged) }
        guard let comparison = try table.compare(given.lazy.map { ($0.position, $0.value) }, id: id) else {
            throw Store.missing(id, in: module)
        }
        let isHeld: Bool
        let original: Record
        switch comparison {
        case .other(let record): (isHeld, original) = (false, record)
        case .held:
            guard plan.impliesID && beside.isWritten else { return Settled(id: id, change: .unchanged) }
            guard let record = try table.record(id) else { throw Store.missing(id, in: module) }
            (isHeld, original) = (true, record)
        }
        var restored = given
        let told = isOfTable && !isHeld ? restore(&restored, of: original) : []
        let evidence = IDEvidence(original, isOfOwnTable: plan.author.usesOwnNames)
        if plan.impliesID, !evidence.isMet(by: restored, whole: beside.wholeName, made: made) {
            throw MatchRefusal.foreign(original, references: plan.idReferences(in: module, registry))
        }
        if isHeld { return Settled(id: id, change: .unchanged) }
        let unchanged = Settled(id: id, change: .unchanged, told: told)
        let changed = restored.filter { item in
            let present = original.values[item.position]
            if item.value.isNull, !givesAll, filled.contains(item.position) { return false }
            return present != item.value && (!options.fillsOnlyEmpty || present.isNull)
        }
        guard !changed.isEmpty else { return unchanged }
        try OtherCurrency.refuse(changed, besides: restored, of: original)
        var draft = Draft(editing: original)
        for item in givesAll && !options.fillsOnlyEmpty ? restored : changed { draft.give(item.position, item.value) }
        draft.giveLaterDates()
        try transaction.prepare(&draft, problems: [])
        let isUpdated = try transaction.update(consume draft, from: original)
        return isUpdated ? Settled(id: id, change: .updated, told: told) : unchanged
    }

    /// Gives a record its own texts again where the row has what a spreadsheet makes of them: numbers without their zeros,
    /// or with zeros for digits, and formulas behind an apostrophe.
    ///
    /// - Returns: what to tell of the numbers.
    private func restore(_ given: inout [RowReading.Given], of original: Record) -> [ImportWarning] {
        var told: [ImportWarning] = []
        for (place, item) in given.enumerated() {
            let (field, present) = (module.fields[item.position], original.values[item.position])
            guard let text = item.value.text, let stored = present.text, text != stored, field.type.choices.isEmpty
            else {
                continue
            }
            let isNumber = SpreadsheetLoss.isNumber(text, madeOf: stored)
            guard isNumber || SpreadsheetLoss.isGuarded(text, of: stored) else { continue }
            given[place] = RowReading.Given(position: item.position, value: present, cell: item.cell)
            if isNumber { told.append(ImportWarning(.spoiled, of: field, text, becoming: stored)) }
        }
        return told
    }
}

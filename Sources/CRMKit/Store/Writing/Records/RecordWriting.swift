import Localization
import SQLite

extension Transaction {
    /// Makes a record from input.
    ///
    /// - Returns: its id.
    /// - Throws: ``CRMError`` `invalid` naming every missing and malformed field at once; `refused` by a rule.
    public func add(_ module: Module, _ inputs: [FieldInput]) throws -> Int64 {
        let inputs = try makingRecords(of: inputs, in: module)
        var draft = Draft(new: module, in: values)
        let problems = try store.read(inputs, into: &draft)
        let rows = try newRows(inputs, of: &draft)
        try prepare(&draft, problems: problems + rows.problems)
        try checkNewBalances(draft)
        let id = try insert(&draft)
        _ = try add(rows, to: id)
        try settleDerivations()
        try refuseShared()
        return id
    }

    /// Changes a record as input asks.
    ///
    /// - Returns: whether anything changed.
    public func edit(_ module: Module, id: Int64, _ inputs: [FieldInput]) throws -> Bool {
        guard let original = try store.storedRecord(module, id: id) else { throw Store.missing(id, in: module) }
        let inputs = try makingRecords(of: inputs, in: module)
        var draft = Draft(editing: original)
        let problems = try store.read(inputs, into: &draft)
        let rows = try newRows(inputs, of: &draft)
        try prepare(&draft, problems: problems + rows.problems)
        let isUpdated = try update(draft, from: original)
        let isAdded = try add(rows, to: id)
        try settleDerivations()
        try refuseShared()
        return isUpdated || isAdded
    }

    /// Creates the records that inputs refer to and that do not exist yet.
    ///
    /// - Returns: the inputs with references to the new records.
    private func makingRecords(of inputs: [FieldInput], in module: Module) throws -> [FieldInput] {
        try inputs.map { input in
            guard case .making(let made) = input.change, let target = module.field(spelled: input.field)?.type.target
            else {
                return input
            }
            return FieldInput(input.field, .set("\(try add(store.registry[target], made))"))
        }
    }

    /// Completes a draft by its module's rules and checks it as it would be stored.
    ///
    /// - Parameter isWhole: whether the draft holds everything that a stored record held, so that the rules have
    ///   nothing to complete.
    func prepare(_ draft: inout Draft, problems found: [FieldProblem], isWhole: Bool = false) throws {
        let module = draft.module
        if draft.currency == nil { draft.currency = try currencyOfAmounts(in: draft) }
        var problems = found
        if !isWhole { problems.addAny(try complete(&draft)) }
        draft.composeDisplayName()
        let wrong = problems.isEmpty ? [] : Set(problems.map(\.problem.field))
        problems.addAny(try relabelledRows(of: draft))
        // A whole copy keeps what it had, and the integrity check finds what can no longer be used.
        if !isWhole { problems.addAny(try straying(in: draft)) }
        problems.addAny(
            DraftCheck(draft, clock: store.clock, isCopy: isWhole).problems.filter {
                !wrong.contains($0.problem.field)
            }
        )
        if let first = problems.first {
            // A reference that names nothing, alone, is that and not a malformed value. What would have come from its
            // record is missing only because of it.
            let isAlone = problems.dropFirst().allSatisfy { module.prompting.derived.contains($0.problem.field) }
            if isAlone, let cause = first.cause { throw cause }
            throw CRMError(
                .invalid,
                draft.original == nil
                    ? Text(en: "cannot add \(module.one.en)", es: "no se puede agregar \(module.spanish.the)")
                    : Text(
                        en: "cannot change \(module.called(draft.record.id).en)",
                        es: "no se puede cambiar \(module.called(draft.record.id).es)"
                    ),
                module: module.name,
                problems: problems.map(\.problem)
            )
        }
        try checkLoops(draft)
        if !isWhole { try checkBalances(draft) }
    }

    /// Refuses a new record with a balance below zero, unless the user insists.
    private func checkNewBalances(_ draft: Draft) throws(CRMError) {
        guard !isForced, case let deficits = DraftCheck(draft, clock: store.clock).deficits, !deficits.isEmpty else {
            return
        }
        throw CRMError(
            .refused,
            Text(
                en: "cannot add \(draft.module.one.en)",
                es: "no se puede agregar \(draft.module.spanish.the)"
            ),
            hint: Text(en: "insist with --force", es: "insistir con --force"),
            module: draft.module.name,
            problems: deficits
        )
    }

    /// Refuses to lower a balance below zero, unless the user insists. The balance of a new record in a file is not
    /// checked, since it comes from elsewhere, nor one that is below zero already.
    private func checkBalances(_ draft: Draft) throws(CRMError) {
        guard let original = draft.original, !isForced else { return }
        for field in draft.module.fields where field.traits.contains(.balance) && draft.isGiven(field.key) {
            let before = original[field.key].integer ?? 0
            guard let after = draft[field.key].integer, after < min(0, before) else { continue }
            let left = field.type.text(of: .integer(max(0, before)), currency: nil)
            let (called, name) = (draft.module.called(original.id), field.label)
            throw CRMError(
                .refused,
                Text(
                    en: "\(called.en) has \(left) left in \(name.en.lowercased())",
                    es: "\(called.es): quedan \(left) en \(name.es.lowercased())"
                ),
                hint: Text(en: "insist with --force", es: "insistir con --force"),
                module: draft.module.name,
                reference: "\(original.id)",
                problems: [DraftCheck.isBelowZero(field, .integer(after))]
            )
        }
    }

    /// The currency of the amounts of a record of which none is told: the one that an edit takes away from those of its
    /// rows, else the file's for its own.
    private func currencyOfAmounts(in draft: Draft) throws -> String? {
        let module = draft.module
        if let former = draft.original?.currency,
            try module.amountTables.contains(where: { try store.hasAmounts(draft.record.id, in: $0) })
        {
            return former
        }
        return module.moneyPositions.contains { !draft.record.values[$0].isNull } ? values.currency : nil
    }

    /// The rows whose amounts would silently change with the currency of the record.
    private func relabelledRows(of draft: Draft) throws -> [FieldProblem] {
        guard let original = draft.original, let present = draft.currency, original.currency != present
        else { return [] }
        // Rows without a currency were read in that of the file.
        let former = original.currency ?? values.currency
        if former == present { return [] }
        for table in draft.module.amountTables {
            guard let part = table.part, try store.hasAmounts(draft.record.id, in: table) else { continue }
            let (en, spanish) = (part.plural.en.lowercased(), part.spanish)
            let remove = spanish.agreeing("quitarlos", "quitarlas")
            let add = spanish.agreeing("agregarlos", "agregarlas")
            let reason = Text(
                en: "\(en) are in \(former); remove them first, and add them with their amounts in \(present)",
                es: "\(spanish.several): están en \(former); \(remove) antes y \(add) con sus importes en \(present)"
            )
            let problem = CRMError.Problem(field: "currency", value: present, reason: reason)
            return [FieldProblem(problem: problem, cause: nil)]
        }
        return []
    }

    /// Runs the module's rules. Fields that a rule finds wrong are named together with all the others.
    private func complete(_ draft: inout Draft) throws -> [FieldProblem] {
        do {
            try draft.module.complete(&draft, self)
            return []
        } catch let error as CRMError where error.code == .invalid && !error.problems.isEmpty {
            return error.problems.map { FieldProblem(problem: $0, cause: nil) }
        }
    }

    /// Stores a new record that has been checked, assigns its id, and writes what follows from it.
    ///
    /// - Parameter origin: the properties that a copy takes over from its original record.
    /// - Returns: the id of the new record.
    func insert(_ draft: inout Draft, keeping origin: RecordOrigin = RecordOrigin()) throws -> Int64 {
        let module = draft.module
        draft[0] = origin.id.map(Value.integer) ?? .null
        draft[module.createdPosition] = origin.createdAt ?? .text(now)
        draft[module.updatedPosition] = origin.updatedAt ?? origin.createdAt ?? .text(now)
        try makeWay(for: draft)
        // A copy has the numbers that its record has.
        let isNumbered = try origin.createdAt == nil || !origin.isCopy ? giveNumbers(to: &draft) : false
        let id = try explainingDuplicates(of: draft) { try writer(of: module).insert(draft.record.values) }
        draft[0] = .integer(id)
        if isNumbered { givenNumbers?.note(id, of: module.name) }
        if module.sharedKeyPositions.contains(where: { !draft[$0].isNull }) {
            try noteKeys(of: id, in: module, nil)
        }
        try follow(Rule.Change(old: nil, new: draft.record))
        return id
    }

    /// Stores the changes of an edit and their consequences.
    ///
    /// - Returns: whether anything changed.
    func update(_ draft: consuming Draft, from original: Record) throws -> Bool {
        // One that is handed over is not copied.
        var draft = draft
        let module = draft.module
        let derived = try derive(&draft, from: original)
        let fields = module.allFields
        var changes: [TableWriter.Change] = []
        for position in fields.indices where draft[position] != original.values[position] && fields[position].isStored {
            changes.append(
                TableWriter.Change(fields[position], from: original.values[position], to: draft[position])
            )
        }
        guard !changes.isEmpty else { return false }
        try makeWay(for: draft)
        let lastChange = original.values[module.updatedPosition]
        try explainingDuplicates(of: draft) {
            try writer(of: module).update(original.id, changes, lastChange: lastChange)
        }
        if module.sharedKeyPositions.contains(where: { !draft[$0].isNull && draft[$0] != original.values[$0] }) {
            let keys = module.sharedKeys.filter { key in
                key.fields.contains { !draft[$0].isNull && draft.changes($0) }
            }
            let given = module.sharedKeyPositions.filter { draft[$0] != original.values[$0] }
            try noteKeys(
                of: original.id,
                in: module,
                Set(keys.map(\.prefix)),
                Set(given.compactMap { draft[$0].text })
            )
        }
        for (part, rows) in derived { try part.replace(with: rows, of: original.id) }
        try follow(Rule.Change(old: original, new: draft.record), isDerived: !derived.isEmpty)
        return true
    }

    /// Runs a body that writes a record, and explains a violated unique index by naming the record that has the value
    /// already.
    ///
    /// - Throws: ``CRMError`` `refused` naming that record; what the body throws.
    private func explainingDuplicates<Result>(of draft: Draft, _ body: () throws -> Result) throws -> Result {
        for (field, position) in try formerKeys(of: draft.module) where field.traits.contains(.unique) {
            guard let value = draft[position].text, draft.changes(field.key),
                let kept = try store.present(value, of: field, in: draft.module, telling: false),
                kept != draft.record.id
            else { continue }
            throw UniqueHolder(module: draft.module, field: field, value: value, id: kept).refusal(isNew: false)
        }
        do {
            return try body()
        } catch let error as SQLiteError where error.code == .constraint(.unique) {
            let holder = try store.holder(in: draft.module, besides: draft.record.id) { field in
                draft.changes(field.key) ? draft[field.key] : nil
            }
            if let holder { throw holder.refusal(isNew: log.hasCreated(holder.id, in: draft.module.table)) }
            throw error
        }
    }

    /// Refuses an edit by which a chain of references would come back to its start.
    func checkLoops(_ draft: Draft) throws {
        guard let original = draft.original else { return }
        for field in draft.module.fields where field.traits.contains(.acyclic) && draft.changes(field.key) {
            guard case .integer(let start) = draft[field.key],
                try store.chain(of: field, in: draft.module, from: start, reachesAnyOf: [original.id])
            else { continue }
            throw CRMError(
                .refused,
                Text(
                    en:
                        "\(field.flag) \(start) would close a loop: \(draft.module.called(original.id).en) comes before it",
                    es: "\(field.flag) \(start) cerraría un ciclo: \(draft.module.called(original.id).es) está antes"
                ),
                module: draft.module.name,
                reference: "\(start)"
            )
        }
    }
}

/// What a copied record keeps of its original besides the fields; empty for a record that is not a copy.
struct RecordOrigin {
    /// The original's id, which no record of the table ever had.
    var id: Int64?
    /// When the original was created, as stored.
    var createdAt: Value?
    /// When the original was last changed, as stored.
    var updatedAt: Value?
    /// Whether the rest of the record is copied unchanged too, its numbers included.
    var isCopy = true
}

extension Store {
    static func missing(_ id: Int64, in module: Module) -> CRMError {
        CRMError(
            .notFound,
            Text(en: "there is no \(module.called(id).en)", es: "no existe \(module.called(id).es)"),
            module: module.name,
            reference: "\(id)"
        )
    }
}

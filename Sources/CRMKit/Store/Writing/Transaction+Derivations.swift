import Localization

extension Transaction {
    /// Lets the rules write the consequences of a change, and records what they have to derive.
    ///
    /// - Parameter isDerived: whether the values that the rules derive from the record are already up to date.
    func follow(_ change: Rule.Change, isDerived: Bool = false) throws {
        let module = change.new.module
        try module.follow(change, self)
        if !isDerived, module.derivingRules.contains(where: { $0.isFed(by: change) }) {
            try noteOutdated(change.new.id, of: module)
        }
    }

    /// Computes the derived values of a changed record and sets them in the draft, so that both are stored together.
    /// For a record with changed rows nothing is computed here but later.
    ///
    /// - Returns: the rows of the derived parts.
    func derive(_ draft: inout Draft, from original: Record) throws -> [(part: PartWriter, rows: [[Value]])] {
        let module = draft.module
        guard !module.derivingRules.isEmpty, !outdated.contains(original.id, of: module.name) else { return [] }
        let due = try derivers(of: module, fedBy: Rule.Change(old: original, new: draft.record))
        return try due.map { deriver in
            let result = try explaining(draft.record) { try deriver.result(from: draft.record) }
            for (index, item) in result.values.enumerated() {
                draft[deriver.position(of: item.field, at: index)] = item.value
            }
            return (deriver.rows, result.rows)
        }
    }

    private func derivers(of module: Module, fedBy change: Rule.Change) throws -> [Deriver] {
        try derivers(of: module).filter { $0.rule.isFed(by: change) }
    }

    /// Notes that the rows of a record have changed. When many records wait, their derivations are updated at once, so
    /// that little is remembered.
    func noteOutdated(_ id: Int64, of module: Module) throws {
        outdated.note(id, of: module.name)
        if outdated.count >= PendingRecords.most { try deriveOutdated() }
    }

    /// Brings up to date what is derived from records that this transaction has changed, the currency of the amounts in
    /// their rows and when they changed, and lets the rules look at their rows.
    ///
    /// - Throws: ``CRMError`` `invalid` naming the record of which something cannot be stored; what the rules throw.
    func settleDerivations() throws {
        try giveCurrencies()
        try deriveOutdated()
        try stampOwners()
        try checkRows()
    }

    private func deriveOutdated() throws {
        guard outdated.count > 0 else { return }
        let records = outdated.takeAll()
        try log.gathering {
            for (name, ids) in records {
                let module = store.registry[name]
                for id in ids { try derive(module, id: id) }
            }
        }
    }

    /// Runs the derivation of a record, if it still exists.
    private func derive(_ module: Module, id: Int64) throws {
        guard let record = try store.storedRecord(module, id: id) else { return }
        for deriver in try derivers(of: module) {
            try keep(try explaining(record) { try deriver.result(from: record) }, of: deriver, record)
        }
    }

    /// Computes the derived values of a new record from the rows of a part, which must be all rows the part has.
    func derive(_ record: Record, from rows: [[Value]], of part: Part) throws {
        for deriver in try derivers(of: record.module) {
            guard deriver.derivation.part == part.name else {
                try noteOutdated(record.id, of: record.module)
                continue
            }
            let result = try explaining(record) {
                try deriver.derivation.derive(record) { body in for row in rows { try body(row) } }
            }
            try keep(result, of: deriver, record)
        }
    }

    /// Stores what is derived from a record, and lets the rules write the consequences.
    private func keep(_ result: Derivation.Result, of deriver: Deriver, _ record: Record) throws {
        let module = record.module
        // What a new record holds by now need not be what it was made with.
        let isNew = log.hasCreated(record.id, in: module.table)
        var changes: [TableWriter.Change] = []
        changes.reserveCapacity(result.values.count)
        for (index, item) in result.values.enumerated() {
            let position = deriver.position(of: item.field, at: index)
            let former = record.values[position]
            guard isNew || former != item.value else { continue }
            changes.append(TableWriter.Change(module.allFields[position], from: former, to: item.value))
        }
        if isNew {
            try writer(of: module).complete(record.id, changes)
        } else {
            try writer(of: module).update(record.id, changes)
        }
        try deriver.rows.replace(with: result.rows, of: record.id)
        // An undo is checked at its end.
        guard !isNew, !changes.isEmpty, !log.isUndo else { return }
        var changed = record
        for (index, item) in result.values.enumerated() {
            changed.values[deriver.position(of: item.field, at: index)] = item.value
        }
        try module.follow(Rule.Change(old: record, new: changed), self)
    }

    /// Adds the record to an error about a value that cannot be stored.
    private func explaining(_ record: Record, _ body: () throws -> Derivation.Result) throws -> Derivation.Result {
        do {
            return try body()
        } catch let error as CRMError where error.code == .invalid {
            let module = record.module
            let isNew = log.hasCreated(record.id, in: module.table)
            throw CRMError(
                .invalid,
                isNew
                    ? Text(en: "cannot add \(module.one.en)", es: "no se puede agregar \(module.spanish.the)")
                    : Text(
                        en: "cannot change \(module.called(record.id).en)",
                        es: "no se puede cambiar \(module.called(record.id).es)"
                    ),
                module: module.name,
                reference: isNew ? nil : "\(record.id)",
                problems: error.problems
            )
        }
    }
}

import SQLite

extension Transaction {
    /// Notes that a record got, lost or changed a row, which changes the record: who asks what changed since yesterday
    /// means a new telephone number, too. When many records wait, they are written at once.
    func noteChangedRow(of id: Int64, in module: Module) throws {
        // An undo puts back what the moment was; that of a new record is the one at which it was made.
        guard !log.isUndo, !log.hasCreated(id, in: module.table) else { return }
        changedOwners.note(id, of: module.name)
        if changedOwners.count >= PendingRecords.most { try stampOwners() }
    }

    /// Sets the moment of the last change of the records whose rows changed.
    func stampOwners() throws {
        for (name, ids) in changedOwners.takeAll() {
            let module = store.registry[name]
            guard let field = module.field(Table.lastChange) else { continue }
            let due: SQLFragment = """
                "id" IN (\(SQLFunctions.rows(ids))) AND \(name: field.key) IS NOT \(bind: .text(now)) \
                AND \(log.isFormer(.name("id"), in: module.table))
                """
            try writer(of: module).update(.matching(due), [TableWriter.Change(field, to: .text(now))])
        }
    }

    /// Notes that a row of a record got an amount. If the record has no currency, the amount was read in that of the
    /// file, so this becomes the record's currency: otherwise the amount would change when the record later gets a
    /// currency. When many records wait, they are written at once.
    func noteAmount(of id: Int64, in module: Module) throws {
        // An undo puts back what the currency was.
        guard !log.isUndo, module.currencyPosition != nil else { return }
        amountOwners.note(id, of: module.name)
        if amountOwners.count >= PendingRecords.most { try giveCurrencies() }
    }

    /// Gives a record the currency that amounts of its rows are in, unless it has one. That of the file comes to many
    /// at once, by ``giveCurrencies()``.
    ///
    /// - Parameter owner: the record as it is stored.
    func giveCurrency(_ code: String?, to owner: Record) throws {
        let module = owner.module
        guard owner.currency == nil, let code, code != values.currency, let position = module.currencyPosition
        else { return }
        let change = TableWriter.Change(module.fields[position], from: .null, to: .text(code))
        if log.hasCreated(owner.id, in: module.table) {
            try writer(of: module).complete(owner.id, [change])
        } else {
            try writer(of: module).update(owner.id, [change])
        }
    }

    /// Gives the records whose rows hold amounts the currency of the file, unless they have one.
    func giveCurrencies() throws {
        for (name, ids) in amountOwners.takeAll() {
            let module = store.registry[name]
            guard let position = module.currencyPosition else { continue }
            let field = module.fields[position]
            func lacking(_ ids: [Int64]) -> SQLFragment {
                "\"id\" IN (\(SQLFunctions.rows(ids))) AND \(name: field.key) IS NULL"
            }
            // Documents have one from the start, and their lines come in millions.
            let found = try store.statement("SELECT 1 FROM \(name: module.table) WHERE \(lacking(ids)) LIMIT 1")
            guard try found.integers().first != nil else { continue }
            let change = TableWriter.Change(field, from: .null, to: .text(values.currency))
            let former = lacking(ids.filter { !log.hasCreated($0, in: module.table) })
            let isFormer = log.isFormer(.name("id"), in: module.table)
            try writer(of: module).update(.matching("\(former) AND \(isFormer)"), [change])
            // For new records the history keeps no earlier values.
            try writer(of: module).complete(.matching(lacking(ids)), [change])
        }
    }
}

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
        guard changedOwners.count > 0 else { return }
        let records = changedOwners.records
        changedOwners = PendingRecords()
        for (name, ids) in records.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let module = store.registry[name]
            guard let field = module.field(Table.lastChange) else { continue }
            let due: SQLFragment = """
                "id" IN (\(SQLFunctions.rows(ids.sorted()))) AND \(name: field.key) IS NOT \(bind: .text(now)) \
                AND \(log.isFormer(.name("id"), in: module.table))
                """
            try writer(of: module).update(.matching(due), [TableWriter.Change(field, to: .text(now))])
        }
    }
}

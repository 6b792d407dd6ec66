import SQLite

/// The records that an undo has left with other rows, or with other fields, than what is kept beside them was derived
/// from.
///
/// A record that came back whole came back with all that was derived from it, and is none of them.
struct UndoneDerivations {
    private let changeSet: Int64
    private let transaction: Transaction
    private let touched: ChangedRows

    /// - Parameter changeSet: that of the undo.
    init(of changeSet: Int64, in transaction: Transaction) throws {
        self.changeSet = changeSet
        self.transaction = transaction
        touched = try ChangedRows(of: changeSet, in: transaction.store.database)
    }

    /// Brings all of it up to date.
    ///
    /// - Throws: ``CRMError`` `invalid` where something could not be stored.
    func settle() throws {
        for module in transaction.store.registry.modules where !module.derivingRules.isEmpty {
            let parts = Set(module.derivingRules.compactMap(\.derivation?.part))
            for part in module.parts where parts.contains(part.name) {
                try settle(module, Table(part, of: module))
            }
        }
        try transaction.settleDerivations()
    }

    private func settle(_ module: Module, _ table: Table) throws {
        guard !touched.actions(in: table.name).isEmpty || touched.actions(in: module.table).contains(.update) else {
            return
        }
        let owner = table.owners[0].key
        let records = try transaction.store.database.prepare(
            fragment: """
                SELECT "id" FROM \(name: module.table) WHERE \(touched.ids(of: Table(module), .update).condition(on: .name("id"))) \
                OR "id" IN (\(owners(table, owner))) \
                AND NOT (\(touched.ids(of: Table(module), .restore).condition(on: .name("id"))))
                """
        )
        while try records.step() { try transaction.noteOutdated(records.integer(at: 0), of: module) }
    }

    /// The records of the rows that came, changed and went.
    private func owners(_ table: Table, _ owner: String) -> SQLFragment {
        """
        SELECT \(name: owner) FROM \(name: table.name) \
        WHERE \(touched.ids(of: table, .update, .restore).condition(on: .name("id"))) \
        UNION SELECT \(SQLFragment(definition: JSONFunctions.value(of: owner, in: "before"))) FROM "change" \
        WHERE "change_set" = \(bind: .integer(changeSet)) AND "table_name" = \(bind: .text(table.name)) \
        AND "action" = \(bind: .text(ChangeLog.Action.delete.rawValue))
        """
    }
}

import SQLite

/// The records whose derived values are outdated after an undo, because the undo changed the rows or fields from which
/// they are computed; also the positions of rows, which must follow each other.
///
/// A record that was restored whole got its derived values back with it and is not among them.
struct UndoneDerivations {
    private let changeSet: Int64
    private let transaction: Transaction
    private let touched: ChangedRows

    /// - Parameter changeSet: the change set of the undo itself.
    init(of changeSet: Int64, in transaction: Transaction) {
        self.changeSet = changeSet
        self.transaction = transaction
        touched = ChangedRows(of: changeSet, by: transaction.log)
    }

    /// Updates all derived values that the undo affects.
    ///
    /// - Throws: ``CRMError`` `invalid` if a derived value cannot be stored.
    func settle() throws {
        for table in transaction.store.tables where table.part?.derivesFields == true {
            if touched.actions(in: table.name).contains(.update) { try completeRows(of: table) }
        }
        for module in transaction.store.registry.modules where !module.derivingRules.isEmpty {
            let parts = Set(module.derivingRules.compactMap(\.rule.derivation?.part))
            for part in module.parts where parts.contains(part.name) {
                try settle(module, Table(part, of: module))
            }
        }
        for module in transaction.store.registry.modules { try giveCurrencies(to: module) }
        try transaction.settleDerivations()
    }

    /// Rows with amounts that came since keep the currency of their record, and a record of an earlier format that comes
    /// back gets that of its rows.
    private func giveCurrencies(to module: Module) throws {
        guard !module.amountTables.isEmpty, let position = module.currencyPosition else { return }
        let currency = module.fields[position]
        let isEmptied = transaction.log.kept[module.table]?.columns.contains(currency.key) == true
        guard isEmptied || touched.actions(in: module.table).contains(.restore) else { return }
        let isTouched = touched.ids(of: Table(module), .update, .restore).condition(on: .name("id"))
        try transaction.writer(of: module).update(
            .matching("\(isTouched) AND \(module.lacksCurrencyOfRows)"),
            [TableWriter.Change(currency, from: .null, to: .text(transaction.values.currency))]
        )
    }

    /// Numbers the rows of records anew where rows that came or went since have left a gap or a position to two of them.
    func settlePositions() throws {
        for table in transaction.store.tables where table.part != nil && !touched.actions(in: table.name).isEmpty {
            try PartPositions(in: table, transaction).settle(among: owners(table, table.ownerColumn))
        }
    }

    /// The maximum number of records whose rows are completed between two queries.
    private static let page: Int64 = 1000

    /// Recomputes the derived fields of changed rows of a part.
    private func completeRows(of table: Table) throws {
        guard let part = table.part, let writer = try transaction.partWriter(of: table) else { return }
        let owner = table.ownerColumn
        var last: Int64 = 0
        while true {
            let page: SQLFragment = """
                SELECT DISTINCT \(name: owner) FROM \(name: table.name) \
                WHERE \(touched.ids(of: table, .update).condition(on: .name("id"))) \
                AND \(name: owner) > \(bind: .integer(last)) ORDER BY 1 LIMIT \(bind: .integer(Self.page))
                """
            let ids = try transaction.store.database.all(page.sql, page.bindings).compactMap { $0[0].integer }
            guard let end = ids.last else { return }
            for id in ids {
                guard let record = try transaction.store.storedRecord(table.module, id: id) else { continue }
                for row in try writer.rows(of: id) {
                    var draft = PartDraft(part, values: row.values)
                    try part.complete?(&draft, record, transaction)
                    try writer.set(draft.values, of: id, in: row)
                }
            }
            last = end
        }
    }

    private func settle(_ module: Module, _ table: Table) throws {
        guard !touched.actions(in: table.name).isEmpty || touched.actions(in: module.table).contains(.update) else {
            return
        }
        let owner = table.ownerColumn
        let records = try transaction.store.database.prepare(
            fragment: """
                SELECT "id" FROM \(name: module.table) WHERE \(touched.ids(of: Table(module), .update).condition(on: .name("id"))) \
                OR "id" IN (\(owners(table, owner))) \
                AND NOT (\(touched.ids(of: Table(module), .restore).condition(on: .name("id"))))
                """
        )
        while try records.step() { try transaction.noteOutdated(records.integer(at: 0), of: module) }
    }

    /// Returns a query for the records whose rows were created, changed or deleted.
    private func owners(_ table: Table, _ owner: String) -> SQLFragment {
        """
        SELECT \(name: owner) FROM \(name: table.name) \
        WHERE \(touched.ids(of: table, .update, .restore).condition(on: .name("id"))) \
        UNION SELECT \(ChangeLog.former(owner)) FROM "change" \
        WHERE "change_set" = \(bind: .integer(changeSet)) AND "table_name" = \(bind: .text(table.name)) \
        AND "action" = \(bind: .text(ChangeLog.Action.delete.rawValue))
        """
    }
}

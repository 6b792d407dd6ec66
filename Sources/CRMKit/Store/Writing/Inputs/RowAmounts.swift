import SQLite

extension Part {
    /// The positions in ``allFields`` of the amounts that people give, which are in the currency of the record. Those of
    /// fields that nothing shows any more are among them: they come back with their fields.
    var amountPositions: [Int] { isDerived ? [] : allFields.indices.filter { allFields[$0].type == .money } }
}

extension Module {
    /// The tables of the rows that people give with amounts, which are in the currency of the record.
    var amountTables: [Table] { parts.filter { !$0.amountPositions.isEmpty }.map { Table($0, of: self) } }

    /// The condition that a record in the module's table has rows with amounts and no currency.
    var lacksCurrencyOfRows: SQLFragment {
        guard let currencyPosition else { return "0" }
        let holdAmounts = amountTables.map { $0.hasAmounts(of: .column("id", of: table)) }.disjunction
        return "\(column: fields[currencyPosition].key, of: table) IS NULL AND (\(holdAmounts))"
    }
}

extension Table {
    /// The condition that a record has rows with an amount in this table of a part.
    ///
    /// - Parameters:
    ///   - record: the id of the record.
    ///   - condition: what else holds of the rows, which are called `a`.
    func hasAmounts(of record: SQLFragment, where condition: SQLFragment = "1") -> SQLFragment {
        let held = fields.filter { $0.type == .money && $0.isStored }.map { field in
            "\(column: field.key, of: "a") IS NOT NULL" as SQLFragment
        }
        return """
            EXISTS (SELECT 1 FROM \(name: name) AS "a" WHERE \(column: ownerColumn, of: "a") = \(record) \
            AND (\(held.disjunction)) AND (\(condition)))
            """
    }
}

extension Record {
    /// Whether amounts in its rows give the record a currency: it has none, or had none when it was read.
    var takesCurrency: Bool { module.currencyPosition != nil && currency == nil }

    /// Gives the record the currency in which the amounts of a row of it were read, unless it has one.
    mutating func take(_ currency: String, of row: PartDraft) {
        guard takesCurrency, row.part.amountPositions.contains(where: { !row.values[$0].isNull }) else { return }
        self.currency = currency
    }
}

extension Store {
    /// The currency in which amounts that are given for a row of a record are read, from wherever they come: that of the
    /// record, else the one that the first of them names, else the file's.
    ///
    /// - Parameter amounts: the amounts as they are written. What cannot be read of them is told when they are.
    func currency(ofRowsOf owner: Record, giving amounts: [String], in context: ValueContext) throws -> String {
        guard owner.takesCurrency else { return owner.currency ?? context.currency }
        let first = amounts.lazy.compactMap { try? Money(parsing: $0, assuming: context.currency) }.first
        guard let named = first?.currency.code, named != context.currency,
            // What other rows hold without a currency is in the file's, which the record is yet to get.
            try !owner.module.amountTables.contains(where: { try hasAmounts(owner.id, in: $0) })
        else { return context.currency }
        return named
    }

    /// Whether a record has rows with an amount in a table of a part.
    func hasAmounts(_ record: Int64, in table: Table) throws -> Bool {
        let query: SQLFragment = "SELECT \(table.hasAmounts(of: .bind(.integer(record))))"
        let found = try statement(query)
        defer { found.reset() }
        return try found.step() && found.integer(at: 0) != 0
    }
}

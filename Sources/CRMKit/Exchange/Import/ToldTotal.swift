import Localization

/// What rows say that their record comes to, which the program computes itself.
enum ToldTotal {
    /// The total of the rows of a record that is not what the record comes to, all of it or before taxes: each row may have
    /// that of the whole record, or that of its own line.
    ///
    /// - Returns: nothing where the rows say no total, or the right one.
    static func contradicted(
        by id: Int64,
        of module: Module,
        _ rows: [InputRow],
        _ plan: RowPlan,
        _ cells: CellRules,
        in transaction: Transaction
    ) throws -> [ToldValue] {
        let shown = plan.totals.map { cell in (cell, rows.compactMap { $0.texts[cell] }.filter { !$0.isEmpty }) }
        guard shown.contains(where: { !$1.isEmpty }) else { return [] }
        try transaction.settleDerivations()
        guard let record = try transaction.store.storedRecord(module, id: id), let total = record["total"].integer
        else {
            return []
        }
        let currency = record.currency ?? transaction.values.currency
        // Some programs say of each line what it costs before its discount.
        let gross = plan.amounts?.gross(rows, cells).map { Self.units($0, of: currency) }
        let real: [Int64] = [total, record["subtotal"].integer ?? total] + [gross].compactMap(\.self)
        var told: [ToldValue] = []
        for (cell, texts) in shown {
            let amounts: [Int64] = texts.compactMap { amount($0, cells, currency) }
            guard let first = amounts.first, amounts.count == texts.count else { continue }
            // A sum has no room only where the input is not of this world.
            var sum: Int64 = 0
            for amount in amounts { sum = sum.addingReportingOverflow(amount).partialValue }
            let isSame = amounts.allSatisfy { $0 == first }
            let said: [Int64] = isSame ? [first, sum] : [sum]
            let room = UInt64(rows.count)
            if said.contains(where: { one in
                real.contains { $0.subtractingReportingOverflow(one).partialValue.magnitude <= room }
            }) {
                continue
            }
            let text = isSame ? texts[0] : Money.text(minorUnits: sum, currency: currency)
            let total = Money.text(minorUnits: total, currency: currency)
            told.append(ToldValue(.total, of: Text(rows[0].names[cell]), text, becoming: total))
        }
        return told
    }

    private static func units(_ amount: Double, of currency: String) -> Int64 {
        let units = (amount * Double(Int64.powerOfTen(Currency(currency)?.exponent ?? 2))).rounded()
        return Int64(exactly: units) ?? 0
    }

    /// What a cell says in minor units; `nil` where it says no amount of the currency, and so nothing that could differ.
    private static func amount(_ text: String, _ cells: CellRules, _ currency: String) -> Int64? {
        guard let money = try? Money(parsing: cells.canonical(text, for: .money), assuming: currency),
            money.currency.code == currency
        else { return nil }
        return money.minorUnits
    }
}

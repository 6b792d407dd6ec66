import Localization

/// The totals in rows for their record, whose total the program computes itself.
enum StatedTotal {
    /// Returns the totals in the rows of a record that differ from the total of the record, with or without taxes. Each
    /// row may state the total of the whole record or of its own line.
    ///
    /// - Returns: an empty array if the rows state no total, or the right one.
    static func contradicted(
        by id: Int64,
        of module: Module,
        _ rows: [InputRow],
        _ plan: RowPlan,
        _ cells: CellRules,
        in transaction: Transaction
    ) throws -> [ImportWarning] {
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
        let subtotal = record["subtotal"].integer ?? total
        let real: [Int64] = [total, subtotal] + [gross].compactMap(\.self)
        var told: [ImportWarning] = []
        for (cell, texts) in shown {
            let amounts: [Int64] = texts.compactMap { amount($0, cells, currency) }
            guard let first = amounts.first, amounts.count == texts.count else { continue }
            // The sum can only overflow for amounts that make no sense.
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
            let name = rows[0].names[cell]
            let counted = ImportHeader.isBeforeTaxes(name, in: module) ? subtotal : total
            let meant = Money.text(minorUnits: counted, currency: currency)
            told.append(ImportWarning(.total, of: Text(name), text, becoming: meant))
        }
        return told
    }

    private static func units(_ amount: Double, of currency: String) -> Int64 {
        let units = (amount * Double(Int64.powerOfTen(Currency(currency)?.exponent ?? 2))).rounded()
        return Int64(exactly: units) ?? 0
    }

    /// Returns the amount of a cell in minor units; `nil` if it has none in the currency, so that nothing can differ.
    private static func amount(_ text: String, _ cells: CellRules, _ currency: String) -> Int64? {
        guard let money = try? Money(parsing: cells.canonical(text, for: .money), assuming: currency),
            money.currency.code == currency
        else { return nil }
        return money.minorUnits
    }
}

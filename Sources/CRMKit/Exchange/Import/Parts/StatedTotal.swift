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
        let shown = plan.totals.map { column in
            (column, rows.compactMap { $0.texts[column.cell] }.filter { !$0.isEmpty })
        }
        guard shown.contains(where: { !$1.isEmpty }) else { return [] }
        try transaction.settleDerivations()
        guard let record = try transaction.store.storedRecord(module, id: id), let total = record["total"].integer
        else {
            return []
        }
        let currency = record.currency ?? transaction.values.currency
        // Some programs say of each line what it costs before its discount.
        let gross = plan.amounts?.gross(rows, cells).map { Self.units($0, of: currency) }
        let real = RealAmounts(
            total: total,
            gross: gross,
            valueAdded: try valueAdded(of: record, shown.map(\.0.kind), in: transaction),
            of: record
        )
        var told: [ImportWarning] = []
        for (column, texts) in shown {
            let amounts: [Int64] = texts.compactMap { amount($0, cells, currency) }
            guard let first = amounts.first, amounts.count == texts.count else { continue }
            // The sum can only overflow for amounts that make no sense.
            var sum: Int64 = 0
            for amount in amounts { sum = sum.addingReportingOverflow(amount).partialValue }
            let isSame = amounts.allSatisfy { $0 == first }
            let (whole, sums) = real.amounts(column.kind)
            let room = UInt64(rows.count)
            func isOne(_ said: Int64, of real: [Int64]) -> Bool {
                real.contains { $0.subtractingReportingOverflow(said).partialValue.magnitude <= room }
            }
            if isOne(sum, of: sums) || isSame && isOne(first, of: whole) { continue }
            let text = isSame ? texts[0] : Money.text(minorUnits: sum, currency: currency)
            let meant = Money.text(minorUnits: whole[0], currency: currency)
            told.append(ImportWarning(.total, of: Text(rows[0].names[column.cell]), text, becoming: meant))
        }
        return told
    }

    /// Returns what the value added taxes of a document come to; `nil` where no column has them.
    private static func valueAdded(
        of record: Record,
        _ kinds: [ComputedColumn.Kind],
        in transaction: Transaction
    ) throws -> Int64? {
        guard kinds.contains(.valueAddedTaxes) else { return nil }
        let part = record.module.part(required: "tax")
        let (kind, amount) = (part.position(required: "kind"), part.position(required: "amount"))
        var sum: Int64 = 0
        for row in try transaction.rows(of: part.name, in: record) {
            let tax = row.values[kind].text.flatMap { Tax.Kind(rawValue: $0) }
            if tax?.isValueAdded == true { sum += row.values[amount].integer ?? 0 }
        }
        return sum
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

/// The amounts of a document that its lines come to, in minor units.
private struct RealAmounts {
    let total: Int64
    /// What the lines come to before their discounts; `nil` if that is not known.
    let gross: Int64?
    /// What the value added taxes come to; `nil` if that was not asked for.
    let valueAdded: Int64?
    let subtotal, discount, tax, shippingTax, withheld: Int64

    init(total: Int64, gross: Int64?, valueAdded: Int64?, of record: Record) {
        (self.total, self.gross, self.valueAdded) = (total, gross, valueAdded)
        subtotal = record["subtotal"].integer ?? total
        discount = record["discount_total"].integer ?? 0
        tax = record["tax_total"].integer ?? 0
        shippingTax = record["shipping_tax"].integer ?? 0
        withheld = record["withheld_total"].integer ?? 0
    }

    /// Returns the amounts that all rows of a document may state alike, the one that counts first, and those that the
    /// amounts of all its rows may add up to. A sole row may state either.
    func amounts(_ kind: ComputedColumn.Kind) -> (whole: [Int64], sums: [Int64]) {
        let lines = [subtotal] + [gross].compactMap(\.self)
        switch kind {
        case .total: return ([total], [total] + lines)
        case .ownTotal: return ([total], [total])
        case .beforeTaxes:
            let all = lines + [subtotal - discount]
            return (all, all)
        case .net: return ([subtotal], [subtotal])
        case .amount: return (lines + [total], lines + [total])
        case .taxes: return (taxes, taxes)
        case .valueAddedTaxes:
            let all = [valueAdded].compactMap(\.self) + taxes
            return (all, all)
        case .discount:
            // What the cells of a line come to may be beyond the range, where the line is not theirs.
            let ofLines = gross.map { $0 &- subtotal }
            let all = [discount] + (ofLines.map { [$0, $0 &+ discount] } ?? [])
            let signed = all + all.map { 0 &- $0 }
            return (signed, signed)
        case .shippingTaxes: return ([shippingTax], [shippingTax])
        // Other programs write what is withheld above zero.
        case .withheld: return ([withheld, -withheld], [withheld, -withheld])
        }
    }

    /// The taxes, with or without those on the shipping and what is withheld.
    private var taxes: [Int64] { [tax, tax + shippingTax, tax + withheld, tax + shippingTax + withheld] }
}

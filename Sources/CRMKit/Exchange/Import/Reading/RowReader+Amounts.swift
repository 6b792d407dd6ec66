import SQLite

/// The values of a row that are read last: amounts, and numbers with a unit. Their currency or unit may depend on the
/// existing record.
extension RowReader {
    /// Reads amounts, in the currency of the row, of the existing record, of the amount itself or its header, or of the
    /// settings, in this order.
    ///
    /// - Throws: errors that are not the row's fault. The problems of unreadable amounts are added to the reading.
    func readMoney(_ reading: inout RowReading, row: InputRow, _ plan: RowPlan, existing: Int64?) throws {
        guard !reading.money.isEmpty, let currencyPosition else { return }
        var currency = reading.given.first { $0.position == currencyPosition }?.value.text
        if currency == nil, let existing {
            currency = try store.storedValue(of: "currency", in: module, id: existing).text
        }
        for (position, written, cell) in reading.money {
            do {
                let amount = try cells.canonical(written, for: .money)
                guard !amount.isEmpty else {
                    reading.given.append(RowReading.Given(position: position, value: .null, cell: cell))
                    continue
                }
                let text = plan.currencies[cell].map { ImportHeader.amount(amount, in: $0) } ?? amount
                let money =
                    try currency.map { try Money(parsing: text, in: $0) }
                    ?? Money(parsing: text, assuming: context.currency)
                if money.namesCurrency, currency == nil {
                    currency = money.currency.code
                    let value = Value.text(money.currency.code)
                    reading.given.append(RowReading.Given(position: currencyPosition, value: value, cell: cell))
                }
                reading.given.append(
                    RowReading.Given(position: position, value: .integer(money.minorUnits), cell: cell)
                )
            } catch {
                if isLeftToCard(error, row, at: position) {
                    reading.leftToCard.append(module.fields[position].key)
                    continue
                }
                guard let problem = row.problem(error, cell: cell, by: cells) as? RowProblem else { throw error }
                reading.problems.append(problem)
                reading.wrong.insert(position)
            }
        }
    }

    /// Reads numbers followed by a unit, which must be the unit of the row, or else of the record.
    ///
    /// - Throws: errors that are not the row's fault. The problems of unreadable numbers are added to the reading.
    func readCounted(_ reading: inout RowReading, row: InputRow, existing: Int64?) throws {
        guard !reading.counted.isEmpty else { return }
        let record = try existing.flatMap { try store.storedRecord(module, id: $0) } ?? Draft(new: module).record
        for (position, text, cell) in reading.counted {
            do {
                let field = module.fields[position]
                let number = try field.withoutUnit(text, sibling: { module.field($0) }) { key in
                    let given = reading.given.first { module.allFields[$0.position].key == key }?.value ?? .null
                    return given.isNull ? record[key] : given
                }
                let value = try field.type.parse(cells.canonical(number, for: field.type), in: context)
                reading.given.append(RowReading.Given(position: position, value: value, cell: cell))
            } catch {
                guard let problem = row.problem(error, cell: cell, by: cells) as? RowProblem else { throw error }
                reading.problems.append(problem)
                reading.wrong.insert(position)
            }
        }
    }
}

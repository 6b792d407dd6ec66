import Localization

/// The positions of the fields for the taxes on what a record sells.
struct TaxPositions {
    /// The rate of value-added tax.
    let rate: Int
    /// The list of all taxes.
    let list: Int

    /// - Returns: `nil` for a module that does not have both.
    init?(_ module: Module) {
        let rate = module.fields.firstIndex { $0.type.isPercentage && TaxHeader.isOfTaxes($0.label.en) }
        guard let rate, let list = module.fields.firstIndex(where: { $0.type == .list(.tax) }) else { return nil }
        (self.rate, self.list) = (rate, list)
    }
}

/// The taxes on what a record sells, as columns for a rate and for a list of taxes state them.
extension RowReader {
    /// Gives the exemption that a cell for the rate of value-added tax states in words: it is no rate of 0.
    ///
    /// - Returns: whether the cell states one.
    func giveExemption(_ text: String, at position: Int, cell: Int, to reading: inout RowReading) throws -> Bool {
        guard let taxes = taxPositions, position == taxes.rate, ForeignTaxes.isExemption(text) else { return false }
        try give(.null, taxes.rate, cell: cell, to: &reading)
        let exempt = StoredList([Tax(.exempt)]).stored
        guard let present = reading.given.first(where: { $0.position == taxes.list })?.value, !present.isNull else {
            try give(exempt, taxes.list, cell: cell, to: &reading)
            return true
        }
        if present != exempt { throw Self.contradicted(by: StoredList(present, of: .tax).taxes) }
        return true
    }

    /// Notes the problem of a row of another program's with two rates of value-added tax, in a column for that rate and
    /// in one for all taxes. A record may have both here, where the list counts.
    func refuseTwoRates(_ row: InputRow, _ plan: RowPlan, in reading: inout RowReading) throws {
        guard let taxes = taxPositions,
            let rate = reading.given.first(where: { $0.position == taxes.rate })?.value.integer,
            let given = reading.given.first(where: { $0.position == taxes.list })
        else { return }
        let others = StoredList(given.value, of: .tax).taxes.filter { $0.kind.isValueAdded }
        guard !others.isEmpty, others != [Tax(.vat, rate: rate)] else { return }
        let other = [Tax(.vat, rate: rate)]
        try note(Self.contradicted(by: other), row: row, cell: given.cell, plan, in: &reading)
    }

    private static func contradicted(by taxes: [Tax]) -> ValueError {
        let other = taxes.map(\.text).joined(separator: ", ")
        return ValueError(
            en: "another column says \(other): give one of the two, or the same in both",
            es: "otra columna dice \(other): dar una de las dos, o lo mismo en ambas"
        )
    }
}

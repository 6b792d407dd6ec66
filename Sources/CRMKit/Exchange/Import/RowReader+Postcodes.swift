/// Postal codes that spreadsheets have turned into numbers.
extension RowReader {
    /// Restores the lost leading zero of a postal code in a table, by its country.
    ///
    /// - Parameter existing: the existing address of the row, which may provide the country, and whose own postal code
    ///   is kept.
    func readPostcode(_ reading: inout RowReading, row: InputRow, existing: Int64?) throws {
        guard let (code, country) = postcodePositions, !row.columns.isEmpty,
            let index = reading.given.firstIndex(where: { $0.position == code }),
            let text = reading.given[index].value.text
        else { return }
        let stored = try existing.flatMap { try store.storedRecord(module, id: $0) }
        if stored?[module.fields[code].key] == .text(text) { return }
        let told = reading.given.first { $0.position == country }?.value.text
        let place = told ?? stored?[module.fields[country].key].text ?? context.country
        let given = reading.given[index]
        let whole = Value.text(PostalCode(text, in: place).text)
        reading.given[index] = RowReading.Given(position: code, value: whole, cell: given.cell)
    }
}

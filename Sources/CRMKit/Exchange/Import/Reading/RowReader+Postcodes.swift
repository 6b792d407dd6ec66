/// Postal codes that spreadsheets have turned into numbers.
extension RowReader {
    /// Restores the lost leading zero of a postal code in a table, by its country. Where no country is told but that of the
    /// settings, the code may be complete, as those of Switzerland, and people are told.
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
        let known = told ?? stored?[module.fields[country].key].text
        let given = reading.given[index]
        let whole = PostalCode(text, in: known ?? context.country)
        reading.given[index] = RowReading.Given(position: code, value: .text(whole.text), cell: given.cell)
        guard whole.hasLostZero else { return }
        let field = module.fields[code]
        // A notice about the shortened code is about the whole one now.
        if let place = reading.told.firstIndex(of: ImportWarning(.number, of: field, text)) {
            reading.told[place] = ImportWarning(.number, of: field, whole.text)
        }
        if known == nil { reading.told.append(ImportWarning(.completed, of: field, whole.text)) }
    }
}

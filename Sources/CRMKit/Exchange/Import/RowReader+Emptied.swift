import Localization

/// Values that are there and go because of what a row says in their place.
extension RowReader {
    /// Tells of cells that say something, are taken for empty, and take away what a record has: a dash, a day of zeros. What
    /// says nothing at all empties a field as it should.
    func tellEmptied(_ reading: inout RowReading, _ row: InputRow, _ plan: RowPlan, of existing: Int64) throws {
        guard row.card == nil, row.entry == nil else { return }
        let emptied = reading.given.filter { item in
            item.value.isNull && plan.columns.indices.contains(item.cell)
                && plan.columns[item.cell].fills(item.position)
                && row.texts[item.cell]?.trimmed.isEmpty == false
        }
        guard !emptied.isEmpty, let record = try store.storedRecord(module, id: existing) else { return }
        for item in emptied where !record[module.fields[item.position].key].isNull {
            let value = ToldValue(.nothing, of: Text(row.names[item.cell]), row.texts[item.cell] ?? "")
            if !reading.told.contains(value) { reading.told.append(value) }
        }
    }
}

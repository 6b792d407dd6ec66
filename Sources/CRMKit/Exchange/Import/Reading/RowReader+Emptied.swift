import Localization

/// Values that a row removes from its record.
extension RowReader {
    /// Reports cells that are not empty, are read as empty, and remove a value of the record: a dash, a date of zeros.
    /// An empty cell removes a value without a report.
    func tellEmptied(_ reading: inout RowReading, _ row: InputRow, _ plan: RowPlan, of existing: Int64) throws {
        if row.isCard { return try tellAbsent(&reading, of: existing) }
        guard !row.isEntry else { return }
        let emptied = reading.given.filter { item in
            item.value.isNull && plan.columns.indices.contains(item.cell)
                && plan.columns[item.cell].fills(item.position)
                && row.texts[item.cell]?.trimmed.isEmpty == false
        }
        guard !emptied.isEmpty, let record = try store.storedRecord(module, id: existing) else { return }
        for item in emptied where !record[module.fields[item.position].key].isNull {
            let value = ImportWarning(.nothing, of: Text(row.names[item.cell]), row.texts[item.cell] ?? "")
            if !reading.told.contains(value) { reading.told.append(value) }
        }
    }

    /// Reports the values of the record that its card, which is a later state of it, does not have.
    private func tellAbsent(_ reading: inout RowReading, of existing: Int64) throws {
        let emptied = reading.given.filter(\.value.isNull).map { module.fields[$0.position] }
        guard !emptied.isEmpty, let record = try store.storedRecord(module, id: existing) else { return }
        for field in emptied where !record[field.key].isNull {
            var text = field.type.text(of: record[field.key], currency: record.currency)
            if let target = field.type.target, let id = record[field.key].integer {
                text = try store.storedRecord(store.registry[target], id: id)?.displayName ?? text
            }
            reading.told.append(ImportWarning(.absent, of: field, text))
        }
    }
}

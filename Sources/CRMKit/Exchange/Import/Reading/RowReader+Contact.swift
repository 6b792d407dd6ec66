import SQLite

/// What a record takes of its contact where a row leaves it open, such as the organization of a quote.
extension RowReader {
    /// Returns the positions of the fields whose values a new record takes of its contact where none are given.
    static func takenPositions(in module: Module, _ registry: Registry) -> [Int] {
        let center = registry[registry.center]
        let filled = module.mirror == nil ? [] : module.rules.flatMap(\.filling)
        let ofBoth = filled.filter { key in
            guard let target = module.field(key)?.type.target else { return false }
            return center.field(key)?.type.target == target
        }
        return ((module.contacts.link?.brought ?? []) + ofBoth).compactMap { module.position(of: $0) }
    }

    /// Treats empty cells for values that come from the row's contact as if their columns were missing: a new record
    /// takes the values, and an existing one keeps its own. A row that is matched by such a value is about the record
    /// that took it over.
    func takeOfContact(_ reading: inout RowReading, row: InputRow, _ plan: RowPlan) throws {
        for position in takenPositions {
            guard let place = reading.given.firstIndex(where: { $0.position == position }),
                case let empty = reading.given[place], empty.value.isNull, isLeftOpen(empty, row, plan),
                let value = try valueOfContact(at: position, reading), !value.isNull
            else { continue }
            if matchPositions.contains(position) {
                reading.given[place] = RowReading.Given(position: position, value: value, cell: empty.cell)
            } else {
                reading.given.remove(at: place)
            }
        }
    }

    /// Whether a value is missing by chance and not on purpose. A dash is on purpose, and so is an empty cell in an
    /// export of this program.
    private func isLeftOpen(_ given: RowReading.Given, _ row: InputRow, _ plan: RowPlan) -> Bool {
        if module.fields[given.position].isRequired { return true }
        guard !row.columns.isEmpty, plan.author != .export, row.texts.indices.contains(given.cell) else { return false }
        return row.texts[given.cell]?.trimmed.isEmpty ?? true
    }

    /// Returns the value that the contact of a row has in a field that the record has too; `nil` without a contact.
    private func valueOfContact(at position: Int, _ reading: RowReading) throws -> Value? {
        let center = registry[registry.center]
        let own = module.mirror.flatMap { module.position(of: $0.field) }
        let named = own.flatMap { own in reading.given.first { $0.position == own }?.value.integer }
        let linked = reading.links.first.flatMap { $0.module == center.name ? $0.id : nil }
        guard let contact = own == nil ? linked : named else { return nil }
        return try store.storedRecord(center, id: contact)?[module.fields[position].key]
    }
}

/// Records to link with that two columns name, one by a key and the other by name: `contact.email` beside `Contact
/// Name`. Both refer to the same records.
extension RowReader {
    /// Links the row with the records that a cell names.
    func link(
        with names: [String],
        by prefix: String?,
        in other: ModuleName,
        _ reading: inout RowReading
    ) throws {
        for (place, name) in names.enumerated() where !isNothing(name) {
            let id = try resolver.id(name, prefix: prefix, in: registry[other])
            reading.links.append(GivenLink(module: other, id: id, place: place, count: names.count))
        }
    }

    /// Takes e-mail addresses in a column of records that no address names: the `emails` of a person in other programs.
    ///
    /// - Returns: whether they were taken; if not, they name records.
    func giveAddresses(
        _ texts: [String],
        notOf other: Module,
        cell: Int,
        to reading: inout RowReading
    ) throws -> Bool {
        guard let pieces, let key = module.cards?.emails.first, let position = module.position(of: key),
            let first = texts.first,
            texts.allSatisfy({ $0.contains("@") && !Reference.isOne($0, in: other) && !Placeholders.isNothing($0) })
        else { return false }
        guard let given = reading.given.first(where: { $0.position == position })?.value, !given.isNull else {
            try give(try value(first, at: position), position, cell: cell, to: &reading)
            for text in texts.dropFirst() { reading.pieces.take(pieces.furtherAddress, text, cell: cell) }
            return true
        }
        for text in texts where try value(text, at: position) != given {
            reading.pieces.take(pieces.furtherAddress, text, cell: cell)
        }
        return true
    }

    /// Links a row with the records of a cell that another cell names too.
    ///
    /// - Returns: whether the cell needs no further reading. It does if no other cell names its records, or if the
    ///   other has a different number of names.
    func linkPaired(
        _ row: InputRow,
        _ cell: Int,
        _ plan: RowPlan,
        _ reading: inout RowReading
    ) throws -> Bool {
        if let key = plan.references.linkPairs.first(where: { $0.value == cell })?.key {
            return linkNames(row, key).count == linkNames(row, cell).count && !linkNames(row, key).isEmpty
        }
        guard let called = plan.references.linkPairs[cell], let (other, prefix) = plan.columns[cell].linkKey else {
            return false
        }
        let (keys, names) = (linkNames(row, cell), linkNames(row, called))
        guard keys.count == names.count else { return false }
        for (place, (key, name)) in zip(keys, names).enumerated() {
            let making = RecordMaking(name: name, isSure: false)
            let id = try resolver.id(key, prefix: prefix, in: registry[other], making: making)
            reading.links.append(GivenLink(module: other, id: id, place: place, count: keys.count))
        }
        return !keys.isEmpty
    }

    /// Returns the keys or names in a cell of records to link with.
    private func linkNames(_ row: InputRow, _ cell: Int) -> [String] {
        guard let text = row.texts[cell] else { return [] }
        let values = row.lists.contains(cell) ? CellValues.elements(text) : CellValues.values(text)
        return values.map { SpreadsheetWords.unquoted($0).trimmed }.filter { !isNothing($0) }
    }
}

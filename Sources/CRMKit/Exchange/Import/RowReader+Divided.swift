extension RowReader {
    /// A row in which each cell has one value; `nil` for one that has no other. Google puts the values of one kind into one
    /// cell, `Acme ::: Beta`: where a field holds one alone, that is the first.
    func divided(_ row: InputRow, _ plan: RowPlan) -> InputRow? {
        guard row.mayHoldColon, pieces != nil, row.hasOnlyCells, !plan.isExport else { return nil }
        var divided: InputRow?
        for cell in plan.oneValueCells {
            guard let text = row.texts[cell], text.utf8.contains(UInt8(ascii: ":")),
                let values = RowPieces.divided(text)?.filter({ !$0.isEmpty })
            else { continue }
            divided = (divided ?? row).taking(values, at: cell)
        }
        return divided
    }

    /// What stands behind the first value of a cell goes to the description, under the name of its column.
    func noteDivided(_ row: InputRow, in reading: inout RowReading) {
        guard !row.further.isEmpty, let position = module.position(of: "description") else { return }
        for (cell, text) in row.further {
            reading.further.append((position, .note(called: row.names[cell], place: nil), text, cell))
        }
    }
}

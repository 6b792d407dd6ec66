extension RowReader {
    /// Returns a row with only the first value of each cell whose field holds a single value; `nil` if no cell has
    /// several. Google writes all values of a kind into one cell: `Acme ::: Beta`.
    func divided(_ row: InputRow, _ plan: RowPlan) -> InputRow? {
        guard row.mayHoldColon, pieces != nil, row.hasOnlyCells, plan.author != .export else { return nil }
        var divided: InputRow?
        for cell in plan.oneValueCells {
            guard let text = row.texts[cell], text.utf8.contains(UInt8(ascii: ":")),
                let values = RowPieces.divided(text)?.filter({ !$0.isEmpty })
            else { continue }
            divided = (divided ?? row).taking(values, at: cell)
        }
        return divided
    }

    /// Adds the values after the first one of a cell to the description, with the name of their column.
    func noteDivided(_ row: InputRow, in reading: inout RowReading) {
        guard !row.further.isEmpty, let position = module.position(of: "description") else { return }
        for (cell, text) in row.further {
            reading.further.append((position, .note(called: row.names[cell], place: nil), text, cell))
        }
    }
}

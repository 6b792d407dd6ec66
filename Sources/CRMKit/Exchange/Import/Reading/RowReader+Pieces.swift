extension RowReader {
    /// Reads cells that contain only a piece of a value, such as the street of an address.
    func readPieces(_ reading: inout RowReading, row: InputRow, _ plan: RowPlan) throws {
        try readSpares(&reading, row: row, plan)
        guard let pieces else { return }
        let (fields, rest) = pieces.fields(of: reading.pieces)
        for (key, cell) in fields {
            guard let position = module.position(of: key) else { continue }
            do {
                try give(try value(cell.text, at: position), position, cell: cell.index, to: &reading)
            } catch {
                try note(error, row: row, cell: cell.index, plan, in: &reading)
            }
        }
        var faults: [(any Error, Int)] = []
        reading.ready = try pieces.ready(rest) { error, cell in faults.append((error, cell.index)) }
        reading.told += reading.ready.told
        for (error, cell) in faults { try note(error, row: row, cell: cell, plan, in: &reading) }
    }

    /// Stores texts in the first empty one of several fields.
    private func readSpares(_ reading: inout RowReading, row: InputRow, _ plan: RowPlan) throws {
        for (fields, cell) in reading.pieces.spares {
            let placed = RowPieces.placing(cell.text, in: fields) { key in
                reading.given.first { module.fields[$0.position].key == key && !$0.value.isNull }?.value.text
            }
            guard let placed, let position = module.position(of: placed.field) else { continue }
            do {
                let value = try value(placed.text, at: position)
                reading.given.removeAll { $0.position == position }
                reading.given.append(RowReading.Given(position: position, value: value, cell: cell.index))
            } catch {
                try note(error, row: row, cell: cell.index, plan, in: &reading)
            }
        }
    }
}

extension RowReader {
    /// Assigns further values of fields. When the field's own column is empty, the value becomes the field's; a
    /// repeated value is dropped.
    ///
    /// - Throws: errors that are not the row's fault; unacceptable cells are among the reading's problems.
    func readFurther(_ reading: inout RowReading, row: InputRow, _ plan: RowPlan) throws {
        for (position, further, text, cell) in reading.further.sorted(by: { $0.value.place < $1.value.place }) {
            do {
                let value = try value(text, at: position)
                guard let index = reading.given.firstIndex(where: { $0.position == position && !$0.value.isNull })
                else {
                    try give(value, position, cell: cell, to: &reading)
                    continue
                }
                let present = reading.given[index].value
                if says(value, present, at: position) { continue }
                switch further {
                case .text(let joint):
                    let texts = [present, value].compactMap(\.text)
                    guard texts.count == 2 else { continue }
                    let whole = Value.text(joint.joined(texts[0], texts[1]))
                    reading.given[index] = RowReading.Given(position: position, value: whole, cell: cell)
                case .row(let part, let kind, let label):
                    let told = value.text ?? text
                    if let rows = try parts.read(further: told, called: label, of: kind, in: part, cell: cell) {
                        reading.rows.append(rows)
                    }
                }
            } catch {
                try note(error, row: row, cell: cell, plan, in: &reading)
            }
        }
    }

    /// Whether two values are one, however they are spelled.
    private func says(_ value: Value, _ other: Value, at position: Int) -> Bool {
        guard value != other, let text = value.text, let present = other.text else { return value == other }
        func key(_ text: String) -> String {
            module.fields[position].type.matchKey(for: text, country: context.country)
        }
        return key(text) == key(present)
    }
}

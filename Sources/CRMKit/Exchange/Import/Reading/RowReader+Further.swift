extension RowReader {
    /// Assigns further values of fields. When the field's own column is empty, the value becomes the field's; a
    /// repeated value is dropped.
    ///
    /// - Throws: errors that are not the row's fault; unacceptable cells are among the reading's problems.
    func readFurther(_ reading: inout RowReading, row: InputRow, _ plan: RowPlan) throws {
        var names: [String: String] = [:]
        try readTitles(&reading)
        for (position, further, text, cell) in reading.further.sorted(by: { $0.value.place < $1.value.place }) {
            if further.isOwn { continue }
            if case .noteName(let place) = further {
                // Google marks its predefined names with an asterisk.
                names[place] = text.hasPrefix("* ") ? String(text.dropFirst(2)) : text
                continue
            }
            do {
                if case .labelled(let part, let kind, let label) = further {
                    let rows = try parts.read(further: text, called: label, of: kind, in: part, cell: cell)
                    if let rows { reading.rows.append(rows) }
                    continue
                }
                if further.isNote, CellRules.isNoDay(text) { continue }
                let value = try value(further.worded(text, names: names), at: position)
                guard let index = reading.given.firstIndex(where: { $0.position == position && !$0.value.isNull })
                else {
                    try give(value, position, cell: cell, to: &reading)
                    continue
                }
                let present = reading.given[index].value
                if says(value, present, at: position) { continue }
                switch further {
                case .text(let joint): join(value, by: joint, to: &reading, at: index, cell: cell)
                case .note: join(value, by: .line, to: &reading, at: index, cell: cell)
                case .noteName, .titles, .labelled: continue
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

    /// Reads the forms of address in columns of other programs, in which people write what they like. What the field
    /// cannot hold is noted.
    private func readTitles(_ reading: inout RowReading) throws(ValueError) {
        guard let names, let note = module.position(of: "description") else { return }
        for (position, further, text, cell) in reading.further {
            guard case .titles(let called) = further, !Placeholders.isNothing(text) else { continue }
            let isGiven = reading.given.contains { $0.position == position && !$0.value.isNull }
            if !isGiven, let choice = names.fields.salutation(ofPrefix: text, in: module) {
                try give(.text(choice.key), position, cell: cell, to: &reading)
            }
            if isGiven || names.fields.salutation(text, in: module) == nil {
                reading.further.append((note, .note(called: called, place: nil), text, cell))
            }
        }
    }

    private func join(
        _ value: Value,
        by joint: TextJoint,
        to reading: inout RowReading,
        at index: Int,
        cell: Int
    ) {
        let given = reading.given[index]
        guard let present = given.value.text, let text = value.text else { return }
        let whole = Value.text(joint.joined(present, text))
        reading.given[index] = RowReading.Given(position: given.position, value: whole, cell: cell)
    }

    /// Whether two values are the same, however they are spelled.
    private func says(_ value: Value, _ other: Value, at position: Int) -> Bool {
        guard value != other, let text = value.text, let present = other.text else { return value == other }
        func key(_ text: String) -> String {
            module.fields[position].type.matchKey(for: text, country: context.country)
        }
        return key(text) == key(present)
    }
}

extension FurtherValue {
    /// Returns the value to store for the text of a cell: a note is preceded by its name.
    ///
    /// - Parameter names: the names that columns give to notes, by their places.
    fileprivate func worded(_ text: String, names: [String: String]) -> String {
        guard case .note(let called, let place) = self else { return text }
        return "\(place.flatMap { names[$0] } ?? called): \(Self.withoutModule(text.trimmed))"
    }

    /// Returns the name of a record without its module, as vtiger writes both: `Accounts::::Acme`.
    private static func withoutModule(_ text: String) -> String {
        guard let name = ReferenceResolver.name(inExport: text),
            text.dropLast(name.count).allSatisfy({ $0.isLetter || $0 == ":" })
        else { return text }
        return name
    }
}

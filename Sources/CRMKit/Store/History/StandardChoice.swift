import SQLite

/// Changes of a file to the program's own choices are kept as records. For people, such a record is a change of the
/// choice, and not a new one.
extension Store {
    /// The program's choice as such a record would have it.
    ///
    /// - Returns: `nil` for what is no such record.
    func standardChoice(of event: RowEvent, in table: LoggedRows) -> RowImage? {
        guard table.name == Module.choiceDefinition.table, let rows = event.image["module_name"]?.text,
            let field = event.image["field"]?.text, let key = event.image["key"]?.text,
            let choices = standard.field(field, of: DefinedRows(name: rows))?.type.choices,
            let choice = choices.first(where: { $0.key == key })
        else { return nil }
        return RowImage([
            "label_en": .text(choice.label.en), "label_es": .text(choice.label.es), "place": .null,
            "probability": choice.percent.map { .integer($0 * 10_000) } ?? .null, "retired": .integer(0),
        ])
    }

    /// The event as a person reads it; `nil` where nothing differs from the choice that the program brings.
    func choiceEvent(_ event: RowEvent, _ standard: RowImage, in table: LoggedRows) throws -> RecordEvent? {
        // A record is silent on what is as the program has it.
        func read(_ image: RowImage) -> RowImage {
            var values = image.values.filter { standard[$0.key] != nil }
            for (column, value) in values where value.isNull { values[column] = standard[column] }
            return RowImage(values)
        }
        let changes =
            switch event.action {
            case .created, .restored: try fieldChanges(from: standard, to: read(event.image), in: table)
            case .updated(let before): try fieldChanges(from: read(before), to: read(event.image), in: table)
            case .deleted, .erased: try fieldChanges(from: read(event.image), to: standard, in: table)
            }
        return changes.isEmpty ? nil : .updated(changes)
    }
}

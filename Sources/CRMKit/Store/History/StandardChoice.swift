import SQLite

/// A file stores its changes to the program's own choices as records. To users, creating such a record is a change of
/// the choice and not a new record.
extension Store {
    /// Returns the program's choice in the form of such a record.
    ///
    /// - Returns: `nil` if the row is not such a record.
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

    /// Returns the event as a change of the choice; `nil` if nothing differs from the program's choice.
    func choiceEvent(_ event: RowEvent, _ standard: RowImage, in table: LoggedRows) throws -> RecordEvent? {
        // Empty columns of such a record stand for the program's values.
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

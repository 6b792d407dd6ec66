/// The history of the fields that the file has added. It is read once for each field, however many rows ask for it.
final class FieldDefinitions {
    private let store: Store
    /// The events of the definitions that were asked for, newest first, by the name of the definition; empty for one that
    /// the file no longer has.
    private var events: [String: [RowEvent]] = [:]

    init(in store: Store) { self.store = store }

    /// Whether a field was there when a change set was made. The rows of before hold the default of one that the file
    /// has added since.
    func had(_ field: Field, of table: LoggedRows, at changeSet: Int64) throws -> Bool {
        guard field.traits.contains(.custom), let rows = table.table?.definedRows,
            let name = store.definitions.field(field.key, of: rows)?.name
        else { return true }
        let events = try events(ofDefinition: name)
        if let last = events.first(where: { $0.changeSet <= changeSet }) { return !last.isDeletion }
        // A history that was pruned may no longer tell when the field was added.
        return events.last?.makesRow != true
    }

    private func events(ofDefinition name: String) throws -> [RowEvent] {
        if let known = events[name] { return known }
        let id = try store.id(ofDefinition: name, in: .fieldDefinition)
        let read = try id.map { try store.rowEvents(of: $0, in: .table(Table(Module.fieldDefinition))) } ?? []
        events[name] = read
        return read
    }
}

import Localization
import SQLite

/// The fields of the file's own that have gone since a change set, or hold something else by now: what a row had in them
/// then cannot come back.
struct LostFields {
    /// A row has a value that would be lost.
    struct Loss: Error {
        let key: String
        let value: Value
        /// The change set that took the field away.
        let removal: Int64

        /// Returns the message about a row.
        ///
        /// - Parameter row: the name of the row in the message.
        func words(_ row: Text) -> Text {
            let value = value.text ?? value.integer.map(String.init) ?? ""
            return Text(
                en: "\(row.en) had \"\(value)\" in \(key), a field that change set \(removal) removed",
                es: "\(row.es) llevaba «\(value)» en \(key), un campo que quitó el conjunto de cambios \(removal)"
            )
        }
    }

    /// The change sets that took the fields away, by their keys, by their tables.
    private var removals: [String: [String: Int64]] = [:]

    /// No lost fields.
    init() {}

    /// The fields removed after a change set.
    init(since changeSet: Int64, in store: Store) throws {
        guard try FileHeader(reading: store.database).definitions > 0 else { return }
        let removed = try store.database.all(
            """
            SELECT "change_set", "before", "record" FROM "change" \
            WHERE "table_name" = ? AND "action" = ? AND "change_set" > ? ORDER BY "id"
            """,
            [.text(Module.fieldDefinition.table), .text(ChangeLog.Action.delete.rawValue), .integer(changeSet)]
        )
        var seen: Set<String> = []
        for row in removed {
            guard let removal = row[0].integer, let json = row[1].text else { continue }
            let before = try RowImage(json: json)
            guard let name = before["module_name"]?.text, let key = before["key"]?.text, let id = row[2].integer
            else { continue }
            // No row had a value then in a field that was added later.
            let addition = try store.creator(of: id, in: .table(Table(Module.fieldDefinition)))
            if let addition, addition > changeSet { continue }
            // The first to go is the one of which rows had values then.
            guard seen.insert("\(name).\(key)").inserted else { continue }
            let rows = DefinedRows(name: name)
            let present = store.definitions.field(key, of: rows)
            if present?.type.name == before["type"]?.text { continue }
            guard let table = store.registry.table(of: rows) else { continue }
            removals[table.name, default: [:]][key] = removal
        }
    }

    /// Whether rows of a table can have had any.
    func concern(_ table: Table) -> Bool { removals[table.name] != nil }

    /// - Throws: ``Loss`` if a row had a value in a removed field.
    func check(_ image: RowImage, in table: Table) throws {
        guard let fields = removals[table.name] else { return }
        for (key, removal) in fields.sorted(by: { $0.key < $1.key }) {
            guard let value = image[key], !value.isNull else { continue }
            throw Loss(key: key, value: value, removal: removal)
        }
    }
}

import Localization
import SQLite

/// The custom fields that were removed since a change set, or have another type by now. Their earlier values cannot be
/// restored.
struct LostFields {
    /// The error that a row has a value which would be lost.
    struct Loss: Error {
        let key: String
        let value: Value
        /// The change set that removed the field.
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

    /// The change sets that removed the fields, by table name and field key.
    private var removals: [String: [String: Int64]] = [:]

    /// No lost fields.
    init() {}

    /// Creates the fields that were removed after a change set.
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
            // A field that was added after the change set had no values at that time.
            let addition = try store.creator(of: id, in: .table(Table(Module.fieldDefinition)))
            if let addition, addition > changeSet { continue }
            // The field removed first under a key is the one that had values at that time.
            guard seen.insert("\(name).\(key)").inserted else { continue }
            let rows = DefinedRows(name: name)
            let present = store.definitions.field(key, of: rows)
            if present?.type.name == before["type"]?.text { continue }
            guard let table = store.registry.table(of: rows) else { continue }
            removals[table.name, default: [:]][key] = removal
        }
    }

    /// Whether any field of a table is lost.
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

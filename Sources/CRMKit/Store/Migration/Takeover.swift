import Localization
import SQLite

/// The treatment of custom fields when a later version of the program brings fields with the same keys: a custom field
/// of the same type becomes the program's, with its values; another one is renamed to `KEY_custom`.
struct Takeover {
    let database: Database
    /// The modules of the later version.
    let standard: Registry

    /// - Returns: the messages for the user.
    func run(_ definitions: Definitions) throws -> [Text] {
        try definitions.fields.compactMap { field in
            guard let table = standard.table(of: field.rows) else { return nil }
            let name = "\(field.rows.noun).\(field.key)"
            guard let rival = rival(of: field, in: table) else {
                guard table.holdsRecords, table.module.calls(aPart: field.key) else { return nil }
                let key = try rename(field, in: table, definitions)
                return Text(
                    en: "the program has rows that are called \(field.key) now: \(name) is called \(key)",
                    es: "el programa tiene ahora filas que se llaman \(field.key): \(name) se llama \(key)"
                )
            }
            if rival.key == field.key, rival.type.agrees(with: field.type.fieldType(offering: [])) {
                try giveUp(field, to: rival, of: table)
                return Text(
                    en: "\(name) comes with the program now, and keeps its values",
                    es: "\(name) viene ahora con el programa y conserva sus valores"
                )
            }
            let key = try rename(field, in: table, definitions)
            return Text(
                en: "the program has a field \(rival.key) of its own now: \(name) is called \(key)",
                es: "el programa tiene ahora un campo \(rival.key) propio: \(name) se llama \(key)"
            )
        }
    }

    /// The field of the program that has the key, or a column, of one that the file has added.
    private func rival(of field: FieldDefinition, in table: Table) -> Field? {
        let columns = Set(field.field(offering: []).allColumns)
        let fields = table.holdsRecords ? table.module.fields : table.fields
        return fields.first { $0.key == field.key || !columns.isDisjoint(with: $0.allColumns) }
    }

    private func giveUp(_ field: FieldDefinition, to rival: Field, of table: Table) throws {
        try database.run(
            """
            DELETE FROM \(ModuleName.fieldDefinition.rawValue.quotedIdentifier) \
            WHERE "module_name" = ? AND "key" = ?
            """,
            [.text(field.rows.key), .text(field.key)]
        )
        guard !rival.defaultValue.isNull else { return }
        let column = rival.key.quotedIdentifier
        try database.run(
            "UPDATE \(table.name.quotedIdentifier) SET \(column) = ? WHERE \(column) IS NULL",
            [rival.defaultValue]
        )
    }

    /// - Returns: the new key.
    private func rename(_ field: FieldDefinition, in table: Table, _ definitions: Definitions) throws -> String {
        let former = field.field(offering: [])
        var key = "\(field.key)_custom"
        var number = 1
        while definitions.field(key, of: field.rows) != nil || table.fields.contains(where: { $0.key == key }) {
            number += 1
            key = "\(field.key)_custom\(number)"
        }
        let present = former.called(key)
        for (old, new) in zip(former.allColumns, present.allColumns) {
            try database.renameColumn(old, to: new, of: table.name)
        }
        try database.run(
            """
            UPDATE \(ModuleName.fieldDefinition.rawValue.quotedIdentifier) \
            SET "key" = ?1, "external_id" = ?2, "name" = ?2, "name_match" = ?3 WHERE "module_name" = ?4 AND "key" = ?5
            """,
            [
                .text(key), .text("\(field.rows.key).\(key)"),
                .text(FieldType.text.matchKey(for: "\(field.rows.key).\(key)", country: nil)),
                .text(field.rows.key), .text(field.key),
            ]
        )
        for choice in definitions.choices where choice.rows == field.rows && choice.field == field.key {
            let name = "\(field.rows.key).\(key).\(choice.key)"
            try database.run(
                """
                UPDATE \(ModuleName.choiceDefinition.rawValue.quotedIdentifier) \
                SET "field" = ?1, "external_id" = ?2, "name" = ?2, "name_match" = ?3 \
                WHERE "module_name" = ?4 AND "field" = ?5 AND "key" = ?6
                """,
                [
                    .text(key), .text(name), .text(FieldType.text.matchKey(for: name, country: nil)),
                    .text(field.rows.key), .text(field.key), .text(choice.key),
                ]
            )
        }
        return key
    }
}

extension FieldType {
    /// Whether values of another type mean the same as stored here.
    fileprivate func agrees(with other: FieldType) -> Bool {
        switch (self, other) {
        case (.choice, .choice), (.integer, .integer): true
        default: self == other
        }
    }
}

extension Field {
    /// The field under another key.
    fileprivate func called(_ key: String) -> Field {
        Field(key, type, label: label, traits: traits, default: defaultValue)
    }
}

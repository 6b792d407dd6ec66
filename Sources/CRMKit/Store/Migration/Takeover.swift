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
            fragment: RowStatements(ModuleName.fieldDefinition.rawValue).delete(where: Self.isNamed(field))
        )
        guard !rival.defaultValue.isNull else { return }
        let column = SQLFragment.name(rival.key)
        try database.run(
            fragment: RowStatements(table.name).update(
                ["\(column) = \(bind: rival.defaultValue)"],
                where: "\(column) IS NULL"
            )
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
            fragment: RowStatements(ModuleName.fieldDefinition.rawValue).update(
                ["\"key\" = \(bind: .text(key))"] + Self.naming("\(field.rows.key).\(key)"),
                where: Self.isNamed(field)
            )
        )
        for choice in definitions.choices where choice.rows == field.rows && choice.field == field.key {
            try database.run(
                fragment: RowStatements(ModuleName.choiceDefinition.rawValue).update(
                    ["\"field\" = \(bind: .text(key))"] + Self.naming("\(field.rows.key).\(key).\(choice.key)"),
                    where: """
                        "module_name" = \(bind: .text(field.rows.key)) AND "field" = \(bind: .text(field.key)) \
                        AND "key" = \(bind: .text(choice.key))
                        """
                )
            )
        }
        return key
    }

    /// The condition that a row is the definition of a field.
    private static func isNamed(_ field: FieldDefinition) -> SQLFragment {
        "\"module_name\" = \(bind: .text(field.rows.key)) AND \"key\" = \(bind: .text(field.key))"
    }

    /// Assigns a definition its name.
    private static func naming(_ name: String) -> [SQLFragment] {
        let key = FieldType.text.matchKey(for: name, country: nil)
        return [
            "\"external_id\" = \(bind: .text(name))", "\"name\" = \(bind: .text(name))",
            "\"name_match\" = \(bind: .text(key))",
        ]
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

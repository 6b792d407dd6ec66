import Localization
import SQLite

/// What becomes of the fields that a file has added when a later version of the program brings fields of the same keys:
/// one of the same type becomes the program's, with its values; another gives its key away and goes on as `KEY_custom`.
struct Takeover {
    let database: Database
    /// The modules of the later version.
    let standard: Registry

    /// - Returns: what was done, for the user.
    func run(_ definitions: Definitions) throws -> [Text] {
        try definitions.fields.compactMap { field in
            guard let module = standard.find(field.module), let rival = rival(of: field, in: module) else { return nil }
            let name = "\(field.module.noun).\(field.key)"
            if rival.key == field.key, rival.type.agrees(with: field.type.fieldType(offering: [])) {
                try giveUp(field, to: rival, of: module)
                return Text(
                    en: "\(name) comes with the program now, and keeps its values",
                    es: "\(name) viene ahora con el programa y conserva sus valores"
                )
            }
            let key = try rename(field, in: module, definitions)
            return Text(
                en: "the program has a field \(rival.key) of its own now: \(name) is called \(key)",
                es: "el programa tiene ahora un campo \(rival.key) propio: \(name) se llama \(key)"
            )
        }
    }

    /// The field of the program that has the key, or a column, of one that the file has added.
    private func rival(of field: FieldDefinition, in module: Module) -> Field? {
        let columns = Set(field.field(offering: []).allColumns)
        return module.fields.first { $0.key == field.key || !columns.isDisjoint(with: $0.allColumns) }
    }

    private func giveUp(_ field: FieldDefinition, to rival: Field, of module: Module) throws {
        try database.run(
            """
            DELETE FROM \(ModuleName.fieldDefinition.rawValue.quotedIdentifier) \
            WHERE "module_name" = ? AND "key" = ?
            """,
            [.text(field.module.rawValue), .text(field.key)]
        )
        guard !rival.defaultValue.isNull else { return }
        let column = rival.key.quotedIdentifier
        try database.run(
            "UPDATE \(module.table.quotedIdentifier) SET \(column) = ? WHERE \(column) IS NULL",
            [rival.defaultValue]
        )
    }

    /// - Returns: the new key.
    private func rename(_ field: FieldDefinition, in module: Module, _ definitions: Definitions) throws -> String {
        let former = field.field(offering: [])
        var key = "\(field.key)_custom"
        var number = 1
        while definitions.field(key, of: field.module) != nil || module.field(key) != nil {
            number += 1
            key = "\(field.key)_custom\(number)"
        }
        let present = former.called(key)
        for (old, new) in zip(former.allColumns, present.allColumns) {
            try database.renameColumn(old, to: new, of: module.table)
        }
        try database.run(
            """
            UPDATE \(ModuleName.fieldDefinition.rawValue.quotedIdentifier) \
            SET "key" = ?1, "external_id" = ?2, "name" = ?2, "name_match" = ?3 WHERE "module_name" = ?4 AND "key" = ?5
            """,
            [
                .text(key), .text("\(field.module.rawValue).\(key)"),
                .text(FieldType.text.matchKey(for: "\(field.module.rawValue).\(key)", country: nil)),
                .text(field.module.rawValue), .text(field.key),
            ]
        )
        for choice in definitions.choices where choice.module == field.module && choice.field == field.key {
            let name = "\(field.module.rawValue).\(key).\(choice.key)"
            try database.run(
                """
                UPDATE \(ModuleName.choiceDefinition.rawValue.quotedIdentifier) \
                SET "field" = ?1, "external_id" = ?2, "name" = ?2, "name_match" = ?3 \
                WHERE "module_name" = ?4 AND "field" = ?5 AND "key" = ?6
                """,
                [
                    .text(key), .text(name), .text(FieldType.text.matchKey(for: name, country: nil)),
                    .text(field.module.rawValue), .text(field.key), .text(choice.key),
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

import Localization
import SQLite

extension Transaction {
    /// Brings tables, header and registry in line with the definitions that the file now holds: columns of new fields
    /// are added and filled, those of fields that are no more are dropped.
    ///
    /// - Throws: ``CRMError`` `invalid` for definitions that cannot be; `conflict` where records have a value in a field
    ///   that would go.
    func settleDefinitions() throws {
        let database = store.database
        let present = try Definitions(reading: database)
        try DefinitionCheck(registry: store.standard).check(present)
        let registry = store.standard.extended(by: present)
        try store.definitions.refuseOtherTypes(in: present)
        let change = DefinitionChange(from: store.registry, to: registry, in: database)
        // SQLite changes no table that a statement is reading.
        store.forgetStatements()
        forgetWriters()
        try change.refuseLosses()
        try change.dropIndexes()
        try change.dropColumns()
        try Additions(database: database, schema: Schema(registry: registry), country: values.country).make()
        try store.adopt(present)
        log.touchesDefinitions = false
    }
}

extension Definitions {
    /// A field holds what it holds for good.
    fileprivate func refuseOtherTypes(in present: Definitions) throws(CRMError) {
        for field in fields {
            let other = present.fields.first { $0.module == field.module && $0.key == field.key }
            guard let other, other.type != field.type else { continue }
            throw CRMError(
                .refused,
                Text(
                    en:
                        "\(field.module.noun).\(field.key) is of type \(field.type.name) and cannot become \(other.type.name)",
                    es:
                        "\(field.module.noun).\(field.key) es de tipo \(field.type.name) y no puede ser \(other.type.name)"
                ),
                hint: Text(
                    en: "add a field under another key",
                    es: "agregar un campo con otra clave"
                ),
                module: field.module
            )
        }
    }
}

/// What becomes of the tables when the definitions of a file change.
private struct DefinitionChange {
    private let database: Database
    private let former: Schema
    private let present: Schema
    /// The fields of records that are no more, by their modules.
    private let gone: [(module: Module, fields: [Field])]

    /// The choices that are no more, of fields that are.
    private let lostChoices: [(module: Module, field: String, key: String)]

    init(from former: Registry, to present: Registry, in database: Database) {
        self.database = database
        self.former = Schema(registry: former)
        self.present = Schema(registry: present)
        gone = former.names.compactMap { name in
            let kept = Dictionary(uniqueKeysWithValues: present[name].allFields.map { ($0.key, $0) })
            // A field of the same key and another type is another field.
            let fields = former[name].storedFields.filter { field in
                guard field.traits.contains(.custom) || field.type == .currency else { return false }
                return kept[field.key].map {
                    $0.type.sqlType != field.type.sqlType || $0.matchColumn != field.matchColumn
                }
                    ?? true
            }
            return fields.isEmpty ? nil : (former[name], fields)
        }
        var lost: [(module: Module, field: String, key: String)] = []
        for name in former.names {
            for field in former[name].allFields where !field.type.choices.isEmpty {
                guard let other = present[name].allFields.first(where: { $0.key == field.key }) else { continue }
                let kept = Set(other.type.choices.map(\.key))
                for choice in field.type.choices where !kept.contains(choice.key) {
                    lost.append((former[name], field.key, choice.key))
                }
            }
        }
        lostChoices = lost
    }

    /// Values are never lost by the way.
    func refuseLosses() throws {
        try refuseLostChoices()
        for (module, fields) in gone {
            for field in fields where field.traits.contains(.custom) {
                let column = field.key.quotedIdentifier
                let count =
                    try database.scalar(
                        """
                        SELECT count(*) FROM \(module.table.quotedIdentifier) \
                        WHERE \(column) IS NOT NULL AND \(column) IS NOT ?
                        """,
                        [field.defaultValue]
                    )?.integer ?? 0
                guard count == 0 else { throw Self.loss(of: field, in: module, count) }
            }
        }
    }

    /// A choice stays as long as a record has it.
    private func refuseLostChoices() throws {
        for (module, field, key) in lostChoices {
            let count =
                try database.scalar(
                    "SELECT count(*) FROM \(module.table.quotedIdentifier) WHERE \(field.quotedIdentifier) = ?",
                    [.text(key)]
                )?.integer ?? 0
            guard count == 0 else {
                throw CRMError(
                    .conflict,
                    Text(
                        en: "\(count) of the \(module.several.en) have \(field) \(key)",
                        es: "\(count) de \(module.several.es) tienen \(key) en \(field)"
                    ),
                    hint: Text(
                        en: "a choice that is in use can be retired: "
                            + "\(ProgramName.placeholder) choice retire \(module.name).\(field) \(key)",
                        es: "una opción en uso se puede retirar: "
                            + "\(ProgramName.placeholder) choice retire \(module.name).\(field) \(key)"
                    ),
                    module: module.name
                )
            }
        }
    }

    private static func loss(of field: Field, in module: Module, _ count: Int64) -> CRMError {
        CRMError(
            .conflict,
            Text(
                en: "\(count) of the \(module.several.en) have a value in \(field.key), which would be lost",
                es: "se perdería el valor de \(field.key) en \(count) de \(module.several.es)"
            ),
            hint: Text(
                en: "hide the field with: \(ProgramName.placeholder) field remove \(module.name) \(field.key); "
                    + "with --purge its values go too",
                es: "ocultar el campo con: \(ProgramName.placeholder) field remove \(module.name) \(field.key); "
                    + "con --purge se van también sus valores"
            ),
            module: module.name
        )
    }

    func dropIndexes() throws {
        let kept = Set(present.objects.map(\.name))
        for index in former.objects where index.isIndex && !kept.contains(index.name) {
            try database.execute("DROP INDEX IF EXISTS \(index.name.quotedIdentifier)")
        }
    }

    func dropColumns() throws {
        for (module, fields) in gone {
            for column in fields.flatMap(\.allColumns) {
                try database.execute(
                    "ALTER TABLE \(module.table.quotedIdentifier) DROP COLUMN \(column.quotedIdentifier)"
                )
            }
        }
    }
}

extension Store {
    /// Takes over definitions that have changed within the present transaction, and counts the change, so that other
    /// processes see it.
    fileprivate func adopt(_ definitions: Definitions) throws {
        let header = try FileHeader(reading: database)
        try FileHeader.write(version: header.version, definitions: header.definitions + 1, to: database)
        adopt(definitions, try FileHeader(reading: database))
    }
}

import Localization
import SQLite

extension Transaction {
    /// Adapts the tables, the header and the registry to the definitions in the file. Columns of new fields are added
    /// and filled; those of removed fields are dropped.
    ///
    /// Records that lack a value which is required from now on get its default. The history records this like any
    /// change.
    ///
    /// - Parameter allowsMissing: whether records may lack a required value without a default. The caller must check
    ///   for them then.
    /// - Throws: ``CRMError`` `invalid` for invalid definitions; `refused` if records would lack a required value, a
    ///   field would change its type, or numbers that become unique are repeated; `conflict` if records have a value in
    ///   a field, or have a choice, that would be removed.
    func settleDefinitions(allowsMissing: Bool = false) throws {
        let database = store.database
        let former = store.definitions
        let present = try Definitions(reading: database)
        try DefinitionCheck(registry: store.standard, values: values).check(present, after: former)
        let registry = store.standard.extended(by: present)
        try former.refuseOtherTypes(in: present)
        let change = DefinitionChange(from: store.registry, to: registry, isUndo: log.isUndo, in: database)
        // SQLite does not change a table while a statement reads it.
        store.forgetStatements()
        forgetWriters()
        let formerRegistry = store.registry
        try change.refuseLosses()
        try change.refuseDoubles()
        try change.dropIndexes()
        try change.dropColumns()
        try Additions(database: database, schema: Schema(registry: registry), country: values.country).make()
        try store.adopt(present)
        try keepMeaning(ofViewsSince: formerRegistry)
        // What an undo brings back, it brings back with its numbers, days and moments.
        if !allowsMissing {
            for field in present.fields where former.field(field.key, of: field.rows) == nil {
                try giveDefault(of: field)
            }
        }
        for field in present.fields
        where field.isDemanding && former.field(field.key, of: field.rows)?.isDemanding != true {
            try complete(field, removedBefore: former.field(field.key, of: field.rows)?.isHidden, allowsMissing)
        }
        log.touchesDefinitions = false
    }

    /// Sets records without a required value to the default, if there is one.
    ///
    /// - Parameter wasHidden: whether the field was removed before; `nil` for a new field.
    private func complete(_ definition: FieldDefinition, removedBefore wasHidden: Bool?, _ allowsMissing: Bool) throws {
        guard let (table, field) = seenField(of: definition) else { return }
        if field.isGivenAnew {
            if !allowsMissing { try giveDefault(of: field, in: table) }
        } else if field.hasDefault {
            try giveDefault(of: field, in: table)
        } else if !allowsMissing {
            let count = try store.database.scalar(
                """
                SELECT count(DISTINCT \(table.recordColumn.quotedIdentifier)) FROM \(table.name.quotedIdentifier) \
                WHERE \(field.key.quotedIdentifier) IS NULL
                """
            )
            guard let count = count?.integer, count > 0 else { return }
            throw definition.missing(in: table, count, wasHidden: wasHidden)
        }
    }
}

extension FieldDefinition {
    /// - Parameter wasHidden: `nil` for a field that is new.
    fileprivate func missing(in table: Table, _ count: Int64, wasHidden: Bool?) -> CRMError {
        let (program, module) = (ProgramName.placeholder, table.module)
        let condition = table.part.map { "has \($0.name)(\(key) is empty)" } ?? "\(key) is empty"
        let find = "\(program) \(module.name.noun) list --where '\(condition)'"
        let show = "\(program) field edit \(rows.noun) \(key) --no-hidden --no-required"
        let hint =
            switch wasHidden {
            case nil: Text(en: "give it a default: --default VALUE", es: "darle un valor por omisión: --default VALOR")
            case false:
                Text(
                    en: "fill them, found by: \(find); or give all the same: --default VALUE",
                    es: "llenarlos, se encuentran con: \(find); o dar a todos el mismo: --default VALOR"
                )
            case true:
                Text(
                    en: "bring it back without that: \(show); or give all the same: --default VALUE",
                    es: "recuperarlo sin eso: \(show); o dar a todos el mismo: --default VALOR"
                )
            }
        return CRMError(
            .refused,
            Text(
                en: "\(count) of the \(module.several.en) would be without \(table.path(to: key)), which is required",
                es: "faltaría \(table.path(to: key)), que es obligatorio, en \(module.spanish.counted(count))"
            ),
            hint: hint,
            module: module.name,
            reference: name
        )
    }
}

extension Definitions {
    /// Refuses definitions that change the type of a field.
    fileprivate func refuseOtherTypes(in present: Definitions) throws(CRMError) {
        for field in fields {
            let other = present.field(field.key, of: field.rows)
            guard let other, other.type != field.type else { continue }
            throw CRMError(
                .refused,
                Text(
                    en:
                        "\(field.rows.noun).\(field.key) is of type \(field.type.name) and cannot become \(other.type.name)",
                    es:
                        "\(field.rows.noun).\(field.key) es de tipo \(field.type.name) y no puede ser \(other.type.name)"
                ),
                hint: Text(
                    en: "add a field under another key",
                    es: "agregar un campo con otra clave"
                ),
                module: field.module,
                reference: field.name
            )
        }
    }
}

/// The changes to the tables when the definitions of a file change.
private struct DefinitionChange {
    private let database: Database
    private let former: Schema
    private let present: Schema
    /// Whether definitions are removed because the change set that added them is undone.
    private let isUndo: Bool
    /// The fields that are removed, by table.
    private let gone: [(table: Table, fields: [Field])]

    /// The choices that are removed from remaining fields, in every table that can have them.
    private let lostChoices: [(table: Table, field: String, key: String)]

    init(from former: Registry, to present: Registry, isUndo: Bool, in database: Database) {
        self.database = database
        self.isUndo = isUndo
        self.former = Schema(registry: former)
        self.present = Schema(registry: present)
        let others = Dictionary(uniqueKeysWithValues: present.tables.map { ($0.name, $0) })
        gone = former.tables.compactMap { table in
            let fields = others[table.name]?.fields ?? []
            let kept = Dictionary(uniqueKeysWithValues: fields.map { ($0.key, $0) })
            // A field with the same key and another type is a different field.
            let gone = table.fields.filter { field in
                guard field.traits.contains(.custom) || field.type == .currency else { return false }
                return kept[field.key].map {
                    $0.type.sqlType != field.type.sqlType || $0.matchColumn != field.matchColumn
                }
                    ?? true
            }
            return gone.isEmpty ? nil : (table, gone)
        }
        var lost: [(table: Table, field: String, key: String)] = []
        for table in former.tables {
            for field in table.fields where !field.type.choices.isEmpty {
                guard let other = others[table.name]?.fields.first(where: { $0.key == field.key }) else { continue }
                let kept = Set(other.type.choices.map(\.key))
                for choice in field.type.choices where !kept.contains(choice.key) {
                    lost.append((table, field.key, choice.key))
                }
            }
        }
        lostChoices = lost
    }

    /// Refuses to remove fields and choices that records use.
    func refuseLosses() throws {
        try refuseLostChoices()
        for (table, fields) in gone {
            for field in fields where field.traits.contains(.custom) {
                let column = field.key.quotedIdentifier
                let count =
                    try database.scalar(
                        """
                        SELECT count(DISTINCT \(table.recordColumn.quotedIdentifier)) FROM \(table.name.quotedIdentifier) \
                        WHERE \(column) IS NOT NULL AND \(column) IS NOT ?
                        """,
                        [field.defaultValue]
                    )?.integer ?? 0
                guard count == 0 else { throw loss(of: field, in: table, count) }
            }
        }
    }

    /// Refuses to make a field unique that has repeated values.
    func refuseDoubles() throws {
        for module in present.registry.modules {
            for field in module.allFields where field.traits.isSuperset(of: [.custom, .unique]) {
                let other = former.registry[module.name].allFields.first { $0.key == field.key }
                guard let other, !other.traits.contains(.unique) else { continue }
                let column = field.key.quotedIdentifier
                let double = try database.scalar(
                    """
                    SELECT \(column) FROM \(module.table.quotedIdentifier) WHERE \(column) IS NOT NULL \
                    GROUP BY 1 HAVING count(*) > 1 LIMIT 1
                    """
                )?.text
                guard let double else { continue }
                throw CRMError(
                    .refused,
                    Text(
                        en:
                            "several of the \(module.several.en) have the \(field.label.en) \"\(double)\", and numbers are unique",
                        es:
                            "\(module.spanish.theSeveral) repiten «\(double)» como \(field.label.es), y los números son únicos"
                    ),
                    hint: Text(
                        en: "give each its own first, or add another field",
                        es: "dar antes a cada registro el suyo, o agregar otro campo"
                    ),
                    module: module.name
                )
            }
        }
    }

    /// Refuses to remove a choice that a record has, or had in a tracked field.
    private func refuseLostChoices() throws {
        for (table, field, key) in lostChoices {
            let count =
                try database.scalar(
                    """
                    SELECT count(DISTINCT \(table.recordColumn.quotedIdentifier)) FROM \(table.name.quotedIdentifier) \
                    WHERE \(field.quotedIdentifier) = ?
                    """,
                    [.text(key)]
                )?.integer ?? 0
            guard count == 0 else { throw loss(of: key, from: field, in: table, count) }
        }
    }

    private func loss(of choice: String, from field: String, in table: Table, _ count: Int64) -> CRMError {
        let module = table.module
        let tracked = table.part?.tracked
        let rows = tracked == nil ? table.definedRows : DefinedRows(module.name)
        let retire = "\(ProgramName.placeholder) choice retire \(rows.noun).\(tracked ?? field) \(choice)"
        let field = tracked ?? table.path(to: field)
        return CRMError(
            .conflict,
            tracked == nil
                ? Text(
                    en: "\(count) of the \(module.several.en) have \(field) \(choice)",
                    es: "\(field) es \(choice) en \(module.spanish.counted(count))"
                )
                : Text(
                    en: "\(count) of the \(module.several.en) have, or once had, \(field) \(choice)",
                    es: "\(field) es o fue \(choice) en \(module.spanish.counted(count))"
                ),
            hint: isUndo
                ? Text(
                    en: "\(Self.undoOthersFirst.en); or keep it, and retire it: \(retire)",
                    es: "\(Self.undoOthersFirst.es); o conservarla, y retirarla: \(retire)"
                )
                : Text(
                    en: "a choice that is in use can be retired: \(retire)",
                    es: "una opción en uso se puede retirar: \(retire)"
                ),
            module: module.name
        )
    }

    private func loss(of field: Field, in table: Table, _ count: Int64) -> CRMError {
        let (module, path) = (table.module, table.path(to: field.key))
        let removal = "\(ProgramName.placeholder) field remove \(table.definedRows.noun) \(field.key)"
        return CRMError(
            .conflict,
            Text(
                en: "\(count) of the \(module.several.en) have a value in \(path), which would be lost",
                es: "se perdería el valor de \(path) en \(module.spanish.counted(count))"
            ),
            hint: isUndo
                ? Self.undoOthersFirst
                : Text(
                    en: "hide the field with: \(removal); with --purge its values go too",
                    es: "ocultar el campo con: \(removal); con --purge se van también sus valores"
                ),
            module: module.name
        )
    }

    /// What to do so that the undo can proceed. Hiding or retiring what the change set added is not enough, since that
    /// is itself a later change.
    private static let undoOthersFirst = Text(
        en: "undo what gave it to them first, or take it from them; \(ProgramName.placeholder) log shows it",
        es: "deshacer antes lo que se lo dio, o quitárselo; \(ProgramName.placeholder) log lo muestra"
    )

    func dropIndexes() throws {
        let kept = Set(present.objects.map(\.name))
        for index in former.objects where index.isIndex && !kept.contains(index.name) {
            try database.execute("DROP INDEX IF EXISTS \(index.name.quotedIdentifier)")
        }
    }

    func dropColumns() throws {
        for (table, fields) in gone {
            for field in fields {
                for column in field.allColumns {
                    try database.execute(
                        "ALTER TABLE \(table.name.quotedIdentifier) DROP COLUMN \(column.quotedIdentifier)"
                    )
                }
                try database.removeFromHistory(field.key, field.defaultValue, of: table.name)
            }
        }
    }
}

extension Store {
    /// Adopts definitions changed within the present transaction, and increments their count in the header so that
    /// other processes notice.
    fileprivate func adopt(_ definitions: Definitions) throws {
        let header = try FileHeader(reading: database)
        try FileHeader.write(version: header.version, definitions: header.definitions + 1, to: database)
        adopt(definitions, try FileHeader(reading: database))
    }
}

extension Table {
    /// The column with the id of the module's record that a row is or belongs to.
    fileprivate var recordColumn: String { owners.isEmpty ? "id" : module.name.rawValue }
}

import Localization
import SQLite

/// A field of one row of a table.
struct FieldOfRow: Hashable {
    let table: String
    let id: Int64
    let field: String
}

/// The values in a salvaged file that differ from those in the damaged file.
struct ChangedValues {
    private static let mostTold = 100

    /// The numbers of changed values, by table.
    private(set) var counts: [String: Int] = [:]
    /// The messages about the first changed values.
    private(set) var told: [Finding] = []

    fileprivate mutating func append(_ finding: Finding, in table: String) {
        counts[table, default: 0] += 1
        if told.count < Self.mostTold { told.append(finding) }
    }
}

extension SalvageRepair {
    /// Reports a value that could not be copied, and sets a required field to a substitute. A value that a link also
    /// contains is not lost.
    mutating func settle(_ value: ChangedValue) throws {
        guard let table = store.tables.first(where: { $0.name == value.table }),
            let field = table.fields.first(where: { $0.columns.contains(value.column) })
        else { return changedValues.append(finding(of: value, in: nil, isFilled: false), in: value.table) }
        if let record = try mirrored(field, of: table, id: value.id) {
            return try write(record, into: field, of: table, id: value.id)
        }
        // What is left of a damaged choice is none.
        if case .blob? = value.former, !field.type.choices.isEmpty {
            return try replaceChoice(value, of: field, in: table)
        }
        let isFilled = value.isRequired || field.type.form == .boolean
        changedValues.append(finding(of: value, in: table, isFilled: isFilled), in: value.table)
        // The substitute for a lost record is created when all references are settled.
        guard isFilled, field.type.target == nil else { return }
        try write(standIn(for: field, value.id), into: field, of: table, id: value.id)
    }

    private mutating func replaceChoice(_ value: ChangedValue, of field: Field, in table: Table) throws {
        let substitute = try standIn(for: field, value.id)
        let lost = ChangedValue(
            table: value.table,
            id: value.id,
            column: value.column,
            former: nil,
            isRequired: !substitute.isNull
        )
        changedValues.append(finding(of: lost, in: table, isFilled: lost.isRequired), in: value.table)
        try write(substitute, into: field, of: table, id: value.id)
    }

    /// Returns the value of a field according to the link that mirrors it; `nil` if there is none.
    private func mirrored(_ field: Field, of table: Table, id: Int64) throws -> Value? {
        guard table.holdsRecords, let relation = Relation(table.module, center: store.registry.center),
            let mirror = relation.mirror, mirror.field == field.key
        else { return nil }
        return try store.database.all(
            fragment: """
                SELECT \(name: relation.center.rawValue) FROM \(name: relation.table) \
                WHERE \(name: relation.module.rawValue) = \(bind: .integer(id)) AND "role" = \(bind: .text(mirror.role)) \
                LIMIT 1
                """
        ).first?[0]
    }

    private func finding(of value: ChangedValue, in table: Table?, isFilled: Bool) -> Finding {
        let column = value.column
        let end =
            isFilled
            ? Text(en: "it has a stand-in now", es: "ahora tiene un valor sustituto")
            : Text(en: "it is empty now", es: "ahora está vacío")
        let text =
            switch value.former {
            case .blob?:
                Text(
                    en: "\(column) is damaged: what of it is text is kept",
                    es: "\(column) está dañado: se conserva lo que es texto"
                )
            case .text(let former)? where !former.isEmpty:
                Text(
                    en: "\(column) cannot be \"\(former)\": \(end.en)",
                    es: "\(column) no puede ser «\(former)»: \(end.es)"
                )
            default: Text(en: "\(column) could not be read: \(end.en)", es: "\(column) no se pudo leer: \(end.es)")
            }
        return Finding(
            severity: .error,
            module: table?.module.name,
            id: value.id,
            table: value.table,
            row: value.id,
            fields: [column],
            text: table?.telling(text) ?? Text(en: "\(value.table): \(text.en)", es: "\(value.table): \(text.es)"),
            isMendable: false
        )
    }

    /// Clears the faulty field of a row, so that the rest of the row remains.
    ///
    /// - Returns: `false` if no field is at fault, or clearing it did not help.
    mutating func emptyField(of finding: Finding) throws -> Bool {
        guard let id = finding.row, let table = store.tables.first(where: { $0.name == finding.table }) else {
            return false
        }
        for key in finding.fields {
            guard let field = table.fields.first(where: { $0.key == key }),
                field.type.target == nil || !field.isRequired,
                emptied.insert(FieldOfRow(table: table.name, id: id, field: key)).inserted
            else { continue }
            try write(standIn(for: field, id), into: field, of: table, id: id)
            changedValues.append(finding, in: table.name)
            return true
        }
        return false
    }

    private func standIn(for field: Field, _ id: Int64) throws -> Value {
        guard field.isRequired || field.isNeverNull || field.type.form == .boolean || field.type == .currency else {
            return .null
        }
        let value = field.defaultValue(in: try store.valueContext())
        return try value.isNull ? requiredValue(of: field, id) : value
    }

    private func write(_ value: Value, into field: Field, of table: Table, id: Int64) throws {
        let values = field.stored(value, country: try store.settings().country)
        let changes = zip(field.allColumns, values).map { column, value -> SQLFragment in
            "\(name: column) = \(bind: value)"
        }
        try store.run(RowStatements(table.name).update(changes, where: "\"id\" = \(bind: .integer(id))"))
    }
}

import Localization
import SQLite

/// Checks for impossible values of numbers, amounts and lists, which only another program or a damaged page can cause.
extension Check {
    mutating func checkValues(of table: Table) throws {
        try checkIDs(of: table)
        let currency = table.fields.first { $0.type == .currency }
        for field in table.fields where field.isStored {
            if let range = Self.range(of: field) { try checkRange(range, of: field, in: table) }
            if case .list = field.type { try checkList(field, in: table) }
            if field.type == .currency { try checkCurrency(field, in: table) }
            if field.type == .money, let currency { try checkAmount(field, currency, in: table) }
        }
        if table.holdsRecords { try checkRowAmounts(of: table.module) }
    }

    /// Checks that ids are possible, that ids remain, and that none is given twice
    /// (https://www.sqlite.org/autoinc.html, section 3).
    private mutating func checkIDs(of table: Table) throws {
        let last: [Value] = [.integer(.max)]
        try find(
            "SELECT \"id\" FROM \(table.name.quotedIdentifier) WHERE \"id\" < 1 OR \"id\" = ?",
            last,
            in: table
        ) { _ in Text(en: "has an id that no row can have", es: "tiene un identificador que ninguna fila puede tener") }
        try find(
            "SELECT 0 FROM sqlite_sequence WHERE \"name\" = ?2 AND (\"seq\" < 0 OR \"seq\" = ?1)",
            last + [.text(table.name)]
        ) { _ in CRMError.outOfIDs(table.name).message }
        try find("SELECT 0 WHERE (\(UsedIDs(table).isForgotten))", isMendable: true) { _ in
            Text(
                en: "it is not known which ids the table \(table.name) has given: one could be given twice",
                es: "no se sabe qué identificadores dio la tabla \(table.name): alguno podría darse dos veces"
            )
        }
    }

    private static func range(of field: Field) -> ClosedRange<Int64>? {
        guard field.traits.contains(.notNegative) else { return field.type.storedRange }
        let range = field.type.storedRange ?? 0...Int64.max
        return max(range.lowerBound, 0)...range.upperBound
    }

    private mutating func checkRange(_ range: ClosedRange<Int64>, of field: Field, in table: Table) throws {
        let column = field.key.quotedIdentifier
        try find(
            """
            SELECT "id", \(column) FROM \(table.name.quotedIdentifier) WHERE \(column) NOT BETWEEN ? AND ?
            """,
            [.integer(range.lowerBound), .integer(range.upperBound)],
            in: table,
            of: [field.key]
        ) { row in
            Text(
                en: "\(field.key) is out of range: \(row.integer(at: 1)) is stored",
                es: "\(field.key) está fuera de rango: se guardó \(row.integer(at: 1))"
            )
        }
    }

    private mutating func checkList(_ field: Field, in table: Table) throws {
        try find(
            """
            SELECT "id" FROM \(table.name.quotedIdentifier) WHERE \(JSONFunctions.isNoList(field.key))
            """,
            in: table,
            of: [field.key]
        ) { _ in
            Text(
                en: "\(field.key) is not a list as they are stored",
                es: "\(field.key) no es una lista como se guardan"
            )
        }
    }

    private mutating func checkCurrency(_ field: Field, in table: Table) throws {
        let column = field.key.quotedIdentifier
        try find(
            "SELECT \"id\", \(column) FROM \(table.name.quotedIdentifier) WHERE \(column) IS NOT NULL",
            in: table,
            of: [field.key]
        ) { row in
            let code = row.text(at: 1)
            if Currency(code) != nil { return nil }
            return Text(
                en: "\(field.key) is \"\(code)\", which is no currency of ISO 4217",
                es: "\(field.key) es «\(code)», que no es una moneda de ISO 4217"
            )
        }
    }

    private mutating func checkAmount(_ field: Field, _ currency: Field, in table: Table) throws {
        try find(
            """
            SELECT "id" FROM \(table.name.quotedIdentifier) WHERE \(field.key.quotedIdentifier) IS NOT NULL \
            AND \(currency.key.quotedIdentifier) IS NULL
            """,
            in: table,
            of: [currency.key]
        ) { _ in
            Text(
                en: "\(field.key) is an amount without a currency",
                es: "\(field.key) es un importe sin moneda"
            )
        }
    }

    /// Checks that records have a currency for the amounts of their rows.
    private mutating func checkRowAmounts(of module: Module) throws {
        guard let position = module.currencyPosition, !module.amountTables.isEmpty else { return }
        let lacking = try store.database.prepare(
            fragment: "SELECT \"id\" FROM \(name: module.table) WHERE \(module.lacksCurrencyOfRows)"
        )
        try find(lacking, in: Table(module), of: [module.fields[position].key]) { _ in
            Text(en: "the amounts of its rows have no currency", es: "los importes de sus filas no tienen moneda")
        }
    }

    /// Checks for unknown settings and invalid values of settings.
    mutating func checkSettings() throws {
        let known = Set(Settings.Key.all(in: store.registry).map(\.name))
        let context = try store.valueContext()
        for row in try store.database.all("SELECT \"key\", \"value\" FROM \"setting\" ORDER BY 1") {
            guard let name = row[0].text, let value = row[1].text else { continue }
            guard known.contains(name), let key = Settings.Key(name: name) else {
                report(
                    Text(
                        en: "the setting \(name) means nothing to this program",
                        es: "el ajuste \(name) no significa nada para este programa"
                    ),
                    .warning
                )
                continue
            }
            // Patterns of numbers are checked elsewhere.
            if case .number = key { continue }
            guard let fault = Self.fault(of: value, as: key, in: context, store.registry) else { continue }
            report(
                Text(
                    en: "the setting \(name) cannot be \"\(value)\": \(fault.reason.en)",
                    es: "el ajuste \(name) no puede ser «\(value)»: \(fault.reason.es)"
                )
            )
        }
    }

    private static func fault(
        of value: String,
        as key: Settings.Key,
        in context: ValueContext,
        _ registry: Registry
    ) -> ValueError? {
        do throws(ValueError) {
            _ = try key.parse(value, in: context, registry)
            return nil
        } catch {
            return error
        }
    }

    /// Checks that the records with ids of other databases existed. A deleted record may be restored, one that never
    /// existed cannot.
    mutating func checkFormerIDs() throws {
        let modules = store.registry.modules + Registry.kept
        let names = modules.map { "'\($0.name.rawValue)'" }.joined(separator: ", ")
        try find("SELECT 0, \"module\", \"record\" FROM \"former_id\" WHERE \"module\" NOT IN (\(names))") { row in
            let record = "\(row.text(at: 1)) \(row.integer(at: 2))"
            return Text(
                en: "an id of another database is kept of \(record), and there is no such module",
                es: "se guarda el id de otra base de datos de \(record), y ese módulo no existe"
            )
        }
        for module in modules {
            let (table, name) = (Table(module), "'\(module.name.rawValue)'")
            try find(
                """
                SELECT "record" FROM "former_id" WHERE "module" = \(name) AND ("record" < 1 \
                OR "record" > (\(UsedIDs(table).last)))
                """,
                in: table
            ) { _ in
                Text(
                    en: "has an id of another database, and never was",
                    es: "tiene un id de otra base de datos, y nunca existió"
                )
            }
        }
    }

    /// Checks that each id of a merged record leads to a single, existing record.
    mutating func checkRedirections(of module: Module) throws {
        guard let table = module.mergedTable else { return }
        let (rows, owner) = (table.name.quotedIdentifier, table.ownerColumn.quotedIdentifier)
        let former = Part.formerID.quotedIdentifier
        try find(
            """
            SELECT m.\(owner), m.\(former) FROM \(rows) m WHERE EXISTS (SELECT 1 FROM \(module.table.quotedIdentifier) r \
            WHERE r."id" = m.\(former))
            """,
            in: Table(module)
        ) { row in
            Text(
                en: "\(row.integer(at: 1)) is said to have been merged into it, and is there",
                es: "se dice que \(row.integer(at: 1)) se fusionó en este, y existe"
            )
        }
        try find(
            """
            SELECT min(\(owner)), \(former) FROM \(rows) GROUP BY 2 HAVING count(DISTINCT \(owner)) > 1
            """,
            in: Table(module)
        ) { row in
            Text(
                en: "\(row.integer(at: 1)) is said to have been merged more than once",
                es: "se dice que \(row.integer(at: 1)) se fusionó más de una vez"
            )
        }
        try find(
            "SELECT m.\(owner), m.\(former) FROM \(rows) m WHERE m.\(former) > (\(UsedIDs(Table(module)).lastTaken))",
            in: Table(module)
        ) { row in
            Text(
                en: "\(row.integer(at: 1)) is said to have been merged into it, and never was",
                es: "se dice que \(row.integer(at: 1)) se fusionó en este, y nunca existió"
            )
        }
    }
}

import Localization
import SQLite

/// Checks the tables and indexes against the definitions.
extension Check {
    mutating func checkSchema() throws {
        let schema = Schema(registry: store.registry)
        let present = try store.database.schemaStatements()
        for object in schema.objects where present[object.name] == nil {
            isSchemaBroken = true
            lacksTables = lacksTables || !object.isIndex
            report(
                Text(
                    en: "the table or index \(object.name) is missing",
                    es: "falta la tabla o el índice \(object.name)"
                ),
                isMendable: object.isIndex
            )
        }
        try checkLayouts(schema, present)
        for index in schema.objects where index.isIndex && present[index.name] != index.sql {
            if present[index.name] != nil {
                report(
                    Text(
                        en: "the index \(index.name) is not as this program makes it",
                        es: "el índice \(index.name) no es como lo hace este programa"
                    ),
                    isMendable: true
                )
            }
            try checkUniqueness(index)
        }
    }

    /// Checks that tables have the columns and the layout of the definitions, in any order of columns.
    private mutating func checkLayouts(_ schema: Schema, _ present: [String: String]) throws {
        let model = try Database.inMemory()
        for object in schema.objects where !object.isIndex { try model.execute(object.sql) }
        for object in schema.objects where !object.isIndex {
            guard let statement = present[object.name] else { continue }
            let defined = try TableLayout(object.name, statement: object.sql, in: model)
            let found = try TableLayout(object.name, statement: statement, in: store.database)
            for column in found.missingColumns(of: defined) {
                (isSchemaBroken, lacksTables) = (true, true)
                report(
                    Text(
                        en: "the column \(column) of the table \(object.name) is missing",
                        es: "falta la columna \(column) de la tabla \(object.name)"
                    )
                )
            }
            guard let difference = found.difference(from: defined) else { continue }
            report(
                Text(
                    en: "the table \(object.name) is not as this program makes it: \(difference.en)",
                    es: "la tabla \(object.name) no es como la hace este programa: \(difference.es)"
                )
            )
        }
    }

    /// Checks for rows that share a unique value, when the unique index is missing.
    private mutating func checkUniqueness(_ index: Schema.Object) throws {
        guard let unique = store.registry.uniqueIndex(named: index.name) else { return }
        let (table, terms) = (unique.table, unique.terms)
        let columns = try store.database.columnNames(of: table.name)
        guard Set(unique.fields).isSubset(of: columns) else { return }
        try find(
            """
            SELECT max("id"), min("id") FROM \(table.name.quotedIdentifier) \
            WHERE \(unique.fields[0].quotedIdentifier) IS NOT NULL GROUP BY \(terms) HAVING count(*) > 1
            """,
            in: table,
            of: unique.isOfValue ? unique.fields : []
        ) { row in
            let (first, names) = (row.integer(at: 1), unique.fields.joined(separator: ", "))
            return Text(
                en: "\(names) is that of \(first) as well, and only one may have it",
                es: "\(names) es también el de \(first), y solo uno puede tenerlo"
            )
        }
    }
}

/// The values that rows of a table must not share.
private struct UniqueIndex {
    let table: Table
    /// The SQL terms that must be different in each row.
    let terms: String
    let fields: [String]
    /// Whether the constraint is about a single optional value.
    let isOfValue: Bool
}

extension Registry {
    fileprivate func uniqueIndex(named name: String) -> UniqueIndex? {
        for table in tables {
            if let relation = table.relation, name == relation.openIndex {
                let ends = [relation.center.rawValue, relation.module.rawValue]
                return UniqueIndex(table: table, terms: relation.identity, fields: ends, isOfValue: false)
            }
            guard table.holdsRecords else { continue }
            for field in table.fields where field.traits.contains(.unique) && name == "\(table.name)_\(field.key)" {
                let terms = field.key.quotedIdentifier
                return UniqueIndex(table: table, terms: terms, fields: [field.key], isOfValue: true)
            }
        }
        return nil
    }
}

/// The layout of a table, regardless of the order of its columns and the wording of its statement.
private struct TableLayout {
    private let isStrict: Bool
    private let isKeyed: Bool
    /// The type of each column, and its place in the primary key; 0 when it is not part of the key.
    private let columns: [String: [Value]]
    /// The references of the columns to other tables.
    private let references: Set<[Value]>
    /// The columns and collations of each unique constraint, in order.
    private let keys: Set<String>
    /// Words in the table's statement that the program's own statements never contain.
    private let words: [String]

    init(_ name: String, statement: String, in database: Database) throws {
        let name = [Value.text(name)]
        let kind = try database.first(
            "SELECT \"strict\", \"wr\" FROM pragma_table_list(?) WHERE \"schema\" = 'main'",
            name
        )
        (isStrict, isKeyed) = (kind?[0] == .integer(1), kind?[1] == .integer(1))
        let rows = try database.all("SELECT \"name\", \"type\", \"pk\" FROM pragma_table_info(?)", name)
        columns = Dictionary(rows.map { ($0[0].text ?? "", Array($0[1...])) }) { first, _ in first }
        references = Set(
            try database.all(
                """
                SELECT "from", "table", coalesce("to", 'id'), "on_update", "on_delete" FROM pragma_foreign_key_list(?)
                """,
                name
            )
        )
        keys = Set(
            try database.all(
                """
                SELECT (SELECT json_group_array("c"."name" || ' ' || "c"."coll") FROM pragma_index_xinfo("l"."name") AS "c" \
                WHERE "c"."key" = 1) FROM pragma_index_list(?) AS "l" WHERE "l"."origin" IN ('u', 'pk')
                """,
                name
            ).compactMap { $0[0].text }
        )
        let said = statement.unquotedWords
        words = ["COLLATE", "CHECK", "CONFLICT", "DEFERRABLE"].filter(said.contains)
    }

    /// Returns the columns that only the defined layout has, by name.
    func missingColumns(of defined: TableLayout) -> [String] {
        defined.columns.keys.filter { columns[$0] == nil }.sorted()
    }

    /// Describes how the layout differs from the defined one; `nil` when it does not. Additional columns do no harm.
    func difference(from defined: TableLayout) -> Text? {
        if isStrict != defined.isStrict {
            return Text(en: "it does not watch over types", es: "no vigila los tipos")
        }
        if let word = words.first { return Text(en: "it says \(word)", es: "dice \(word)") }
        for (column, layout) in defined.columns.sorted(by: { $0.key < $1.key }) {
            if let found = columns[column], found != layout {
                return Text(en: "the column \(column) is another", es: "la columna \(column) es otra")
            }
        }
        if isKeyed != defined.isKeyed || keys != defined.keys {
            return Text(en: "it has other keys", es: "tiene otras claves")
        }
        guard references.isSuperset(of: defined.references) else {
            return Text(
                en: "it does not watch over what its rows refer to",
                es: "no vigila a qué se refieren sus filas"
            )
        }
        return nil
    }
}

extension String {
    /// The words outside of quotes in a statement, in capitals.
    fileprivate var unquotedWords: Set<String> {
        var words: Set<String> = []
        var word = ""
        var quote: UInt8?
        for byte in utf8 {
            let isLetter = (0x41...0x5A).contains(byte & 0xDF) || byte == UInt8(ascii: "_")
            if quote == nil, isLetter {
                word.unicodeScalars.append(Unicode.Scalar(byte))
                continue
            }
            if !word.isEmpty { words.insert(word.uppercased()) }
            word = ""
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
        }
        return words.union([word.uppercased()])
    }
}

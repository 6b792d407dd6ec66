import SQLite

/// The statements that create a database from the definitions.
struct Schema {
    /// `application_id` of the file, the letters `crm1`: https://www.sqlite.org/pragma.html#pragma_application_id
    static let applicationID: Int64 = 0x6372_6D31
    /// The format, incremented whenever the derived schema or a comparable form changes.
    static let version: Int64 = 17

    let registry: Registry

    /// A table or an index: its name and the SQL statement that creates it.
    struct Object: Sendable {
        let name: String
        let sql: String
        /// Whether it is an index, which holds no data of its own.
        var isIndex: Bool { !sql.hasPrefix("CREATE TABLE") }
    }

    /// A table made from a definition.
    struct TableColumns: Sendable {
        let name: String
        let columns: [Column]
    }

    /// A column of such a table.
    struct Column: Sendable {
        let name: String
        /// The name, type and reference: the part of the definition that can be added to a table with rows.
        let declaration: String
        let isNotNull: Bool
        /// The field that the column belongs to.
        let field: Field
        /// Whether the column holds the comparable form instead of the value.
        var isComparable: Bool { name == field.matchColumn }
    }

    /// The tables of all definitions.
    var tables: [TableColumns] { registry.tables.map { TableColumns(name: $0.name, columns: columns(of: $0.fields)) } }

    /// All tables and indexes, in the order of their creation.
    var objects: [Object] { Self.bookkeeping + tables.map(create) + registry.tables.flatMap(indexes) }

    /// The names of the indexes.
    var indexNames: Set<String> {
        Set((Self.bookkeeping.filter(\.isIndex) + registry.tables.flatMap(indexes)).map(\.name))
    }

    /// The statements that create all tables and indexes.
    var statements: [String] { objects.map(\.sql) }

    /// Settings, the last numbers given out, the identity of the database and its records, the contents of files and
    /// their texts, the progress of unfinished imports and of rooms of chat servers, and the history of changes.
    static let bookkeeping = settings + contents + progress + history

    /// Settings, how far numbers were given out, and what tells the database and its records from others.
    private static let settings = [
        Object(
            name: "setting",
            sql: """
                CREATE TABLE "setting" ("key" TEXT PRIMARY KEY, "value" TEXT NOT NULL) STRICT, WITHOUT ROWID
                """
        ),
        Object(
            name: "counter",
            sql: """
                CREATE TABLE "counter" ("field" TEXT NOT NULL, "before" TEXT NOT NULL, "after" TEXT NOT NULL, \
                "last" INTEGER NOT NULL, PRIMARY KEY ("field", "before", "after")) STRICT, WITHOUT ROWID
                """
        ),
        Object(
            name: "identity",
            sql: """
                CREATE TABLE "identity" ("id" TEXT PRIMARY KEY) STRICT, WITHOUT ROWID
                """
        ),
        Object(
            name: "former_id",
            sql: """
                CREATE TABLE "former_id" ("module" TEXT NOT NULL, "record" INTEGER NOT NULL, "id" INTEGER NOT NULL, \
                "created_at" TEXT NOT NULL, PRIMARY KEY ("module", "record"), \
                UNIQUE ("module", "id", "created_at")) STRICT, WITHOUT ROWID
                """
        ),
        Object(
            name: "follower",
            sql: """
                CREATE TABLE "follower" ("name" TEXT PRIMARY KEY, "change_set" INTEGER NOT NULL) STRICT, WITHOUT ROWID
                """
        ),
    ]

    /// The contents of files, what they say, and the folders of backups.
    private static let contents = [
        Object(
            name: "content",
            sql: """
                CREATE TABLE "content" ("id" INTEGER PRIMARY KEY, "sha256" TEXT UNIQUE, "size" INTEGER NOT NULL) STRICT
                """
        ),
        Object(
            name: "content_piece",
            sql: """
                CREATE TABLE "content_piece" ("content" INTEGER NOT NULL REFERENCES "content" ("id"), \
                "number" INTEGER NOT NULL, "bytes" BLOB NOT NULL, UNIQUE ("content", "number")) STRICT
                """
        ),
        Object(
            name: "content_text",
            sql: """
                CREATE TABLE "content_text" ("content" INTEGER PRIMARY KEY REFERENCES "content" ("id"), \
                "text" TEXT NOT NULL) STRICT
                """
        ),
        Object(
            name: "backup_folder",
            sql: """
                CREATE TABLE "backup_folder" ("path" TEXT PRIMARY KEY, "at" TEXT NOT NULL) STRICT, WITHOUT ROWID
                """
        ),
    ]

    /// How far imports, reminders and rooms of chat servers have come.
    private static let progress = [
        Object(
            name: "import_journal",
            sql: """
                CREATE TABLE "import_journal" ("token" TEXT NOT NULL, "rows" INTEGER NOT NULL, \
                "digest" TEXT NOT NULL, "rejected_bytes" INTEGER NOT NULL, "is_complete" INTEGER NOT NULL, \
                "change_set" INTEGER REFERENCES "change_set" ("id"), PRIMARY KEY ("token", "rows")) \
                STRICT, WITHOUT ROWID
                """
        ),
        Object(
            name: "reminded",
            sql: """
                CREATE TABLE "reminded" ("record" INTEGER NOT NULL, "start" TEXT NOT NULL, "before" INTEGER NOT NULL, \
                "given_at" TEXT NOT NULL, "is_done" INTEGER NOT NULL, PRIMARY KEY ("record", "start", "before")) \
                STRICT, WITHOUT ROWID
                """
        ),
        Object(
            name: "room_sync",
            sql: """
                CREATE TABLE "room_sync" ("record" INTEGER PRIMARY KEY, "room" TEXT NOT NULL, \
                "offset" INTEGER NOT NULL, "total" INTEGER NOT NULL, "is_whole" INTEGER NOT NULL, "since" TEXT, \
                "change_set" INTEGER NOT NULL) STRICT
                """
        ),
    ]

    /// The history of changes.
    private static let history = [
        Object(
            name: "change_set",
            sql: """
                CREATE TABLE "change_set" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "at" TEXT NOT NULL, \
                "who" TEXT NOT NULL, "command" TEXT NOT NULL, "undoes" INTEGER REFERENCES "change_set" ("id")) STRICT
                """
        ),
        Object(
            name: "change_set_undoes",
            sql: """
                CREATE INDEX "change_set_undoes" ON "change_set" ("undoes") WHERE "undoes" IS NOT NULL
                """
        ),
        Object(
            name: "created",
            sql: """
                CREATE TABLE "created" ("change_set" INTEGER NOT NULL REFERENCES "change_set" ("id"), \
                "table_name" TEXT NOT NULL, "first_id" INTEGER NOT NULL, "last_id" INTEGER NOT NULL, \
                PRIMARY KEY ("table_name", "first_id")) STRICT, WITHOUT ROWID
                """
        ),
        Object(
            name: "created_change_set",
            sql: """
                CREATE INDEX "created_change_set" ON "created" ("change_set")
                """
        ),
        Object(
            name: "change",
            sql: """
                CREATE TABLE "change" ("id" INTEGER PRIMARY KEY, \
                "change_set" INTEGER NOT NULL REFERENCES "change_set" ("id"), "table_name" TEXT NOT NULL, \
                "record" INTEGER NOT NULL, "action" TEXT NOT NULL, "before" TEXT) STRICT
                """
        ),
        Object(
            name: "change_record",
            sql: """
                CREATE INDEX "change_record" ON "change" ("table_name", "record")
                """
        ),
        Object(
            name: "change_change_set",
            sql: """
                CREATE INDEX "change_change_set" ON "change" ("change_set")
                """
        ),
    ]

    private func indexes(of table: Table) -> [Object] {
        switch table.kind {
        case .records: indexes(of: table.module)
        case .links(let relation): indexes(of: relation)
        case .part(let part):
            [index(on: table.name, table.owners.map(\.key) + [Part.positionKey], isNullable: false)]
                + part.fields.filter { !$0.traits.isDisjoint(with: [.key, .indexed]) || $0.type.target != nil }.map {
                    index(
                        on: table.name,
                        [$0.comparedColumn],
                        isNullable: !$0.isRequired || $0.matchColumn != nil
                    )
                }
                + table.module.occasions.compactMap { $0.field(datingRowsOf: part) }.map {
                    index(on: table.name, [table.ownerColumn, $0.key], isNullable: false)
                }
                + (part.tracked == nil
                    ? [] : [index(on: table.name, [Part.periodValue, Part.periodStart], isNullable: false)])
        }
    }

    private func indexes(of module: Module) -> [Object] {
        module.storedFields.flatMap { field -> [Object] in
            var indexes: [Object] = []
            let isUnique = field.traits.contains(.unique)
            if isUnique { indexes.append(index(on: module.table, [field.key], unique: true)) }
            if field.type.target != nil || isLookedUp(field, of: module), !isUnique || field.matchColumn != nil {
                indexes.append(
                    index(
                        on: module.table,
                        [field.comparedColumn],
                        isNullable: !field.isRequired || field.matchColumn != nil
                    )
                )
            } else if field.type == .anyReference {
                indexes.append(index(on: module.table, field.columns))
            }
            return indexes
        }
    }

    private func isLookedUp(_ field: Field, of module: Module) -> Bool {
        field.key == module.displayKey || !field.traits.isDisjoint(with: [.ranged, .indexed, .content])
            || module.referenceKeys.contains { $0.allFields.contains(field.key) }
    }

    private func indexes(of relation: Relation) -> [Object] {
        let name = relation.openIndex
        let unique = Object(
            name: name,
            sql: "CREATE UNIQUE INDEX \(name.quotedIdentifier) "
                + "ON \(relation.table.quotedIdentifier) (\(relation.identity))"
        )
        return [unique, index(on: relation.table, [relation.module.rawValue], isNullable: false)]
    }

    private func columns(of fields: [Field]) -> [Column] {
        fields.flatMap { field -> [Column] in
            switch field.type {
            case .identifier:
                return [
                    Column(
                        name: "id",
                        declaration: "\"id\" INTEGER PRIMARY KEY AUTOINCREMENT",
                        isNotNull: false,
                        field: field
                    )
                ]
            case .anyReference:
                return zip(field.columns, ["TEXT", "INTEGER"]).map { name, type in
                    Column(
                        name: name,
                        declaration: "\(name.quotedIdentifier) \(type)",
                        isNotNull: false,
                        field: field
                    )
                }
            default:
                let reference = field.type.target.map { " REFERENCES \(registry[$0].table.quotedIdentifier) (\"id\")" }
                let column = Column(
                    name: field.key,
                    declaration: "\(field.key.quotedIdentifier) \(field.type.sqlType)\(reference ?? "")",
                    isNotNull: field.isNeverNull,
                    field: field
                )
                let match = field.matchColumn.map {
                    Column(name: $0, declaration: "\($0.quotedIdentifier) TEXT", isNotNull: false, field: field)
                }
                return [column] + (match.map { [$0] } ?? [])
            }
        }
    }

    private func create(_ table: TableColumns) -> Object {
        let columns = table.columns.map { $0.declaration + ($0.isNotNull ? " NOT NULL" : "") }
        return Object(
            name: table.name,
            sql: "CREATE TABLE \(table.name.quotedIdentifier) (\(columns.joined(separator: ", "))) STRICT"
        )
    }

    /// Returns an index. Most of these columns are empty in most records, so the index leaves nulls out. For a column
    /// that cannot be null SQLite would never use such a partial index.
    private func index(
        on table: String,
        _ columns: [String],
        unique: Bool = false,
        isNullable: Bool = true
    ) -> Object {
        let name = "\(table)_\(columns.joined(separator: "_"))"
        let list = columns.map(\.quotedIdentifier)
        let condition = isNullable ? " WHERE \(list[0]) IS NOT NULL" : ""
        return Object(
            name: name,
            sql: "CREATE \(unique ? "UNIQUE " : "")INDEX \(name.quotedIdentifier) ON \(table.quotedIdentifier) "
                + "(\(list.joined(separator: ", ")))\(condition)"
        )
    }
}

extension Relation {
    /// The name of the unique index that keeps open links distinct.
    var openIndex: String { "\(table)_open" }

    /// The terms that distinguish open links. An ended link adds its id, so that the same link may end several times.
    /// One index thus serves for uniqueness and for finding every link of a contact.
    var identity: String {
        var terms = [center.rawValue.quotedIdentifier, module.rawValue.quotedIdentifier]
        if link.hasRole { terms.append("coalesce(\"role\", '')") }
        if link.hasPeriod { terms.append("CASE WHEN \"until\" IS NULL THEN 0 ELSE \"id\" END") }
        return terms.joined(separator: ", ")
    }
}

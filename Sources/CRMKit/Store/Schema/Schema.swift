import SQLite

/// The statements that make a database from the definitions.
struct Schema {
    /// `application_id` of the file, the letters `crm1`: https://www.sqlite.org/pragma.html#pragma_application_id
    static let applicationID: Int64 = 0x6372_6D31
    /// Raised whenever the derived schema changes; opening a file reads this one integer.
    static let version: Int64 = 1

    let registry: Registry

    /// Every statement, tables before what points at them is not required: foreign keys are checked on use.
    var statements: [String] {
        var statements = Self.bookkeeping
        for module in registry.modules {
            statements += tables(of: module)
            if let relation = Relation(module, center: registry.center) { statements += tables(of: relation) }
        }
        return statements
    }

    /// Settings and the history of changes.
    static let bookkeeping = [
        """
        CREATE TABLE "setting" ("key" TEXT PRIMARY KEY, "value" TEXT NOT NULL) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE "change_set" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "at" TEXT NOT NULL, "who" TEXT NOT NULL, \
        "command" TEXT NOT NULL, "undoes" INTEGER REFERENCES "change_set" ("id")) STRICT
        """,
        """
        CREATE INDEX "change_set_undoes" ON "change_set" ("undoes") WHERE "undoes" IS NOT NULL
        """,
        """
        CREATE TABLE "created" ("change_set" INTEGER NOT NULL REFERENCES "change_set" ("id"), \
        "table_name" TEXT NOT NULL, "first_id" INTEGER NOT NULL, "last_id" INTEGER NOT NULL, \
        PRIMARY KEY ("table_name", "first_id")) STRICT, WITHOUT ROWID
        """,
        """
        CREATE INDEX "created_change_set" ON "created" ("change_set")
        """,
        """
        CREATE TABLE "change" ("id" INTEGER PRIMARY KEY, \
        "change_set" INTEGER NOT NULL REFERENCES "change_set" ("id"), "table_name" TEXT NOT NULL, \
        "record" INTEGER NOT NULL, "action" TEXT NOT NULL, "before" TEXT) STRICT
        """,
        """
        CREATE INDEX "change_record" ON "change" ("table_name", "record")
        """,
        """
        CREATE INDEX "change_change_set" ON "change" ("change_set")
        """,
    ]

    private func tables(of module: Module) -> [String] {
        let columns = columns(of: module.storedFields)
        var statements = [create(module.table, columns)]
        for field in module.storedFields {
            if field.traits.contains(.unique) {
                statements.append(index(on: module.table, [field.key], unique: true))
            } else if field.type.target != nil || isLookedUp(field, of: module) {
                statements.append(index(on: module.table, [field.comparedColumn], unique: false))
            } else if field.type == .anyReference {
                statements.append(index(on: module.table, field.columns, unique: false))
            }
        }
        return statements
    }

    private func isLookedUp(_ field: Field, of module: Module) -> Bool {
        field.key == module.displayKey || module.referenceKeys.contains { $0.fields.contains(field.key) }
    }

    private func tables(of relation: Relation) -> [String] {
        [
            create(relation.table, columns(of: relation.fields)),
            "CREATE UNIQUE INDEX \("\(relation.table)_open".quotedIdentifier) "
                + "ON \(relation.table.quotedIdentifier) (\(relation.identity))",
            index(on: relation.table, [relation.module.rawValue], unique: false),
        ]
    }

    private func columns(of fields: [Field]) -> [String] {
        fields.flatMap { field -> [String] in
            if field.type == .identifier { return ["\"id\" INTEGER PRIMARY KEY AUTOINCREMENT"] }
            if field.type == .anyReference {
                let names = field.columns.map(\.quotedIdentifier)
                return ["\(names[0]) TEXT", "\(names[1]) INTEGER"]
            }
            var column = "\(field.key.quotedIdentifier) \(field.type.sqlType)"
            if field.isRequired || field.key == "created_at" || field.key == "updated_at" { column += " NOT NULL" }
            if let target = field.type.target {
                column += " REFERENCES \(registry[target].table.quotedIdentifier) (\"id\")"
            }
            return [column] + (field.matchColumn.map { ["\($0.quotedIdentifier) TEXT"] } ?? [])
        }
    }

    private func create(_ table: String, _ columns: [String]) -> String {
        "CREATE TABLE \(table.quotedIdentifier) (\(columns.joined(separator: ", "))) STRICT"
    }

    /// Most of these columns are empty in most records: an index without the nulls costs nothing for those.
    private func index(on table: String, _ columns: [String], unique: Bool) -> String {
        let name = "\(table)_\(columns.joined(separator: "_"))".quotedIdentifier
        let list = columns.map(\.quotedIdentifier)
        return "CREATE \(unique ? "UNIQUE " : "")INDEX \(name) ON \(table.quotedIdentifier) "
            + "(\(list.joined(separator: ", "))) WHERE \(list[0]) IS NOT NULL"
    }
}

extension Relation {
    /// The terms that tell open links apart. An ended link adds its id, so that history may repeat itself, and
    /// one index serves for uniqueness and for finding every link of a contact.
    var identity: String {
        var terms = [center.rawValue.quotedIdentifier, module.rawValue.quotedIdentifier]
        if link.hasRole { terms.append("coalesce(\"role\", '')") }
        if link.hasPeriod { terms.append("CASE WHEN \"until\" IS NULL THEN 0 ELSE \"id\" END") }
        return terms.joined(separator: ", ")
    }
}

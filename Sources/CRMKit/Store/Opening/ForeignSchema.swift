import Formats
import Localization
import SQLite

/// What stands in the schema of a file and was not made by this program: what runs whenever somebody writes, or stands
/// where a table should.
struct ForeignSchema {
    /// One of its objects.
    struct Object: Equatable {
        enum Kind: Sendable {
            case trigger, view, virtualTable, generatedColumn, index
        }

        let kind: Kind
        let name: String
        /// The table it belongs to; its own name for what is none.
        let table: String
    }

    let database: Database
    let registry: Registry

    /// Whatever is not of the definitions.
    ///
    /// - Parameter kinds: what is looked for; where the file has other indexes than those of the program's own modules, they cost the
    ///   making of all definitions.
    func objects(_ kinds: Set<Object.Kind>) throws -> [Object] {
        var found = try programs() + indexes(kinds)
        if !found.isEmpty {
            let schema = Schema(registry: registry)
            let own = Dictionary(schema.objects.map { ($0.name, $0.sql) }) { first, _ in first }
            found = try found.filter { object in
                switch object.kind {
                // Of the tables of others nothing is read and nothing written.
                case .generatedColumn: own[object.table] != nil
                case .index: own[object.name] == nil && own[object.table] != nil
                case .trigger, .view, .virtualTable: try own[object.name] != sql(of: object)
                }
            }
        }
        return found.filter { kinds.contains($0.kind) }
    }

    /// What stands where a table of the program should, so that reading it may never end.
    func disguises() throws -> [Object] {
        let found = try objects([.view, .virtualTable, .generatedColumn])
        guard !found.isEmpty else { return [] }
        let tables = Set(Schema(registry: registry).objects.map(\.name))
        return found.filter { $0.kind == .generatedColumn || tables.contains($0.name) }
    }

    /// Views, triggers and virtual tables have no page of their own. In the tables of this program parentheses stand
    /// about a reference's column and about all columns; others may be about an expression.
    private func programs() throws -> [Object] {
        let rows = try database.all(
            """
            SELECT "type", "name", "tbl_name" FROM ( \
            SELECT "type", "name", "tbl_name", "rootpage", replace("sql", '("id")', '') AS "text" FROM sqlite_schema \
            WHERE "type" <> 'index') \
            WHERE (coalesce("rootpage", 0) = 0 OR length("text") - length(replace("text", '(', '')) > 1) \
            AND "text" IS NOT ?
            """,
            [.text(SearchIndex.virtualTable)]
        )
        return try rows.flatMap { row -> [Object] in
            guard let type = row[0].text, let name = row[1].text, let table = row[2].text else { return [] }
            switch type {
            case "trigger": return [Object(kind: .trigger, name: name, table: table)]
            case "view": return [Object(kind: .view, name: name, table: table)]
            default: return try columns(of: name)
            }
        }
    }

    /// https://www.sqlite.org/pragma.html#pragma_table_xinfo
    private func columns(of table: String) throws -> [Object] {
        if try database.scalar("SELECT \"rootpage\" FROM sqlite_schema WHERE \"name\" = ?", [.text(table)])
            == .integer(0)
        {
            return [Object(kind: .virtualTable, name: table, table: table)]
        }
        return try database.all("SELECT \"name\" FROM pragma_table_xinfo(?) WHERE \"hidden\" > 1", [.text(table)]).map {
            Object(kind: .generatedColumn, name: $0[0].text ?? "", table: table)
        }
    }

    private func indexes(_ kinds: Set<Object.Kind>) throws -> [Object] {
        guard kinds.contains(.index), try indexDigest() != Schema.indexDigest else { return [] }
        let own = Schema(registry: registry).indexNames
        return try database.all(
            "SELECT \"name\", \"tbl_name\" FROM sqlite_schema WHERE \"type\" = 'index' AND \"sql\" IS NOT NULL"
        ).compactMap { row in
            guard let name = row[0].text, let table = row[1].text, !own.contains(name) else { return nil }
            return Object(kind: .index, name: name, table: table)
        }
    }

    /// The SHA-256 of what the indexes are called, in 64 hexadecimal digits.
    func indexDigest() throws -> String {
        let names = try database.scalar(
            """
            SELECT json_group_array("name") FROM (SELECT "name" FROM sqlite_schema \
            WHERE "type" = 'index' AND "sql" IS NOT NULL ORDER BY "name")
            """
        )
        var hash = SHA256()
        hash.update(Array((names?.text ?? "").utf8))
        return hash.hexadecimal
    }

    private func sql(of object: Object) throws -> String? {
        try database.scalar("SELECT \"sql\" FROM sqlite_schema WHERE \"name\" = ?", [.text(object.name)])?.text
    }
}

extension ForeignSchema {
    /// Refuses a file that cannot be read as it says.
    ///
    /// - Throws: ``CRMError`` `configuration`.
    func refuseDisguises(path: String) throws {
        if let object = try disguises().first { throw refusal(object, path: path, isReading: true) }
    }

    /// Refuses a file that would do more when it is written than is asked for.
    ///
    /// - Parameter indexes: whether those are looked at as well; a file of an earlier format has others.
    /// - Throws: ``CRMError`` `configuration`.
    func refuseForWriting(path: String, indexes: Bool = true) throws {
        let kinds: Set<Object.Kind> = [.trigger, .view, .virtualTable, .generatedColumn]
        guard let object = try objects(indexes ? kinds.union([.index]) : kinds).first else { return }
        throw refusal(object, path: path, isReading: false)
    }

    private func refusal(_ object: Object, path: String, isReading: Bool) -> CRMError {
        let words = object.words
        let (en, es) = isReading ? ("read", "leer") : ("write to", "escribir en")
        return CRMError(
            .configuration,
            Text(
                en: "\(path) is not used: \(words.en) is none of this program's",
                es: "no se usa \(path): \(words.es) no es de este programa"
            ),
            hint: Text(
                en: "drop it, or \(en) the file all the same with --allow-foreign-schema",
                es: "eliminarlo, o \(es) el archivo de todos modos con --allow-foreign-schema"
            )
        )
    }
}

extension ForeignSchema.Object {
    /// What it is and what it is called.
    var words: Text {
        switch kind {
        case .trigger:
            Text(en: "the trigger \(name) of the table \(table)", es: "el disparador \(name) de la tabla \(table)")
        case .view: Text(en: "the view \(name)", es: "la vista \(name)")
        case .virtualTable: Text(en: "the virtual table \(name)", es: "la tabla virtual \(name)")
        case .generatedColumn:
            Text(
                en: "the generated column \(name) of the table \(table)",
                es: "la columna generada \(name) de la tabla \(table)"
            )
        case .index: Text(en: "the index \(name) of the table \(table)", es: "el índice \(name) de la tabla \(table)")
        }
    }
}

import Formats
import Localization
import SQLite

/// The objects in a file's schema that this program did not create: those that run on every write, and those in place
/// of a table.
struct ForeignSchema {
    /// An object of the schema.
    struct Object: Equatable {
        enum Kind: Sendable {
            case trigger, view, virtualTable, generatedColumn, index
        }

        let kind: Kind
        let name: String
        /// The table that the object belongs to; its own name if it belongs to none.
        let table: String
    }

    let database: Database
    let registry: Registry

    /// Returns the objects of the file that are not in the definitions.
    ///
    /// - Parameter kinds: the kinds of objects to find. If the file has indexes other than those of the program's own
    ///   modules, looking for indexes requires building all definitions.
    func objects(_ kinds: [Object.Kind]) throws -> [Object] {
        var found = try programs() + indexes(kinds)
        if !found.isEmpty {
            let schema = Schema(registry: registry)
            let own = Dictionary(schema.objects.map { ($0.name, $0.sql) }) { first, _ in first }
            found = try found.filter { object in
                switch object.kind {
                // Foreign tables are neither read nor written.
                case .generatedColumn: own[object.table] != nil
                case .index: own[object.name] == nil && own[object.table] != nil
                case .trigger, .view, .virtualTable: try own[object.name] != sql(of: object)
                }
            }
        }
        return found.filter { kinds.contains($0.kind) }
    }

    /// Returns the objects in place of a table of the program. Reading such an object may never end.
    func disguises() throws -> [Object] {
        let found = try objects([.view, .virtualTable, .generatedColumn])
        guard !found.isEmpty else { return [] }
        let tables = Set(Schema(registry: registry).objects.map(\.name))
        return found.filter { $0.kind == .generatedColumn || tables.contains($0.name) }
    }

    /// Returns the triggers, views, virtual tables and generated columns. The first three have no root page, and a
    /// column is generated only by an expression in parentheses. This runs at every start, so the SQL is searched
    /// without copying it.
    private func programs() throws -> [Object] {
        let rows = try database.prepare(
            """
            SELECT "type", "name", "tbl_name", coalesce("rootpage", 0), "sql" FROM sqlite_schema WHERE "type" <> 'index' \
            AND "sql" IS NOT ?
            """
        )
        try rows.bind(SearchIndex.virtualTable, at: 1)
        var found: [Object] = []
        while try rows.step() {
            guard rows.integer(at: 3) == 0 || Self.mayGenerate(rows.textBytes(at: 4)) else { continue }
            let (name, table) = (rows.text(at: 1), rows.text(at: 2))
            switch rows.text(at: 0) {
            case "trigger": found.append(Object(kind: .trigger, name: name, table: table))
            case "view": found.append(Object(kind: .view, name: name, table: table))
            default: found += try columns(of: name)
            }
        }
        return found
    }

    /// Whether the SQL of a table has a parenthesis that could contain an expression: any other than that of the column
    /// list and those of `PRIMARY KEY (…)`, `UNIQUE (…)` and `REFERENCES t(…)`.
    private static func mayGenerate(_ text: UnsafeRawBufferPointer) -> Bool {
        var isAboutColumns = true
        var start = 0
        while let place = text.firstIndex(of: UInt8(ascii: "("), from: start) {
            if !isAboutColumns, !isAboutNames(text, openingAt: place) { return true }
            isAboutColumns = false
            start = place + 1
        }
        return false
    }

    /// The text before the parentheses of a key, in the program's tables and in those of FTS5. Before an expression there
    /// is a keyword, a comment or a space after one.
    private static let keys = ["PRIMARY KEY ", "PRIMARY KEY", "UNIQUE "].map { Array($0.utf8) }
    private static let identifier = Array("(\"id\")".utf8)

    private static func isAboutNames(_ text: UnsafeRawBufferPointer, openingAt place: Int) -> Bool {
        text[place...].starts(with: identifier) || keys.contains { text[..<place].suffix($0.count).elementsEqual($0) }
    }

    /// Returns a table as a virtual table, or its generated columns:
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

    private func indexes(_ kinds: [Object.Kind]) throws -> [Object] {
        guard kinds.contains(.index), try indexDigest() != Schema.indexDigest else { return [] }
        let own = Schema(registry: registry).indexNames
        return try database.all(
            "SELECT \"name\", \"tbl_name\" FROM sqlite_schema WHERE \"type\" = 'index' AND \"sql\" IS NOT NULL"
        ).compactMap { row in
            guard let name = row[0].text, let table = row[1].text, !own.contains(name) else { return nil }
            return Object(kind: .index, name: name, table: table)
        }
    }

    /// Returns the SHA-256 of the names of the indexes, in 64 hexadecimal digits.
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
    /// Refuses a file with objects in place of its tables.
    ///
    /// - Parameter allowed: whether the user allows foreign objects. Those in place of a whole table are refused all the
    ///   same: whoever adds something by hand leaves the tables, and reading such an object may never end.
    /// - Throws: ``CRMError`` `configuration` naming the first of them.
    func refuseDisguises(path: String, evenIf allowed: Bool) throws {
        let object = try disguises().first { !allowed || $0.kind != .generatedColumn }
        if let object { throw refusal(object, path: path, isReading: true) }
    }

    /// Refuses a file with objects that would act on writes.
    ///
    /// - Parameter indexes: whether foreign indexes are refused too; a file of an earlier format has indexes of its
    ///   own.
    /// - Throws: ``CRMError`` `configuration` naming the first of them.
    func refuseForWriting(path: String, indexes: Bool = true) throws {
        let kinds: [Object.Kind] = [.trigger, .view, .virtualTable, .generatedColumn]
        guard let object = try objects(indexes ? kinds + [.index] : kinds).first else { return }
        throw refusal(object, path: path, isReading: false)
    }

    private func refusal(_ object: Object, path: String, isReading: Bool) -> CRMError {
        let words = object.words
        return CRMError(
            .configuration,
            Text(
                en: "\(path) is not used: \(words.en) is none of this program's",
                es: "no se usa \(path): \(words.es) no es de este programa"
            ),
            hint: isReading && object.kind != .generatedColumn
                ? Text(
                    en:
                        "it stands in the place of a table: restore a backup with \(ProgramName.placeholder) restore FILE",
                    es:
                        "está en el lugar de una tabla: restaurar una copia con \(ProgramName.placeholder) restore ARCHIVO"
                ) : remedy(of: object, isReading: isReading)
        )
    }

    private func remedy(of object: Object, isReading: Bool) -> Text {
        let (en, es) = isReading ? ("read", "leer") : ("write to", "escribir en")
        let dropping = object.isFeminine ? "eliminarla" : "eliminarlo"
        return Text(
            en: "drop it, or \(en) the file all the same with --allow-foreign-schema",
            es: "\(dropping), o \(es) el archivo de todos modos con --allow-foreign-schema"
        )
    }
}

extension ForeignSchema.Object {
    /// Whether the Spanish word for the kind is feminine.
    var isFeminine: Bool {
        switch kind {
        case .view, .virtualTable, .generatedColumn: true
        case .trigger, .index: false
        }
    }

    /// The kind of the object and its name, in words.
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

import Localization
import SQLite

/// The counts of a repair.
public struct MendReport: Sendable, Equatable {
    /// The number of missing required values that were set to the field's default or to a number.
    public let filled: Int
    /// The number of rows with corrected comparable forms or codes; a row with several codes counts for each.
    public let forms: Int
    /// The number of composed names that were recomputed.
    public let names: Int
    /// The number of records with recomputed derived values.
    public let derived: Int
    /// The number of records with corrected periods of a tracked field.
    public let periods: Int
    /// The number of rows of parts with another position.
    public let positions: Int
    /// The number of indexes that were rebuilt or created.
    public let indexes: Int
    /// The number of tables whose highest id ever given was restored.
    public let sequences: Int
    /// Whether the search index was damaged and is to be rebuilt.
    public let search: Bool

    /// The number of corrections in rows.
    public var rows: Int { filled + forms + names + derived + periods + positions }
    /// Whether there was nothing to repair.
    public var isEmpty: Bool { rows + indexes + sequences == 0 && !search }

    /// A phrase for each kind of correction that was made.
    public var lines: [Text] {
        let kinds: [(Int, en: String, es: String)] = [
            (indexes, "indexes made anew", "índices rehechos"),
            (sequences, "tables whose last id is known again", "tablas cuyo último id se conoce de nuevo"),
            (filled, "missing values given by default", "valores faltantes dados por omisión"),
            (forms, "comparable forms", "formas comparables"),
            (names, "names made anew", "nombres rehechos"),
            (derived, "records with amounts counted anew", "registros con importes recalculados"),
            (periods, "records with periods put right", "registros con periodos corregidos"),
            (positions, "rows numbered anew", "filas numeradas de nuevo"),
        ]
        let anew = Text(en: "index of search made anew", es: "índice de búsqueda rehecho")
        return kinds.filter { $0.0 > 0 }.map { Text(en: "\($0.en): \($0.0)", es: "\($0.es): \($0.0)") }
            + (search ? [anew] : [])
    }
}

extension Store {
    /// Repairs what ``check()`` reports as mendable: missing required values that have a default, comparable forms that
    /// do not agree with their values, keys in another form, composed names and other derived values that are
    /// wrong, rows of parts that are not numbered from 1, periods that do not end with the present value, and indexes
    /// that do not agree with their tables.
    ///
    /// The repair is a change set whose command ends with the phrases of the report; a repair that changes nothing
    /// leaves none.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func mend(_ request: WriteRequest) throws(CRMError) -> MendReport {
        try translating {
            try write(request) { transaction in
                let indexes = try renewIndexes()
                let sequences = try renewSequences()
                let report = MendReport(
                    filled: try transaction.fillRequired(),
                    forms: try renewKeys(),
                    names: try transaction.mendNames(),
                    derived: try transaction.renewDerivedValues(),
                    periods: try transaction.mendPeriods(),
                    positions: try transaction.mendPositions(),
                    indexes: indexes,
                    sequences: sequences,
                    search: try searchFault() != nil
                )
                guard !report.isEmpty else { return report }
                let told = "\(request.command) # \(report.lines.map(\.en).joined(separator: ", "))"
                try run(
                    """
                    UPDATE "change_set" SET "command" = \(bind: .text(told)) \
                    WHERE "id" = \(bind: .integer(try transaction.log.changeSet()))
                    """
                )
                return report
            }
        }
    }

    /// Rebuilds the indexes that do not agree with their tables, and creates those that are missing or differ from
    /// their definitions.
    private func renewIndexes() throws -> Int {
        let faulty = Set(
            try database.all("PRAGMA integrity_check(\(Check.mostOfAKind))").compactMap { row in
                row[0].text.flatMap { FileFault($0).index }
            }
        )
        if !faulty.isEmpty { try database.checkDisk() }
        let known = Schema(registry: registry).indexNames
        let ours = faulty.filter(known.contains)
        for index in ours.sorted() { try database.execute("REINDEX \(index.quotedIdentifier)") }
        return try ours.count + makeIndexes()
    }

    /// Restores the highest id ever given in tables that have lost it: https://www.sqlite.org/autoinc.html
    ///
    /// - Returns: the number of tables corrected.
    private func renewSequences() throws -> Int {
        var count = 0
        for table in tables {
            let query = UsedIDs(table)
            guard let last = try database.scalar(query.last)?.integer, last > 0, last < .max,
                try number(SQLFragment(definition: query.isForgotten)) > 0
            else { continue }
            try database.run("DELETE FROM sqlite_sequence WHERE \"name\" = ?", [.text(table.name)])
            try database.run(
                "INSERT INTO sqlite_sequence (\"name\", \"seq\") VALUES (?, ?)",
                [.text(table.name), .integer(last)]
            )
            count += 1
        }
        return count
    }

    /// Creates missing indexes, and recreates those that differ from their definition.
    ///
    /// - Returns: the number of indexes created. An index that cannot be created, because rows share a value that must
    ///   be unique, is left out.
    private func makeIndexes() throws -> Int {
        let present = try database.schemaStatements()
        var count = 0
        for index in Schema(registry: registry).objects where index.isIndex && present[index.name] != index.sql {
            do {
                try database.savepoint("index") {
                    if present[index.name] != nil { try database.execute("DROP INDEX \(index.name.quotedIdentifier)") }
                    try database.execute(index.sql)
                }
                count += 1
            } catch let error as SQLiteError {
                guard case .constraint = error.code else { throw error }
            }
        }
        return count
    }
}

extension Transaction {
    /// Numbers the rows of parts anew that are not numbered from 1 without gaps.
    ///
    /// - Returns: the number of rows that got another position.
    fileprivate func mendPositions() throws -> Int {
        try store.tables.lazy.filter { $0.part != nil }.reduce(0) { try $0 + PartPositions(in: $1, self).settle() }
    }
}

/// The ids that a table has given, found in its rows and in the history.
struct UsedIDs {
    private let table: String

    init(_ table: Table) { self.table = table.name }

    private var literal: String { "'\(table)'" }

    /// The query for the highest id ever given.
    var last: String {
        """
        SELECT max(coalesce((SELECT max("id") FROM \(table.quotedIdentifier)), 0), \
        coalesce((SELECT max("last_id") FROM "created" WHERE "table_name" = \(literal)), 0), \
        coalesce((SELECT max("record") FROM "change" WHERE "table_name" = \(literal)), 0))
        """
    }

    /// The query for the highest id that no new row can have. It was given before, or is reserved for a record that
    /// another database merged into one of these.
    var lastTaken: String { "SELECT max((\(last)), \(sequence))" }

    private var sequence: String {
        "coalesce((SELECT max(\"seq\") FROM sqlite_sequence WHERE \"name\" = \(literal)), 0)"
    }

    /// The query for whether the next row would get an id that was given before.
    var isForgotten: String {
        "SELECT (\(last)) > \(sequence)"
    }
}

/// A fault found by SQLite's integrity check (https://www.sqlite.org/pragma.html#pragma_integrity_check), in the
/// program's words.
struct FileFault: Hashable {
    private enum Kind: Hashable {
        case index(String)
        case missing(String)
        case shared(String)
        case pages
    }

    private let kind: Kind

    /// - Parameter message: a row of the result of SQLite's integrity check.
    init(_ message: String) {
        if let name = Self.word(after: " missing from index ", in: message)
            ?? Self.word(after: "wrong # of entries in index ", in: message)
            ?? Self.word(after: " out of order in index ", in: message)
        {
            kind = .index(name)
        } else if let column = Self.word(after: "NULL value in ", in: message) {
            kind = .missing(column)
        } else if let name = Self.word(after: "non-unique entry in index ", in: message) {
            kind = .shared(name)
        } else {
            kind = .pages
        }
    }

    /// The index that does not agree with its table; `nil` for another fault. Rebuilding the index repairs the fault.
    var index: String? { if case .index(let name) = kind { name } else { nil } }

    var text: Text {
        switch kind {
        case .index(let name):
            Text(
                en: "the index \(name) does not agree with its table",
                es: "el índice \(name) no concuerda con su tabla"
            )
        case .missing(let column):
            Text(en: "\(column) is missing where it is required", es: "falta \(column) donde es obligatorio")
        case .shared(let name):
            Text(
                en: "rows share a value that only one may have: \(name)",
                es: "hay filas con un mismo valor que solo una puede tener: \(name)"
            )
        case .pages:
            Text(
                en: "pages of the file are damaged: restore brings a backup back, salvage takes out what can be read",
                es: "hay páginas dañadas en el archivo: restore recupera una copia, salvage rescata lo legible"
            )
        }
    }

    private static func word(after lead: String, in message: String) -> String? {
        guard let start = message.firstRange(of: lead)?.upperBound else { return nil }
        return String(message[start...].prefix { $0 != " " && $0 != "\n" })
    }
}

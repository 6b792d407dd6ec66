import Localization
import SQLite

extension Store {
    /// Checks the whole database: the file, the references, and everything that the definitions require of the stored
    /// values.
    ///
    /// - Returns: the findings, a hundred of each kind with a note if there are more; none for a sound database.
    public func check() throws(CRMError) -> [Finding] {
        try translating {
            // A read transaction keeps the state consistent while others write.
            return try reading {
                var check = Check(self)
                try check.checkFile()
                try check.checkSchema()
                try check.checkForeignSchema()
                guard !check.isSchemaBroken else {
                    // A repair is a write, which is refused where tables or columns are missing.
                    return check.lacksTables ? check.findings.map(\.withoutMending) : check.findings
                }
                try check.readSettings()
                check.checkDefinitions()
                try check.checkPatterns()
                try check.checkCounters()
                try check.checkSettings()
                try check.checkViews()
                try check.checkReferences()
                try check.checkHistory()
                try check.checkContents()
                try check.checkSearch()
                try check.checkFormerIDs()
                for table in tables {
                    try check.checkTable(table)
                    try check.checkValues(of: table)
                    try check.checkTexts(of: table)
                    try check.checkPeriods(of: table)
                }
                for module in registry.modules { try check.checkModule(module) }
                return check.findings
            }
        }
    }
}

/// A check of a database.
struct Check {
    static let mostOfAKind = 100

    let store: Store
    /// The country assumed for telephone numbers without a country code.
    private(set) var country = Value.null
    private(set) var findings: [Finding] = []
    /// Whether tables, columns or indexes are missing, so that other checks might fail.
    var isSchemaBroken = false
    /// Whether tables or columns are missing, so that the file cannot be written.
    var lacksTables = false

    init(_ store: Store) { self.store = store }

    /// Reads the settings that comparable forms depend on.
    mutating func readSettings() throws {
        country = try store.settings().country.map(Value.text) ?? .null
    }

    /// Checks pages, indexes, NOT NULL constraints and uniqueness:
    /// https://www.sqlite.org/pragma.html#pragma_integrity_check
    mutating func checkFile() throws {
        var told: Set<FileFault> = []
        let rows = try store.database.all("PRAGMA integrity_check(\(Self.mostOfAKind))").filter { $0[0] != .text("ok") }
        if !rows.isEmpty { try store.database.checkDisk() }
        for row in rows {
            let fault = FileFault(row[0].text ?? "")
            if told.insert(fault).inserted { report(fault.text, isMendable: fault.index != nil) }
        }
    }

    /// Reports definitions of the file that cannot be read.
    mutating func checkDefinitions() {
        for name in store.definitions.unreadable {
            report(
                Text(
                    en: "the definition \(name) means nothing to this program",
                    es: "la definición \(name) no significa nada para este programa"
                )
            )
        }
    }

    /// Checks the patterns of document numbers, without which no record can be created.
    mutating func checkPatterns() throws {
        let settings = try store.settings()
        for module in store.registry.modules {
            guard let field = module.documentNumber else { continue }
            do throws(CRMError) {
                _ = try settings.pattern(of: field, in: module.name)
            } catch {
                report(error.message)
            }
        }
    }

    /// Checks for counters with an impossible count, or with the greatest, after which there is no next one.
    mutating func checkCounters() throws {
        let counts = Counter.counts
        for counter in try store.counters() where !counts.contains(counter.last) || counter.last == counts.upperBound {
            let place = "\(counter.field) \(counter.before)…\(counter.after)"
            report(
                Text(
                    en: "the counter of \(place) is at \(counter.last), to which nobody counts",
                    es: "el contador de \(place) está en \(counter.last), hasta donde nadie cuenta"
                )
            )
        }
    }

    /// Reports views that cannot be used any more, such as those with a field that was removed.
    mutating func checkViews() throws {
        for view in try store.views() {
            do throws(CRMError) {
                try store.check(view)
            } catch {
                report(error.message, .warning)
            }
        }
    }

    /// Reports references to missing rows: https://www.sqlite.org/pragma.html#pragma_foreign_key_check
    mutating func checkReferences() throws {
        let tables = store.tables
        let rows = try store.database.prepare("PRAGMA foreign_key_check")
        var count = 0
        while count < Self.mostOfAKind, try rows.step() {
            count += 1
            let name = rows.text(at: 0)
            let table = tables.first { $0.name == name }
            let target = rows.text(at: 2)
            let missing = tables.first { $0.name == target && $0.holdsRecords }?.module
            let one =
                missing.map { Text(en: "one of the \($0.several.en)", es: $0.spanish.a) } ?? Self.row(of: target)
            try report(
                Text(en: "refers to \(one.en) that does not exist", es: "se refiere a \(one.es) que no existe"),
                Kind(table: table),
                row: rows.integer(at: 1)
            )
        }
    }

    /// The words for a row of a table that no module has.
    private static func row(of table: String) -> Text {
        switch table {
        case "change_set": Text(en: "a change set", es: "un conjunto de cambios")
        case "content": Text(en: "a content of a file", es: "un contenido de archivo")
        default: Text(en: "a row of the table \(table)", es: "una fila de la tabla \(table)")
        }
    }

    /// Reports what other programs have added to the schema, which prevents any writing to the file.
    mutating func checkForeignSchema() throws {
        let kinds: [ForeignSchema.Object.Kind] = [.trigger, .view, .virtualTable, .generatedColumn, .index]
        for object in try ForeignSchema(database: store.database, registry: store.registry).objects(kinds) {
            let words = object.words
            report(Text(en: "\(words.en) is none of this program's", es: "\(words.es) no es de este programa"))
        }
    }

    /// The common properties of findings of one kind.
    private struct Kind {
        var severity = Finding.Severity.error
        var table: Table?
        /// The keys of the fields that may be at fault, the likeliest first.
        var fields: [String] = []
        var isMendable = false
    }

    mutating func report(
        _ text: Text,
        _ severity: Finding.Severity = .error,
        in table: Table? = nil,
        id: Int64? = nil,
        of fields: [String] = [],
        isMendable: Bool = false
    ) {
        let kind = Kind(severity: severity, table: table, fields: fields, isMendable: isMendable)
        report(text, kind, id: id, row: id)
    }

    /// - Parameters:
    ///   - id: the id of the record.
    ///   - row: the id of the row at fault, which is the record or belongs to it.
    ///   - position: the position of a part's row among those of its record.
    private mutating func report(_ text: Text, _ kind: Kind, id: Int64?, row: Int64?, at position: Int64? = nil) {
        findings.append(
            Finding(
                severity: kind.severity,
                module: kind.table?.module.name,
                id: id,
                table: kind.table?.name,
                row: row,
                fields: kind.fields,
                text: kind.table?.telling(text, at: position) ?? text,
                isMendable: kind.isMendable
            )
        )
    }

    /// Reports a row. For a row of a link or part, the finding has the record that it belongs to.
    private mutating func report(_ text: Text, _ kind: Kind, row: Int64) throws {
        guard let table = kind.table, let owner = table.owners.last else {
            return report(text, kind, id: row, row: row)
        }
        let position = table.part == nil ? "NULL" : Part.positionKey.quotedIdentifier
        let place = try store.database.all(
            """
            SELECT \(owner.key.quotedIdentifier), \(position) FROM \(table.name.quotedIdentifier) WHERE "id" = ?
            """,
            [.integer(row)]
        ).first
        report(text, kind, id: place?[0].integer, row: row, at: place?[1].integer)
    }

    /// Reports every row of a query, up to the hundredth. The first column is the id of the row.
    ///
    /// - Parameter fields: the fields that may be at fault, the likeliest first.
    mutating func find(
        _ sql: String,
        _ parameters: [Value] = [],
        in table: Table? = nil,
        of fields: [String] = [],
        _ severity: Finding.Severity = .error,
        isMendable: Bool = false,
        _ text: (Statement) throws -> Text?
    ) throws {
        let rows = try store.database.prepare(sql)
        try rows.bind(all: parameters)
        try find(rows, in: table, of: fields, severity, isMendable: isMendable, text)
    }

    /// Reports every row of a query with bound values.
    mutating func find(
        _ rows: Statement,
        in table: Table? = nil,
        of fields: [String] = [],
        _ severity: Finding.Severity = .error,
        isMendable: Bool = false,
        _ text: (Statement) throws -> Text?
    ) throws {
        let kind = Kind(severity: severity, table: table, fields: fields, isMendable: isMendable)
        var count = 0
        while try rows.step() {
            guard let text = try text(rows) else { continue }
            if count == Self.mostOfAKind {
                report(Text(en: "there are more of the last kind", es: "hay más como el último"), severity, in: table)
                return
            }
            try report(text, kind, row: rows.integer(at: 0))
            count += 1
        }
    }
}

extension Table {
    /// Returns the message about one of the table's rows, saying what kind of row it is unless it is a record.
    ///
    /// - Parameter position: the position of a part's row among those of its record.
    func telling(_ text: Text, at position: Int64? = nil) -> Text {
        switch kind {
        case .links: return Text(en: "link with a contact: \(text.en)", es: "vínculo con un contacto: \(text.es)")
        case .part(let part):
            let place = position.map { " \($0)" } ?? ""
            return Text(
                en: "\(part.label.en.lowercased())\(place): \(text.en)",
                es: "\(part.label.es.lowercased())\(place): \(text.es)"
            )
        case .records: return text
        }
    }
}

import Localization
import SQLite

/// The schema of a damaged file, completed by the definitions if it cannot be read.
struct SalvagedSchema {
    /// The tables whose rows are to be copied, in the order in which they are created.
    let tables: [SalvagedTable]
    /// SQLite's table of the highest ids assigned.
    let sequences: SalvagedTable?
    /// The format of the file.
    let format: Int64
    /// Whether the header says the format.
    let isMarked: Bool

    private static let sequenceTable = "sqlite_sequence"
    /// The tables of the search index, which is derived.
    private static let derived = ["search", "follower"]

    /// Reads the schema of a damaged file.
    ///
    /// - Throws: ``CRMError`` `configuration` if the file cannot be recognized as one of this program.
    init(of file: DamagedFile, by reader: DamagedReader, path: String, registry: Registry) throws {
        var (found, indexes, isWhole) = try Self.entries(reader)
        let model = try Database.inMemory()
        let standard = Schema(registry: registry)
        for statement in standard.statements { try model.execute(statement) }
        let isUnmarked = file.header.map { $0.applicationID == 0 && $0.userVersion == 0 } ?? false
        let lacksMarks = isUnmarked && FileHeader.areOwn(found.keys)
        let isOwn = file.header.map { $0.applicationID == Schema.applicationID } ?? true || lacksMarks
        let known = Set(standard.objects.filter { !$0.isIndex }.map(\.name))
        guard isOwn, found.keys.contains(where: known.contains) || file.header != nil else {
            throw CRMError(
                .configuration,
                Text(
                    en: "nothing of \(path) can be told to be a crm database",
                    es: "nada de \(path) se reconoce como base de datos de crm"
                ),
                hint: Text(en: "name another file", es: "indicar otro archivo")
            )
        }
        let version = lacksMarks ? nil : file.header?.userVersion
        let told = version.flatMap { FileHeader.isPossible(userVersion: $0) ? $0 : nil }
        isMarked = told != nil
        format = told.map(FileHeader.format) ?? Self.likelyFormat(found, indexes)
        let isOlder = format < Schema.version
        let ownTables = Dictionary(registry.tables.map { ($0.name, $0) }) { first, _ in first }
        if !isOlder { Self.recognize(standard.objects.filter { !$0.isIndex }, in: &found) }
        // An earlier format may have tables that the present definitions lack, and lack others.
        let present = found.keys.filter { known.contains($0) || isOlder && !Self.isDerived($0) }
        // A table that is missing in the complete schema of an earlier format never existed.
        let missing = isWhole && isOlder ? [] : known.subtracting(found.keys)
        let order = Dictionary(standard.objects.enumerated().map { ($1.name, $0) }) { first, _ in first }
        let statements = Dictionary(standard.objects.map { ($0.name, $0.sql) }) { first, _ in first }
        tables = try (present + missing).filter { !Self.isDerived($0) && $0 != Self.sequenceTable }
            .sorted { (order[$0] ?? .max, $0) < (order[$1] ?? .max, $1) }
            .compactMap { name in
                let own = ownTables[name]
                let standard = isOlder ? nil : statements[name]
                if let entry = found[name], let table = try Self.table(name, entry, own, standard) { return table }
                guard known.contains(name) else { return nil }
                let root = found[name]?.root
                return try Self.likelyTable(name, own, model, isWhole && root == nil ? nil : reader, root)
            }
        sequences = try SalvagedTable(
            Self.sequenceTable,
            sql: "",
            root: found[Self.sequenceTable]?.root,
            in: model,
            nil
        )
    }

    private static func isDerived(_ name: String) -> Bool {
        derived.contains(name) || name.hasPrefix("search_")
    }

    private typealias Entry = (root: Int, sql: String)

    /// Returns the entries of the file's schema by table name: first those reached from the first page, then those in
    /// unreachable pages.
    ///
    /// - Returns: the entries, the names of the indexes, and whether none are lost.
    private static func entries(_ reader: DamagedReader) throws
        -> (found: [String: Entry], indexes: Set<String>, isWhole: Bool)
    {
        var found: [String: Entry] = [:]
        var indexes: Set<String> = []
        func take(_ values: [Value]) {
            if values[0] == .text("index"), let name = values[1].text { indexes.insert(name) }
            guard values[0] == .text("table"), let name = values[1].text, let root = values[3].integer, root > 0,
                let sql = values[4].statement, found[name] == nil
            else { return }
            found[name] = (Int(clamping: root), sql)
        }
        let damaged = try reader.readTable(at: 1, isKeyed: false) { _, values in
            if let values = values.whole, isEntry(values) { take(values) }
        }
        guard !damaged.isEmpty else { return (found, indexes, true) }
        try reader.readStrayPages(isKeyed: false) { _, rows in
            guard rows.allSatisfy({ isEntry($0.values) }) else { return false }
            for row in rows { take(row.values) }
            return true
        }
        return (found, indexes, false)
    }

    /// Whether values are those of an entry of the schema table: https://www.sqlite.org/schematab.html
    private static func isEntry(_ values: [Value]) -> Bool {
        guard values.count == 5, let type = values[0].text, values[1].text != nil, values[2].text != nil,
            values[3].integer != nil
        else { return false }
        return ["table", "index", "view", "trigger"].contains(type)
    }

    /// Returns a table as defined in the file's schema; `nil` if its statement is not one of this program.
    ///
    /// - Parameter standard: the statement of the definitions, whose columns all files of the same format have.
    private static func table(_ name: String, _ entry: Entry, _ own: Table?, _ standard: String?) throws
        -> SalvagedTable?
    {
        // A computed column takes no value, but rows may have one of the time before it was computed.
        let given = SalvagedStatement.withoutComputation(entry.sql)
        let sql = standard.map { SalvagedStatement.mended(given, after: $0) } ?? given
        // Tables that the program did not create may have other effects.
        guard sql.hasPrefix("CREATE TABLE \(name.quotedIdentifier) (") else { return nil }
        let model = try Database.inMemory()
        do {
            _ = try model.prepare(sql).run()
        } catch {
            // A damaged text is no statement.
            guard error.code == .error else { throw error }
            return nil
        }
        let table = try SalvagedTable(name, sql: sql, root: entry.root, in: model, own)
        // What is read without a definition is read by its names.
        if own == nil, let standard {
            try model.execute("DROP TABLE \(name.quotedIdentifier)")
            try model.execute(standard)
            guard try Set(table.columns.map(\.name)).isSuperset(of: model.columnNames(of: name)) else { return nil }
        }
        return table.columns.isEmpty ? nil : table
    }

    /// Finds tables that have a damaged name in the schema: the rest of their statement is that of the definitions.
    private static func recognize(_ standard: [Schema.Object], in found: inout [String: Entry]) {
        let known = Set(standard.map(\.name))
        for object in standard where found[object.name] == nil {
            let lead = "CREATE TABLE \(object.name.quotedIdentifier) ("
            let body = object.sql.dropFirst(lead.count)
            let other = found.first { name, entry in
                !known.contains(name) && (entry.sql.hasPrefix(lead) || entry.sql.hasSuffix("(\(body)"))
            }
            guard let (name, entry) = other else { continue }
            found[name] = nil
            found[object.name] = (entry.root, entry.sql.hasPrefix(lead) ? entry.sql : object.sql)
        }
    }

    /// Returns a table whose definition in the file is lost. It is expected at the page where a new file has it, if the
    /// rows there fit.
    ///
    /// - Parameter reader: reads the rows at that page; `nil` if the file's schema is complete, so that the page
    ///   belongs to another table.
    private static func likelyTable(
        _ name: String,
        _ own: Table?,
        _ model: Database,
        _ reader: DamagedReader?,
        _ root: Int?
    ) throws -> SalvagedTable? {
        let entry = try model.first("SELECT \"rootpage\", \"sql\" FROM sqlite_schema WHERE \"name\" = ?", [.text(name)])
        guard let entry, let standard = entry[0].integer, let sql = entry[1].text else { return nil }
        let table = try SalvagedTable(name, sql: sql, root: nil, in: model, own)
        let place = root ?? Int(standard)
        guard let rows = reader?.firstRows(ofTableAt: place, isKeyed: table.isKeyed), rows.allSatisfy(table.fits) else {
            return table
        }
        return try SalvagedTable(name, sql: sql, root: place, in: model, own)
    }

    /// Returns the likely format of a file that does not say it: the newest one whose tables, columns or indexes are
    /// present. Where two formats have the same ones it is the earlier, whose steps change nothing of the later.
    private static func likelyFormat(_ found: [String: Entry], _ indexes: Set<String>) -> Int64 {
        let added: [(format: Int64, indexes: Set<String>)] = [
            (16, ["contact_fax_match", "contact_assistant_phone_match"]), (15, ["channel_member_user_id"]),
        ]
        if let mark = added.first(where: { !$0.indexes.isDisjoint(with: indexes) }) { return mark.format }
        let extended = ["channel": "server_name", "channel_member": "user_id", "channel_message": "alias"]
        if extended.contains(where: { found[$0]?.sql.contains($1.quotedIdentifier) ?? false }) { return 14 }
        let marks: [(format: Int64, tables: [String], column: String)] = [
            (12, ["backup_folder", "content", "content_piece", "channel_message", "room_sync", "reminded"], ""),
            (11, ["contact_merged", "organization_merged", "product_merged"], ""),
            (10, ["quote"], "superseded_by".quotedIdentifier), (9, ["saved_view"], ""), (8, ["exchange_rate"], ""),
            (7, ["counter"], ""), (6, ["quote_line", "sales_order_line", "purchase_order_line"], ""),
            (2, ["case_status_period", "opportunity_stage_period"], ""),
        ]
        let mark = marks.first { mark in
            mark.tables.contains { found[$0].map { mark.column.isEmpty || $0.sql.contains(mark.column) } ?? false }
        }
        guard let mark else { return 1 }
        // With all tables lost that tell 14 from 12 it is taken for the later. The steps between would empty right values
        // in it, while the repair derives anew what they derive.
        return mark.format == 12 && extended.keys.allSatisfy { found[$0] == nil } ? 14 : mark.format
    }
}

extension Value {
    /// The text of a statement, of the same length even where its bytes are no text any more.
    fileprivate var statement: String? {
        guard case .blob(let bytes) = self else { return text }
        return String(decoding: bytes.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}

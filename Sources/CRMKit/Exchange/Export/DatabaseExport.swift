import Formats
import SQLite

/// Writes a whole database as JSON Lines for ``DatabaseImport``: the settings, custom definitions, exchange rates and
/// views, then the counters and contents, then the records of every module, those that others refer to first, then the
/// rows of their parts, then the links, including those that have ended.
///
///     {"settings":{"currency":"MXN"}}
///     {"module":"contact","ref":"contact:42","id":42,"name":"Ana Ruiz",…,"organization":"ref:organization:5",…}
///     {"module":"contact","ref":"contact:43","original_id":7,"id":43,…}
///     {"point":"contact","record":"ref:contact:42","position":1,"kind":"email",…}
///     {"link":"asset","contact":"ref:contact:42","record":"ref:asset:7","role":"owner",…}
///
/// The lines show a single state of the database, in an order that depends on nothing else, so that equal databases
/// yield equal bytes.
public struct DatabaseExport {
    private let store: Store
    private let contents: Contents

    /// The destination of the contents that records refer to.
    public enum Contents {
        /// The contents are left out.
        case none
        /// The contents are written to lines before the records.
        case inLines
        /// Each content is passed to the closure; a line in the export identifies it.
        case elsewhere((ContentReader) throws -> Void)
    }

    /// Exports a database.
    public init(_ store: Store, contents: Contents = .none) {
        self.store = store
        self.contents = contents
    }

    /// Writes everything. Memory use does not depend on the size of the database.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports, `WriteError` if the output cannot be written.
    public func write(to sink: ByteSink) throws {
        try store.reading {
            try writeSettings(to: sink)
            for module in Registry.kept { try writeRecords(of: module, to: sink) }
            try writeCounters(to: sink)
            switch contents {
            case .none: break
            case .inLines: try ContentLine.write(contentsOf: store, to: sink)
            case .elsewhere(let keep): try ContentLine.write(contentsOf: store, to: sink, keeping: keep)
            }
            for module in Self.ordered(store.registry) { try writeRecords(of: module, to: sink) }
            for table in store.tables where table.isUnderivedPart { try writeRows(of: table, to: sink) }
            for table in store.tables where table.relation != nil { try writeRows(of: table, to: sink) }
        }
    }

    /// Returns the modules, each after those it refers to except in a cycle.
    static func ordered(_ registry: Registry) -> [Module] {
        var order: [Module] = []
        var seen: Set<ModuleName> = []
        func visit(_ module: Module) {
            guard seen.insert(module.name).inserted else { return }
            for field in module.allFields {
                if let target = field.type.target { visit(registry[target]) }
            }
            order.append(module)
        }
        registry.modules.forEach(visit)
        return order
    }

    private func writeSettings(to sink: ByteSink) throws {
        let stored = try store.settings().stored
        let members = Settings.Key.all(in: store.registry).compactMap { key in
            stored[key].map { JSONMember(key.name, .string($0)) }
        }
        var json = JSONWriter(sink)
        try json.value(.object([JSONMember(LineKey.settings, .object(members))]))
        try json.endLine()
    }

    private func writeCounters(to sink: ByteSink) throws {
        for counter in try store.counters() where store.registry.counted(counter.field) != nil {
            var json = JSONWriter(sink)
            try json.value(counter.line)
            try json.endLine()
        }
    }

    private func writeRecords(of module: Module, to sink: ByteSink) throws {
        var query = try store.list(module)
        query.columns = module.fields.filter(\.isStored).map(\.key)
        query.withHidden = true
        query.withNames = false
        let rows = try query.rows(in: store.database, path: store.path)
        var line = LineWriter(rows.columns, to: sink)
        let formerIDs = FormerIDs(of: module, in: store)
        // Files of earlier versions may have a field of their own that is called so.
        let hasOriginalIDs = module.position(of: LineKey.originalID) == nil
        while try rows.next() {
            let id = rows.integer(rows.columns[0].position)
            try line.begin(LineKey.module, module.name)
            try line.member(LineKey.name, "\(module.name.rawValue):\(id)")
            if hasOriginalIDs, let original = try formerIDs.id(of: id) {
                try line.member(LineKey.originalID, original)
            }
            try line.end(rows)
        }
    }

    private func writeRows(of table: Table, to sink: ByteSink) throws {
        guard let key = table.lineKey else { return }
        let rows = try store.rows(of: table, recordKey: LineKey.record)
        var line = LineWriter(rows.columns, to: sink)
        while try rows.next() {
            try line.begin(key, table.module.name)
            try line.end(rows)
        }
    }
}

extension Table {
    /// Whether the rows are those of a part and not derived, so that they are in exports.
    var isUnderivedPart: Bool { part.map { !$0.isDerived } ?? false }

    /// The key of an export's line for a row of this table, whose value is the module; `nil` for records, which have a
    /// key of their own.
    var lineKey: String? {
        switch kind {
        case .records: nil
        case .links: LineKey.link
        case .part(let part): part.name
        }
    }
}

/// Writes rows as objects, one on each line, with the names of other lines as references.
private struct LineWriter {
    private let columns: [(column: OutputColumn, key: JSONKey)]
    private let sink: ByteSink
    private var json: JSONWriter
    /// A buffer that is reused for each cell.
    private var scratch: [UInt8] = []

    init(_ columns: [OutputColumn], to sink: ByteSink) {
        self.columns = columns.map { ($0, JSONKey($0.key)) }
        self.sink = sink
        json = JSONWriter(sink)
    }

    mutating func begin(_ key: String, _ module: ModuleName) throws {
        try json.beginObject()
        try member(key, module.rawValue)
    }

    mutating func member(_ key: String, _ text: String) throws {
        try json.key(key)
        try json.string(text)
    }

    mutating func member(_ key: String, _ number: Int64) throws {
        try json.key(key)
        try json.number(number)
    }

    mutating func end(_ row: Rows) throws {
        for (column, key) in columns {
            try json.key(key)
            try write(column, of: row)
        }
        try json.endObject()
        try json.endLine()
    }

    private mutating func write(_ column: OutputColumn, of row: Rows) throws {
        if row.isNull(column.position) {
            guard case .list = column.kind, !column.isOverriding else { return try json.null() }
            try json.beginArray()
            return try json.endArray()
        }
        switch column.kind {
        case .text, .choice: try json.string(row.bytes(column.position))
        case .integer: try json.number(row.integer(column.position))
        case .scaled(let digits):
            scratch.removeAll(keepingCapacity: true)
            ScaledDecimal(units: row.integer(column.position), scale: digits).append(to: &scratch)
            try scratch.withUnsafeBytes { try json.number(literal: $0) }
        case .money(let currency):
            var text = column.type.text(of: row.value(column.position), currency: row.text(currency))
            try text.withUTF8 { try json.number(literal: UnsafeRawBufferPointer($0)) }
        case .boolean: try json.bool(row.integer(column.position) != 0)
        case .duration: try json.string(column.type.text(of: row.value(column.position), currency: nil))
        case .list:
            try json.beginArray()
            for element in column.type.elements(of: row.value(column.position)) { try json.string(element) }
            try json.endArray()
        // The value is a JSON array already.
        case .linked, .several, .rows: try json.number(literal: row.bytes(column.position))
        case .reference(let target, _): try writeName(target.rawValue, row.integer(column.position))
        case .anyReference(let id, _): try writeName(row.text(column.position), row.integer(id))
        }
    }

    private mutating func writeName(_ module: String, _ id: Int64) throws {
        try json.string("\(LineKey.namePrefix)\(module):\(id)")
    }
}

import Formats
import SQLite

/// Strikes names out of all remaining texts: in rows, in texts of files, in the history and in command lines.
///
/// The history does not record the striking out. Every page of a table is read once, and one page of changes is in
/// memory at a time.
struct StrikingOut {
    let names: ErasedNames
    let transaction: Transaction
    private var store: Store { transaction.store }
    /// The number of texts and rows that contained one of the names.
    private(set) var count = 0

    init(_ names: ErasedNames, in transaction: Transaction) {
        self.names = names
        self.transaction = transaction
    }

    /// Strikes the names out everywhere. The store must know the names: ``Store/define(_:)``.
    mutating func run() throws {
        if names.isEmpty { return }
        for table in store.tables { try strike(table) }
        try strikeContents()
        try strikeHistory()
        try strikeCommands()
    }

    // MARK: - Rows

    private mutating func strike(_ table: Table) throws {
        let composed = Self.composedName(of: table)
        let fields = Self.texts(of: table).filter { $0.key != composed }
        let columns = fields.map(\.key)
        guard !columns.isEmpty else { return }
        let list = (["id"] + columns).map(SQLFragment.name).joined(", ")
        let condition = ErasedNames.stand(inAnyOf: columns)
        try store.forEachRow { isNext in
            "SELECT \(list) FROM \(name: table.name) WHERE \(isNext) AND \(condition)"
        } _: { id, row in
            try strike(zip(fields, row.dropFirst()).map { ($0, $1) }, of: id, in: table)
        }
    }

    /// Returns the fields of a table with free text.
    static func texts(of table: Table) -> [Field] { table.fields.filter { $0.isStored && $0.type.isFreeText } }

    /// Returns the key of the composed name, which is composed anew instead; `nil` for a table without one.
    static func composedName(of table: Table) -> String? {
        guard table.holdsRecords, case .composed = table.module.display else { return nil }
        return table.module.displayKey
    }

    private mutating func strike(_ values: [(field: Field, value: Value)], of id: Int64, in table: Table) throws {
        var changes = values.compactMap { field, value -> TableWriter.Change? in
            guard let text = value.text, let struck = struckOut(text, of: field, id: id) else { return nil }
            return TableWriter.Change(field, from: value, to: struck)
        }
        guard !changes.isEmpty else { return }
        count += 1
        if table.holdsRecords, let record = try store.storedRecord(table.module, id: id) {
            var draft = Draft(editing: record)
            for change in changes { draft[change.field.key] = change.new }
            draft.composeDisplayName()
            if let key = Self.composedName(of: table), let field = table.module.field(key), draft.changes(key) {
                changes.append(TableWriter.Change(field, from: record[key], to: draft[key]))
            }
        }
        try transaction.writer(of: table).complete(id, changes)
        try letGoOfMessage(id, in: table)
    }

    /// Deletes the original message of a record in which a name was found, since it contains the name too.
    private func letGoOfMessage(_ id: Int64, in table: Table) throws {
        if table.holdsRecords { return try transaction.letGoOfMessages(.bind(.integer(id)), in: table.module) }
        guard table.part != nil, Table(table.module).holdsMessages else { return }
        let owner = table.ownerColumn
        try transaction.letGoOfMessages(
            """
            SELECT \(name: owner) FROM \(name: table.name) WHERE "id" = \(bind: .integer(id)) \
            UNION SELECT \(SQLFragment(definition: JSONFunctions.value(of: owner, in: "before"))) FROM "change" \
            WHERE "table_name" = \(bind: .text(table.name)) AND "record" = \(bind: .integer(id)) \
            AND \(ErasedRows.isReadable)
            """,
            in: table.module
        )
    }

    /// Returns the value of a field without the names; `nil` when it contains none of them.
    private func struckOut(_ text: String, of field: Field, id: Int64) -> Value? {
        guard let struck = names.struckOut(of: text) else { return nil }
        // The id keeps the struck-out value unique.
        if field.traits.contains(.unique) { return .text("\(struck)-\(id)") }
        switch field.type {
        case .email, .phone, .url: return field.isRequired ? .text(struck) : .null
        default: return .text(struck)
        }
    }

    // MARK: - Contents

    /// Strikes the names out of the searchable text of files; the files themselves stay as they are.
    private mutating func strikeContents() throws {
        let condition = ErasedNames.stand(inAnyOf: ["text"])
        try store.forEachRow { isNext in
            """
            SELECT "id", "text" FROM (SELECT "content" AS "id", "text" FROM "content_text") \
            WHERE \(isNext) AND \(condition)
            """
        } _: { id, row in
            guard let text = row[1].text, let struck = names.struckOut(of: text) else { return }
            count += 1
            try store.run(
                "UPDATE \"content_text\" SET \"text\" = \(bind: .text(struck)) WHERE \"content\" = \(bind: .integer(id))"
            )
        }
    }

    // MARK: - History

    private mutating func strikeHistory() throws {
        let tables = Dictionary(uniqueKeysWithValues: store.tables.map { ($0.name, $0) })
        let condition = ErasedNames.stand(inAnyOf: ["before"])
        try store.forEachRow { isNext in
            "SELECT \"id\", \"before\", \"table_name\", \"record\" FROM \"change\" WHERE \(isNext) AND \(condition)"
        } _: { id, row in
            guard let json = row[1].text, let struck = try struckOut(ofKept: json) else { return }
            count += 1
            try set("before", of: "change", id, to: struck)
            guard let table = row[2].text.flatMap({ tables[$0] }), let record = row[3].integer else { return }
            try letGoOfMessage(record, in: table)
        }
    }

    /// Returns a row as stored in the history without the names; `nil` when it contains none of them.
    private func struckOut(ofKept json: String) throws -> String? {
        guard let members = JSONValue.members(ofObject: json) else { return names.struckOut(of: json) }
        var isStruck = false
        let left = members.map { member -> JSONMember in
            guard case .string(let text) = member.value, let without = names.struckOut(of: text) else { return member }
            isStruck = true
            return JSONMember(member.name, .string(without))
        }
        guard isStruck else { return nil }
        let sink = ByteSink.memory()
        var writer = JSONWriter(sink)
        try writer.value(.object(left))
        return sink.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    private mutating func strikeCommands() throws {
        try store.forEachRow { isNext in
            """
            SELECT "id", "command" FROM "change_set" WHERE \(isNext) AND \(ErasedNames.stand(inAnyOf: ["command"]))
            """
        } _: { id, row in
            guard let text = row[1].text, let struck = names.struckOut(of: text) else { return }
            count += 1
            try set("command", of: "change_set", id, to: struck)
        }
    }

    private func set(_ column: String, of table: String, _ id: Int64, to text: String) throws {
        try store.run(
            "UPDATE \(name: table) SET \(name: column) = \(bind: .text(text)) WHERE \"id\" = \(bind: .integer(id))"
        )
    }
}

extension Table {
    /// Whether rows refer to the original messages that they were read from.
    var holdsMessages: Bool { !messageFields.isEmpty }

    /// The fields that refer to the original messages that rows were read from.
    var messageFields: [Field] { fields.filter { $0.traits.isSuperset(of: [.content, .opaque]) } }
}

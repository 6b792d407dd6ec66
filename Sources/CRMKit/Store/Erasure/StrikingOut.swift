import Formats
import SQLite

/// Strikes names out of all remaining texts: in rows, in texts of files, in the history and in command lines.
///
/// The history does not record the striking out. Every page of a table is read once, and one page of changes is in
/// memory at a time.
struct StrikingOut {
    let names: ErasedNames
    let transaction: Transaction
    var store: Store { transaction.store }
    /// The number of texts and rows that contained one of the names.
    private(set) var count = 0
    /// The places of the first of them.
    private(set) var places: [StruckPlace] = []
    /// The names to search for in codes that name no record.
    private let words: ErasedNames

    /// The maximum number of places that are reported.
    private static let mostPlaces = 100

    init(_ names: ErasedNames, in transaction: Transaction) {
        self.names = names
        self.transaction = transaction
        words = names.inWords
    }

    /// Counts a place in which a name stood.
    mutating func count(_ place: StruckPlace) {
        count += 1
        if places.count < Self.mostPlaces { places.append(place) }
    }

    /// Strikes the names out everywhere. The store must know the names: ``Store/define(_:)``.
    mutating func run() throws {
        if names.isEmpty { return }
        for table in store.tables { try strike(table) }
        try strikeContents()
        try strikeHistory()
        try strikeCommands()
        try letGoOfNamingMessages()
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

    /// Returns the fields of a table with free text, in which somebody may be mentioned.
    static func texts(of table: Table) -> [Field] {
        table.fields.filter { $0.isStored && $0.type.isFreeText && !$0.namesRecord(in: table) }
    }

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
        guard let first = changes.first else { return }
        count(StruckPlace(try owner(of: id, in: table), in: table, field: first.field, .text))
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

    /// Returns the id of the record that a row belongs to; a record's own for its row.
    private func owner(of id: Int64, in table: Table) throws -> Int64 {
        guard let owner = table.owners.last?.key else { return id }
        let rows = try store.database.all(
            fragment: "SELECT \(name: owner) FROM \(name: table.name) WHERE \"id\" = \(bind: .integer(id))"
        )
        return rows.first?[0].integer ?? id
    }

    /// Deletes the original message of a record in which a name was found, since it contains the name too.
    private func letGoOfMessage(_ id: Int64, in table: Table) throws {
        if table.holdsRecords { return try transaction.letGoOfMessages(.bind(.integer(id)), in: table.module) }
        guard table.part != nil, Table(table.module).holdsMessages else { return }
        let owner = table.ownerColumn
        try transaction.letGoOfMessages(
            """
            SELECT \(name: owner) FROM \(name: table.name) WHERE "id" = \(bind: .integer(id)) \
            UNION SELECT \(ChangeLog.former(owner)) FROM "change" \
            WHERE "table_name" = \(bind: .text(table.name)) AND "record" = \(bind: .integer(id)) \
            AND \(ChangeLog.isReadable)
            """,
            in: table.module
        )
    }

    /// Returns the value of a field without the names; `nil` when it contains none of them.
    private func struckOut(_ text: String, of field: Field, id: Int64) -> Value? {
        guard let struck = self.names(in: field).struckOut(of: text) else { return nil }
        // The id keeps the struck-out value unique.
        if field.traits.contains(.unique) { return .text("\(struck)-\(id)") }
        switch field.type {
        case .email, .phone, .url: return field.isRequired ? .text(struck) : .null
        default: return .text(struck)
        }
    }

    private func names(in field: Field) -> ErasedNames { field.type == .code ? words : names }

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
            count(StruckPlace(.file))
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
            let table = row[2].text.flatMap { tables[$0] }
            guard let json = row[1].text, let struck = try struckOut(ofKept: json, in: table) else { return }
            try set("before", of: "change", id, to: struck)
            guard let table, let record = row[3].integer else { return count(StruckPlace(.history)) }
            count(StruckPlace(record, in: table, field: nil, .history))
            try letGoOfMessage(record, in: table)
        }
    }

    /// Returns a row as stored in the history without the names; `nil` when it contains none of them.
    ///
    /// - Parameter table: the table of the row; `nil` for one that is no more.
    private func struckOut(ofKept json: String, in table: Table?) throws -> String? {
        guard let members = JSONValue.members(ofObject: json) else { return names.struckOut(of: json) }
        var isStruck = false
        let left = members.map { member -> JSONMember in
            let field = table?.fields.first { $0.key == member.name }
            if let table, let field, field.namesRecord(in: table) { return member }
            guard case .string(let text) = member.value,
                let without = (field.map(names(in:)) ?? names).struckOut(of: text)
            else { return member }
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
            count(StruckPlace(.command, id: id))
            try set("command", of: "change_set", id, to: struck)
        }
    }

    private func set(_ column: String, of table: String, _ id: Int64, to text: String) throws {
        try store.run(
            RowStatements(table).update(
                ["\(name: column) = \(bind: .text(text))"],
                where: "\"id\" = \(bind: .integer(id))"
            )
        )
    }
}

extension Field {
    /// Whether values name a record, a message or a content by what a program or a document gave it: numbers of
    /// documents, codes, serial numbers, ids of messages and of other programs. No person is mentioned in them, though
    /// digits of a telephone number may stand there.
    fileprivate func namesRecord(in table: Table) -> Bool {
        // The keys that the program keeps for itself may be texts, such as the subjects of mails.
        guard variants == nil, table.part?.visibility != .kept else { return false }
        switch type {
        case .code:
            // A person's own key on a server is opaque too, and names the person.
            let isIndexed = traits.contains(.indexed) && !traits.contains(.opaque)
            return isIndexed || !traits.isDisjoint(with: [.key, .unique, .bracketed, .content])
        case .taxID: return traits.contains(.key)
        default: return false
        }
    }
}

extension Table {
    /// Whether rows refer to the original messages that they were read from.
    var holdsMessages: Bool { !messageFields.isEmpty }

    /// The fields that refer to the original messages that rows were read from.
    var messageFields: [Field] { fields.filter { $0.traits.isSuperset(of: [.content, .opaque]) } }
}

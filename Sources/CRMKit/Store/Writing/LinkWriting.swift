import Localization
import SQLite

/// The attributes that input gives for a link, in the order of the link's definition.
public struct LinkAttributes: Sendable {
    /// One for each attribute; `nil` where input says nothing about it.
    public private(set) var values: [Value?]
    private let link: LinkDefinition

    /// Nothing given.
    public init(of link: LinkDefinition) {
        self.link = link
        values = Array(repeating: nil, count: link.attributes.count)
    }

    /// The value given for an attribute; `nil` where input says nothing about it or there is no such attribute.
    public subscript(key: String) -> Value? {
        get { link.index[key].flatMap { values[$0] } }
        set {
            if let position = link.index[key] { values[position] = newValue }
        }
    }

    subscript(position: Int) -> Value? {
        get { values[position] }
        set { values[position] = newValue }
    }

    /// Whether input says nothing at all.
    public var isEmpty: Bool { values.allSatisfy { $0 == nil } }
}

/// What came of asking for one link.
public enum LinkOutcome: String, Sendable {
    /// There is a new link.
    case linked
    /// The link was there and has other attributes now.
    case updated
    /// The link was there as asked.
    case alreadyLinked = "already_linked"
}

/// Makes, changes and ends the links of one relation within a transaction.
final class LinkWriter {
    private let transaction: Transaction
    private let store: Store
    let relation: Relation
    private let today: String
    private let find: Statement
    private let insert: Statement
    private let contactColumn: String
    private let recordColumn: String
    private let rolePosition: Int?
    private let sincePosition: Int?
    private let untilPosition: Int?

    init(_ relation: Relation, in transaction: Transaction) throws {
        self.transaction = transaction
        self.relation = relation
        store = transaction.store
        today = transaction.today
        contactColumn = relation.center.rawValue.quotedIdentifier
        recordColumn = relation.module.rawValue.quotedIdentifier
        let link = relation.link
        rolePosition = link.index["role"]
        sincePosition = link.index["since"]
        untilPosition = link.index["until"]
        let attributes = link.attributes.map { $0.key.quotedIdentifier }
        find = try transaction.store.database.prepare(
            "SELECT \((["\"id\""] + attributes).joined(separator: ", ")) FROM \(relation.table.quotedIdentifier) "
                + "WHERE \(contactColumn) = ? AND \(recordColumn) = ?",
            persistent: true
        )
        let columns = relation.fields.dropFirst().flatMap { $0.columns + ($0.matchColumn.map { [$0] } ?? []) }
        let parameters = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        insert = try transaction.store.database.prepare(
            "INSERT INTO \(relation.table.quotedIdentifier) "
                + "(\(columns.map(\.quotedIdentifier).joined(separator: ", "))) VALUES (\(parameters))",
            persistent: true
        )
    }

    /// An open link of a pair.
    private struct Existing {
        let id: Int64
        let attributes: [Value]
    }

    /// Links a contact and a record, or brings the attributes of their link up to date.
    ///
    /// - Parameters:
    ///   - isForMirror: the link follows a field of the record; otherwise its role is refused.
    func link(
        contact: Int64,
        record: Int64,
        _ given: LinkAttributes,
        isForMirror: Bool = false
    ) throws -> LinkOutcome {
        let open = try openLinks(contact: contact, record: record)
        if let existing = try match(given, among: open) {
            return try update(existing, with: given)
        }
        if let mirror = relation.link.mirror, !isForMirror, given["role"] == .text(mirror.role) {
            throw CRMError(
                .refused,
                Text(
                    en: "the \(mirror.role) contact of \(relation.module) \(record) is set by its own field",
                    es: "el contacto \(mirror.role) de \(relation.module) \(record) se define en su propio campo"
                ),
                hint: Text(
                    "\(ProgramName.placeholder) \(relation.module) edit \(record) --\(mirror.field.dashed) \(contact)"
                ),
                module: relation.module,
                reference: "\(record)"
            )
        }
        try checkPeriod(since: given["since"] ?? .null, until: given["until"] ?? .null)
        try add(contact: contact, record: record, given)
        return .linked
    }

    /// Ends the open links of other contacts to a record in one role, as a hand-over does.
    ///
    /// - Returns: how many were ended.
    func endOthers(than contact: Int64, of record: Int64, role: Value, on date: String) throws -> Int {
        let since = relation.link.hasPeriod ? "\"since\"" : "NULL"
        var sql =
            "SELECT \"id\", \(since) FROM \(relation.table.quotedIdentifier) "
            + "WHERE \(recordColumn) = ? AND \(contactColumn) <> ?"
        var parameters: [Value] = [.integer(record), .integer(contact)]
        if relation.link.hasRole {
            if let mirror = relation.link.mirror, role == .text(mirror.role) { return 0 }
            sql += " AND \"role\" IS ?"
            parameters.append(role)
        }
        if relation.link.hasPeriod {
            sql += " AND (\"until\" IS NULL OR \"until\" > ?)"
            parameters.append(.text(date))
        }
        let holders = try store.database.all(sql, parameters)
        for holder in holders {
            guard let id = holder[0].integer else { continue }
            try checkPeriod(since: holder[1], until: .text(date))
            try end(id, on: relation.link.hasPeriod ? date : nil)
        }
        return holders.count
    }

    /// Takes the open links of a pair away, or ends them on a date and keeps them as history.
    ///
    /// - Parameter role: only the link with this role, `nil` for every one.
    /// - Returns: how many there were.
    func unlink(contact: Int64, record: Int64, role: Value?, endedOn date: String?) throws -> Int {
        let open = try openLinks(contact: contact, record: record).filter { existing in
            guard let role, let rolePosition else { return true }
            return existing.attributes[rolePosition] == role
        }
        let mirrored = open.filter(isMirror)
        if !mirrored.isEmpty, let mirror = relation.link.mirror {
            throw CRMError(
                .refused,
                Text(
                    en: "contact \(contact) is the \(mirror.role) contact of \(relation.module) \(record)",
                    es: "el contacto \(contact) es el contacto \(mirror.role) de \(relation.module) \(record)"
                ),
                hint: Text(
                    en:
                        "move it with: \(ProgramName.placeholder) \(relation.module) edit \(record) --\(mirror.field.dashed) REF",
                    es:
                        "moverlo con: \(ProgramName.placeholder) \(relation.module) edit \(record) --\(mirror.field.dashed) REF"
                ),
                module: relation.module,
                reference: "\(record)"
            )
        }
        for existing in open {
            if let date, let sincePosition {
                try checkPeriod(since: existing.attributes[sincePosition], until: .text(date))
            }
            try end(existing.id, on: date)
        }
        return open.count
    }

    private func openLinks(contact: Int64, record: Int64) throws -> [Existing] {
        try find.bind(contact, at: 1)
        try find.bind(record, at: 2)
        defer { find.reset() }
        var open: [Existing] = []
        while try find.step() {
            let attributes = (0..<relation.link.attributes.count).map { find.value(at: $0 + 1) }
            if let untilPosition, case .text(let until) = attributes[untilPosition], until <= today { continue }
            open.append(Existing(id: find.integer(at: 0), attributes: attributes))
        }
        return open
    }

    /// The open link that a request is about. Without a role it is about any link when nothing else is asked,
    /// otherwise about the one without a role or the only one there is.
    private func match(_ given: LinkAttributes, among open: [Existing]) throws -> Existing? {
        guard let rolePosition else { return open.first }
        if let role = given[rolePosition] { return open.first { $0.attributes[rolePosition] == role } }
        if let plain = open.first(where: { $0.attributes[rolePosition].isNull }) { return plain }
        if given.isEmpty || open.count < 2 { return open.first }
        let roles = open.compactMap { $0.attributes[rolePosition].text }.joined(separator: ", ")
        throw CRMError(
            .ambiguous,
            Text(en: "there are several links, as \(roles)", es: "hay varios vínculos, como \(roles)"),
            hint: Text(en: "say which one with --role", es: "indicar cuál con --role"),
            module: relation.module
        )
    }

    private func update(_ existing: Existing, with given: LinkAttributes) throws -> LinkOutcome {
        let changed = relation.link.attributes.enumerated().filter { position, _ in
            given[position].map { $0 != existing.attributes[position] } ?? false
        }
        guard !changed.isEmpty else { return .alreadyLinked }
        if let sincePosition, let untilPosition {
            try checkPeriod(
                since: given[sincePosition] ?? existing.attributes[sincePosition],
                until: given[untilPosition] ?? existing.attributes[untilPosition]
            )
        }
        try write(changed.map { ($0.element, given[$0.offset] ?? .null) }, to: existing.id)
        return .updated
    }

    private func write(_ changes: [(Field, Value)], to id: Int64) throws {
        try transaction.log.keep(changes.flatMap { $0.0.columns }, of: id, in: relation.table, action: .update)
        let columns = changes.flatMap { $0.0.columns + ($0.0.matchColumn.map { [$0] } ?? []) }
        let parameters = changes.flatMap {
            RecordTable.stored($0.1, of: $0.0, country: transaction.values.country)
        }
        let assignments = columns.map { "\($0.quotedIdentifier) = ?" }.joined(separator: ", ")
        try store.statement("UPDATE \(relation.table.quotedIdentifier) SET \(assignments) WHERE \"id\" = ?")
            .run(parameters + [.integer(id)])
    }

    private func add(contact: Int64, record: Int64, _ given: LinkAttributes) throws {
        try insert.bind(contact, at: 1)
        try insert.bind(record, at: 2)
        var parameter = 3
        for (position, field) in relation.link.attributes.enumerated() {
            let value = given[position] ?? .null
            if value.isNull {
                for _ in 0..<(field.matchColumn == nil ? 1 : 2) {
                    try insert.bindNull(at: parameter)
                    parameter += 1
                }
                continue
            }
            for stored in RecordTable.stored(value, of: field, country: transaction.values.country) {
                try insert.bind(stored, at: parameter)
                parameter += 1
            }
        }
        try insert.bind(transaction.now, at: parameter)
        // A refused row leaves the statement ready for the next one.
        defer { insert.reset() }
        _ = try insert.step()
        try transaction.log.noteCreated(store.database.lastInsertedRowID, in: relation.table)
    }

    private func end(_ id: Int64, on date: String?) throws {
        if let date, let untilPosition {
            try write([(relation.link.attributes[untilPosition], .text(date))], to: id)
        } else {
            try transaction.removeLink(id, of: relation)
        }
    }

    private func isMirror(_ existing: Existing) -> Bool {
        guard let mirror = relation.link.mirror, let rolePosition else { return false }
        return existing.attributes[rolePosition] == .text(mirror.role)
    }

    private func checkPeriod(since: Value, until: Value) throws {
        guard case .text(let since) = since, case .text(let until) = until, until < since else { return }
        throw CRMError(
            .invalid,
            Text(
                en: "the link cannot end on \(until), before it begins on \(since)",
                es: "el vínculo no puede terminar el \(until), antes de empezar el \(since)"
            ),
            module: relation.module
        )
    }
}

extension Transaction {
    /// Keeps the one link that follows a mirrored field where the field points.
    func mirrorLink(of record: Record, original: Record?) throws {
        guard let mirror = record.module.contacts.link?.mirror,
            original.map({ $0[mirror.field] != record[mirror.field] }) ?? true,
            let relation = Relation(record.module, center: store.registry.center)
        else { return }
        let writer = try LinkWriter(relation, in: self)
        let present = try store.database.all(
            """
            SELECT "id" FROM \(relation.table.quotedIdentifier) \
            WHERE \(relation.module.rawValue.quotedIdentifier) = ? AND "role" = ?
            """,
            [.integer(record.id), .text(mirror.role)]
        )
        for id in present.compactMap({ $0[0].integer }) { try removeLink(id, of: relation) }
        guard case .integer(let contact) = record[mirror.field] else { return }
        var attributes = LinkAttributes(of: relation.link)
        attributes["role"] = .text(mirror.role)
        _ = try writer.link(contact: contact, record: record.id, attributes, isForMirror: true)
    }
}

extension Transaction {
    /// Links a contact and a record of a module.
    ///
    /// - Parameters:
    ///   - replacing: end the open links of other contacts to the record in the same role, on the day the new
    ///     one begins.
    /// - Returns: what came of it and how many links were ended.
    /// - Throws: ``CRMError`` `notFound` for an end that does not exist; `refused` for a link that a field sets;
    ///   `ambiguous` where several links could be meant; `invalid` for a period that ends before it begins.
    public func link(
        _ module: Module,
        contact: Int64,
        record: Int64,
        _ attributes: LinkAttributes,
        replacing: Bool = false
    ) throws -> (outcome: LinkOutcome, ended: Int) {
        let relation = try Relation.required(of: module, in: store.registry)
        try checkExists(contact, in: store.registry[relation.center])
        try checkExists(record, in: module)
        return try link(
            contact: contact,
            record: record,
            attributes,
            replacing: replacing,
            through: LinkWriter(relation, in: self)
        )
    }

    func link(
        contact: Int64,
        record: Int64,
        _ attributes: LinkAttributes,
        replacing: Bool,
        through writer: LinkWriter
    ) throws -> (outcome: LinkOutcome, ended: Int) {
        guard replacing else { return (try writer.link(contact: contact, record: record, attributes), 0) }
        let date = attributes["since"]?.text ?? today
        let ended = try writer.endOthers(
            than: contact,
            of: record,
            role: attributes["role"] ?? .null,
            on: date
        )
        var handedOver = attributes
        if ended > 0, writer.relation.link.hasPeriod, attributes["since"] == nil {
            handedOver["since"] = .text(date)
        }
        return (try writer.link(contact: contact, record: record, handedOver), ended)
    }

    /// Takes away the open links of a contact and a record, or ends them on a date.
    ///
    /// - Returns: how many there were.
    public func unlink(
        _ module: Module,
        contact: Int64,
        record: Int64,
        role: Value?,
        endedOn date: String?
    ) throws -> Int {
        let relation = try Relation.required(of: module, in: store.registry)
        return try LinkWriter(relation, in: self)
            .unlink(contact: contact, record: record, role: role, endedOn: date)
    }

    func checkExists(_ id: Int64, in module: Module) throws {
        _ = try store.resolve("\(id)", in: module)
    }
}

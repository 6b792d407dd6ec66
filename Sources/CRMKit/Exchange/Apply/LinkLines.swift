import Formats
import Localization

/// Reads and writes the lines that hold links of one relation.
final class LinkLines {
    /// The meaning of a line's member.
    private enum Member {
        case contact, record
        case attribute(Int)
        case createdAt
        case ignored
    }

    /// The contents of a line.
    struct Reading {
        fileprivate var contact: LineReferences.Target = .none
        fileprivate var record: LineReferences.Target = .none
        fileprivate var attributes: LinkAttributes
        fileprivate var createdAt: Value?

        /// The name of a record in the line that is not written yet.
        var awaited: String? {
            if case .awaited(let name) = contact { return name }
            if case .awaited(let name) = record { return name }
            return nil
        }
        /// Whether the line refers to the record of a rejected line.
        var isOrphan: Bool {
            if case .rejected = contact { return true }
            if case .rejected = record { return true }
            return false
        }
    }

    private let relation: Relation
    private let transaction: Transaction
    private let references: LineReferences
    private let writer: LinkWriter
    private let members: [String: Member]
    private let stored: StoredLinks
    /// The highest id that the table of links had given before the first line.
    private let lastID: Int64

    /// - Parameter lastID: the highest id that the table of links had given before the first line.
    init(_ relation: Relation, lastID: Int64, references: LineReferences, in transaction: Transaction) throws {
        self.relation = relation
        self.transaction = transaction
        self.references = references
        self.lastID = lastID
        writer = try transaction.linkWriter(of: transaction.store.registry[relation.module])
        var members: [String: Member] = [
            LineKey.link: .ignored, "id": .ignored, LineKey.record: .record, relation.center.rawValue: .contact,
            "created_at": .createdAt,
        ]
        for (position, field) in relation.link.attributes.enumerated() { members[field.key] = .attribute(position) }
        self.members = members
        stored = try StoredLinks(relation, in: transaction)
    }

    /// Reads a line.
    ///
    /// - Throws: ``LineFault`` for a member that is unknown, invalid or missing.
    func read(_ line: [JSONMember]) throws -> Reading {
        var reading = Reading(attributes: LinkAttributes(of: relation.link))
        for member in line {
            guard let meaning = members[member.name] else { throw unknown(member.name) }
            do {
                try read(member.value, as: meaning, into: &reading)
            } catch {
                throw LineFault(field: member.name, value: try? member.value.cellText(), cause: error)
            }
        }
        for (key, target) in [(relation.center.rawValue, reading.contact), (LineKey.record, reading.record)] {
            guard case .none = target else { continue }
            throw LineFault(field: key, value: nil, cause: ValueError(.isRequired))
        }
        return reading
    }

    private func read(_ value: JSONValue, as meaning: Member, into reading: inout Reading) throws {
        switch meaning {
        case .ignored: break
        case .contact: reading.contact = try references.target(of: value, in: relation.center)
        case .record: reading.record = try references.target(of: value, in: relation.module)
        case .createdAt:
            let moment = try FieldType.dateTime.parse(try value.cellText() ?? "", in: transaction.values)
            reading.createdAt = moment.isNull ? nil : moment
        case .attribute(let position):
            let field = relation.link.attributes[position]
            let text = try value.cellText(for: field.type)
            if field.unit != nil {
                reading.attributes.set(position, to: try field.readForLink(text, in: transaction.values))
            } else {
                reading.attributes[position] = try field.type.parse(text, in: transaction.values)
            }
        }
    }

    private func unknown(_ key: String) -> LineFault {
        let keys = [LineKey.link, relation.center.rawValue, LineKey.record] + relation.link.attributes.map(\.key)
        let known = (keys + ["created_at"]).joined(separator: ", ")
        let reason = ValueError(en: "no such key; known are \(known)", es: "no existe esa clave; se conocen \(known)")
        return LineFault(field: key, value: nil, cause: reason, isOfName: true)
    }

    // MARK: - Writing

    /// Creates the link or updates its attributes.
    ///
    /// A line with a creation time or an end describes a link as another database has it, one of several that the pair
    /// may have had. Any other line requests a link, as `crm link` does.
    func write(_ reading: Reading) throws -> LinkOutcome {
        guard case .record(_, let contact) = reading.contact, case .record(_, let record) = reading.record else {
            return .alreadyLinked
        }
        guard reading.createdAt != nil || !isOpen(reading.attributes["until"] ?? .null) else {
            return try writer.link(contact: contact, record: record, reading.attributes)
        }
        return try restore(reading, contact: contact, record: record)
    }

    private func restore(_ reading: Reading, contact: Int64, record: Int64) throws -> LinkOutcome {
        let mirror = relation.mirror
        let isMirror = mirror.map { reading.attributes["role"] == .text($0.role) } ?? false
        let role = reading.attributes["role"] ?? .null
        let links = try stored.links(contact: contact, record: record, role: role)
        // Links of earlier lines are different ones, except the one that was created with its record.
        if let link = match(reading, among: links.filter { $0.id <= lastID || isMirror }) {
            return try update(link, with: reading, among: links)
        }
        if let mirror, isMirror { throw writer.refusal(of: mirror, contact: contact, record: record) }
        try checkPeriod(reading, stored: nil)
        try checkAlone(until: reading.attributes["until"] ?? .null, among: links, contact: contact, record: record)
        let createdAt = reading.createdAt ?? .text(transaction.now)
        try stored.add(contact: contact, record: record, reading.attributes, createdAt: createdAt)
        return .linked
    }

    private func match(_ reading: Reading, among links: [StoredLinks.Link]) -> StoredLinks.Link? {
        let since = reading.attributes["since"] ?? .null
        let until = reading.attributes["until"] ?? .null
        let same = links.filter { value("since", of: $0) == since && value("until", of: $0) == until }
        if let link = same.first(where: { $0.createdAt == reading.createdAt }) ?? same.first { return link }
        if isOpen(until), let link = links.first(where: { isOpen(value("until", of: $0)) }) { return link }
        return links.first { value("since", of: $0) == since && $0.createdAt == reading.createdAt }
    }

    private func update(
        _ link: StoredLinks.Link,
        with reading: Reading,
        among links: [StoredLinks.Link]
    ) throws -> LinkOutcome {
        if link.id > lastID, let createdAt = reading.createdAt, createdAt != link.createdAt {
            try stored.set(createdAt: createdAt, of: link.id)
        }
        let changed = relation.link.attributes.enumerated().compactMap { position, field -> (Field, Value)? in
            guard let value = reading.attributes[position], value != link.attributes[position] else { return nil }
            return (field, value)
        }
        guard !changed.isEmpty else { return .alreadyLinked }
        try checkPeriod(reading, stored: link)
        if let until = reading.attributes["until"], case .record(_, let contact) = reading.contact,
            case .record(_, let record) = reading.record
        {
            try checkAlone(until: until, among: links.filter { $0.id != link.id }, contact: contact, record: record)
        }
        try writer.write(changed, to: link.id)
        return .updated
    }

    /// Refuses a further link of a pair without an end in the same role.
    private func checkAlone(until: Value, among links: [StoredLinks.Link], contact: Int64, record: Int64) throws {
        guard until.isNull, links.contains(where: { value("until", of: $0).isNull }) else { return }
        let registry = transaction.store.registry
        let (one, other) = (registry[relation.center].called(contact), registry[relation.module].called(record))
        let which =
            relation.link.hasPeriod ? Text(en: ", by a link without an end", es: " por un vínculo sin fin") : Text("")
        throw CRMError(
            .refused,
            Text(
                en: "\(one.en) and \(other.en) are linked already\(which.en)",
                es: "\(one.es) y \(other.es) ya están vinculados\(which.es)"
            ),
            module: relation.module,
            reference: "\(record)"
        )
    }

    private func checkPeriod(_ reading: Reading, stored link: StoredLinks.Link?) throws {
        func value(_ key: String) -> Value {
            reading.attributes[key] ?? link.map { self.value(key, of: $0) } ?? .null
        }
        try writer.checkPeriod(since: value("since"), until: value("until"))
    }

    private func value(_ key: String, of link: StoredLinks.Link) -> Value {
        relation.link.index[key].map { link.attributes[$0] } ?? .null
    }

    private func isOpen(_ until: Value) -> Bool {
        until.text.map { $0 > transaction.today } ?? true
    }
}

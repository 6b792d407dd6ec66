import Localization
import SQLite

/// The outcome of a request for one link.
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
    let store: Store
    let relation: Relation
    let writer: TableWriter
    private let today: String
    private let find: Statement
    let insertion: LinkInsertion
    /// Sends a notice to the user.
    let notice: (Text) -> Void
    let contactColumn: String
    let recordColumn: String
    let rolePosition: Int?
    let sincePosition: Int?
    let untilPosition: Int?
    /// The module's rules that react to changed links.
    private let rules: [Rule.LinkRule]
    unowned let transaction: Transaction
    /// The changes not yet reported to the rules.
    private var changes: [Rule.LinkChange] = []
    /// The lowest id of the links made by the input being read: further rows of the same input do not change these
    /// links.
    private var lastBeforeInput = Int64.max
    /// The number of pairs of an input that are looked up one by one, however few links there are.
    private static let fewPairs: Int64 = 64
    /// How many pairs of the input were asked for.
    private var asked: Int64 = 0

    init(_ relation: Relation, of module: Module, in transaction: Transaction) throws {
        self.relation = relation
        store = transaction.store
        self.transaction = transaction
        rules = module.rules.compactMap(\.afterLink)
        writer = transaction.writer(of: Table(relation, of: module))
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
        insertion = LinkInsertion(writer, now: transaction.now)
        notice = { [weak transaction] in transaction?.notice($0) }
    }

    /// Begins an input. From now on, a row that would change the link made by an earlier row of the same input is
    /// refused.
    func beginInput() throws {
        let last = try store.database.scalar("SELECT max(\"id\") FROM \(relation.table.quotedIdentifier)")
        lastBeforeInput = last?.integer ?? 0
    }

    /// Ends it.
    func endInput() {
        (lastBeforeInput, asked) = (.max, 0)
        insertion.forgetInput()
    }

    /// Whether a pair may have been linked. Once the input has asked for enough of them, all that are linked are looked
    /// through, which costs less than to look for many of them one by one.
    private func mayBeLinked(contact: Int64, record: Int64) throws -> Bool {
        guard lastBeforeInput != .max else { return true }
        if !insertion.knowsPairs {
            asked += 1
            guard asked > max(Self.fewPairs, lastBeforeInput / 8) else { return true }
            insertion.know(try linkedPairs())
        }
        return insertion.mayBeLinked(contact: contact, record: record)
    }

    private func linkedPairs() throws -> LinkedPairs {
        let statement = try store.database.prepare(
            "SELECT \(contactColumn), \(recordColumn) FROM \(relation.table.quotedIdentifier)"
        )
        var pairs = LinkedPairs()
        while try statement.step() {
            pairs.insert(contact: statement.integer(at: 0), record: statement.integer(at: 1))
        }
        return pairs
    }

    /// An open link of a pair.
    struct Existing {
        let id: Int64
        let attributes: [Value]
    }

    /// The contacts that are linked with a record today, the first link first.
    func linkedContacts(of record: Int64) throws -> [LinkedContact] {
        let attributes = relation.link.attributes
        let columns = ([contactColumn] + attributes.map(\.key.quotedIdentifier)).joined(separator: ", ")
        var sql = "SELECT \(columns) FROM \(relation.table.quotedIdentifier) WHERE \(recordColumn) = ?"
        var parameters: [Value] = [.integer(record)]
        if relation.link.hasPeriod {
            sql += " AND (\"until\" IS NULL OR \"until\" > ?)"
            parameters.append(.text(today))
        }
        return try store.database.all(sql + " ORDER BY \"id\"", parameters).compactMap { row in
            guard let contact = row[0].integer else { return nil }
            let given = zip(attributes, row.dropFirst()).filter { !$1.isNull }.map { (field: $0.key, value: $1) }
            return LinkedContact(contact: contact, attributes: given)
        }
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
        if let outcome = try settle(contact: contact, record: record, given, isForMirror: isForMirror) {
            try tellRules()
            return outcome
        }
        try insertion.insert(LinkInsertion.Link(contact: contact, record: record, attributes: given))
        note(contact: contact, record: record, from: .null, to: role(in: given))
        try tellRules()
        return .linked
    }

    private func role(in attributes: LinkAttributes) -> Value { rolePosition.flatMap { attributes[$0] } ?? .null }

    func role(of existing: Existing) -> Value { rolePosition.map { existing.attributes[$0] } ?? .null }

    /// Notes a change to be passed to rules once all related changes are made.
    func note(contact: Int64, record: Int64, from former: Value, to role: Value) {
        guard !rules.isEmpty else { return }
        changes.append(
            Rule.LinkChange(record: record, contact: contact, formerRole: former.text, role: role.text)
        )
    }

    /// - Throws: the error of a rule that refuses a link.
    func tellRules() throws {
        guard !changes.isEmpty else { return }
        let told = changes
        changes = []
        for rule in rules where try rule.isInForce(transaction) {
            for change in told { try rule.check(change, transaction) }
        }
    }

    /// Links as ``link(contact:record:_:isForMirror:)`` does, but a new link may have to wait until there are enough to
    /// be inserted together, at the latest until ``insertWaiting(refusing:)``.
    ///
    /// - Parameter refuse: called for every link that has waited and is refused by the database.
    func linkSoon(
        _ link: LinkInsertion.Link,
        refusing refuse: LinkInsertion.Refusal
    ) throws -> LinkOutcome {
        // Rules need links that are stored.
        guard rules.isEmpty else {
            return try self.link(contact: link.contact, record: link.record, link.attributes)
        }
        if insertion.isWaiting(contact: link.contact, record: link.record) { try insertWaiting(refusing: refuse) }
        if let outcome = try settle(contact: link.contact, record: link.record, link.attributes) { return outcome }
        try insertion.insertSoon(link, refusing: refuse)
        return .linked
    }

    /// The number of links waiting to be inserted.
    var waitingCount: Int { insertion.waitingCount }

    /// Whether a link that a row has asked for is the last of those that wait.
    func isWaiting(_ link: LinkInsertion.Link) -> Bool { insertion.isLastWaiting(row: link.row) }

    /// Inserts the links that wait.
    func insertWaiting(refusing refuse: LinkInsertion.Refusal) throws {
        try insertion.insertWaiting(refusing: refuse)
    }

    /// Handles a requested link whose pair is already linked: updates the existing link if it matches.
    ///
    /// - Returns: `nil` if a new link must be inserted, and may be.
    private func settle(
        contact: Int64,
        record: Int64,
        _ given: LinkAttributes,
        isForMirror: Bool = false
    ) throws -> LinkOutcome? {
        if !given.units.isEmpty { try checkUnits(given, record: record) }
        let mayBeThere = try mayBeLinked(contact: contact, record: record)
        let open = mayBeThere ? try openLinks(contact: contact, record: record) : []
        if !open.isEmpty, let existing = try match(given, among: open) {
            let outcome = try update(existing, with: given)
            let former = role(of: existing)
            if let role = rolePosition.flatMap({ given[$0] }), role != former {
                note(contact: contact, record: record, from: former, to: role)
            }
            return outcome
        }
        if let mirror = relation.mirror, !isForMirror, given["role"] == .text(mirror.role) {
            throw refusal(of: mirror, contact: contact, record: record)
        }
        if let sincePosition, let untilPosition {
            try checkPeriod(since: given[sincePosition] ?? .null, until: given[untilPosition] ?? .null)
        }
        return nil
    }

    func openLinks(contact: Int64, record: Int64) throws -> [Existing] {
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
    func match(_ given: LinkAttributes, among open: [Existing]) throws -> Existing? {
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
        if existing.id > lastBeforeInput, changed.contains(where: { !existing.attributes[$0.offset].isNull }) {
            let row = insertion.row(of: existing.id)
            throw CRMError(
                .refused,
                Text(
                    en: "\(row.map { "row \($0)" } ?? "a row before it") links the two with other attributes",
                    es: "\(row.map { "la fila \($0)" } ?? "una fila anterior") vincula a los dos con otros atributos"
                ),
                module: relation.module
            )
        }
        if let sincePosition, let untilPosition {
            try checkPeriod(
                since: given[sincePosition] ?? existing.attributes[sincePosition],
                until: given[untilPosition] ?? existing.attributes[untilPosition]
            )
        }
        try write(changed.map { ($0.element, given[$0.offset] ?? .null) }, to: existing.id)
        return .updated
    }

    /// Sets attributes of a link; the earlier ones are kept in the history.
    func write(_ changes: [(Field, Value)], to id: Int64) throws {
        try writer.update(id, changes.map { TableWriter.Change($0.0, to: $0.1) })
    }

    /// Refuses a period that ends before it begins.
    func checkPeriod(since: Value, until: Value) throws {
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

import Localization
import SQLite

/// What one change set did to one record.
public struct RecordHistory: Sendable {
    /// The change set.
    public let changeSet: ChangeSet
    /// What happened to the record, its own changes first, then those of its links.
    public let events: [RecordEvent]
}

extension Store {
    /// What was done to a record and to its links, newest first. A deleted record keeps its history.
    ///
    /// - Parameter limit: how many change sets at most; `nil` for all.
    /// - Throws: ``CRMError`` `notFound` for an id that no record has or had.
    public func history(
        of id: Int64,
        in module: Module,
        limit: Int? = nil
    ) throws(CRMError) -> [RecordHistory] {
        try translating {
            let tables = LoggedTable.all(in: registry)
            var events: [Int64: [RecordEvent]] = [:]
            let own = LoggedTable(module)
            let rowEvents = try rowEvents(of: id, in: own)
            guard try !rowEvents.isEmpty || image(of: id, in: own) != nil else { throw Self.missing(id, in: module) }
            for event in rowEvents {
                if let told = try recordEvent(event, in: own) { events[event.changeSet, default: []].append(told) }
            }
            for table in tables {
                guard let relation = table.relation, relation.center == module.name || relation.module == module.name
                else { continue }
                for link in try linkIDs(of: id, in: relation, end: module.name) {
                    for event in try self.rowEvents(of: link, in: table) {
                        guard let told = try linkEvent(event, in: table, relation, seenFrom: module.name)
                        else { continue }
                        events[event.changeSet, default: []].append(told)
                    }
                }
            }
            return try events.keys.sorted(by: >).prefix(limit ?? .max).compactMap { changeSet in
                try readChangeSet(changeSet, tables: tables).map {
                    RecordHistory(changeSet: $0, events: events[changeSet] ?? [])
                }
            }
        }
    }

    /// What happened to a record's own row; `nil` where nothing a user would see did.
    func recordEvent(_ event: RowEvent, in table: LoggedTable) throws -> RecordEvent? {
        switch event.action {
        case .created: return .created
        case .deleted: return .deleted
        case .restored: return .restored
        case .updated(let before):
            let changes = try fieldChanges(from: before, to: event.image, in: table)
            return changes.isEmpty ? nil : .updated(changes)
        }
    }

    /// What happened to a link, seen from the record at one of its ends.
    func linkEvent(
        _ event: RowEvent,
        in table: LoggedTable,
        _ relation: Relation,
        seenFrom end: ModuleName
    ) throws -> RecordEvent? {
        let other = end == relation.center ? relation.module : relation.center
        let id = event.image[other.rawValue]?.integer ?? 0
        let link = LinkEnd(
            module: other,
            id: id,
            name: try lastKnownName(of: id, in: registry[other]),
            attributes: relation.link.attributes.compactMap { field in
                guard let value = event.image.value(of: field), !value.isNull else { return nil }
                return LinkEnd.Attribute(field: field, value: value)
            }
        )
        switch event.action {
        case .created, .restored: return .linked(link)
        case .deleted: return .unlinked(link)
        case .updated(let before):
            let changes = try fieldChanges(from: before, to: event.image, in: table)
            return changes.isEmpty ? nil : .linkChanged(link, changes)
        }
    }

    /// The links a record has and had, by their ids.
    private func linkIDs(of id: Int64, in relation: Relation, end: ModuleName) throws -> [Int64] {
        try database.all(
            """
            SELECT "id" FROM \(relation.table.quotedIdentifier) WHERE \(end.rawValue.quotedIdentifier) = ?1 \
            UNION SELECT "record" FROM "change" WHERE "table_name" = ?2 AND "action" = ?3 \
            AND \(JSONFunctions.value(of: end.rawValue, in: "before")) = ?1 ORDER BY 1
            """,
            [.integer(id), .text(relation.table), .text(ChangeLog.Action.delete.rawValue)]
        ).compactMap { $0[0].integer }
    }
}

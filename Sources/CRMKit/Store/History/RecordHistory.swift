import SQLite

/// The effects of one change set on one record.
public struct RecordHistory: Sendable {
    /// The change set.
    public let changeSet: ChangeSet
    /// The events of the record: first its own changes, then those of its links and parts.
    public let events: [RecordEvent]
    /// The events of the records that were merged into it, in the order of their ids.
    public internal(set) var former: [FormerEvents] = []
}

/// The events of a record that was merged into another, in one change set.
public struct FormerEvents: Sendable {
    /// The id that the record had.
    public let id: Int64
    /// The last name of the record.
    public let name: String?
    /// The events, as in ``RecordHistory/events``.
    public let events: [RecordEvent]
}

extension Store {
    /// Returns the history of a record with its links and parts, newest first. A deleted record keeps its history.
    ///
    /// - Parameter limit: the maximum number of change sets; `nil` for all.
    /// - Throws: ``CRMError`` `notFound` for an id that no record has or had.
    public func history(
        of id: Int64,
        in module: Module,
        limit: Int? = nil
    ) throws(CRMError) -> [RecordHistory] {
        try translating {
            guard let events = try eventsByChangeSet(of: id, in: module) else { throw Self.missing(id, in: module) }
            return try events.keys.sorted(by: >).prefix(limit ?? .max).compactMap { changeSet in
                try readChangeSet(changeSet).map {
                    RecordHistory(changeSet: $0, events: events[changeSet] ?? [])
                }
            }
        }
    }

    /// Returns the history of a record like ``history(of:in:limit:)``, together with that of the records that were
    /// merged into it.
    ///
    /// - Throws: ``CRMError`` `notFound` for an id that no record has or had.
    public func historyWithFormer(of id: Int64, in module: Module) throws(CRMError) -> [RecordHistory] {
        try translating {
            guard let events = try eventsByChangeSet(of: id, in: module) else { throw Self.missing(id, in: module) }
            var former: [Int64: [FormerEvents]] = [:]
            for other in try mergedFrom(id, in: module) ?? [] {
                let name = try lastKnownName(of: other, in: module)
                for (changeSet, told) in try eventsByChangeSet(of: other, in: module) ?? [:] {
                    former[changeSet, default: []].append(FormerEvents(id: other, name: name, events: told))
                }
            }
            return try Set(events.keys).union(former.keys).sorted(by: >).compactMap { changeSet in
                try readChangeSet(changeSet).map {
                    RecordHistory(
                        changeSet: $0,
                        events: events[changeSet] ?? [],
                        former: former[changeSet] ?? []
                    )
                }
            }
        }
    }

    /// Returns the id of the record whose history is meant by a reference: one that was deleted is named by its id, and
    /// one that was merged into another stands for that.
    ///
    /// - Throws: ``CRMError`` `notFound` or `ambiguous` for a reference that is no number and names no single record.
    public func idForHistory(_ reference: String, in module: Module) throws(CRMError) -> Int64 {
        guard let id = Reference.id(reference.trimmed) else { return try self.id(of: reference, in: module) }
        return try translating { try present(id, in: module) ?? id }
    }

    /// Returns the events of a record with its links and parts, by change set.
    ///
    /// - Returns: `nil` for an id that no record has or had.
    private func eventsByChangeSet(of id: Int64, in module: Module) throws -> [Int64: [RecordEvent]]? {
        var events: [Int64: [RecordEvent]] = [:]
        let own = LoggedRows.table(Table(module))
        let rowEvents = try rowEvents(of: id, in: own)
        guard try !rowEvents.isEmpty || image(of: id, in: own) != nil else { return nil }
        for event in rowEvents {
            if let told = try recordEvent(event, in: own) { events[event.changeSet, default: []].append(told) }
        }
        let definitions = FieldDefinitions(in: self)
        for table in tables {
            for event in try sideEvents(of: id, in: module, table) {
                guard let told = try sideEvent(event, in: table, seenFrom: module.name, definitions) else { continue }
                events[event.changeSet, default: []].append(told)
            }
        }
        return events
    }

    /// Returns the events of a record's links or rows of a part in one table.
    private func sideEvents(of id: Int64, in module: Module, _ table: Table) throws -> [RowEvent] {
        guard let field = table.owners.first(where: { $0.type.target == module.name }),
            table.isTold
        else { return [] }
        return try rowIDs(of: table, naming: id, by: field).flatMap { try rowEvents(of: $0, in: .table(table)) }
    }

    private func sideEvent(
        _ event: RowEvent,
        in table: Table,
        seenFrom module: ModuleName,
        _ definitions: FieldDefinitions
    ) throws -> RecordEvent? {
        switch table.kind {
        case .records: nil
        case .links(let relation): try linkEvent(event, in: .table(table), relation, seenFrom: module)
        case .part(let part): try partEvent(event, in: .table(table), part, definitions)
        }
    }

    /// Returns the event of a row of a part as an event of its record; `nil` when nothing visible changed.
    func partEvent(
        _ event: RowEvent,
        in table: LoggedRows,
        _ part: Part,
        _ definitions: FieldDefinitions
    ) throws -> RecordEvent? {
        let row = PartRowImage(
            part: part,
            position: event.image[Part.positionKey]?.integer,
            values: try part.fields.compactMap { field in
                guard !table.isDerived(field.key), let value = event.image.value(of: field), !value.isNull,
                    try definitions.had(field, of: table, at: event.changeSet)
                else { return nil }
                return LinkEnd.Attribute(field: field, value: value)
            }
        )
        switch event.action {
        case .created, .restored: return .partAdded(row)
        case .deleted, .erased: return .partRemoved(row)
        case .updated(let before):
            let changes = try fieldChanges(from: before, to: event.image, in: table)
            return changes.isEmpty ? nil : .partChanged(row, changes)
        }
    }

    /// Returns the event of a record's own row; `nil` when nothing visible changed.
    func recordEvent(_ event: RowEvent, in table: LoggedRows) throws -> RecordEvent? {
        if let standard = standardChoice(of: event, in: table) { return try choiceEvent(event, standard, in: table) }
        switch event.action {
        case .created: return .created
        case .deleted: return .deleted
        case .restored: return .restored
        case .erased: return .erased
        case .updated(let before):
            let changes = try fieldChanges(from: before, to: event.image, in: table)
            return changes.isEmpty ? nil : .updated(changes)
        }
    }

    /// Returns the event of a link, seen from the record at one of its ends; `nil` when nothing visible changed.
    func linkEvent(
        _ event: RowEvent,
        in table: LoggedRows,
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
        case .deleted, .erased: return .unlinked(link)
        case .updated(let before):
            let changes = try fieldChanges(from: before, to: event.image, in: table)
            return changes.isEmpty ? nil : .linkChanged(link, changes)
        }
    }

    /// Returns the ids of the rows that refer to a record, or did when they were deleted.
    private func rowIDs(of table: Table, naming id: Int64, by field: Field) throws -> [Int64] {
        try database.all(
            """
            SELECT "id" FROM \(table.name.quotedIdentifier) WHERE \(field.key.quotedIdentifier) = ?1 \
            UNION SELECT "record" FROM "change" WHERE "table_name" = ?2 AND "action" = ?3 \
            AND \(JSONFunctions.value(of: field.key, in: "before")) = ?1 ORDER BY 1
            """,
            [.integer(id), .text(table.name), .text(ChangeLog.Action.delete.rawValue)]
        ).compactMap { $0[0].integer }
    }
}

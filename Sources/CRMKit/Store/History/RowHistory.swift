import SQLite

/// An event in the life of a row of a table within one change set.
struct RowEvent {
    enum Action {
        case created
        /// The update; the image has the columns that changed, with their earlier values.
        case updated(RowImage)
        case deleted
        case restored
        case erased
    }

    let changeSet: Int64
    let action: Action
    /// The row right after the event; for a deletion, right before.
    let image: RowImage

    /// Whether the event created or restored the row.
    var makesRow: Bool {
        switch action {
        case .created, .restored: true
        case .updated, .deleted, .erased: false
        }
    }

    /// Whether the event deleted the row.
    var isDeletion: Bool { if case .deleted = action { true } else { false } }

    /// Whether the event changed the value of a field of an existing row.
    func changes(_ field: Field) -> Bool {
        guard case .updated(let before) = action else { return false }
        return field.columns.contains { before[$0] != nil }
    }
}

extension Store {
    /// Returns the events of a row, newest first. Starting from the present row, the stored changes are walked back.
    func rowEvents(of id: Int64, in table: LoggedRows) throws -> [RowEvent] {
        var state = try image(of: id, in: table) ?? RowImage()
        var events: [RowEvent] = []
        for change in try readChanges(of: id, in: table) {
            switch change.action {
            case .restore:
                events.append(RowEvent(changeSet: change.changeSet, action: .restored, image: state))
            case .erase:
                events.append(RowEvent(changeSet: change.changeSet, action: .erased, image: state))
            case .delete:
                state = change.before
                events.append(RowEvent(changeSet: change.changeSet, action: .deleted, image: state))
            case .update:
                if let last = events.last, last.changeSet == change.changeSet, case .updated(var before) = last.action {
                    before.goBack(to: change.before)
                    events[events.count - 1] = RowEvent(
                        changeSet: change.changeSet,
                        action: .updated(before),
                        image: last.image
                    )
                } else {
                    events.append(
                        RowEvent(changeSet: change.changeSet, action: .updated(change.before), image: state)
                    )
                }
                state.goBack(to: change.before)
            }
        }
        if let creator = try creator(of: id, in: table) {
            events.append(RowEvent(changeSet: creator, action: .created, image: state))
        }
        return events
    }

    private struct Change {
        let changeSet: Int64
        let action: ChangeLog.Action
        let before: RowImage
    }

    private func readChanges(of id: Int64, in table: LoggedRows) throws -> [Change] {
        let statement = try statement(
            """
            SELECT "change_set", "action", "before" FROM "change" \
            WHERE "table_name" = ? AND "record" = ? ORDER BY "id" DESC
            """
        )
        try statement.bind(table.name, at: 1)
        try statement.bind(id, at: 2)
        defer { statement.reset() }
        var changes: [Change] = []
        while try statement.step() {
            guard let action = ChangeLog.Action(rawValue: statement.text(at: 1)) else { continue }
            let before = statement.isNull(at: 2) ? RowImage() : try RowImage(json: statement.text(at: 2))
            changes.append(Change(changeSet: statement.integer(at: 0), action: action, before: before))
        }
        return changes
    }

    /// Returns the change set that created a row; `nil` if no command did.
    func creator(of id: Int64, in table: LoggedRows) throws -> Int64? {
        let statement = try statement(
            """
            SELECT "change_set", "last_id" FROM "created" \
            WHERE "table_name" = ? AND "first_id" <= ? ORDER BY "first_id" DESC LIMIT 1
            """
        )
        try statement.bind(table.name, at: 1)
        try statement.bind(id, at: 2)
        defer { statement.reset() }
        guard try statement.step(), statement.integer(at: 1) >= id else { return nil }
        return statement.integer(at: 0)
    }

    /// Returns the fields that an update changed, in declared order, with their values before and after. Derived fields
    /// are left out.
    func fieldChanges(from before: RowImage, to after: RowImage, in table: LoggedRows) throws -> [FieldChange] {
        let currencyAfter = after["currency"]?.text
        let currencyBefore = (before["currency"] ?? after["currency"])?.text
        return try table.fields.compactMap { field in
            guard let column = field.columns.first, !table.isDerived(column), let old = before.value(of: field) else {
                return nil
            }
            let new = after.value(of: field) ?? .null
            guard old != new else { return nil }
            return FieldChange(
                field: field,
                before: old,
                after: new,
                currencyBefore: currencyBefore,
                currencyAfter: currencyAfter,
                nameBefore: try name(of: old, in: field),
                nameAfter: try name(of: new, in: field),
                dayZoneBefore: field.dayZone { before[$0] ?? after[$0] ?? .null },
                dayZoneAfter: field.dayZone { after[$0] ?? .null }
            )
        }
    }

    /// Returns the name of the record that a reference refers to.
    private func name(of value: Value, in field: Field) throws -> String? {
        switch (field.type, value) {
        case (.reference(let target), .integer(let id)):
            return try lastKnownName(of: id, in: registry[target])
        case (.anyReference, .text(let reference)):
            guard let colon = reference.firstIndex(of: ":"),
                let module = registry.find(ModuleName(rawValue: String(reference[..<colon]))),
                let id = Int64(reference[reference.index(after: colon)...])
            else { return nil }
            return try lastKnownName(of: id, in: module)
        default: return nil
        }
    }

    /// Returns the present name of a record, or the last one of a deleted record.
    func lastKnownName(of id: Int64, in module: Module) throws -> String? {
        if let record = try storedRecord(module, id: id) { return record.displayName }
        let before = try database.scalar(
            """
            SELECT "before" FROM "change" WHERE "table_name" = ? AND "record" = ? AND "action" = ? \
            ORDER BY "id" DESC LIMIT 1
            """,
            [.text(module.table), .integer(id), .text(ChangeLog.Action.delete.rawValue)]
        )
        guard let json = before?.text else { return nil }
        return try RowImage(json: json)[module.displayKey]?.text
    }
}

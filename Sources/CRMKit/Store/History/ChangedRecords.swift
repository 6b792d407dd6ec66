import SQLite

/// A record that a write has changed, with its fields before and after.
public struct ChangedRecord: Sendable {
    /// The record's id.
    public let id: Int64
    /// The record's present display name; `nil` when it has none.
    public let name: String?
    /// The fields that changed, in declared order, without derived ones.
    public let changes: [FieldChange]
}

extension Transaction {
    /// Returns the fields that were changed since a mark in any record of a module, in declared order, without derived
    /// ones.
    public func changedFields(of module: Module, since mark: ChangeMark) throws -> [Field] {
        guard let changeSet = log.identifier else { return [] }
        let members = SQLFunctions.elements(of: "\"c\".\"before\"")
        let columns = try store.database.all(
            fragment: """
                SELECT DISTINCT "m"."key" FROM "change" AS "c", \(members) AS "m" \
                WHERE \(Self.updates(of: module, in: changeSet, since: mark))
                """
        ).compactMap { $0[0].text }
        let table = Table(module)
        return table.fields.filter { field in
            !table.isDerived(field.key) && field.columns.contains(where: columns.contains)
        }
    }

    /// Calls a closure with each record of a module that was changed since a mark, in the order of their ids. Only one
    /// record is in memory at a time.
    ///
    /// - Throws: what the body throws; ``CRMError`` for what SQLite reports.
    public func forEachChange(
        of module: Module,
        since mark: ChangeMark,
        _ body: (ChangedRecord) throws -> Void
    ) throws {
        guard let changeSet = log.identifier else { return }
        let rows = LoggedRows.table(Table(module))
        let query: SQLFragment = """
            SELECT "c"."record", "c"."before" FROM "change" AS "c" \
            WHERE \(Self.updates(of: module, in: changeSet, since: mark)) \
            ORDER BY "c"."record", "c"."id" DESC
            """
        let changes = try store.database.prepare(fragment: query)
        var pending: (id: Int64, before: RowImage)?
        func tell() throws {
            guard let (id, before) = pending, let now = try store.image(of: id, in: rows) else { return }
            let changes = try store.fieldChanges(from: before, to: now, in: rows)
            if changes.isEmpty { return }
            try body(ChangedRecord(id: id, name: now[module.displayKey]?.text, changes: changes))
        }
        while try changes.step() {
            let (id, before) = (changes.integer(at: 0), try RowImage(json: changes.text(at: 1)))
            if pending?.id == id {
                pending?.before.goBack(to: before)
            } else {
                try tell()
                pending = (id, before)
            }
        }
        try tell()
    }

    /// Calls a closure with the changes made since a mark to anything other than existing records of a module: to rows
    /// of its parts, to links and to records of other modules.
    ///
    /// - Parameter limit: the maximum number of records, rows and links.
    /// - Returns: whether there is more.
    /// - Throws: what the body throws; ``CRMError`` for what SQLite reports.
    public func forEachEntry(
        besides module: Module,
        since mark: ChangeMark,
        limit: Int,
        _ body: (ChangeSetDetail.Entry) throws -> Void
    ) throws -> Bool {
        guard let changeSet = log.identifier else { return false }
        try log.writeCreated()
        return try store.forEachEntry(of: changeSet, since: mark, besides: module.table, limit: limit, body)
    }

    private static func updates(of module: Module, in changeSet: Int64, since mark: ChangeMark) -> SQLFragment {
        """
        "c"."change_set" = \(bind: .integer(changeSet)) AND "c"."table_name" = \(bind: .text(module.table)) \
        AND "c"."action" = \(bind: .text(ChangeLog.Action.update.rawValue)) AND "c"."id" > \(bind: .integer(mark.last))
        """
    }
}

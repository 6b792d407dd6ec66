import Formats
import SQLite

/// An undone merge of an erased person's record into another: the history of the other record contains values of the
/// person.
struct UndoneMerge {
    /// The change set of the undo.
    private let undo: Int64
    /// The id of the record that remained.
    private let kept: Int64

    /// Returns a query for the change set of each undo and the record that remained; `nil` for a module whose records
    /// are never merged.
    static func all(of center: Module) -> SQLFragment? {
        guard let table = center.mergedTable else { return nil }
        let (gone, owner) = (ErasedRows.ids(of: center.table), ChangeLog.former(table.ownerColumn))
        return """
            SELECT DISTINCT "change_set" AS "undo", \(owner) AS "kept" FROM "change" \
            WHERE "table_name" = \(bind: .text(table.name)) AND \(ChangeLog.isReadable) \
            AND "action" = \(bind: .text(ChangeLog.Action.delete.rawValue)) \
            AND \(ChangeLog.former(Part.formerID)) IN (\(gone)) AND \(owner) NOT IN (\(gone))
            """
    }

    /// Removes from the history of other records the values that a merge had given them from the erased person. It must
    /// run before the rest of the history of those merges is removed.
    static func forget(of center: Module, in store: Store) throws {
        guard let query = all(of: center) else { return }
        let merges = try store.database.all(fragment: query).compactMap { row in
            row[0].integer.flatMap { undo in row[1].integer.map { UndoneMerge(undo: undo, kept: $0) } }
        }
        for merge in merges { try merge.forget(in: Table(center), store) }
    }

    /// The maximum number of columns removed by one call; SQLite allows 127 arguments:
    /// https://www.sqlite.org/limits.html#max_function_arg
    private static let mostMembers = 60

    /// Removes values from the history between the merge and its undo. The fields that the undo restored may have had
    /// values of the erased person in that time.
    private func forget(in table: Table, _ store: Store) throws {
        let rows: SQLFragment = """
            "table_name" = \(bind: .text(table.name)) AND "record" = \(bind: .integer(kept)) AND "before" IS NOT NULL
            """
        var columns: Set<String> = []
        let images = try store.database.all(
            fragment: "SELECT \"before\" FROM \"change\" WHERE \(rows) AND \"change_set\" = \(bind: .integer(undo))"
        )
        for image in images {
            guard let json = image[0].text else { continue }
            columns.formUnion(try RowImage(json: json).values.keys)
        }
        let members = columns.subtracting([Table.lastChange]).sorted()
        // The change set of the merge may have been pruned.
        let merge: SQLFragment = """
            coalesce((SELECT "undoes" FROM "change_set" WHERE "id" = \(bind: .integer(undo))), \(bind: .integer(undo)) - 1)
            """
        for start in stride(from: 0, to: members.count, by: Self.mostMembers) {
            let some = Array(members[start..<min(start + Self.mostMembers, members.count)])
            try store.run(
                """
                UPDATE "change" SET "before" = \(ChangeLog.without(some)) \
                WHERE \(rows) AND "change_set" > \(merge) AND "change_set" <= \(bind: .integer(undo))
                """
            )
        }
    }
}

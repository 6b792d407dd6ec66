import Formats
import SQLite

/// An undone merge of an erased person's record into another: the history of the other record contains values of the
/// person.
struct UndoneMerge {
    /// The change set of the undo.
    private let undo: Int64
    /// The id of the record that was kept.
    private let kept: Int64

    /// A query of the change set, and of who was kept, of each; `nil` for a module whose records do not become one.
    static func all(of center: Module) -> SQLFragment? {
        guard let table = center.mergedTable else { return nil }
        func value(_ column: String) -> SQLFragment {
            SQLFragment(definition: JSONFunctions.value(of: column, in: "before"))
        }
        let (gone, owner) = (ErasedRows.ids(of: center.table), value(table.ownerColumn))
        return """
            SELECT DISTINCT "change_set" AS "undo", \(owner) AS "kept" FROM "change" \
            WHERE "table_name" = \(bind: .text(table.name)) AND \(ErasedRows.isReadable) \
            AND "action" = \(bind: .text(ChangeLog.Action.delete.rawValue)) \
            AND \(value(Part.formerID)) IN (\(gone)) AND \(owner) NOT IN (\(gone))
            """
    }

    /// Removes from the history of other records what a merge had given them of the person who is erased. It must run before
    /// the rest of the history of those merges is removed.
    static func forget(of center: Module, in store: Store) throws {
        guard let query = all(of: center) else { return }
        let merges = try store.database.all(fragment: query).compactMap { row in
            row[0].integer.flatMap { undo in row[1].integer.map { UndoneMerge(undo: undo, kept: $0) } }
        }
        for merge in merges { try merge.forget(in: Table(center), store) }
    }

    /// SQLite calls no function with more arguments than 127.
    private static let mostMembers = 60

    /// From when they were one until that was taken back, the fields that came back then held what was not the other's.
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
        // The merge, which the undo names, may be forgotten.
        let merge: SQLFragment = """
            coalesce((SELECT "undoes" FROM "change_set" WHERE "id" = \(bind: .integer(undo))), \(bind: .integer(undo)) - 1)
            """
        for start in stride(from: 0, to: members.count, by: Self.mostMembers) {
            let some = Array(members[start..<min(start + Self.mostMembers, members.count)])
            try store.run(
                """
                UPDATE "change" SET "before" = \(SQLFragment(definition: JSONFunctions.removing(some, from: "before"))) \
                WHERE \(rows) AND "change_set" > \(merge) AND "change_set" <= \(bind: .integer(undo))
                """
            )
        }
    }
}

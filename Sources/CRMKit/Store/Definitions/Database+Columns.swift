import SQLite

extension Database {
    /// Renames a column, in the rows and in the history.
    ///
    /// Indexes on the column are dropped; ``Additions`` creates the new ones.
    func renameColumn(_ old: String, to new: String, of table: String) throws {
        let indexes = try all(
            """
            SELECT DISTINCT i."name" FROM pragma_index_list(?1) i, pragma_index_info(i."name") c \
            WHERE c."name" = ?2 AND i."origin" = 'c'
            """,
            [.text(table), .text(old)]
        )
        for index in indexes.compactMap({ $0[0].text }) { try run("DROP INDEX \(index.quotedIdentifier)") }
        try run(
            """
            ALTER TABLE \(table.quotedIdentifier) RENAME COLUMN \(old.quotedIdentifier) TO \(new.quotedIdentifier)
            """
        )
        try run(
            """
            UPDATE "change" SET "before" = \(JSONFunctions.renaming(old, to: new, in: "before")) \
            WHERE "table_name" = ? AND \(JSONFunctions.hasMember(old, in: "before"))
            """,
            [.text(table)]
        )
    }

    /// Adds a column to the stored deleted rows, so that an undo restores them with the value that all other rows have
    /// got.
    func addToHistory(_ column: String, _ value: Value, of table: String) throws {
        guard !value.isNull else { return }
        try run(
            """
            UPDATE "change" SET "before" = \(JSONFunctions.adding(column, to: "before")) \
            WHERE "table_name" = ? AND "action" = ?
            """,
            [value, .text(table), .text(ChangeLog.Action.delete.rawValue)]
        )
    }

    /// Removes a column from the stored deleted rows that have only its default value. The value is lost with the
    /// column, as in existing rows.
    func removeFromHistory(_ column: String, _ value: Value, of table: String) throws {
        guard !value.isNull else { return }
        try run(
            """
            UPDATE "change" SET "before" = \(JSONFunctions.removing(column, from: "before")) \
            WHERE "table_name" = ? AND "action" = ? AND \(JSONFunctions.value(of: column, in: "before")) IS ?
            """,
            [.text(table), .text(ChangeLog.Action.delete.rawValue), value]
        )
    }

    /// Adds a column computed from others to the stored history of rows.
    ///
    /// - Parameter expression: returns the expression for the value, given how each of the other columns is read.
    func addToHistory(_ column: String, of table: String, computed expression: (_ read: (String) -> String) -> String)
        throws
    {
        let value = expression { JSONFunctions.value(of: $0, in: "before") }
        try run(
            """
            UPDATE "change" SET "before" = \(JSONFunctions.adding(column, to: "before", holding: value)) \
            WHERE "table_name" = ? AND "action" = ?
            """,
            [.text(table), .text(ChangeLog.Action.delete.rawValue)]
        )
    }
}

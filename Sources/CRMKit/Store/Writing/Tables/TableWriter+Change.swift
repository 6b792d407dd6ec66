import SQLite

extension TableWriter {
    /// A field that gets another value.
    struct Change {
        let field: Field
        /// The present value; `nil` when it is not known.
        let old: Value?
        let new: Value
        /// The amount to add to a number, whatever its present value, null counting as zero; then ``new`` is
        /// meaningless.
        let addend: Int64?

        init(_ field: Field, from old: Value? = nil, to new: Value) {
            self.field = field
            self.old = old
            self.new = new
            addend = nil
        }

        init(_ field: Field, adding addend: Int64) {
            self.field = field
            old = nil
            new = .null
            self.addend = addend
        }
    }

    /// Puts the moment of the last change of rows back to what history says it was; it keeps no other.
    ///
    /// - Parameter moment: its expression for each row.
    func restamp(_ rows: SQLFragment, to moment: SQLFragment) throws {
        log.noteChanged(table.name)
        try store.run(RowStatements(table.name).update(["\(name: Table.lastChange) = \(moment)"], where: rows))
    }
}

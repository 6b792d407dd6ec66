/// What rows that exist get by default.
extension Transaction {
    /// Gives the rows without a value of a field what new ones get by default: the next numbers, or the default as it
    /// is now, the same for all of them.
    func giveDefault(of field: Field, in table: Table) throws {
        if field.pattern != nil { return try giveNumbers(of: field, in: table.module) }
        let value = field.defaultValue(in: values)
        if value.isNull { return }
        let lacking: SQLFragment = "SELECT \"id\" FROM \(name: table.name) WHERE \(name: field.key) IS NULL"
        try writer(of: table).update(.all(lacking), [TableWriter.Change(field, from: .null, to: value)])
    }

    /// Gives existing rows those defaults of a new field that differ from row to row or with time: numbers, and values
    /// counted from now.
    func giveDefault(of definition: FieldDefinition) throws {
        guard let (table, field) = seenField(of: definition), field.isGivenAnew else { return }
        try giveDefault(of: field, in: table)
    }

    /// Gives numbers, and what is counted from now, to the rows that lack them though they are required: those that
    /// came while the field was not there.
    func completeRequired() throws {
        for definition in store.definitions.fields where definition.isDemanding {
            try giveDefault(of: definition)
        }
    }

    /// The field of a definition, in its table; `nil` where it is hidden.
    func seenField(of definition: FieldDefinition) -> (table: Table, field: Field)? {
        guard let table = store.registry.table(of: definition.rows) else { return nil }
        return table.seenFields.first { $0.key == definition.key }.map { (table, $0) }
    }
}

extension Field {
    /// Whether what a record gets by default depends on the record or on the time.
    var isGivenAnew: Bool { pattern != nil || relativeDefault != nil }
}

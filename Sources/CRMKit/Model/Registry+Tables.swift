extension Registry {
    /// Every table that stores rows of fields: first the tables of ``kept``, then for each module its own table,
    /// followed by those of its links and parts.
    var tables: [Table] { Self.kept.map { Table($0) } + modules.flatMap { tables(of: $0) } }

    /// Returns the tables of a module: its records, its links and its parts.
    ///
    /// - Parameter name: the module at which rows of the tables must be able to point; `nil` for all tables.
    func tables(of module: Module, pointingAt name: ModuleName? = nil) -> [Table] {
        func isMeant(_ fields: [Field]) -> Bool { name.map { name in fields.contains { $0.points(at: name) } } ?? true }
        var tables: [Table] = []
        if isMeant(module.allFields) { tables.append(Table(module)) }
        if let relation = Relation(module, center: center) { tables.append(Table(relation, of: module)) }
        for part in module.parts where module.name == name || isMeant(part.allFields) {
            tables.append(Table(part, of: module))
        }
        return tables
    }

    /// The table of a name.
    ///
    /// - Returns: `nil` for a name no table has.
    func table(named name: String) -> Table? { tables.first { $0.name == name } }
}

/// A field by which the rows of a table point at records of a module.
struct Incoming: Sendable {
    /// What happens to a row when the record it refers to is deleted.
    enum Bond: Sendable {
        /// The row is deleted too, since it is nothing without the record: a row of a part, or a record that belongs to
        /// it.
        case owned
        /// The row is deleted too, since a link needs both ends.
        case linked
        /// The row forbids the deletion.
        case requiring
        /// The row's reference becomes empty.
        case referring
    }

    /// The rows.
    let table: Table
    /// The field.
    let field: Field
    /// What happens to the rows when the record is deleted.
    let bond: Bond
}

extension Registry {
    /// Everything that can point at the records of a module, in the order of the tables. The records of ``kept`` point
    /// at none, so that their definitions are not made for this.
    func incoming(to module: ModuleName) -> [Incoming] {
        modules.flatMap { tables(of: $0, pointingAt: module) }.flatMap { table in
            table.fields.filter { $0.points(at: module) }.map { field in
                Incoming(table: table, field: field, bond: bond(of: field, in: table))
            }
        }
    }

    private func bond(of field: Field, in table: Table) -> Incoming.Bond {
        switch table.kind {
        case .links where field.isRequired: .linked
        case .part where field.key == table.module.name.rawValue: .owned
        case .part where field.traits.contains(.binding): .requiring
        case .links, .part: .referring
        case .records:
            if case .owned = table.module.contacts, field.key == center.rawValue {
                .owned
            } else {
                field.isRequired ? .requiring : .referring
            }
        }
    }
}

extension Field {
    /// Whether a value can name a record of a module.
    func points(at module: ModuleName) -> Bool {
        type == .anyReference || type == .reference(module)
    }
}

import SQLite

extension Store {
    /// Returns the id of a record, or of the record that it was merged into, and reports such a merge to the user.
    ///
    /// - Returns: `nil` if there is neither record.
    func present(_ id: Int64, in module: Module) throws -> Int64? {
        if try recordTable(of: module).exists(id) { return id }
        guard let kept = try successor(.integer(id), by: Part.formerID, in: module) else { return nil }
        try tell(Redirection(module: module.name, former: id, kept: kept))
        return kept
    }

    /// Returns the record into which a record with a value of a field was merged, if the merged record does not hold
    /// the value itself.
    ///
    /// - Parameter telling: whether the merge is reported to the user.
    /// - Returns: `nil` if there is none, and for a field whose former values do not identify merged records.
    func present(_ value: String, of named: Field, in module: Module, telling: Bool = true) throws -> Int64? {
        guard let known = module.formerKeys.first(where: { $0.field.key == named.key }),
            let table = module.mergedTable, let part = table.part, let field = part.field(known.column)
        else { return nil }
        let key = field.type.matchKey(for: known.stored(value, country: try settings().country), country: nil)
        guard let id = try successor(.text(key), by: field.key, in: module) else { return nil }
        guard telling else { return id }
        let former = try partReader(table).rows(of: id).first { row in
            part.position(of: field.key).map { row.values[$0] == .text(key) } ?? false
        }
        if let former = former?.values.first?.integer {
            try tell(Redirection(module: module.name, former: former, kept: id))
        }
        return id
    }

    /// Whether any record of a module was merged into another, so that ids may name records that no longer exist.
    func hasMerged(_ module: Module) throws -> Bool {
        try module.mergedTable.map(hasRows) ?? false
    }

    /// Returns the ids of the records that were merged into a record, ascending.
    ///
    /// - Returns: `nil` for a module whose records cannot be merged.
    func mergedFrom(_ id: Int64, in module: Module) throws -> [Int64]? {
        guard let table = module.mergedTable else { return nil }
        // A record that had several keys has several rows.
        return try Set(partReader(table).rows(of: id).compactMap { $0.values.first?.integer }).sorted()
    }

    /// Returns the ids of the records that records with some ids were merged into, by the former ids.
    func successors(of ids: [Int64], in module: Module) throws -> [Int64: Int64] {
        guard let table = module.mergedTable, !ids.isEmpty else { return [:] }
        let list = "[\(ids.map(String.init).joined(separator: ","))]"
        let rows = try statement(
            """
            SELECT \(name: Part.formerID), \(name: table.ownerColumn) FROM \(name: table.name) \
            WHERE \(name: Part.formerID) IN (SELECT "value" FROM json_each(\(bind: .text(list)))) AND NOT EXISTS (\
            SELECT 1 FROM \(name: module.table) WHERE \(column: "id", of: module.table) = \(name: Part.formerID)) \
            ORDER BY \(column: "id", of: table.name)
            """
        )
        defer { rows.reset() }
        var kept: [Int64: Int64] = [:]
        while try rows.step() { kept[rows.integer(at: 0)] = rows.integer(at: 1) }
        return kept
    }

    private func successor(_ value: Value, by column: String, in module: Module) throws -> Int64? {
        guard let table = module.mergedTable else { return nil }
        let rows = try statement(
            """
            SELECT \(name: table.ownerColumn) FROM \(name: table.name) \
            WHERE \(name: column) = \(bind: value) ORDER BY \(name: "id") DESC LIMIT 1
            """
        )
        defer { rows.reset() }
        return try rows.step() ? rows.integer(at: 0) : nil
    }
}

extension Module {
    /// Returns the present id for one in a filter: the id of the record that it was merged into, otherwise the id
    /// itself. In a module whose records cannot be merged it is always the id itself.
    func presentID(_ id: SQLFragment) -> SQLFragment {
        guard let table = mergedTable else { return id }
        return """
            coalesce((SELECT max(\(name: table.ownerColumn)) FROM \(name: table.name) \
            WHERE \(name: Part.formerID) = \(id) AND NOT EXISTS (\
            SELECT 1 FROM \(name: name.rawValue) WHERE \(name: "id") = \(id))), \(id))
            """
    }

    /// Returns a query for the present ids of a list, see ``presentID(_:)``. The list is bound as one parameter, since
    /// a statement takes at most 32,766.
    func presentIDs(_ ids: [Int64]) -> SQLFragment {
        let list = "[\(ids.map(String.init).joined(separator: ","))]"
        let id: SQLFragment = "\"listed\".\"value\""
        return "SELECT \(presentID(id)) FROM json_each(\(bind: .text(list))) AS \"listed\""
    }
}

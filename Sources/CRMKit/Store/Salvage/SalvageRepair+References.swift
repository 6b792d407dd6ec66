import SQLite

extension SalvageRepair {
    /// Settles references to lost records. An optional reference is cleared. A record that requires one, or a row of a
    /// part that was entered or gathered, gets a substitute with the same id. Other rows are deleted.
    mutating func settleReferences() throws {
        var changes: Int
        repeat {
            changes = 0
            for table in store.tables {
                for field in table.fields where field.isStored { changes += try settle(field, of: table) }
            }
        } while changes > 0
    }

    private mutating func settle(_ field: Field, of table: Table) throws -> Int {
        if field.type == .anyReference { return try forget(field, of: table) }
        guard let target = field.type.target.map({ store.registry[$0] }) else { return 0 }
        let isLost: SQLFragment = """
            \(name: field.key) IS NOT NULL AND \(name: field.key) NOT IN (SELECT "id" FROM \(name: target.table))
            """
        guard field.isRequired else {
            return try store.run(RowStatements(table.name).update(["\(name: field.key) = NULL"], where: isLost))
        }
        guard isWorthSubstitutes(table), canBeSubstituted(target) else {
            return try delete(from: table.name, where: isLost)
        }
        let ids = try store.database.all(
            fragment: "SELECT DISTINCT \(name: field.key) FROM \(name: table.name) WHERE \(isLost)"
        ).compactMap { $0[0].integer }
        // No record has an id below 1; a reference to such an id gets the next id after all others.
        for id in ids.sorted(by: >) {
            guard id < 1 else {
                try makeSubstitute(id, of: target)
                continue
            }
            let last = try store.number(
                "SELECT coalesce(max(\"seq\"), 0) FROM \"sqlite_sequence\" WHERE \"name\" = \(bind: .text(target.table))"
            )
            guard last < .max else { throw CRMError.outOfIDs(target.table) }
            try makeSubstitute(Int64(last) + 1, of: target)
            try store.run(
                RowStatements(table.name).update(
                    ["\(name: field.key) = \(bind: .integer(Int64(last) + 1))"],
                    where: "\(name: field.key) = \(bind: .integer(id))"
                )
            )
        }
        return ids.count
    }

    /// Clears a reference to a lost record of any module, with its module.
    private func forget(_ field: Field, of table: Table) throws -> Int {
        let (module, id) = (field.columns[0], field.columns[1])
        let known = store.registry.modules.map { other -> SQLFragment in
            """
            (\(name: module) = \(bind: .text(other.name.rawValue)) \
            AND \(name: id) IN (SELECT "id" FROM \(name: other.table)))
            """
        }
        let isSet: SQLFragment = "(\(name: module) IS NOT NULL OR \(name: id) IS NOT NULL)"
        return try store.run(
            RowStatements(table.name).update(
                ["\(name: module) = NULL", "\(name: id) = NULL"],
                where: "\(isSet) AND (\(known.joined(" OR "))) IS NOT TRUE"
            )
        )
    }

    /// Whether substitutes are created for the missing records that rows of a table require: only for entered and
    /// gathered data. Rows that the program maintains itself, and links, are worthless without both ends.
    private func isWorthSubstitutes(_ table: Table) -> Bool {
        switch table.kind {
        case .records: true
        case .links: false
        case .part(let part): part.visibility == .shown || part.visibility == .gathered
        }
    }

    private func canBeSubstituted(_ module: Module) -> Bool {
        module.storedFields.allSatisfy { !$0.isRequired || $0.type.target == nil }
    }

    /// Creates a substitute for a lost record, with a name that says so and values for the required fields.
    private mutating func makeSubstitute(_ id: Int64, of module: Module) throws {
        var draft = try Draft(new: module, in: store.valueContext())
        for field in module.storedFields where field.isRequired && draft[field.key].isNull {
            draft[field.key] = try requiredValue(of: field, id)
        }
        draft["id"] = .integer(id)
        draft["created_at"] = .text(store.clock.now)
        draft[Table.lastChange] = .text(store.clock.now)
        draft.composeDisplayName()
        let country = try store.settings().country
        let fields = module.storedFields
        let values = fields.flatMap { $0.stored(draft[$0.key], country: country) }.map(SQLFragment.bind).joined(", ")
        try store.run(
            RowStatements(module.table).insert(fields.flatMap(\.allColumns), from: "VALUES (\(values))")
        )
        substitutes += 1
    }

    /// Returns a value for a required field that has none.
    func requiredValue(of field: Field, _ id: Int64) throws -> Value {
        if let choice = field.type.choices.first { return .text(choice.key) }
        if field.type == .currency { return .text(try store.settings().currency) }
        switch field.type.form {
        case .date: return .text(store.clock.date.description)
        case .moment: return .text(store.clock.now)
        case let form: return form.isInteger ? .integer(0) : .text(name(id))
        }
    }
}

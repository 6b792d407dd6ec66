import Localization
import SQLite

/// How much a deletion may delete or change besides the records themselves.
public enum DeletionReach: Int, Sendable, Comparable {
    /// Only a record on which nothing hangs.
    case alone
    /// Links and references to it as well.
    case links
    /// Records that belong to it as well.
    case owned

    /// Compares two reaches by their extent.
    public static func < (one: DeletionReach, other: DeletionReach) -> Bool { one.rawValue < other.rawValue }
}

extension Incoming {
    /// Returns the condition for the rows to report when some records are deleted. A link mirroring a field is left
    /// out, as it is part of the record itself.
    func condition(to records: RowSet, of module: ModuleName) -> SQLFragment {
        let condition = table.condition(that: field, names: records, of: module)
        guard let mirror = table.relation?.mirror else { return condition }
        return "\(condition) AND \(name: "role") IS NOT \(bind: .text(mirror.role))"
    }

    /// Returns the query for those of some records to which rows refer.
    fileprivate func held(among records: RowSet, of module: ModuleName) -> SQLFragment {
        """
        SELECT \(name: field.columns.last ?? field.key) FROM \(name: table.name) \
        WHERE \(condition(to: records, of: module))
        """
    }

    /// What hangs on the records of a module by these rows, as filters of the module name it: what is at the other end
    /// of links.
    fileprivate func hanging(on module: Module) -> String {
        guard let relation = table.relation, module.name != relation.center else { return table.module.name.noun }
        let other = relation.center.noun
        return relation.mirror.map { "\(other)(link.role != \($0.role))" } ?? other
    }

    /// The reach that a deletion needs to include these rows; `nil` when they forbid the deletion.
    fileprivate var reach: DeletionReach? {
        switch bond {
        case .requiring: nil
        case .owned: .owned
        case .linked, .referring: .links
        }
    }
}

extension Dependents {
    /// The reach that a deletion of the records needs, unless something forbids it.
    public var reach: DeletionReach { isEmpty ? .alone : owned.isEmpty ? .links : .owned }
}

extension Transaction {
    /// Deletes a record, together with what depends on it as far as the reach allows.
    ///
    /// - Throws: ``CRMError`` `notFound` if the record does not exist; `refused` if other records require it and, with
    ///   a reach below ``DeletionReach/owned``, if it has rows that must not be deleted; `usage` if more depends on it
    ///   than the reach allows, with a line for each group in the details.
    public func delete(_ module: Module, id: Int64, reach: DeletionReach) throws {
        guard try store.recordTable(of: module).exists(id) else { throw Store.missing(id, in: module) }
        do {
            try checkDeletion(of: id, in: module, reach: reach)
        } catch let error as CRMError where error.code == .usage {
            // What the option named there would be refused for comes first.
            try checkNothingHeld(of: .one(id), in: module)
            throw error
        }
        if reach < .owned { try checkNothingHeld(of: .one(id), in: module) }
        try remove(.one(id), of: module)
    }

    /// Deletes all records whose ids a query returns as its only column. The query must not read a table that the
    /// deletion changes.
    ///
    /// - Parameter advance: is called between the steps of the work.
    /// - Returns: the number of records deleted.
    /// - Throws: what deleting the first that cannot be deleted would throw.
    func delete(_ module: Module, all ids: SQLFragment, reach: DeletionReach, advance: () throws -> Void) throws -> Int
    {
        let forbidding = store.registry.incoming(to: module.name).filter { incoming in
            incoming.reach.map { $0 > reach && incoming.table.part == nil } ?? true
        }
        for incoming in forbidding {
            try advance()
            guard let first = try firstHeld(among: ids, of: module, by: incoming) else { continue }
            do {
                try checkDeletion(of: first, in: module, reach: reach)
            } catch var error as CRMError {
                if error.code == .usage { try checkNothingHeld(of: .all(ids), in: module) }
                error.details += try others(among: ids, of: module, heldBy: forbidding)
                throw error
            }
        }
        if reach < .owned { try checkNothingHeld(of: .all(ids), in: module) }
        return try remove(.all(ids), of: module, advance: advance)
    }

    /// Returns the first of some records to which rows refer; `nil` if they refer to none.
    private func firstHeld(among ids: SQLFragment, of module: Module, by incoming: Incoming) throws -> Int64? {
        let first: SQLFragment = "\(incoming.held(among: .all(ids), of: module.name)) LIMIT 1"
        let rows = try store.statement(first)
        defer { rows.reset() }
        return try rows.step() ? rows.integer(at: 0) : nil
    }

    /// Returns what to report about all records that are refused like the first.
    private func others(among ids: SQLFragment, of module: Module, heldBy forbidding: [Incoming]) throws -> [Text] {
        let holding = try forbidding.filter { try firstHeld(among: ids, of: module, by: $0) != nil }
        let held = holding.map { $0.held(among: .all(ids), of: module.name) }.joined(" UNION ")
        let filter = holding.map { "not has \($0.hanging(on: module))" }.uniqued.joined(separator: " and ")
        return try lines(of: held, in: module, leftOutBy: filter)
    }

    /// Returns how many records cannot be deleted, a filter that leaves them out, and the first five of them; nothing
    /// for a single one.
    ///
    /// - Parameter held: the query for their ids, each once.
    func lines(of held: SQLFragment, in module: Module, leftOutBy filter: String) throws -> [Text] {
        let ids = try store.statement("SELECT count(*) OVER (), * FROM (\(held)) ORDER BY 2 LIMIT 5" as SQLFragment)
        defer { ids.reset() }
        var lines: [Text] = []
        while try ids.step() {
            let count = ids.integer(at: 0)
            guard count > 1 else { return [] }
            if lines.isEmpty {
                let condition = filter.inShellQuotes
                let leaving = module.spanish.agreeing("dejarlos", "dejarlas")
                lines.append(
                    Text(
                        en: "\(count) \(module.several.en) are held like this; to leave them out: --where \(condition)",
                        es: """
                            \(module.spanish.counted(count)) en el mismo caso; para \(leaving) fuera: --where \(condition)
                            """
                    )
                )
            }
            lines.append(try store.description(of: ids.integer(at: 1), in: module).line)
        }
        return lines
    }

    private func checkDeletion(of id: Int64, in module: Module, reach: DeletionReach) throws {
        let dependents = try store.findDependents(of: .one(id), in: module)
        guard dependents.requiring.isEmpty else {
            throw CRMError(
                .refused,
                Text(
                    en: "\(module.called(id).en) cannot be deleted: other records cannot be without it",
                    es:
                        "no se puede eliminar \(module.called(id).es): otros registros no pueden quedar sin \(module.spanish.agreeing("él", "ella"))"
                ),
                hint: Text(
                    en: "delete those records or point them at another first",
                    es: "eliminar esos registros o hacer que apunten a otro primero"
                ),
                module: module.name,
                reference: "\(id)",
                details: dependents.lines
            )
        }
        let needed = dependents.reach
        guard needed <= reach else {
            let flag = needed == .owned ? "--force" : "--yes"
            throw CRMError(
                .usage,
                Text(
                    en: "other records hang on \(module.called(id).en)",
                    es: "otros registros dependen \(module.ofCalled(id).es)"
                ),
                hint: Text(
                    en: "to delete it all the same, add \(flag)",
                    es: "para \(module.spanish.agreeing("eliminarlo", "eliminarla")) de todos modos, agregar \(flag)"
                ),
                module: module.name,
                reference: "\(id)",
                details: dependents.lines
            )
        }
    }

    /// Deletes records together with everything that cannot exist without them, and clears the references of other rows
    /// to them. Dependent rows go first, so that no reference ever dangles.
    ///
    /// - Returns: the number of records deleted.
    @discardableResult
    private func remove(_ records: RowSet, of module: Module, advance: () throws -> Void = {}) throws -> Int {
        for incoming in store.registry.incoming(to: module.name) where try hasAny(incoming, for: records) {
            try advance()
            let rows = incoming.table.rows(whose: incoming.field, names: records, of: module.name)
            switch incoming.bond {
            case .owned where incoming.table.holdsRecords, .requiring:
                try remove(rows, of: incoming.table.module, advance: advance)
            case .owned, .linked: try drop(rows, of: incoming, with: module)
            case .referring:
                try writer(of: incoming.table).update(rows, [TableWriter.Change(incoming.field, to: .null)])
            }
        }
        try advance()
        return try writer(of: module).delete(records)
    }

    /// Deletes rows of parts, or links, together with their records.
    private func drop(_ rows: RowSet, of incoming: Incoming, with module: Module) throws {
        let isOfContacts = incoming.field.key == incoming.table.relation?.center.rawValue
        let rules = try isOfContacts ? LinkRules(incoming.table, in: self) : nil
        let going = try rules?.links(rows) ?? []
        try writer(of: incoming.table).delete(rows)
        let gone = going.map {
            Rule.LinkChange(record: $0.record, contact: $0.contact, formerRole: $0.formerRole, role: nil)
        }
        try rules?.tell(gone) { change in
            let called = module.called(change.contact)
            return Text(en: "\(called.en) cannot be deleted", es: "no se puede eliminar \(called.es)")
        }
    }

    /// Whether any row could refer to one of many records. Most tables have no such row, and searching for each record
    /// is expensive.
    private func hasAny(_ incoming: Incoming, for records: RowSet) throws -> Bool {
        guard case .all = records, let column = incoming.field.columns.first else { return true }
        let rows = try store.statement(
            "SELECT 1 FROM \(name: incoming.table.name) WHERE \(name: column) IS NOT NULL LIMIT 1"
        )
        defer { rows.reset() }
        return try rows.step()
    }
}

import SQLite

/// The rows erased with a person: those that belong to the person, present or only in the history.
///
/// Their ids are in a temporary table, so that memory use does not grow with their number.
struct ErasedRows {
    private let store: Store
    private let center: Module
    /// The names of the tables with erased rows.
    private(set) var tables: Set<String> = []
    /// The former ids of records that were merged into the person's.
    let former: [Int64]

    /// - Parameter id: the id of a contact; contacts merged into it are erased with it.
    init(of id: Int64, in store: Store) throws {
        self.store = store
        center = store.registry[store.registry.center]
        try store.database.execute(
            """
            DROP TABLE IF EXISTS "temp"."erased";
            CREATE TABLE "temp"."erased" ("table_name" TEXT NOT NULL, "id" INTEGER NOT NULL, \
            PRIMARY KEY ("table_name", "id")) WITHOUT ROWID;
            DROP TABLE IF EXISTS "temp"."erased_key";
            CREATE TABLE "temp"."erased_key" ("key" TEXT PRIMARY KEY) WITHOUT ROWID
            """
        )
        former = try Self.merged(into: id, of: center, in: store)
        _ = try add(Table(center), SQLFunctions.rows([id] + former))
        while try grow() {}
        try noteAddresses()
    }

    /// Drops the temporary tables.
    func forget() throws {
        store.forgetStatements()
        try store.database.execute(
            "DROP TABLE IF EXISTS \"temp\".\"erased\"; DROP TABLE IF EXISTS \"temp\".\"erased_key\""
        )
    }

    /// Returns a query for the ids of the erased rows of a table, in its only column.
    static func ids(of table: String) -> SQLFragment {
        "SELECT \"id\" FROM \"temp\".\"erased\" WHERE \"table_name\" = \(bind: .text(table))"
    }

    /// Returns the number of existing rows of a table that are erased.
    func count(of table: Table) throws -> Int {
        guard tables.contains(table.name) else { return 0 }
        return try store.number(
            "SELECT count(*) FROM \(name: table.name) WHERE \"id\" IN (\(Self.ids(of: table.name)))"
        )
    }

    /// Returns the ids of the records merged into a record. For a deleted record they come from the history, from rows
    /// deleted together with it.
    private static func merged(into id: Int64, of center: Module, in store: Store) throws -> [Int64] {
        guard let table = center.mergedTable, try !store.recordTable(of: center).exists(id) else {
            return try store.mergedFrom(id, in: center) ?? []
        }
        let former = ChangeLog.former(Part.formerID)
        return try store.database.all(
            fragment: """
                SELECT DISTINCT \(former) FROM "change" AS "c" WHERE "table_name" = \(bind: .text(table.name)) \
                AND \(ChangeLog.isReadable) AND \(ChangeLog.former(table.ownerColumn)) = \(bind: .integer(id)) \
                AND \(former) NOT IN (SELECT "id" FROM \(name: center.table)) \
                AND EXISTS (SELECT 1 FROM "change" AS "d" WHERE "d"."change_set" = "c"."change_set" \
                AND "d"."table_name" = \(bind: .text(center.table)) AND "d"."record" = \(bind: .integer(id)) \
                AND "d"."action" = \(bind: .text(ChangeLog.Action.delete.rawValue))) ORDER BY 1
                """
        ).compactMap { $0[0].integer }
    }

    // MARK: - Search

    /// Adds rows to be erased.
    ///
    /// - Returns: whether any of them is new.
    private mutating func add(_ table: Table, _ ids: SQLFragment) throws -> Bool {
        let count = try store.run(
            """
            INSERT OR IGNORE INTO "temp"."erased" ("table_name", "id") SELECT \(bind: .text(table.name)), * FROM (\(ids))
            """
        )
        if count > 0 { tables.insert(table.name) }
        return count > 0
    }

    /// Adds the rows that depend on the erased rows known so far, and returns whether there are any new ones.
    private mutating func grow() throws -> Bool {
        var hasGrown = false
        for module in store.registry.modules where tables.contains(module.table) {
            for incoming in store.incoming(to: module.name) where try addRows(of: incoming, to: module) {
                hasGrown = true
            }
        }
        for module in store.registry.modules {
            guard let ownership = module.contacts.link?.ownership, ownership != .shared else { continue }
            if try addOwn(of: module, ownership) { hasGrown = true }
        }
        return try addRowsOfUndoneMerges() || hasGrown
    }

    /// Adds the rows that another record got by a merge with the person's and lost when the merge was undone.
    private mutating func addRowsOfUndoneMerges() throws -> Bool {
        guard let merges = UndoneMerge.all(of: center) else { return false }
        var hasGrown = false
        for table in store.tables where table.part != nil && table.module.name == center.name {
            let owner = ChangeLog.former(table.ownerColumn)
            let rows: SQLFragment = """
                SELECT "c"."record" FROM "change" AS "c" JOIN (\(merges)) AS "m" ON "m"."undo" = "c"."change_set" \
                AND "m"."kept" = \(owner) WHERE "c"."table_name" = \(bind: .text(table.name)) \
                AND \(ChangeLog.isReadable) AND "c"."action" = \(bind: .text(ChangeLog.Action.delete.rawValue)) \
                AND "c"."record" NOT IN (SELECT "id" FROM \(name: table.name))
                """
            if try add(table, rows) { hasGrown = true }
        }
        return hasGrown
    }

    /// Adds the rows that cannot exist without the erased records: present rows, and those that are only in the
    /// history.
    private mutating func addRows(of incoming: Incoming, to module: Module) throws -> Bool {
        let (table, key) = (incoming.table, incoming.field.key)
        if incoming.bond == .referring { return false }
        let gone = Self.ids(of: module.table)
        var isLost: SQLFragment = "\(name: key) IN (\(gone))"
        if let other = otherContact(of: table, incoming) {
            isLost = "\(isLost) AND NOT EXISTS (\(other(.column("id", of: table.name))))"
        }
        let isNow = try add(table, "SELECT \"id\" FROM \(name: table.name) WHERE \(isLost)")
        let isThen = try add(
            table,
            """
            SELECT DISTINCT "record" FROM "change" WHERE "table_name" = \(bind: .text(table.name)) \
            AND \(ChangeLog.isReadable) AND \(ChangeLog.former(key)) IN (\(gone)) \
            AND "record" NOT IN (SELECT "id" FROM \(name: table.name))
            """
        )
        return isNow || isThen
    }

    /// Returns a function that makes a query for a record's links with remaining contacts; `nil` unless the record's
    /// required contact follows from its links.
    private func otherContact(of table: Table, _ incoming: Incoming) -> ((SQLFragment) -> SQLFragment)? {
        guard incoming.bond == .requiring, table.holdsRecords, incoming.field.key == table.module.mirror?.field,
            let relation = Relation(table.module, center: center.name)
        else { return nil }
        return { id in Self.stayingLinks(relation, of: id) }
    }

    /// Returns a query for the ids of a record's links with remaining contacts.
    static func stayingLinks(_ relation: Relation, of id: SQLFragment) -> SQLFragment {
        """
        SELECT "l"."id" FROM \(name: relation.table) AS "l" WHERE \(column: relation.module.rawValue, of: "l") = \(id) \
        AND \(column: relation.center.rawValue, of: "l") NOT IN (\(ids(of: relation.center.rawValue)))
        """
    }

    // MARK: - Records that belong to the person alone

    private mutating func addOwn(of module: Module, _ ownership: LinkDefinition.Ownership) throws -> Bool {
        guard let relation = Relation(module, center: center.name) else { return false }
        var conditions: [SQLFragment] = [
            "NOT EXISTS (\(Self.stayingLinks(relation, of: .column("id", of: module.table))))"
        ]
        if case .own(let field, let choice) = ownership, let field {
            conditions.append("\(name: field) = \(bind: .text(choice))")
        }
        for incoming in store.incoming(to: module.name) where incoming.bond == .requiring {
            // Remaining rows that require a record keep it.
            conditions.append(
                """
                NOT EXISTS (SELECT 1 FROM \(name: incoming.table.name) AS "r" \
                WHERE \(column: incoming.field.key, of: "r") = \(column: "id", of: module.table) \
                AND "r"."id" NOT IN (\(Self.ids(of: incoming.table.name))))
                """
            )
        }
        let candidates = candidates(of: module, relation).joined(" UNION ")
        let isNow = try add(
            Table(module),
            "SELECT \"id\" FROM \(name: module.table) WHERE \"id\" IN (\(candidates)) AND \(conditions.conjunction)"
        )
        return try addEarlierOwn(of: module, relation) || isNow
    }

    /// Returns queries for the records that erased rows refer to, or that are about the person.
    private func candidates(of module: Module, _ relation: Relation) -> [SQLFragment] {
        let (this, centre) = (relation.module.rawValue, relation.center.rawValue)
        var queries: [SQLFragment] = [
            "SELECT \(name: this) FROM \(name: relation.table) WHERE \(name: centre) IN (\(Self.ids(of: centre)))",
            lostRecords(relation),
        ]
        for field in Table(module).fields where field.type == .anyReference {
            queries.append(
                """
                SELECT "id" FROM \(name: module.table) WHERE \(name: field.columns[0]) = \(bind: .text(centre)) \
                AND \(name: field.columns[1]) IN (\(Self.ids(of: centre)))
                """
            )
        }
        for table in store.tables where table.part != nil && tables.contains(table.name) {
            for field in table.fields where field.type == .reference(module.name) && field.key != table.ownerColumn {
                queries.append(
                    "SELECT \(name: field.key) FROM \(name: table.name) WHERE \"id\" IN (\(Self.ids(of: table.name)))"
                )
            }
        }
        return queries
    }

    /// Adds records that were deleted before, found by their links in the history.
    private mutating func addEarlierOwn(of module: Module, _ relation: Relation) throws -> Bool {
        guard tables.contains(relation.table) else { return false }
        let records = earlierRecords(relation, "1")
        return try add(Table(module), "\(records) EXCEPT SELECT \"id\" FROM \(name: module.table)")
    }

    /// Returns a query for the remaining records that lost their links when the person was deleted.
    private func lostRecords(_ relation: Relation) -> SQLFragment {
        let deletions: SQLFragment = """
            "change_set" IN (SELECT "change_set" FROM "change" WHERE "table_name" = \(bind: .text(center.table)) \
            AND "action" = \(bind: .text(ChangeLog.Action.delete.rawValue)) AND "record" IN (\(Self.ids(of: center.table))) \
            AND "record" NOT IN (SELECT "id" FROM \(name: center.table)))
            """
        return "SELECT \"id\" FROM (\(earlierRecords(relation, deletions)))"
    }

    /// Returns a query for the records that, by links in the history, are linked with nobody else.
    ///
    /// - Parameter condition: the condition for the changes that deleted the links to these records.
    private func earlierRecords(_ relation: Relation, _ condition: SQLFragment) -> SQLFragment {
        let this = ChangeLog.former(relation.module.rawValue)
        let links: SQLFragment = "\"table_name\" = \(bind: .text(relation.table)) AND \(ChangeLog.isReadable)"
        let gone = Self.ids(of: relation.table)
        return """
            SELECT \(this) AS "id" FROM "change" WHERE \(links) AND "record" IN (\(gone)) AND \(this) IS NOT NULL \
            AND \(condition) \
            EXCEPT SELECT \(this) FROM "change" WHERE \(links) AND "record" NOT IN (\(gone)) AND \(this) IS NOT NULL
            """
    }

    // MARK: - Rows about the person

    /// Stores the addresses that nobody else has. They identify rows about the person that refer to no contact.
    private func noteAddresses() throws {
        for key in try store.addressKeys(of: self) {
            guard try !isSomebodyElses(key) else { continue }
            try store.run("INSERT OR IGNORE INTO \"temp\".\"erased_key\" VALUES (\(bind: .text(key)))")
        }
    }

    /// Whether a remaining row has an address: a record, a row of a part, or a row about another person.
    private func isSomebodyElses(_ key: String) throws -> Bool {
        for table in store.tables {
            var stays: SQLFragment = "\"id\" NOT IN (\(Self.ids(of: table.name)))"
            if let person = Self.personField(of: table, center) {
                stays = "\(name: person.key) NOT IN (\(Self.ids(of: center.table)))"
            }
            for field in Self.addressFields(of: table) {
                let others: SQLFragment = """
                    SELECT EXISTS (SELECT 1 FROM \(name: table.name) \
                    WHERE \(name: field.comparedColumn) = \(bind: .text(key)) AND \(stays))
                    """
                if try store.number(others) > 0 { return true }
            }
        }
        return false
    }

    private static func addressFields(of table: Table) -> [Field] {
        table.fields.filter { $0.canHold(.email) && $0.matchColumn != nil }
    }

    /// Returns the field by which rows of a part of other records refer to the person they are about.
    private static func personField(of table: Table, _ center: Module) -> Field? {
        guard table.part != nil, table.module.name != center.name else { return nil }
        return table.fields.first { $0.type == .reference(center.name) }
    }

    /// Returns the condition that a row of a part of other records is about an erased person. It refers to the person,
    /// or did until the person was deleted, or refers to no contact and has an address of the person alone. `nil` for a
    /// part whose rows are not about people.
    static func isAbout(_ table: Table, of center: Module) -> SQLFragment? {
        guard let field = personField(of: table, center) else { return nil }
        let gone = ids(of: center.table)
        let isKnown: [SQLFragment] =
            ["\"id\" IN (\(recordsAbout(field, table, gone)))"]
            + addressFields(of: table).map { isOfErased(.name($0.comparedColumn)) }
        return "(\(name: field.key) IN (\(gone)) OR \(name: field.key) IS NULL AND (\(isKnown.disjunction)))"
    }

    /// Returns a query for the rows that by the history referred to one of some records, or to nobody while an address
    /// was one of the erased people alone.
    static func recordsAbout(_ field: Field, _ table: Table, _ gone: SQLFragment) -> SQLFragment {
        let former = ChangeLog.former(field.key)
        let isAddressed = addressFields(of: table).map { address in
            isOfErased(SQLFunctions.lowercasedASCII(ChangeLog.former(address.key)))
        }
        return """
            SELECT "record" FROM "change" WHERE "table_name" = \(bind: .text(table.name)) AND \(ChangeLog.isReadable) \
            AND (\(former) IN (\(gone)) OR \(former) IS NULL AND \(isAddressed.disjunction))
            """
    }

    /// Returns the condition that an address, in comparable form, belongs to the erased people alone.
    private static func isOfErased(_ key: SQLFragment) -> SQLFragment {
        "\(key) IN (SELECT \"key\" FROM \"temp\".\"erased_key\")"
    }
}

extension Store {
    /// Returns the integer that a query yields; 0 without rows.
    func number(_ query: SQLFragment) throws -> Int {
        let rows = try database.prepare(fragment: query)
        return try rows.step() ? Int(rows.integer(at: 0)) : 0
    }
}

import SQLite

/// The links between one record and all chosen records of the other module, created or removed together.
///
/// It has the same effect as ``LinkWriter`` pair by pair. It leaves pairs to ``LinkWriter`` when there is more to
/// report: those whose link differs from the one requested, and all pairs when a link is refused.
struct BulkLink {
    private let relation: Relation
    private let table: Table
    private let transaction: Transaction
    /// The column of links that refers to the one record, and its id.
    private let one: (column: String, id: Int64)
    /// The column of links that refers to the chosen records.
    private let other: String
    private var store: Store { transaction.store }

    /// A table of the connection: the open links that are asked about, each with its chosen end.
    private static let present = "chosen_link"

    /// - Throws: ``CRMError`` `notFound` if the contact does not exist.
    init(_ relation: Relation, of module: Module, contact: Int64, in transaction: Transaction) throws {
        try transaction.checkExists(contact, in: transaction.store.registry[relation.center])
        self.relation = relation
        table = Table(relation, of: module)
        self.transaction = transaction
        one = (relation.center.rawValue, contact)
        other = relation.module.rawValue
    }

    /// - Throws: ``CRMError`` `notFound` if the record does not exist.
    init(_ relation: Relation, of module: Module, record: Int64, in transaction: Transaction) throws {
        try transaction.checkExists(record, in: module)
        self.relation = relation
        table = Table(relation, of: module)
        self.transaction = transaction
        one = (relation.module.rawValue, record)
        other = relation.center.rawValue
    }

    /// Links the record with the chosen ones.
    ///
    /// - Parameter pair: links it with one that is linked already, otherwise than asked.
    /// - Returns: the number of new links, and the number of links that already existed as requested; `nil` if each
    ///   pair must be handled individually, in which case nothing has been done.
    /// - Throws: what the body throws.
    func link(
        _ given: LinkAttributes,
        otherwise pair: (Int64) throws -> Void
    ) throws -> (linked: Int, alreadyLinked: Int)? {
        if table.module.looksAtLinks { return nil }
        let role = given["role"]
        if let mirror = relation.mirror, role == .text(mirror.role) { return nil }
        // The first refused pair and the reason are found pair by pair.
        if let since = given["since"]?.text, let until = given["until"]?.text, until < since { return nil }
        // Without a role, any existing link counts as the same if no attributes are given; otherwise one with these
        // attributes is needed, which is found pair by pair.
        let isAny = relation.link.hasRole && role == nil
        let same: SQLFragment = isAny ? (given.isEmpty ? "1" : "0") : self.same(as: given)
        try find(role: role, marking: same)
        try transaction.forEachID(in: Self.present, where: "\"same\" = 0", pair)
        let already = try count("SELECT count(*) FROM \(name: Self.present) WHERE \"same\" = 1")
        let new: SQLFragment = """
            SELECT "id" FROM \(name: ChosenRecords.table) \
            WHERE "id" NOT IN (SELECT "id" FROM \(name: Self.present)) ORDER BY "id"
            """
        guard try count("SELECT EXISTS (\(new))") > 0 else { return (0, already) }
        let linked = try transaction.writer(of: table).insert(values(given), forEach: new, in: other)
        return (linked, already)
    }

    /// Deletes the links with the chosen records, or ends them on a date.
    ///
    /// - Parameters:
    ///   - role: the role of the links to end; `nil` for every role.
    ///   - date: the day on which the links end; `nil` to delete them.
    /// - Returns: the number of links ended, and the number of chosen records that had none; `nil`, with nothing done
    ///   yet, when each pair must be handled on its own.
    func unlink(
        _ chosen: ChosenRecords,
        role: Value?,
        endedOn date: String?
    ) throws -> (ended: Int, notLinked: Int)? {
        if table.module.looksAtLinks { return nil }
        var refused: [SQLFragment] = []
        if let mirror = relation.mirror { refused.append("\"l\".\"role\" IS \(bind: .text(mirror.role))") }
        if let date, relation.link.hasPeriod { refused.append("coalesce(\"l\".\"since\" > \(bind: .text(date)), 0)") }
        let links = links(role: role)
        let refusals = try count("SELECT EXISTS (SELECT 1 \(links) AND \(refused.disjunction))")
        guard refusals == 0 else { return nil }
        let pairs = try count("SELECT count(DISTINCT \(column: other, of: "l")) \(links)")
        try makePresent()
        let ended = try store.run("INSERT INTO \(name: Self.present) (\"id\") SELECT \"l\".\"id\" \(links)")
        let rows = RowSet.all("SELECT \"id\" FROM \(name: Self.present)")
        let writer = transaction.writer(of: table)
        if let date, let until = relation.link.attribute("until") {
            try writer.update(rows, [TableWriter.Change(until, to: .text(date))])
        } else {
            try writer.delete(rows)
        }
        return (ended, chosen.count - pairs)
    }

    /// The open links of the record with the chosen ones: the part of a query after its columns.
    private func links(role: Value?) -> SQLFragment {
        var conditions: [SQLFragment] = ["\(column: one.column, of: "l") = \(bind: .integer(one.id))"]
        if relation.link.hasPeriod {
            conditions.append("(\"l\".\"until\" IS NULL OR \"l\".\"until\" > \(bind: .text(transaction.today)))")
        }
        if relation.link.hasRole, let role { conditions.append("\"l\".\"role\" IS \(bind: role)") }
        return """
            FROM \(name: relation.table) AS "l" WHERE \(conditions.conjunction) \
            AND \(column: other, of: "l") IN (SELECT "id" FROM \(name: ChosenRecords.table))
            """
    }

    private func makePresent() throws {
        let table = Self.present.quotedIdentifier
        try store.database.execute(
            "DROP TABLE IF EXISTS \(table); CREATE TEMP TABLE \(table) (\"id\" INTEGER PRIMARY KEY, \"same\" INTEGER)"
        )
    }

    /// Fills the temporary table with the existing links, one row for each pair.
    ///
    /// - Parameter same: the condition that a link already is as requested.
    private func find(role: Value?, marking same: SQLFragment) throws {
        try makePresent()
        try store.run(
            """
            INSERT INTO \(name: Self.present) ("id", "same") SELECT \(column: other, of: "l"), min(\(same)) \
            \(links(role: role)) GROUP BY 1
            """
        )
    }

    /// Returns the condition that a link already has the given attributes.
    private func same(as given: LinkAttributes) -> SQLFragment {
        let conditions = zip(relation.link.attributes, given.values).flatMap { field, value -> [SQLFragment] in
            guard let value else { return [] }
            return zip(field.columns, field.plainlyStored(value)).map { column, value in
                "\(column: column, of: "l") IS \(bind: value)"
            }
        }
        return conditions.isEmpty ? "1" : "(\(conditions.conjunction))"
    }

    /// Returns the values of the fields of a new link, without its chosen end.
    private func values(_ given: LinkAttributes) -> [Value] {
        let ends: [Value] = [relation.center, relation.module].map {
            $0.rawValue == one.column ? .integer(one.id) : .null
        }
        return [.null] + ends + given.values.map { $0 ?? .null } + [.text(transaction.now)]
    }

    private func count(_ query: SQLFragment) throws -> Int {
        Int(try store.database.scalar(query.sql, query.bindings)?.integer ?? 0)
    }
}

import SQLite

/// Counts the records related to records of one module, with a cached statement.
final class RelatedReader {
    /// What to count.
    struct Request: Hashable {
        /// The records' module.
        let module: ModuleName
        /// The day on which links count as open, `YYYY-MM-DD`.
        let today: String
    }

    private let ways: [RelatedWay]
    private let statement: Statement?
    /// The parameters of the statement that take the record's id.
    private let parameters: [Int]

    /// The placeholder in the statement for the id of a record, a number that no record has.
    private static let placeholder = Value.integer(.min)

    init(_ request: Request, registry: Registry, in database: Database) throws {
        ways = registry.waysToRelated(of: registry[request.module])
        let counts = ways.map { way in
            let conditions = way.conditions(near: .bind(Self.placeholder), today: request.today)
            return """
                (SELECT count(*) FROM \(way.hop.table) AS \(name: RelatedWay.alias) \
                WHERE \(conditions.joined(" AND ")))
                """ as SQLFragment
        }
        let select: SQLFragment = "SELECT \(counts.joined(", "))"
        statement = ways.isEmpty ? nil : try database.prepare(fragment: select)
        parameters = select.bindings.indices.filter { select.bindings[$0] == Self.placeholder }.map { $0 + 1 }
    }

    /// Counts the records related to a record.
    ///
    /// - Throws: the errors that SQLite reports.
    func read(_ id: Int64) throws -> RelatedSummary {
        guard let statement else { return RelatedSummary(groups: []) }
        for parameter in parameters { try statement.bind(id, at: parameter) }
        defer { statement.reset() }
        guard try statement.step() else { return RelatedSummary(groups: []) }
        var groups: [RelatedSummary.Group] = []
        for (place, way) in ways.enumerated() {
            let count = statement.integer(at: place)
            let last = groups.last?.module.name == way.module.name ? groups.popLast() : nil
            groups.append(
                RelatedSummary.Group(
                    module: way.module,
                    count: (last?.count ?? 0) + count,
                    ways: (last?.ways ?? []) + (count > 0 ? [way] : [])
                )
            )
        }
        return RelatedSummary(groups: groups)
    }
}

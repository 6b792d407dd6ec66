import Localization
import SQLite

/// A query for the records of one module that are linked to a record of another, each with its link.
///
/// If one module only refers to the other by fields, these references are the links: they have two ends and no
/// attributes.
public struct LinksQuery: Sendable {
    /// The links that count, by their period.
    public enum Period: Sendable, Hashable {
        /// Links that have not ended.
        case open
        /// Links in force on a day, `YYYY-MM-DD`: `since` ≤ day < `until`, null being unbounded.
        case on(CivilDate)
        /// All links, including ended ones.
        case all
    }

    /// The module of the record whose links are read.
    public let module: Module
    /// The record's id.
    public let id: Int64
    /// The module of the records linked to it.
    public let other: Module
    /// Filters by ``FilterParser/grammar`` on the linked records. `link.role` is a field of the link, and so is `role`
    /// if the records have no field of that name. A filter on `link.until` includes ended links.
    public var filters: [String] = []
    /// The links that count, if links have a period.
    public var period = Period.open
    /// Paths as in ``ListQuery/sort``, including `link.since`; equal links are ordered by their ids.
    public var sort: [String] = []
    /// Paths as in ``ListQuery/columns``, including `link.since`; `nil` for every field of links and records.
    public var columns: [String]?
    /// The maximum number of links; `nil` for all.
    public var limit: Int?
    /// Whether references come with the names of their records.
    public var withNames = true

    private let registry: Registry
    private let context: ValueContext
    private static let link = "l"
    private static let record = "r"

    /// Creates a query for the open links of a record with those of another module.
    init(_ module: Module, id: Int64, to other: Module, registry: Registry, context: ValueContext) {
        self.module = module
        self.id = id
        self.other = other
        self.registry = registry
        self.context = context
    }

    /// Returns the links, read on demand, with columns of the objects `link` and `record`.
    ///
    /// - Throws: ``CRMError`` of code `usage` for unrelated modules, for a day if the links have no period, and for
    ///   invalid filters, sort keys and columns; the errors that SQLite reports.
    public func rows(in store: Store) throws(CRMError) -> Rows {
        try store.translating { try rows(in: store.database, path: store.path) }
    }

    func rows(in database: Database, path: String) throws -> Rows {
        var query = try matching()
        try select(&query)
        try query.sort(by: sort)
        query.limit = limit
        return try query.rows(in: database, path: path)
    }

    /// Returns the total number of links, regardless of the limit.
    ///
    /// - Throws: what ``rows(in:)`` throws.
    public func count(in store: Store) throws(CRMError) -> Int64 {
        try store.translating { try count(in: store.database) }
    }

    func count(in database: Database) throws -> Int64 {
        try matching().count(in: database)
    }

    private func select(_ query: inout RowQuery) throws(CRMError) {
        let resolver = PathResolver(registry: registry)
        let scope = query.scope
        let all = scope.place.link.map { "\(Place.linkPrefix).\($0.key)" } + other.fields.map(\.key)
        for path in columns ?? all {
            let route = try resolver.route(Path(path), from: scope.place)
            let lead = "\(Place.linkPrefix)."
            let key = path.hasPrefix(lead) ? String(path.dropFirst(lead.utf8.count)) : path
            let object = route.beginsWithLink ? Place.linkPrefix : OutputColumn.record
            try query.selection.add(route, key: key, object: object, in: scope)
        }
    }

    private func matching() throws(CRMError) -> RowQuery {
        let pairing = try Pairing(module, other, in: registry)
        let scope = Scope(
            module: other,
            alias: Self.record,
            link: Scope.Link(fields: pairing.fields, alias: Self.link)
        )
        let far = SQLFragment.column(pairing.far, of: Self.link)
        var query = RowQuery(
            source: """
                \(pairing.table) AS \(name: Self.link) \
                JOIN \(other.rows) AS \(name: Self.record) ON \(scope.id) = \(far)
                """,
            scope: scope,
            id: pairing.relation == nil ? scope.id : .column("id", of: Self.link),
            selection: Selection(registry: registry, today: context.clock.today, withNames: withNames)
        )
        query.conditions.append("\(column: pairing.near, of: Self.link) = \(bind: .integer(id))")
        var compiler = FilterCompiler(registry: registry, context: context)
        var namesEnd = false
        for text in filters {
            let (filter, condition) = try compiler.condition(text, in: scope)
            query.conditions.append(condition)
            namesEnd = namesEnd || FilterCompiler.names(filter, theEndAt: scope.place)
        }
        if let condition = try condition(of: pairing, namesEnd: namesEnd) { query.conditions.append(condition) }
        return query
    }

    private func condition(of pairing: Pairing, namesEnd: Bool) throws(CRMError) -> SQLFragment? {
        switch period {
        case .all: return nil
        case .open:
            return namesEnd ? nil : pairing.relation?.isOpen(alias: Self.link, on: context.clock.today)
        case .on(let date):
            guard let open = pairing.relation?.isOpen(alias: Self.link, on: date.description) else {
                throw CRMError(
                    .usage,
                    Text(
                        en: "links of \(module.several.en) with \(other.several.en) have no dates",
                        es:
                            "los vínculos de \(module.spanish.theSeveral) con \(other.spanish.theSeveral) no tienen fechas"
                    )
                )
            }
            let since = SQLFragment.column(Relation.startKey, of: Self.link)
            return "(\(since) IS NULL OR \(since) <= \(bind: .text(date.description))) AND \(open)"
        }
    }
}

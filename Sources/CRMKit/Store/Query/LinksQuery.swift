import Localization
import SQLite

/// The records of one module that are linked to a record of another, each with its link.
///
/// Where one of the two only points at the other by a field, that field is the link: it has the two ends and nothing
/// else.
public struct LinksQuery: Sendable {
    /// Which links count.
    public enum Period: Sendable, Hashable {
        /// Those that have not ended.
        case open
        /// Those in force on a day, `YYYY-MM-DD`: `since` ≤ day < `until`, null unbounded.
        case on(CivilDate)
        /// Those that have ended too.
        case all
    }

    /// The module of the record whose links are asked for.
    public let module: Module
    /// Its id.
    public let id: Int64
    /// The module of the records linked to it.
    public let other: Module
    /// Filters by ``FilterParser/grammar`` on the linked records; `link.role` is a link's field, and so is `role` where the
    /// records have no field of that name. One that names `link.until` makes ended links count.
    public var filters: [String] = []
    /// Which links count, where links have a period.
    public var period = Period.open
    /// Paths as in ``ListQuery/sort``, `link.since` among them; ids of links decide between equals.
    public var sort: [String] = []
    /// Paths as in ``ListQuery/columns``, `link.since` among them; `nil` for every field of links and records.
    public var columns: [String]?
    /// The most links to give.
    public var limit: Int?
    /// Whether references bring what their records are called.
    public var withNames = true

    private let registry: Registry
    private let context: ValueContext
    private static let link = "l"
    private static let record = "r"

    /// Asks for the open links of a record with those of another module.
    init(_ module: Module, id: Int64, to other: Module, registry: Registry, context: ValueContext) {
        self.module = module
        self.id = id
        self.other = other
        self.registry = registry
        self.context = context
    }

    /// The links, read as they are asked for: columns of the objects `link` and `record`.
    ///
    /// - Throws: ``CRMError`` of code `usage` for modules that do not hang together, for a day where links have no period,
    ///   and for filters, sort keys and columns that mean nothing; what SQLite reports.
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

    /// How many links there are, whatever the limit.
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
            let object = route.beginsWithLink ? Place.linkPrefix : "record"
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
        let far = SQLFragment.column(other.name.rawValue, of: Self.link)
        var query = RowQuery(
            source: """
                \(pairing.table) AS \(name: Self.link) \
                JOIN \(other.rows) AS \(name: Self.record) ON \(scope.id) = \(far)
                """,
            scope: scope,
            id: pairing.relation == nil ? scope.id : .column("id", of: Self.link),
            selection: Selection(registry: registry, today: context.clock.today, withNames: withNames)
        )
        query.conditions.append("\(column: module.name.rawValue, of: Self.link) = \(bind: .integer(id))")
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
                        es: "los vínculos de \(module.several.es) con \(other.several.es) no tienen fechas"
                    )
                )
            }
            let since = SQLFragment.column(Relation.startKey, of: Self.link)
            return "(\(since) IS NULL OR \(since) <= \(bind: .text(date.description))) AND \(open)"
        }
    }
}

/// The rows that pair the records of two modules, with a column for either end that is called as its module.
struct Pairing {
    /// A table or a subquery.
    let table: SQLFragment
    /// Its columns.
    let fields: [Field]
    /// The links' definition, where there are links.
    let relation: Relation?

    /// Finds what pairs two modules: links, or a field of one that refers to the other.
    ///
    /// - Throws: ``CRMError`` of code `usage` where there is nothing, or more than one such field.
    init(_ first: Module, _ second: Module, in registry: Registry) throws(CRMError) {
        let isCentral = first.name == registry.center || second.name == registry.center
        let outer = first.name == registry.center ? second : first
        if isCentral, let relation = Relation(outer, center: registry.center), first.name != second.name {
            self.init(table: .name(relation.table), fields: relation.fields, relation: relation)
            return
        }
        let references = [(first, second), (second, first)].flatMap { holder, target in
            holder.storedFields.filter { $0.type.target == target.name }.map { (holder, target, $0) }
        }
        guard first.name != second.name, references.count == 1 else {
            throw CRMError(
                .usage,
                Text(
                    en: "\(first.several.en) have no links with \(second.several.en)",
                    es: "\(first.several.es): no hay vínculos con \(second.several.es)"
                ),
                module: first.name
            )
        }
        let (holder, target, field) = references[0]
        let ends = target.name == registry.center ? [target, holder] : [holder, target]
        self.init(
            table: """
                (SELECT "id" AS \(name: holder.name.rawValue), \(name: field.key) AS \(name: target.name.rawValue) \
                FROM \(name: holder.table))
                """,
            fields: ends.map { .reference($0.name.rawValue, to: $0.name, en: $0.label.en, es: $0.label.es) },
            relation: nil
        )
    }

    private init(table: SQLFragment, fields: [Field], relation: Relation?) {
        self.table = table
        self.fields = fields
        self.relation = relation
    }
}

import Localization
import SQLite

/// A query for the records of one module that pass filters, with an order and columns.
public struct ListQuery: Sendable {
    /// The records' module.
    public let module: Module
    /// Filters by ``FilterParser/grammar``; all must hold.
    public var filters: [String] = []
    /// Paths such as `organization.name`, with `-` before descending ones. Text is ordered without case and accents,
    /// choices as declared, and references by the names of their records. Of several values the first one counts.
    /// Missing values come last, and equal records are ordered by id.
    public var sort: [String] = []
    /// Paths such as `organization.name` and `contacts.name`; `nil` for every field of the module.
    public var columns: [String]?
    /// The maximum number of records; `nil` for all.
    public var limit: Int?
    /// The id of the last record seen; only records that follow it in the order are returned.
    public var after: Int64?
    /// Whether references come with the names of their records.
    public var withNames = true
    /// Whether the fields are followed by a column for each module of linked records, with the ids of those with open
    /// links.
    public var withLinks = false

    /// The columns for parts, which follow those of the fields.
    public var parts = PartColumns.none
    /// The part whose rows are listed one per output row, with the values of their record repeated: `line.quantity` is
    /// the quantity of that one row. A record without rows of the part has one output row.
    public var flat: Part?

    /// Whether fields removed from the database's definitions follow the columns, for copies of whole databases.
    var withHidden = false

    private let registry: Registry
    private let context: ValueContext
    private static let alias = "t"
    private static let rowAlias = "f"

    /// Creates a query for every record of a module.
    init(_ module: Module, registry: Registry, context: ValueContext) {
        self.module = module
        self.registry = registry
        self.context = context
    }

    /// Returns the records, read on demand.
    ///
    /// - Throws: ``CRMError`` of code `usage` for invalid filters, sort keys and columns, `notFound` if the record to
    ///   continue after does not exist; the errors that SQLite reports.
    public func rows(in store: Store) throws(CRMError) -> Rows {
        try store.translating { try rows(in: store.database, path: store.path) }
    }

    /// Returns a statement for one record, whose id is its last parameter, and the columns of its row.
    func record(in database: Database) throws -> (statement: Statement, columns: [OutputColumn], parameter: Int) {
        var query = try matching()
        for path in columns ?? module.fields.map(\.key) { try query.selection.add(path, in: query.scope) }
        query.selection.addParts(parts, in: query.scope)
        let select: SQLFragment = """
            SELECT \(query.selection.list) FROM \(query.source)\(query.selection.joined) \
            WHERE \(query.scope.id) = \(bind: .integer(0))
            """
        return (try database.prepare(fragment: select), query.selection.columns, select.bindings.count)
    }

    func rows(in database: Database, path: String) throws -> Rows {
        var query = try matching()
        for path in columns ?? module.fields.map(\.key) { try add(path, to: &query) }
        if withHidden {
            for field in module.hiddenFields where field.isStored {
                let source = query.scope.source(of: .field(field), in: registry)
                try query.selection.add(source, key: field.key, object: nil)
            }
        }
        query.selection.addParts(parts, in: query.scope)
        if withLinks {
            for name in module.linkedModules(in: registry) {
                query.selection.addLinked(registry[name], in: query.scope)
            }
        }
        try query.sort(by: sort)
        if let after { try query.skip(after: after, in: database) }
        query.limit = limit
        return try query.rows(in: database, path: path)
    }

    /// Returns the number of records that pass the filters and follow the given one, regardless of the limit.
    ///
    /// - Throws: what ``rows(in:)`` throws.
    public func count(in store: Store) throws(CRMError) -> Int64 {
        try store.translating { try count(in: store.database) }
    }

    func count(in database: Database) throws -> Int64 {
        var query = try matching()
        if let after {
            try query.sort(by: sort)
            try query.skip(after: after, in: database)
        }
        return try query.count(in: database)
    }

    /// Returns a query for the ids of all records that pass the filters, in one column, for bulk writes.
    func ids() throws(CRMError) -> SQLFragment {
        try matching().ids
    }

    private var source: SQLFragment {
        let records: SQLFragment = "\(module.rows) AS \(name: Self.alias)"
        guard let flat else { return records }
        let table = Table(flat, of: module)
        return """
            \(records) LEFT JOIN \(name: table.name) AS \(name: Self.rowAlias) \
            ON \(column: table.ownerColumn, of: Self.rowAlias) = \(column: "id", of: Self.alias)
            """
    }

    /// Adds a column, which belongs to the row of the flat part if the path begins with the part's name.
    private func add(_ path: String, to query: inout RowQuery) throws(CRMError) {
        guard let flat, let dot = path.firstIndex(of: "."), path[..<dot] == flat.name || path[..<dot] == flat.key else {
            return try query.selection.add(path, in: query.scope)
        }
        let scope = Scope(
            module: module,
            part: flat,
            alias: Self.rowAlias,
            link: nil,
            ownerAlias: Self.alias
        )
        let rest = String(path[path.index(after: dot)...])
        let route = try PathResolver(registry: registry).route(Path(rest), from: scope.place)
        try query.selection.add(route, key: "\(flat.name).\(rest)", object: nil, in: scope)
    }

    private func matching() throws(CRMError) -> RowQuery {
        let scope = Scope(module: module, alias: Self.alias, link: nil)
        var query = RowQuery(
            source: source,
            scope: scope,
            id: scope.id,
            selection: Selection(registry: registry, today: context.clock.today, withNames: withNames)
        )
        if flat != nil { query.within = .column(Part.positionKey, of: Self.rowAlias) }
        var compiler = FilterCompiler(registry: registry, context: context)
        query.conditions += try compiler.conditions(filters, in: scope)
        return query
    }
}

extension FilterCompiler {
    /// The maximum number of values in a filter: a statement has at most 32,766 parameters
    /// (https://www.sqlite.org/limits.html, section 9), some of which are not the filter's.
    private static let mostValues = 30_000

    /// Reads filters and translates them to conditions, all of which have to hold.
    ///
    /// - Throws: ``CRMError`` of code `usage`, with the filter that it is about in its details.
    mutating func conditions(_ texts: [String], in scope: Scope) throws(CRMError) -> [SQLFragment] {
        if texts.count > Self.mostAlternatives, let condition = joined(texts, in: scope) { return [condition] }
        var conditions: [SQLFragment] = []
        for text in texts { conditions.append(try condition(text, in: scope).condition) }
        return conditions
    }

    /// Returns the condition of many filters as of a single one, in which questions about the same records are one.
    ///
    /// - Returns: `nil` if that is impossible, because of one of them or of their number.
    private mutating func joined(_ texts: [String], in scope: Scope) -> SQLFragment? {
        let filters = texts.compactMap { try? FilterParser.parse($0) }
        var compiler = self
        guard filters.count == texts.count, let condition = try? compiler.condition(.all(filters), in: scope),
            condition.bindings.count <= Self.mostValues
        else { return nil }
        self = compiler
        return condition
    }

    /// Reads a filter and translates it to a condition.
    ///
    /// - Throws: ``CRMError`` of code `usage`, with the filter as it was given in its details.
    mutating func condition(
        _ text: String,
        in scope: Scope
    ) throws(CRMError) -> (filter: Filter, condition: SQLFragment) {
        let filter: Filter
        do {
            filter = try FilterParser.parse(text)
        } catch {
            let resolver = PathResolver(registry: registry)
            throw error.naming(scope.place, by: resolver, in: text, today: context.clock.date)
        }
        let condition: SQLFragment
        do {
            condition = try self.condition(filter, in: scope)
        } catch {
            let resolver = PathResolver(registry: registry)
            throw error.with(details: [Text(text.abridged)])
                .naming(recordsOf: scope.place, by: resolver, in: text, today: context.clock.date)
        }
        guard condition.bindings.count <= Self.mostValues else {
            throw CRMError(
                filter: text,
                column: 0,
                Text(en: "more than \(Self.mostValues) values", es: "más de \(Self.mostValues) valores")
            )
        }
        return (filter, condition)
    }
}

extension CRMError {
    /// Returns the error with other details.
    fileprivate func with(details: [Text]) -> CRMError {
        CRMError(
            code,
            message,
            hint: hint,
            module: module,
            reference: reference,
            problems: problems,
            details: details
        )
    }
}

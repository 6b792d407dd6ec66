import Localization

/// The tables that the paths of a query lead to, each joined once to the query's own tables, however many paths lead
/// there.
struct Joins {
    private let registry: Registry
    /// The day on which links must be open, `YYYY-MM-DD`.
    private let today: String
    private var joins: [Join] = []

    /// A table, and the condition by which its rows are joined.
    private struct Join {
        let rows: SQLFragment
        /// The identity of the join: its condition without the alias.
        let identity: Identity
        let condition: SQLFragment
        let scope: Scope
    }

    private struct Identity: Equatable {
        let table: SQLFragment
        let near: SQLFragment
        let condition: SQLFragment?
    }

    /// The maximum number of joins: SQLite joins at most 64 tables (https://www.sqlite.org/limits.html, section 7).
    private static let most = 48

    init(registry: Registry, today: String) {
        self.registry = registry
        self.today = today
    }

    /// The joins, to follow the query's own tables.
    var sql: SQLFragment {
        joins.map { " LEFT JOIN \($0.rows) AS \(name: $0.scope.alias) ON \($0.condition)" as SQLFragment }.joined("")
    }

    /// Joins the record that a path of references leads to; steps to several records are skipped.
    mutating func follow(_ steps: some Sequence<Step>, from scope: Scope) throws(CRMError) -> Scope {
        var scope = scope
        for step in steps {
            switch step {
            case .reference(let attribute, let target):
                scope = try record(of: target, with: scope.source(of: attribute, in: registry).column)
            case .anyReference(let field, let target):
                let parts = Scope.Source(field: field, alias: scope.alias).parts
                let condition: SQLFragment = "\(parts.module) = \(bind: .text(target.name.rawValue))"
                scope = try record(of: target, with: parts.id, onlyIf: condition)
            case .hop: continue
            }
        }
        return scope
    }

    /// Joins the record with an id.
    ///
    /// - Parameter condition: a further condition, for a reference that may be to another module.
    mutating func record(
        of target: Module,
        with id: SQLFragment,
        onlyIf condition: SQLFragment? = nil
    ) throws(CRMError) -> Scope {
        let identity = Identity(table: .name(target.table), near: id, condition: condition)
        return try join(target.rows, identity) { alias in
            let scope = Scope(module: target, alias: alias, link: nil)
            let rest: SQLFragment = condition.map { " AND \($0)" } ?? SQLFragment()
            return (scope, "\(scope.id) = \(id)\(rest)")
        }
    }

    private mutating func join(
        _ rows: SQLFragment,
        _ identity: Identity,
        _ make: (_ alias: String) -> (scope: Scope, condition: SQLFragment)
    ) throws(CRMError) -> Scope {
        if let join = joins.first(where: { $0.identity == identity }) { return join.scope }
        guard joins.count < Self.most else {
            throw CRMError(
                .usage,
                Text(en: "too many columns of other records", es: "demasiadas columnas de otros registros")
            )
        }
        let (scope, condition) = make("j\(joins.count + 1)")
        joins.append(Join(rows: rows, identity: identity, condition: condition, scope: scope))
        return scope
    }
}

// MARK: - Several records

extension Joins {
    /// Joins the rows that a step to several records leads to.
    ///
    /// - Parameter hasEnded: whether ended links count.
    mutating func follow(_ hop: Hop, from scope: Scope, hasEnded: Bool) throws(CRMError) -> Scope {
        let open = hasEnded || hop.relation == nil ? nil : SQLFragment.bind(.text(today))
        let identity = Identity(table: "\(hop.table) \(name: hop.near)", near: scope.id, condition: open)
        // The rows of a part are joined without their record, from which they are reached.
        let rows = hop.part.map { SQLFragment.name(Table($0, of: hop.target).name) } ?? hop.table
        let today = today
        let pairing = try join(rows, identity) { alias in
            var condition = hop.condition(near: scope.id, pairing: alias)
            if !hasEnded, let isOpen = hop.isOpen(pairing: alias, on: today) {
                condition.append(" AND \(isOpen)")
            }
            let link = hop.relation.map { Scope.Link(fields: $0.fields, alias: alias) }
            var inner = Scope(module: hop.target, part: hop.part, alias: alias, link: link)
            if hop.part != nil { inner.ownerAlias = scope.alias }
            return (inner, condition)
        }
        if hop.isBackReference { return pairing }
        let record = try record(of: hop.target, with: .column(hop.far, of: pairing.alias))
        return Scope(module: hop.target, alias: record.alias, link: pairing.link)
    }

    /// Joins the elements of a list, each as a row of an alias with the column `value`.
    mutating func elements(of list: SQLFragment, in scope: Scope) throws(CRMError) -> String {
        let identity = Identity(table: "json_each", near: list, condition: nil)
        return try join(SQLFunctions.elements(of: list), identity) { alias in
            (Scope(module: scope.module, alias: alias, link: nil), "1")
        }.alias
    }
}

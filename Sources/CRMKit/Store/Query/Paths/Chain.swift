/// The rows at the end of a path that may have several values, starting from one row of a query: a subquery that finds
/// linked or referring rows by indexes.
struct Chain {
    private let registry: Registry
    /// The day on which links must be open, `YYYY-MM-DD`.
    private let today: String
    private var tables = SQLFragment()
    private var conditions: [SQLFragment] = []
    private var order: [SQLFragment] = []
    private var count = 0
    /// The scope in which names are resolved at the end of the path.
    private(set) var scope: Scope

    /// Follows steps from a row.
    ///
    /// - Parameters:
    ///   - steps: the steps; the first one leads to several records.
    ///   - scope: the scope of the row where the path begins.
    ///   - today: the day on which links must be open, `YYYY-MM-DD`.
    init(_ steps: some Sequence<Step>, from scope: Scope, registry: Registry, today: String) {
        self.registry = registry
        self.today = today
        self.scope = scope
        for step in steps { follow(step) }
    }

    private mutating func follow(_ step: Step) {
        switch step {
        case .reference(let attribute, let target):
            scope = record(of: target, with: scope.source(of: attribute, in: registry).column, onlyIf: nil)
        case .anyReference(let field, let target):
            let parts = Scope.Source(field: field, alias: scope.alias).parts
            scope = record(
                of: target,
                with: parts.id,
                onlyIf: "\(parts.module) = \(bind: .text(target.name.rawValue))"
            )
        case .hop(let hop):
            let pairing = newAlias()
            // Tables beside the subquery cannot be named within it.
            let source = hop.source(pairing: pairing, near: tables.sql.isEmpty ? scope.id : nil)
            tables.append(tables.sql.isEmpty ? source : " JOIN \(source)")
            conditions.append(hop.condition(near: scope.id, pairing: pairing))
            if let open = hop.isOpen(pairing: pairing, on: today) { conditions.append(open) }
            order += hop.order(pairing: pairing)
            scope = hop.scope(pairing: pairing)
        }
    }

    /// Joins the record with an id, which need not exist.
    private mutating func record(of target: Module, with id: SQLFragment, onlyIf condition: SQLFragment?) -> Scope {
        let inner = Scope(module: target, alias: newAlias(), link: nil)
        tables.append(" LEFT JOIN \(target.rows) AS \(name: inner.alias) ON \(inner.id) = \(id)")
        if let condition { tables.append(" AND \(condition)") }
        return inner
    }

    /// Returns the name of the record that a field at the end refers to; `nil` for a field that is no reference.
    mutating func name(of source: Scope.Source) -> Scope.Source? {
        if source.field.type == .anyReference { return source.referred(.name, in: registry) }
        guard let target = source.field.type.target else { return nil }
        let module = registry[target]
        let inner = record(of: module, with: source.column, onlyIf: nil)
        return module.field(module.displayKey).map { Scope.Source(field: $0, alias: inner.alias) }
    }

    private mutating func newAlias() -> String {
        count += 1
        return "c\(count)"
    }

    /// Returns all values in their order as a JSON array, with an array for each row if there are several values; null
    /// if there are no rows.
    func all(_ values: [SQLFragment]) -> SQLFragment {
        let names = values.indices.map { "v\($0)" }
        let list = zip(values, names).map { "\($0) AS \(name: $1)" as SQLFragment }
        return SQLFunctions.array(of: rows(list.joined(", ")), columns: names)
    }

    /// Returns the first value in their order; null if there are no rows.
    func first(_ value: SQLFragment) -> SQLFragment { "(\(rows(value)) LIMIT 1)" }

    private func rows(_ list: SQLFragment) -> SQLFragment {
        "SELECT \(list) FROM \(tables) WHERE \(conditions.joined(" AND ")) ORDER BY \(order.joined(", "))"
    }
}

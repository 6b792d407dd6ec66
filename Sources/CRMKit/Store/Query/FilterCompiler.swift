import Localization

/// Makes conditions of filters: what they say about the records of a scope, with every value bound.
struct FilterCompiler {
    let registry: Registry
    let context: ValueContext

    /// Numbers the aliases, so that no two are the same within one statement.
    private var aliases = 0

    init(registry: Registry, context: ValueContext) {
        self.registry = registry
        self.context = context
    }

    /// What the nesting of a statement may cost, and what its parts do: SQLite's parser keeps at most 100 symbols it has
    /// not yet put together.
    fileprivate enum Nesting {
        static let limit = 76
        static let group = 5
        static let reference = 10
        static let hop = 12
    }

    /// The condition that a filter holds.
    ///
    /// - Returns: SQL that is true, false or null; null counts as false.
    /// - Throws: ``CRMError`` of code `usage` for unknown fields, values that cannot be read, and filters that nest too
    ///   deeply.
    mutating func condition(_ filter: Filter, in scope: Scope) throws(CRMError) -> SQLFragment {
        switch filter {
        case .all(let filters): return try conditions(filters, in: scope).conjunction
        case .any(let filters): return try conditions(filters, in: scope).disjunction
        case .not(let filter): return .denial(try condition(filter, in: try scope.nested(by: Nesting.group)))
        case .has(let path, let filter): return try existence(path, path.names[...], filter, in: scope)
        case .field(let path, let test): return try condition(test, path, path.names[...], in: scope)
        }
    }

    private mutating func conditions(_ filters: [Filter], in scope: Scope) throws(CRMError) -> [SQLFragment] {
        let inner = try scope.nested(by: Nesting.group)
        var conditions: [SQLFragment] = []
        for filter in filters { conditions.append(try condition(filter, in: inner)) }
        return conditions
    }

    private mutating func newAlias() -> String {
        aliases += 1
        return "f\(aliases)"
    }
}

// MARK: - Paths

extension FilterCompiler {
    /// The condition on the field at the end of a path.
    ///
    /// - Parameter names: what is left of the path from the scope on.
    private mutating func condition(
        _ test: Filter.Test,
        _ path: Filter.Path,
        _ names: ArraySlice<String>,
        in scope: Scope
    ) throws(CRMError) -> SQLFragment {
        guard let first = names.first else { throw unknown(path, names, in: scope) }
        let rest = names.dropFirst()
        if rest.isEmpty {
            guard let source = scope.field(first) else { throw unknown(path, names, in: scope) }
            return try FieldCondition(source: source, registry: registry, context: context).condition(test)
        }
        if let source = scope.module.field(first).map({ Scope.Source(field: $0, alias: scope.alias) }),
            let target = source.field.type.target
        {
            // Who has no organization has none of that name, so what denies is denied as a whole.
            if let denied = test.denied { return .denial(try condition(denied, path, names, in: scope)) }
            let inner = try referenced(target, in: scope)
            let condition = try condition(test, path, rest, in: inner)
            return membership(source, inner, condition)
        }
        if first == Scope.linkPrefix, rest.count == 1, let name = rest.first, scope.link != nil {
            guard let source = scope.linkField(name) else { throw unknown(path, names, in: scope) }
            return try FieldCondition(source: source, registry: registry, context: context).condition(test)
        }
        let hop = try hop(first, path, names, in: scope)
        let pairing = newAlias()
        let inner = hop.scope(pairing: pairing, depth: try scope.nested(by: Nesting.hop).depth)
        let condition = try condition(test, path, rest, in: inner)
        let isOpen = !Self.names(path: rest, theEndIn: inner)
        return exists(hop, pairing, scope, [condition], onlyOpen: isOpen)
    }

    /// The condition that records at the end of a path exist, and that one of them passes a filter.
    private mutating func existence(
        _ path: Filter.Path,
        _ names: ArraySlice<String>,
        _ filter: Filter?,
        in scope: Scope
    ) throws(CRMError) -> SQLFragment {
        guard let first = names.first else { throw unknown(path, names, in: scope) }
        let rest = names.dropFirst()
        if let source = scope.module.field(first).map({ Scope.Source(field: $0, alias: scope.alias) }),
            let target = source.field.type.target
        {
            let inner = try referenced(target, in: scope)
            guard let condition = try innerCondition(path, rest, filter, in: inner) else {
                return "\(source.column) IS NOT NULL"
            }
            return membership(source, inner, condition)
        }
        let hop = try hop(first, path, names, in: scope)
        let pairing = newAlias()
        let inner = hop.scope(pairing: pairing, depth: try scope.nested(by: Nesting.hop).depth)
        let condition = try innerCondition(path, rest, filter, in: inner)
        let isOpen = !(rest.isEmpty && filter.map { Self.names($0, theEndIn: inner) } ?? false)
        return exists(hop, pairing, scope, condition.map { [$0] } ?? [], onlyOpen: isOpen)
    }

    private mutating func innerCondition(
        _ path: Filter.Path,
        _ rest: ArraySlice<String>,
        _ filter: Filter?,
        in scope: Scope
    ) throws(CRMError) -> SQLFragment? {
        if !rest.isEmpty { return try existence(path, rest, filter, in: scope) }
        guard let filter else { return nil }
        return try condition(filter, in: scope)
    }

    private mutating func referenced(_ target: ModuleName, in scope: Scope) throws(CRMError) -> Scope {
        let depth = try scope.nested(by: Nesting.reference).depth
        return Scope(module: registry[target], alias: newAlias(), link: nil, depth: depth)
    }

    private func membership(_ source: Scope.Source, _ inner: Scope, _ condition: SQLFragment) -> SQLFragment {
        """
        \(source.column) IN (SELECT \(inner.id) FROM \(inner.module.rows) AS \(name: inner.alias) WHERE \(condition))
        """
    }

    private func exists(
        _ hop: Hop,
        _ pairing: String,
        _ scope: Scope,
        _ conditions: [SQLFragment],
        onlyOpen: Bool
    ) -> SQLFragment {
        var all = [hop.condition(near: scope.id, pairing: pairing)] + conditions
        if onlyOpen, let open = hop.relation?.isOpen(alias: pairing, on: context.clock.today) { all.append(open) }
        return "EXISTS (SELECT 1 FROM \(hop.source(pairing: pairing)) WHERE \(all.joined(" AND ")))"
    }

    private func hop(
        _ name: String,
        _ path: Filter.Path,
        _ names: ArraySlice<String>,
        in scope: Scope
    ) throws(CRMError) -> Hop {
        switch Hop.find(from: scope.module, to: name, in: registry) {
        case .found(let hop): return hop
        case .none: throw unknown(path, names, in: scope)
        case .ambiguous(let fields):
            let ways = fields.joined(separator: ", ")
            throw CRMError(
                filter: nil,
                column: path.column,
                Text(
                    en: "\(name) refers to \(scope.module.several.en) by several fields: \(ways)",
                    es: "\(name) se refiere a \(scope.module.several.es) con varios campos: \(ways)"
                )
            )
        }
    }

    private func unknown(_ path: Filter.Path, _ names: ArraySlice<String>, in scope: Scope) -> CRMError {
        let name = names.joined(separator: ".")
        if names.count == 1, case .found = Hop.find(from: scope.module, to: name, in: registry) {
            return CRMError(
                filter: nil,
                column: path.column,
                Text(en: "'\(name)' is a module, not a field", es: "'\(name)' es un módulo, no un campo"),
                hint: Text(
                    en: "name one of its fields, as in '\(name).id=1', or write 'has \(name)'",
                    es: "indicar uno de sus campos, como '\(name).id=1', o escribir 'has \(name)'"
                )
            )
        }
        return CRMError(unknownField: name, in: scope, registry: registry, place: path)
    }
}

// MARK: - Links that have ended

extension FilterCompiler {
    /// Whether a filter asks for the end of the link by which the scope was reached, so that ended ones count too.
    static func names(_ filter: Filter, theEndIn scope: Scope) -> Bool {
        switch filter {
        case .all(let filters), .any(let filters): filters.contains { names($0, theEndIn: scope) }
        case .not(let filter): names(filter, theEndIn: scope)
        case .field(let path, _): names(path: path.names[...], theEndIn: scope)
        case .has: false
        }
    }

    private static func names(path: ArraySlice<String>, theEndIn scope: Scope) -> Bool {
        if path.count == 2 { return path.first == Scope.linkPrefix && path.last == "until" }
        return path.count == 1 && path.first == "until" && scope.module.field("until") == nil
    }
}

extension Relation {
    /// The condition that a link counts on a day: it has not ended.
    ///
    /// - Returns: `nil` where links have no period.
    func isOpen(alias: String, on day: String) -> SQLFragment? {
        guard link.hasPeriod else { return nil }
        let until = SQLFragment.column("until", of: alias)
        return "(\(until) IS NULL OR \(until) > \(bind: .text(day)))"
    }
}

extension Scope {
    /// The same scope, further inside the statement.
    fileprivate func nested(by cost: Int) throws(CRMError) -> Scope {
        var scope = self
        scope.depth += cost
        guard scope.depth <= FilterCompiler.Nesting.limit else {
            throw CRMError(
                .usage,
                Text(en: "filter: it is nested too deeply", es: "filtro: está anidado demasiado")
            )
        }
        return scope
    }
}

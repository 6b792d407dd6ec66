import Localization

/// Translates filters to SQL conditions on the rows of a scope, with every value bound.
struct FilterCompiler {
    let registry: Registry
    let context: ValueContext

    /// The number of aliases so far, each of which is unique within the statement.
    private var aliases = 0

    init(registry: Registry, context: ValueContext) {
        self.registry = registry
        self.context = context
    }

    /// The limit on the nesting of a statement, and the cost of its constructs: SQLite's parser stack holds at most 100
    /// symbols.
    fileprivate enum Nesting {
        static let limit = 76
        static let group = 5
        static let reference = 10
        static let hop = 12
    }

    /// Returns the condition that a filter holds.
    ///
    /// - Returns: SQL that is true, false or null; null counts as false.
    /// - Throws: ``CRMError`` of code `usage` for unknown fields, values that cannot be read, and filters that nest too
    ///   deeply.
    mutating func condition(_ filter: Filter, in scope: Scope) throws(CRMError) -> SQLFragment {
        switch filter {
        case .all(let filters): return try conditions(deniedTogether(filters), in: scope).conjunction
        case .any(let filters): return try conditions(gathered(filters, in: scope), in: scope).disjunction
        case .not(let filter): return .denial(try condition(filter, in: try scope.nested(by: Nesting.group)))
        case .has(let path, let filter): return try existence(path, filter, in: scope)
        case .field(let path, let test):
            let route = try resolver.route(path, from: scope.place)
            if case .compare(let comparison, let operand) = test,
                let other = resolver.route(operand, comparedBy: comparison, with: route, from: scope.place)
            {
                return try self.comparison(route, comparison, other, in: scope)
            }
            do throws(CRMError) {
                return try condition(test, at: route, in: scope)
            } catch {
                throw explained(error, test, at: route, from: scope.place)
            }
        }
    }

    /// Returns an error with a hint if a value that cannot be read may stand for no value or for a field.
    private func explained(_ error: CRMError, _ test: Filter.Test, at route: Route, from place: Place) -> CRMError {
        guard case .compare(_, let operand) = test else { return error }
        let (left, right) = (route.end.field.key, operand.text)
        var error = error
        if FilterDoubts.isNothing(right) {
            error.hint = Text(
                en: "for no value write: \(left) is empty",
                es: "para la falta de valor escribir: \(left) is empty"
            )
        }
        guard error.hint == nil, let path = operand.path, resolver.find(path, from: place) != nil else { return error }
        error.hint = Text(
            en: "\(right) is a field, but of another kind than \(left), so that the two cannot be compared",
            es: "\(right) es un campo, pero de otra clase que \(left), y los dos no se pueden comparar"
        )
        return error
    }

    private mutating func conditions(_ filters: [Filter], in scope: Scope) throws(CRMError) -> [SQLFragment] {
        let inner = try scope.nested(by: Nesting.group)
        var conditions: [SQLFragment] = []
        for filter in filters { conditions.append(try condition(filter, in: inner)) }
        return conditions
    }

    /// Returns conditions in which negations are joined into a single negation of alternatives, so that alternatives
    /// are treated in one place.
    private func deniedTogether(_ filters: [Filter]) -> [Filter] {
        guard filters.count > Self.mostAlternatives else { return filters }
        let denied = filters.compactMap { if case .not(let filter) = $0 { filter } else { nil } }
        guard denied.count > 1 else { return filters }
        return filters.filter { if case .not = $0 { false } else { true } } + [.not(.any(denied))]
    }

    /// Returns alternatives in which those that ask for a record at the end of the same path are joined into one that
    /// asks for one of several: each would be a query of its own, and the time to prepare a statement grows with the
    /// square of these.
    private func existingTogether(_ filters: [Filter], in scope: Scope) -> [Filter] {
        struct Asked: Hashable {
            let names: [String]
            let hasEnded: Bool
        }
        var ends: [[String]: Place] = [:]
        var joined: [Filter] = []
        var asked: [Asked: (place: Int, filters: [Filter])] = [:]
        for filter in filters {
            guard case .has(let path, let condition?) = filter,
                let end = ends[path.names] ?? resolver.findRelation(path, from: scope.place)?.last?.place
            else {
                joined.append(filter)
                continue
            }
            ends[path.names] = end
            let key = Asked(names: path.names, hasEnded: Self.names(condition, theEndAt: end))
            if asked[key] == nil {
                asked[key] = (joined.count, [])
                joined.append(filter)
            }
            asked[key]?.filters.append(condition)
        }
        for (place, conditions) in asked.values where conditions.count > 1 {
            guard case .has(let path, _) = joined[place] else { continue }
            joined[place] = .has(path, .any(conditions))
        }
        return joined
    }

    /// Returns alternatives in which those that compare the same field with one value each are joined into one test of
    /// several values: SQLite compares many alternatives with each other.
    private func gathered(_ filters: [Filter], in scope: Scope) -> [Filter] {
        guard filters.count > Self.mostAlternatives else { return filters }
        let filters = existingTogether(filters, in: scope)
        var gathered: [Filter] = []
        var asked: [[String]: (place: Int, operands: [Filter.Operand])] = [:]
        for filter in filters {
            guard case .field(let path, .compare(.equal, let operand)) = filter,
                let route = resolver.find(path, from: scope.place),
                resolver.route(operand, comparedBy: .equal, with: route, from: scope.place) == nil
            else {
                gathered.append(filter)
                continue
            }
            if asked[path.names] == nil {
                asked[path.names] = (gathered.count, [])
                gathered.append(filter)
            }
            asked[path.names]?.operands.append(operand)
        }
        for (place, operands) in asked.values where operands.count > 1 {
            guard case .field(let path, _) = gathered[place] else { continue }
            gathered[place] = .field(path, .isIn(operands))
        }
        return gathered
    }

    /// Below this number joining does not pay, and each alternative has its own error.
    static let mostAlternatives = 64

    /// The maximum number of questions about other records in a statement. SQLite compares every expression with those
    /// of the indexes on links that the statement uses so far: the time to prepare it grows with the square of these.
    private static let mostQuestions = 500

    private var resolver: PathResolver { PathResolver(registry: registry) }

    private mutating func newAlias() throws(CRMError) -> String {
        guard aliases < Self.mostQuestions else {
            throw CRMError(
                .usage,
                Text(
                    en: "filter: it asks for other records more than \(Self.mostQuestions) times",
                    es: "filtro: pregunta por otros registros más de \(Self.mostQuestions) veces"
                ),
                hint: Text(
                    en: "ask for several values at once, as in id in (1, 2), or in several commands",
                    es: "preguntar por varios valores a la vez, como en id in (1, 2), o con varios comandos"
                )
            )
        }
        aliases += 1
        return "f\(aliases)"
    }
}

// MARK: - What stands at the end of a path

extension FilterCompiler {
    private mutating func condition(
        _ test: Filter.Test,
        at route: Route,
        in scope: Scope
    ) throws(CRMError) -> SQLFragment {
        // A record that the path leads to may be missing, so that the whole condition is negated, unless one of several
        // values may pass it.
        if !route.isSeveral, !route.steps.isEmpty, let denied = test.denied {
            return .denial(try condition(denied, at: route, in: scope))
        }
        return try reaching(route, from: scope) { compiler, inner throws(CRMError) in
            let source = inner.source(of: route.end, in: compiler.registry)
            var condition = FieldCondition(source: source, registry: compiler.registry, context: compiler.context)
            condition.owner = inner.module
            if case .chosen(let key)? = source.field.unit {
                condition.units = (inner.part?.field(key) ?? inner.module.field(key))?.type.terms ?? []
            }
            return try condition.condition(test)
        }
    }

    /// Returns the condition that there is a record at the end of a path that passes a filter, if one is given.
    private mutating func existence(
        _ path: Path,
        _ filter: Filter?,
        in scope: Scope
    ) throws(CRMError) -> SQLFragment {
        let steps = try resolver.relation(path, from: scope.place)
        let end = steps.last?.place ?? scope.place
        let hasEnded = filter.map { Self.names($0, theEndAt: end) } ?? false
        guard let filter else { return try reaching(steps[...], from: scope, hasEnded: false, body: nil) }
        return try reaching(steps[...], from: scope, hasEnded: hasEnded) { compiler, inner throws(CRMError) in
            try compiler.condition(filter, in: inner)
        }
    }

    /// A body that builds a condition in a scope. It gets a compiler that continues the numbering of aliases.
    private typealias Body = (inout FilterCompiler, Scope) throws(CRMError) -> SQLFragment

    private mutating func reaching(
        _ route: Route,
        from scope: Scope,
        isCorrelated: Bool = false,
        _ body: Body
    ) throws(CRMError) -> SQLFragment {
        if route.steps.isEmpty { return try body(&self, scope) }
        return try withoutActuallyEscaping(body) { body throws(CRMError) in
            try reaching(
                route.steps[...],
                from: scope,
                isCorrelated: isCorrelated,
                hasEnded: route.namesTheEnd,
                body: body
            )
        }
    }

    /// Returns the condition that some steps lead to a record that meets a condition.
    ///
    /// - Parameters:
    ///   - isCorrelated: whether the condition refers to the row where the steps begin, so that the matching records
    ///     cannot be listed once.
    ///   - hasEnded: whether ended links count in the last step.
    ///   - body: the condition on the record; `nil` if its existence suffices.
    ///   - body: the condition on the record; omitted if it suffices that there is one.
    private mutating func reaching(
        _ steps: ArraySlice<Step>,
        from scope: Scope,
        isCorrelated: Bool = false,
        hasEnded: Bool,
        body: Body?
    ) throws(CRMError) -> SQLFragment {
        guard let step = steps.first else {
            guard let body else { return "1" }
            return try body(&self, scope)
        }
        let further = steps.dropFirst()
        let isBare = further.isEmpty && body == nil
        func rest(from inner: Scope, _ compiler: inout Self) throws(CRMError) -> SQLFragment {
            try compiler.reaching(further, from: inner, isCorrelated: isCorrelated, hasEnded: hasEnded, body: body)
        }
        switch step {
        case .reference(let attribute, let target):
            let column = scope.source(of: attribute, in: registry).column
            if isBare { return "\(column) IS NOT NULL" }
            let inner = try referenced(target, in: scope)
            let condition = try rest(from: inner, &self)
            return Self.membership(of: column, in: inner, isCorrelated: isCorrelated, condition)
        case .anyReference(let field, let target):
            let parts = Scope.Source(field: field, alias: scope.alias).parts
            let isThat: SQLFragment = "\(parts.module) = \(bind: .text(target.name.rawValue))"
            if isBare { return isThat }
            let inner = try referenced(target, in: scope)
            let condition = try rest(from: inner, &self)
            let membership = Self.membership(of: parts.id, in: inner, isCorrelated: isCorrelated, condition)
            return "(\(isThat) AND \(membership))"
        case .hop(let hop):
            let pairing = try newAlias()
            let inner = hop.scope(pairing: pairing, depth: try scope.nested(by: Nesting.hop).depth)
            var all = [hop.condition(near: scope.id, pairing: pairing)]
            if !isBare {
                all.append(try rest(from: inner, &self))
            }
            if !(hasEnded && further.isEmpty), let open = hop.isOpen(pairing: pairing, on: context.clock.today) {
                all.append(open)
            }
            return "EXISTS (SELECT 1 FROM \(hop.source(pairing: pairing, near: scope.id)) WHERE \(all.joined(" AND ")))"
        }
    }

    private mutating func referenced(_ target: Module, in scope: Scope) throws(CRMError) -> Scope {
        let depth = try scope.nested(by: Nesting.reference).depth
        return Scope(module: target, alias: try newAlias(), link: nil, depth: depth)
    }

    private static func membership(
        of id: SQLFragment,
        in inner: Scope,
        isCorrelated: Bool,
        _ condition: SQLFragment
    ) -> SQLFragment {
        let rows: SQLFragment = "\(inner.module.rows) AS \(name: inner.alias)"
        if isCorrelated { return "EXISTS (SELECT 1 FROM \(rows) WHERE \(inner.id) = \(id) AND \(condition))" }
        return "\(id) IN (SELECT \(inner.id) FROM \(rows) WHERE \(condition))"
    }
}

// MARK: - Two paths

extension FilterCompiler {
    /// Returns the condition that one value of each path passes a comparison.
    private mutating func comparison(
        _ route: Route,
        _ comparison: Filter.Comparison,
        _ other: Route,
        in scope: Scope
    ) throws(CRMError) -> SQLFragment {
        let condition = { (comparison: FieldComparison.Asked, compiler: inout FilterCompiler) throws(CRMError) in
            try compiler.reaching(route, from: scope, isCorrelated: true) { compiler, inner throws(CRMError) in
                let left = inner.source(of: route.end, in: compiler.registry)
                // The other path begins at the same row as this one, at whatever depth its condition is.
                var outer = scope
                outer.depth = inner.depth
                return try compiler.reaching(other, from: outer, isCorrelated: true) { compiler, inner in
                    let right = inner.source(of: other.end, in: compiler.registry)
                    return FieldComparison(left, right, zone: compiler.context.clock.zone).condition(comparison)
                }
            }
        }
        guard comparison == .notEqual, !route.isSeveral, !other.isSeveral else {
            return try condition(.comparison(comparison), &self)
        }
        let differs = SQLFragment.denial(try condition(.comparison(.equal), &self))
        guard route.end.field.type == .money else { return differs }
        return "(\(differs) AND \(SQLFragment.denial(try condition(.otherCurrency, &self))))"
    }
}

// MARK: - Links that have ended

extension FilterCompiler {
    /// Whether a filter refers to the end of the link to a place, so that ended links count.
    static func names(_ filter: Filter, theEndAt place: Place) -> Bool {
        switch filter {
        case .all(let filters), .any(let filters): filters.contains { names($0, theEndAt: place) }
        case .not(let filter): names(filter, theEndAt: place)
        case .field(let path, let test): names(path, theEndAt: place) || names(test, theEndAt: place)
        case .has: false
        }
    }

    private static func names(_ test: Filter.Test, theEndAt place: Place) -> Bool {
        guard case .compare(_, let operand) = test, let path = operand.path else { return false }
        return names(path, theEndAt: place)
    }

    private static func names(_ path: Path, theEndAt place: Place) -> Bool {
        path.names == [Place.linkPrefix, Relation.endKey]
            || path.names == [Relation.endKey] && place.module.field(Relation.endKey) == nil
    }
}

extension Scope {
    /// Returns the scope one level deeper inside the statement.
    ///
    /// - Parameter cost: the cost of the level, by ``FilterCompiler/Nesting``.
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

import Localization

/// The columns of a query and the tables they need: what stands between SELECT and WHERE.
struct Selection {
    /// What each row holds, for whoever prints it.
    private(set) var columns: [OutputColumn] = []
    /// The values of a row, by their positions.
    private(set) var expressions: [SQLFragment] = []
    private var joins: [Join] = []
    let registry: Registry
    /// The day on which links must be open to be looked at, `YYYY-MM-DD`.
    private let today: String
    /// Whether references bring what their records are called.
    private let withNames: Bool

    /// A record that another one refers to.
    private struct Join {
        let reference: SQLFragment
        /// What else must hold, for a reference that may be to another module.
        let condition: SQLFragment?
        let scope: Scope
    }

    /// SQLite joins at most 64 tables (https://www.sqlite.org/limits.html, section 7).
    private static let mostJoins = 48

    init(registry: Registry, today: String, withNames: Bool) {
        self.registry = registry
        self.today = today
        self.withNames = withNames
    }

    /// The expressions of the result, separated by commas.
    var list: SQLFragment { expressions.joined(", ") }

    /// The tables to be joined to the query's own.
    var joined: SQLFragment {
        joins.map { join in
            let condition: SQLFragment = join.condition.map { " AND \($0)" } ?? SQLFragment()
            return """
                 LEFT JOIN \(join.scope.module.rows) AS \(name: join.scope.alias) \
                ON \(join.scope.id) = \(join.reference)\(condition)
                """ as SQLFragment
        }.joined("")
    }

    // MARK: - Columns

    /// Adds the column of a path.
    ///
    /// - Parameter path: as asked, `organization.name`.
    /// - Throws: ``CRMError`` of code `usage` for a path that means nothing here.
    mutating func add(_ path: String, in scope: Scope) throws(CRMError) {
        if addPart(path, in: scope) { return }
        let route = try PathResolver(registry: registry).route(Path(path), from: scope.place)
        try add(route, key: path, object: nil, in: scope)
    }

    /// Adds the column of a path whose meaning is known.
    ///
    /// - Parameters:
    ///   - key: what the column is called.
    ///   - object: what holds it in nested formats.
    mutating func add(_ route: Route, key: String, object: String?, in scope: Scope) throws(CRMError) {
        guard route.isSeveral else {
            return try add(try source(of: route, in: scope), key: key, label: route.label, object: object)
        }
        var chain = try chain(along: route, from: scope)
        let source = chain.scope.source(of: route.end, in: registry)
        var values = [source.column]
        switch source.field.type.form {
        case .money: values.append(source.currency)
        case .reference, .anyReference:
            if source.field.type.form == .anyReference { values = [source.reference] }
            if withNames { values.append(chain.name(of: source)?.column ?? "NULL") }
        default: break
        }
        append(
            chain.all(values),
            key: key,
            label: route.label,
            object: object,
            kind: .several(isNested: values.count > 1),
            type: source.field.type
        )
    }

    /// Adds the column of a field.
    ///
    /// - Parameter label: what people read above it, the field's own label unless given.
    mutating func add(
        _ source: Scope.Source,
        key: String,
        label: Text? = nil,
        object: String?
    ) throws(CRMError) {
        // The value comes before what belongs to it, as the names of references.
        _ = append(source.column)
        append(
            source.column,
            key: key,
            label: label ?? source.field.label,
            object: object,
            kind: try kind(of: source),
            type: source.field.type
        )
    }

    /// Adds the ids of the records of another module whose links with a record are open.
    mutating func addLinked(_ other: Module, in scope: Scope) {
        guard case .found(let hop) = Hop.find(from: scope.module, to: other, in: registry) else { return }
        let pair = "k"
        let far = SQLFragment.column(hop.far, of: pair)
        var conditions = [hop.condition(near: scope.id, pairing: pair)]
        if let open = hop.relation?.isOpen(alias: pair, on: today) { conditions.append(open) }
        let ids: SQLFragment = """
            SELECT DISTINCT \(far) AS \(name: "id") FROM \(hop.table) AS \(name: pair) \
            WHERE \(conditions.joined(" AND ")) ORDER BY 1
            """
        append(
            SQLFunctions.array(of: ids, columns: ["id"]),
            key: other.linkedKey,
            label: other.plural,
            object: nil,
            kind: .linked(other.name),
            type: .list(.text)
        )
    }

    mutating func append(
        _ expression: SQLFragment,
        key: String,
        label: Text,
        object: String?,
        kind: OutputColumn.Kind,
        type: FieldType
    ) {
        let position = append(expression)
        columns.append(
            OutputColumn(key: key, label: label, object: object, kind: kind, type: type, position: position)
        )
    }

    private mutating func append(_ expression: SQLFragment) -> Int {
        // Names and currencies may be asked for more than once.
        if let position = expressions.firstIndex(of: expression) { return position }
        expressions.append(expression)
        return expressions.count - 1
    }

    // MARK: - Order

    /// The expression by which a path orders rows, the tables it needs joined. Of several values the first counts.
    mutating func order(by path: String, in scope: Scope) throws(CRMError) -> SQLFragment {
        let route = try PathResolver(registry: registry).route(Path(path), from: scope.place)
        guard route.isSeveral else {
            let source = try source(of: route, in: scope)
            return Self.order(of: try name(of: source) ?? source)
        }
        var chain = try chain(along: route, from: scope)
        let source = chain.scope.source(of: route.end, in: registry)
        let order = Self.order(of: chain.name(of: source) ?? source)
        return chain.first(order)
    }

    private static func order(of source: Scope.Source) -> SQLFragment {
        switch source.field.type.form {
        case .money: MoneyOrder.amount(of: source)
        case .choice(let choices) where !choices.isEmpty: place(of: source.column, among: choices)
        default: source.compared
        }
    }

    /// Choices are in the order of their declaration; keys unknown to it come after them.
    private static func place(of column: SQLFragment, among choices: [Choice]) -> SQLFragment {
        let cases = choices.enumerated().map { place, choice in
            "WHEN \(bind: .text(choice.key)) THEN \(bind: .integer(Int64(place)))" as SQLFragment
        }
        let last = SQLFragment.bind(.integer(Int64(choices.count)))
        return "CASE WHEN \(column) IS NOT NULL THEN CASE \(column) \(cases.joined(" ")) ELSE \(last) END END"
    }

    // MARK: - Paths

    /// The field at the end of a path of references, whose tables are joined.
    private mutating func source(of route: Route, in scope: Scope) throws(CRMError) -> Scope.Source {
        try follow(route.steps, from: scope).source(of: route.end, in: registry)
    }

    /// The rows at the end of a path of several values; what comes before them is joined.
    private mutating func chain(along route: Route, from scope: Scope) throws(CRMError) -> Chain {
        let lead = route.steps.prefix { !$0.isSeveral }
        let scope = try follow(lead, from: scope)
        return Chain(route.steps.dropFirst(lead.count), from: scope, registry: registry, today: today)
    }

    private mutating func follow(_ steps: some Sequence<Step>, from scope: Scope) throws(CRMError) -> Scope {
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

    private mutating func record(
        of target: Module,
        with id: SQLFragment,
        onlyIf condition: SQLFragment? = nil
    ) throws(CRMError) -> Scope {
        if let join = joins.first(where: { $0.reference == id && $0.condition == condition }) { return join.scope }
        guard joins.count < Self.mostJoins else {
            throw CRMError(
                .usage,
                Text(en: "too many columns of other records", es: "demasiadas columnas de otros registros")
            )
        }
        let scope = Scope(module: target, alias: "j\(joins.count + 1)", link: nil)
        joins.append(Join(reference: id, condition: condition, scope: scope))
        return scope
    }

    /// What the record is called that a field refers to; `nil` for other fields.
    private mutating func name(of source: Scope.Source) throws(CRMError) -> Scope.Source? {
        if source.field.type == .anyReference { return source.referred(.name, in: registry) }
        guard let target = source.field.type.target else { return nil }
        let module = registry[target]
        let scope = try record(of: module, with: source.column)
        return module.field(module.displayKey).map { Scope.Source(field: $0, alias: scope.alias) }
    }
}

// MARK: - Kinds

extension Selection {
    private mutating func kind(of source: Scope.Source) throws(CRMError) -> OutputColumn.Kind {
        switch source.field.type.form {
        case .identifier, .number(digits: 0): .integer
        case .number(let digits): .scaled(digits: digits)
        case .money: .money(currency: append(source.currency))
        case .text, .date, .moment: .text
        case .duration: .duration
        case .boolean: .boolean
        case .choice(let choices): .choice(choices)
        case .reference(let target): .reference(target, name: try namePosition(of: source))
        case .anyReference: .anyReference(id: append(source.parts.id), name: try namePosition(of: source))
        case .list(let element): .list(element)
        }
    }

    private mutating func namePosition(of source: Scope.Source) throws(CRMError) -> Int? {
        guard withNames else { return nil }
        return try name(of: source).map { append($0.column) }
    }
}

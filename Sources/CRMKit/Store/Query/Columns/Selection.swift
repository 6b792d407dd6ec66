import Localization

/// The columns of a query and the tables they need: the part between SELECT and WHERE.
struct Selection {
    /// The output columns of each row.
    private(set) var columns: [OutputColumn] = []
    /// The expressions of a row, by position.
    private(set) var expressions: [SQLFragment] = []
    private var joins: Joins
    let registry: Registry
    /// The day on which links must be open, `YYYY-MM-DD`.
    private let today: String
    /// Whether references come with the names of their records.
    private let withNames: Bool

    init(registry: Registry, today: String, withNames: Bool) {
        self.registry = registry
        self.today = today
        self.withNames = withNames
        joins = Joins(registry: registry, today: today)
    }

    /// The expressions of the result, separated by commas; of no columns NULL, since SQL knows no rows without any.
    var list: SQLFragment { expressions.isEmpty ? "NULL" : expressions.joined(", ") }

    /// The tables to be joined to the query's own.
    var joined: SQLFragment { joins.sql }

    /// Returns the statement for the rows.
    ///
    /// - Parameters:
    ///   - rows: the query's own tables, without those that are joined.
    ///   - conditions: the conditions, which must all hold.
    ///   - order: the keys of the order.
    ///   - limit: the maximum number of rows; the statement returns one more, which shows whether any were left out.
    func statement(
        from rows: SQLFragment,
        where conditions: [SQLFragment],
        order: [SQLFragment],
        limit: Int?
    ) -> SQLFragment {
        var statement: SQLFragment = "SELECT \(list) FROM \(rows)\(joined)"
        if !conditions.isEmpty { statement.append(" WHERE \(conditions.conjunction)") }
        if !order.isEmpty { statement.append(" ORDER BY \(order.joined(", "))") }
        if let limit { statement.append(" LIMIT \(bind: .integer(Int64(limit) + 1))") }
        return statement
    }

    // MARK: - Columns

    /// Adds the column of a path.
    ///
    /// - Parameter path: the path as requested: `organization.name`.
    /// - Throws: ``CRMError`` of code `usage` for an unknown path.
    mutating func add(_ path: String, in scope: Scope) throws(CRMError) {
        if addPart(path, in: scope) { return }
        let route = try PathResolver(registry: registry).route(Path(path), from: scope.place)
        try add(route, key: path, object: nil, in: scope)
    }

    /// Adds the column of a path from the record that a value refers to.
    ///
    /// - Parameters:
    ///   - target: the module of the record.
    ///   - label: the heading of the column; by default the labels of the value and of the path.
    mutating func add(
        _ path: Path,
        ofRecordIn reference: Scope.Source,
        of target: Module,
        key: String,
        label: Text? = nil
    ) throws(CRMError) {
        let scope = try joins.record(of: target, with: reference.column)
        let route = try PathResolver(registry: registry).route(path, from: scope.place)
        let label = label ?? reference.field.label.leading(to: route.label)
        try add(route, key: key, label: label, object: nil, in: scope)
    }

    /// Marks the last column as one that tells rows apart.
    mutating func preferLast() { columns[columns.count - 1].isPreferred = true }

    /// Adds the column for a resolved path.
    ///
    /// - Parameters:
    ///   - key: the column's key.
    ///   - label: the heading of the column; by default that of the path.
    ///   - object: the object that contains the column in nested formats.
    mutating func add(
        _ route: Route,
        key: String,
        label: Text? = nil,
        object: String?,
        in scope: Scope
    ) throws(CRMError) {
        let label = label ?? route.label
        guard route.isSeveral else {
            try add(try source(of: route, in: scope), key: key, label: label, object: object)
            if route.steps.isEmpty, scope.part == nil, case .field(let field) = route.end {
                columns[columns.count - 1].isName = field.key == scope.module.displayKey
            }
            return
        }
        var chain = try chain(along: route, from: scope)
        let source = chain.scope.source(of: route.end, in: registry)
        var values = [source.column]
        switch source.field.type.form {
        case .money: values.append(source.currency)
        case .reference, .anyReference:
            if source.field.type.form == .anyReference { values = [source.reference] }
            if withNames { values.append(chain.name(of: source)?.column ?? "NULL") }
        case .moment: if let dayZone = source.dayZone { values.append(dayZone) }
        default: break
        }
        append(
            chain.all(values),
            key: key,
            label: label,
            object: object,
            kind: .several(isNested: values.count > 1),
            type: source.field.type
        )
    }

    /// Adds the column of a field.
    ///
    /// - Parameter label: the heading of the column; by default the field's own label.
    mutating func add(
        _ source: Scope.Source,
        key: String,
        label: Text? = nil,
        object: String?
    ) throws(CRMError) {
        // The value must precede the values that belong to it, such as names of references.
        _ = append(source.column)
        append(
            source.column,
            key: key,
            label: label ?? source.field.label,
            object: object,
            kind: try kind(of: source),
            type: source.field.type,
            dayZone: source.dayZone
        )
        let traits = source.field.traits
        columns[columns.count - 1].isTelling = source.field.isTelling
        columns[columns.count - 1].isOverriding = traits.contains(.overriding)
        columns[columns.count - 1].isRounded = source.isRounded
    }

    /// Adds the ids of the records of another module whose links with a record are open.
    mutating func addLinked(_ other: Module, in scope: Scope) {
        guard let hop = Hop.links(from: scope.module, to: other, in: registry) else { return }
        let pair = "k"
        let far = SQLFragment.column(hop.far, of: pair)
        var conditions = [hop.condition(near: scope.id, pairing: pair)]
        if let open = hop.isOpen(pairing: pair, on: today) { conditions.append(open) }
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

    /// The key of the column that ``appendTotal(_:isShown:)`` adds.
    static let totalKey = "total"

    /// Adds a column that is true in the row over all groups of a summary.
    ///
    /// - Parameter isShown: whether tables, which leave out the column, show the total in their first column.
    mutating func appendTotal(_ isTotal: SQLFragment, isShown: Bool) {
        let label = Text(en: "Total", es: "Total")
        append(isTotal, key: Self.totalKey, label: label, object: nil, kind: .boolean, type: .boolean)
        columns[isShown ? 0 : columns.count - 1].totalPosition = columns.last?.position
    }

    /// Adds the column of an expression.
    ///
    /// - Parameter dayZone: the zone of a moment that stands for a whole day, as ``Scope/Source/dayZone``.
    mutating func append(
        _ expression: SQLFragment,
        key: String,
        label: Text,
        object: String?,
        kind: OutputColumn.Kind,
        type: FieldType,
        dayZone: SQLFragment? = nil
    ) {
        let position = append(expression)
        var column = OutputColumn(key: key, label: label, object: object, kind: kind, type: type, position: position)
        column.dayZonePosition = dayZone.map { append($0) }
        columns.append(column)
    }

    /// Adds a value that no column shows.
    ///
    /// - Returns: its position.
    @discardableResult
    mutating func append(_ expression: SQLFragment) -> Int {
        // Names and currencies may be added several times.
        if let position = expressions.firstIndex(of: expression) { return position }
        expressions.append(expression)
        return expressions.count - 1
    }

    /// Adds a column that is the same in every row.
    mutating func append(constant text: String?, key: String, label: Text) {
        let value = text.map { SQLFragment.bind(.text($0)) } ?? "NULL"
        append(value, key: key, label: label, object: nil, kind: .text, type: .code)
    }

    /// Adds a column that refers to a record of a module by an id.
    mutating func append(referenceTo module: Module, id: SQLFragment, key: String, label: Text) throws(CRMError) {
        let scope = try joins.record(of: module, with: id)
        let name = append(.column(module.displayKey, of: scope.alias))
        append(
            id,
            key: key,
            label: label,
            object: nil,
            kind: .reference(module.name, name: name),
            type: .reference(module.name)
        )
    }

    // MARK: - Order

    /// Returns the expression by which a path orders rows, and joins the tables it needs. Of several values the first
    /// one counts.
    mutating func order(by path: String, in scope: Scope) throws(CRMError) -> SQLFragment {
        let route = try PathResolver(registry: registry).route(Path(path), from: scope.place)
        guard route.isSeveral else {
            return try order(by: try source(of: route, in: scope))
        }
        var chain = try chain(along: route, from: scope)
        let source = chain.scope.source(of: route.end, in: registry)
        let order = Self.order(of: chain.name(of: source) ?? source)
        return chain.first(order)
    }

    /// Returns the expression by which a path from the record that a value refers to orders rows.
    ///
    /// - Parameter target: the module of the record.
    mutating func order(
        by path: Path,
        ofRecordIn reference: Scope.Source,
        of target: Module
    ) throws(CRMError) -> SQLFragment {
        try order(by: path.text, in: try joins.record(of: target, with: reference.column))
    }

    /// Returns the expression by which a field orders rows.
    mutating func order(by source: Scope.Source) throws(CRMError) -> SQLFragment {
        Self.order(of: try name(of: source) ?? source)
    }

    private static func order(of source: Scope.Source) -> SQLFragment {
        switch source.field.type.form {
        case .money: MoneyOrder.amount(of: source)
        case .choice(let choices) where !choices.isEmpty: place(of: source.column, among: choices)
        default: source.compared
        }
    }

    /// Returns the index of a choice in the order of declaration; unknown keys come after all choices.
    private static func place(of column: SQLFragment, among choices: [Choice]) -> SQLFragment {
        let cases = choices.enumerated().map { place, choice in
            "WHEN \(bind: .text(choice.key)) THEN \(bind: .integer(Int64(place)))" as SQLFragment
        }
        let last = SQLFragment.bind(.integer(Int64(choices.count)))
        return "CASE WHEN \(column) IS NOT NULL THEN CASE \(column) \(cases.joined(" ")) ELSE \(last) END END"
    }

    // MARK: - Paths

    /// Returns the field at the end of a path of references, and joins their tables.
    private mutating func source(of route: Route, in scope: Scope) throws(CRMError) -> Scope.Source {
        try joins.follow(route.steps, from: scope).source(of: route.end, in: registry)
    }

    /// Returns the rows at the end of a path of several values. The leading steps, which lead to one record each, are
    /// joined.
    private mutating func chain(along route: Route, from scope: Scope) throws(CRMError) -> Chain {
        let lead = route.steps.prefix { !$0.isSeveral }
        let scope = try joins.follow(lead, from: scope)
        return Chain(route.steps.dropFirst(lead.count), from: scope, registry: registry, today: today)
    }

    /// Returns the source for the name of the record that a field refers to; `nil` for other fields.
    private mutating func name(of source: Scope.Source) throws(CRMError) -> Scope.Source? {
        if source.field.type == .anyReference { return source.referred(.name, in: registry) }
        guard let target = source.field.type.target else { return nil }
        let module = registry[target]
        let scope = try joins.record(of: module, with: source.column)
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

extension Field {
    /// Whether the field identifies records to the user, as the number of a document does.
    var isTelling: Bool {
        type == .code && !traits.isDisjoint(with: [.key, .unique]) && !traits.contains(.opaque)
    }
}

import Localization

/// The columns of a query and the tables they need: what stands between SELECT and WHERE.
struct Selection {
    /// What each row holds, for whoever prints it.
    var columns: [OutputColumn] = []
    private var expressions: [SQLFragment] = []
    private var joins: [Join] = []
    let registry: Registry
    /// Whether references bring what their records are called.
    private let withNames: Bool

    /// A record that another one refers to.
    private struct Join {
        let reference: SQLFragment
        let alias: String
        let target: Module
    }

    /// SQLite joins at most 64 tables (https://www.sqlite.org/limits.html, section 7).
    private static let mostJoins = 48

    /// Stands between the labels of a path.
    private static let step = " › "

    init(registry: Registry, withNames: Bool) {
        self.registry = registry
        self.withNames = withNames
    }

    /// The expressions of the result, separated by commas.
    var list: SQLFragment { expressions.joined(", ") }

    /// The tables to be joined to the query's own.
    var joined: SQLFragment {
        joins.map { join in
            """
             LEFT JOIN \(join.target.rows) AS \(name: join.alias) \
            ON \(column: "id", of: join.alias) = \(join.reference)
            """ as SQLFragment
        }.joined("")
    }

    /// Adds the column at the end of a path of references.
    ///
    /// - Parameters:
    ///   - path: as asked, `organization.name`.
    ///   - object: what holds it in nested formats.
    /// - Throws: ``CRMError`` of code `usage` for a field that is not there.
    mutating func add(_ path: String, object: String?, in scope: Scope) throws(CRMError) {
        let (source, label) = try follow(path, in: scope)
        try add(source, key: path, label: label, object: object)
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
        let position = append(source.column)
        let kind = try kind(of: source)
        columns.append(
            OutputColumn(
                key: key,
                label: label ?? source.field.label,
                object: object,
                kind: kind,
                type: source.field.type,
                position: position
            )
        )
    }

    /// The field at the end of a path of references, whose tables are joined.
    mutating func source(of path: String, in scope: Scope) throws(CRMError) -> Scope.Source {
        try follow(path, in: scope).source
    }

    /// Goes along a path of references, whose tables are joined.
    ///
    /// - Returns: the field at its end, and the labels of all fields on the way: `Organization › Name`.
    private mutating func follow(
        _ path: String,
        in scope: Scope
    ) throws(CRMError) -> (source: Scope.Source, label: Text) {
        var scope = scope
        var label = Text("")
        var names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)[...]
        while !names.isEmpty {
            let rest = names
            guard let source = Self.takeField(&names, in: scope) else {
                throw CRMError(unknownField: rest.joined(separator: "."), in: scope, registry: registry)
            }
            label = Text(en: label.en + source.field.label.en, es: label.es + source.field.label.es)
            if names.isEmpty { return (source, label) }
            label = Text(en: label.en + Self.step, es: label.es + Self.step)
            guard let target = source.field.type.target else { break }
            scope = try referenced(by: source, registry[target])
        }
        throw CRMError(unknownField: path, in: scope, registry: registry)
    }

    /// Passes the one or two names of a field: `city`, `link.role`.
    private static func takeField(_ names: inout ArraySlice<String>, in scope: Scope) -> Scope.Source? {
        guard let first = names.popFirst() else { return nil }
        if first == Scope.linkPrefix, scope.link != nil, let name = names.popFirst() { return scope.linkField(name) }
        return scope.field(first)
    }

    /// The expression by which a field orders rows, the tables it needs joined.
    mutating func order(by path: String, in scope: Scope) throws(CRMError) -> SQLFragment {
        let source = try source(of: path, in: scope)
        switch source.field.type {
        case .money: return MoneyOrder.amount(of: source)
        case .choice(let choices) where !choices.isEmpty: return Self.place(of: source.column, among: choices)
        case .reference(let target):
            let module = registry[target]
            return try order(by: module.displayKey, in: try referenced(by: source, module))
        case .anyReference:
            return name(of: source.field.columns.map { .column($0, of: source.alias) }, isCompared: true)
        default: return source.compared
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

    mutating func append(_ expression: SQLFragment) -> Int {
        // Names and currencies may be asked for more than once.
        if let position = expressions.firstIndex(of: expression) { return position }
        expressions.append(expression)
        return expressions.count - 1
    }

    private mutating func referenced(by source: Scope.Source, _ target: Module) throws(CRMError) -> Scope {
        if let join = joins.first(where: { $0.reference == source.column }) {
            return Scope(module: join.target, alias: join.alias, link: nil)
        }
        guard joins.count < Self.mostJoins else {
            throw CRMError(
                .usage,
                Text(en: "too many columns of other records", es: "demasiadas columnas de otros registros")
            )
        }
        let alias = "j\(joins.count + 1)"
        joins.append(Join(reference: source.column, alias: alias, target: target))
        return Scope(module: target, alias: alias, link: nil)
    }
}

// MARK: - Kinds

extension Selection {
    private mutating func kind(of source: Scope.Source) throws(CRMError) -> OutputColumn.Kind {
        switch source.field.type {
        case .identifier, .integer: .integer
        case .decimal(let digits): .scaled(digits: digits)
        case .percent: .scaled(digits: FieldType.percentDigits)
        case .money: .money(currency: append(.column("currency", of: source.alias)))
        case .text, .code, .longText, .email, .phone, .url, .currency, .country, .timeZone, .date, .dateTime: .text
        case .duration: .duration
        case .boolean: .boolean
        case .choice(let choices): .choice(choices)
        case .reference(let target): .reference(target, name: withNames ? try name(of: target, source) : nil)
        case .anyReference: anyReference(source)
        case .list(let element): .list(element)
        }
    }

    private mutating func name(of target: ModuleName, _ source: Scope.Source) throws(CRMError) -> Int {
        let module = registry[target]
        let scope = try referenced(by: source, module)
        return append(.column(module.displayKey, of: scope.alias))
    }

    private mutating func anyReference(_ source: Scope.Source) -> OutputColumn.Kind {
        let columns = source.field.columns.map { SQLFragment.column($0, of: source.alias) }
        let id = append(columns[1])
        guard withNames else { return .anyReference(id: id, name: nil) }
        return .anyReference(id: id, name: append(name(of: columns, isCompared: false)))
    }

    /// What the record is called to which a module and an id refer.
    ///
    /// - Parameter isCompared: whether in the form that gives the order.
    private func name(of columns: [SQLFragment], isCompared: Bool) -> SQLFragment {
        let cases = registry.modules.map { module in
            let column = isCompared ? module.field(module.displayKey)?.comparedColumn : nil
            return """
                WHEN \(bind: .text(module.name.rawValue)) THEN (SELECT \(name: column ?? module.displayKey) \
                FROM \(module.rows) AS "a" WHERE "a"."id" = \(columns[1]))
                """ as SQLFragment
        }
        return "CASE \(columns[0]) \(cases.joined(" ")) END"
    }
}

/// A step from the records of one module to those of another: linked records, referring records or rows of a part.
struct Hop: Sendable {
    /// The table whose rows pair the two: links, or the records themselves if they refer to others.
    let table: SQLFragment
    /// The column with the id of the record where the hop begins.
    let near: String
    /// The column with the id of the record where it leads.
    let far: String
    /// The module of the far records; for rows of a part, the module they belong to.
    let target: Module
    /// The kind of the pairing rows.
    let kind: Kind
    /// The column with the module of the near record, for a reference to any module.
    let nearModule: (column: String, module: ModuleName)?
    /// The rows that have each pair once; the table itself if it has.
    let pairRows: SQLFragment
    /// The hops that this one combines; `nil` for a single one.
    private let union: HopUnion?

    init(
        table: SQLFragment,
        near: String,
        far: String,
        target: Module,
        kind: Kind,
        nearModule: (column: String, module: ModuleName)?,
        pairRows: SQLFragment? = nil
    ) {
        self.table = table
        self.pairRows = pairRows ?? table
        self.near = near
        self.far = far
        self.target = target
        self.kind = kind
        self.nearModule = nearModule
        union = nil
    }

    /// Combines several hops into one that pairs records by any of them.
    init(_ union: HopUnion, to target: Module) {
        table = union.rows()
        pairRows = table
        near = union.near
        far = union.far
        self.target = target
        kind = union.relation.map(Kind.link) ?? .backReference
        nearModule = nil
        self.union = union
    }

    /// The kind of rows that pair two records.
    enum Kind: Sendable {
        /// Links between contacts and records.
        case link(Relation)
        /// References: the far records refer to the near one by a field.
        case backReference
        /// Rows of a part, which belong to the near record.
        case part(Part)
    }

    /// The definition of the links; `nil` if the hop follows none.
    var relation: Relation? { if case .link(let relation) = kind { relation } else { nil } }
    /// The part whose rows the hop leads to; `nil` for others.
    var part: Part? { if case .part(let part) = kind { part } else { nil } }

    /// Whether the pairing row itself is the far record.
    var isBackReference: Bool { far == "id" }

    /// Returns the alias of the far record, which differs from that of the pairing row unless they are the same.
    func recordAlias(pairing: String) -> String { isBackReference ? pairing : "\(pairing)r" }

    /// Returns the pairing rows joined with the far records, for a FROM clause.
    ///
    /// - Parameter id: the near record's id, when it comes from an enclosing query; each hop of a union can then use
    ///   its own index. ``condition(near:pairing:)`` is needed all the same.
    func source(pairing: String, near id: SQLFragment? = nil) -> SQLFragment {
        let table = id.flatMap { id in union.map { $0.rows(near: id) } } ?? table
        if isBackReference { return "\(table) AS \(name: pairing)" }
        let record = recordAlias(pairing: pairing)
        return """
            \(table) AS \(name: pairing) \
            JOIN \(target.rows) AS \(name: record) ON \(column: "id", of: record) = \(column: far, of: pairing)
            """
    }

    /// Returns the condition that selects the pairing rows of one record.
    ///
    /// - Parameters:
    ///   - id: the id of the near record.
    ///   - pairing: the alias of the pairing rows.
    func condition(near id: SQLFragment, pairing: String) -> SQLFragment {
        isOfModule("\(column: near, of: pairing) = \(id)", pairing: pairing)
    }

    /// Returns the condition that selects the pairing rows of the records whose ids a query returns.
    func condition(nearAnyOf ids: SQLFragment, pairing: String) -> SQLFragment {
        isOfModule("\(column: near, of: pairing) IN (\(ids))", pairing: pairing)
    }

    private func isOfModule(_ condition: SQLFragment, pairing: String) -> SQLFragment {
        guard let nearModule else { return condition }
        let module = nearModule.module.rawValue
        return "\(condition) AND \(column: nearModule.column, of: pairing) = \(bind: .text(module))"
    }

    /// Returns the condition that a pairing row counts on a day: links must be open, and a reference only counts when
    /// there is no open link between the same records.
    ///
    /// - Returns: `nil` when all rows count.
    func isOpen(pairing: String, on day: String) -> SQLFragment? {
        let conditions = [relation?.isOpen(alias: pairing, on: day), union?.isFirst(pairing: pairing, on: day)]
            .compactMap(\.self)
        return conditions.isEmpty ? nil : conditions.joined(" AND ")
    }

    /// Returns the condition that selects the pairing rows of all near records.
    func condition(pairing: String) -> SQLFragment {
        isOfModule("\(column: near, of: pairing) IS NOT NULL", pairing: pairing)
    }

    /// Returns the order of the pairing rows: of links, by their beginning, the oldest first; of a part's rows, by
    /// position.
    func order(pairing: String) -> [SQLFragment] {
        let id = SQLFragment.column("id", of: pairing)
        let record = SQLFragment.column(far, of: pairing)
        switch kind {
        case .link(let relation):
            let keys = relation.link.hasPeriod ? [.column(Relation.startKey, of: pairing), id] : [id]
            return union == nil ? keys : keys + [record]
        case .backReference: return [record]
        case .part: return [.column(Part.positionKey, of: pairing), id]
        }
    }

    /// Returns the scope of the far record.
    func scope(pairing: String, depth: Int = 0) -> Scope {
        let link = relation.map { Scope.Link(fields: $0.fields, alias: pairing) }
        return Scope(module: target, part: part, alias: recordAlias(pairing: pairing), link: link, depth: depth)
    }
}

extension Hop {
    /// Returns the hop from one module to another: by links, and by every field that refers back, of the other module's
    /// records or of the rows of their parts.
    ///
    /// - Returns: `nil` if the modules are not related in this way.
    static func find(from module: Module, to target: Module, in registry: Registry) -> Hop? {
        let ways = registry.waysHanging(on: module).map(\.hop).filter { $0.target.name == target.name }
        guard let first = ways.first else { return nil }
        // Several rows of a part may lead to the same record.
        if ways.count == 1, first.relation != nil || first.isBackReference { return first }
        return Hop(HopUnion(ways), to: target)
    }

    /// Returns the hop from one module to another by links alone; `nil` if there are none.
    static func links(from module: Module, to target: Module, in registry: Registry) -> Hop? {
        let outer = module.name == registry.center ? target : module
        guard module.name != target.name, [module.name, target.name].contains(registry.center) else { return nil }
        return Relation(outer, center: registry.center).map { Hop($0, near: module.name, far: target) }
    }

    /// Creates a hop over links.
    init(_ relation: Relation, near: ModuleName, far target: Module) {
        self.init(
            table: .name(relation.table),
            near: near.rawValue,
            far: target.name.rawValue,
            target: target,
            kind: .link(relation),
            nearModule: nil
        )
    }

    /// Creates a hop to the records that refer back by a field.
    init(backReference field: Field, of target: Module, to module: ModuleName) {
        let isAny = field.type == .anyReference
        self.init(
            table: target.rows,
            near: isAny ? field.columns[1] : field.key,
            far: "id",
            target: target,
            kind: .backReference,
            nearModule: isAny ? (field.columns[0], module) : nil
        )
    }
}

extension Hop {
    /// Creates a hop to the rows of a part.
    init(_ part: Part, of module: Module) {
        let table = Table(part, of: module)
        self.init(
            table: table.rows,
            near: table.ownerColumn,
            far: "id",
            target: module,
            kind: .part(part),
            nearModule: nil
        )
    }
}

extension Module {
    /// The records as a table whose columns are the fields, including computed ones. SQLite flattens the subquery
    /// (https://www.sqlite.org/optoverview.html, section 10).
    var rows: SQLFragment {
        let computed = fields.compactMap { field in
            field.expression.map { "(\(SQLFragment(definition: $0))) AS \(name: field.key)" as SQLFragment }
        }
        if computed.isEmpty { return .name(table) }
        return "(SELECT \(name: table).*, \(computed.joined(", ")) FROM \(name: table))"
    }
}

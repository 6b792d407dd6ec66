import Localization

/// The way from the records of one module to those of another that hang on them, or on which they hang.
struct Hop: Sendable {
    /// The table whose rows pair the two: links, or the records themselves where one points at the other.
    let table: SQLFragment
    /// The column that holds the id of the record one comes from.
    let near: String
    /// The column that holds the id of the record one goes to.
    let far: String
    /// The module one goes to; for rows of a part the one they belong to.
    let target: Module
    /// What the pairing rows are.
    let kind: Kind
    /// A column with the module one comes from, where the reference can be to any.
    let nearModule: (column: String, module: ModuleName)?

    /// What pairs two records.
    enum Kind: Sendable {
        /// Links between contacts and records.
        case link(Relation)
        /// Records that point at the one one comes from.
        case backReference
        /// Rows of a part, which belong to it.
        case part(Part)
    }

    /// The links' definition, where there are links.
    var relation: Relation? { if case .link(let relation) = kind { relation } else { nil } }
    /// The part, where one goes to its rows.
    var part: Part? { if case .part(let part) = kind { part } else { nil } }

    /// Whether the record one goes to is the pairing row itself.
    var isBackReference: Bool { far == "id" }

    /// The alias of the record one goes to, when the pairing row has another.
    func recordAlias(pairing: String) -> String { isBackReference ? pairing : "\(pairing)r" }

    /// The pairing rows and the records, joined.
    func source(pairing: String) -> SQLFragment {
        if isBackReference { return "\(table) AS \(name: pairing)" }
        let record = recordAlias(pairing: pairing)
        return """
            \(table) AS \(name: pairing) \
            JOIN \(target.rows) AS \(name: record) ON \(column: "id", of: record) = \(column: far, of: pairing)
            """
    }

    /// What tells the pairing rows of one record.
    func condition(near id: SQLFragment, pairing: String) -> SQLFragment {
        isOfModule("\(column: near, of: pairing) = \(id)", pairing: pairing)
    }

    /// What tells the pairing rows of the records whose ids a query gives.
    func condition(nearAnyOf ids: SQLFragment, pairing: String) -> SQLFragment {
        isOfModule("\(column: near, of: pairing) IN (\(ids))", pairing: pairing)
    }

    private func isOfModule(_ condition: SQLFragment, pairing: String) -> SQLFragment {
        guard let nearModule else { return condition }
        let module = nearModule.module.rawValue
        return "\(condition) AND \(column: nearModule.column, of: pairing) = \(bind: .text(module))"
    }

    /// The order of the pairing rows: of links by when they began, the oldest first, of a part's by their positions.
    func order(pairing: String) -> [SQLFragment] {
        let id = SQLFragment.column("id", of: pairing)
        switch kind {
        case .link(let relation) where relation.link.hasPeriod:
            return [.column(Relation.startKey, of: pairing), id]
        case .link, .backReference: return [id]
        case .part: return [.column(Part.positionKey, of: pairing), id]
        }
    }

    /// The scope of the record one has come to.
    func scope(pairing: String, depth: Int = 0) -> Scope {
        let link = relation.map { Scope.Link(fields: $0.fields, alias: pairing) }
        return Scope(module: target, part: part, alias: recordAlias(pairing: pairing), link: link, depth: depth)
    }
}

extension Hop {
    /// What leads from one module to another.
    enum Search {
        case found(Hop)
        /// The two do not hang together so.
        case none
        /// Several fields of the other module could be meant.
        case ambiguous([String])
    }

    /// Looks for the way from one module to another: by links, by the field that owns or refers, by any other
    /// reference of the other module where there is just one.
    static func find(from module: Module, to target: Module, in registry: Registry) -> Search {
        if module.name == registry.center, let relation = Relation(target, center: registry.center) {
            return .found(Hop(relation, near: registry.center, far: target))
        }
        if target.name == registry.center, let relation = Relation(module, center: registry.center) {
            return .found(Hop(relation, near: module.name, far: target))
        }
        let fields = target.storedFields
        if case .owned = target.contacts, module.name == registry.center,
            let owner = fields.first(where: { $0.key == registry.center.rawValue })
        {
            return .found(Hop(backReference: owner, of: target, to: module.name))
        }
        let typed = fields.filter { $0.type.target == module.name }
        let candidates = typed.isEmpty ? fields.filter { $0.type == .anyReference } : typed
        switch candidates.count {
        case 0: return .none
        case 1: return .found(Hop(backReference: candidates[0], of: target, to: module.name))
        default: return .ambiguous(candidates.map(\.key))
        }
    }

    /// Goes over links.
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

    /// Goes to the records that point back by a field.
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
    /// Goes to the rows of a part.
    init(_ part: Part, of module: Module) {
        let table = Table(part, of: module)
        self.init(
            table: table.rows,
            near: table.owners[0].key,
            far: "id",
            target: module,
            kind: .part(part),
            nearModule: nil
        )
    }
}

extension Module {
    /// The records as a table whose columns are the fields, computed ones included; SQLite reads through the subquery
    /// as if it were the table (https://www.sqlite.org/optoverview.html, section 10).
    var rows: SQLFragment {
        let computed = fields.compactMap { field in
            field.expression.map { "(\(SQLFragment(definition: $0))) AS \(name: field.key)" as SQLFragment }
        }
        if computed.isEmpty { return .name(table) }
        return "(SELECT \(name: table).*, \(computed.joined(", ")) FROM \(name: table))"
    }
}

/// A way in which records of a module are related to a record: linked with it, or referring to it by a field.
public struct RelatedWay: Sendable {
    let hop: Hop
    /// The field by which they refer to the record; `nil` for links.
    public let field: Field?
    /// The preceding ways to the same module: a record related by one of these too is not listed again.
    let before: [Hop]

    /// The module of the related records.
    public var module: Module { hop.target }

    /// The first choice among the attributes of the links, which is the relation of the record to the contact: a role,
    /// a status, a response; `nil` if there is none.
    public var role: Field? { hop.relation?.link.attributes.first { !$0.type.choices.isEmpty } }

    /// The SQL alias of the rows that pair a record with its related records.
    static let alias = "p"

    /// Returns the conditions that select the pairing rows of a record.
    ///
    /// - Parameters:
    ///   - near: the record's id.
    ///   - today: the day on which links count as open, `YYYY-MM-DD`.
    func conditions(near: SQLFragment, today: String) -> [SQLFragment] {
        let earlier = "e"
        return hop.openConditions(near: near, pairing: Self.alias, today: today)
            + before.map { hop in
                let conditions = hop.openConditions(near: near, pairing: earlier, today: today)
                let isSame: SQLFragment =
                    "\(column: hop.far, of: earlier) = \(column: self.hop.far, of: Self.alias)"
                return """
                    NOT EXISTS (SELECT 1 FROM \(hop.table) AS \(name: earlier) \
                    WHERE \((conditions + [isSame]).joined(" AND ")))
                    """
            }
    }
}

extension Hop {
    /// Returns the conditions that select the pairing rows of one record; links must be open.
    fileprivate func openConditions(near: SQLFragment, pairing: String, today: String) -> [SQLFragment] {
        [condition(near: near, pairing: pairing), isOpen(pairing: pairing, on: today)].compactMap(\.self)
    }

    /// Creates the hop from a record to the records that refer to it by a field, to the other end of links, or to the
    /// owners of rows of parts.
    ///
    /// - Returns: `nil` for rows that belong to the record itself, and for a field that only repeats a link.
    fileprivate init?(_ incoming: Incoming, to module: Module, in registry: Registry) {
        let owner = incoming.table.module
        switch incoming.table.kind {
        case .links(let relation):
            guard incoming.bond == .linked else { return nil }
            let far = module.name == relation.center ? relation.module : relation.center
            self.init(relation, near: module.name, far: registry[far])
        case .records:
            guard owner.mirror?.field != incoming.field.key else { return nil }
            self.init(backReference: incoming.field, of: owner, to: module.name)
        case .part:
            guard incoming.bond != .owned else { return nil }
            self.init(through: incoming.table, incoming.field, of: owner, to: module.name)
        }
    }

    /// Creates the hop to the records with a row of a part that refers to the near record, each once.
    private init(through rows: Table, _ field: Field, of owner: Module, to module: ModuleName) {
        let far = rows.ownerColumn
        let columns = ([far] + field.columns).map { SQLFragment.name($0) }
        let isAny = field.type == .anyReference
        self.init(
            table: "(SELECT DISTINCT \(columns.joined(", ")) FROM \(name: rows.name))",
            near: isAny ? field.columns[1] : field.key,
            far: far,
            target: owner,
            kind: .backReference,
            nearModule: isAny ? (field.columns[0], module) : nil,
            pairRows: .name(rows.name)
        )
    }
}

extension Registry {
    /// Returns every hop from the records of a module to related ones, in the order of the tables, links first.
    ///
    /// - Returns: each hop with the referring field; `nil` for links.
    func waysHanging(on module: Module) -> [(hop: Hop, field: Field?)] {
        let ways = incoming(to: module.name).compactMap { incoming -> (hop: Hop, field: Field?)? in
            Hop(incoming, to: module, in: self).map { (hop: $0, field: $0.relation == nil ? incoming.field : nil) }
        }
        return ways.filter { $0.field == nil } + ways.filter { $0.field != nil }
    }

    /// Returns every way in which records can be related to one of a module, by module in the registry's order, links
    /// first.
    func waysToRelated(of module: Module) -> [RelatedWay] {
        let names = names
        var hops = Array(repeating: [(hop: Hop, field: Field?)](), count: names.count)
        for way in waysHanging(on: module) {
            guard let place = names.firstIndex(of: way.hop.target.name) else { continue }
            hops[place].append(way)
        }
        return hops.flatMap { ordered in
            ordered.enumerated().map { place, way in
                RelatedWay(hop: way.hop, field: way.field, before: ordered[..<place].map(\.hop))
            }
        }
    }

    /// Returns the modules whose records can be related to those of a module.
    public func relatedModules(of module: Module) -> [Module] {
        waysToRelated(of: module).map(\.module.name).uniqued.map { self[$0] }
    }
}

import SQLite

/// What stands in the way of deleting a record, or goes with it: everything that points at it.
public struct Dependents: Sendable {
    /// How records depend on the one they point at.
    public enum Bond: Sendable, Hashable {
        /// Links between it and contacts, ended ones included.
        case link
        /// Records that belong to it and go with it.
        case owned
        /// Records that cannot be without it.
        case required
        /// Records that can.
        case optional
    }

    /// The records of one module that point at it in one way.
    public struct Group: Sendable {
        /// Their module; for links that of the other end.
        public let module: Module
        /// The field that points; `nil` for links.
        public let field: Field?
        /// How they depend on it.
        public let bond: Bond
        /// How many they are, one at least.
        public let count: Int64
    }

    /// What there is, in the registry's order.
    public let groups: [Group]

    /// Counts what points at a record.
    ///
    /// - Throws: what SQLite reports.
    public init(of module: Module, id: Int64, registry: Registry, in database: Database) throws {
        var groups: [Group] = []
        let modules = registry.modules
        for other in modules {
            for field in other.storedFields where field.type.target == module.name || field.type == .anyReference {
                let hop = Hop(backReference: field, of: other, to: module.name)
                let count = try Self.count(hop, id, in: database)
                guard count > 0 else { continue }
                groups.append(
                    Group(module: other, field: field, bond: Self.bond(field, of: other), count: count))
            }
        }
        let others = module.name == registry.center ? modules : modules.filter { $0.name == registry.center }
        for other in others {
            let outer = module.name == registry.center ? other : module
            guard let relation = Relation(outer, center: registry.center) else { continue }
            let hop = Hop(relation, near: module.name, far: other)
            let count = try Self.count(hop, id, in: database)
            if count > 0 { groups.append(Group(module: other, field: nil, bond: .link, count: count)) }
        }
        self.groups = groups
    }

    private static func bond(_ field: Field, of module: Module) -> Bond {
        if case .owned = module.contacts, field.isRequired { return .owned }
        return field.isRequired ? .required : .optional
    }

    private static func count(_ hop: Hop, _ id: Int64, in database: Database) throws -> Int64 {
        let condition = hop.condition(near: .bind(.integer(id)), pairing: "p")
        let statement = try database.prepare("SELECT count(*) FROM \(hop.table) AS \"p\" WHERE \(condition)")
        return try statement.step() ? statement.integer(at: 0) : 0
    }
}

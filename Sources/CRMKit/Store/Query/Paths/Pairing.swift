import Localization

/// The rows that pair the records of two modules, with a column for each end.
struct Pairing {
    /// A table or a subquery.
    let table: SQLFragment
    /// The fields shown of a pair.
    let fields: [Field]
    /// The definition of the links; `nil` if there are none.
    let relation: Relation?
    /// The column with the near records, named by their module; within one module, by the referring field.
    let near: String
    /// The column with the far records, named by their module.
    let far: String

    /// Finds the relations between two modules: links, or the fields by which one refers to the other. Within a single
    /// module, the fields lead to the records that refer to a given one.
    ///
    /// - Throws: ``CRMError`` of code `usage` if the modules are not related.
    init(_ first: Module, _ second: Module, in registry: Registry) throws(CRMError) {
        far = second.name.rawValue
        let isCentral = first.name == registry.center || second.name == registry.center
        let outer = first.name == registry.center ? second : first
        if isCentral, first.name != second.name, let relation = Relation(outer, center: registry.center) {
            table = .name(relation.table)
            fields = relation.fields
            self.relation = relation
            near = first.name.rawValue
            return
        }
        let pointers = Pointer.all(first, second, in: registry)
        guard let leading = pointers.first(where: \.isOfRecords) ?? pointers.first else {
            throw CRMError(
                .usage,
                Text(
                    en: "\(first.several.en) have no links with \(second.several.en)",
                    es: "\(first.spanish.theSeveral) no tienen vínculos con \(second.spanish.theSeveral)"
                ),
                module: first.name
            )
        }
        let near = first.name == second.name ? leading.field?.key ?? first.name.rawValue : first.name.rawValue
        self.near = near
        relation = nil
        table = "(\(pointers.map { $0.pairs(near: near, far: second.name.rawValue) }.joined(" UNION ")))"
        let ends: [Field] = [(near, first), (far, second)].map { key, module in
            .reference(key, to: module.name, en: module.label.en, es: module.label.es)
        }
        // The referring end stands first, except for contacts and for references from rows of a part.
        let isFarFirst =
            second.name == registry.center || first.name != registry.center && !leading.pointsFromNear
        fields = isFarFirst && leading.isOfRecords ? ends.reversed() : ends
    }

    /// A way in which records of one module refer to those of the other.
    private struct Pointer {
        /// The hop from the records referred to.
        let hop: Hop
        let field: Field?
        /// Whether the near records are the ones that refer to the far ones.
        let pointsFromNear: Bool

        /// Whether the records themselves refer to others, and not rows of their parts.
        var isOfRecords: Bool { hop.isBackReference }

        /// Returns all ways in which records of two modules can refer to each other, fields for any module last.
        static func all(_ first: Module, _ second: Module, in registry: Registry) -> [Pointer] {
            let directions = first.name == second.name ? [(second, first)] : [(first, second), (second, first)]
            let all = directions.flatMap { holder, target in
                registry.waysHanging(on: target).filter { $0.hop.target.name == holder.name }.map { hop, field in
                    let isNear = holder.name == first.name && first.name != second.name
                    return Pointer(hop: hop, field: field, pointsFromNear: isNear)
                }
            }
            return all.filter { $0.field?.type != .anyReference } + all.filter { $0.field?.type == .anyReference }
        }

        func pairs(near: String, far: String) -> SQLFragment {
            let alias = "w"
            let holder = SQLFragment.column(hop.far, of: alias)
            let target = SQLFragment.column(hop.near, of: alias)
            let (nearEnd, farEnd) = pointsFromNear ? (holder, target) : (target, holder)
            return """
                SELECT \(nearEnd) AS \(name: near), \(farEnd) AS \(name: far) \
                FROM \(hop.table) AS \(name: alias) WHERE \(hop.condition(pairing: alias))
                """
        }
    }
}

import Localization

/// The rows that pair the records of two modules, with a column for either end.
struct Pairing {
    /// A table or a subquery.
    let table: SQLFragment
    /// Its columns.
    let fields: [Field]
    /// The links' definition, where there are links.
    let relation: Relation?
    /// The column of the records one comes from, called as their module; within one module, as the field that points.
    let near: String
    /// The column of the records one goes to, called as their module.
    let far: String

    /// Finds what pairs two modules: links, or the fields by which one points at the other. Within one module the records
    /// are found that point at the one one comes from.
    ///
    /// - Throws: ``CRMError`` of code `usage` where there is nothing.
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
        let pointers = Pointer.all(first, second)
        guard let leading = pointers.first else {
            let places = PartPointer.all(first, second)
            if !places.isEmpty {
                near = first.name.rawValue
                relation = nil
                let (nearKey, farKey) = (first.name.rawValue, second.name.rawValue)
                table = "(\(places.map { $0.pairs(near: nearKey, far: farKey) }.joined(" UNION ")))"
                fields = [(nearKey, first), (farKey, second)].map { key, module in
                    .reference(key, to: module.name, en: module.label.en, es: module.label.es)
                }
                return
            }
            throw CRMError(
                .usage,
                Text(
                    en: "\(first.several.en) have no links with \(second.several.en)",
                    es: "\(first.spanish.theSeveral) no tienen vínculos con \(second.spanish.theSeveral)"
                ),
                module: first.name
            )
        }
        let near = first.name == second.name ? leading.field.key : first.name.rawValue
        self.near = near
        relation = nil
        table = "(\(pointers.map { $0.pairs(near: near, far: second.name.rawValue) }.joined(" UNION ")))"
        let ends: [Field] = [(near, first), (far, second)].map { key, module in
            .reference(key, to: module.name, en: module.label.en, es: module.label.es)
        }
        let isFarFirst =
            second.name == registry.center || first.name != registry.center && !leading.pointsFromNear
        fields = isFarFirst ? ends.reversed() : ends
    }

    /// A field by which rows of a part of one module's records point at those of the other, as lines at products.
    private struct PartPointer {
        let table: Table
        let field: Field
        /// Whether it is the records one comes from that have the rows.
        let pointsFromNear: Bool

        static func all(_ first: Module, _ second: Module) -> [PartPointer] {
            [(first, second, true), (second, first, false)].flatMap { holder, target, isNear in
                holder.shownParts.flatMap { part in
                    part.fields.filter { $0.type.target == target.name }.map {
                        PartPointer(table: Table(part, of: holder), field: $0, pointsFromNear: isNear)
                    }
                }
            }
        }

        func pairs(near: String, far: String) -> SQLFragment {
            let owner = SQLFragment.name(table.owners[0].key)
            let target = SQLFragment.name(field.key)
            let (nearEnd, farEnd) = pointsFromNear ? (owner, target) : (target, owner)
            return """
                SELECT DISTINCT \(nearEnd) AS \(name: near), \(farEnd) AS \(name: far) FROM \(name: table.name) \
                WHERE \(target) IS NOT NULL
                """
        }
    }

    /// A field by which records of one module point at those of the other.
    private struct Pointer {
        /// The module that points.
        let holder: Module
        /// The module pointed at.
        let target: Module
        let field: Field
        /// Whether it is the records one comes from that point.
        let pointsFromNear: Bool

        /// All there are: those to one module by name, and where there is none, those that may be to any.
        static func all(_ first: Module, _ second: Module) -> [Pointer] {
            let directions = first.name == second.name ? [(second, first)] : [(first, second), (second, first)]
            let all = directions.flatMap { holder, target in
                holder.storedFields.filter { $0.points(at: target.name) }.map { field in
                    let isNear = holder.name == first.name && first.name != second.name
                    return Pointer(holder: holder, target: target, field: field, pointsFromNear: isNear)
                }
            }
            let named = all.filter { $0.field.type.target != nil }
            return named.isEmpty ? all : named
        }

        func pairs(near: String, far: String) -> SQLFragment {
            let isAny = field.type == .anyReference
            let end: SQLFragment = .name(isAny ? field.columns[1] : field.key)
            let (nearEnd, farEnd): (SQLFragment, SQLFragment) =
                pointsFromNear ? ("\(name: "id")", end) : (end, "\(name: "id")")
            let condition: SQLFragment =
                isAny
                ? "\(name: field.columns[0]) = \(bind: .text(target.name.rawValue))" : "\(name: field.key) IS NOT NULL"
            return """
                SELECT \(nearEnd) AS \(name: near), \(farEnd) AS \(name: far) FROM \(name: holder.table) \
                WHERE \(condition)
                """
        }
    }
}

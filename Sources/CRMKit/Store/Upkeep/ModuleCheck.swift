import Localization
import SQLite

/// Checks what the rules of a module require across records.
extension Check {
    mutating func checkModule(_ module: Module) throws {
        try checkNames(of: module)
        try checkMirror(of: module)
        try checkRedirections(of: module)
        try checkDerivedValues(of: module)
        for field in module.fields where field.traits.contains(.acyclic) { try checkLoops(of: field, in: module) }
        for case .single(let flag, let group) in module.invariants {
            try checkSingle(flag, within: group, of: module)
        }
    }

    private mutating func checkMirror(of module: Module) throws {
        guard let relation = Relation(module, center: store.registry.center), let mirror = relation.mirror else {
            return
        }
        let field = mirror.field.quotedIdentifier
        let links =
            "SELECT count(*) FROM \(relation.table.quotedIdentifier) l "
            + "WHERE l.\(relation.module.rawValue.quotedIdentifier) = m.\"id\" AND l.\"role\" = ?1"
        try find(
            """
            SELECT "id" FROM \(module.table.quotedIdentifier) m \
            WHERE (\(links)) <> (m.\(field) IS NOT NULL) \
            OR (\(links) AND l.\(relation.center.rawValue.quotedIdentifier) IS m.\(field)) <> (m.\(field) IS NOT NULL)
            """,
            [.text(mirror.role)],
            in: Table(module)
        ) { _ in
            Text(
                en: "\(mirror.field) and the \(mirror.role) link do not agree",
                es: "\(mirror.field) y el vínculo \(mirror.role) no concuerdan"
            )
        }
    }

    /// Checks for records whose chain of references does not end at a record without one.
    private mutating func checkLoops(of field: Field, in module: Module) throws {
        let table = module.table.quotedIdentifier
        let column = field.key.quotedIdentifier
        try find(
            """
            WITH RECURSIVE "ending" ("id") AS (\
            SELECT c."id" FROM \(table) c JOIN \(table) p ON p."id" = c.\(column) WHERE p.\(column) IS NULL \
            UNION SELECT c."id" FROM "ending" JOIN \(table) c ON c.\(column) = "ending"."id") \
            SELECT "id" FROM \(table) WHERE \(column) IS NOT NULL AND "id" NOT IN (SELECT "id" FROM "ending")
            """,
            in: Table(module),
            of: [field.key]
        ) { _ in
            Text(en: "\(field.key) runs in a loop", es: "\(field.key) forma un ciclo")
        }
    }

    private mutating func checkSingle(_ flag: String, within keys: [String], of module: Module) throws {
        let group = keys.map(\.quotedIdentifier).joined(separator: ", ")
        try find(
            """
            SELECT min("id"), count(*) FROM \(module.table.quotedIdentifier) \
            WHERE \(flag.quotedIdentifier) = 1 GROUP BY \(group) HAVING count(*) > 1
            """,
            in: Table(module),
            of: [flag]
        ) { row in
            Text(
                en: "\(flag) is set on \(row.integer(at: 1)) records of which only one may have it",
                es: "\(flag) está en \(row.integer(at: 1)) registros de los que solo uno puede llevarlo"
            )
        }
    }
}

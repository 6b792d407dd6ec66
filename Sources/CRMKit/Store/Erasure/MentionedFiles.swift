import SQLite

extension MentionedFile {
    /// Returns the remaining records with files that may mention an erased person.
    ///
    /// - Parameter names: the names to look for, which must be known to the store: ``Store/define(_:)``.
    static func all(_ names: ErasedNames, in store: Store) throws -> [MentionedFile] {
        let center = store.registry[store.registry.center]
        let found = try files(of: ErasedRows.ids(of: center.table), naming: names, in: store)
        let gone = try found.filter { file in
            let table = store.registry[file.module].table
            let ids: SQLFragment = "SELECT count(*) FROM (\(ErasedRows.ids(of: table))) WHERE \"id\" = "
            return try store.number("\(ids)\(bind: .integer(file.id))") > 0
        }
        return found.subtracting(gone).sorted { ($0.module.rawValue, $0.id) < ($1.module.rawValue, $1.id) }
    }

    /// Returns the records with files that belong to some contacts, or in whose text their names stand.
    ///
    /// - Parameters:
    ///   - people: a query for the ids of the contacts, in its only column.
    ///   - names: the names to look for, which must be known to the store: ``Store/define(_:)``.
    static func files(
        of people: SQLFragment,
        naming names: ErasedNames,
        in store: Store
    ) throws -> Set<MentionedFile> {
        let own = try files(of: people, in: store)
        return names.isEmpty ? own : own.union(try files(inWhoseTextNamesStand: store))
    }

    /// Returns the records with files that belong to some contacts: records linked with them, about them, or in a row
    /// of a record linked with them, such as the attachments of a mail.
    ///
    /// - Parameter people: a query for the ids of the contacts, in its only column.
    private static func files(of people: SQLFragment, in store: Store) throws -> Set<MentionedFile> {
        var found: Set<MentionedFile> = []
        for module in store.registry.modules {
            let table = Table(module)
            let fields = contents(of: table)
            guard !fields.isEmpty else { continue }
            let queries = ways(to: module, from: people, in: store)
            guard !queries.isEmpty else { continue }
            let isHeld = fields.map { "\(name: $0.key) IS NOT NULL" as SQLFragment }.disjunction
            let ids = try store.database.all(
                fragment: """
                    SELECT "id" FROM \(name: table.name) WHERE \(isHeld) AND "id" IN (\(queries.joined(" UNION ")))
                    """
            )
            found.formUnion(ids.compactMap { $0[0].integer }.map { MentionedFile(module: module.name, id: $0) })
        }
        return found
    }

    /// Returns the fields that refer to files which users see.
    private static func contents(of table: Table) -> [Field] {
        table.fields.filter { $0.traits.contains(.content) && !$0.traits.contains(.opaque) }
    }

    private static func ways(to module: Module, from people: SQLFragment, in store: Store) -> [SQLFragment] {
        let center = store.registry.center
        func linked(_ module: Module) -> SQLFragment? {
            Relation(module, center: center).map { relation in
                """
                SELECT \(name: relation.module.rawValue) FROM \(name: relation.table) \
                WHERE \(name: relation.center.rawValue) IN (\(people))
                """
            }
        }
        var ways = [linked(module)].compactMap { $0 }
        for field in Table(module).fields where field.type == .anyReference {
            ways.append(
                """
                SELECT "id" FROM \(name: module.table) WHERE \(name: field.columns[0]) = \(bind: .text(center.rawValue)) \
                AND \(name: field.columns[1]) IN (\(people))
                """
            )
        }
        for table in store.tables where table.part != nil && table.module.name != module.name {
            guard let owners = linked(table.module) else { continue }
            for field in table.fields where field.type == .reference(module.name) {
                ways.append(
                    """
                    SELECT \(name: field.key) FROM \(name: table.name) WHERE \(name: field.key) IS NOT NULL \
                    AND \(name: table.ownerColumn) IN (\(owners))
                    """
                )
            }
        }
        return ways
    }

    private static func files(inWhoseTextNamesStand store: Store) throws -> Set<MentionedFile> {
        let texts = try store.database.all(
            fragment: """
                SELECT "c"."sha256" FROM "content" AS "c" JOIN "content_text" AS "x" ON "x"."content" = "c"."id" \
                WHERE "c"."sha256" IS NOT NULL AND \(ErasedNames.stand(inAnyOf: ["text"]))
                """
        )
        var found: Set<MentionedFile> = []
        for row in texts {
            guard let sha256 = row[0].text else { continue }
            for namer in try store.namers(of: sha256) {
                guard !contents(of: Table(store.registry[namer.module])).isEmpty else { continue }
                found.insert(MentionedFile(module: namer.module, id: namer.id))
            }
        }
        return found
    }
}

import Localization
import SQLite

/// What hangs on a record and would be touched by deleting it.
public struct Dependents: Sendable {
    /// Records of one module that point at the record through one field.
    public struct Group: Sendable {
        /// Their module.
        public let module: Module
        /// The field that points, `nil` for links.
        public let field: String?
        /// How many there are.
        public let count: Int
    }

    /// Records that cannot be without it: they forbid the deletion.
    public let requiring: [Group]
    /// Records that belong to it and would be deleted.
    public let owned: [Group]
    /// Records whose reference to it would become empty.
    public let referring: [Group]
    /// Links that would be dropped.
    public let linked: [Group]

    /// Whether nothing hangs on the record.
    public var isEmpty: Bool { requiring.isEmpty && owned.isEmpty && referring.isEmpty && linked.isEmpty }

    /// A line for each group, for messages.
    public var lines: [Text] {
        func line(_ group: Group, _ en: String, _ es: String) -> Text {
            let via = group.field.map { " (\($0))" } ?? ""
            let noun = group.count == 1 ? group.module.one : group.module.several
            return Text(
                en: "\(group.count) \(noun.en)\(via): \(en)",
                es: "\(group.count) \(noun.es)\(via): \(es)"
            )
        }
        return requiring.map { line($0, "cannot be without it", "no pueden quedar sin él") }
            + owned.map { line($0, "would be deleted with it", "se eliminarían con él") }
            + referring.map { line($0, "would no longer refer to it", "dejarían de referirse a él") }
            + linked.map { line($0, "links would be dropped", "vínculos se quitarían") }
    }
}

/// How much a deletion may take with it.
public enum DeletionReach: Int, Sendable, Comparable {
    /// Only a record on which nothing hangs.
    case alone
    /// Links and references to it as well.
    case links
    /// Records that belong to it as well.
    case owned

    /// By how much they take.
    public static func < (one: DeletionReach, other: DeletionReach) -> Bool { one.rawValue < other.rawValue }
}

extension Store {
    /// What hangs on a record.
    public func dependents(of id: Int64, in module: Module) throws(CRMError) -> Dependents {
        try translating { try findDependents(of: id, in: module) }
    }

    func findDependents(of id: Int64, in module: Module) throws -> Dependents {
        var requiring: [Dependents.Group] = []
        var owned: [Dependents.Group] = []
        var referring: [Dependents.Group] = []
        var linked: [Dependents.Group] = []
        for other in registry.modules {
            for field in other.fields where field.points(at: module.name) {
                let count = try count(of: other, field: field, pointingAt: id, of: module)
                guard count > 0 else { continue }
                let group = Dependents.Group(module: other, field: field.key, count: count)
                if case .owned = other.contacts, field.key == registry.center.rawValue {
                    owned.append(group)
                } else if field.isRequired {
                    requiring.append(group)
                } else {
                    referring.append(group)
                }
            }
            guard let relation = Relation(other, center: registry.center),
                let end = [registry.center, other.name].first(where: { $0 == module.name })
            else { continue }
            let count = try count(of: relation, end: end, id: id)
            guard count > 0 else { continue }
            let far = end == registry.center ? other : registry[registry.center]
            linked.append(Dependents.Group(module: far, field: nil, count: count))
        }
        return Dependents(requiring: requiring, owned: owned, referring: referring, linked: linked)
    }

    private func count(of other: Module, field: Field, pointingAt id: Int64, of module: Module) throws -> Int {
        let table = other.table.quotedIdentifier
        let columns = field.columns.map(\.quotedIdentifier)
        let count =
            field.type == .anyReference
            ? try database.scalar(
                "SELECT count(*) FROM \(table) WHERE \(columns[0]) = ? AND \(columns[1]) = ?",
                [.text(module.name.rawValue), .integer(id)]
            )
            : try database.scalar("SELECT count(*) FROM \(table) WHERE \(columns[0]) = ?", [.integer(id)])
        return Int(count?.integer ?? 0)
    }

    /// Links of a mirrored field are part of the record itself and do not count.
    private func count(of relation: Relation, end: ModuleName, id: Int64) throws -> Int {
        var sql = "SELECT count(*) FROM \(relation.table.quotedIdentifier) WHERE \(end.rawValue.quotedIdentifier) = ?"
        var parameters: [Value] = [.integer(id)]
        if let mirror = relation.link.mirror {
            sql += " AND \"role\" IS NOT ?"
            parameters.append(.text(mirror.role))
        }
        return Int(try database.scalar(sql, parameters)?.integer ?? 0)
    }
}

extension Field {
    func points(at module: ModuleName) -> Bool {
        type == .anyReference || type == .reference(module)
    }
}

extension Transaction {
    /// Deletes a record, as far as the reach allows with what hangs on it.
    ///
    /// - Throws: ``CRMError`` `notFound`; `refused` where other records cannot be without it; `usage` where
    ///   more hangs on it than the reach allows, with a line for each group as details.
    public func delete(_ module: Module, id: Int64, reach: DeletionReach) throws {
        guard try store.storedRecord(module, id: id) != nil else { throw Store.missing(id, in: module) }
        let dependents = try store.findDependents(of: id, in: module)
        guard dependents.requiring.isEmpty else {
            throw CRMError(
                .refused,
                Text(
                    en: "\(module.called(id).en) cannot be deleted: other records cannot be without it",
                    es: "no se puede eliminar \(module.called(id).es): otros registros no pueden quedar sin él"
                ),
                hint: Text(
                    en: "delete those records or point them at another first",
                    es: "eliminar esos registros o hacer que apunten a otro primero"
                ),
                module: module.name,
                reference: "\(id)",
                details: dependents.lines
            )
        }
        let needed: DeletionReach = dependents.isEmpty ? .alone : dependents.owned.isEmpty ? .links : .owned
        guard needed <= reach else {
            let flag = needed == .owned ? "--force" : "--yes"
            throw CRMError(
                .usage,
                Text(
                    en: "other records hang on \(module.called(id).en)",
                    es: "otros registros dependen de \(module.called(id).es)"
                ),
                hint: Text(
                    en: "to delete it all the same, add \(flag)",
                    es: "para eliminarlo de todos modos, agregar \(flag)"
                ),
                module: module.name,
                reference: "\(id)",
                details: dependents.lines
            )
        }
        try remove(module, id: id)
    }

    private func remove(_ module: Module, id: Int64) throws {
        for other in store.registry.modules {
            for field in other.fields where field.points(at: module.name) {
                try release(field, of: other, from: id, of: module)
            }
            if let relation = Relation(other, center: store.registry.center) {
                for end in [relation.center, relation.module] where end == module.name {
                    try removeLinks(of: relation, end: end, id: id)
                }
            }
        }
        if let cards = CardTable(module) { try cards.remove(of: id, in: self) }
        try log.keep(module.storedFields.flatMap(\.columns), of: id, in: module.table, action: .delete)
        try store.statement("DELETE FROM \(module.table.quotedIdentifier) WHERE \"id\" = ?").run([.integer(id)])
    }

    /// Deletes the records that belong to one, and empties the references of others to it.
    private func release(_ field: Field, of other: Module, from id: Int64, of module: Module) throws {
        let columns = field.columns
        let condition = columns.map { "\($0.quotedIdentifier) = ?" }.joined(separator: " AND ")
        let parameters: [Value] =
            field.type == .anyReference ? [.text(module.name.rawValue), .integer(id)] : [.integer(id)]
        let ids = try store.database.all(
            "SELECT \"id\" FROM \(other.table.quotedIdentifier) WHERE \(condition)",
            parameters
        ).compactMap { $0[0].integer }
        for dependent in ids {
            if field.isRequired {
                try remove(other, id: dependent)
            } else {
                try write(columns, columns.map { _ in .null }, kept: columns, to: dependent, of: other)
            }
        }
    }

    private func removeLinks(of relation: Relation, end: ModuleName, id: Int64) throws {
        let ids = try store.database.all(
            "SELECT \"id\" FROM \(relation.table.quotedIdentifier) WHERE \(end.rawValue.quotedIdentifier) = ?",
            [.integer(id)]
        ).compactMap { $0[0].integer }
        for link in ids { try removeLink(link, of: relation) }
    }

    /// Deletes one link; history keeps all of it.
    func removeLink(_ id: Int64, of relation: Relation) throws {
        try log.keep(relation.fields.flatMap(\.columns), of: id, in: relation.table, action: .delete)
        try store.statement("DELETE FROM \(relation.table.quotedIdentifier) WHERE \"id\" = ?").run([.integer(id)])
    }
}

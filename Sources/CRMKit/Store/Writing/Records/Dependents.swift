import Localization
import SQLite

/// What depends on some records and would be affected by deleting them.
public struct Dependents: Sendable {
    /// The rows of one table that refer to the records through one field.
    public struct Group: Sendable {
        /// What one row and several rows are called in a sentence.
        let noun: (one: Text, several: Text)
        /// The label of the referring field; `nil` for links and parts.
        let field: Text?
        /// The number of rows; for links the number of records at their other end, for parts that refer to the records
        /// the number of those that they belong to.
        public let count: Int
        /// The number of what loses its reference or link.
        let rows: Int
        /// The display names of the first of them.
        let names: [String]

        /// One line about the group: `5 assets: CONSEQUENCE (Laptop, Monitor, Keyboard, …)`.
        fileprivate func line(_ en: String, _ es: (one: String, several: String)) -> Text {
            let via = field.map { Text(en: " (\($0.en.lowercased()))", es: " (\($0.es.lowercased()))") }
            let called = count == 1 ? noun.one : noun.several
            let shown = names.joined(separator: ", ") + (names.count < count ? ", …" : "")
            let list = names.isEmpty ? "" : " (\(shown))"
            return Text(
                en: "\(count) \(called.en)\(via?.en ?? ""): \(en)\(list)",
                es: "\(count) \(called.es)\(via?.es ?? ""): \(rows == 1 ? es.one : es.several)\(list)"
            )
        }
    }

    /// The records that require the ones to be deleted, and so forbid the deletion.
    public let requiring: [Group]
    /// Records that belong to the deleted ones and would be deleted too.
    public let owned: [Group]
    /// Records whose reference would become empty.
    public let referring: [Group]
    /// Links that would be deleted.
    public let linked: [Group]
    /// Rows of parts, which belong to the records and are deleted without asking.
    public let parts: [Group]

    /// Whether only rows of the records' own parts depend on them.
    public var isEmpty: Bool { requiring.isEmpty && owned.isEmpty && referring.isEmpty && linked.isEmpty }

    /// A line for each group of other rows, for messages.
    public var lines: [Text] {
        requiring.map { $0.line("cannot be without it", ("no puede quedar sin esto", "no pueden quedar sin esto")) }
            + owned.map { $0.line("would be deleted with it", ("se eliminaría también", "se eliminarían también")) }
            + referring.map {
                $0.line("would no longer refer to it", ("perdería la referencia", "perderían la referencia"))
            }
            + linked.map { $0.line("links would be dropped", ("se quitaría el vínculo", "se quitarían los vínculos")) }
    }

    /// A line for each group of the records' own rows.
    public var ownLines: [Text] {
        parts.map { $0.line("would be deleted with it", ("se eliminaría también", "se eliminarían también")) }
    }
}

extension Store {
    /// Returns what depends on some records.
    public func dependents(of ids: [Int64], in module: Module) throws(CRMError) -> Dependents {
        try translating {
            try findDependents(
                of: ids.count == 1 ? .one(ids[0]) : .all(SQLFunctions.rows(ids)),
                in: module,
                withParts: true
            )
        }
    }

    /// Returns what depends on the chosen records.
    public func dependents(of chosen: ChosenRecords) throws(CRMError) -> Dependents {
        try translating { try findDependents(of: ChosenRecords.rows, in: chosen.module, withParts: true) }
    }

    /// - Parameter withParts: whether rows of parts are counted too.
    func findDependents(of records: RowSet, in module: Module, withParts: Bool = false) throws -> Dependents {
        var groups: [Incoming.Bond: [Dependents.Group]] = [:]
        var parts: [Dependents.Group] = []
        for incoming in registry.incoming(to: module.name) {
            let isOwn = incoming.table.part != nil && incoming.bond == .owned
            if isOwn, !withParts || !incoming.table.isSeen { continue }
            let count = try count(of: incoming, to: records, of: module)
            guard count > 0 else { continue }
            let group = try group(incoming, count: count, to: records, of: module)
            if isOwn { parts.append(group) } else { groups[incoming.bond, default: []].append(group) }
        }
        return Dependents(
            requiring: groups[.requiring] ?? [],
            owned: groups[.owned] ?? [],
            referring: groups[.referring] ?? [],
            linked: groups[.linked] ?? [],
            parts: parts
        )
    }

    private func count(of incoming: Incoming, to records: RowSet, of module: Module) throws -> Int {
        try integer(
            """
            SELECT count(*) FROM \(name: incoming.table.name) \
            WHERE \(incoming.condition(to: records, of: module.name))
            """
        )
    }

    /// The number that a query gives.
    private func integer(_ query: SQLFragment) throws -> Int {
        let rows = try statement(query)
        defer { rows.reset() }
        return try rows.step() ? Int(rows.integer(at: 0)) : 0
    }

    private func group(
        _ incoming: Incoming,
        count: Int,
        to records: RowSet,
        of module: Module
    ) throws -> Dependents.Group {
        let table = incoming.table
        if let part = table.part, incoming.bond == .owned {
            let one = Text(en: part.label.en.lowercased(), es: part.label.es.lowercased())
            return Dependents.Group(noun: (one, part.several), field: nil, count: count, rows: count, names: [])
        }
        let condition = incoming.condition(to: records, of: module.name)
        if incoming.bond == .linked, let end = table.owners.first(where: { $0.key != incoming.field.key }),
            let far = end.type.target.map({ registry[$0] })
        {
            let ids: SQLFragment = "SELECT \(name: end.key) FROM \(name: table.name) WHERE \(condition)"
            let names = try firstNames(of: far, where: "\(name: "id") IN (\(ids))")
            let records = try integer("SELECT count(*) FROM (\(ids) GROUP BY 1)")
            return Dependents.Group(
                noun: (far.one, far.several),
                field: nil,
                count: records,
                rows: count,
                names: names
            )
        }
        // A record may refer to another one in several rows of a part.
        let referring =
            try table.part == nil
            ? count
            : integer(
                """
                SELECT count(*) FROM (SELECT 1 FROM \(name: table.name) WHERE \(condition) \
                GROUP BY \(name: table.ownerColumn))
                """
            )
        return Dependents.Group(
            noun: (table.module.one, table.module.several),
            field: incoming.field.label,
            count: referring,
            rows: referring,
            names: table.holdsRecords ? try firstNames(of: table.module, where: condition) : []
        )
    }

    private func firstNames(of module: Module, where condition: SQLFragment) throws -> [String] {
        let rows = try statement(
            """
            SELECT \(name: "id"), \(name: module.displayKey) FROM \(name: module.name.rawValue) \
            WHERE \(condition) ORDER BY \(name: "id") LIMIT \(bind: .integer(Self.mostNames))
            """
        )
        defer { rows.reset() }
        var names: [String] = []
        while try rows.step() { names.append(rows.value(at: 1).text ?? "\(rows.integer(at: 0))") }
        return names
    }

    /// The number of rows of a group that are listed by name.
    private static let mostNames: Int64 = 3
}

extension Table {
    /// Whether people and programs see rows of the table: those of some parts are only there for the program.
    fileprivate var isSeen: Bool { part?.visibility != .kept && part?.visibility != .index }
}

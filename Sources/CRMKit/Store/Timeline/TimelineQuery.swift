import SQLite

/// A query for the dates of a record and of everything related to it.
public struct TimelineQuery: Sendable {
    /// The record's module.
    public let module: Module
    /// The record's id.
    public let id: Int64
    /// The modules whose records are included; empty for all.
    public var modules: Set<ModuleName> = []
    /// The first day of the timeline; `nil` for no limit.
    public var since: CivilDate?
    /// The last day of the timeline; `nil` for no limit.
    public var until: CivilDate?
    private let registry: Registry
    private let context: ValueContext

    init(_ module: Module, id: Int64, registry: Registry, context: ValueContext) {
        self.module = module
        self.id = id
        self.registry = registry
        self.context = context
    }

    /// The records to which the entries of the timeline are related.
    private struct Root {
        let module: Module
        let ids: SQLFragment
        let isSet: Bool
        /// Whether the rows have the contact to which each record is related.
        let isCenter: Bool

        /// Returns the condition that a row of a hop belongs to one of these records.
        func condition(of hop: Hop, pairing: String) -> SQLFragment {
            isSet
                ? hop.condition(nearAnyOf: ids, pairing: pairing)
                : hop.condition(near: ids, pairing: pairing)
        }
    }

    /// The starting points of the timeline: the record and, for an organization of contacts, those contacts.
    private var roots: [Root] {
        let center = registry[registry.center]
        let own = Root(
            module: module,
            ids: .bind(.integer(id)),
            isSet: false,
            isCenter: module.name == center.name
        )
        guard case .referred = module.contacts else { return [own] }
        let members = center.storedFields.filter { $0.type.target == module.name }.map { field in
            Root(
                module: center,
                ids: """
                    SELECT \(name: "id") FROM \(name: center.table) WHERE \(name: field.key) = \(bind: .integer(id))
                    """,
                isSet: true,
                isCenter: true
            )
        }
        return members + [own]
    }

    /// A way from a root to records of the timeline.
    private struct Way {
        let root: Root
        let hop: Hop
        let role: Field?
        let field: Field?
    }

    private var ways: [Way] {
        roots.flatMap { root in
            let own = Way(root: root, hop: Hop(at: root.module), role: nil, field: nil)
            let others = registry.waysToRelated(of: root.module).map { way in
                Way(root: root, hop: way.hop, role: way.role, field: way.field)
            }
            return ([own] + others).filter { modules.isEmpty || modules.contains($0.hop.target.name) }
        }
    }

    /// Returns the entries, newest first, each once: rows with the columns `date`, `moment`, `module`, `role`, `field`,
    /// `value`, `author`, `state`, `contact` and those of the object `record`.
    ///
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    public func entries(in store: Store) throws(CRMError) -> MergedRecords {
        try store.translating {
            let places = Dictionary(uniqueKeysWithValues: registry.names.enumerated().map { ($1, $0) })
            var records: [MentionedRecord] = []
            let ways = try leading(ways, in: store.database)
            // Several ways may lead to recurring events.
            let comesAgain = ways.contains { way in
                way.hop.target.occasions.contains { $0.isOnTimeline && $0.comesAgain }
            }
            let again = comesAgain ? OccurrenceDates(try occurrences(in: store)) : nil
            let passes: [OccurrenceDates?] = again.map { [nil, $0] } ?? [nil]
            for way in ways {
                let module = way.hop.target
                for (place, occasion) in module.occasions.enumerated() where occasion.isOnTimeline {
                    for dates in occasion.comesAgain ? passes : [nil] {
                        guard let found = try entries(occasion, along: way, at: dates) else { continue }
                        records.append(
                            MentionedRecord(
                                module,
                                roleField: way.role,
                                field: way.field,
                                occasion: occasion,
                                rows: try found.query.rows(in: store.database, path: store.path),
                                rowPosition: found.rowPosition,
                                rank: (group: 0, module: places[module.name] ?? 0, occasion: place)
                            )
                        )
                    }
                }
            }
            return MergedRecords(records, clock: context.clock, isOnce: true)
        }
    }

    /// The number of days ahead for which occurrences of recurring events are listed if no end is given.
    private static let daysAhead: Int64 = 31

    /// The maximum number of occurrences listed for a recurring event, the last ones: an event may recur every second.
    private static let mostDates = 10_000

    /// Returns the recurring events of the record, or of the contacts that refer to it.
    private func occurrences(in store: Store) throws -> [EventOccurrence] {
        let clock = context.clock
        let last = until?.adding(days: 1) ?? clock.date.adding(days: Self.daysAhead)
        let first = since ?? CivilDate(year: 1, month: 1, day: 2)
        guard let first, let last, let from = Moment(first, secondOfDay: 0, in: clock.zone),
            let end = Moment(last, secondOfDay: 0, in: clock.zone)
        else { return [] }
        var query = AgendaQuery(from: from, until: end)
        query.isWhole = false
        if module.name == registry.center { query.contacts = [id] }
        return try query.last(Self.mostDates, in: store)
    }

    /// Returns the ways that lead to any record, so that no statement is prepared in vain.
    private func leading(_ ways: [Way], in database: Database) throws -> [Way] {
        if ways.isEmpty { return [] }
        let alias = OccasionQuery.alias
        let exists = ways.map { way in
            """
            EXISTS (SELECT 1 FROM \(way.hop.table) AS \(name: alias) \
            WHERE \(way.root.condition(of: way.hop, pairing: alias)))
            """ as SQLFragment
        }
        let statement = try database.prepare(fragment: "SELECT \(exists.joined(", "))")
        guard try statement.step() else { return [] }
        return zip(ways.indices, ways).filter { statement.integer(at: $0.0) != 0 }.map(\.1)
    }

    private func entries(
        _ occasion: Occasion,
        along way: Way,
        at occurrences: OccurrenceDates?
    ) throws(CRMError) -> (query: RowQuery, rowPosition: Int?)? {
        guard
            var rows = try OccasionQuery(
                occasion,
                along: way.hop,
                at: occurrences,
                registry: registry,
                context: context
            )
        else {
            return nil
        }
        let scope = rows.query.scope
        rows.query.conditions.append(way.root.condition(of: way.hop, pairing: OccasionQuery.alias))
        rows.narrow(from: since, through: until, clock: context.clock)
        // The page of a day leaves out due days of what is archived, so these must not count as coming.
        if rows.isDay, let filter = occasion.use?.filter { try rows.narrowComingDays(by: filter, context: context) }
        if occasion.isOnlyWhileOpen, let relation = way.hop.relation {
            let day = rows.isDay ? rows.order : SQLFunctions.localDay(rows.order, in: context.clock.zone)
            rows.query.conditions.append(contentsOf: relation.isHeld(alias: OccasionQuery.alias, on: day))
        }
        rows.query.sort(by: [rows.order, scope.id] + (rows.row.map { [$0] } ?? []))
        rows.appendDate()
        rows.appendMoment(of: occasion)
        try rows.query.selection.appendWay(role: way.role, field: way.field, in: scope)
        try rows.appendValue(of: occasion)
        rows.appendAuthor(of: occasion)
        try rows.query.selection.append(
            referenceTo: registry[registry.center],
            id: way.root.isCenter ? .column(way.hop.near, of: OccasionQuery.alias) : "NULL",
            key: registry.center.rawValue,
            label: registry[registry.center].label
        )
        try rows.query.selection.appendMention(in: scope)
        let rowPosition = rows.row.map { rows.query.selection.append($0) }
        return (rows.query, rowPosition)
    }
}

extension Store {
    /// Returns a query for the dates of a record and of everything related to it, which the caller may narrow. For a
    /// record to which contacts refer, the dates of these contacts and of everything related to them are included.
    ///
    /// - Throws: ``CRMError`` if the settings cannot be read.
    public func timeline(of module: Module, id: Int64) throws(CRMError) -> TimelineQuery {
        try translating { TimelineQuery(module, id: id, registry: registry, context: try valueContext()) }
    }

    /// Returns the id of the record that a contact refers to, in a module that contacts can refer to.
    ///
    /// - Returns: `nil` if the contact refers to none.
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func owner(of contact: Int64, in module: Module) throws(CRMError) -> Int64? {
        try translating {
            let center = registry[registry.center]
            guard let field = center.storedFields.first(where: { $0.type.target == module.name }) else { return nil }
            let select: SQLFragment = """
                SELECT \(name: field.key) FROM \(name: center.table) WHERE \(name: "id") = \(bind: .integer(contact))
                """
            let statement = try database.prepare(fragment: select)
            return try statement.step() ? statement.value(at: 0).integer : nil
        }
    }
}

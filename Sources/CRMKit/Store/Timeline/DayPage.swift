import Localization
import SQLite

/// The page of a day: the dates of records near that day, as modules declare them.
public struct DayPage: Sendable {
    /// The day.
    public let day: CivilDate
    /// The user whose records are listed, ignoring case and accents; `nil` for everybody's.
    public var who: String?
    private let registry: Registry
    private let context: ValueContext

    init(of day: CivilDate, registry: Registry, context: ValueContext) {
        self.day = day
        self.registry = registry
        self.context = context
    }

    /// Returns the items in the order of their groups, and by date within each: rows with the columns `group`,
    /// `moment`, `date`, `days` (from the day to the date, negative for past dates), `module`, `contacts` and those of
    /// the object `record`.
    ///
    /// - Parameter shortened: receives the events whose occurrences are not all among the items.
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    public func items(
        in store: Store,
        noting shortened: ShortenedSeries? = nil
    ) throws(CRMError) -> MergedRecords {
        try store.translating {
            var records: [MentionedRecord] = []
            for (place, module) in registry.modules.enumerated() {
                for (number, occasion) in module.occasions.enumerated() {
                    guard let use = occasion.use else { continue }
                    let group = DayGroup.allCases.firstIndex(of: use.group) ?? 0
                    let again =
                        occasion.comesAgain ? OccurrenceDates(try occurrences(use.window, in: store, shortened)) : nil
                    for dates in again.map({ [nil, $0] }) ?? [nil] {
                        guard let query = try query(for: occasion, use, of: module, at: dates) else { continue }
                        records.append(
                            MentionedRecord(
                                module,
                                occasion: occasion,
                                rows: try query.rows(in: store.database, path: store.path),
                                rank: (group: group, module: place, occasion: number)
                            )
                        )
                    }
                }
            }
            return MergedRecords(records, clock: context.clock, newestFirst: false)
        }
    }

    /// Returns recurring events and tasks: those on the day, or, for past dates, the first occurrence of each open
    /// task.
    private func occurrences(
        _ window: DayWindow,
        in store: Store,
        _ shortened: ShortenedSeries?
    ) throws -> [EventOccurrence] {
        guard let from = Moment(day, secondOfDay: 0, in: context.clock.zone),
            let earliest = CivilDate(year: 1, month: 1, day: 2).flatMap({ Moment($0, secondOfDay: 0, in: .utc) })
        else { return [] }
        let until = Moment(endOf: day, in: context.clock.zone)
        if window == .before { return try AgendaQuery(from: earliest, until: from).openTasks(in: store) }
        var query = AgendaQuery(from: from, until: until)
        (query.onlySeries, query.isWhole, query.shortened) = (true, false, shortened)
        return try query.occurrences(in: store).filter { $0.status != "completed" }
    }

    private func query(
        for occasion: Occasion,
        _ use: Occasion.Use,
        of module: Module,
        at occurrences: OccurrenceDates?
    ) throws(CRMError) -> RowQuery? {
        let relation = Relation(module, center: registry.center)
        let hop = occasion.isOfLink ? relation.map { Hop($0, near: registry.center, far: module) } : Hop(at: module)
        guard let hop,
            var rows = try OccasionQuery(occasion, along: hop, at: occurrences, registry: registry, context: context),
            let window = window(use.window, of: occasion, rows)
        else { return nil }
        let scope = rows.query.scope
        // Recurring events were already searched for within the window.
        if occurrences == nil { rows.query.conditions.append(window) }
        if let filter = use.filter { try rows.narrow(by: filter, context: context) }
        if occasion.isOnlyWhileOpen, let relation = hop.relation {
            let today = SQLFragment.bind(.text(day.description))
            rows.query.conditions.append(contentsOf: relation.isHeld(alias: OccasionQuery.alias, on: today))
        }
        if let who { rows.query.conditions.append(Self.condition(who, among: use.whose, in: scope)) }
        rows.query.sort(by: [rows.order, scope.id], isDescending: false)
        rows.query.selection.append(constant: use.group.rawValue, key: "group", label: Text(en: "Group", es: "Grupo"))
        rows.appendMoment(of: occasion)
        rows.appendDate()
        rows.query.selection.append(
            use.window == .yearly ? "0" : days(to: rows.order, isDay: rows.isDay),
            key: "days",
            label: Text(en: "Days", es: "Días"),
            object: nil,
            kind: .integer,
            type: .integer(-4_000_000...4_000_000)
        )
        rows.query.selection.appendModule(of: scope)
        rows.query.selection.append(
            contacts(of: module, relation, isOfLink: occasion.isOfLink, in: scope),
            key: "contacts",
            label: registry[registry.center].plural,
            object: nil,
            kind: .several(isNested: true),
            type: .reference(registry.center)
        )
        try rows.query.selection.appendMention(in: scope)
        return rows.query
    }

    /// Returns the number of days from the page's day to the day of a date.
    private func days(to date: SQLFragment, isDay: Bool) -> SQLFragment {
        let local = isDay ? date : SQLFunctions.localDay(date, in: context.clock.zone)
        return PeriodFunctions.days(from: .bind(.text(day.description)), to: local)
    }

    /// Returns the condition that the first non-empty one of some fields names a user.
    private static func condition(_ who: String, among keys: [String], in scope: Scope) -> SQLFragment {
        let columns = keys.compactMap { scope.module.field($0) }.map {
            SQLFragment.column($0.comparedColumn, of: scope.alias)
        }
        return "\(SQLFunctions.first(of: columns)) = \(bind: .text(Fold.fold(who)))"
    }

    /// Returns the condition that a date is near enough; `nil` for a day that begins before the calendar does.
    private func window(_ window: DayWindow, of occasion: Occasion, _ rows: OccasionQuery) -> SQLFragment? {
        func bound(_ days: Int) -> SQLFragment? {
            day.adding(days: Int64(days)).flatMap { rows.bound($0, context.clock) }
        }
        guard let start = bound(0) else { return nil }
        let date = rows.order
        // No date is beyond the end of the calendar.
        func isBefore(_ days: Int) -> SQLFragment { bound(days).map { "\(date) < \($0)" } ?? "1" }
        switch window {
        case .sameDay:
            let begins: SQLFragment = "\(date) >= \(start) AND \(isBefore(1))"
            guard let goesOn = goesOn(occasion, rows, at: start) else { return begins }
            let condition: SQLFragment = "(\(begins) OR \(date) < \(start) AND \(goesOn))"
            return near(occasion, rows).map { "\($0) AND \(condition)" } ?? condition
        case .before: return "\(date) < \(start)"
        case .due(let days): return isBefore(days + 1)
        case .coming(let days): return "\(date) >= \(start) AND \(isBefore(days + 1))"
        case .pending: return isBefore(1)
        case .yearly:
            let days = anniversaries.map { SQLFragment.bind(.text($0)) }
            return "\(PeriodFunctions.dayOfYear(date)) IN (\(days.joined(", "))) AND \(isBefore(1))"
        }
    }

    /// Returns the condition that an occasion has begun and not ended at a moment; `nil` for an occasion without a
    /// duration.
    private func goesOn(_ occasion: Occasion, _ rows: OccasionQuery, at start: SQLFragment) -> SQLFragment? {
        let scope = rows.query.scope
        guard let end = occasion.end.flatMap({ scope.module.field($0) }) else { return nil }
        let ends = OccasionQuery.moment(scope.source(of: .field(end), in: registry), context.clock)
        guard let whole = occasion.wholeDay.flatMap({ scope.module.field($0) }) else { return "\(ends) > \(start)" }
        // The end of whole days is the last of them.
        let isWhole = scope.source(of: .field(whole), in: registry).column
        return "(\(ends) > \(start) OR \(isWhole) <> 0 AND \(ends) >= \(start))"
    }

    /// Returns the condition, answered by an index, for occasions that may last over the day: those that begin on it or
    /// shortly before, and the long-lasting ones listed in a part; `nil` when there is no such part.
    private func near(_ occasion: Occasion, _ rows: OccasionQuery) -> SQLFragment? {
        let (scope, module) = (rows.query.scope, rows.query.scope.module)
        guard let lasting = occasion.lasting, let part = module.part(named: lasting.part),
            case .fields(let keys) = occasion.source, let field = keys.first.flatMap({ module.field($0) }),
            let midnight = Moment(day, secondOfDay: 0, in: context.clock.zone)
        else { return nil }
        // A day may begin at another time elsewhere, and be an hour longer.
        let daylong: Int64 = .secondsPerDay
        func moment(_ distance: Int64) -> SQLFragment? {
            Moment(secondsSinceEpoch: midnight.secondsSinceEpoch + distance).map { .bind(.text($0.description)) }
        }
        guard let early = moment(-daylong - 2 * lasting.longest), let first = moment(-daylong) else { return nil }
        let next = moment(3 * daylong) ?? .bind(.text(Moment.last.description))
        let begins = scope.source(of: .field(field), in: registry).column
        let table = Table(part, of: module)
        return """
            (\(begins) >= \(early) AND \(begins) < \(next) \
            OR \(scope.id) IN (SELECT \(name: table.ownerColumn) FROM \(name: table.name) \
            WHERE \(name: lasting.last) >= \(first) AND \(name: lasting.first) < \(next)))
            """
    }

    /// The days of the year that are celebrated on the page's day, `MM-DD`: in a year without a 29 February, that day
    /// is celebrated on the 28th.
    private var anniversaries: [String] {
        let own = String(day.description.suffix(5))
        let isLast = day.month == 2 && day.day == 28 && CivilDate(year: day.year, month: 2, day: 29) == nil
        return isLast ? [own, "02-29"] : [own]
    }

    /// Returns the contacts of a record, as an array of ids and names.
    private func contacts(
        of module: Module,
        _ relation: Relation?,
        isOfLink: Bool,
        in scope: Scope
    ) -> SQLFragment {
        let center = registry[registry.center]
        let (contact, link) = ("c", "k")
        let id = SQLFragment.column("id", of: contact)
        let lead: SQLFragment = """
            SELECT DISTINCT \(id) AS \(name: "id"), \(column: center.displayKey, of: contact) AS \(name: "name") \
            FROM \(name: center.table) AS \(name: contact)
            """
        func array(_ condition: SQLFragment) -> SQLFragment {
            SQLFunctions.array(of: "\(lead)\(condition) ORDER BY 1", columns: ["id", "name"])
        }
        if isOfLink { return array(" WHERE \(id) = \(column: center.name.rawValue, of: OccasionQuery.alias)") }
        if let relation {
            let open = relation.isOpen(alias: link, on: day.description)
            let rest: SQLFragment = open.map { " AND \($0)" } ?? SQLFragment()
            return array(
                """
                 JOIN \(name: relation.table) AS \(name: link) ON \(column: center.name.rawValue, of: link) = \(id) \
                WHERE \(column: module.name.rawValue, of: link) = \(scope.id)\(rest)
                """
            )
        }
        guard case .owned = module.contacts else { return "NULL" }
        return array(" WHERE \(id) = \(column: center.name.rawValue, of: scope.alias)")
    }
}

extension Store {
    /// Returns the page of a day.
    ///
    /// - Throws: ``CRMError`` when the settings cannot be read.
    public func page(of day: CivilDate) throws(CRMError) -> DayPage {
        try translating { DayPage(of: day, registry: registry, context: try valueContext()) }
    }
}

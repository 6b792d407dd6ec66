import SQLite

/// What takes place in a time, events that come again each time they do.
///
/// No more events are read than may take place then: those that begin in the time, or on the day before it, and those that
/// come again or last longer, of which is kept between which moments they do.
public struct AgendaQuery: Sendable {
    /// The first moment.
    public let from: Moment
    /// The first moment that is outside again.
    public let until: Moment
    /// The contacts of whom one at least is to be there; anybody where there are none.
    public var contacts: [Int64] = []
    /// Whose events are told, without regard to case and accents; everybody's unless given.
    public var who: String?
    /// Whether also what was cancelled or put off.
    public var includesDropped = false
    /// Whether only what comes again.
    var onlySeries = false
    /// Whether only what is to be done.
    var onlyTasks = false
    /// Whether only what one is to be reminded of.
    var hasReminders = false
    /// Whether it is looked for with whom each is, and for what takes place meanwhile.
    public var isWhole = true

    /// Tells of a time.
    public init(from: Moment, until: Moment) {
        self.from = from
        self.until = until
    }

    /// The occurrences, in order of their starts.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func occurrences(in store: Store) throws(CRMError) -> [EventOccurrence] {
        try store.translating { try find(in: store) }
    }

    private func find(in store: Store) throws -> [EventOccurrence] {
        var found: [EventOccurrence] = []
        let (first, last) = (from.secondsSinceEpoch, until.secondsSinceEpoch)
        try forEachEvent(in: store) { event, differences, expander in
            found += expander.occurrences(of: event, differences, from: first, until: last)
        }
        if !includesDropped { found.removeAll(where: \.isDropped) }
        found.sort { ($0.start, $0.id) < ($1.start, $1.id) }
        guard isWhole else { return found }
        try addCompanions(to: &found, store)
        markConflicts(in: &found)
        return found
    }

    /// Of every task that comes again, the first occurrence that begins in the time and is still to be done.
    func openTasks(in store: Store) throws -> [EventOccurrence] {
        var query = self
        (query.onlySeries, query.onlyTasks) = (true, true)
        var found: [EventOccurrence] = []
        let (first, last) = (from.secondsSinceEpoch, until.secondsSinceEpoch)
        try query.forEachEvent(in: store) { event, differences, expander in
            let open = expander.first(of: event, differences, from: first, until: last) { $0.isOpen }
            if let open { found.append(open) }
        }
        return found
    }

    /// Gives the events that may take place in the time, each with what differs on single dates.
    private func forEachEvent(
        in store: Store,
        _ body: (EventRow, [OccurrenceRow], EventExpander) throws -> Void
    ) throws {
        guard let module = store.registry.find(.event) else { return }
        let expander = EventExpander(clock: store.clock)
        let differences = try OccurrenceRows(of: module, in: store)
        let rows = try store.database.prepare(fragment: statement(module, store))
        while try rows.step() {
            guard let event = EventRow(rows) else { continue }
            try body(event, try differences[event.id], expander)
        }
    }

    private func statement(_ module: Module, _ store: Store) throws -> SQLFragment {
        let columns = EventRow.columns.map { SQLFragment.column($0, of: "e") }.joined(", ")
        let filters = conditions(store).map { " AND \($0)" as SQLFragment }.joined("")
        // A day may have an hour more, and begin elsewhere.
        let early = Moment(secondsSinceEpoch: from.secondsSinceEpoch - 2 * EventSpan.longest) ?? from
        let (from, until) = (SQLFragment.bind(.text(from.description)), SQLFragment.bind(.text(until.description)))
        let lasting: SQLFragment = """
            SELECT \(columns) FROM "event_span" AS "s" CROSS JOIN "event" AS "e" ON "e"."id" = "s"."event" \
            WHERE "s"."last" >= \(from) AND "s"."first" < \(until)\(filters)
            """
        if onlySeries { return lasting }
        return """
            SELECT \(columns) FROM "event" AS "e" WHERE "e"."starts_at" >= \(bind: .text(early.description)) \
            AND "e"."starts_at" < \(until) \
            AND NOT EXISTS (SELECT 1 FROM "event_span" WHERE "event" = "e"."id")\(filters) UNION ALL \(lasting)
            """
    }

    private func conditions(_ store: Store) -> [SQLFragment] {
        var conditions: [SQLFragment] = []
        if let who { conditions.append("\"e\".\"assigned_to_match\" = \(bind: .text(Fold.fold(who)))") }
        if onlyTasks { conditions.append("\"e\".\"kind\" = 'task'") }
        if onlySeries {
            conditions.append("(\"e\".\"recurrence\" IS NOT NULL OR \"e\".\"further_dates\" IS NOT NULL)")
        }
        if hasReminders {
            conditions.append(
                """
                ("e"."reminders" IS NOT NULL OR EXISTS (SELECT 1 FROM "event_occurrence" AS "o" \
                WHERE "o"."event" = "e"."id" AND "o"."reminders" IS NOT NULL))
                """
            )
        }
        if !contacts.isEmpty {
            let ids = contacts.map { SQLFragment.bind(.integer($0)) }.joined(", ")
            conditions.append(
                """
                EXISTS (SELECT 1 FROM "contact_event" AS "l" WHERE "l"."event" = "e"."id" AND "l"."contact" IN (\(ids)) \
                AND coalesce("l"."response", '') <> 'declined')
                """
            )
        }
        return conditions
    }

    private func addCompanions(to found: inout [EventOccurrence], _ store: Store) throws {
        if found.isEmpty { return }
        let ids = Set(found.map(\.id)).sorted().map(String.init).joined(separator: ",")
        let rows = try store.database.prepare(
            fragment: """
                SELECT l."event", c."id", c."name", l."response" FROM json_each(\(bind: .text("[\(ids)]"))) AS i \
                CROSS JOIN "contact_event" AS l ON l."event" = i."value" JOIN "contact" AS c ON c."id" = l."contact" \
                ORDER BY l."event", l."id"
                """
        )
        var known: [Int64: [EventOccurrence.Companion]] = [:]
        while try rows.step() {
            known[rows.integer(at: 0), default: []].append(
                EventOccurrence.Companion(
                    id: rows.integer(at: 1),
                    name: rows.text(at: 2),
                    response: rows.isNull(at: 3) ? nil : rows.text(at: 3)
                )
            )
        }
        if known.isEmpty { return }
        for index in found.indices { found[index].companions = known[found[index].id] ?? [] }
    }

    /// Marks what takes place at one time and claims the same person: whom it is assigned to, which may be nobody in
    /// particular, or a contact.
    private func markConflicts(in found: inout [EventOccurrence]) {
        let names = found.map { $0.assignedTo.map(Fold.fold) }
        var going: [Int] = []
        for index in found.indices where found[index].takesTime {
            let start = found[index].start
            going.removeAll { found[$0].end <= start }
            for other in going where names[index] == names[other] || haveSameContact(found[index], found[other]) {
                found[index].conflicts.append(found[other].id)
                found[other].conflicts.append(found[index].id)
            }
            going.append(index)
        }
    }

    private func haveSameContact(_ first: EventOccurrence, _ second: EventOccurrence) -> Bool {
        first.companions.contains { one in second.companions.contains { $0.id == one.id } }
    }
}

/// What differs on some dates of events, read for those that have any.
struct OccurrenceRows {
    private let reader: PartReader
    private let events: Set<Int64>

    init(of module: Module, in store: Store) throws {
        reader = try store.partReader(of: .occurrence, in: module)
        var events: Set<Int64> = []
        let rows = try store.database.prepare("SELECT DISTINCT \"event\" FROM \"event_occurrence\"")
        while try rows.step() { events.insert(rows.integer(at: 0)) }
        self.events = events
    }

    /// The rows of an event.
    subscript(event: Int64) -> [OccurrenceRow] {
        get throws {
            guard events.contains(event) else { return [] }
            return try reader.rows(of: event).map { OccurrenceRow($0.values) }
        }
    }
}

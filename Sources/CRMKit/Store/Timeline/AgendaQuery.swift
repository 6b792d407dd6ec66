import SQLite

/// A query for the events in a period, with every occurrence of recurring events.
///
/// Only events that may take place in the period are read: those that begin in it or on the day before, and recurring
/// or long ones, for which the first and last moments are stored.
public struct AgendaQuery {
    /// The first moment.
    public let from: Moment
    /// The end of the period, exclusive.
    public let until: Moment
    /// The contacts, at least one of whom must be expected; empty for any.
    public var contacts: [Int64] = []
    /// The user whose events are returned, ignoring case and accents; `nil` for everybody's.
    public var who: String?
    /// Whether cancelled and deferred events are included.
    public var includesDropped = false
    /// Whether only recurring events are returned.
    var onlySeries = false
    /// Whether only tasks are returned.
    var onlyTasks = false
    /// Whether only events with reminders are returned.
    var hasReminders = false
    /// Whether the contacts of each event and conflicts are looked up.
    public var isWhole = true
    /// The answers of attendees for single dates; without it, an answer applies to all dates.
    public var answers: (any OccurrenceAnswers)?
    /// Whether conflicts are looked up, when `isWhole` is set.
    var marksConflicts = true
    /// Receives the events of which not all occurrences that began before the period are given.
    public var shortened: ShortenedSeries?
    /// The people of whom an event must involve one; `nil` for all events.
    private var claimed: ClaimedPeople?

    /// Whether events of some people are left out.
    private var isFiltered: Bool { !contacts.isEmpty || who != nil }

    /// Creates a query for a period.
    public init(from: Moment, until: Moment) {
        self.from = from
        self.until = until
    }

    /// Returns the occurrences in the order of their starts.
    ///
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    public func occurrences(in store: Store) throws(CRMError) -> [EventOccurrence] {
        try store.translating {
            var found: [EventOccurrence] = []
            try forEach(in: store) { found.append($0) }
            return found
        }
    }

    /// The maximum number of occurrences in memory: an event that recurs every second must not use unlimited memory.
    private static let mostHeld = 16_384

    /// Calls a closure with the occurrences in the order of their starts, all read from the same state of the database.
    ///
    /// - Throws: what the body throws; ``CRMError`` for what SQLite reports.
    public func forEach(in store: Store, _ body: (EventOccurrence) throws -> Void) throws {
        try store.reading { try give(store, body) }
    }

    /// Gives the occurrences to a closure, window by window, each window with a limited number of occurrences.
    private func give(_ store: Store, _ body: (EventOccurrence) throws -> Void) throws {
        let (first, end) = (from.secondsSinceEpoch, until.secondsSinceEpoch)
        var conflicts = AgendaConflicts()
        var (begin, length) = (first, end - first)
        while begin < end {
            let next = begin + min(length, end - begin)
            guard var found = try find(from: begin, until: next, isFirst: begin == first, store),
                try complete(&found, in: begin..<next, isFirst: begin == first, &conflicts, store)
            else {
                // No shorter than need be: all series are looked at for each window.
                length = max(1, (next - begin) / 2)
                continue
            }
            for item in found { try body(item) }
            if found.count < Self.mostHeld / 16 { length *= 2 }
            begin = next
        }
    }

    /// Adds contacts and conflicts to occurrences, as far as requested.
    ///
    /// - Parameters:
    ///   - found: the occurrences that begin in the window, or touch it when it is the first.
    ///   - conflicts: the state for the occurrences found before.
    /// - Returns: `false` if too many other events overlap, and the window can be shortened.
    private func complete(
        _ found: inout [EventOccurrence],
        in window: Range<Int64>,
        isFirst: Bool,
        _ conflicts: inout AgendaConflicts,
        _ store: Store
    ) throws -> Bool {
        guard isWhole else { return true }
        try addCompanions(to: &found, store)
        try takeAnswers(into: &found)
        try takeTransparency(into: &found, store)
        guard marksConflicts else { return true }
        guard let aside = try aside(found, in: window, isFirst: isFirst, store) else { return false }
        // The state from before does not include the events of other people.
        if isFiltered { conflicts = AgendaConflicts() }
        if !aside.isEmpty { found = Self.sorted(found + aside) }
        conflicts.mark(&found, try later(than: window.upperBound, touching: found, store))
        found.removeAll(where: \.isAside)
        return true
    }

    private static func sorted(_ items: [EventOccurrence]) -> [EventOccurrence] {
        // Occurrences are large: only what orders them is moved while sorting.
        var order: [(start: Int64, id: Int64, index: Int)] = []
        order.reserveCapacity(items.count)
        for index in items.indices { order.append((items[index].start.secondsSinceEpoch, items[index].id, index)) }
        order.sort { $0 < $1 }
        return order.map { items[$0.index] }
    }

    /// Returns the occurrences that begin in a period, or, in the first one, touch it.
    ///
    /// - Returns: `nil` if there are too many of them, and the period can be shortened.
    private func find(
        from: Int64,
        until: Int64,
        isFirst: Bool,
        isBounded: Bool? = nil,
        _ store: Store
    ) throws -> [EventOccurrence]? {
        var found: [EventOccurrence] = []
        // Occurrences that begin at the same moment cannot be divided.
        let most = isBounded ?? (until - from > 1) ? Self.mostHeld : .max
        try forEachEvent(from: from, until: until, in: store) { event, differences, expander in
            if found.count > most { return }
            let areMore = expander.walk(
                of: event,
                differences,
                from: from,
                until: until,
                hasBegun: isFirst
            ) { item, _ in
                guard isFirst || item.start.secondsSinceEpoch >= from, includesDropped || !item.isDropped else {
                    return true
                }
                found.append(item)
                return found.count <= most
            }
            if areMore { shortened?.note(event) }
        }
        return found.count > most ? nil : Self.sorted(found)
    }

    /// Returns events that overlap with found ones and involve the same people, but are not found themselves: they
    /// end before the first moment, as one without an end can, or filters leave them out.
    ///
    /// - Returns: `nil` if there are too many of them, and the window can be shortened.
    private func aside(
        _ found: [EventOccurrence],
        in window: Range<Int64>,
        isFirst: Bool,
        _ store: Store
    ) throws -> [EventOccurrence]? {
        guard isFirst || isFiltered else { return [] }
        let end = isFiltered ? Int64.max : window.lowerBound + EventOccurrence.usualLength
        let touched = found.filter { $0.takesTime && $0.start.secondsSinceEpoch < end }
        let people = ClaimedPeople(touched)
        guard let earliest = touched.map(\.start.secondsSinceEpoch).min(), !people.isEmpty else { return [] }
        let others = try claiming(people).find(
            from: min(earliest, window.lowerBound) - EventOccurrence.usualLength,
            until: isFiltered ? window.upperBound : window.lowerBound,
            isFirst: true,
            isBounded: window.count > 1,
            store
        )
        guard var others else { return nil }
        try takeTransparency(into: &others, store)
        let known = Set(found.map(Self.name))
        others.removeAll { !$0.takesTime || known.contains(Self.name($0)) }
        for index in others.indices { others[index].isAside = true }
        try addCompanions(to: &others, store)
        return others
    }

    /// Returns the query for everybody's events, limited to those that involve some people.
    private func claiming(_ people: ClaimedPeople) -> AgendaQuery {
        var query = self
        (query.contacts, query.who, query.claimed, query.shortened) = ([], nil, people, nil)
        return query
    }

    /// Returns the identity of an occurrence.
    private static func name(_ item: EventOccurrence) -> [Int64] { [item.id, item.start.secondsSinceEpoch] }

    /// Returns, for each event that involves the same people, the first occurrence that begins after the given ones and
    /// before they all end.
    private func later(
        than moment: Int64,
        touching found: [EventOccurrence],
        _ store: Store
    ) throws -> [EventOccurrence] {
        let lasting = found.filter { $0.takesTime && $0.busyEnd > moment }
        let people = ClaimedPeople(lasting)
        guard let last = lasting.map(\.busyEnd).max(), !people.isEmpty else { return [] }
        var later: [EventOccurrence] = []
        let query = claiming(people)
        try query.forEachEvent(from: moment, until: last, in: store) { event, differences, expander in
            let next = expander.first(of: event, differences, from: moment, until: last) { $0.takesTime }
            if let next { later.append(next) }
        }
        try takeTransparency(into: &later, store)
        later.removeAll { !$0.takesTime }
        try addCompanions(to: &later, store)
        return later
    }

    /// Returns, for every recurring task, the first occurrence in the period that is still to be done.
    func openTasks(in store: Store) throws -> [EventOccurrence] {
        var query = self
        (query.onlySeries, query.onlyTasks) = (true, true)
        var found: [EventOccurrence] = []
        let (first, last) = (from.secondsSinceEpoch, until.secondsSinceEpoch)
        try query.forEachEvent(from: first, until: last, in: store) { event, differences, expander in
            let open = expander.first(of: event, differences, from: first, until: last) { $0.isOpen }
            if let open { found.append(open) }
        }
        return found
    }

    /// Returns, for every recurring event, the last occurrences in the period, up to a maximum number for each.
    func last(_ count: Int, in store: Store) throws -> [EventOccurrence] {
        var query = self
        query.onlySeries = true
        var found: [EventOccurrence] = []
        let (first, last) = (from.secondsSinceEpoch, until.secondsSinceEpoch)
        try query.forEachEvent(from: first, until: last, in: store) { event, differences, expander in
            found += expander.last(count, of: event, differences, from: first, until: last) { item in
                includesDropped || !item.isDropped
            }
        }
        return found
    }

    /// Calls a closure with the events that may take place in the period, each with the differences of single dates.
    private func forEachEvent(
        from: Int64,
        until: Int64,
        in store: Store,
        _ body: (EventRow, [OccurrenceRow], EventExpander) throws -> Void
    ) throws {
        guard let module = store.registry.find(.event) else { return }
        let expander = EventExpander(clock: store.clock)
        let differences = try OccurrenceRows(of: module, in: store)
        let rows = try store.database.prepare(fragment: statement(from, until))
        while try rows.step() {
            guard let event = EventRow(rows) else { continue }
            try body(event, try differences[event.id], expander)
        }
    }

    private func statement(_ from: Int64, _ until: Int64) -> SQLFragment {
        let columns = EventRow.columns.map { SQLFragment.column($0, of: "e") }.joined(", ")
        let filters = conditions.map { " AND \($0)" as SQLFragment }.joined("")
        func bound(_ seconds: Int64) -> SQLFragment {
            .bind(.text(Moment(secondsSinceEpoch: seconds)?.description ?? (seconds < 0 ? "" : EventSpan.never)))
        }
        // A day may be an hour longer, and begin at another time elsewhere.
        let early = bound(from - 2 * EventSpan.longest)
        // Whole days are those of the event's zone.
        let (first, last) = (bound(from - 2 * EventSpan.longest - EventSpan.slack), bound(until + EventSpan.slack))
        let (from, until) = (bound(from), bound(until))
        let lasting: SQLFragment = """
            SELECT \(columns) FROM "event_span" AS "s" CROSS JOIN "event" AS "e" ON "e"."id" = "s"."event" \
            WHERE "s"."last" >= \(from) AND "s"."first" < \(until)\(filters)
            """
        if onlySeries { return lasting }
        return """
            SELECT \(columns) FROM "event" AS "e" WHERE "e"."starts_at" >= \(first) AND "e"."starts_at" < \(last) \
            AND ("e"."all_day" = 1 OR "e"."starts_at" >= \(early) AND "e"."starts_at" < \(until)) \
            AND NOT EXISTS (SELECT 1 FROM "event_span" WHERE "event" = "e"."id")\(filters) UNION ALL \(lasting)
            """
    }

    private var conditions: [SQLFragment] {
        var conditions: [SQLFragment] = []
        if let who { conditions.append("\"e\".\"assigned_to_match\" = \(bind: .text(Fold.fold(who)))") }
        if let condition = claimed?.condition { conditions.append(condition) }
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
            // A contact who has declined may still accept a single date.
            let single: SQLFragment =
                answers == nil || !isWhole
                ? "" : " OR EXISTS (SELECT 1 FROM \"event_occurrence\" AS \"o\" WHERE \"o\".\"event\" = \"e\".\"id\")"
            conditions.append(
                """
                EXISTS (SELECT 1 FROM "contact_event" AS "l" WHERE "l"."event" = "e"."id" AND "l"."contact" IN (\(ids)) \
                AND (coalesce("l"."response", '') <> 'declined'\(single)))
                """
            )
        }
        return conditions
    }

    /// Applies the answers for single dates, and leaves out occurrences that all people concerned have declined.
    private func takeAnswers(into found: inout [EventOccurrence]) throws {
        guard let answers else { return }
        var known: [Int64: [OccurrenceName: [Int64: String]]] = [:]
        for index in found.indices where found[index].isSingle && !found[index].companions.isEmpty {
            let id = found[index].id
            if known[id] == nil { known[id] = try answers.answers(for: id) }
            guard let name = found[index].name, let own = known[id]?[name] else { continue }
            found[index].companions = found[index].companions.map { companion in
                EventOccurrence.Companion(
                    id: companion.id,
                    name: companion.name,
                    response: own[companion.id] ?? companion.response
                )
            }
        }
        guard !contacts.isEmpty else { return }
        found.removeAll { item in
            !item.companions.contains { contacts.contains($0.id) && $0.response != "declined" }
        }
    }

    /// Notes which occurrences take no time. Only stored calendars that contain the word for it are read.
    private func takeTransparency(into found: inout [EventOccurrence], _ store: Store) throws {
        guard let answers else { return }
        let ids = Set(found.lazy.filter(\.takesTime).map(\.id)).sorted().map(String.init).joined(separator: ",")
        guard !ids.isEmpty else { return }
        let rows = try store.database.prepare(
            fragment: """
                SELECT DISTINCT c."event" FROM json_each(\(bind: .text("[\(ids)]"))) AS i \
                CROSS JOIN "event_icalendar" AS c ON c."event" = i."value" \
                WHERE instr(upper(c."components"), 'TRANSPARENT')
                """
        )
        var known: [Int64: EventTransparency] = [:]
        while try rows.step() {
            let id = rows.integer(at: 0)
            known[id] = try answers.transparency(of: id)
        }
        if known.isEmpty { return }
        for index in found.indices {
            if let event = known[found[index].id] { found[index].isTransparent = event.holds(for: found[index]) }
        }
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
}

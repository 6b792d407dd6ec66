/// A reminder of an occurrence of an event.
public struct Reminder: Sendable {
    /// The occurrence of the event.
    public let occurrence: EventOccurrence
    /// The time before the start at which it is due.
    public let before: Duration
    /// The moment when it is due.
    public let due: Moment
    /// When the occurrence begins, the same whoever asks.
    fileprivate let anchor: Moment

    /// The identity of a reminder.
    public struct Key: Sendable, Hashable {
        fileprivate let record: Int64
        /// The start of the occurrence; of whole days the first day, as a midnight in UTC: where it begins depends on
        /// the zone of who asks.
        fileprivate let start: Moment
        /// The time before the start, in seconds.
        fileprivate let before: Int64

        /// The earliest moment in any zone at which the occurrence may begin, in seconds since 1970.
        fileprivate var earliestStart: Int64 { start.secondsSinceEpoch - .secondsPerDay }
        /// The earliest moment at which it may be due.
        fileprivate var earliestDue: Int64 { earliestStart - before }
    }

    /// The reminder's identity.
    public var key: Key { Key(record: occurrence.id, start: anchor, before: before.seconds) }

    fileprivate static func comesBefore(_ one: Reminder, _ other: Reminder) -> Bool {
        (one.due, one.occurrence.id) < (other.due, other.occurrence.id)
    }
}

extension Store {
    /// The time in seconds after which a claimed reminder that was not finished is given out again.
    private static let patience: Int64 = 3600
    /// The time in seconds that the first call looks back.
    private static let lookBack: Int64 = .secondsPerDay

    /// Claims the reminders that are due and not yet delivered. Each is given to one caller only, however many ask at
    /// once. Reminders missed since the last call are included, and those whose delivery failed, however long ago. None
    /// of this is recorded in the history.
    ///
    /// They are passed to the closure in batches, each in the order in which they were due; among very many, those that
    /// begin sooner come first. Each must be finished by ``finish(_:isDone:_:)``, or is given out again after an hour.
    ///
    /// - Throws: what the body throws; ``CRMError`` for what SQLite reports.
    public func takeReminders(_ request: WriteRequest, _ body: ([Reminder]) throws -> Void) throws {
        var place: Int? = 0
        while let start = place {
            let piece = try write(request) { _ in try taken(from: start) }
            if !piece.reminders.isEmpty { try body(piece.reminders) }
            place = piece.next
        }
    }

    /// The error that ends the search when a batch is full.
    private struct Full: Error {}

    /// Claims the next reminders.
    ///
    /// - Parameter start: the number of due reminders examined before.
    /// - Returns: the reminders, and the position of the next ones; `nil` after the last.
    private func taken(from start: Int) throws -> (reminders: [Reminder], next: Int?) {
        let now = clock.moment.secondsSinceEpoch
        let asked = try database.scalar("SELECT \"given_at\" FROM \"reminded\" WHERE \"record\" = 0", [])?.text
            .flatMap(Moment.seconds(stored:))
        let first = min(asked ?? now, now) - Self.lookBack
        let open = try openReminders()
        var ended = open
        var taken: [Reminder] = []
        var place = 0
        var isLast = true
        do {
            let oldest = open.filter { $0.earliestStart <= now }.map(\.earliestDue).min() ?? first
            try forEachReminder(from: min(first, oldest), now: now) { reminder in
                if taken.count >= Self.mostHeld { throw Full() }
                let isOpen = ended.remove(reminder.key) != nil
                // Earlier reminders count only if they are open or their event has yet to begin.
                let (due, begins) = (reminder.due.secondsSinceEpoch, reminder.occurrence.start.secondsSinceEpoch)
                guard isOpen || due >= first || begins > now else { return }
                place += 1
                guard place > start, try isLeft(reminder, now) else { return }
                // At the first call, reminders due before the period it looks back are marked as done.
                let isOld = asked == nil && !isOpen && due <= first
                try note(reminder.key, isDone: isOld)
                if !isOld { taken.append(reminder) }
            }
        } catch is Full {
            isLast = false
        }
        taken.sort(by: Reminder.comesBefore)
        guard isLast else { return (taken, place) }
        // Open reminders of occurrences that no longer take place at that time are dropped.
        for reminder in ended { try forget(reminder) }
        try run(
            """
            DELETE FROM "reminded" WHERE "start" < \(bind: .text(time(first - Self.lookBack))) AND "is_done" = 1
            """
        )
        try run(
            """
            INSERT INTO "reminded" ("record", "start", "before", "given_at", "is_done") \
            VALUES (0, '9999', 0, \(bind: .text(clock.now)), 1) \
            ON CONFLICT DO UPDATE SET "given_at" = excluded."given_at"
            """
        )
        return (taken, nil)
    }

    /// The maximum number of reminders sorted at once.
    private static let mostHeld = 16_384

    /// Calls a closure with the reminders that were due since a moment, delivered or not, in the order in which they
    /// were due; among very many, those that begin sooner come first.
    ///
    /// - Throws: what the body throws; ``CRMError`` for what SQLite reports.
    public func forEachReminder(since moment: Moment, _ body: (Reminder) throws -> Void) throws {
        var held: [Reminder] = []
        func give() throws {
            held.sort(by: Reminder.comesBefore)
            for reminder in held { try body(reminder) }
            held.removeAll(keepingCapacity: true)
        }
        try forEachReminder(from: moment.secondsSinceEpoch, now: clock.moment.secondsSinceEpoch) { reminder in
            guard reminder.due >= moment else { return }
            held.append(reminder)
            if held.count >= Self.mostHeld { try give() }
        }
        try give()
    }

    /// Records the result of delivering claimed reminders: one that failed is given out again.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func finish(_ reminders: [Reminder.Key], isDone: Bool, _ request: WriteRequest) throws(CRMError) {
        if reminders.isEmpty { return }
        try translating {
            try write(request) { _ in for reminder in reminders { try finish(reminder, isDone: isDone) } }
        }
    }

    /// Returns the claimed reminders that are not done: failed ones, and those being delivered.
    private func openReminders() throws -> Set<Reminder.Key> {
        let rows = try statement("SELECT \"record\", \"start\", \"before\" FROM \"reminded\" WHERE \"is_done\" = 0")
        defer { rows.reset() }
        var open: Set<Reminder.Key> = []
        while try rows.step() {
            guard let start = Moment(stored: rows.text(at: 1)) else { continue }
            open.insert(Reminder.Key(record: rows.integer(at: 0), start: start, before: rows.integer(at: 2)))
        }
        return open
    }

    private func finish(_ reminder: Reminder.Key, isDone: Bool) throws {
        // The time of the claim is set to the beginning, so that the next call gives the reminder again.
        try note(reminder, isDone: isDone, at: isDone ? clock.now : time(0))
    }

    private func forget(_ reminder: Reminder.Key) throws {
        try run(
            """
            DELETE FROM "reminded" WHERE "record" = \(bind: .integer(reminder.record)) \
            AND "start" = \(bind: .text(reminder.start.description)) AND "before" = \(bind: .integer(reminder.before))
            """
        )
    }

    private func forEachReminder(from first: Int64, now: Int64, _ body: (Reminder) throws -> Void) throws {
        let longest = try database.scalar(
            """
            SELECT max(coalesce((SELECT max(r."value") FROM "event" AS e, json_each(e."reminders") AS r), 0), \
            coalesce((SELECT max(r."value") FROM "event_occurrence" AS o, json_each(o."reminders") AS r), 0))
            """,
            []
        )?.integer
        guard let from = Moment(secondsSinceEpoch: first),
            let until = Moment(secondsSinceEpoch: now + min(max(0, longest ?? 0), 400 * Int64.secondsPerDay) + 1)
        else { return }
        var query = AgendaQuery(from: from, until: until)
        (query.hasReminders, query.marksConflicts) = (true, false)
        try query.forEach(in: self) { occurrence in
            guard occurrence.isOpen else { return }
            let start = occurrence.start.secondsSinceEpoch
            let anchor = anchor(of: occurrence)
            for before in occurrence.reminders {
                let due = start - before.seconds
                guard due <= now, due >= first || start > now, let moment = Moment(secondsSinceEpoch: due) else {
                    continue
                }
                try body(Reminder(occurrence: occurrence, before: before, due: moment, anchor: anchor))
            }
        }
    }

    private func anchor(of occurrence: EventOccurrence) -> Moment {
        guard occurrence.isWholeDay else { return occurrence.start }
        let start = occurrence.start.secondsSinceEpoch
        let day = (start + clock.zone.offset(at: start)).flooredDays
        return Moment(secondsSinceEpoch: day * Int64.secondsPerDay) ?? occurrence.start
    }

    /// Renews the keys of reminders of whole days: they were the moments at which the days begin in the zone of who
    /// asked.
    func renewDayReminders() throws {
        let rows = try database.all(
            """
            SELECT "r"."record", "r"."start", "r"."before", "r"."given_at", "r"."is_done" FROM "reminded" AS "r" \
            JOIN "event" AS "e" ON "e"."id" = "r"."record" \
            WHERE "e"."all_day" = 1 AND "r"."start" NOT LIKE '%T00:00:00Z'
            """
        )
        for row in rows {
            guard let record = row[0].integer, let before = row[2].integer,
                let start = row[1].text.flatMap(Moment.init(stored:)),
                let day = Moment(secondsSinceEpoch: midnight(of: start))
            else { continue }
            try forget(Reminder.Key(record: record, start: start, before: before))
            // Asked in two zones, it was given in each.
            try run(
                """
                INSERT INTO "reminded" ("record", "start", "before", "given_at", "is_done") VALUES \
                (\(bind: .integer(record)), \(bind: .text(day.description)), \(bind: .integer(before)), \
                \(bind: row[3]), \(bind: row[4])) ON CONFLICT DO UPDATE SET \
                "given_at" = max("given_at", excluded."given_at"), "is_done" = max("is_done", excluded."is_done")
                """
            )
        }
    }

    /// Returns the midnight in UTC of the day that begins at a moment: in the zone of who asks if it begins then there,
    /// otherwise in a zone less than half a day away from UTC.
    private func midnight(of start: Moment) -> Int64 {
        let seconds = start.secondsSinceEpoch
        let local = seconds + clock.zone.offset(at: seconds)
        let day = local.flooredDays * .secondsPerDay
        return day == local ? day : (seconds + .secondsPerDay / 2).flooredDays * .secondsPerDay
    }

    /// Whether a reminder is to be given out: it was never claimed, or the claim is too old.
    private func isLeft(_ reminder: Reminder, _ now: Int64) throws -> Bool {
        let rows = try statement(
            """
            SELECT "is_done", "given_at" FROM "reminded" WHERE "record" = \(bind: .integer(reminder.occurrence.id)) \
            AND "start" = \(bind: .text(reminder.anchor.description)) \
            AND "before" = \(bind: .integer(reminder.before.seconds))
            """ as SQLFragment
        )
        defer { rows.reset() }
        guard try rows.step() else { return true }
        let given = Moment.seconds(stored: rows.text(at: 1)) ?? 0
        return rows.integer(at: 0) == 0 && given < now - Self.patience
    }

    private func note(_ reminder: Reminder.Key, isDone: Bool, at moment: String? = nil) throws {
        try run(
            """
            INSERT INTO "reminded" ("record", "start", "before", "given_at", "is_done") VALUES \
            (\(bind: .integer(reminder.record)), \(bind: .text(reminder.start.description)), \
            \(bind: .integer(reminder.before)), \(bind: .text(moment ?? clock.now)), \
            \(bind: .integer(isDone ? 1 : 0))) \
            ON CONFLICT DO UPDATE SET "given_at" = excluded."given_at", "is_done" = excluded."is_done"
            """
        )
    }

    private func time(_ seconds: Int64) -> String {
        Moment(secondsSinceEpoch: seconds)?.description ?? "0001-01-01T00:00:00Z"
    }
}

import Foundation
import Testing

@testable import CRMKit

@Suite("An agenda")
struct AgendaTests {
    private let file: TemporaryStore

    init() throws { file = try TemporaryStore() }

    private func moment(_ text: String) throws -> Moment { try Moment(parsing: text, clock: TemporaryStore.clock) }

    /// `subject start` of what takes place between two times.
    private func agenda(
        _ from: String,
        _ until: String,
        _ change: (inout AgendaQuery) -> Void = { _ in }
    ) throws -> [String] {
        var query = AgendaQuery(from: try moment(from), until: try moment(until))
        change(&query)
        return try query.occurrences(in: file.store).map { "\($0.subject) \($0.start.description.dropLast(4))" }
    }

    @discardableResult
    private func event(_ subject: String, _ start: String, _ others: [(String, String)] = []) throws -> Int64 {
        try file.write {
            try $0.add(
                Registry.standard[.event],
                ([("subject", subject), ("starts_at", start)] + others).map { FieldInput($0.0, .set($0.1)) }
            )
        }
    }

    @Test("has events that last, all day, long, and at its borders, once each")
    func borders() throws {
        try event("before", "2026-03-02 08:00", [("ends_at", "2026-03-02 09:00")])
        try event("into", "2026-03-02 08:00", [("ends_at", "2026-03-02 09:30")])
        try event("at", "2026-03-02 09:00")
        try event("after", "2026-03-02 10:00")
        try event("long", "2026-01-01 08:00", [("ends_at", "2026-06-01 08:00")])
        try event("day", "2026-03-02", [("all_day", "true")])
        #expect(
            try agenda("2026-03-02 09:00", "2026-03-02 10:00") == [
                "long 2026-01-01T08:00", "day 2026-03-02T00:00", "into 2026-03-02T08:00", "at 2026-03-02T09:00",
            ]
        )
    }

    @Test("goes as far as the calendar, and so does the page of a day", arguments: ["UTC0", "CST6", "JST-9"])
    func lastMoment(zone: String) throws {
        file.store.clock = Clock(zone: try TimeZoneSetting(TZ: zone, zones: .system), at: .last)
        let clock = file.store.clock
        #expect(clock.today == "9999-12-31")
        try event("last", "9999-12-31T10:00:00Z")
        let from = try #require(Moment(clock.date, secondOfDay: 0, in: clock.zone))
        let query = AgendaQuery(from: from, until: Moment(endOf: clock.date, in: clock.zone))
        #expect(try query.occurrences(in: file.store).map(\.subject) == ["last"])
        let items = try file.store.page(of: clock.date).items(in: file.store)
        var count = 0
        while try items.next() != nil { count += 1 }
        #expect(count == 1)
    }

    @Test("has days to the last of them")
    func days() throws {
        try event("fair", "2026-03-02", [("ends_at", "2026-03-03"), ("all_day", "true")])
        try event("leave", "2026-03-10", [("ends_at", "2026-03-20"), ("all_day", "true")])
        #expect(try agenda("2026-03-03", "2026-03-04") == ["fair 2026-03-02T00:00"])
        #expect(try agenda("2026-03-04", "2026-03-05").isEmpty)
        #expect(try agenda("2026-03-20", "2026-03-21") == ["leave 2026-03-10T00:00"])
        #expect(try agenda("2026-03-21", "2026-03-22").isEmpty)
    }

    @Test("has what comes again at each of its dates, with what differs there")
    func repetition() throws {
        let id = try event(
            "series",
            "2026-03-02 09:00",
            [
                ("ends_at", "2026-03-02 10:00"), ("recurrence", "every week on mon, wed"),
                ("excluded_dates", "2026-03-09"),
            ]
        )
        let module = Registry.standard[.event]
        try file.write { transaction in
            _ = try transaction.edit(
                occurrence: "2026-03-04",
                of: id,
                in: module,
                [FieldInput("starts_at", .set("2026-03-20 12:00")), FieldInput("subject", .set("moved"))]
            )
        }
        #expect(try agenda("2026-03-02", "2026-03-12") == ["series 2026-03-02T09:00", "series 2026-03-11T09:00"])
        #expect(try agenda("2026-03-20", "2026-03-21") == ["moved 2026-03-20T12:00"])
        #expect(try agenda("2036-03-03", "2036-03-06") == ["series 2036-03-03T09:00", "series 2036-03-05T09:00"])
        #expect(throws: CRMError.self) {
            try file.write {
                _ = try $0.edit(occurrence: "2026-03-05", of: id, in: module, [FieldInput("subject", .set("x"))])
            }
        }
    }

    @Test("leaves out what was cancelled, one occurrence alone or all")
    func cancelling() throws {
        let id = try event("series", "2026-03-02 09:00", [("recurrence", "every day")])
        let module = Registry.standard[.event]
        let cancel = try #require(module.actions.first { $0.name == "cancel" })
        try file.write {
            _ = try $0.perform(cancel, of: module, on: id, [FieldInput("occurrence", .set("2026-03-03"))])
        }
        #expect(try agenda("2026-03-02", "2026-03-05") == ["series 2026-03-02T09:00", "series 2026-03-04T09:00"])
        #expect(try agenda("2026-03-03", "2026-03-04") { $0.includesDropped = true }.count == 1)
        try file.write { _ = try $0.perform(cancel, of: module, on: id, []) }
        #expect(try agenda("2026-03-02", "2026-03-05").isEmpty)
    }

    @Test("goes on with another event where one is split, and as many times in all")
    func splitting() throws {
        let id = try event("series", "2026-03-02 09:00", [("recurrence", "every day 5 times")])
        let all = try agenda("2026-03-01", "2026-04-01")
        let module = Registry.standard[.event]
        let new = try file.write { try $0.split(id, at: "2026-03-04", in: module) }
        #expect(new != id)
        #expect(try agenda("2026-03-01", "2026-04-01") == all)
        #expect(all.count == 5)
        #expect(try file.write { try $0.split(id, at: "2026-03-02", in: module) } == id)
    }

    @Test("marks what claims the same person at one time")
    func conflicts() throws {
        let first = try event("a", "2026-03-02 09:00", [("ends_at", "2026-03-02 10:00"), ("assigned_to", "ana")])
        try event("b", "2026-03-02 09:30", [("ends_at", "2026-03-02 10:30"), ("assigned_to", "luis")])
        let third = try event("c", "2026-03-02 09:45", [("ends_at", "2026-03-02 11:00"), ("assigned_to", "ana")])
        try event("d", "2026-03-02 11:00", [("ends_at", "2026-03-02 12:00"), ("assigned_to", "ana")])
        let items = try AgendaQuery(from: moment("2026-03-02"), until: moment("2026-03-03")).occurrences(in: file.store)
        #expect(items.map(\.conflicts) == [[third], [], [first], []])
    }

    @Test("has no conflict for who has declined one of two")
    func declined() throws {
        let contact = try file.add(.contact, ["last_name": "Ruiz"])
        let lasting = [("ends_at", "2026-03-02 11:00")]
        let events = try ["a", "b"].map { try event($0, "2026-03-02 10:00", lasting) }
        try file.write { transaction in
            for (event, response) in zip(events, ["accepted", "declined"]) {
                let writer = try transaction.linkWriter(of: Registry.standard[.event])
                var attributes = LinkAttributes(of: writer.relation.link)
                attributes["response"] = .text(response)
                _ = try writer.link(contact: contact, record: event, attributes)
            }
        }
        let query = AgendaQuery(from: try moment("2026-03-02"), until: try moment("2026-03-03"))
        #expect(try query.occurrences(in: file.store).allSatisfy(\.conflicts.isEmpty))
    }

    @Test("names each other event once as a conflict, and never the event itself")
    func conflictsOfSeries() throws {
        func conflicts(_ from: String, _ until: String) throws -> [String] {
            let query = AgendaQuery(from: try moment(from), until: try moment(until))
            return try query.occurrences(in: file.store).map { "\($0.subject)\($0.conflicts)" }
        }
        let ana = ("assigned_to", "ana")
        try event("a", "2026-03-02 08:00", [("ends_at", "2026-03-03 10:00"), ("recurrence", "every day 3 times"), ana])
        #expect(try conflicts("2026-03-02", "2026-03-06") == ["a[]", "a[]", "a[]"])
        try event("b", "2026-03-03 09:00", [("ends_at", "2026-03-03 09:10"), ana])
        try event(
            "c",
            "2026-03-04 09:30",
            [("ends_at", "2026-03-04 09:40"), ("recurrence", "every 5 minutes 2 times"), ana]
        )
        #expect(
            try conflicts("2026-03-02", "2026-03-06") == ["a[2]", "a[2, 3]", "b[1]", "a[3]", "c[1]", "c[1]"]
        )
    }

    @Test(
        "names as conflicts also what is not listed",
        arguments: [
            ("2026-03-02", "2026-03-03", "ana", ["a[2, 3]", "c[1]", "d[5]", "e[4]"]),
            ("2026-03-02", "2026-03-03", "LUIS", ["b[1]"]),
            ("2026-03-02 10:30", "2026-03-02 12:10", nil, ["a[2, 3]", "d[5]"]),
            ("2026-03-02 12:15", "2026-03-02 13:00", nil, ["e[4]"]),
            ("2026-03-02", "2026-03-02 08:30", nil, ["a[2, 3]"]), ("2026-03-05", "2026-03-06", nil, ["f[]", "g[]"]),
            ("2026-03-07 12:00", "2026-03-07 14:00", "ana", ["fair[9]", "h[8]"]),
        ] as [(String, String, String?, [String])]
    )
    func unlisted(from: String, until: String, who: String?, found: [String]) throws {
        let ana = ("assigned_to", "Ana")
        let contact = try file.add(.contact, ["last_name": "Ruiz"])
        let first = try event("a", "2026-03-02 08:00", [("ends_at", "2026-03-02 11:00"), ana])
        let second = try event("b", "2026-03-02 09:00", [("ends_at", "2026-03-02 09:30"), ("assigned_to", "Luis")])
        try file.write { transaction in
            for event in [first, second] {
                _ = try transaction.link(.event, contact: contact, record: event, [])
            }
        }
        try event("c", "2026-03-02 10:00", [("ends_at", "2026-03-02 10:20"), ana])
        // What has no end takes half an hour.
        try event("d", "2026-03-02 12:00", [ana])
        try event("e", "2026-03-02 12:20", [("ends_at", "2026-03-02 12:40"), ("assigned_to", "ana"), ("kind", "call")])
        // Of nobody.
        for subject in ["f", "g"] { try event(subject, "2026-03-05 09:00", [("ends_at", "2026-03-05 10:00")]) }
        try event("fair", "2026-03-06", [("ends_at", "2026-03-08"), ("all_day", "true"), ana])
        try event("h", "2026-03-07 13:00", [("ends_at", "2026-03-07 13:30"), ana])
        var query = AgendaQuery(from: try moment(from), until: try moment(until))
        query.who = who
        let items = try query.occurrences(in: file.store)
        #expect(items.map { "\($0.subject)\($0.conflicts.sorted())" } == found)
    }

    @Test("takes what comes again every second a part after the other")
    func seconds() throws {
        let ana = ("assigned_to", "ana")
        let lasting = [("ends_at", "2026-03-02 10:00"), ("recurrence", "FREQ=SECONDLY;COUNT=40000"), ana]
        let each = try event("each", "2026-03-02 00:00", lasting)
        let long = try event("long", "2026-03-02 00:00", [("ends_at", "2026-03-02 20:00"), ana])
        let late = try event("late", "2026-03-02 18:00", [("ends_at", "2026-03-02 19:00"), ana])
        var counts: [String: Int] = [:]
        var last = Moment(secondsSinceEpoch: 0)
        try AgendaQuery(from: moment("2026-03-02"), until: moment("2026-03-03")).forEach(in: file.store) { item in
            #expect(item.start >= last ?? item.start)
            last = item.start
            counts["\(item.subject)\(item.conflicts.sorted())", default: 0] += 1
        }
        // The last begin at ten past eleven, and end as much past nine in the evening.
        #expect(counts["long[\(each), \(late)]"] == 1)
        #expect(counts["late[\(each), \(long)]"] == 1)
        #expect(counts["each[\(long), \(late)]"] == 40_000 - 8 * 3600 - 1)
        #expect(counts["each[\(long)]"] == 8 * 3600 + 1)
    }

    @Test(
        "has the latest of what overlaps itself very often, and tells of it",
        arguments: [
            ("2026-01-01 00:00", "2026-12-31 00:00", "FREQ=SECONDLY", 1000 + 60),
            ("1900-01-01 00:00", "2026-12-02 00:00", "FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0", 1000),
            ("1900-01-01 00:00", "2026-12-02 00:00", "FREQ=DAILY", 1000 + 1),
            ("1900-01-01 00:00", "2026-12-02 00:00", "FREQ=DAILY;COUNT=40000", 1000),
            ("1990-01-01 00:00", "2026-12-02 00:00", "FREQ=SECONDLY;BYMONTH=1", 1000),
            ("2026-01-01 00:00", "2026-12-02 00:00", "FREQ=DAILY", 334 + 1),
        ]
    )
    func overlappingItself(start: String, end: String, rule: String, count: Int) throws {
        try event("a", start, [("ends_at", end), ("recurrence", rule), ("reminders", "1h"), ("kind", "meeting")])
        let (from, until) = (try moment("2026-12-01 00:00"), try moment("2026-12-01 00:01"))
        var query = AgendaQuery(from: from, until: until)
        let shortened = ShortenedSeries()
        query.shortened = shortened
        let items = try query.occurrences(in: file.store)
        #expect(items.count == count)
        #expect(shortened.notices.count == (count >= 1000 ? 1 : 0))
        #expect(items.map(\.start) == items.map(\.start).sorted())
        // What does not take place is not searched for at each of its dates.
        try file.write { _ = try $0.edit(Registry.standard[.event], id: 1, [FieldInput("status", .set("not_held"))]) }
        #expect(try query.occurrences(in: file.store).isEmpty)
        #expect(try query.last(3, in: file.store).isEmpty)
    }

    @Test("lasts as long when its start alone is moved")
    func moving() throws {
        let module = Registry.standard[.event]
        func ends(_ id: Int64, _ inputs: [(String, String)]) throws -> String? {
            try file.write { _ = try $0.edit(module, id: id, inputs.map { FieldInput($0.0, .set($0.1)) }) }
            return try file.store.storedRecord(module, id: id)?["ends_at"].text
        }
        let meeting = try event("a", "2026-12-01 10:00", [("ends_at", "2026-12-01 11:00")])
        #expect(try ends(meeting, [("starts_at", "2026-12-01 08:00")]) == "2026-12-01T09:00:00Z")
        #expect(try ends(meeting, [("starts_at", "2026-12-03 08:00")]) == "2026-12-03T09:00:00Z")
        #expect(
            try ends(meeting, [("starts_at", "2026-12-04 08:00"), ("ends_at", "2026-12-04 10:00")])
                == "2026-12-04T10:00:00Z"
        )
        let fair = try event(
            "b",
            "2026-10-20",
            [("ends_at", "2026-10-21"), ("all_day", "true"), ("time_zone", "Europe/Madrid")]
        )
        // Over the night on which clocks go back.
        #expect(try ends(fair, [("starts_at", "2026-10-25")]) == "2026-10-25T23:00:00Z")
        let open = try event("c", "2026-12-01 10:00")
        #expect(try ends(open, [("starts_at", "2026-12-02 10:00")]) == nil)
    }

    @Test("reminds once of what is due, whoever asks, and again of what failed")
    func reminders() throws {
        try event("soon", "2026-03-02 09:40", [("reminders", "15m")])
        try event("later", "2026-03-02 12:00", [("reminders", "15m")])
        try event("yesterday", "2026-03-01 10:00", [("reminders", "15m")])
        try event("long ago", "2026-02-01 10:00", [("reminders", "15m")])
        let request = TemporaryStore.request()
        let taken = try self.taken()
        #expect(taken.map(\.occurrence.subject) == ["yesterday", "soon"])
        #expect(try self.taken().isEmpty)
        try file.store.finish([taken[0].key], isDone: true, request)
        try file.store.finish([taken[1].key], isDone: false, request)
        #expect(try self.taken().map(\.occurrence.subject) == ["soon"])
        #expect(try self.taken().isEmpty)
    }

    @Test(
        "reminds of a day once, in whatever zones it is asked, and of each date of a series",
        arguments: [[], [("time_zone", "America/Mexico_City")], [("recurrence", "FREQ=DAILY;COUNT=2")]]
    )
    func remindersOfDays(more: [(String, String)]) throws {
        func at(_ hour: Int64, in zone: String) throws {
            let now = try moment("2026-03-02 00:00").secondsSinceEpoch + hour * 3600
            file.store.clock = Clock(
                zone: try TimeZoneSetting(TZ: zone, zones: .system),
                at: try #require(Moment(secondsSinceEpoch: now))
            )
        }
        let zones = ["America/Mexico_City", "UTC", "Europe/Madrid", "Pacific/Kiritimati"]
        for order in [zones, zones.reversed()] {
            try at(9, in: zones[0])
            let id = try event("day", "2026-03-03", [("all_day", "true"), ("reminders", "1d")] + more)
            var keys: [Reminder.Key] = []
            for hour in [Int64(9), 30, 50] {
                for (place, zone) in order.enumerated() {
                    try at(hour, in: zone)
                    let taken = try taken()
                    keys += taken.map(\.key)
                    try file.store.finish(taken.map(\.key), isDone: place > 0, TemporaryStore.request())
                }
            }
            #expect(Set(keys).count == (more.first?.0 == "recurrence" ? 2 : 1), "\(order)")
            // What failed where it was asked first was given again, and nothing more.
            #expect(keys.count == 2 * Set(keys).count, "\(order)")
            try file.write { _ = try $0.delete(Registry.standard[.event], id: id, reach: .links) }
        }
    }

    @Test("reminds again of what failed however long ago, and of nothing else of that time")
    func failedReminders() throws {
        func at(_ text: String) throws {
            file.store.clock = Clock(zone: TemporaryStore.clock.zone, at: try moment(text))
        }
        let failing = try event("failing", "2026-03-02 09:40", [("reminders", "15m")])
        try event("done", "2026-03-02 09:41", [("reminders", "15m")])
        let request = TemporaryStore.request()
        for reminder in try taken() {
            try file.store.finish([reminder.key], isDone: reminder.occurrence.id != failing, request)
        }
        // Made later, of a time for which the questions are over.
        try at("2026-03-09 09:00")
        #expect(try taken().map(\.occurrence.id) == [failing])
        try event("late", "2026-03-02 10:00", [("reminders", "15m")])
        try at("2026-03-19 09:00")
        let again = try taken()
        #expect(again.map(\.occurrence.id) == [failing])
        try file.store.finish(again.map(\.key), isDone: false, request)
        #expect(try taken().count == 1)
        try file.store.finish(again.map(\.key), isDone: false, request)
        try file.edit(.event, failing, ["starts_at": "2026-03-01 10:00"])
        #expect(try taken().isEmpty)
        #expect(try file.store.database.scalar("SELECT count(*) FROM reminded WHERE is_done = 0")?.integer == 0)
    }

    private func taken() throws -> [Reminder] {
        var taken: [Reminder] = []
        try file.store.takeReminders(TemporaryStore.request()) { taken += $0 }
        return taken
    }

    @Test("very many reminders come in pieces, each once")
    func manyReminders() throws {
        let minutes = (1...600).map { "\($0)m" }.joined(separator: ",")
        for number in 1...30 { try event("e\(number)", "2026-03-02 09:00", [("reminders", minutes)]) }
        var (pieces, keys): (Int, Set<Reminder.Key>) = (0, [])
        try file.store.takeReminders(TemporaryStore.request()) { reminders in
            pieces += 1
            keys.formUnion(reminders.map(\.key))
        }
        #expect(pieces == 2 && keys.count == 18_000)
        #expect(try taken().isEmpty)
    }

    @Test("finds when people are free within working hours")
    func freeTime() throws {
        try event("a", "2026-03-02 10:00", [("ends_at", "2026-03-02 11:00"), ("assigned_to", "ana")])
        try event("b", "2026-03-02 09:30", [("ends_at", "2026-03-02 16:50"), ("assigned_to", "luis")])
        func free(_ length: Int64, _ who: String?) throws -> [String] {
            try FreeTime(contacts: [], who: who, length: Duration(seconds: length))
                .times(from: moment("2026-03-01"), until: moment("2026-03-03"), in: file.store)
                .map { "\($0.start.description.dropFirst(11).prefix(5))-\($0.end.description.dropFirst(11).prefix(5))" }
        }
        #expect(try free(3600, "ana") == ["09:00-10:00", "11:00-18:00"])
        #expect(try free(3600, nil) == ["16:50-18:00"])
        _ = try file.store.set(.hours, to: "mon 9-10,17:00-18:00", TemporaryStore.request())
        #expect(try free(1800, nil) == ["09:00-09:30", "17:00-18:00"])
        // What has no end takes half an hour, be it begun before.
        try event("c", "2026-03-02 16:45", [("kind", "call")])
        try event("d", "2026-03-02 17:30")
        #expect(try free(600, nil) == ["09:00-09:30", "17:15-17:30"])
    }

    @Test("refuses working hours that another program has stored and that are none, of which nobody would be free")
    func spoiltHours() throws {
        try file.store.database.run("INSERT INTO setting VALUES ('hours', 'from nine to five')")
        let error = #expect(throws: CRMError.self) {
            _ = try FreeTime(contacts: [], who: nil, length: Duration(seconds: 600))
                .times(from: moment("2026-03-01"), until: moment("2026-03-03"), in: file.store)
        }
        #expect(error?.code == .configuration)
        #expect(error?.message.en.contains("hours \"from nine to five\"") == true, "\(error?.message.en ?? "")")
    }

    /// Whole days in zones of which one is a day ahead of the other, at any time of theirs, and with a clock between.
    @Test(
        "has whole days on the day that their zone shows",
        arguments: ["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"],
        ["2027-06-08T04:00", "2027-06-08T12:00", "2027-06-08T23:00"]
    )
    func wholeDaysElsewhere(zone: String, time: String) throws {
        let setting = try TimeZoneSetting(TZ: zone, zones: .system)
        let start = try Moment(parsing: "\(time):00Z", clock: TemporaryStore.clock).secondsSinceEpoch
        func stored(_ seconds: Int64) throws -> String {
            try #require(Moment(secondsSinceEpoch: setting.seconds(ofLocal: seconds))).description
        }
        let day: [(String, String)] = [("all_day", "true"), ("time_zone", zone)]
        try event("one", stored(start), day)
        try event("two", stored(start), day + [("ends_at", stored(start + .secondsPerDay))])
        try event("each", stored(start), day + [("recurrence", "every day 3 times")])
        for user in ["Europe/Madrid", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
            let clock = Clock(zone: try TimeZoneSetting(TZ: user, zones: .system), at: TemporaryStore.clock.moment)
            func subjects(_ from: String, _ until: String) throws -> [String] {
                var query = AgendaQuery(
                    from: try Moment(parsing: from, clock: clock),
                    until: try Moment(parsing: until, clock: clock)
                )
                query.isWhole = false
                let present = file.store.clock
                file.store.clock = clock
                defer { file.store.clock = present }
                return try query.occurrences(in: file.store).map(\.subject)
            }
            #expect(try subjects("2027-06-07", "2027-06-08").isEmpty, "\(user)")
            #expect(try subjects("2027-06-08", "2027-06-09") == ["one", "two", "each"], "\(user)")
            #expect(try subjects("2027-06-09", "2027-06-10") == ["two", "each"], "\(user)")
            #expect(try subjects("2027-06-10", "2027-06-11") == ["each"], "\(user)")
            #expect(try subjects("2027-06-11", "2027-06-12").isEmpty, "\(user)")
        }
    }
}

import Testing

@testable import CRMKit

/// Invitations that are read once more: what came after them stays.
@Suite struct `Requests read from calendars once more` {
    private let exchange: CalendarExchange

    init() throws {
        exchange = try CalendarExchange()
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            let fields = [FieldInput("last_name", .set("Vega")), FieldInput("email", .set("luis@example.org"))]
            _ = try transaction.add(Registry.standard[.contact], fields)
        }
    }

    /// A message about a series of three weeks, or one of its dates.
    private static func message(
        _ method: String,
        _ sequence: Int,
        at minute: Int,
        _ answer: String = "NEEDS-ACTION",
        start: String = "20261207T160000Z",
        of original: String? = nil,
        and others: [String] = []
    ) -> String {
        let rule = original.map { "RECURRENCE-ID:\($0)" } ?? "RRULE:FREQ=WEEKLY;COUNT=3"
        let lines = [
            "BEGIN:VEVENT", "UID:u1", "SEQUENCE:\(sequence)", "DTSTAMP:20261129T19\(minute)00Z", rule, "SUMMARY:Junta",
            "DTSTART:\(start)", "ATTENDEE;PARTSTAT=\(answer):mailto:luis@example.org", "END:VEVENT",
        ]
        return CalendarExchange.calendar(lines, others, header: ["METHOD:\(method)"])
    }

    private static let second = "20261214T160000Z"
    private static let moved = message("REQUEST", 1, at: 30, start: "20261214T200000Z", of: second)

    /// The rows of the event, its dates and its people, and what is written of it.
    private func state() throws -> [String] {
        let tables = ["event", "event_occurrence", "contact_event"]
        let rows = try tables.flatMap { try exchange.crm.store.database.all("SELECT * FROM \($0)") }
        return rows.map { "\($0)" } + (try exchange.written())
    }

    /// What comes after an invitation with the sequence number 0, of minute 10.
    static let later: [[String]] = [
        [message("REPLY", 0, at: 15, "ACCEPTED")],
        [message("REPLY", 0, at: 15, "DECLINED", of: second)],
        [moved], [moved, message("REPLY", 1, at: 35, "ACCEPTED", of: second)],
        [message("CANCEL", 1, at: 30, of: second)],
        [message("REQUEST", 0, at: 20)], [message("REQUEST", 1, at: 20, start: "20261208T160000Z")],
        [message("CANCEL", 1, at: 20)],
    ]

    @Test("what came after an invitation stays when that is read again", arguments: later)
    func whatCameAfterAnInvitationStays(later: [String]) throws {
        let invitation = Self.message("REQUEST", 0, at: 10)
        try exchange.take(invitation)
        for message in later { try exchange.take(message) }
        let before = try state()
        for message in [invitation] + later + [invitation] {
            let (report, problems) = try exchange.take(message)
            #expect(report.updated == 0 && problems.isEmpty, "\(report) \(problems)")
            #expect(try state() == before)
        }
    }

    @Test("what was changed here stays when the invitation is read again")
    func whatWasChangedHereStays() throws {
        let invitation = Self.message("REQUEST", 0, at: 10)
        try exchange.take(invitation)
        try exchange.crm.edit(.event, 1, ["starts_at": "2026-12-08 10:00", "subject": "own"])
        let before = try state()
        #expect(try exchange.take(invitation).report.unchanged == 1)
        #expect(try state() == before)
        // A later one counts, and one between the two does no more.
        #expect(try exchange.take(Self.message("REQUEST", 0, at: 30)).report.updated == 1)
        #expect(try exchange.text("subject") == "Junta")
        #expect(try exchange.take(Self.message("REQUEST", 0, at: 20, start: "20261209T160000Z")).report.skipped == 1)
        #expect(try exchange.text("starts_at") == "2026-12-07T16:00:00Z")
    }

    @Test("an older invitation is known by the last one, though that said the same")
    func anOlderInvitationIsKnownByTheLastOne() throws {
        for minute in [10, 30] { try exchange.take(Self.message("REQUEST", 0, at: minute)) }
        let between = Self.message("REQUEST", 0, at: 20, start: "20261209T160000Z")
        #expect(try exchange.take(between).report.skipped == 1)
    }

    @Test("a date that an invitation with its series tells anew is taken")
    func aDateToldAnewIsTaken() throws {
        try exchange.take(Self.message("REQUEST", 0, at: 10))
        let date = [
            "BEGIN:VEVENT", "UID:u1", "SEQUENCE:1", "DTSTAMP:20261129T193000Z", "RECURRENCE-ID:\(Self.second)",
            "SUMMARY:Junta", "DTSTART:20261214T200000Z", "END:VEVENT",
        ]
        let both = Self.message("REQUEST", 0, at: 10, and: date)
        #expect(try exchange.take(both).report.updated == 1)
        let starts = try exchange.crm.store.database.all("SELECT starts_at FROM event_occurrence").map { $0[0].text }
        #expect(starts == ["2026-12-14T20:00:00Z"])
        let before = try state()
        #expect(try exchange.take(both).report.unchanged == 1)
        #expect(try exchange.take(Self.message("REQUEST", 0, at: 10)).report.unchanged == 1)
        #expect(try state() == before)
    }

    @Test("a date that was answered alone is moved by an invitation for it that is older than the answer was read")
    func aDateAnsweredAloneIsMoved() throws {
        try exchange.take(Self.message("REQUEST", 0, at: 10))
        try exchange.take(Self.message("REPLY", 0, at: 15, "ACCEPTED", of: Self.second))
        let move = Self.message("REQUEST", 0, at: 20, start: "20261214T180000Z", of: Self.second)
        #expect(try exchange.take(move).report.updated == 1)
    }

    @Test("an invitation for a date of an earlier version of the series is passed over, and any other is an event")
    func aDateOfAnEarlierVersionIsPassedOver() throws {
        try exchange.take(Self.message("REQUEST", 0, at: 10))
        try exchange.take(Self.message("REQUEST", 2, at: 20, start: "20261208T160000Z"))
        let before = try state()
        #expect(try exchange.take(Self.moved).report.skipped == 1)
        #expect(try state() == before)
        let present = Self.message("REQUEST", 2, at: 30, start: "20261214T200000Z", of: Self.second)
        #expect(try exchange.take(present).report.created == 1)
    }
}

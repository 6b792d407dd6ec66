import Testing

@testable import CRMKit

/// Who attends, what they answer, and which of several messages counts.
@Suite struct `People and messages read from calendars` {
    @Test("attendees who are contacts are linked with their response")
    func attendeesWhoAreContactsAreLinkedWithTheirResponse() throws {
        let exchange = try CalendarExchange()
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            let contacts = Registry.standard[.contact]
            for (name, email) in [("Ruiz", "ana@example.org"), ("Gil", "eva@example.org")] {
                _ = try transaction.add(
                    contacts,
                    [FieldInput("last_name", .set(name)), FieldInput("email", .set(email))]
                )
            }
        }
        let ana = "ATTENDEE;CN=\"Ruiz, Ana\";X-NUM=0;PARTSTAT=ACCEPTED:mailto:Ana@example.org"
        let eva = "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:eva@example.org"
        let other = "ATTENDEE;PARTSTAT=DECLINED:mailto:x@example.org"
        func calendar(_ attendees: String...) -> String {
            CalendarExchange.calendar(
                ["BEGIN:VEVENT", "UID:u1", "DTSTART:20261203T150000Z"] + attendees + ["END:VEVENT"]
            )
        }
        let all = calendar(ana, eva, other)
        try exchange.take(all)
        func links() throws -> [String] {
            try exchange.crm.store.database.all(
                "SELECT contact, response FROM contact_event ORDER BY contact"
            ).map { "\($0[0].integer ?? 0) \($0[1].text ?? "")" }
        }
        #expect(try links() == ["1 accepted", "2 needs_action"])
        #expect(Array(try exchange.written()[3..<6]) == [ana, eva, other])
        #expect(try exchange.take(all).report.unchanged == 1)
        // One who is no longer there is linked no longer.
        #expect(try exchange.take(calendar(ana, other)).report.updated == 1)
        #expect(try links() == ["1 accepted"])
        // A reply changes the response, and the words of the attendee stay.
        let reply = CalendarExchange.calendar(
            CalendarExchange.event("DTSTART:20261203T150000Z", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:ana@example.org"),
            header: ["METHOD:REPLY"]
        )
        #expect(try exchange.take(reply).report.updated == 1)
        #expect(try links() == ["1 tentative"])
        let told =
            "ATTENDEE;CN=\"Ruiz, Ana\";X-NUM=0;X-CRM-REPLIED=20260101T000000Z;PARTSTAT=TENTATIVE:mailto:Ana@example.org"
        #expect(try exchange.written().contains(told))
        #expect(try exchange.take(reply).report.unchanged == 1)
        let cancelled = CalendarExchange.calendar(
            CalendarExchange.event("DTSTART:20261203T150000Z"),
            header: ["METHOD:CANCEL"]
        )
        try exchange.take(cancelled)
        #expect(try exchange.text("status") == "not_held")
    }

    @Test("answers are taken after the invitations of the same folder, wherever they stand in it")
    func answersBeforeInvitations() throws {
        let start = "DTSTART:20261203T150000Z"
        func message(_ method: String, _ uid: String, _ state: String, _ sequence: Int) -> String {
            let attendee = "ATTENDEE;PARTSTAT=\(state):mailto:ana@example.org"
            return CalendarExchange.calendar(
                ["BEGIN:VEVENT", "UID:\(uid)", "SEQUENCE:\(sequence)", start, attendee, "END:VEVENT"],
                header: ["METHOD:\(method)"]
            )
        }
        let files: [(name: String?, calendar: String)] = [
            ("reply", message("REPLY", "u1", "ACCEPTED", 0)), ("cancel", message("CANCEL", "u2", "NEEDS-ACTION", 1)),
            ("u1", message("REQUEST", "u1", "NEEDS-ACTION", 0)), ("u2", message("REQUEST", "u2", "NEEDS-ACTION", 0)),
            ("nobody", message("REPLY", "u9", "ACCEPTED", 0)),
        ]
        for order in [files, files.reversed()] {
            let exchange = try CalendarExchange()
            try exchange.crm.add(.contact, ["last_name": "Ruiz", "email": "ana@example.org"])
            let (report, problems) = try exchange.take(files: order)
            #expect(report.created == 2)
            #expect(problems.map(\.file) == ["nobody"])
            let rows = try exchange.crm.store.database.all(
                "SELECT e.uid, e.status, l.response FROM event AS e JOIN contact_event AS l ON l.event = e.id ORDER BY 1"
            )
            #expect(rows.map { $0[2].text } == ["accepted", "needs_action"])
            #expect(rows.last?[1].text == "not_held")
            // Nor does the order of the calendars in one file matter, or which of them are in one.
            for parts in [[order], [Array(order.prefix(3)), Array(order.dropFirst(3))]] {
                let exchange = try CalendarExchange()
                try exchange.crm.add(.contact, ["last_name": "Ruiz", "email": "ana@example.org"])
                let joined = parts.enumerated().map { number, files in
                    (name: Optional("\(number)"), calendar: files.map(\.calendar).joined())
                }
                let (report, problems) = try exchange.take(files: joined)
                #expect(report.created == 2)
                #expect(problems.count == 1)
                let joinedRows = try exchange.crm.store.database.all(
                    "SELECT e.status, l.response FROM event AS e JOIN contact_event AS l ON l.event = e.id ORDER BY e.uid"
                )
                #expect(joinedRows.map { $0[1].text } == ["accepted", "needs_action"])
                #expect(joinedRows.last?[0].text == "not_held")
            }
        }
    }

    @Test(
        "attendees become contacts by their names, without the quotes of a program, and functions none",
        arguments: [
            ("CN='Eva Paz'", "eva@example.org", "Eva Paz"), ("CN=Tim O'Brien", "tim@example.org", "Tim O'Brien"),
            ("CN=noreply", "noreply@example.org", nil),
        ]
    )
    func attendeesBecomeContactsByTheirNamesWithoutTheQuotesOfAProgramAndFunctionsNone(
        name: String,
        address: String,
        contact: String?
    ) throws {
        let exchange = try CalendarExchange()
        let calendar = CalendarExchange.calendar(
            CalendarExchange.event("DTSTART:20261203T150000Z", "ATTENDEE;\(name):mailto:\(address)")
        )
        try exchange.take(calendar) { $0.creates = [.contact] }
        let names = try exchange.crm.store.database.all("SELECT name FROM contact").compactMap { $0[0].text }
        let expected: [String] = contact.map { [$0] } ?? []
        #expect(names == expected)
        #expect(try exchange.written().contains("ATTENDEE;\(name):mailto:\(address)"))
    }

    @Test("a reply for one date stands in what is told of that date alone")
    func aReplyForOneDateStandsInWhatIsToldOfThatDateAlone() throws {
        let exchange = try CalendarExchange()
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            _ = try transaction.add(
                Registry.standard[.contact],
                [FieldInput("last_name", .set("Ruiz")), FieldInput("email", .set("ana@example.org"))]
            )
        }
        try exchange.take(
            CalendarExchange.calendar(
                CalendarExchange.event(
                    "DTSTART;TZID=Europe/Madrid:20261201T100000",
                    "RRULE:FREQ=DAILY;COUNT=5",
                    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.org",
                    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:x@example.org"
                )
            )
        )
        func reply(_ original: String, _ address: String, _ response: String) -> String {
            CalendarExchange.calendar(
                CalendarExchange.event(original, "ATTENDEE;PARTSTAT=\(response):mailto:\(address)"),
                header: ["METHOD:REPLY"]
            )
        }
        let declined = reply("RECURRENCE-ID:20261203T090000Z", "ana@example.org", "DECLINED")
        #expect(try exchange.take(declined).report.updated == 1)
        #expect(try exchange.take(declined).report.unchanged == 1)
        try exchange.take(reply("RECURRENCE-ID:20261203T090000Z", "x@example.org", "TENTATIVE"))
        let lines = try exchange.written()
        #expect(lines.count { $0 == "BEGIN:VEVENT" } == 2)
        let attendees = lines.filter { $0.hasPrefix("ATTENDEE") }
        let responses = [
            "ACCEPTED:mailto:ana@example.org", "ACCEPTED:mailto:x@example.org", "DECLINED:mailto:ana@example.org",
            "TENTATIVE:mailto:x@example.org",
        ]
        #expect(attendees.count == 4)
        for (attendee, response) in zip(attendees, responses) { #expect(attendee.hasSuffix("PARTSTAT=\(response)")) }
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
        // What is changed of that date here leaves what was answered.
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            _ = try transaction.edit(
                occurrence: "2026-12-03",
                of: 1,
                in: exchange.events,
                [FieldInput("location", .set("Sala 2"))]
            )
        }
        let changed = try exchange.written()
        #expect(changed.contains("LOCATION:Sala 2"))
        #expect(changed.contains { $0.hasSuffix("PARTSTAT=DECLINED:mailto:ana@example.org") })
        let missing = try exchange.take(reply("RECURRENCE-ID:20261223T090000Z", "ana@example.org", "DECLINED"))
        #expect(missing.report.failed == 1)
    }

    @Test(
        "of two replies with one SEQUENCE the one that was made later counts",
        arguments: ["ana@example.org", "x@example.org"],
        [nil, "RECURRENCE-ID:20261202T100000Z"] as [String?]
    )
    func ofTwoRepliesTheLaterCounts(address: String, original: String?) throws {
        let exchange = try CalendarExchange()
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            let fields = [FieldInput("last_name", .set("Ruiz")), FieldInput("email", .set("ana@example.org"))]
            _ = try transaction.add(Registry.standard[.contact], fields)
        }
        let attendees = ["ana", "x"].map { "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:\($0)@example.org" }
        let lines = ["DTSTART:20261201T100000Z", "RRULE:FREQ=DAILY;COUNT=3"] + attendees
        try exchange.take(CalendarExchange.calendar(["BEGIN:VEVENT", "UID:u1"] + lines + ["END:VEVENT"]))
        func reply(_ stamp: String, _ response: String) -> String {
            let lines = ["DTSTAMP:\(stamp)", "ATTENDEE;PARTSTAT=\(response):mailto:\(address)"]
            return CalendarExchange.calendar(
                ["BEGIN:VEVENT", "UID:u1"] + lines + (original.map { [$0] } ?? []) + ["END:VEVENT"],
                header: ["METHOD:REPLY"]
            )
        }
        func responses() throws -> [String] {
            try exchange.written().filter { $0.hasSuffix(address) }.compactMap { line in
                line.split(separator: "PARTSTAT=").last?.split(separator: ":").first.map(String.init)
            }
        }
        #expect(try exchange.take(reply("20260302T000000Z", "DECLINED")).report.updated == 1)
        try exchange.take(reply("20260301T000000Z", "ACCEPTED"))
        #expect(try responses().last == "DECLINED")
        try exchange.take(reply("20260303T000000Z", "TENTATIVE"))
        #expect(try responses().last == "TENTATIVE")
    }

    @Test("what is asked of an event that is not here is refused") func whatIsAskedOfAnEventThatIsNotHereIsRefused()
        throws
    {
        let exchange = try CalendarExchange()
        for method in ["REPLY", "CANCEL", "COUNTER"] {
            let (report, problems) = try exchange.take(
                CalendarExchange.calendar(
                    CalendarExchange.event("DTSTART:20261203T150000Z"),
                    header: ["METHOD:\(method)"]
                )
            )
            #expect(report.failed == 1 && report.created == 0, "\(method)")
            #expect(problems.count == 1)
        }
    }

    @Test("a lower SEQUENCE is passed over") func aLowerSEQUENCEIsPassedOver() throws {
        let exchange = try CalendarExchange()
        func calendar(_ sequence: Int, _ summary: String) -> String {
            CalendarExchange.calendar(
                CalendarExchange.event("DTSTART:20261203T150000Z", "SEQUENCE:\(sequence)", "SUMMARY:\(summary)")
            )
        }
        try exchange.take(calendar(2, "a"))
        #expect(try exchange.take(calendar(2, "a").replacing("20260101T", with: "20250101T")).report.unchanged == 1)
        #expect(try exchange.take(calendar(1, "b")).report.skipped == 1)
        #expect(try exchange.text("subject") == "a")
        #expect(try exchange.take(calendar(3, "c")).report.updated == 1)
        #expect(try exchange.text("subject") == "c")
    }

    @Test("of two messages with one SEQUENCE the one that was made later counts")
    func ofTwoMessagesWithOneSEQUENCETheOneThatWasMadeLaterCounts() throws {
        let exchange = try CalendarExchange()
        func request(_ stamp: String, _ start: String, _ original: String? = nil) -> String {
            CalendarExchange.calendar(
                ["BEGIN:VEVENT", "UID:u1", "DTSTAMP:\(stamp)", "DTSTART:\(start)", "SEQUENCE:0"]
                    + (original.map { ["RECURRENCE-ID:\($0)"] } ?? ["RRULE:FREQ=DAILY;COUNT=9"]) + ["END:VEVENT"],
                header: ["METHOD:REQUEST"]
            )
        }
        try exchange.take(request("20260301T000000Z", "20261201T090000Z"))
        #expect(try exchange.take(request("20260102T000000Z", "20261205T090000Z")).report.skipped == 1)
        #expect(try exchange.text("starts_at") == "2026-12-01T09:00:00Z")
        // So it is with those for one date.
        try exchange.take(request("20260303T000000Z", "20261202T110000Z", "20261202T090000Z"))
        try exchange.take(request("20260302T000000Z", "20261202T100000Z", "20261202T090000Z"))
        let starts = try exchange.crm.store.database.all("SELECT starts_at FROM event_occurrence").map { $0[0].text }
        #expect(starts == ["2026-12-02T11:00:00Z"])
        #expect(
            try exchange.take(request("20260304T000000Z", "20261202T120000Z", "20261202T090000Z")).report.updated == 1
        )
    }

    /// A meeting as it is called first, and as it is called again after it was cancelled.
    static let calls: [(first: [String], again: [String], status: String?)] = [
        (["SEQUENCE:0"], ["SEQUENCE:2"], nil), (["SEQUENCE:0", "STATUS:CONFIRMED"], ["SEQUENCE:2"], nil),
        (["SEQUENCE:0"], ["SEQUENCE:2", "STATUS:CONFIRMED"], "planned"),
        // The cancellation is a version of its own, and what came before it does not come back.
        (["SEQUENCE:0"], ["SEQUENCE:0"], "not_held"), (["SEQUENCE:0"], ["SEQUENCE:2", "STATUS:CANCELLED"], "not_held"),
    ]

    @Test("a cancelled meeting that is called again takes place", arguments: calls)
    func aCancelledMeetingThatIsCalledAgainTakesPlace(first: [String], again: [String], status: String?) throws {
        let exchange = try CalendarExchange()
        func message(_ method: String, _ stamp: String, _ lines: [String]) -> String {
            CalendarExchange.calendar(
                ["BEGIN:VEVENT", "UID:u1", "DTSTAMP:\(stamp)", "DTSTART:20261203T150000Z", "SUMMARY:a"] + lines
                    + ["END:VEVENT"],
                header: ["METHOD:\(method)"]
            )
        }
        try exchange.take(message("REQUEST", "20260101T000000Z", first))
        let cancellation = message("CANCEL", "20260102T000000Z", ["SEQUENCE:1", "STATUS:CANCELLED"])
        #expect(try exchange.take(cancellation).report.updated == 1)
        #expect(try exchange.text("status") == "not_held")
        #expect(try exchange.written().contains("STATUS:CANCELLED"))
        #expect(try exchange.take(cancellation).report.unchanged == 1)
        let isOutdated = again == ["SEQUENCE:0"]
        try exchange.take(message("REQUEST", isOutdated ? "20260101T000000Z" : "20260103T000000Z", again))
        #expect(try exchange.text("status") == status)
    }
}

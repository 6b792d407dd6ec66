import Localization
import Testing

@testable import CRMKit

@Suite("An event's status")
struct EventRulesTests {
    @Test(
        "fits its kind",
        arguments: [
            ("task", "in_progress"), ("task", "deferred"), ("meeting", "planned"), ("call", "held"),
            ("reminder", "not_held"), ("task", "a_status_of_mine"), ("meeting", "a_status_of_mine"),
        ]
    )
    func accepts(kind: String, status: String) throws {
        let draft = try Draft(new: .event).giving(["kind": .text(kind), "status": .text(status)])
        #expect(draft["status"] == .text(status))
    }

    @Test(
        "is refused on another kind",
        arguments: [("task", "held"), ("task", "planned"), ("meeting", "not_started"), ("call", "completed")]
    )
    func refuses(kind: String, status: String) throws {
        let error = try #require(throws: CRMError.self) {
            try Draft(new: .event).giving(["kind": .text(kind), "status": .text(status)])
        }
        #expect(error.code == .invalid)
        #expect(error.problems.map(\.field) == ["status"])
        #expect(error.problems.first?.value == status)
    }

    @Test("is looked at again when the kind changes, and only then")
    func kindChanges() throws {
        let meeting = Record.stored(.event, id: 1, ["kind": "meeting", "status": "held"])
        #expect(throws: CRMError.self) { try Draft(editing: meeting).giving(["kind": "task"]) }
        #expect(try Draft(editing: meeting).giving(["kind": "task", "status": "completed"])["status"] == "completed")
        let odd = Record.stored(.event, id: 1, ["kind": "meeting", "status": "completed"])
        #expect(try Draft(editing: odd).giving(["subject": "Budget"])["status"] == "completed")
    }

    @Test("may be missing")
    func missing() throws {
        #expect(try Draft(new: .event).giving(["kind": "task"])["status"] == .null)
    }
}

@Suite("A repetition of an event")
struct EventRepetitionTests {
    private static let start = "2027-01-05T16:00:00Z"

    @Test(
        "is refused where it ends before it begins",
        arguments: [
            "FREQ=DAILY;UNTIL=20200101", "FREQ=WEEKLY;UNTIL=20270104;BYDAY=MO", "FREQ=DAILY;UNTIL=20270105T155959Z",
            "FREQ=DAILY;UNTIL=20270105T095959",
        ]
    )
    func earlierEnd(rule: String) throws {
        let error = try #require(throws: CRMError.self) { try give(rule) }
        #expect(error.problems.map(\.field) == ["recurrence"])
    }

    @Test(
        "may end with its start",
        arguments: ["FREQ=DAILY;UNTIL=20270105", "FREQ=DAILY;UNTIL=20270105T160000Z", "FREQ=DAILY;COUNT=1"]
    )
    func sameEnd(rule: String) throws { #expect(try give(rule)["recurrence"] == .text(rule)) }

    @Test(
        "is told where its rule does not name the start, or nothing at all",
        arguments: [
            ("FREQ=YEARLY;BYWEEKNO=20", "does not name"), ("FREQ=YEARLY;BYWEEKNO=1", nil),
            ("FREQ=YEARLY;BYYEARDAY=100", "does not name"), ("FREQ=YEARLY;BYYEARDAY=5", nil),
            ("FREQ=DAILY;BYHOUR=9,11", "does not name"), ("FREQ=DAILY;BYHOUR=9,10", nil),
            ("FREQ=MONTHLY;BYHOUR=11", "does not name"), ("FREQ=MONTHLY;BYHOUR=10", nil),
            ("FREQ=YEARLY;BYHOUR=10", nil), ("FREQ=YEARLY;BYMONTH=3", "does not name"),
            ("FREQ=WEEKLY;BYDAY=WE", "does not name"), ("FREQ=WEEKLY;BYDAY=TU", nil),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "names no day that there is"),
            ("FREQ=WEEKLY;BYDAY=WE;COUNT=1", nil),
        ] as [(String, String?)]
    )
    func told(rule: String, words: String?) throws {
        let notices = try notices(of: rule, from: Self.start).map(\.en)
        #expect(notices.count == (words == nil ? 0 : 1), "\(notices)")
        if let words { #expect(notices.first?.contains(words) == true, "\(notices)") }
    }

    @Test(
        "tells the first month that is too short for its day, and what is written for the last day of each",
        arguments: [
            ("2027-01-31", "FREQ=MONTHLY", "febrero de 2027", "cada mes el último día"),
            ("2027-03-31", "FREQ=MONTHLY;COUNT=10", "abril de 2027", "cada mes el último día 10 veces"),
            ("2028-01-29", "FREQ=MONTHLY", "febrero de 2029", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
            ("2027-01-30", "FREQ=MONTHLY", "febrero de 2027", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
            (
                "2027-04-30", "FREQ=MONTHLY;BYMONTH=2,4", "febrero de 2028",
                "cada mes el último día en febrero y abril"
            ),
            ("2027-01-31", "FREQ=MONTHLY;INTERVAL=2", "septiembre de 2027", "cada 2 meses el último día"),
            ("2027-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,31", "febrero de 2027", "cada mes el día 15 y el último día"),
            (
                "2027-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30", "febrero de 2027",
                "FREQ=MONTHLY;BYMONTHDAY=15,28,29,30;BYSETPOS=-1,1"
            ),
            ("2028-02-29", "FREQ=YEARLY", "febrero de 2029", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"),
        ]
    )
    func shortMonths(day: String, rule: String, month: String, instead: String) throws {
        let notices = try notices(of: rule, from: "\(day)T16:00:00Z").map(\.es)
        #expect(notices.count == 1, "\(notices)")
        #expect(notices.first?.contains(month) == true && notices.first?.contains("'\(instead)'") == true, "\(notices)")
    }

    @Test(
        "tells so too where it is moved to such a day, and once",
        arguments: [
            ("2027-01-31T17:00:00Z", "FREQ=MONTHLY", 1), ("2027-01-28T17:00:00Z", "FREQ=MONTHLY", 0),
            ("2027-01-15T18:00:00Z", "FREQ=MONTHLY", 0), ("2027-01-31T17:00:00Z", "FREQ=WEEKLY", 0),
        ]
    )
    func movedToShortMonths(start: String, rule: String, count: Int) throws {
        let crm = try TemporaryStore()
        let notices = try crm.write(TemporaryStore.request("crm event add")) { transaction in
            let event = Registry.standard[.event]
            let values = [
                ("subject", "x"), ("starts_at", "2027-01-15T16:00:00Z"), ("recurrence", rule),
                ("time_zone", "America/Mexico_City"),
            ]
            let id = try transaction.add(event, values.map { FieldInput($0.0, .set($0.1)) })
            for moved in [start, start.replacing(":00:00Z", with: ":30:00Z")] {
                _ = try transaction.edit(event, id: id, [FieldInput("starts_at", .set(moved))])
            }
            return transaction.notices
        }
        #expect(notices.count == count, "\(notices)")
    }

    @Test(
        "tells nothing where all its months have its day",
        arguments: [
            ("2027-01-28", "FREQ=MONTHLY"), ("2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("2027-01-31", "FREQ=MONTHLY;COUNT=1"), ("2027-01-31", "FREQ=MONTHLY;UNTIL=20270215"),
            ("2027-01-31", "FREQ=MONTHLY;INTERVAL=12"), ("2027-01-31", "FREQ=MONTHLY;BYMONTH=1,3,5"),
            ("2027-01-31", "FREQ=YEARLY"), ("2027-01-31", "FREQ=WEEKLY"), ("2027-01-29", "FREQ=MONTHLY;BYDAY=-1FR"),
        ]
    )
    func longMonths(day: String, rule: String) throws {
        #expect(try notices(of: rule, from: "\(day)T16:00:00Z").isEmpty)
    }

    /// What is told of an event that is added with a repetition.
    private func notices(of rule: String, from start: String) throws -> [Text] {
        let crm = try TemporaryStore()
        return try crm.write(TemporaryStore.request("crm event add")) { transaction in
            let values = [
                ("subject", "x"), ("starts_at", start), ("recurrence", rule), ("time_zone", "America/Mexico_City"),
            ]
            _ = try transaction.add(Registry.standard[.event], values.map { FieldInput($0.0, .set($0.1)) })
            return transaction.notices
        }
    }

    private func give(_ rule: String) throws -> Draft {
        try Draft(new: .event).giving([
            "subject": "Coffee", "starts_at": .text(Self.start), "recurrence": .text(rule),
            "time_zone": "America/Mexico_City",
        ])
    }
}

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

    private func give(_ rule: String) throws -> Draft {
        try Draft(new: .event).giving([
            "subject": "Coffee", "starts_at": .text(Self.start), "recurrence": .text(rule),
            "time_zone": "America/Mexico_City",
        ])
    }
}

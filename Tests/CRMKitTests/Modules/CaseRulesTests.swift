import Testing

@testable import CRMKit

@Suite("A case")
struct CaseRulesTests {
    private let now = Value.text("2026-03-02T09:30:00Z")
    private let closed = Record.stored(
        .case,
        id: 1,
        ["status": "closed", "opened_at": "2026-01-01T00:00:00Z", "closed_at": "2026-02-01T00:00:00Z"]
    )

    @Test("is opened now unless told when")
    func opens() throws {
        #expect(try Draft(new: .case).giving([:])["opened_at"] == now)
        #expect(
            try Draft(new: .case).giving(["opened_at": "2026-01-05T00:00:00Z"])["opened_at"] == "2026-01-05T00:00:00Z"
        )
        #expect(try Draft(new: .case).giving([:])["closed_at"] == .null)
    }

    @Test("takes the time of its closing unless told when")
    func closes() throws {
        let open = Record.stored(.case, id: 1, ["status": "open"])
        #expect(try Draft(editing: open).giving(["status": "closed"])["closed_at"] == now)
        let told = try Draft(editing: open).giving(["status": "closed", "closed_at": "2026-02-03T00:00:00Z"])
        #expect(told["closed_at"] == "2026-02-03T00:00:00Z")
        #expect(try Draft(new: .case).giving(["status": "closed"])["closed_at"] == now)
    }

    @Test(
        "that comes in closed with a past was closed nobody knows when, unless told",
        arguments: [
            (["opened_at": "2026-03-01T00:00:00Z"], nil), (["created_at": "2026-03-01T00:00:00Z"], nil),
            (["opened_at": "2026-03-02T09:30:00Z"], "2026-03-02T09:30:00Z"),
            (["opened_at": "2026-03-01T00:00:00Z", "closed_at": "2026-03-02T09:30:00Z"], "2026-03-02T09:30:00Z"),
        ] as [([String: String], String?)]
    )
    func comesInClosed(given: [String: String], closed: String?) throws {
        let inputs = given.mapValues(Value.text).merging(["status": "closed"]) { $1 }
        #expect(try Draft(new: .case).giving(inputs)["closed_at"] == closed.map(Value.text) ?? .null)
    }

    @Test("forgets when it was closed as it is reopened")
    func reopens() throws {
        #expect(try Draft(editing: closed).giving(["status": "in_progress"])["closed_at"] == .null)
    }

    @Test("keeps its times through other edits")
    func keeps() throws {
        let edited = try Draft(editing: closed).giving(["title": "Printer", "status": "closed"])
        #expect(edited["closed_at"] == "2026-02-01T00:00:00Z")
        #expect(edited["opened_at"] == "2026-01-01T00:00:00Z")
    }
}

import Testing

@testable import CRMKit

/// Reports about cases: when they are answered, resolved and left.
@Suite struct CaseReportTests {
    private let desk: ReportDesk

    init() throws { desk = try .withPeople() }

    @Test("cases are answered resolved and left") func casesAreAnsweredResolvedAndLeft() throws {
        try desk.add(.product, ["name": "Drill"])
        try desk.add(
            .case,
            [
                "title": "A", "priority": "urgent", "category": "big_problem", "product": "1", "assigned_to": "ana",
                "hours": "2.5",
            ]
        )
        try desk.on("2026-01-02")
        try desk.crm.edit(.case, 1, ["status": "in_progress"])
        try desk.on("2026-01-04")
        try desk.crm.edit(.case, 1, ["status": "closed"])
        try desk.on("2026-02-01")
        try desk.add(.case, ["title": "B", "priority": "low", "assigned_to": "bea"])
        try desk.on("2026-02-01", at: "06:00:00")
        try desk.add(.comment, ["contact": "1", "body": "Seen", "about": "case:2"])
        try desk.on("2026-02-10")
        try desk.add(.case, ["title": "C", "status": "wait_for_response", "assigned_to": "ana"])

        #expect(try desk.rows("case-load") == ["ana|1|0|1|2026-02-10", "bea|1|0|0|2026-02-01"])
        #expect(
            try desk.rows("case-times") == [
                "2026-01|1|1|86400|86400|1|259200|259200|0", "2026-02|2|1|21600|21600|0|-|-|0",
            ]
        )
        #expect(
            try desk.rows("case-backlog") == ["2026-01|1|1|0|0|0", "2026-02|2|0|0|0|2", "2026-03|0|0|0|0|2"]
        )
        #expect(
            try desk.rows("case-patterns") == [
                "-|-|2|666667|2|-|-", "big_problem|1|1|333333|0|2500000|259200",
            ]
        )
        #expect(
            try desk.rows("overdue-cases") == [
                "2|CAS-2026-0002|low|open|bea|-|29|14", "3|CAS-2026-0003|-|wait_for_response|ana|-|20|7",
            ]
        )
        #expect(try desk.rows("overdue-cases", ["days": "25"]).count == 1)
        // That it was answered and closed stays so when it is opened again.
        try desk.on("2026-03-01", at: "06:00:00")
        try desk.crm.edit(.case, 1, ["status": "open"])
        #expect(try desk.rows("case-times", where: ["id = 1"]) == ["2026-01|1|1|86400|86400|0|-|-|0"])
        #expect(
            try desk.rows("case-backlog") == ["2026-01|1|1|0|0|0", "2026-02|2|0|0|0|2", "2026-03|0|0|1|0|3"]
        )
    }

    @Test("A case is answered by what was sent or took place about it, not by what came in or did not take place")
    func answersOfCases() throws {
        let about: [(ModuleName, KeyValuePairs<String, String>)] = [
            (.email, ["subject": "A", "direction": "outgoing", "date": "2026-01-02T00:00:00Z"]),
            (.email, ["subject": "B", "direction": "incoming", "date": "2026-01-02T00:00:00Z"]),
            (.email, ["subject": "C", "direction": "internal", "date": "2026-01-02T00:00:00Z"]),
            (.event, ["subject": "D", "kind": "call", "status": "held", "starts_at": "2026-01-03T00:00:00Z"]),
            (.event, ["subject": "E", "kind": "call", "status": "not_held", "starts_at": "2026-01-03T00:00:00Z"]),
            (.event, ["subject": "F", "kind": "call", "status": "planned", "starts_at": "2026-05-01T00:00:00Z"]),
        ]
        var times: [String] = []
        for (place, thing) in about.enumerated() {
            try desk.on("2026-01-01")
            try desk.add(.case, ["title": "A", "category": "big_problem"])
            let fields = Array(thing.1).map { ($0.key, $0.value) } + [("about", "case:\(place + 1)")]
            try desk.crm.write {
                _ = try $0.add(Registry.standard[thing.0], fields.map { FieldInput($0.0, .set($0.1)) })
            }
            let row = try desk.rows("case-times", where: ["id = \(place + 1)"]).first ?? ""
            times += row.split(separator: "|").dropFirst(3).prefix(1).map(String.init)
        }
        #expect(times == ["86400", "-", "-", "172800", "-", "-"])
    }

    @Test("What came in with a past stands in the months in which it was, and its status at that time is no answer")
    func importedCases() throws {
        try desk.on("2026-02-20")
        for (opened, status, closed) in [
            ("2025-11-01", "closed", "2025-11-03"), ("2025-12-01", "in_progress", nil), ("2025-12-05", "closed", nil),
        ] as [(String, String, String?)] {
            try desk.crm.write { transaction in
                let fields =
                    [("title", "A"), ("opened_at", opened), ("status", status)]
                    + (closed.map { [("closed_at", $0)] } ?? [])
                _ = try transaction.add(Registry.standard[.case], fields.map { FieldInput($0.0, .set($0.1)) })
            }
        }
        #expect(
            try desk.rows("case-times") == [
                "2025-11|1|1|172800|172800|1|172800|172800|0", "2025-12|2|0|-|-|0|-|-|1",
            ]
        )
        #expect(
            try desk.rows("case-backlog") == [
                "2025-11|1|1|0|0|0", "2025-12|2|0|0|1|1", "2026-01|0|0|0|0|1", "2026-02|0|0|0|0|1",
                "2026-03|0|0|0|0|1",
            ]
        )
    }

    @Test("A closing that input gave is known, be it that of the moment in which the case was written down")
    func closedNow() throws {
        try desk.on("2026-02-20")
        for fields: KeyValuePairs<String, String> in [
            ["title": "A", "opened_at": "2026-02-19", "closed_at": "now"],
            ["title": "B", "opened_at": "2026-02-19", "status": "closed"],
        ] {
            try desk.add(.case, fields)
        }
        #expect(try desk.rows("case-times") == ["2026-02|2|1|86400|86400|1|86400|86400|1"])
        #expect(try desk.rows("case-backlog", having: ["month = '2026-02-01'"]) == ["2026-02|2|1|0|1|0"])
        try desk.crm.edit(.case, 2, ["closed_at": "2026-02-21"])
        #expect(try desk.rows("case-times") == ["2026-02|2|2|129600|172800|2|129600|172800|0"])
    }

    @Test("What is known to be answered though nobody knows when it was closed, and what is older than the case")
    func answersBeforeAndAfter() throws {
        try desk.on("2026-02-20")
        try desk.add(.case, ["title": "A", "opened_at": "2026-02-19", "status": "closed"])
        try desk.add(.comment, ["contact": "1", "body": "Seen", "about": "case:1"])
        try desk.add(.case, ["title": "B"])
        let sent: KeyValuePairs<String, String> = [
            "subject": "B", "direction": "outgoing", "date": "2026-01-20T00:00:00Z", "about": "case:2",
        ]
        try desk.add(.email, sent)
        #expect(try desk.rows("case-times", where: ["id = 1"]) == ["2026-02|1|1|86400|86400|0|-|-|1"])
        #expect(try desk.rows("case-times", where: ["id = 2"]) == ["2026-02|1|0|-|-|0|-|-|0"])
    }
}

import Testing

@testable import CRMKit

/// Reports about what is said to people, sent to them and done with them.
@Suite struct TouchReportTests {
    private let desk: ReportDesk

    init() throws { desk = try .withPeople() }

    @Test("campaigns are worth what they bring") func campaignsAreWorthWhatTheyBring() throws {
        try desk.add(.campaign, ["name": "Spring", "target_size": "10", "actual_cost": "100 MXN"])
        for (contact, response) in [(1, "converted"), (2, "responded"), (3, "none")] as [(Int64, String)] {
            try desk.crm.link(.campaign, contact: contact, record: 1, ["response": response])
        }
        try desk.add(.campaign, ["name": "Without amounts"])
        for (campaign, amount) in [(1, "300 MXN"), (1, "20 USD"), (2, "7 MXN"), (2, "5 USD")] {
            try desk.add(
                .opportunity,
                [
                    "name": "A", "contact": "1", "amount": amount, "close_date": "2026-02-01", "stage": "closed_won",
                    "campaign": "\(campaign)",
                ]
            )
        }
        #expect(
            try desk.rows("campaign-results") == [
                "1|3|300000|2|666667|1|333333|MXN|10000|5000|2|30000|1|2000000",
                "2|0|-|0|-|0|-|USD|-|-|2|500|1|-",
            ]
        )
    }

    @Test("touches of what comes again are as its dates are") func touchesOfWhatComesAgainAreAsItsDatesAre() throws {
        let event = try desk.add(
            .event,
            [
                "subject": "Call", "kind": "call", "starts_at": "2026-01-05T10:00:00Z", "time_zone": "UTC",
                "recurrence": "FREQ=WEEKLY",
            ]
        )
        try desk.crm.link(.event, contact: 1, record: event)
        func touches() throws -> [String] {
            try desk.rows("untouched-contacts", ["days": "0"]).filter { $0.hasPrefix("1|") }
        }
        #expect(try touches() == ["1|1|2026-02-23|7|2026-03-02"])
        for (date, change) in [
            ("2026-03-02", ("status", "not_held")), ("2026-02-23", ("starts_at", "2026-02-20T10:00:00Z")),
            ("2026-03-09", ("starts_at", "2026-03-30T10:00:00Z")), ("2026-03-16", ("status", "not_held")),
        ] {
            try desk.crm.write {
                _ = try $0.edit(
                    occurrence: date,
                    of: event,
                    in: Registry.standard[.event],
                    [FieldInput(change.0, .set(change.1))]
                )
            }
        }
        #expect(try touches() == ["1|1|2026-02-20|10|2026-03-23"])
    }

    @Test("contacts that nobody spoke to") func contactsThatNobodySpokeTo() throws {
        for (day, status) in [("2026-01-01", "held"), ("2026-02-25", "not_held"), ("2026-03-05", "planned")] {
            let event = try desk.add(
                .event,
                ["subject": "Call", "kind": "call", "starts_at": "\(day)T10:00:00Z", "status": status]
            )
            try desk.crm.link(.event, contact: 1, record: event)
        }
        try desk.on("2026-02-20")
        try desk.add(
            .comment,
            ["contact": "2", "body": "Called", "department": "Sales", "author": "ana", "follow_up_on": "2026-03-01"]
        )
        #expect(
            try desk.rows("untouched-contacts", ["days": "30"]) == [
                "1|1|2026-01-01|60|2026-03-05", "3|1|-|-|-",
            ]
        )
        #expect(try desk.rows("untouched-contacts", ["days": "10"]).count == 3)
        #expect(try desk.rows("comments-by-department") == ["Sales|1|1|1|2026-02-20"])
        #expect(try desk.rows("follow-ups-due") == ["2026-03-01|1|2|Sales|ana|1"])
    }

    @Test("An open opportunity is touched by what is said and sent about it, what takes place, and quotes made of it")
    func touchesOfOpportunities() throws {
        for name in ["A", "B", "C", "D", "E"] {
            try desk.add(
                .opportunity,
                [
                    "name": name, "contact": "1", "amount": "1 MXN", "close_date": "2026-12-01", "stage": "proposal",
                ]
            )
        }
        try desk.on("2026-02-10")
        try desk.add(.email, ["subject": "S", "date": "2026-02-05T00:00:00Z", "about": "opportunity:2"])
        try desk.add(.quote, ["subject": "S", "opportunity": "3"], lines: ["text=n,price=1"])
        for (number, status) in [("4", "held"), ("5", "not_held")] {
            try desk.add(
                .event,
                [
                    "subject": "S", "kind": "call", "starts_at": "2026-02-07T10:00:00Z", "status": status,
                    "about": "opportunity:\(number)",
                ]
            )
        }
        let touches = try desk.rows("stale-opportunities", ["days": "0"]).map { row in
            let cells = row.split(separator: "|")
            return "\(cells[0]) \(cells[6])"
        }
        #expect(touches == ["1 2026-01-01", "5 2026-01-01", "2 2026-02-05", "4 2026-02-07", "3 2026-02-10"])
    }

    @Test("Messages of a linked direct room touch, and in other rooms those that the contact wrote")
    func chatTouches() throws {
        for (name, kind) in [("direct", "direct"), ("all", "channel")] {
            try desk.add(.channel, ["name": name, "room_id": name, "kind": kind])
        }
        try desk.crm.link(.channel, contact: 1, record: 1)
        try desk.crm.link(.channel, contact: 3, record: 2)
        try desk.crm.store.database.execute(
            """
            INSERT INTO channel_member (channel, position, username, contact) VALUES (2, 1, 'soto', 2), (2, 2, 'bot', NULL);
            INSERT INTO channel_message (channel, position, message_id, author, sent_at) VALUES
            (1, 1, 'a', 'ana', '2026-02-01T10:00:00Z'), (2, 1, 'b', 'soto', '2026-02-02T10:00:00Z'),
            (2, 2, 'c', 'bot', '2026-02-03T10:00:00Z');
            """
        )
        let touches = try desk.rows("untouched-contacts", ["days": "0"]).map { $0.split(separator: "|")[2] }
        #expect(touches == ["2026-02-01", "2026-02-02", "-"])
    }
}

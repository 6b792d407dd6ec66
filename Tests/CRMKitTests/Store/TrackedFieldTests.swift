import SQLite
import Testing

@testable import CRMKit

/// A tracked field keeps a row for each period in which it had a value.
@Suite struct TrackedFieldTests {
    let crm: TemporaryStore
    let opportunity: Int64

    init() throws {
        crm = try TemporaryStore()
        let acme = try crm.add(.organization, ["name": "Acme"])
        let ana = try crm.add(.contact, ["last_name": "Ruiz", "organization": "\(acme)"])
        opportunity = try crm.add(
            .opportunity,
            [
                "name": "Renewal", "contact": "\(ana)", "close_date": "2026-12-31", "amount": "10 USD",
                "stage": "prospecting",
            ]
        )
    }

    private func periods() throws -> [String] {
        try crm.store.database.all(
            """
            SELECT "position", "value", "entered_at", coalesce("left_at", '-') FROM "opportunity_stage_period" \
            WHERE "opportunity" = ? ORDER BY 1
            """,
            [.integer(opportunity)]
        ).map { row in row.map { $0.text ?? "\($0.integer ?? -1)" }.joined(separator: " ") }
    }

    private func move(to stage: String, at time: String) throws {
        crm.store.clock = try #require(Moment(stored: time).map { Clock(zone: crm.store.clock.zone, at: $0) })
        try crm.edit(.opportunity, opportunity, ["stage": stage])
    }

    @Test("a new record begins its first period") func aNewRecordBeginsItsFirstPeriod() throws {
        #expect(try periods() == ["1 prospecting 2026-03-02T09:30:00Z -"])
    }

    @Test("each change ends a period and begins the next") func eachChangeEndsAPeriodAndBeginsTheNext() throws {
        try move(to: "proposal", at: "2026-03-05T10:00:00Z")
        try crm.edit(.opportunity, opportunity, ["next_step": "call"])
        try move(to: "closed_won", at: "2026-03-09T10:00:00Z")
        #expect(
            try periods() == [
                "1 prospecting 2026-03-02T09:30:00Z 2026-03-05T10:00:00Z",
                "2 proposal 2026-03-05T10:00:00Z 2026-03-09T10:00:00Z",
                "3 closed_won 2026-03-09T10:00:00Z -",
            ]
        )
        #expect(try crm.store.check() == [])
    }

    @Test("a clock that is set back makes no period end before it begins", arguments: [false, true])
    func aClockThatIsSetBack(inBulk: Bool) throws {
        let other = try crm.add(
            .opportunity,
            ["name": "New", "contact": "1", "close_date": "2026-12-31", "amount": "10 USD", "stage": "prospecting"]
        )
        try move(to: "proposal", at: "2026-03-05T10:00:00Z")
        let back = try #require(Moment(stored: "2026-03-04T10:00:00Z"))
        crm.store.clock = Clock(zone: crm.store.clock.zone, at: back)
        if inBulk {
            let negotiation = FieldInput("stage", .set("negotiation"))
            #expect(try crm.write { try $0.edit(crm.store.choose(.opportunity, where: []), [negotiation]) } == 2)
        } else {
            for id in [opportunity, other] { try crm.edit(.opportunity, id, ["stage": "negotiation"]) }
        }
        #expect(
            try periods().suffix(2) == [
                "2 proposal 2026-03-05T10:00:00Z 2026-03-05T10:00:00Z", "3 negotiation 2026-03-05T10:00:00Z -",
            ]
        )
        let others = "SELECT value, entered_at FROM opportunity_stage_period WHERE opportunity = \(other) ORDER BY id"
        #expect(
            try crm.rows(others) == ["prospecting 2026-03-02T09:30:00Z", "negotiation 2026-03-04T10:00:00Z"]
        )
        #expect(try crm.store.check() == [])
    }

    @Test("an undo takes the periods along") func anUndoTakesThePeriodsAlong() throws {
        let before = try crm.contents()
        try move(to: "proposal", at: "2026-03-05T10:00:00Z")
        let after = try crm.contents()
        let undo = try crm.undo()
        #expect(try crm.contents() == before)
        try crm.undo(undo.changeSet.id)
        #expect(try crm.contents() == after)
        try crm.undo()
        try crm.undo(3)
        #expect(try periods() == [])
    }

    @Test("deleting takes them and undo brings them back") func deletingTakesThemAndUndoBringsThemBack() throws {
        try move(to: "proposal", at: "2026-03-05T10:00:00Z")
        let before = try crm.contents()
        try crm.delete(.opportunity, opportunity, reach: .links)
        #expect(try periods() == [])
        try crm.undo()
        #expect(try crm.contents() == before)
    }

    @Test("only choices are tracked", arguments: Registry.standard.names)
    func onlyChoicesAreTracked(name: ModuleName) {
        for field in Registry.standard[name].fields where field.traits.contains(.tracked) {
            #expect(!field.type.choices.isEmpty)
        }
    }

    @Test("the dictionary's fields are tracked") func theDictionarysFieldsAreTracked() {
        let tracked = Registry.standard.modules.flatMap { module in
            module.fields.filter { $0.traits.contains(.tracked) }.map { "\(module.name).\($0.key)" }
        }
        #expect(
            Set(tracked) == [
                "opportunity.stage", "quote.stage", "sales-order.status", "purchase-order.status", "case.status",
                "project.status", "contract.status",
            ]
        )
    }
}

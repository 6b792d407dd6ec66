import Testing

@testable import CRMKit

private let records: [Record] = [
    .stored(.contact, id: 1, ["name": "Ana Ruiz", "organization": 10, "lead_source": "partner", "assigned_to": "eva"]),
    .stored(.contact, id: 2, ["name": "Luis Mora", "organization": 20]),
    .stored(.contact, id: 3, ["name": "Sol Paz"]),
    .stored(.organization, id: 10, ["name": "North"]),
    .stored(.organization, id: 20, ["name": "South"]),
]

private func stored(_ values: [String: Value]) -> Draft {
    let base: [String: Value] = ["contact": 1, "organization": 10, "stage": "qualification", "probability": 200_000]
    return Draft(editing: .stored(.opportunity, id: 7, base.merging(values) { $1 }))
}

@Suite("An opportunity's organization")
struct OpportunityOrganizationTests {
    private let context = FakeRuleContext(records)

    @Test("comes from the contact, without a word")
    func comesFromContact() throws {
        #expect(try Draft(new: .opportunity).giving(["contact": 1], in: context)["organization"] == 10)
        #expect(
            try Draft(new: .opportunity).giving(["contact": 1, "organization": .null], in: context)["organization"]
                == 10
        )
        #expect(context.notices.isEmpty)
    }

    @Test("may be given where it is the same, or the contact has none")
    func mayBeGiven() throws {
        #expect(
            try Draft(new: .opportunity).giving(["contact": 1, "organization": 10], in: context)["organization"] == 10
        )
        #expect(
            try Draft(new: .opportunity).giving(["contact": 3, "organization": 20], in: context)["organization"] == 20
        )
        #expect(try Draft(new: .opportunity).giving(["contact": 3], in: context)["organization"] == .null)
    }

    @Test("cannot contradict the contact")
    func contradicts() throws {
        let error = try #require(throws: CRMError.self) {
            try Draft(new: .opportunity).giving(["contact": 1, "organization": 20], in: context)
        }
        #expect(error.code == .refused)
        #expect(error.message.en == "contact 1 (Ana Ruiz) belongs to North, not to South")
        #expect(error.hint?.es.contains("--force") == true)
        #expect(throws: CRMError.self) { try stored([:]).giving(["organization": 20], in: context) }
        #expect(throws: CRMError.self) { try stored([:]).giving(["contact": 2, "organization": 10], in: context) }
    }

    @Test("contradicts the contact by force")
    func forced() throws {
        let forced = FakeRuleContext(records, isForced: true)
        #expect(
            try Draft(new: .opportunity).giving(["contact": 1, "organization": 20], in: forced)["organization"] == 20
        )
    }

    @Test("follows the contact that an edit puts in another's place, and says so")
    func followsNewContact() throws {
        #expect(try stored([:]).giving(["contact": 2], in: context)["organization"] == 20)
        #expect(context.notices.map(\.en) == ["the organization is now South, the new contact's"])
    }

    @Test("stays where the new contact has none, or the same")
    func stays() throws {
        #expect(try stored([:]).giving(["contact": 3], in: context)["organization"] == 10)
        #expect(try stored(["contact": 3]).giving(["contact": 1], in: context)["organization"] == 10)
        #expect(context.notices.isEmpty)
    }

    @Test("is not looked at by other edits, nor when it is given as it already was")
    func otherEdits() throws {
        let forcedOnce = stored(["organization": 20])
        #expect(try forcedOnce.giving(["name": "Renewal"], in: context)["organization"] == 20)
        #expect(try forcedOnce.giving(["organization": 20, "contact": 1], in: context)["organization"] == 20)
    }

    @Test("cannot be emptied by an edit that also moves the contact")
    func emptied() throws {
        #expect(try stored([:]).giving(["contact": 2, "organization": .null], in: context)["organization"] == .null)
    }
}

@Suite("An opportunity's stage")
struct OpportunityStageTests {
    @Test(
        "gives a new one its probability",
        arguments: [
            ("prospecting", 10), ("qualification", 20), ("needs_analysis", 25), ("value_proposition", 30),
            ("id_decision_makers", 40), ("perception_analysis", 50), ("proposal", 65), ("negotiation", 80),
            ("closed_won", 100), ("closed_lost", 0),
        ]
    )
    func givesProbability(stage: String, percent: Int64) throws {
        let draft = try Draft(new: .opportunity).giving(["stage": .text(stage)])
        #expect(draft["probability"] == .integer(percent * 10_000))
    }

    @Test("leaves a probability that was given")
    func leavesGiven() throws {
        #expect(
            try Draft(new: .opportunity).giving(["stage": "proposal", "probability": 900_000])["probability"] == 900_000
        )
        #expect(try stored([:]).giving(["stage": "proposal", "probability": 200_000])["probability"] == 200_000)
    }

    @Test("moves the probability while it is the stage's own")
    func movesDefault() throws {
        #expect(try stored([:]).giving(["stage": "negotiation"])["probability"] == 800_000)
        #expect(try stored(["probability": 330_000]).giving(["stage": "negotiation"])["probability"] == 330_000)
        #expect(try stored(["probability": .null]).giving(["stage": "negotiation"])["probability"] == .null)
        #expect(try stored([:]).giving(["name": "Renewal"])["probability"] == 200_000)
    }

    @Test("that the user added brings nothing")
    func addedByUser() throws {
        #expect(try Draft(new: .opportunity).giving(["stage": "on_ice"])["probability"] == .null)
        #expect(try stored([:]).giving(["stage": "on_ice"])["probability"] == 200_000)
    }

    @Test("closes it", arguments: [("closed_won", Int64(1_000_000)), ("closed_lost", 0)])
    func closes(stage: String, probability: Int64) throws {
        let draft = try stored(["probability": 330_000]).giving(["stage": .text(stage)])
        #expect(draft["probability"] == .integer(probability))
        #expect(draft["closed_on"] == "2026-03-02")
        let told = try stored([:]).giving(["stage": .text(stage), "closed_on": "2026-02-27"])
        #expect(told["closed_on"] == "2026-02-27")
    }

    @Test("forgets how it ended when it is reopened")
    func reopens() throws {
        let lost = stored(
            ["stage": "closed_lost", "probability": 0, "closed_on": "2026-01-31", "lost_reason": "price"])
        let draft = try lost.giving(["stage": "negotiation"])
        #expect(draft["closed_on"] == .null)
        #expect(draft["lost_reason"] == .null)
        #expect(draft["probability"] == 800_000)
        #expect(try lost.giving(["stage": "closed_won"])["lost_reason"] == .null)
    }

    @Test("asks why it was lost")
    func asks() throws {
        let questions = try #require(Module.opportunity.prompting.questions)
        #expect(questions(try stored([:]).giving(["stage": "closed_lost"])) == ["lost_reason"])
        #expect(questions(try stored([:]).giving(["stage": "closed_lost", "lost_reason": "price"])).isEmpty)
        #expect(questions(try stored([:]).giving(["stage": "closed_won"])).isEmpty)
        #expect(questions(try stored(["stage": "closed_lost"]).giving(["name": "Renewal"])).isEmpty)
    }

    @Test("has a contact who suggests where it came from and who cares for it")
    func suggests() throws {
        let suggest = try #require(Module.opportunity.prompting.suggest)
        let context = FakeRuleContext(records)
        let draft = try Draft(new: .opportunity).giving(["contact": 1], in: context)
        #expect(try suggest(draft, context) == ["lead_source": "partner", "assigned_to": "eva"])
        #expect(draft["lead_source"] == .null)
        let told = try Draft(new: .opportunity).giving(["contact": 1, "lead_source": "employee"], in: context)
        #expect(try suggest(told, context) == ["assigned_to": "eva"])
        #expect(try suggest(stored([:]), context).isEmpty)
    }
}

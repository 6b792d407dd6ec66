import SQLite
import Testing

@testable import CRMKit

@Suite struct LinkTests {
    let crm: TemporaryStore

    /// Contacts 1 to 3, asset 1, document 1, an opportunity 1 of contact 1. Today is 2026-03-02.
    init() throws {
        crm = try TemporaryStore()
        try crm.add(.organization, ["name": "Acme"])
        for name in ["Ana", "Eva", "Leo"] { try crm.add(.contact, ["last_name": name, "organization": "1"]) }
        try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        try crm.add(.case, ["title": "Broken"])
        try crm.add(
            .opportunity,
            ["name": "R", "contact": "1", "close_date": "2026-12-31", "amount": "1", "stage": "proposal"]
        )
    }

    private func links(_ table: String, _ columns: String) throws -> [String] {
        try crm.rows("SELECT \(columns) FROM \(table) ORDER BY id")
    }

    private func assets() throws -> [String] { try links("contact_asset", "contact, role, since, until") }

    @Test("linking again changes nothing") func linkingAgainChangesNothing() throws {
        #expect(try crm.link(.asset, contact: 1, record: 1, ["role": "user"]).outcome == .linked)
        let count = try crm.store.history().count
        #expect(try crm.link(.asset, contact: 1, record: 1, ["role": "user"]).outcome == .alreadyLinked)
        #expect(try crm.link(.asset, contact: 1, record: 1).outcome == .alreadyLinked)
        #expect(try crm.store.history().count == count)
        #expect(try assets() == ["1 user - -"])
    }

    @Test("other attributes bring the link up to date") func otherAttributesBringTheLinkUpToDate() throws {
        try crm.link(.asset, contact: 1, record: 1, ["role": "user"])
        #expect(try crm.link(.asset, contact: 1, record: 1, ["role": "user", "note": "Ñ"]).outcome == .updated)
        #expect(try links("contact_asset", "note, note_match") == ["Ñ n"])
        #expect(try crm.link(.asset, contact: 1, record: 1, ["role": "owner"]).outcome == .linked)
        #expect(crmError { try crm.link(.asset, contact: 1, record: 1, ["note": "x"]) }?.code == .ambiguous)
    }

    @Test("an ended link is history and a new one may begin") func anEndedLinkIsHistoryAndANewOneMayBegin() throws {
        try crm.link(.asset, contact: 1, record: 1, ["since": "2026-01-01"])
        #expect(try crm.unlink(.asset, contact: 1, record: 1, endedOn: "2026-02-01") == 1)
        #expect(try crm.unlink(.asset, contact: 1, record: 1, endedOn: "2026-02-01") == 0)
        #expect(try crm.link(.asset, contact: 1, record: 1, ["since": "2026-02-15"]).outcome == .linked)
        #expect(try assets() == ["1 - 2026-01-01 2026-02-01", "1 - 2026-02-15 -"])
    }

    @Test("a link that ends today is over and one that ends tomorrow is not")
    func aLinkThatEndsTodayIsOverAndOneThatEndsTomorrowIsNot() throws {
        try crm.link(.asset, contact: 1, record: 1, ["until": "2026-03-02"])
        try crm.link(.asset, contact: 2, record: 1, ["until": "2026-03-03"])
        #expect(try crm.unlink(.asset, contact: 1, record: 1) == 0)
        #expect(try crm.unlink(.asset, contact: 2, record: 1) == 1)
    }

    @Test("no period ends before it begins") func noPeriodEndsBeforeItBegins() throws {
        let backwards: KeyValuePairs = ["since": "2026-02-02", "until": "2026-02-01"]
        #expect(crmError { try crm.link(.asset, contact: 1, record: 1, backwards) }?.code == .invalid)
        try crm.link(.asset, contact: 1, record: 1, ["since": "2026-06-01"])
        #expect(crmError { try crm.unlink(.asset, contact: 1, record: 1, endedOn: "2026-03-02") }?.code == .invalid)
        #expect(crmError { try crm.link(.asset, contact: 2, record: 1, replacing: true) }?.code == .invalid)
        #expect(try assets() == ["1 - 2026-06-01 -"])
    }

    @Test("a hand over ends the others of the role when the new one begins")
    func aHandOverEndsTheOthersOfTheRoleWhenTheNewOneBegins() throws {
        try crm.link(.asset, contact: 1, record: 1, ["role": "custodian", "since": "2026-01-01"])
        try crm.link(.asset, contact: 1, record: 1, ["role": "owner"])
        let result = try crm.link(.asset, contact: 2, record: 1, ["role": "custodian"], replacing: true)
        #expect(result.outcome == .linked)
        #expect(result.ended == 1)
        #expect(
            try assets() == ["1 custodian 2026-01-01 2026-03-02", "1 owner - -", "2 custodian 2026-03-02 -"]
        )
        let again = try crm.link(.asset, contact: 2, record: 1, ["role": "custodian"], replacing: true)
        #expect(again.outcome == .alreadyLinked)
        #expect(again.ended == 0)
    }

    @Test("who has it already keeps the day since when, unless another is given")
    func whoHasItAlreadyKeepsTheDaySinceWhen() throws {
        let roles: KeyValuePairs = ["role": "custodian"]
        for holder in [2, 1] as [Int64] {
            try crm.link(.asset, contact: 1, record: 1, ["role": "custodian", "since": "2025-01-01"])
            try crm.link(.asset, contact: 2, record: 1, ["role": "custodian", "since": "2025-06-01"])
            let result = try crm.link(.asset, contact: holder, record: 1, roles, replacing: true)
            #expect(result.outcome == .alreadyLinked)
            #expect(result.ended == 1)
            let since = holder == 1 ? "2025-01-01" : "2025-06-01"
            #expect(try assets().filter { $0.hasSuffix("-") } == ["\(holder) custodian \(since) -"])
            try crm.undo()
        }
        let given: KeyValuePairs = ["role": "custodian", "since": "2026-01-01"]
        #expect(try crm.link(.asset, contact: 1, record: 1, given, replacing: true).outcome == .updated)
        #expect(try assets().filter { $0.hasSuffix("-") } == ["1 custodian 2026-01-01 -"])
    }

    @Test("without periods a hand over takes the others away") func withoutPeriodsAHandOverTakesTheOthersAway() throws {
        try crm.link(.case, contact: 1, record: 1, ["role": "reporter"])
        try crm.link(.case, contact: 2, record: 1, ["role": "reporter"], replacing: true)
        #expect(try links("contact_case", "contact, role") == ["2 reporter"])
    }

    @Test("exactly one link mirrors the field") func exactlyOneLinkMirrorsTheField() throws {
        #expect(try links("contact_opportunity", "contact, role") == ["1 primary"])
        try crm.link(.opportunity, contact: 2, record: 1, ["role": "influencer"])
        try crm.edit(.opportunity, 1, ["contact": "2"])
        #expect(try links("contact_opportunity", "contact, role") == ["2 primary"])
        for (contact, role) in [(3, "primary"), (1, "primary")] as [(Int64, String)] {
            let error = crmError { try crm.link(.opportunity, contact: contact, record: 1, ["role": role]) }
            #expect(error?.code == .refused)
        }
        #expect(crmError { try crm.unlink(.opportunity, contact: 2, record: 1, role: nil) }?.code == .refused)
        try crm.undo()
        #expect(try links("contact_opportunity", "contact, role") == ["1 primary", "2 influencer"])
        #expect(try crm.unlink(.opportunity, contact: 2, record: 1, role: .text("influencer")) == 1)
        #expect(try links("contact_opportunity", "contact, role") == ["1 primary"])
    }

    @Test("who had another role before a hand over has it again afterwards")
    func whoHadAnotherRoleBeforeAHandOverHasItAgainAfterwards() throws {
        try crm.link(.opportunity, contact: 2, record: 1, ["role": "influencer"])
        try crm.edit(.opportunity, 1, ["contact": "2"])
        try crm.edit(.opportunity, 1, ["contact": "1"])
        #expect(try links("contact_opportunity", "contact, role").sorted() == ["1 primary", "2 influencer"])
    }

    @Test("both ends must exist", arguments: [(9, 1), (1, 9)] as [(Int64, Int64)])
    func bothEndsMustExist(contact: Int64, record: Int64) throws {
        #expect(crmError { try crm.link(.asset, contact: contact, record: record) }?.code == .notFound)
    }

    @Test(
        "modules without links say how contacts are set",
        arguments: [
            (ModuleName.comment, "crm comment edit REF --contact REF"),
            (.organization, "crm contact edit REF --organization REF"),
        ]
    )
    func modulesWithoutLinksSayHowContactsAreSet(module: ModuleName, hint: String) throws {
        let error = crmError {
            _ = try crm.write {
                try $0.linkWriter(of: Registry.standard[module]).unlink(contact: 1, record: 1, role: nil, endedOn: nil)
            }
        }
        #expect(error?.code == .usage)
        #expect(error?.hint?.en.calling(program: "crm") == hint)
    }
}

@Suite struct DeletionTests {
    let crm: TemporaryStore

    init() throws {
        crm = try TemporaryStore()
        try crm.add(.organization, ["name": "Acme"])
        try crm.add(.contact, ["last_name": "Ana", "organization": "1"])
        try crm.add(.contact, ["last_name": "Eva", "organization": "1", "reports_to": "1"])
        try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
    }

    @Test("a record on which nothing hangs goes") func aRecordOnWhichNothingHangsGoes() throws {
        try crm.delete(.asset, 1)
        #expect(try crm.count("asset") == 0)
        #expect(crmError { try crm.delete(.asset, 1) }?.code == .notFound)
    }

    @Test("links and optional references need yes") func linksAndOptionalReferencesNeedYes() throws {
        try crm.link(.asset, contact: 1, record: 1)
        let error = crmError { try crm.delete(.contact, 1) }
        #expect(error?.code == .usage)
        #expect(error?.hint?.en.contains("--yes") == true)
        #expect(
            error?.details.map(\.en) == [
                "1 contact (reports to): would no longer refer to it (Eva)",
                "1 asset: links would be dropped (Laptop)",
            ]
        )
        try crm.delete(.contact, 1, reach: .links)
        #expect(try crm.count("contact_asset") == 0)
        #expect(try crm.value(.contact, 2, "reports_to") == .null)
    }

    @Test("owned records need force") func ownedRecordsNeedForce() throws {
        try crm.edit(.contact, 2, ["reports_to": ""])
        try crm.add(.comment, ["contact": "1", "body": "one"])
        try crm.add(.comment, ["contact": "2", "body": "answer", "in_reply_to": "1", "about": "comment:1"])
        #expect(crmError { try crm.delete(.contact, 1, reach: .links) }?.hint?.en.contains("--force") == true)
        try crm.delete(.contact, 1, reach: .owned)
        #expect(try crm.count("comment") == 1)
        #expect(try crm.value(.comment, 2, "in_reply_to") == .null)
        #expect(try crm.value(.comment, 2, "about") == .null)
        #expect(try crm.store.check().isEmpty)
    }

    @Test("what others cannot be without stays whatever the reach")
    func whatOthersCannotBeWithoutStaysWhateverTheReach() throws {
        try crm.add(
            .opportunity,
            ["name": "R", "contact": "1", "close_date": "2026-12-31", "amount": "1", "stage": "proposal"]
        )
        for module in [ModuleName.contact, .organization] {
            let error = crmError { try crm.delete(module, 1, reach: .owned) }
            #expect(error?.code == .refused)
            #expect(error?.details.first?.en.contains("cannot be without it") == true)
        }
        try crm.delete(.opportunity, 1)
        #expect(try crm.count("contact_opportunity") == 0)
    }
}

import SQLite
import Testing

@testable import CRMKit

@Suite struct UndoTests {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    @Test("adding is taken back and done again") func addingIsTakenBackAndDoneAgain() throws {
        let empty = try crm.contents()
        let id = try crm.add(.contact, ["last_name": "Ruiz", "phone": "+52 55 1234 5678"])
        let full = try crm.contents()
        let report = try crm.undo()
        #expect(try crm.contents() == empty)
        #expect(report.undone.command == "crm contact add")
        #expect(report.changeSet.undoes == report.undone.id)
        #expect(report.changeSet.counts.map(\.deleted) == [1])
        try crm.undo(report.changeSet.id)
        #expect(try crm.contents() == full)
        #expect(try crm.value(.contact, id, "last_name") == .text("Ruiz"))
    }

    @Test("when a record was changed last comes back unless a later change stands")
    func whenARecordWasChangedLastComesBackUnlessALaterChangeStands() throws {
        let id = try crm.add(.contact, ["last_name": "Ruiz"])
        func lastChange() throws -> Value { try crm.value(.contact, id, "updated_at") }
        let made = try lastChange()
        crm.tick()
        try crm.edit(.contact, id, ["first_name": "Ana"])
        let (edit, edited) = (try crm.newest.id, try lastChange())
        crm.tick()
        let undo = try crm.undo(edit).changeSet.id
        #expect(try lastChange() == made)
        crm.tick()
        try crm.undo(undo)
        #expect(try lastChange() == edited)
        crm.tick()
        try crm.edit(.contact, id, ["title": "Socia"])
        let later = try lastChange()
        crm.tick()
        try crm.undo(edit + 2)
        #expect(try lastChange() == later)
    }

    @Test("ids are never given again") func idsAreNeverGivenAgain() throws {
        let first = try crm.add(.contact, ["last_name": "Ruiz"])
        try crm.undo()
        #expect(try crm.add(.contact, ["last_name": "Sosa"]) == first + 1)
    }

    @Test("comparable forms come back with the values") func comparableFormsComeBackWithTheValues() throws {
        let id = try crm.add(.contact, ["last_name": "Núñez", "email": "N@Example.org"])
        let before = try crm.contents()
        try crm.edit(.contact, id, ["last_name": "Peña", "email": "p@example.org"])
        try crm.undo()
        #expect(try crm.contents() == before)
        try crm.delete(.contact, id)
        try crm.undo()
        #expect(try crm.contents() == before)
        #expect(try crm.store.id(of: "name:nunez", in: .contact) == id)
    }

    @Test("deletion brings back all that went with the record") func deletionBringsBackAllThatWentWithTheRecord() throws
    {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        let asset = try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        let comment = try crm.add(.comment, ["contact": "\(contact)", "body": "one"])
        try crm.add(.comment, ["contact": "\(contact)", "body": "two", "in_reply_to": "\(comment)"])
        try crm.add(.case, ["title": "Broken"])
        try crm.add(.event, ["subject": "Call", "starts_at": "2026-03-03 10:00", "about": "contact:\(contact)"])
        try crm.link(.asset, contact: contact, record: asset, ["role": "custodian", "note": "Ñandú"])
        let before = try crm.contents()
        try crm.delete(.contact, contact, reach: .owned)
        #expect(try crm.count("contact_asset") == 0)
        try crm.undo()
        #expect(try crm.contents() == before)
    }

    @Test("the mirrored link moves back with its field") func theMirroredLinkMovesBackWithItsField() throws {
        let acme = try crm.add(.organization, ["name": "Acme"])
        let ana = try crm.add(.contact, ["last_name": "Ana", "organization": "\(acme)"])
        let eva = try crm.add(.contact, ["last_name": "Eva", "organization": "\(acme)"])
        let opportunity = try crm.add(
            .opportunity,
            [
                "name": "Renewal", "contact": "\(ana)", "close_date": "2026-12-31", "amount": "100",
                "stage": "proposal",
            ]
        )
        let before = try crm.contents()
        try crm.edit(.opportunity, opportunity, ["contact": "\(eva)"])
        let after = try crm.contents()
        let undo = try crm.undo()
        #expect(try crm.contents() == before)
        try crm.undo(undo.changeSet.id)
        #expect(try crm.contents() == after)
    }

    @Test("many links are taken back at once") func manyLinksAreTakenBackAtOnce() throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        let assets = try crm.write { transaction in
            try (0..<500).map { number in
                try transaction.add(
                    .asset,
                    [
                        FieldInput("name", .set("A\(number)")), FieldInput("serial", .set("S\(number)")),
                    ]
                )
            }
        }
        let before = try crm.contents()
        try crm.write { transaction in
            for asset in assets {
                _ = try transaction.link(
                    .asset,
                    contact: contact,
                    record: asset,
                    TemporaryStore.attributes(of: .asset, [:])
                )
            }
        }
        let after = try crm.contents()
        let report = try crm.undo()
        #expect(try crm.contents() == before)
        #expect(report.changeSet.counts.map(\.unlinked) == [500])
        try crm.undo(report.changeSet.id)
        #expect(try crm.contents() == after)
    }

    @Test("many changes come back at once with when the records were changed last", arguments: [false, true])
    func manyChangesComeBackAtOnceWithWhenTheRecordsWereChangedLast(isFollowed: Bool) throws {
        let ids = try crm.write { transaction in
            try (0..<600).map { number in
                let inputs = [FieldInput("name", .set("A\(number)")), FieldInput("serial", .set("S\(number)"))]
                return try transaction.add(.asset, inputs)
            }
        }
        let lastChanges = "SELECT \"id\", \"location\", \"updated_at\" FROM \"asset\" ORDER BY 1"
        let before = try crm.store.database.all(lastChanges)
        crm.tick()
        try crm.write { transaction in
            for id in ids { _ = try transaction.edit(.asset, id: id, [FieldInput("location", .set("Puebla"))]) }
        }
        let edit = try crm.newest.id
        let after = try crm.store.database.all(lastChanges)
        if isFollowed {
            crm.tick()
            try crm.edit(.asset, ids[0], ["description": "d"])
        }
        let later = try crm.value(.asset, ids[0], "updated_at")
        crm.tick()
        let undo = try crm.undo(edit).changeSet.id
        let rows = try crm.store.database.all(lastChanges)
        #expect(rows.dropFirst().elementsEqual(before.dropFirst()))
        #expect(rows[0] == [before[0][0], .null, isFollowed ? later : before[0][2]])
        crm.tick()
        try crm.undo(undo)
        let again = try crm.store.database.all(lastChanges)
        #expect(again.dropFirst().elementsEqual(after.dropFirst()))
        #expect(again[0] == [after[0][0], after[0][1], isFollowed ? later : after[0][2]])
    }

    @Test("what a change set made and took away again leaves nothing")
    func whatAChangeSetMadeAndTookAwayAgainLeavesNothing() throws {
        let before = try crm.contents()
        try crm.write { transaction in
            let id = try transaction.add(.contact, [FieldInput("last_name", .set("Ruiz"))])
            _ = try transaction.edit(.contact, id: id, [FieldInput("title", .set("CEO"))])
            try transaction.delete(.contact, id: id, reach: .alone)
        }
        try crm.undo()
        #expect(try crm.contents() == before)
        #expect(crmError { try crm.undo() }?.code == .notFound)
    }

    @Test("the settings come back with the phone keys that follow them")
    func theSettingsComeBackWithThePhoneKeysThatFollowThem() throws {
        let id = try crm.add(.contact, ["last_name": "Ruiz", "phone": "55 1234 5678"])
        let before = try crm.contents()
        #expect(try crm.store.set(.country, to: "mx", TemporaryStore.request("crm config set country mx")))
        #expect(try crm.store.id(of: "phone:+52 55 1234 5678", in: .contact) == id)
        let report = try crm.undo()
        #expect(report.undone.changesSettings)
        #expect(try crm.contents() == before)
        #expect(try crm.store.readSettings().country == nil)
    }
}

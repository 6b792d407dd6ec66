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

/// What an undo refuses, and how it says so.
@Suite struct UndoRefusalTests {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    @Test("an unknown change set is not found") func anUnknownChangeSetIsNotFound() throws {
        #expect(crmError { try crm.undo(7) }?.code == .notFound)
        #expect(crmError { try crm.undo() }?.code == .notFound)
        #expect(try crm.store.history().isEmpty)
    }

    @Test("the newest of another person is refused unless named") func theNewestOfAnotherPersonIsRefusedUnlessNamed()
        throws
    {
        try crm.add(.contact, ["last_name": "Ruiz"], who: "eva")
        let error = crmError { try crm.undo(who: "ana") }
        #expect(error?.code == .refused)
        #expect(error?.hint?.en.calling(program: "crm").contains("crm undo 1") == true)
        try crm.undo(1, who: "ana")
        #expect(try crm.count("contact") == 0)
    }

    @Test("a second undo names the first") func aSecondUndoNamesTheFirst() throws {
        try crm.add(.contact, ["last_name": "Ruiz"])
        let undo = try crm.undo()
        let error = crmError { try crm.undo(1) }
        #expect(error?.code == .refused)
        #expect(error?.message.en.contains("change set \(undo.changeSet.id)") == true)
        try crm.undo(undo.changeSet.id)
        try crm.undo(1)
        #expect(try crm.count("contact") == 0)
    }

    @Test("a value set again is a conflict until it is undone") func aValueSetAgainIsAConflictUntilItIsUndone() throws {
        let id = try crm.add(.contact, ["last_name": "Ruiz", "title": "CTO"])
        try crm.edit(.contact, id, ["title": "CEO"])
        let first = try crm.newest.id
        try crm.edit(.contact, id, ["title": "COO", "department": "Sales"])
        let before = try crm.contents()
        let error = crmError { try crm.undo(first) }
        #expect(error?.code == .conflict)
        #expect(error?.details.map(\.en) == ["contact \(id): title was set again by change set 3"])
        #expect(try crm.contents() == before)
        try crm.undo(3)
        try crm.undo(first)
        #expect(try crm.value(.contact, id, "title") == .text("CTO"))
    }

    @Test("other fields of the record do not stand in the way") func otherFieldsOfTheRecordDoNotStandInTheWay() throws {
        let id = try crm.add(.contact, ["first_name": "Ana", "last_name": "Ruiz"])
        try crm.edit(.contact, id, ["first_name": "Eva"])
        try crm.edit(.contact, id, ["last_name": "Sosa"])
        try crm.undo(2)
        #expect(try crm.value(.contact, id, "name") == .text("Ana Sosa"))
        #expect(try crm.store.id(of: "name:ana sosa", in: .contact) == id)
        try crm.undo(3)
        #expect(try crm.value(.contact, id, "name") == .text("Ana Ruiz"))
    }

    @Test("an amount hangs on its currency") func anAmountHangsOnItsCurrency() throws {
        let id = try crm.add(.asset, ["name": "Laptop", "serial": "X1", "value": "100 USD"])
        try crm.edit(.asset, id, ["currency": "MXN"])
        try crm.edit(.asset, id, ["value": "250"])
        #expect(crmError { try crm.undo(2) }?.code == .conflict)
    }

    @Test("a record deleted later is a conflict") func aRecordDeletedLaterIsAConflict() throws {
        let id = try crm.add(.contact, ["last_name": "Ruiz"])
        try crm.edit(.contact, id, ["title": "CEO"])
        try crm.delete(.contact, id)
        for changeSet in [1, 2] as [Int64] {
            let error = crmError { try crm.undo(changeSet) }
            #expect(error?.details.map(\.en) == ["contact \(id) was deleted by change set 3"])
        }
    }

    @Test("what was made later hangs on the record") func whatWasMadeLaterHangsOnTheRecord() throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        let asset = try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        try crm.add(.comment, ["contact": "\(contact)", "body": "one", "about": "asset:\(asset)"])
        try crm.link(.asset, contact: contact, record: asset)
        #expect(
            crmError { try crm.undo(1) }?.details.map(\.en).sorted() == [
                "comment 1 hangs on contact 1, since change set 3",
                "the link of contact 1 and asset 1 hangs on contact 1, since change set 4",
            ]
        )
        #expect(
            crmError { try crm.undo(2) }?.details.map(\.en).sorted() == [
                "comment 1 hangs on asset 1, since change set 3",
                "the link of contact 1 and asset 1 hangs on asset 1, since change set 4",
            ]
        )
        let acme = try crm.add(.organization, ["name": "Acme"])
        try crm.edit(.contact, contact, ["organization": "\(acme)"])
        try crm.edit(.contact, contact, ["title": "CEO"])
        #expect(
            crmError { try crm.undo(5) }?.details.map(\.en) == [
                "contact 1 hangs on organization 1, since change set 6"
            ]
        )
    }

    @Test("a deleted record cannot refer to one that is gone") func aDeletedRecordCannotReferToOneThatIsGone() throws {
        let acme = try crm.add(.organization, ["name": "Acme"])
        let contact = try crm.add(.contact, ["last_name": "Ruiz", "organization": "\(acme)"])
        try crm.delete(.contact, contact)
        try crm.delete(.organization, acme)
        #expect(
            crmError { try crm.undo(3) }?.details.map(\.en) == [
                "contact 1 refers to organization 1, which is gone"
            ]
        )
        try crm.undo(4)
        try crm.undo(3)
        #expect(try crm.value(.contact, contact, "organization") == .integer(acme))
    }

    @Test("a unique value taken meanwhile is a conflict") func aUniqueValueTakenMeanwhileIsAConflict() throws {
        let first = try crm.add(.contact, ["last_name": "Ruiz", "external_id": "K-1"])
        try crm.delete(.contact, first)
        try crm.add(.contact, ["last_name": "Sosa", "external_id": "K-1"])
        let error = crmError { try crm.undo(2) }
        #expect(error?.code == .conflict)
        #expect(
            error?.details.map(\.en) == ["contact 1 would have the External id \"K-1\", which contact 2 has now"]
        )
    }

    @Test("a number given to another meanwhile is a conflict for undo and redo")
    func aNumberGivenToAnotherMeanwhileIsAConflictForUndoAndRedo() throws {
        let first = try crm.add(.quote, ["subject": "A", "number": "Q-1"])
        try crm.edit(.quote, first, ["number": "Q-2"])
        let second = try crm.add(.quote, ["subject": "B", "number": "Q-1"])
        #expect(
            crmError { try crm.undo(2) }?.details.map(\.es) == [
                "la cotización 1 tendría «Q-1» como Número de cotización, que ahora tiene la cotización 2"
            ]
        )
        try crm.undo(3)
        try crm.undo(2)
        try crm.edit(.quote, first, ["number": "Q-3"])
        try crm.add(.quote, ["subject": "C", "number": "Q-1"])
        #expect(
            crmError { try crm.undo(4) }?.details.map(\.en) == [
                "quote \(second) would have the Quote number \"Q-1\", which quote 3 has now"
            ]
        )
    }

    @Test("a link made anew is a conflict") func aLinkMadeAnewIsAConflict() throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        let asset = try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        try crm.link(.asset, contact: contact, record: asset)
        try crm.unlink(.asset, contact: contact, record: asset)
        try crm.link(.asset, contact: contact, record: asset)
        #expect(crmError { try crm.undo(4) }?.code == .conflict)
        #expect(try crm.count("contact_asset") == 1)
    }

    /// History keeps what was changed of a link, which are not its ends.
    @Test("a link that cannot be changed back is called by its ends")
    func aLinkThatCannotBeChangedBackIsCalledByItsEnds() throws {
        try crm.add(.contact, ["last_name": "Ruiz"])
        try crm.add(.contact, ["last_name": "Paz"])
        let (contact, asset) = (Int64(2), try crm.add(.asset, ["name": "Laptop", "serial": "S1"]))
        try crm.link(.asset, contact: contact, record: asset)
        try crm.write { transaction in
            _ = try transaction.linkWriter(of: Registry.standard[.asset]).unlink(
                contact: contact,
                record: asset,
                role: nil,
                endedOn: "2026-01-01"
            )
        }
        let ended = try crm.newest.id
        try crm.link(.asset, contact: contact, record: asset)
        let error = crmError { try crm.undo(ended) }
        #expect(
            error?.details.first?.en.contains("the link of contact 2 and asset 1") == true,
            "\(error?.details ?? [])"
        )
    }

    /// Rows without many indexes come back several at once.
    @Test("a link made anew is a conflict among many that come back", arguments: [0, 7, 8, 19])
    func aLinkMadeAnewIsAConflictAmongManyThatComeBack(place: Int) throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        let assets = try (0..<20).map { try crm.add(.asset, ["name": "Laptop", "serial": "S\($0)"]) }
        let none = TemporaryStore.attributes(of: .asset, [:])
        try crm.write { transaction in
            for asset in assets { _ = try transaction.link(.asset, contact: contact, record: asset, none) }
        }
        let linked = try crm.contents()
        try crm.write { transaction in
            for asset in assets {
                _ = try transaction.linkWriter(of: Registry.standard[.asset]).unlink(
                    contact: contact,
                    record: asset,
                    role: nil,
                    endedOn: nil
                )
            }
        }
        let unlinking = try crm.newest.id
        try crm.link(.asset, contact: contact, record: assets[place])
        let error = crmError { try crm.undo(unlinking) }
        #expect(error?.code == .conflict)
        #expect(error?.details.first?.en.contains("the link of contact 1 and asset \(assets[place])") == true)
        #expect(try crm.count("contact_asset") == 1)
        try crm.undo()
        let report = try crm.undo(unlinking)
        #expect(report.changeSet.counts.map(\.linked) == [20])
        #expect(try crm.contents() == linked)
    }

    /// What an undo says of itself is what the history says of it afterwards.
    @Test("an undo counts each row once") func anUndoCountsEachRowOnce() throws {
        let ids = try (0..<3).map { try crm.add(.asset, ["name": "A\($0)", "serial": "S\($0)"]) }
        try crm.write { transaction in
            for location in ["Puebla", "León"] {
                for id in ids.reversed() {
                    _ = try transaction.edit(.asset, id: id, [FieldInput("location", .set(location))])
                }
            }
            try transaction.delete(.asset, id: ids[0], reach: .alone)
        }
        var undone = try crm.newest.id
        for counts in [[3, 1, 0], [2, 0, 1]] {
            let report = try crm.undo(undone)
            let newest = try crm.newest
            #expect(report.changeSet.counts == newest.counts)
            #expect(report.changeSet.counts.map { [$0.updated, $0.restored, $0.deleted] } == [counts])
            undone = report.changeSet.id
        }
    }

    @Test("no two records carry a flag that only one may") func noTwoRecordsCarryAFlagThatOnlyOneMay() throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        let first = try crm.add(.address, ["contact": "\(contact)", "city": "Puebla", "primary": "yes"])
        try crm.edit(.address, first, ["primary": "no"])
        try crm.add(.address, ["contact": "\(contact)", "city": "Oaxaca", "primary": "yes"])
        #expect(crmError { try crm.undo(3) }?.code == .conflict)
    }

    @Test("no loop comes of it") func noLoopComesOfIt() throws {
        let boss = try crm.add(.contact, ["last_name": "Boss"])
        let ana = try crm.add(.contact, ["last_name": "Ana", "reports_to": "\(boss)"])
        try crm.edit(.contact, ana, ["reports_to": ""])
        try crm.edit(.contact, boss, ["reports_to": "\(ana)"])
        #expect(crmError { try crm.undo(3) }?.code == .conflict)
    }

    @Test("dates stay in order") func datesStayInOrder() throws {
        let project = try crm.add(.project, ["name": "P", "start_date": "2026-05-01"])
        try crm.edit(.project, project, ["start_date": "2026-01-01"])
        try crm.edit(.project, project, ["target_end_date": "2026-02-01"])
        #expect(crmError { try crm.undo(2) }?.code == .conflict)
    }

    @Test("the first conflicts are listed and the rest counted") func theFirstConflictsAreListedAndTheRestCounted()
        throws
    {
        let ids = try crm.write { transaction in
            try (0..<25).map { try transaction.add(.contact, [FieldInput("last_name", .set("C\($0)"))]) }
        }
        try crm.write { transaction in
            for id in ids { _ = try transaction.edit(.contact, id: id, [FieldInput("title", .set("CEO"))]) }
        }
        let error = crmError { try crm.undo(1) }
        #expect(error?.details.count == 21)
        #expect(error?.details.last?.en == "and 5 more")
        #expect(error?.message.en.contains("(25)") == true)
    }

    @Test("a dry run tells and changes nothing") func aDryRunTellsAndChangesNothing() throws {
        try crm.add(.contact, ["last_name": "Ruiz"])
        let before = try crm.contents()
        let report = try crm.store.undo(nil, WriteRequest(who: "ana", command: "crm undo", isDryRun: true))
        #expect(report.changeSet.counts.map(\.deleted) == [1])
        #expect(try crm.contents() == before)
        #expect(try crm.store.history().count == 1)
    }
}

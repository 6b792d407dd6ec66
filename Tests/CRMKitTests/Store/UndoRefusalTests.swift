import SQLite
import Testing

@testable import CRMKit

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

    @Test(
        "a repair of what follows from the rest leaves nothing to take back, and it is said so",
        arguments: [
            "UPDATE quote SET total = 1", "UPDATE contact SET name = 'Zeta'",
            "UPDATE contact SET last_name_match = 'x'",
            "UPDATE quote SET total = 1; UPDATE contact SET name = 'Zeta'",
        ]
    )
    func aRepairOfWhatFollowsFromTheRestLeavesNothingToTakeBack(damage: String) throws {
        try crm.add(.contact, ["last_name": "Ruiz"])
        try crm.add(.quote, ["subject": "Q"])
        try crm.store.database.execute(damage)
        #expect(try crm.store.mend(TemporaryStore.request("crm check --repair")).rows > 0)
        let repair = try crm.newest.id
        let error = crmError { try crm.undo(repair) }
        #expect(error?.code == .refused)
        #expect(error?.message.en.contains("only what follows from the rest, as a repair does") == true)
        #expect(error?.hint?.en.contains("undo ID") == true)
        #expect(try crm.newest.id == repair)
        #expect(try crm.store.check() == [])
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

import SQLite
import Testing

@testable import CRMKit

@Suite struct HistoryTests {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    @Test("change sets come newest first with their counts") func changeSetsComeNewestFirstWithTheirCounts() throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"], who: "eva")
        let asset = try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        try crm.link(.asset, contact: contact, record: asset)
        try crm.unlink(.asset, contact: contact, record: asset)
        try crm.edit(.contact, contact, ["title": "CEO"])
        try crm.delete(.contact, contact)
        let undo = try crm.undo()

        let history = try crm.store.history()
        #expect(history.map(\.id) == [7, 6, 5, 4, 3, 2, 1])
        #expect(history.last?.who == "eva")
        #expect(history.last?.command == "crm contact add")
        #expect(history.last?.at == "2026-03-02T09:30:00Z")
        #expect(
            history.map { $0.counts.map(\.module) } == [
                [.contact], [.contact], [.contact], [.asset], [.asset], [.asset], [.contact],
            ]
        )
        #expect(history[0].counts[0].restored == 1)
        #expect(history[1].counts[0].deleted == 1)
        #expect(history[2].counts[0].updated == 1)
        #expect(history[3].counts[0].unlinked == 1)
        #expect(history[4].counts[0].linked == 1)
        #expect(history[5].counts[0].created == 1)
        #expect(history[0].undoes == 6)
        #expect(history[1].undoneBy == undo.changeSet.id)
        #expect(try crm.store.history(limit: 2, before: 6).map(\.id) == [5, 4])
    }

    @Test(
        "the changed rows of a change set are found one by one, in the order of their first changes",
        arguments: [(nil, ["Beta", "Acme"]), (1, ["Acme", "Beta"])] as [(Int64?, [String])]
    )
    func changedRows(mark: Int64?, names: [String]) throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        let ids = try ["Acme", "Beta"].map { try crm.add(.organization, ["name": $0]) }
        let changeSet = try crm.write { transaction -> Int64? in
            func edit(_ module: ModuleName, _ id: Int64, _ key: String, _ text: String) throws {
                _ = try transaction.edit(Registry.standard[module], id: id, [FieldInput(key, .set(text))])
            }
            try edit(.organization, ids[1], "phone", "5511112222")
            try edit(.contact, contact, "title", "CEO")
            try edit(.organization, ids[0], "phone", "5511113333")
            try edit(.organization, ids[1], "phone", "5511114444")
            return transaction.log.identifier
        }
        let query = Store.changedRows(of: try #require(changeSet), since: mark, besides: "contact")
        let rows = try crm.store.database.all(query.sql, query.bindings)
        #expect(rows.map { $0[1] } == names.map { .integer($0 == "Acme" ? ids[0] : ids[1]) })
        let steps = try crm.store.database.all("EXPLAIN QUERY PLAN " + query.sql, query.bindings)
        let plan = steps.compactMap { $0[3].text }
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        #expect(plan.contains { $0.contains("change_record") }, "\(plan)")
    }

    @Test("what changes nothing is no change set") func whatChangesNothingIsNoChangeSet() throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        #expect(try !crm.edit(.contact, contact, ["last_name": "Ruiz"]))
        #expect(try crm.store.history().count == 1)
        #expect(crmError { try crm.add(.contact, [:]) } != nil)
        #expect(try crm.store.history().count == 1)
    }

    @Test("a record tells field by field what it was") func aRecordTellsFieldByFieldWhatItWas() throws {
        let acme = try crm.add(.organization, ["name": "Acme"])
        let asset = try crm.add(.asset, ["name": "Laptop", "serial": "X1", "value": "100 USD"])
        try crm.edit(.asset, asset, ["name": "Laptop 2", "organization": "\(acme)"])
        try crm.edit(.asset, asset, ["currency": "MXN", "value": "90.50"])
        try crm.edit(.asset, asset, ["name": "Laptop 3"])

        let history = try crm.store.history(of: asset, in: .asset)
        #expect(history.map(\.changeSet.id) == [5, 4, 3, 2])
        let changes = history.map { entry -> [FieldChange] in
            if case .updated(let changes)? = entry.events.first { changes } else { [] }
        }
        #expect(changes[0].map(\.before) == [.text("Laptop 2")])
        #expect(changes[0].map(\.after) == [.text("Laptop 3")])
        #expect(changes[1].map(\.field.key) == ["value", "currency"])
        #expect(changes[1][0].before == .integer(10_000))
        #expect(changes[1][0].after == .integer(9_050))
        #expect(changes[1][0].currencyBefore == "USD")
        #expect(changes[1][0].currencyAfter == "MXN")
        #expect(changes[2].map(\.field.key) == ["name", "organization"])
        #expect(changes[2][0].after == .text("Laptop 2"))
        #expect(changes[2][1].before == .null)
        #expect(changes[2][1].nameAfter == "Acme")
        guard case .created? = history[3].events.first else { return #expect(Bool(false), "not created") }
        #expect(try crm.store.history(of: asset, in: .asset, limit: 1).map(\.changeSet.id) == [5])
    }

    @Test("several changes of one command are one") func severalChangesOfOneCommandAreOne() throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        try crm.write { transaction in
            for title in ["CTO", "CEO"] {
                _ = try transaction.edit(.contact, id: contact, [FieldInput("title", .set(title))])
            }
        }
        let events = try crm.store.history(of: contact, in: .contact)[0].events
        guard events.count == 1, case .updated(let changes) = events[0] else {
            return #expect(Bool(false), "not one update")
        }
        #expect(changes.map(\.before) == [.null])
        #expect(changes.map(\.after) == [.text("CEO")])
    }

    @Test("derived names are no changes of their own") func derivedNamesAreNoChangesOfTheirOwn() throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        try crm.edit(.contact, contact, ["last_name": "Sosa"])
        guard case .updated(let changes)? = try crm.store.history(of: contact, in: .contact)[0].events.first else {
            return #expect(Bool(false), "not updated")
        }
        #expect(changes.map(\.field.key) == ["last_name"])
    }

    @Test("links are told at both ends with their attributes") func linksAreToldAtBothEndsWithTheirAttributes() throws {
        let contact = try crm.add(.contact, ["first_name": "Ana", "last_name": "Ruiz"])
        let asset = try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        try crm.link(.asset, contact: contact, record: asset, ["role": "custodian"])
        try crm.link(.asset, contact: contact, record: asset, ["role": "custodian", "note": "desk"])
        try crm.unlink(.asset, contact: contact, record: asset)

        for (module, id, other, name) in [
            (ModuleName.contact, contact, ModuleName.asset, "Laptop"), (.asset, asset, .contact, "Ana Ruiz"),
        ] {
            let history = try crm.store.history(of: id, in: Registry.standard[module])
            #expect(history.map(\.changeSet.id).prefix(3) == [5, 4, 3])
            guard case .unlinked(let last) = history[0].events[0],
                case .linkChanged(_, let changes) = history[1].events[0], case .linked(let first) = history[2].events[0]
            else { return #expect(Bool(false), "\(history)") }
            #expect(last.module == other)
            #expect(last.name == name)
            #expect(last.attributes.map(\.field.key) == ["role", "note"])
            #expect(changes.map(\.field.key) == ["note"])
            #expect(first.attributes.map(\.value) == [.text("custodian")])
        }
    }

    @Test("a deleted record keeps its history and its name") func aDeletedRecordKeepsItsHistoryAndItsName() throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        let asset = try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        try crm.link(.asset, contact: contact, record: asset)
        try crm.edit(.contact, contact, ["last_name": "Sosa"])
        try crm.delete(.contact, contact, reach: .links)
        let history = try crm.store.history(of: contact, in: .contact)
        #expect(history.map(\.changeSet.id) == [5, 4, 3, 1])
        guard case .deleted? = history[0].events.first else { return #expect(Bool(false), "not deleted") }
        let seen = try crm.store.history(of: asset, in: .asset)
        guard case .unlinked(let end)? = seen[0].events.first else { return #expect(Bool(false), "not unlinked") }
        #expect(end.name == "Sosa")
        #expect(crmError { _ = try crm.store.history(of: 99, in: .contact) }?.code == .notFound)
    }

    @Test("a change set tells record by record") func aChangeSetTellsRecordByRecord() throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        try crm.add(.address, ["contact": "\(contact)", "city": "Puebla", "primary": "yes"])
        try crm.add(.address, ["contact": "\(contact)", "city": "Oaxaca", "primary": "yes"])
        let detail = try crm.store.changeSet(3, limit: 10)
        #expect(detail.entries.count == 2)
        #expect(!detail.isTruncated)
        guard case .record(.address, id: 2, name: "Oaxaca") = detail.entries[0].subject,
            case .created = detail.entries[0].event,
            case .record(.address, id: 1, name: "Puebla") = detail.entries[1].subject,
            case .updated(let changes) = detail.entries[1].event
        else { return #expect(Bool(false), "\(detail.entries)") }
        #expect(changes.map(\.field.key) == ["primary"])
        #expect(try crm.store.changeSet(3, limit: 1).isTruncated)
        #expect(crmError { _ = try crm.store.changeSet(9, limit: 1) }?.code == .notFound)
    }

    @Test("a long command line is cut between characters") func aLongCommandLineIsCutBetweenCharacters() throws {
        let request = WriteRequest(who: "ana", command: String(repeating: "ñ", count: 4000))
        #expect(request.command.utf8.count <= 4096)
        #expect(request.command.hasSuffix("ñ…"))
        #expect(!request.command.contains("\u{FFFD}"))
    }
}

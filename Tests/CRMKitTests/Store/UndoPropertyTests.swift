import SQLite
import TestSupport
import Testing

@testable import CRMKit

/// Whatever was done in whatever order, undoing all of it gives what was there, and redoing it what it had become.
@Suite struct UndoPropertyTests {
    @Test("undoing everything gives the start", arguments: 1...12 as ClosedRange<UInt64>)
    func undoingEverythingGivesTheStart(seed: UInt64) throws {
        let crm = try TemporaryStore()
        var work = try RandomWork(crm, seed: seed)
        let start = try crm.contents()
        let first = try crm.newest.id
        try work.run(steps: 60)
        let end = try crm.contents()

        var undos: [Int64] = []
        while let id = try crm.store.history().first(where: { $0.id > first && $0.undoes == nil && $0.undoneBy == nil }
        )?
        .id {
            crm.tick()
            undos.append(try crm.undo(id).changeSet.id)
        }
        #expect(undos.count > 10)
        #expect(try crm.contents() == start)
        for undo in undos.reversed() {
            crm.tick()
            try crm.undo(undo)
        }
        #expect(try crm.contents() == end)
        #expect(try crm.store.database.all("PRAGMA foreign_key_check").isEmpty)
    }
}

/// Random commands on a few records.
struct RandomWork {
    let crm: TemporaryStore
    var generator: SeededGenerator

    init(_ crm: TemporaryStore, seed: UInt64) throws {
        self.crm = crm
        generator = SeededGenerator(seed: seed)
        let acme = try crm.add(.organization, ["name": "Acme"])
        for name in ["Ana", "Eva", "Íñigo"] {
            try crm.add(.contact, ["last_name": name, "organization": "\(acme)", "phone": "55 1234 5678"])
        }
        try crm.add(.asset, ["name": "Laptop", "serial": "X1", "value": "100 MXN"])
    }

    mutating func run(steps: Int) throws {
        for _ in 0..<steps {
            do {
                try step()
            } catch let error as CRMError {
                // Refusals are part of random work; anything else is a failure.
                let expected: [CRMError.Code] = [.refused, .conflict, .notFound, .usage, .invalid, .ambiguous]
                guard expected.contains(error.code) else { throw error }
            }
        }
    }

    private mutating func any(_ module: ModuleName) throws -> Int64 {
        let ids = try crm.store.database.all("SELECT \"id\" FROM \(module.rawValue.quotedIdentifier)")
        return ids.randomElement(using: &generator)?[0].integer ?? 1
    }

    private mutating func word() -> String {
        ["Ana", "eva", "Núñez", "\"quoted\"", "línea", "a\\b", "日本", "", "O'Hara"].randomElement(using: &generator)
            ?? ""
    }

    private mutating func step() throws {
        crm.tick()
        let contact = try any(.contact)
        let asset = try any(.asset)
        switch Int.random(in: 0..<19, using: &generator) {
        case 0: try crm.add(.contact, ["first_name": word(), "last_name": word(), "reports_to": "\(contact)"])
        case 1: try crm.edit(.contact, contact, ["first_name": word(), "title": word()])
        case 2: try crm.edit(.contact, contact, ["last_name": word(), "external_id": word()])
        case 3: try crm.edit(.contact, contact, ["reports_to": "\(try any(.contact))"])
        case 4: try crm.delete(.contact, contact, reach: .owned)
        case 5: try crm.add(.asset, ["name": word(), "serial": word(), "value": "5"])
        case 6: try crm.edit(.asset, asset, ["name": word(), "value": "7.50 EUR", "currency": "EUR"])
        case 7: try crm.delete(.asset, asset, reach: .links)
        case 8: try crm.link(.asset, contact: contact, record: asset, ["role": "custodian", "note": word()])
        case 9:
            try crm.link(.asset, contact: contact, record: asset, ["role": "custodian"], replacing: true)
        case 10: try crm.unlink(.asset, contact: contact, record: asset)
        case 11: try crm.unlink(.asset, contact: contact, record: asset, endedOn: "2026-03-02")
        case 12:
            try crm.add(.address, ["contact": "\(contact)", "street": word(), "city": word(), "primary": "yes"])
        case 13: try crm.edit(.address, try any(.address), ["primary": "yes", "city": word()])
        case 14:
            try crm.add(
                .opportunity,
                [
                    "name": word(), "contact": "\(contact)", "close_date": "2026-12-31", "amount": "9",
                    "stage": "proposal", "organization": "1",
                ]
            )
        case 15:
            try crm.edit(.opportunity, try any(.opportunity), ["contact": "\(contact)", "stage": "closed_lost"])
        case 16, 17:
            let other = try any(.contact)
            if other == contact { return }
            _ = try crm.write(TemporaryStore.request("crm contact merge")) {
                try $0.merge(.contact, keeping: contact, [other])
            }
        default:
            let ids = try crm.store.history().map(\.id).filter { $0 > 5 }
            if let id = ids.randomElement(using: &generator) { try crm.undo(id) }
        }
    }
}

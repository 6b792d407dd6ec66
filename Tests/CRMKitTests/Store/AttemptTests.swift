import Testing

@testable import CRMKit

/// A part of a write that is taken back by itself, as a bad row of an import is.
@Suite("What is taken back within a write") struct AttemptTests {
    private struct Refused: Error {}

    private let crm: TemporaryStore

    /// Contacts 1 and 2, of which the first has an e-mail address; a quote 1 of one line, 2 at 10.00.
    init() throws {
        crm = try TemporaryStore()
        try crm.add(.contact, ["last_name": "Ruiz", "email": "ana@example.org"])
        try crm.add(.contact, ["last_name": "Sosa"])
        try crm.add(.quote, ["subject": "Q", "currency": "MXN"])
        try crm.write { transaction in
            let part = try #require(quotes.part(named: "line"))
            let line = [("text", "Visita"), ("quantity", "2"), ("unit_price", "10")]
            _ = try transaction.add(part, to: 1, of: quotes, line.map { FieldInput($0.0, .set($0.1)) })
        }
    }

    private var quotes: Module { Registry.standard[.quote] }
    private var contacts: Module { Registry.standard[.contact] }

    private func total() throws -> Int64? { try crm.store.storedRecord(quotes, id: 1)?["total"].integer }

    @Test("leaves to be done what was due before and was done in it") func due() throws {
        let total = try total()
        #expect(total ?? 0 >= 2000)
        try crm.write { transaction in
            try transaction.store.database.execute("UPDATE quote SET total = 0")
            try transaction.noteOutdated(1, of: quotes)
            #expect(throws: Refused.self) {
                try transaction.attempt {
                    try transaction.settleDerivations()
                    throw Refused()
                }
            }
        }
        #expect(try self.total() == total)
    }

    @Test("is not told of as shared with others") func shared() throws {
        try crm.write { transaction in
            #expect(throws: Refused.self) {
                try transaction.attempt {
                    _ = try transaction.edit(contacts, id: 2, [FieldInput("email", .set("ana@example.org"))])
                    let shared = try transaction.sharedValues()
                    #expect(shared.count == 1)
                    throw Refused()
                }
            }
            let shared = try transaction.sharedValues()
            #expect(shared.count == 0)
        }
    }
}

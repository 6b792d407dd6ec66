import SQLite
import TestSupport
import Testing

@testable import CRMKit

/// An edit of many records at once does what an edit of each would do, however it is done.
@Suite struct BulkEditTests {
    /// What is asked of all records of a module, as a command line would.
    struct Case: CustomTestStringConvertible {
        let module: ModuleName
        let inputs: [FieldInput]
        let testDescription: String

        init(_ module: ModuleName, _ inputs: FieldInput...) {
            self.module = module
            self.inputs = inputs
            testDescription = "\(module): \(inputs.map { "\($0.field) \($0.change)" }.joined(separator: ", "))"
        }
    }

    private static func set(_ field: String, _ text: String) -> FieldInput { FieldInput(field, .set(text)) }

    static let cases = [
        Case(.opportunity, set("stage", "negotiation")), Case(.opportunity, set("stage", "closed_won")),
        Case(.opportunity, set("stage", "closed_lost"), set("lost_reason", "price")),
        Case(.opportunity, set("stage", "proposal"), set("probability", "")),
        Case(.opportunity, set("next_step", "")), Case(.opportunity, set("next_step", "call")),
        Case(.opportunity, set("amount", "1500")), Case(.opportunity, FieldInput("amount", .adjustNumber(by: "+500"))),
        Case(.opportunity, FieldInput("amount", .adjustNumber(by: "-90000"))),
        Case(.opportunity, FieldInput("probability", .adjustNumber(by: "+5"))),
        Case(.opportunity, set("currency", "JPY")), Case(.opportunity, set("amount", "5 EUR")),
        Case(.opportunity, set("amount", "")), Case(.opportunity, set("contact", "1")),
        Case(.opportunity, set("close_date", "+30d")), Case(.opportunity, set("stage", "nonsense")),
        Case(.opportunity, FieldInput("tags", .adjustList(adding: ["vip"], removing: ["new"]))),
        Case(.opportunity, FieldInput("tags", .setList(["one", "two"]))), Case(.opportunity, set("external_id", "X")),
        Case(.opportunity, set("external_id", "")),
        Case(.contract, set("start_date", "2026-06-01")), Case(.contract, set("status", "complete")),
        Case(.contract, set("status", "")), Case(.contract, FieldInput("used_units", .adjustNumber(by: "+3"))),
        Case(.contract, FieldInput("used_units", .adjustNumber(by: "-2 h"))),
        Case(.contract, set("tracking_unit", "days"), set("total_units", "10 days")),
        Case(.case, set("status", "closed")), Case(.case, set("status", "open"), set("priority", "high")),
        Case(.contact, set("first_name", "Eva")), Case(.contact, set("email", "same@example.org")),
        Case(.contact, set("email", "")), Case(.contact, set("department", "Ventas")),
        Case(.contact, set("reports_to", "1")), Case(.contact, set("last_name", "")),
        Case(.address, set("primary", "yes")), Case(.address, set("kind", "home")),
        Case(.address, set("city", "Puebla")),
        Case(.quote, set("discount_percent", "10")), Case(.quote, FieldInput("shipping", .adjustNumber(by: "+5"))),
        Case(.quote, set("currency", "USD")), Case(.comment, set("about", "contact:1")),
    ]

    @Test("it does what edits of each would do", arguments: cases, [1, 2] as [UInt64])
    func itDoesWhatEditsOfEachWouldDo(_ asked: Case, seed: UInt64) throws {
        let module = Registry.standard[asked.module]
        try Self.compare(module, seed: seed) { transaction, id in
            _ = try transaction.edit(module, id: id, asked.inputs)
        } together: { transaction, chosen in
            try transaction.edit(chosen, asked.inputs)
        }
    }

    /// An action and what is said of its inputs.
    struct Deed: CustomTestStringConvertible {
        let module: ModuleName
        let action: String
        var inputs: [FieldInput] = []

        var testDescription: String { "\(module) \(action) \(inputs.map { "\($0.field) \($0.change)" })" }
    }

    static let deeds = [
        Deed(module: .case, action: "close"), Deed(module: .case, action: "close", inputs: [set("solution", "Done")]),
        Deed(module: .case, action: "reopen"), Deed(module: .quote, action: "send"),
        Deed(module: .quote, action: "accept"), Deed(module: .event, action: "hold"),
        Deed(module: .event, action: "cancel"), Deed(module: .event, action: "complete"),
        Deed(module: .event, action: "cancel", inputs: [set("occurrence", "2026-03-03")]),
    ]

    @Test("an action does to all what it would do to each", arguments: deeds, [1, 2, 3] as [UInt64])
    func anActionDoesToAllWhatItWouldDoToEach(_ deed: Deed, seed: UInt64) throws {
        let module = Registry.standard[deed.module]
        let action = try #require(module.actions.first { $0.name == deed.action })
        try Self.compare(module, seed: seed) { transaction, id in
            _ = try transaction.perform(action, of: module, on: id, deed.inputs)
        } together: { transaction, chosen in
            try transaction.perform(action, on: chosen, deed.inputs)
        }
    }

    /// Does the same to each record of one database and to all of another, and looks for a difference; then takes it
    /// back and does it again.
    private static func compare(
        _ module: Module,
        seed: UInt64,
        each edit: (Transaction, Int64) throws -> Void,
        together editAll: (Transaction, ChosenRecords) throws -> Int
    ) throws {
        let (together, each) = (try TemporaryStore(), try TemporaryStore())
        for crm in [together, each] { try fill(crm, seed: seed) }
        let before = try together.contents()
        let ids = try each.store.database.all("SELECT id FROM \(module.table.quotedIdentifier) ORDER BY id")
            .compactMap { $0[0].integer }

        let refusal = crmError {
            try each.write { transaction in
                for id in ids { try edit(transaction, id) }
            }
        }
        var changed = 0
        let other = crmError {
            changed = try together.write { transaction in
                try editAll(transaction, together.store.choose(module, where: []))
            }
        }
        #expect(refusal?.code == other?.code, "\(refusal?.message.en ?? "-") / \(other?.message.en ?? "-")")
        #expect(try told(together) == told(each))
        #expect(try together.store.check() == [])
        guard other == nil, changed > 0 else { return #expect(try together.contents() == before) }

        let after = try together.contents()
        // A rule may have changed others beside.
        #expect(try together.changedRecords(of: module) >= changed)
        try together.undo()
        #expect(try together.contents() == before)
        try together.undo(together.newest.id)
        #expect(try together.contents() == after)
    }

    @Test("what is so already is not changed") func whatIsSoAlreadyIsNotChanged() throws {
        let crm = try TemporaryStore()
        try Self.fill(crm, seed: 4)
        let edit = { () throws -> Int in
            try crm.write { try $0.edit(crm.store.choose(.case, where: []), [Self.set("priority", "high")]) }
        }
        #expect(try edit() > 0)
        let newest = try crm.newest.id
        #expect(try edit() == 0)
        #expect(try crm.newest.id == newest)
    }

    @Test("only what passes the filters is chosen") func onlyWhatPassesTheFiltersIsChosen() throws {
        let crm = try TemporaryStore()
        try Self.fill(crm, seed: 5)
        let changed = try crm.write {
            try $0.edit(
                crm.store.choose(.opportunity, where: ["stage = proposal", "amount > 0"]),
                [Self.set("stage", "negotiation")]
            )
        }
        #expect(changed > 0)
        let left = try crm.store.database.scalar(
            "SELECT count(*) FROM opportunity WHERE stage = 'proposal' AND amount > 0"
        )
        #expect(left == .integer(0))
    }

    /// What the tables hold, in an order that does not depend on that of the writes: rows of parts and links have ids
    /// in the order in which they were written.
    static func told(_ crm: TemporaryStore) throws -> [String] {
        let records = Set(Registry.standard.tables.filter(\.holdsRecords).map(\.name))
        return try crm.contents().map { line in
            let words = line.split(separator: " ")
            guard let table = words.first, !records.contains(String(table)) else { return line }
            return words.filter { !$0.hasPrefix("id=") }.joined(separator: " ")
        }.sorted()
    }

    /// Fills a database with records of many kinds, the same for the same seed.
    private static func fill(_ crm: TemporaryStore, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func one(_ words: [String]) -> String { words.randomElement(using: &generator) ?? "" }
        try crm.write { transaction in
            func add(_ module: ModuleName, _ fields: [String: String]) throws {
                let inputs = fields.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }
                _ = try transaction.add(
                    Registry.standard[module],
                    inputs.map { key, value in
                        FieldInput(key, key == "tags" ? .setList([value]) : .set(value))
                    }
                )
            }
            try add(.organization, ["name": "Acme"])
            for name in ["Ana", "Eva", "Luz", "Íñigo"] {
                try add(
                    .contact,
                    [
                        "last_name": name, "first_name": one(["", "Eva", "Ana"]), "organization": one(["", "1"]),
                        "email": one(["", "\(name)@example.org"]), "department": one(["", "Ventas", "ventas"]),
                    ]
                )
            }
            let stages = OpportunityStage.all.map(\.choice.key)
            for number in 1...12 {
                try add(
                    .opportunity,
                    [
                        "name": "Sale \(number)", "contact": "\(number % 4 + 1)", "organization": "1",
                        "close_date": "2026-0\(number % 9 + 1)-15", "stage": one(stages),
                        "probability": one(["", "", "42"]), "next_step": one(["", "call"]),
                        "amount": one(["1500", "1000 MXN", "700 JPY", "0", "20.50 USD"]),
                        "tags": one(["", "vip", "new"]), "external_id": one(["", "K-\(number)"]),
                        "closed_on": one(["", "2026-01-0\(number % 9 + 1)", TemporaryStore.clock.date.description]),
                    ]
                )
                try add(
                    .contract,
                    [
                        "subject": "Contract", "status": one(["", "in_progress", "complete"]),
                        "tracking_unit": one(["", "hours", "days"]), "used_units": one(["", "1", "4.5"]),
                        "start_date": one(["", "2026-01-01"]), "end_date": one(["", "2026-0\(number % 9 + 1)-20"]),
                    ]
                )
                try add(
                    .case,
                    [
                        "title": "Case", "status": one(["open", "closed", "in_progress"]),
                        "priority": one(["", "high", "low"]),
                        "opened_at": "2026-01-0\(number % 9 + 1)T10:00:00Z",
                        "closed_at": one(["", "2026-02-0\(number % 9 + 1)T10:00:00Z", TemporaryStore.clock.now]),
                    ]
                )
                let kind = one(["task", "meeting", "call"])
                try add(
                    .event,
                    [
                        "subject": "Event", "kind": kind, "starts_at": "2026-03-0\(number % 9 + 1)T10:00:00Z",
                        "status": one(["", kind == "task" ? "completed" : "held"]),
                    ]
                )
                try add(
                    .address,
                    [
                        "contact": "\(number % 4 + 1)", "city": one(["Puebla", "León"]), "kind": one(["home", "work"]),
                        "primary": one(["yes", "no"]),
                    ]
                )
                try add(.comment, ["contact": "\(number % 4 + 1)", "body": "A word or two"])
            }
            for number in 1...4 {
                let quote = Registry.standard[.quote]
                _ = try transaction.add(
                    quote,
                    [set("subject", "Quote \(number)"), set("currency", one(["MXN", "USD"]))]
                        + (number > 1
                            ? [FieldInput("lines", .addRows(["text=Visit,price=100,quantity=\(number)"]))] : [])
                )
            }
        }
    }
}

extension TemporaryStore {
    /// How many records of a module the newest change set has changed.
    fileprivate func changedRecords(of module: Module) throws -> Int {
        try newest.counts.first { $0.module == module.name }?.updated ?? 0
    }
}

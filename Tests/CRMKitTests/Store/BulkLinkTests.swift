import TestSupport
import Testing

@testable import CRMKit

/// Links with all that a filter chooses are those that a link with each would make.
@Suite struct BulkLinkTests {
    /// What is done with the links of one record.
    struct Case: CustomTestStringConvertible {
        let module: ModuleName
        /// Whether that is a contact.
        var isOfContact = false
        let action: LinkBatch.Action
        var attributes: [String: String] = [:]

        var testDescription: String { "\(module), of a contact: \(isOfContact), \(action), \(attributes)" }
    }

    private static let links: [[String: String]] = [
        [:], ["role": "user"], ["role": "user", "note": "New"], ["note": "New"],
        ["role": "user", "since": "2026-02-01"],
        ["since": "2026-03-01", "until": "2026-02-01"], ["role": "user", "until": "2026-01-01"],
        ["role": "user", "since": "2026-03-01", "until": "2026-02-01"],
    ]

    static let cases: [Case] = [true, false].flatMap { isOfContact -> [Case] in
        let made = links.map {
            Case(module: .asset, isOfContact: isOfContact, action: .link(replacing: false), attributes: $0)
        }
        let ended = ([[:], ["role": "user"]] as [[String: String]]).flatMap { role in
            [nil, "2026-02-15", "2025-01-01"].map { (date: String?) in
                Case(module: .asset, isOfContact: isOfContact, action: .unlink(endedOn: date), attributes: role)
            }
        }
        let others: [Case] = [
            Case(
                module: .asset,
                isOfContact: isOfContact,
                action: .link(replacing: true),
                attributes: ["role": "user"]
            ),
            Case(module: .campaign, isOfContact: isOfContact, action: .link(replacing: false)),
            Case(
                module: .campaign,
                isOfContact: isOfContact,
                action: .link(replacing: false),
                attributes: ["response": "clicked"]
            ),
            Case(module: .campaign, isOfContact: isOfContact, action: .unlink(endedOn: nil)),
            Case(module: .document, isOfContact: isOfContact, action: .link(replacing: false)),
            Case(
                module: .opportunity,
                isOfContact: isOfContact,
                action: .link(replacing: false),
                attributes: ["role": "primary"]
            ),
            Case(
                module: .opportunity,
                isOfContact: isOfContact,
                action: .link(replacing: false),
                attributes: ["role": "evaluator"]
            ),
            Case(module: .opportunity, isOfContact: isOfContact, action: .unlink(endedOn: nil)),
            Case(
                module: .opportunity,
                isOfContact: isOfContact,
                action: .unlink(endedOn: nil),
                attributes: ["role": "evaluator"]
            ),
        ]
        return made + ended + others
    }

    @Test("they are those of each", arguments: cases, [1, 2, 3] as [UInt64])
    func theyAreThoseOfEach(_ asked: Case, seed: UInt64) throws {
        let (together, each) = (try TemporaryStore(), try TemporaryStore())
        for crm in [together, each] { try Self.fill(crm, seed: seed) }
        let module = Registry.standard[asked.module]
        let other = asked.isOfContact ? module : Registry.standard[.contact]
        let before = try together.contents()
        func batch(_ store: Store) throws -> LinkBatch {
            let texts = asked.attributes.sorted { $0.key < $1.key }.map { (key: $0.key, text: $0.value) }
            let link = try #require(module.contacts.link)
            return try LinkBatch(
                module,
                in: Registry.standard,
                action: asked.action,
                fixed: asked.isOfContact ? .contact(2) : .record(2),
                attributes: store.linkAttributes(link, from: texts)
            )
        }
        let ids = try each.store.database.all("SELECT id FROM \(other.table) WHERE id <> 3 ORDER BY id")
            .compactMap { $0[0].integer }
        var (expected, found): (LinkBatch.Report?, LinkBatch.Report?)
        let refusal = crmError { expected = try each.write { try batch(each.store).run(with: ids, in: $0) } }
        let otherRefusal = crmError {
            found = try together.write {
                try batch(together.store).run(with: together.store.choose(other, where: ["id != 3"]), in: $0)
            }
        }
        #expect(refusal?.message == otherRefusal?.message)
        #expect(found.map(Self.counts) == expected.map(Self.counts))
        #expect(try BulkEditTests.told(together) == BulkEditTests.told(each))
        let after = try together.contents()
        guard after != before else { return }
        try together.undo()
        #expect(try together.contents() == before)
        try together.undo(together.newest.id)
        #expect(try together.contents() == after)
    }

    private static func counts(_ report: LinkBatch.Report) -> [Int] {
        [report.rows, report.linked, report.updated, report.alreadyLinked, report.ended, report.notLinked]
    }

    /// Fills a database with records and links between them, the same for the same seed.
    private static func fill(_ crm: TemporaryStore, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func one(_ words: [String]) -> String { words.randomElement(using: &generator) ?? "" }
        try crm.write { transaction in
            func add(_ module: ModuleName, _ fields: [String: String]) throws {
                _ = try transaction.add(
                    Registry.standard[module],
                    fields.sorted { $0.key < $1.key }.map { FieldInput($0.key, .set($0.value)) }
                )
            }
            try add(.organization, ["name": "Acme"])
            for number in 1...5 { try add(.contact, ["last_name": "Ruiz \(number)", "organization": "1"]) }
            for number in 1...5 {
                try add(.asset, ["name": "Asset \(number)", "serial": "S\(number)", "status": "in_service"])
                try add(.campaign, ["name": "Campaign \(number)"])
                try add(.document, ["title": "Document \(number)"])
                try add(
                    .opportunity,
                    [
                        "name": "Sale \(number)", "contact": "\(number)", "amount": "5", "stage": "proposal",
                        "close_date": "2026-09-01",
                    ]
                )
            }
            func link(_ module: ModuleName, _ texts: [String: String]) throws {
                let module = Registry.standard[module]
                guard let link = module.contacts.link else { return }
                let given = texts.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
                _ = try transaction.link(
                    module,
                    contact: Int64.random(in: 1...5, using: &generator),
                    record: Int64.random(in: 1...5, using: &generator),
                    crm.store.linkAttributes(link, from: given.map { (key: $0.key, text: $0.value) })
                )
            }
            for _ in 1...14 {
                try link(
                    .asset,
                    [
                        "role": one(["user", "owner"]), "since": one(["", "2025-06-01", "2025-12-01"]),
                        "until": one(["", "", "2025-12-31", "2027-01-01"]),
                    ]
                )
                try link(.campaign, ["response": one(["", "clicked", "opened"])])
                try link(.document, [:])
                try link(.opportunity, ["role": one(["evaluator", "influencer"])])
            }
        }
    }
}

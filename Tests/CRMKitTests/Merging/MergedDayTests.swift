import SQLite
import Testing

@testable import CRMKit

/// What becomes of the days of links when the records they are of become one.
@Suite struct MergedDayTests {
    typealias Attributes = KeyValuePairs<String, String>

    struct Join: Sendable {
        let module: ModuleName
        /// The attributes of the link of each contact.
        let kept: Attributes
        let other: Attributes
        /// The status or role, the day and the note of the link that both become.
        let joined: String
        /// The keys of the values of which it is told that they give way.
        let told: [String]
        var preferring: [String] = []
    }

    /// A day is that of a purchase, or of what else the status says.
    private static let events = [
        Join(
            module: .product,
            kept: ["status": "purchased"],
            other: ["status": "purchased", "since": "2026-05-01"],
            joined: "purchased 2026-05-01 -",
            told: []
        ),
        Join(
            module: .service,
            kept: ["status": "provided", "since": "2026-05-01"],
            other: ["status": "provided"],
            joined: "provided 2026-05-01 -",
            told: []
        ),
        Join(
            module: .product,
            kept: ["status": "purchased", "since": "2026-05-01"],
            other: ["status": "purchased", "since": "2026-04-01"],
            joined: "purchased 2026-04-01 since: 2026-05-01",
            told: ["since"]
        ),
        Join(
            module: .product,
            kept: ["status": "interested"],
            other: ["status": "purchased", "since": "2026-05-01"],
            joined: "purchased 2026-05-01 status: interested",
            told: ["status"]
        ),
        Join(
            module: .product,
            kept: ["status": "purchased", "since": "2026-05-01"],
            other: ["status": "interested", "since": "2026-01-01"],
            joined: "purchased 2026-05-01 status: interested; since: 2026-01-01",
            told: ["status", "since"]
        ),
        Join(
            module: .service,
            kept: ["status": "considering", "since": "2026-01-01"],
            other: ["status": "provided"],
            joined: "provided - status: considering; since: 2026-01-01",
            told: ["status", "since"]
        ),
        Join(
            module: .product,
            kept: ["since": "2026-01-01"],
            other: ["status": "purchased"],
            joined: "purchased 2026-01-01 -",
            told: []
        ),
        Join(
            module: .product,
            kept: ["status": "purchased"],
            other: ["since": "2026-01-01"],
            joined: "purchased 2026-01-01 -",
            told: []
        ),
        Join(
            module: .product,
            kept: ["status": "interested", "since": "2026-01-01"],
            other: ["status": "purchased", "since": "2026-05-01"],
            joined: "interested 2026-01-01 status: purchased; since: 2026-05-01",
            told: ["status", "since"],
            preferring: ["product.link.status=1"]
        ),
    ]

    /// A day is the first of those on which the link holds.
    private static let validities = [
        Join(
            module: .asset,
            kept: ["role": "user"],
            other: ["role": "user", "since": "2026-05-01"],
            joined: "user - -",
            told: []
        ),
        Join(
            module: .project,
            kept: ["role": "member", "since": "2026-05-01"],
            other: ["role": "member"],
            joined: "member - -",
            told: []
        ),
    ]

    @Test("A day goes with what it is the day of", arguments: events + validities)
    func days(join: Join) throws {
        let crm = try TemporaryStore()
        for name in ["Ruiz", "Ruiz Sosa"] { try crm.add(.contact, ["last_name": name]) }
        let record = try crm.add(join.module, join.module == .asset ? ["name": "A", "serial": "X"] : ["name": "A"])
        for (contact, attributes) in zip([1, 2] as [Int64], [join.kept, join.other]) {
            try crm.link(join.module, contact: contact, record: record, attributes)
        }
        let report = try crm.write(TemporaryStore.request("crm contact merge")) { transaction in
            let module = Registry.standard[.contact]
            let preferences = try crm.store.mergePreferences(join.preferring, in: module)
            return try transaction.merge(module, keeping: 1, [2], preferences)
        }
        #expect(report.conflicts.map(\.field.key) == join.told)
        let said = join.module == .asset || join.module == .project ? "role" : "status"
        let rows = try crm.store.database.all("SELECT \(said), since, note FROM contact_\(join.module.rawValue)")
        #expect(rows.map { $0.map { $0.text ?? "-" }.joined(separator: " ") } == [join.joined])
    }
}

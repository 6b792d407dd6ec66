import Formats
import SQLite
import TestSupport
import Testing

@testable import CRMKit

/// Links that are inserted many at a time come out as those that are made one by one.
@Suite struct LinkInsertionTests {
    struct Row {
        let contact: Int64
        let record: Int64
        let role: String
        let note: String
    }

    private static let contacts: Int64 = 20
    private static let assets: Int64 = 15

    private func store() throws -> TemporaryStore {
        let crm = try TemporaryStore()
        try crm.write { transaction in
            for number in 1...Self.contacts {
                let inputs = [FieldInput("last_name", .set("contact \(number)"))]
                _ = try transaction.add(Registry.standard[.contact], inputs)
            }
            for number in 1...Self.assets {
                let inputs = [FieldInput("name", .set("asset")), FieldInput("serial", .set("S-\(number)"))]
                _ = try transaction.add(Registry.standard[.asset], inputs)
            }
        }
        return crm
    }

    private func rows(seed: UInt64, count: Int, upTo most: Int64) -> [Row] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            Row(
                contact: .random(in: 1...most, using: &generator),
                record: .random(in: 1...Self.assets, using: &generator),
                role: ["", "user", "owner"].randomElement(using: &generator) ?? "",
                note: ["", "", "", "Café"].randomElement(using: &generator) ?? ""
            )
        }
    }

    private func run(_ rows: [Row], in crm: TemporaryStore) throws -> (LinkBatch.Report, [RowProblem]) {
        let lines = rows.map { "\($0.contact),\($0.record),\($0.role),\($0.note)\n" }
        let source = ByteSource(bytes: Array(("contact,asset,role,note\n" + lines.joined()).utf8))
        let batch = try LinkBatch(
            .asset,
            in: .standard,
            action: .link(replacing: false),
            fixed: .neither,
            attributes: TemporaryStore.attributes(of: .asset, [:])
        )
        var problems: [RowProblem] = []
        let report = try crm.write { try batch.run(source, format: .csv, in: $0) { problems.append($0) } }
        return (report, problems)
    }

    /// Pairs repeat, so that some links are found, some updated, some ambiguous, in the same statement and later.
    @Test("what comes of rows is what comes of each", arguments: 1...12)
    func whatComesOfRowsIsWhatComesOfEach(seed: Int) throws {
        let rows = rows(seed: UInt64(seed), count: 40 * seed, upTo: Self.contacts)
        let together = try store()
        let (report, problems) = try run(rows, in: together)
        let single = try store()
        var counts: [LinkOutcome: Int] = [:]
        var refused: [Int] = []
        try single.write { transaction in
            try transaction.linkWriter(of: Registry.standard[.asset]).beginInput()
            for (index, row) in rows.enumerated() {
                var attributes = TemporaryStore.attributes(of: .asset, [:])
                if !row.role.isEmpty { attributes["role"] = .text(row.role) }
                if !row.note.isEmpty { attributes["note"] = .text(row.note) }
                do {
                    let result = try transaction.link(
                        Registry.standard[.asset],
                        contact: row.contact,
                        record: row.record,
                        attributes
                    )
                    counts[result.outcome, default: 0] += 1
                } catch let error as CRMError where error.concernsOneRow {
                    refused.append(index + 1)
                }
            }
        }
        #expect(try together.contents() == single.contents())
        #expect(report.linked == counts[.linked] ?? 0)
        #expect(report.updated == counts[.updated] ?? 0)
        #expect(report.alreadyLinked == counts[.alreadyLinked] ?? 0)
        #expect(problems.map(\.row) == refused)
        try together.undo()
        #expect(try together.count("contact_asset") == 0)
    }

    /// A statement of many rows fails as a whole; still each bad row is named, in order, and the good ones are made.
    @Test("each row that names no record is found", arguments: [1, 63, 64, 65, 128, 200])
    func eachRowThatNamesNoRecordIsFound(count: Int) throws {
        let crm = try store()
        var pairs: [Row] = []
        for contact in 1...Self.contacts {
            for record in 1...Self.assets {
                pairs.append(Row(contact: contact, record: record, role: "", note: ""))
            }
        }
        pairs = Array(pairs.prefix(count))
        let bad = Set([0, count / 2, count - 1])
        for index in bad { pairs[index] = Row(contact: 999, record: 1 + Int64(index % 2), role: "", note: "") }
        let (report, problems) = try run(pairs, in: crm)
        #expect(problems.map(\.row) == bad.sorted().map { $0 + 1 })
        #expect(problems.map(\.line) == bad.sorted().map { $0 + 2 })
        #expect(problems.allSatisfy { $0.field == "contact" && $0.value == "999" && $0.column == 1 })
        #expect(report.refused == bad.count)
        #expect(report.linked == count - bad.count)
        #expect(try crm.count("contact_asset") == count - bad.count)
    }

    /// However many rows that need no new link come before it is inserted.
    @Test("a bad row is found whose link waits long") func aBadRowIsFoundWhoseLinkWaitsLong() throws {
        let crm = try store()
        let linked = Row(contact: 1, record: 1, role: "", note: "")
        _ = try run([linked], in: crm)
        let bad = Row(contact: 999, record: 2, role: "", note: "")
        let (report, problems) = try run([bad] + Array(repeating: linked, count: 40), in: crm)
        #expect(problems.map(\.row) == [1])
        #expect(report.alreadyLinked == 40)
        #expect(report.linked == 0)
    }
}

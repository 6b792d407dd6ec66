import SQLite
import TestSupport
import Testing

@testable import CRMKit

/// On random graphs a merge loses nothing: all that hung on either record hangs on the one that stays, and undoing it
/// gives what was there.
@Suite struct MergePropertyTests {
    @Test("nothing is lost", arguments: 1...20 as ClosedRange<UInt64>)
    func nothingIsLost(seed: UInt64) throws {
        let crm = try TemporaryStore()
        var graph = try RandomGraph(crm, seed: seed)
        try graph.grow()
        for module in [ModuleName.contact, .product, .organization] {
            let group = Array(graph.ids[module, default: []].shuffled(using: &graph.generator).prefix(3))
            let before = try Snapshot(crm, merging: group, of: module)
            let contents = try crm.contents()
            let report = try crm.write(TemporaryStore.request("crm merge")) {
                try $0.merge(Registry.standard[module], keeping: group[0], Array(group.dropFirst()))
            }
            let after = try Snapshot(crm, merging: group, of: module)
            #expect(after.references == before.references)
            #expect(Set(after.links.map(\.ends)) == Set(before.links.map(\.ends)))
            #expect(
                before.links.count - after.links.count + before.rows.count - after.rows.count(besides: report)
                    == report.joined
            )
            for link in before.links {
                #expect(after.links.contains { $0.ends == link.ends && $0.says(all: link) }, "\(link)")
            }
            for link in after.links where link.isOfHappening {
                #expect(before.links.contains { $0.ends == link.ends && $0.dates(link) }, "\(link)")
            }
            for row in before.rows { #expect(after.rows.contains(row), "\(row)") }
            for tag in before.tags { #expect(after.tags.contains(tag), "\(tag)") }
            #expect(try crm.store.database.all("PRAGMA foreign_key_check").isEmpty)
            #expect(try crm.store.check() == [])
            for id in group { #expect(try crm.store.id(of: "\(id)", in: Registry.standard[module]) == group[0]) }

            let merged = try crm.contents()
            let undo = try crm.undo()
            #expect(try crm.contents() == contents)
            for id in group { #expect(try crm.store.id(of: "\(id)", in: Registry.standard[module]) == id) }
            try crm.undo(undo.changeSet.id)
            #expect(try crm.contents() == merged)
            graph.ids[module]?.removeAll { group.dropFirst().contains($0) }
        }
    }
}

extension [String] {
    /// How many rows there are but for those that a merge has made of what found no place.
    fileprivate func count(besides report: MergeReport) -> Int { count - report.plan.overflow.count }
}

/// What hangs on some records, as if they were one.
private struct Snapshot {
    /// A link by its ends and role, and what else it says.
    struct Link: Hashable {
        let ends: String
        let attributes: [String: String]
        /// Whether its beginning is the day of what its status says.
        let isOfHappening: Bool

        /// Whether it says all that another does, in its attributes or in its note.
        func says(all other: Link) -> Bool {
            other.attributes.allSatisfy { key, value in
                // A link without a beginning has held from ever.
                if key == "created_at" || key == "since" && !isOfHappening { return (attributes[key] ?? "~") <= value }
                return attributes[key] == value || attributes["note"]?.contains(value) ?? false || value.isEmpty
            }
        }

        /// Whether the day of another link is that of this one, and is of the same or of nothing in particular.
        func dates(_ other: Link) -> Bool {
            attributes["since"] == other.attributes["since"]
                && [nil, other.attributes["status"]].contains(attributes["status"])
        }
    }

    var references: [String] = []
    var links: [Link] = []
    var rows: [String] = []
    var tags: Set<String> = []

    init(_ crm: TemporaryStore, merging group: [Int64], of module: ModuleName) throws {
        let registry = Registry.standard
        for incoming in registry.incoming(to: module) {
            let table = incoming.table
            let columns = table.fields.flatMap(\.columns)
            let list = columns.map(\.quotedIdentifier).joined(separator: ", ")
            for row in try crm.store.database.all("SELECT \(list) FROM \(table.name.quotedIdentifier) ORDER BY 1") {
                let values = Dictionary(zip(columns, row).map { ($0, $1.text ?? $1.integer.map(String.init) ?? "") }) {
                    $1
                }
                guard let target = incoming.field.columns.last.flatMap({ values[$0] }).flatMap(Int64.init),
                    group.contains(target),
                    incoming.field.type != .anyReference || values["\(incoming.field.key)_module"] == module.rawValue
                else { continue }
                if table.relation != nil {
                    let far = table.owners.first { $0.key != incoming.field.key }?.key ?? ""
                    let isOpen = values["until", default: ""].isEmpty
                    let ends =
                        "\(table.name) \(values[far] ?? "") \(values["role"] ?? "") \(isOpen ? "" : values["id"] ?? "")"
                    let said = values.filter { key, value in
                        (!value.isEmpty || key == "since") && !["id", "role", far, incoming.field.key].contains(key)
                    }
                    let isOfHappening = table.relation?.link.period == .happening(of: "status")
                    links.append(Link(ends: ends, attributes: said, isOfHappening: isOfHappening))
                } else if table.part?.visibility == .shown {
                    rows.append(
                        table.part.map { part in part.fields.compactMap { values[$0.key] }.joined(separator: "|") }
                            ?? ""
                    )
                } else if table.holdsRecords,
                    !(table.name == module.rawValue && group.contains(Int64(values["id"] ?? "") ?? 0))
                {
                    references.append("\(table.name) \(values["id"] ?? "") \(incoming.field.key)")
                }
            }
        }
        for id in group {
            guard let record = try crm.store.storedRecord(registry[module], id: id) else { continue }
            tags.formUnion(FieldType.list(.text).elements(of: record["tags"]).map { Fold.fold($0) })
        }
        references.sort()
    }
}

/// Records with random links, references, rows and tags.
private struct RandomGraph {
    let crm: TemporaryStore
    var generator: SeededGenerator
    var ids: [ModuleName: [Int64]] = [:]

    init(_ crm: TemporaryStore, seed: UInt64) throws {
        self.crm = crm
        generator = SeededGenerator(seed: seed)
        for number in 1...3 { try add(.organization, ["name": "Acme \(number)"]) }
        for number in 1...5 {
            try add(.contact, ["last_name": "Ruiz \(number)", "organization": "\(any(.organization))"])
        }
        for number in 1...4 { try add(.product, ["name": "Cable \(number)"]) }
        for number in 1...3 { try add(.asset, ["name": "Laptop", "serial": "X\(number)"]) }
        for number in 1...2 { try add(.project, ["name": "Move \(number)"]) }
    }

    private mutating func add(_ module: ModuleName, _ fields: KeyValuePairs<String, String>) throws {
        ids[module, default: []].append(try crm.add(module, fields))
    }

    private mutating func any(_ module: ModuleName) -> Int64 {
        ids[module, default: []].randomElement(using: &generator) ?? 1
    }

    private mutating func word(_ words: String...) -> String { words.randomElement(using: &generator) ?? "" }

    mutating func grow() throws {
        for _ in 0..<50 {
            do {
                try step()
            } catch let error as CRMError where [.refused, .invalid, .usage, .ambiguous].contains(error.code) {
                continue
            }
        }
    }

    private mutating func step() throws {
        let contact = any(.contact)
        switch Int.random(in: 0..<14, using: &generator) {
        case 0, 1:
            let attributes: KeyValuePairs = [
                "role": word("user", "owner", ""), "since": word("", "2025-01-01", "2026-01-01"),
                "note": word("", "desk", "home"),
            ]
            try crm.link(.asset, contact: contact, record: any(.asset), attributes)
        case 2, 3:
            let attributes: KeyValuePairs = [
                "status": word("interested", "purchased", ""), "since": word("", "2025-06-01", "2026-01-15"),
                "warranty_until": word("", "2027-01-01", "2028-01-01"), "note": word("", "blue"),
            ]
            try crm.link(.product, contact: contact, record: any(.product), attributes)
        case 4: try crm.unlink(.asset, contact: contact, record: any(.asset), endedOn: "2026-02-01")
        case 5: try crm.link(.project, contact: contact, record: any(.project), ["responsibility": word("", "plan")])
        case 6: try crm.edit(.contact, contact, ["reports_to": "\(any(.contact))"])
        case 7: try crm.edit(.organization, any(.organization), ["member_of": "\(any(.organization))"])
        case 8: try add(.comment, ["contact": "\(contact)", "body": "Hola", "about": "product:\(any(.product))"])
        case 9:
            try add(
                .address,
                ["contact": "\(contact)", "street": "Uno", "kind": word("home", "work"), "primary": word("yes", "no")]
            )
        case 10:
            try add(
                .opportunity,
                [
                    "name": "Renewal", "contact": "\(contact)", "organization": "\(any(.organization))",
                    "close_date": "2026-12-31", "amount": "9", "stage": "proposal",
                ]
            )
        case 11:
            let point = [
                FieldInput("kind", .set("email")), FieldInput("value", .set(word("a@example.org", "b@example.org"))),
            ]
            _ = try crm.write { try $0.add(.contactPoint, to: contact, of: .contact, point) }
        case 12:
            let tags = [word("vip", "VIP", "norte"), word("sur", "norte")]
            _ = try crm.write { try $0.edit(.contact, id: contact, [FieldInput("tags", .setList(tags))]) }
        default:
            let email = word("a@example.org", "c@example.org")
            try crm.edit(.contact, contact, ["email": email, "external_id": word("", "K-1", "K-2", "K-3")])
        }
    }
}

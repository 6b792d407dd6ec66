import SQLite
import Testing

@testable import CRMKit

@Suite("Links of a record")
struct LinksQueryTests {
    /// Ana holds a laptop, held a phone; Beto holds the phone. Ana has two addresses and belongs to Acme.
    private func holdings() throws -> SampleDatabase {
        let sample = try SampleDatabase()
        try sample.add("organization", ["name": "Acme"])
        try sample.add("contact", ["last_name": "Ruiz", "name": "Ana", "organization": 1, "email": "ana@example.org"])
        try sample.add("contact", ["last_name": "Paz", "name": "Beto"])
        try sample.add("asset", ["name": "Laptop", "serial": "L1", "status": "in_service"])
        try sample.add("asset", ["name": "Phone", "serial": "P1", "status": "out_of_service"])
        try sample.link(1, "asset", 1, ["role": "custodian", "since": "2026-01-01"])
        try sample.link(1, "asset", 2, ["role": "custodian", "since": "2026-01-01", "until": "2026-03-01"])
        try sample.link(2, "asset", 2, ["role": "user", "since": "2026-03-01", "note": "second hand"])
        try sample.add("address", ["contact": 1, "name": "Calle 1", "city": "Puebla"])
        try sample.add("address", ["contact": 1, "name": "Calle 2", "city": "Lima"])
        let service = try sample.add("service", ["name": "Training"])
        try sample.link(1, "service", service, ["status": "provided"])
        let project = try sample.add("project", ["name": "Move", "status": "completed"])
        try sample.link(1, "project", project, ["role": "member"])
        try sample.add("document", ["title": "Contract"])
        try sample.link(1, "document", 1)
        return sample
    }

    private func query(
        _ sample: SampleDatabase,
        _ module: ModuleName,
        _ id: Int64,
        _ other: ModuleName,
        where filters: String...
    ) -> LinksQuery {
        let registry = sample.registry
        var query = LinksQuery(
            registry[module],
            id: id,
            to: registry[other],
            registry: registry,
            context: sample.context
        )
        query.filters = filters
        return query
    }

    private func names(_ query: LinksQuery, _ sample: SampleDatabase) throws -> [String] {
        var query = query
        query.columns = ["name"]
        let rows = try query.rows(in: sample.database, path: "").all()
        #expect(try query.count(in: sample.database) == Int64(rows.count))
        return rows.compactMap { $0[0].text }
    }

    @Test(
        "From either side, of every relation",
        arguments: [
            ("contact", 1, "asset", ["Laptop"]), ("contact", 2, "asset", ["Phone"]), ("asset", 2, "contact", ["Beto"]),
            ("contact", 1, "address", ["Calle 1", "Calle 2"]), ("address", 2, "contact", ["Ana"]),
            ("contact", 1, "organization", ["Acme"]), ("contact", 2, "organization", []),
            ("organization", 1, "contact", ["Ana"]), ("contact", 1, "document", ["Contract"]),
        ] as [(ModuleName, Int64, ModuleName, [String])]
    )
    func sides(_ module: ModuleName, _ id: Int64, _ other: ModuleName, _ expected: [String]) throws {
        let sample = try holdings()
        #expect(try names(query(sample, module, id, other), sample) == expected)
    }

    @Test(
        "On a day a link counts from its beginning up to the day before its end",
        arguments: [
            ("2025-12-31", []), ("2026-01-01", ["Ana"]), ("2026-02-28", ["Ana"]), ("2026-03-01", ["Beto"]),
            ("2030-01-01", ["Beto"]),
        ]
    )
    func day(_ day: String, _ expected: [String]) throws {
        let sample = try holdings()
        var query = query(sample, "asset", 2, "contact")
        query.period = .on(try CivilDate(parsing: day, today: sample.context.clock.date))
        #expect(try names(query, sample) == expected)
    }

    @Test("History, and filters that name an end, count ended links too")
    func history() throws {
        let sample = try holdings()
        var all = query(sample, "asset", 2, "contact")
        all.period = .all
        #expect(try names(all, sample) == ["Ana", "Beto"])
        all.sort = ["-link.since"]
        #expect(try names(all, sample) == ["Beto", "Ana"])
        #expect(try names(query(sample, "asset", 2, "contact", where: "link.until<=today"), sample) == ["Ana"])
        #expect(try names(query(sample, "asset", 2, "contact", where: "until is not empty"), sample) == ["Ana"])
    }

    @Test(
        "Filters speak of the record, and of the link",
        arguments: [
            ("asset", "status=in_service", ["Laptop"]), ("asset", "link.role=custodian", ["Laptop"]),
            ("asset", "role=user", []), ("asset", "contact.name=ana", ["Laptop"]),
            ("service", "link.status=provided", ["Training"]), ("project", "status=completed", ["Move"]),
            ("address", "city=lima", ["Calle 2"]),
        ] as [(ModuleName, String, [String])]
    )
    func filters(_ other: ModuleName, _ filter: String, _ expected: [String]) throws {
        let sample = try holdings()
        #expect(try names(query(sample, "contact", 1, other, where: filter), sample) == expected)
    }

    @Test("Columns are those of the link, then those of the record")
    func columns() throws {
        let sample = try holdings()
        let rows = try query(sample, "contact", 1, "asset").rows(in: sample.database, path: "")
        let link = rows.columns.filter { $0.object == "link" }
        #expect(link.map(\.key) == ["id", "contact", "asset", "role", "since", "until", "note", "created_at"])
        #expect(link.first?.path == "link.id")
        let record = rows.columns.filter { $0.object == "record" }
        #expect(record.map(\.key) == sample.registry["asset"].fields.map(\.key))
        #expect(try rows.next())
        guard case .reference("contact", let name?) = link[1].kind else { return #expect(Bool(false)) }
        #expect(rows.integer(link[1].position) == 1 && rows.text(name) == "Ana")
        #expect(rows.text(link[3].position) == "custodian")
        #expect(rows.text(record[1].position) == "Laptop")
    }

    @Test("An owned record's link is its two ends", arguments: [("contact", 1, "address"), ("address", 1, "contact")])
    func owned(_ module: ModuleName, _ id: Int64, _ other: ModuleName) throws {
        let sample = try holdings()
        let rows = try query(sample, module, id, other).rows(in: sample.database, path: "")
        let link = rows.columns.filter { $0.object == "link" }
        #expect(link.map(\.key) == ["contact", "address"])
        #expect(try rows.next())
        #expect(link.map { rows.integer($0.position) } == [1, 1])
    }

    @Test("Columns by name, links' and records', and through them")
    func named() throws {
        let sample = try holdings()
        var query = query(sample, "contact", 1, "asset")
        query.columns = ["link.role", "since", "status", "link.contact.email"]
        let rows = try query.rows(in: sample.database, path: "")
        #expect(rows.columns.map(\.path) == ["link.role", "link.since", "status", "link.contact.email"])
        #expect(rows.columns.map(\.object) == ["link", "link", "record", "link"])
        #expect(try rows.all() == [["custodian", "2026-01-01", "in_service", "ana@example.org"]])
    }

    @Test("Modules without links and days without periods are refused")
    func refused() throws {
        let sample = try holdings()
        var links = query(sample, "contact", 1, "document")
        links.period = .on(sample.context.clock.date)
        #expect(queryError { _ = try links.count(in: sample.database) }?.code == .usage)
        let unrelated = query(sample, "asset", 1, "service")
        #expect(queryError { _ = try unrelated.count(in: sample.database) }?.code == .usage)
    }

    @Test("A summary counts what is linked with a record and what points at it, each once")
    func summary() throws {
        let sample = try holdings()
        func counts(_ name: ModuleName, _ id: Int64) throws -> [String: Int64] {
            let request = RelatedReader.Request(module: name, today: sample.context.clock.today)
            let groups = try RelatedReader(request, registry: sample.registry, in: sample.database).read(id).groups
            return Dictionary(uniqueKeysWithValues: groups.map { ($0.module.name.rawValue, $0.count) })
        }
        let contact = try counts("contact", 1)
        #expect(contact["asset"] == 1 && contact["address"] == 2 && contact["document"] == 1 && contact["case"] == 0)
        #expect(contact["contact"] == 0 && contact["organization"] == nil)
        #expect(try counts("asset", 2)["contact"] == 1)
        #expect(try counts("organization", 1)["contact"] == 1)
    }

    @Test("Every module declares what its records say where they hang on another")
    func mentions() throws {
        let registry = Registry.standard
        for module in registry.modules {
            let resolver = PathResolver(registry: registry)
            let places = [Place(module), Place(module, link: module.contacts.link?.attributes ?? [])]
            for path in module.mention.columns + module.mention.dates {
                #expect(places.contains { resolver.find(Path(path), from: $0) != nil }, "\(module.name): \(path)")
            }
            #expect(!module.mention.columns.isEmpty, "\(module.name)")
            let dates = module.mention.dates.compactMap { resolver.find(Path($0), from: places[1])?.end.field.type }
            #expect(dates.allSatisfy { $0 == .date || $0 == .dateTime }, "\(module.name)")
        }
    }
}

import Formats
import SQLite
import Testing

@testable import CRMKit

/// What becomes of records that become one, and of all that hangs on them.
@Suite struct MergeTests {
    private let crm: TemporaryStore
    private let acme: Int64

    init() throws {
        crm = try TemporaryStore()
        _ = try crm.store.set(.country, to: "MX", TemporaryStore.request())
        acme = try crm.add(.organization, ["name": "Acme"])
    }

    private func merge(
        _ kept: Int64,
        _ others: Int64...,
        of module: ModuleName = .contact,
        prefer: [String] = []
    ) throws -> MergeReport {
        try crm.write(TemporaryStore.request("crm \(module) merge")) { transaction in
            let module = Registry.standard[module]
            let preferences = try crm.store.mergePreferences(prefer, in: module)
            return try transaction.merge(module, keeping: kept, others, preferences)
        }
    }

    private func points(_ id: Int64) throws -> [String] {
        try crm.store.rows(of: .contactPoint, in: .contact, record: id).map { row in
            row.values.compactMap(\.text).joined(separator: " ")
        }
    }

    private func links() throws -> [String] {
        try crm.rows("SELECT id, contact, asset, role, since, until, note FROM contact_asset ORDER BY 1")
    }

    // MARK: - Fields

    @Test("what is missing comes from the other") func whatIsMissingComesFromTheOther() throws {
        let ana = try crm.add(.contact, ["last_name": "Ruiz", "email": "ana@example.org"])
        let other = try crm.add(
            .contact,
            [
                "first_name": "Ana", "last_name": "Ruiz", "title": "Jefa", "organization": "\(acme)",
                "external_id": "K-2",
            ]
        )
        _ = try merge(ana, other)
        #expect(try crm.value(.contact, ana, "name") == .text("Ana Ruiz"))
        #expect(try crm.value(.contact, ana, "title") == .text("Jefa"))
        #expect(try crm.value(.contact, ana, "organization") == .integer(acme))
        #expect(try crm.value(.contact, ana, "external_id") == .text("K-2"))
        #expect(try crm.count("contact") == 1)
    }

    @Test(
        "A preference says whose value is kept",
        arguments: [
            ([], "Uno", "Norte"), (["newer"], "Tres", "Norte"), (["older"], "Dos", "Sur"),
            (["title=2"], "Dos", "Norte"),
            (["newer", "department=2"], "Tres", "Sur"),
        ]
    )
    func preferred(prefer: [String], title: String, department: String) throws {
        let ids = try [("Uno", ""), ("Dos", "Sur"), ("Tres", "Norte")].map {
            try crm.add(.contact, ["last_name": "Ruiz", "title": $0.0, "department": $0.1])
        }
        for (id, day) in zip(ids, ["02", "01", "03"]) {
            try crm.store.database.execute(
                "UPDATE contact SET updated_at = '2026-01-\(day)T00:00:00Z' WHERE id = \(id)"
            )
        }
        // The second is asked before the third unless an order says otherwise.
        let order = prefer.isEmpty || prefer == ["title=2"] ? [ids[2], ids[1]] : [ids[1], ids[2]]
        _ = try merge(ids[0], order[0], order[1], prefer: prefer)
        #expect(try crm.value(.contact, ids[0], "title") == .text(title))
        #expect(try crm.value(.contact, ids[0], "department") == .text(department))
    }

    @Test("a preference for nothing or for a stranger is refused") func aPreferenceForNothingOrForAStrangerIsRefused()
        throws
    {
        for name in ["Uno", "Dos", "Tres"] { try crm.add(.contact, ["last_name": name]) }
        #expect(crmError { _ = try merge(1, 2, prefer: ["title=2"]) }?.code == .invalid)
        #expect(crmError { _ = try merge(1, 2, prefer: ["last_name=3"]) }?.code == .usage)
        #expect(crmError { _ = try merge(1, 2, prefer: ["shoe=2"]) }?.code == .usage)
        #expect(crmError { _ = try merge(1, 2, prefer: ["newer", "older"]) }?.code == .usage)
        #expect(try crm.count("contact") == 3)
    }

    @Test("tags are joined and a yes is kept") func tagsAreJoinedAndAYesIsKept() throws {
        let one = try crm.write { transaction in
            try transaction.add(
                .contact,
                [FieldInput("last_name", .set("Ruiz")), FieldInput("tags", .setList(["vip", "norte"]))]
            )
        }
        let other = try crm.write { transaction in
            try transaction.add(
                .contact,
                [
                    FieldInput("last_name", .set("Ruiz")), FieldInput("tags", .setList(["VIP", "sur"])),
                    FieldInput("do_not_call", .set("yes")),
                ]
            )
        }
        let report = try merge(one, other)
        #expect(try crm.value(.contact, one, "tags") == .text(#"["vip","norte","sur"]"#))
        #expect(try crm.value(.contact, one, "do_not_call") == .integer(1))
        #expect(report.plan.differences.map(\.field.key) == ["do_not_call", "tags"])
    }

    @Test("another address or number becomes a point") func anotherAddressOrNumberBecomesAPoint() throws {
        let one = try crm.add(
            .contact,
            ["last_name": "Ruiz", "email": "ana@example.org", "mobile": "55 1234 5678", "phone": "55 1111 1111"]
        )
        let other = try crm.add(
            .contact,
            [
                "last_name": "Ruiz", "email": "ruiz@example.org", "mobile": "+52 (55) 1234-5678",
                "phone": "5512345678", "home_phone": "55 2222 2222", "title": "Jefa",
            ]
        )
        try crm.edit(.contact, one, ["title": "Directora"])
        let report = try merge(one, other)
        #expect(try points(one) == ["email ruiz@example.org"])
        #expect(try crm.value(.contact, one, "home_phone") == .text("55 2222 2222"))
        #expect(report.plan.differences.first { $0.field.key == "title" }?.fates.count == 2)
        #expect(try crm.store.id(of: "ruiz@example.org", in: .contact) == one)
    }

    @Test("amounts in different currencies stay together") func amountsInDifferentCurrenciesStayTogether() throws {
        let one = try crm.add(.product, ["name": "Cable", "price": "10 USD"])
        let other = try crm.add(.product, ["name": "Cable", "price": "200 MXN", "stock": "5"])
        _ = try merge(one, other, of: .product)
        #expect(try crm.value(.product, one, "price") == .integer(1000))
        #expect(try crm.value(.product, one, "currency") == .text("USD"))
        #expect(try crm.value(.product, one, "stock") == .integer(5_000_000))
    }

    @Test("dates of different records are not put out of order") func datesOfDifferentRecordsAreNotPutOutOfOrder()
        throws
    {
        let one = try crm.add(.contact, ["last_name": "Ruiz", "support_start": "2026-05-01"])
        let other = try crm.add(.contact, ["last_name": "Ruiz", "support_end": "2025-12-31"])
        _ = try merge(one, other)
        #expect(try crm.value(.contact, one, "support_start") == .text("2026-05-01"))
        #expect(try crm.value(.contact, one, "support_end") == .null)
    }

    // MARK: - Links and references

    @Test("links that would be there twice are joined") func linksThatWouldBeThereTwiceAreJoined() throws {
        let one = try crm.add(.contact, ["last_name": "Ruiz"])
        let other = try crm.add(.contact, ["last_name": "Ruiz"])
        let laptop = try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        let car = try crm.add(.asset, ["name": "Car", "serial": "X2"])
        try crm.link(.asset, contact: one, record: laptop, ["role": "user", "since": "2026-02-01", "note": "desk"])
        try crm.link(.asset, contact: other, record: laptop, ["role": "user", "since": "2025-01-01", "note": "home"])
        try crm.link(.asset, contact: other, record: laptop, ["role": "owner"])
        try crm.link(.asset, contact: other, record: car, ["role": "user"])
        let report = try merge(one, other)
        #expect(report.joined == 1)
        #expect(report.moved.map(\.words.en) == ["2 assets"])
        #expect(
            try links() == [
                "1 \(one) \(laptop) user 2025-01-01 - desk; home", "3 \(one) \(laptop) owner - - -",
                "4 \(one) \(car) user - - -",
            ]
        )
    }

    @Test("what a joined link has otherwise stands in its note") func whatAJoinedLinkHasOtherwiseStandsInItsNote()
        throws
    {
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        let one = try crm.add(.product, ["name": "Cable", "code": "A"])
        let other = try crm.add(.product, ["name": "Cable", "code": "B"])
        try crm.link(.product, contact: contact, record: one, ["status": "interested"])
        try crm.link(
            .product,
            contact: contact,
            record: other,
            ["status": "purchased", "warranty_until": "2027-01-01"]
        )
        _ = try merge(one, other, of: .product)
        let link = try crm.store.database.all("SELECT status, warranty_until, note FROM contact_product")
        #expect(link == [[.text("purchased"), .text("2027-01-01"), .text("status: interested")]])
    }

    @Test("records that refer to the other refer to the one that stays")
    func recordsThatReferToTheOtherReferToTheOneThatStays() throws {
        let one = try crm.add(.contact, ["last_name": "Ruiz", "organization": "\(acme)"])
        let other = try crm.add(.contact, ["last_name": "Ruiz"])
        let chief = try crm.add(.contact, ["last_name": "Sosa", "reports_to": "\(other)"])
        let opportunity = try crm.add(
            .opportunity,
            [
                "name": "Renewal", "contact": "\(other)", "organization": "\(acme)", "close_date": "2026-12-31",
                "amount": "100", "stage": "proposal",
            ]
        )
        let event = try crm.add(
            .event,
            ["subject": "Call", "starts_at": "2026-03-03 10:00", "about": "contact:\(other)"]
        )
        try crm.add(.comment, ["contact": "\(other)", "body": "Hola"])
        try crm.add(.address, ["contact": "\(one)", "street": "Uno", "kind": "home", "primary": "yes"])
        try crm.add(.address, ["contact": "\(other)", "street": "Dos", "kind": "home", "primary": "yes"])
        let before = try crm.contents()
        let report = try merge(one, other)
        #expect(try crm.value(.contact, chief, "reports_to") == .integer(one))
        #expect(try crm.value(.opportunity, opportunity, "contact") == .integer(one))
        #expect(try crm.value(.event, event, "about") == .text("contact:\(one)"))
        #expect(report.notes.map(\.en) == ["address 2 is no longer \"Primary\""])
        #expect(try crm.store.check() == [])
        let after = try crm.contents()
        let undo = try crm.undo()
        #expect(try crm.contents() == before)
        try crm.undo(undo.changeSet.id)
        #expect(try crm.contents() == after)
        #expect(try crm.store.check() == [])
    }

    @Test(
        "A chain that would lead back is cut where it would",
        arguments: [
            // Who reports to whom among 1 (kept), 2 (merged), 3, 4; to whom the kept one reports afterwards.
            ([1: 2], nil), ([1: 3, 3: 2], nil), ([1: 3, 3: 2, 2: 4], 4), ([2: 1, 1: 3], 3), ([2: 3, 3: 1], nil),
            ([1: 2, 2: 3], 3), ([2: 4], 4),
        ] as [([Int64: Int64], Int64?)]
    )
    func loops(reports: [Int64: Int64], left: Int64?) throws {
        for _ in 1...4 { try crm.add(.contact, ["last_name": "Ruiz"]) }
        for (id, chief) in reports { try crm.edit(.contact, id, ["reports_to": "\(chief)"]) }
        let before = try crm.contents()
        _ = try merge(1, 2)
        #expect(try crm.value(.contact, 1, "reports_to") == left.map(Value.integer) ?? .null)
        #expect(try crm.store.check() == [])
        try crm.undo()
        #expect(try crm.contents() == before)
    }

    @Test("a preferred reference that would lead back is refused") func aPreferredReferenceThatWouldLeadBackIsRefused()
        throws
    {
        for _ in 1...3 { try crm.add(.contact, ["last_name": "Ruiz"]) }
        try crm.edit(.contact, 1, ["reports_to": "3"])
        try crm.edit(.contact, 3, ["reports_to": "2"])
        #expect(crmError { _ = try merge(1, 2, prefer: ["reports_to=1"]) }?.code == .refused)
    }

    @Test("a unique value comes back to its record") func aUniqueValueComesBackToItsRecord() throws {
        let one = try crm.add(.product, ["name": "Cable"])
        let other = try crm.add(.product, ["name": "Cable", "code": "SKU-1", "external_id": "K-1"])
        let before = try crm.contents()
        _ = try merge(one, other, of: .product)
        #expect(try crm.value(.product, one, "code") == .text("SKU-1"))
        let after = try crm.contents()
        let undo = try crm.undo()
        #expect(try crm.contents() == before)
        try crm.undo(undo.changeSet.id)
        #expect(try crm.contents() == after)
    }

    // MARK: - The former id

    @Test("the former id names the one that was kept") func theFormerIdNamesTheOneThatWasKept() throws {
        var told: [Redirection] = []
        for number in 1...4 { try crm.add(.contact, ["last_name": "Ruiz", "external_id": "K-\(number)"]) }
        crm.store.redirected = { told.append($0) }
        _ = try merge(1, 2)
        #expect(try crm.store.id(of: "2", in: .contact) == 1)
        #expect(try crm.store.id(of: "ext:K-2", in: .contact) == 1)
        #expect(told == [Redirection(module: .contact, former: 2, kept: 1)])
        // Chains end where the last one was kept.
        _ = try merge(3, 1)
        #expect(try crm.store.id(of: "2", in: .contact) == 3)
        #expect(try crm.store.related(to: 3, in: .contact).mergedFrom == [1, 2])
        try crm.undo()
        #expect(try crm.store.id(of: "2", in: .contact) == 1)
        try crm.undo()
        #expect(try crm.store.id(of: "2", in: .contact) == 2)
        try crm.delete(.contact, 2)
        #expect(crmError { _ = try crm.store.id(of: "2", in: .contact) }?.code == .notFound)
    }

    @Test("references in links fields and filters follow") func referencesInLinksFieldsAndFiltersFollow() throws {
        for _ in 1...2 { try crm.add(.contact, ["last_name": "Ruiz", "organization": "\(acme)"]) }
        let asset = try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        _ = try merge(1, 2)
        try crm.add(.comment, ["contact": "2", "body": "Hola"])
        #expect(try crm.value(.comment, 1, "contact") == .integer(1))
        let report = try crm.write { transaction in
            let batch = try LinkBatch(
                .asset,
                in: .standard,
                action: .link(replacing: false),
                fixed: .neither,
                attributes: TemporaryStore.attributes(of: .asset, [:])
            )
            let input = "contact,asset\n2,\(asset)\n"
            return try batch.run(ByteSource(bytes: Array(input.utf8)), format: .csv, in: transaction) { _ in }
        }
        #expect(report.linked == 1)
        #expect(try links() == ["1 1 \(asset) - - - -"])
        var query = try crm.store.list(.comment)
        query.filters = ["contact = 2"]
        #expect(try query.count(in: crm.store) == 1)
    }

    @Test("what modules cannot is refused") func whatModulesCannotIsRefused() throws {
        for name in ["Laptop", "Car"] { try crm.add(.asset, ["name": name, "serial": name]) }
        #expect(crmError { _ = try merge(1, 2, of: .asset) }?.code == .usage)
    }

    // MARK: - Many

    private func run(_ input: String) throws -> (report: MergeBatch.Report, problems: [RowProblem]) {
        var problems: [RowProblem] = []
        let report = try crm.write { transaction in
            try MergeBatch(.contact, MergePreferences())
                .run(
                    ByteSource(bytes: Array(input.utf8)),
                    format: .csv,
                    in: transaction,
                    reject: { problems.append($0) },
                    tell: { _ in }
                )
        }
        return (report, problems)
    }

    @Test(
        "Pairs may follow each other in any order",
        arguments: ["2,1\n3,2\n4,3\n", "4,3\n3,2\n2,1\n", "4,1\n1,2\n4,3\n4,2\n", "4,3\n2,1\n3,1\n"]
    )
    func chains(pairs: String) throws {
        for number in 1...4 { try crm.add(.contact, ["last_name": "Ruiz \(number)"]) }
        let before = try crm.contents()
        let (report, problems) = try run("keep,merge\n" + pairs)
        #expect(problems.isEmpty)
        #expect(report.merged == 3)
        #expect(report.merged + report.alreadyMerged == report.rows)
        for id in 1...4 { #expect(try crm.store.id(of: "\(id)", in: .contact) == 4) }
        #expect(try crm.store.check() == [])
        try crm.undo()
        #expect(try crm.contents() == before)
    }

    @Test("bad pairs are told") func badPairsAreTold() throws {
        for number in 1...3 { try crm.add(.contact, ["last_name": "Ruiz \(number)"]) }
        let (report, problems) = try run("keep,merge,score\n1,2,0.9\n1,99,0.8\n3,3,1\n,1,\n")
        #expect(report.merged == 1)
        #expect(report.refused == 3)
        #expect(problems.map(\.row) == [2, 3, 4])
        #expect(problems.map(\.field) == ["merge", "merge", "keep"])
        #expect(try run("keep,shoe\n1,2\n").problems.map(\.field) == ["shoe"])
        #expect(try run("keep\n1\n").problems.map(\.field) == ["merge"])
    }

    // MARK: - Keys

    @Test("The tax id that the client gave up still finds it") func formerTaxID() throws {
        let other = try crm.add(.organization, ["name": "Acme Norte", "tax_id": "NOR010203AB1"])
        try crm.write { _ = try $0.edit(.organization, id: acme, [FieldInput("tax_id", .set("ACM010203AB1"))]) }
        _ = try merge(acme, other, of: .organization)
        #expect(try crm.store.id(of: "tax_id:nor-010203-ab1", in: .organization) == acme)
        #expect(try crm.store.id(of: "tax_id:ACM010203AB1", in: .organization) == acme)
    }

    @Test("Every key of the file's own finds the record that is kept, also after a second merge")
    func ownKeys() throws {
        for key in ["clave", "ficha"] {
            var request = FieldRequest()
            request.isKey = true
            _ = try crm.write { try $0.addField(key, to: DefinedRows(.contact), request) }
        }
        let module = crm.store.registry[.contact]
        for number in 1...3 {
            let values = ["last_name": "P\(number)", "clave": "Kñ \(number)", "ficha": "F-\(number)"]
            try crm.write { _ = try $0.add(module, values.map { FieldInput($0.key, .set($0.value)) }) }
        }
        let report = try crm.write { try $0.merge(module, keeping: 1, [2]) }
        _ = try crm.write { try $0.merge(module, keeping: 3, [1]) }
        let fates = report.plan.differences.first { $0.field.key == "clave" }?.fates ?? []
        #expect(fates.last.map { if case .reference = $0 { true } else { false } } == true)
        for number in 1...3 {
            #expect(try crm.store.id(of: "clave:kñ \(number)", in: module) == 3)
            #expect(try crm.store.id(of: "ficha:F-\(number)", in: module) == 3)
        }
        #expect(try crm.store.mergedFrom(3, in: module) == [1, 2])
        #expect(try crm.store.check().isEmpty)
        // Several records may share such a key: it is given to another one.
        let shared = [FieldInput("last_name", .set("Z")), FieldInput("clave", .set("Kñ 2"))]
        _ = try crm.write { try $0.add(module, shared) }
        #expect(try crm.store.id(of: "clave:Kñ 2", in: module) == 4)
    }
}

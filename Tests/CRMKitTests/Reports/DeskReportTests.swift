import Testing

@testable import CRMKit

/// Reports about what people hold, do and need, against answers worked out by hand.
@Suite struct DeskReportTests {
    private let desk: ReportDesk

    init() throws { desk = try .withPeople() }

    private func assets() throws {
        for (serial, status) in [("S1", "in_service"), ("S2", "in_service"), ("S3", "out_of_service")] {
            try desk.add(.asset, ["name": "Laptop", "serial": serial, "status": status])
        }
        try desk.crm.link(
            .asset,
            contact: 1,
            record: 1,
            ["role": "custodian", "since": "2025-01-01", "until": "2026-01-01"]
        )
        try desk.crm.link(.asset, contact: 2, record: 1, ["role": "custodian", "since": "2026-01-01"])
        try desk.crm.link(
            .asset,
            contact: 1,
            record: 2,
            ["role": "user", "since": "2025-06-01", "until": "2025-12-31"]
        )
    }

    @Test("who holds what on a day") func whoHoldsWhatOnADay() throws {
        try assets()
        #expect(try desk.rows("asset-holdings") == ["1|S1|in_service|2|custodian|2026-01-01|-"])
        #expect(
            try desk.rows("asset-holdings", ["on": "2025-07-01"]) == [
                "1|S1|in_service|1|custodian|2025-01-01|2026-01-01", "2|S2|in_service|1|user|2025-06-01|2025-12-31",
            ]
        )
        #expect(try desk.rows("asset-holdings", ["contact": "1"]) == [])
    }

    @Test("what nobody holds") func whatNobodyHolds() throws {
        try assets()
        #expect(try desk.rows("unassigned-assets") == ["2|S2|-|1|2025-12-31"])
    }

    @Test("who held an asset") func whoHeldAnAsset() throws {
        try assets()
        #expect(
            try desk.rows("asset-history", ["asset": "1"]) == [
                "1|2|custodian|2026-01-01|-|60|-", "1|1|custodian|2025-01-01|2026-01-01|365|-",
            ]
        )
    }

    @Test("What is handed over later is nobody's yet, for every report alike")
    func heldLater() throws {
        try desk.add(.product, ["name": "Laptop"])
        try desk.add(.asset, ["name": "Laptop", "product": "1", "serial": "S1", "status": "in_service"])
        let later: KeyValuePairs<String, String> = ["role": "user", "since": "2026-04-01", "until": "2026-05-01"]
        try desk.crm.link(.asset, contact: 1, record: 1, later)
        #expect(try desk.rows("asset-history") == ["1|1|user|2026-04-01|2026-05-01|-|-"])
        #expect(try desk.rows("asset-holdings") == [])
        #expect(try desk.rows("unassigned-assets").count == 1)
        let filter = "status = in_service and not has contact(link.since is empty or link.since <= today)"
        #expect(
            try desk.rows("data-quality", having: ["module = asset"]) == ["asset|asset_holder|1|1|1000000|\(filter)"]
        )
        try desk.crm.link(.asset, contact: 2, record: 1, ["role": "user", "since": "2026-03-02"])
        #expect(try desk.rows("unassigned-assets") == [])
        #expect(try desk.rows("data-quality", having: ["module = asset"]) == [])
    }

    @Test("An average of progress has one decimal")
    func progress() throws {
        for progress in ["50", "50", "94"] {
            let project = try desk.add(.project, ["name": "P", "status": "in_progress", "progress": progress])
            try desk.crm.link(.project, contact: 1, record: project, ["role": "member"])
        }
        #expect(try desk.rows("workload") == ["1|3|3|0|0|647000|-"])
    }

    @Test("how much each person has to do") func howMuchEachPersonHasToDo() throws {
        try desk.add(
            .project,
            ["name": "Web", "status": "in_progress", "progress": "50", "target_end_date": "2026-02-01"]
        )
        try desk.add(
            .project,
            ["name": "App", "status": "initiated", "progress": "30", "target_end_date": "2026-05-01"]
        )
        try desk.add(.project, ["name": "Old", "status": "completed"])
        try desk.crm.link(.project, contact: 1, record: 1, ["role": "manager"])
        try desk.crm.link(.project, contact: 1, record: 2, ["role": "member"])
        try desk.crm.link(.project, contact: 1, record: 3, ["role": "sponsor"])
        try desk.crm.link(.project, contact: 2, record: 1, ["role": "member", "responsibility": "Design"])
        #expect(
            try desk.rows("workload") == ["1|3|2|1|1|400000|2026-05-01", "2|1|1|0|1|500000|-"]
        )
        #expect(
            try desk.rows("project-roles", ["contact": "2"]) == ["2|1|member|Design|in_progress|500000|2026-02-01"]
        )
    }

    @Test("where contacts are") func whereContactsAre() throws {
        let puebla = ["city": "Puebla", "state": "Puebla", "country": "MX"] as KeyValuePairs
        for (contact, kind, extra) in [
            ("1", "work", ["street": "Calle 1"] as KeyValuePairs),
            ("1", "home", ["street": "Calle 2", "postal_code": "72000", "primary": "true"]),
            ("2", "home", ["valid_until": "2025-01-01"]),
        ] {
            try desk.crm.write { transaction in
                let pairs =
                    [("contact", contact), ("kind", kind)] + Array(puebla).map { ($0.key, $0.value) }
                    + Array(extra).map { ($0.key, $0.value) }
                _ = try transaction.add(Registry.standard[.address], pairs.map { FieldInput($0.0, .set($0.1)) })
            }
        }
        try desk.add(.address, ["contact": "2", "kind": "work", "city": "Madrid", "country": "ES"])
        #expect(
            try desk.rows("contacts-by-place") == ["ES|-|Madrid|1|1", "MX|Puebla|Puebla|1|2"]
        )
        #expect(
            try desk.rows("mailing-labels") == [
                "2|-|-|-|-|-|Madrid|-|ES", "1|1|Calle 2|-|-|72000|Puebla|Puebla|MX",
            ]
        )
        // What is copied from another file may be older than what has a lower id.
        try desk.on("2020-01-01")
        try desk.add(.address, ["contact": "1", "kind": "visit", "city": "Older", "primary": "true"])
        #expect(
            try desk.rows("mailing-labels", where: ["city in (Older, Puebla)"]) == ["1|1|-|-|-|-|Older|-|-"]
        )
        #expect(try desk.rows("mailing-labels", ["kind": "work"]).count == 2)
        #expect(try desk.rows("mailing-labels", ["kind": "Trabajo"]).count == 2)
        #expect(crmError { _ = try desk.rows("mailing-labels", ["kind": "foo"]) }?.code == .usage)
    }

    @Test("a route is shorter than the order of ids") func aRouteIsShorterThanTheOrderOfIds() throws {
        // Along a meridian, a degree of which is 111.195 km: ids go 0, 2, 1.
        for latitude in ["0", "2", "1"] {
            try desk.add(
                .address,
                ["contact": "1", "kind": "visit", "latitude": latitude, "longitude": "0", "street": latitude]
            )
        }
        try desk.add(.address, ["contact": "1", "kind": "home", "street": "nowhere"])
        #expect(
            try desk.rows("visit-route", ["start": "-1,0", "end": "3,0"]) == [
                "0|-|-|-|-|0|0|444780|667170", "1|1|1|0|-|111195|111195|444780|667170",
                "2|3|1|1|-|111195|222390|444780|667170", "3|2|1|2|-|111195|333585|444780|667170",
                "4|-|-|-|-|111195|444780|444780|667170",
            ]
        )
        let matrix = "from,to,km\n1,2,1\n2,1,1\n1,3,5\n3,1,5\n2,3,1\n3,2,1\n"
        #expect(
            try desk.rows("visit-route", ["matrix": matrix]) == [
                "1|1|1|0|-|0|0|2000|2000", "2|2|1|2|-|1000|1000|2000|2000", "3|3|1|1|-|1000|2000|2000|2000",
            ]
        )
        for (lines, reason) in [
            (["1,2,1"], "no distance from 1 to 3"), (["1,2,1", "2,1,1", "1,2,2"], "lines 2 and 4"),
            (["1,2,1", "", "1,office,2"], "line 4: 'office'"), (["start,2,x"], "line 2"), (["0,2,1"], "'0'"),
            (["2,3,-5"], "line 2: a distance is never below zero"),
        ] {
            let matrix = (["from,to,km"] + lines).joined(separator: "\n")
            let error = crmError { _ = try desk.rows("visit-route", ["matrix": matrix]) }
            #expect(error?.code == .usage && error?.message.en.contains(reason) == true, "\(lines)")
        }
        // The same distance twice, and addresses elsewhere, do no harm.
        #expect(try desk.rows("visit-route", ["matrix": matrix + "1,2,1.0\n99,1,7\nStart,01,7\n"]).count == 3)
        for start in ["here", "95,100", "-90.0000001,0", "19,200", "19,-180.1"] {
            #expect(crmError { _ = try desk.rows("visit-route", ["start": start]) }?.code == .usage, "\(start)")
        }
    }

    @Test("A route leaves out addresses that are not valid on its day")
    func validStops() throws {
        for (latitude, period) in [
            ("0", ("valid_from", "2026-03-10")), ("1", ("valid_until", "2026-03-01")),
            ("2", ("valid_until", "2026-03-02")),
        ] {
            try desk.add(
                .address,
                ["contact": "1", "kind": "visit", "latitude": latitude, "longitude": "0", period.0: period.1]
            )
        }
        func stops(_ parameters: KeyValuePairs<String, String> = [:]) throws -> [Substring] {
            try desk.rows("visit-route", parameters).map { $0.split(separator: "|")[1] }
        }
        #expect(try stops() == ["3"])
        #expect(try stops(["on": "2026-02-01"]) == ["2", "3"])
        #expect(try stops(["on": "2026-03-10"]) == ["1"])
    }

    @Test("services by segment") func servicesBySegment() throws {
        try desk.add(.service, ["name": "Support"])
        try desk.crm.link(.service, contact: 1, record: 1, ["status": "provided", "satisfaction": "4"])
        try desk.crm.link(.service, contact: 3, record: 1, ["status": "considering", "satisfaction": "5"])
        try desk.crm.link(.service, contact: 2, record: 1, ["status": "cancelled"])
        #expect(
            try desk.rows("service-adoption") == [
                "1|manufacturing|1|1|0|2|500000|450|2", "1|-|0|0|1|1|0|-|0",
            ]
        )
    }

    @Test("A service counts while the link is open, and what was cancelled also after it")
    func servicesThatEnded() throws {
        try desk.add(.service, ["name": "Support"])
        for (contact, status, until) in [
            (1, "provided", "2026-01-01"), (2, "cancelled", "2026-01-01"), (3, "provided", "2026-12-01"),
        ] as [(Int64, String, String)] {
            try desk.crm.link(
                .service,
                contact: contact,
                record: 1,
                ["status": status, "since": "2025-01-01", "until": until, "satisfaction": "3"]
            )
        }
        try desk.add(.contact, ["last_name": "Sosa"])
        try desk.crm.link(.service, contact: 4, record: 1, ["status": "considering", "since": "2026-12-01"])
        #expect(
            try desk.rows("service-adoption") == ["1|manufacturing|0|1|0|2|500000|300|1", "1|-|0|0|1|2|0|300|1"]
        )
    }

    @Test("contracts end and are used up") func contractsEndAndAreUsedUp() throws {
        try desk.add(
            .contract,
            [
                "subject": "A", "start_date": "2026-01-01", "end_date": "2026-12-31", "tracking_unit": "hours",
                "total_units": "100", "used_units": "60",
            ]
        )
        try desk.add(
            .contract,
            [
                "subject": "B", "start_date": "2025-03-20", "end_date": "2026-03-20", "renewal_date": "2026-03-10",
                "auto_renew": "true", "tracking_unit": "incidents", "total_units": "10", "used_units": "12",
            ]
        )
        try desk.add(.contract, ["subject": "C", "status": "complete", "end_date": "2026-03-05"])
        try desk.crm.link(.contract, contact: 2, record: 2, ["role": "beneficiary"])
        try desk.crm.link(.contract, contact: 1, record: 2, ["role": "holder"])
        try desk.add(
            .contract,
            ["subject": "D", "end_date": "2026-03-31", "tracking_unit": "none", "total_units": "10"]
        )
        try desk.add(.contract, ["subject": "E", "tracking_unit": "hours", "used_units": "5"])
        #expect(
            try desk.rows("contracts-ending") == [
                "2|1|2026-03-20|2026-03-10|1|8|-2000000", "4|-|2026-03-31|-|0|29|10000000",
            ]
        )
        #expect(
            try desk.rows("contract-usage") == [
                "2|incidents|10000000|12000000|-2000000|1200000|950685|104|-|1",
                "1|hours|100000000|60000000|40000000|600000|164835|3000|2026-04-11|0",
                "5|hours|-|5000000|-|-|-|-|-|-",
            ]
        )
    }

    @Test("documents expire") func documentsExpire() throws {
        let document = try desk.add(
            .document,
            ["title": "Licence", "folder": "Contracts", "expires_on": "2026-03-12"]
        )
        try desk.crm.link(.document, contact: 1, record: document)
        try desk.add(.document, ["title": "Old", "status": "superseded", "expires_on": "2026-03-12"])
        #expect(try desk.rows("documents-expiring") == ["1|/Contracts|2026-03-12|10|1"])
    }

    private let withoutAddress = """
        not has address((valid_from is empty or valid_from <= today) and (valid_until is empty or valid_until >= today))
        """

    @Test("Contacts that no mail reaches are those without a valid address")
    func addressesOfOld() throws {
        try desk.add(.address, ["contact": "1", "kind": "home", "street": "A", "valid_until": "2026-03-01"])
        try desk.add(.address, ["contact": "2", "kind": "home", "street": "B", "valid_until": "2026-03-02"])
        #expect(try desk.rows("mailing-labels").count == 1)
        let missing = try desk.rows("data-quality", having: ["check = contact_address"])
        #expect(missing == ["contact|contact_address|3|2|666667|\(withoutAddress)"])
    }

    @Test("A group of places is called as its first record is")
    func spellings() throws {
        for city in ["Querétaro", "QUERÉTARO", "queretaro", "PUEBLA", "Puebla"] {
            try desk.add(.address, ["contact": "1", "kind": "work", "city": city])
        }
        #expect(try desk.rows("contacts-by-place", by: "city") == ["PUEBLA|1|2", "Querétaro|1|3"])
    }

    @Test("records without what they should have") func recordsWithoutWhatTheyShouldHave() throws {
        #expect(
            try desk.rows("data-quality", having: ["module = contact"]) == [
                "contact|contact_address|3|3|1000000|\(withoutAddress)",
                "contact|contact_reachable|3|2|666667|email is empty and phone is empty and mobile is empty and not has point",
                "contact|contact_organization|3|1|333333|organization is empty",
            ]
        )
    }

    @Test("Rows that are records alone have each once, and none that are about nothing")
    func recordsAlone() throws {
        try desk.add(.product, ["name": "Drill"])
        try desk.add(
            .asset,
            ["name": "Laptop", "serial": "S1", "status": "in_service", "warranty_until": "2026-03-10"]
        )
        for currency in ["MXN", "USD"] {
            let order = try desk.add(
                .salesOrder,
                ["subject": "S", "currency": currency],
                lines: ["text=n,price=1"]
            )
            try desk.crm.link(.salesOrder, contact: 2, record: order)
        }
        for (name, keys, ids) in [
            ("warranties-ending", nil, []), ("purchase-patterns", nil, [2]), ("workload", nil, []),
            ("quote-conversion", nil, nil), ("effectiveness", nil, []), ("case-load", "product", []),
            ("data-quality", nil, nil), ("time-in-stage", nil, nil),
        ] as [(String, String?, [Int64]?)] {
            var query = ReportQuery(try #require(Report.named(name)))
            query.hasRecordsAlone = true
            if let keys { query.keys = try SummaryParser.keys(keys, option: "--by") }
            var found: [Int64] = []
            let error = crmError {
                let rows = try query.rows(in: desk.crm.store)
                while try rows.next() { found.append(rows.integer(rows.columns[0].position)) }
            }
            #expect(error?.code == (ids == nil ? CRMError.Code.usage : nil), "\(name)")
            #expect(found == ids ?? [], "\(name)")
        }
    }

    @Test("what is drawn is among the columns") func whatIsDrawnIsAmongTheColumns() {
        for report in Report.all {
            guard let picture = report.picture else { continue }
            let columns = Set(report.columns.map(\.key))
            #expect(columns.isSuperset(of: picture.figures + picture.keys), "\(report.name)")
            #expect(picture.keys.isEmpty == (report.grouping != nil), "\(report.name)")
        }
    }

    @Test("an empty file has nothing to tell", arguments: Report.all.map(\.name))
    func anEmptyFileHasNothingToTell(name: String) throws {
        #expect(try ReportDesk().rows(name) == [])
    }

    @Test("what means nothing is refused") func whatMeansNothingIsRefused() throws {
        #expect(crmError { _ = try desk.rows("pipeline", having: ["colour = red"]) }?.code == .usage)
        #expect(crmError { _ = try desk.rows("stale-opportunities", ["days": "soon"]) }?.code == .usage)
        #expect(crmError { _ = try desk.rows("asset-holdings", ["contact": "99"]) }?.code == .notFound)
        #expect(crmError { _ = try desk.rows("pipeline", by: "colour") }?.code == .usage)
    }
}

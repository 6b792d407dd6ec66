import SQLite
import Testing

@testable import CRMKit

@Suite("What filters mean")
struct FilterTests {
    /// Three people: Ana has everything, Beto something else, Carla nothing.
    private func people() throws -> SampleDatabase {
        let sample = try SampleDatabase()
        let acme = try sample.add(
            "organization",
            ["name": "Ácme, S.A.", "industry": "banking", "employees": 100, "website": "https://www.acme.example/"]
        )
        let zeta = try sample.add("organization", ["name": "Zeta", "employees": 5])
        let ana = try sample.add(
            "contact",
            [
                "first_name": "Ana", "last_name": "Núñez", "name": "Ana", "organization": .integer(acme),
                "title": "Jefa de Área", "email": "Ana@Example.org", "mobile": "55 1234-5678", "salutation": "dr",
                "birthdate": "1990-05-17", "do_not_call": 1, "tags": "[\"VIP\",\"José\"]", "external_id": "K-1",
                "created_at": "2026-05-15T05:59:59Z", "description": "100% _real_",
            ]
        )
        let beto = try sample.add(
            "contact",
            [
                "first_name": "Beto", "last_name": "Ortiz", "name": "Beto", "organization": .integer(zeta),
                "title": "jefe", "email": "beto@example.net", "phone": "+52 81 8000 0000", "salutation": "mr",
                "birthdate": "1985-01-01", "do_not_call": 0, "tags": "[\"cold\"]", "external_id": "k-1",
                "created_at": "2026-05-15T06:00:00Z", "reports_to": .integer(ana),
            ]
        )
        let carla = try sample.add(
            "contact",
            ["last_name": "Paz", "name": "Carla", "do_not_call": 0, "created_at": "2026-05-16T06:00:00Z"]
        )
        try links(sample, ana, beto, carla)
        return sample
    }

    private func links(_ sample: SampleDatabase, _ ana: Int64, _ beto: Int64, _ carla: Int64) throws {
        let laptop = try sample.add(
            "asset",
            ["name": "Laptop", "serial": "L1", "status": "in_service", "value": 2_000_00, "currency": "MXN"]
        )
        let phone = try sample.add(
            "asset",
            ["name": "Phone", "serial": "P1", "status": "out_of_service", "value": 500, "currency": "JPY"]
        )
        try sample.link(ana, "asset", laptop, ["role": "custodian", "since": "2026-01-01"])
        try sample.link(ana, "asset", phone, ["role": "owner", "until": "2026-05-15"])
        try sample.link(beto, "asset", phone, ["role": "user", "until": "2026-05-16"])
        try sample.add("address", ["contact": .integer(ana), "name": "Calle 1", "city": "Puebla", "state": "PUE"])
        try sample.add("address", ["contact": .integer(ana), "name": "Calle 2", "city": "México", "state": "CMX"])
        try sample.add("address", ["contact": .integer(beto), "name": "Calle 3", "city": "Puebla", "state": "CMX"])
        let deal = try sample.add(
            "opportunity",
            [
                "name": "Deal", "contact": .integer(beto), "organization": 2, "stage": "proposal", "amount": 1000_00,
                "currency": "USD", "probability": 650_000,
            ]
        )
        try sample.link(beto, "opportunity", deal, ["role": "primary"])
        try sample.link(carla, "opportunity", deal, ["role": "influencer"])
    }

    @Test(
        "Fields of every type",
        arguments: [
            ("title='JEFA DE AREA'", ["Ana"]),
            ("title=jefa", []),
            ("title!=jefe", ["Ana", "Carla"]),
            ("title~JEF", ["Ana", "Beto"]),
            ("title~'de á'", ["Ana"]),
            ("title<jefb", ["Ana"]),
            ("title>=jefb", ["Beto"]),
            ("title in (jefe, 'jefa de area')", ["Ana", "Beto"]),
            ("title not in (jefe)", ["Ana", "Carla"]),
            ("title is empty", ["Carla"]),
            ("title is not empty", ["Ana", "Beto"]),
            ("title=''", ["Carla"]),
            ("not title=jefe", ["Ana", "Carla"]),
            ("not title!=jefe", ["Beto"]),
            ("not (title=jefe or title is empty)", ["Ana"]),
            ("last_name=NUNEZ", ["Ana"]),
            ("first-name=ana", ["Ana"]),
            ("external_id=K-1", ["Ana"]),
            ("external_id~k", ["Ana", "Beto"]),
            ("external_id!=K-1", ["Beto", "Carla"]),
            ("email=ANA@EXAMPLE.ORG", ["Ana"]),
            ("email~example", ["Ana", "Beto"]),
            ("mobile='+52 (55) 12345678'", ["Ana"]),
            ("mobile=5512345678", ["Ana"]),
            ("mobile~1234", ["Ana"]),
            ("phone~'81 80'", ["Beto"]),
            ("salutation=dr", ["Ana"]),
            ("salutation='SR.'", ["Beto"]),
            ("salutation!=dr", ["Beto", "Carla"]),
            ("salutation<dr", ["Beto"]),
            ("salutation>=mrs", ["Ana"]),
            ("salutation~r", ["Ana", "Beto"]),
            ("do_not_call=yes", ["Ana"]),
            ("do_not_call=sí", ["Ana"]),
            ("do_not_call=false", ["Beto", "Carla"]),
            ("do_not_call!=1", ["Beto", "Carla"]),
            ("birthdate=1990-05-17", ["Ana"]),
            ("birthdate<1990-01-01", ["Beto"]),
            ("birthdate<=1990-05-17", ["Ana", "Beto"]),
            ("birthdate>-40y", ["Ana"]),
            ("birthdate~-05-", ["Ana"]),
            ("created_at=today", ["Beto"]),
            ("created_at=2026-05-15", ["Beto"]),
            ("created_at!=today", ["Ana", "Carla"]),
            ("created_at<today", ["Ana"]),
            ("created_at<=today", ["Ana", "Beto"]),
            ("created_at>today", ["Carla"]),
            ("created_at>=today", ["Beto", "Carla"]),
            ("created_at=2026-05-15T06:00:00Z", ["Beto"]),
            ("created_at>'2026-05-15 00:00'", ["Carla"]),
            ("created_at in (yesterday, tomorrow)", ["Ana", "Carla"]),
            ("tags=vip", ["Ana"]),
            ("tags=jose", ["Ana"]),
            ("tags~OL", ["Beto"]),
            ("tags!=vip", ["Beto", "Carla"]),
            ("tags is empty", ["Carla"]),
            ("tags in (cold, vip)", ["Ana", "Beto"]),
            ("id=2", ["Beto"]),
            ("id>1", ["Beto", "Carla"]),
            ("id in (1,3)", ["Ana", "Carla"]),
            ("description~'100%'", ["Ana"]),
            ("description~'_real_'", ["Ana"]),
            ("description~'0_'", []),
            ("organization=1", ["Ana"]),
            ("organization='acme, s.a.'", ["Ana"]), ("organization='name:ACME, S.A.'", ["Ana"]),
            ("organization!=zeta", ["Ana", "Carla"]),
            ("organization~ac", ["Ana"]),
            ("organization is empty", ["Carla"]),
            ("name=ana and id=1", ["Ana"]),
        ] as [(String, [String])]
    )
    func fields(_ filter: String, _ expected: [String]) throws {
        #expect(try people().names("contact", where: filter) == expected)
    }

    @Test(
        "Through references, links and owned records",
        arguments: [
            ("organization.name~acme", ["Ana"]),
            ("organization.name!=zeta", ["Ana", "Carla"]),
            ("organization.industry is empty", ["Beto", "Carla"]),
            ("organization.employees>=100", ["Ana"]),
            ("organization.website=acme.example", ["Ana"]),
            ("organization.employees not in (100)", ["Beto", "Carla"]),
            ("reports_to.organization.name~acme", ["Beto"]),
            ("reports_to.name=ana", ["Beto"]),
            ("has organization", ["Ana", "Beto"]),
            ("has organization(employees<10 and name=zeta)", ["Beto"]),
            ("has asset", ["Ana", "Beto"]),
            ("not has asset", ["Carla"]),
            ("asset.status=in_service", ["Ana"]),
            ("asset.status=out_of_service", ["Beto"]),
            ("asset.status!=in_service", ["Beto"]),
            ("has asset(status=out_of_service and link.until<=today)", ["Ana"]),
            ("has asset(status=out_of_service and until is not empty)", ["Ana", "Beto"]),
            ("has asset(role=custodian)", ["Ana"]),
            ("has asset(link.role='propietario')", []),
            ("has asset(link.role=owner and link.until is not empty)", ["Ana"]),
            ("asset.link.role=custodian", ["Ana"]),
            ("asset.link.until is not empty", ["Ana", "Beto"]),
            ("asset.value>1000", ["Ana"]),
            ("asset.value<=500 JPY", ["Beto"]),
            ("address.city=mexico", ["Ana"]),
            ("address.city=puebla and address.state=cmx", ["Ana", "Beto"]),
            ("has address(city=puebla and state=cmx)", ["Beto"]),
            ("opportunity.stage=proposal", ["Beto", "Carla"]),
            ("has opportunity(link.role=primary)", ["Beto"]),
            ("opportunity.organization.name=zeta", ["Beto", "Carla"]),
        ] as [(String, [String])]
    )
    func paths(_ filter: String, _ expected: [String]) throws {
        #expect(try people().names("contact", where: filter) == expected)
    }

    @Test(
        "From the other modules",
        arguments: [
            ("asset", "contact.name=ana", ["Laptop"]),
            ("asset", "contact.name=beto", ["Phone"]),
            ("asset", "contact.address.city=mexico", ["Laptop"]),
            ("asset", "has contact(link.role=user)", ["Phone"]),
            ("asset", "not has contact", []),
            ("asset", "value=500", ["Phone"]),
            ("asset", "value=2000", ["Laptop"]),
            ("asset", "value>500", ["Laptop"]),
            ("asset", "value>=500 JPY", ["Phone"]),
            ("asset", "value!=500 JPY", ["Laptop"]),
            ("asset", "value > 1.200,50", ["Laptop"]),
            ("asset", "value >= $ 2,000.00", ["Laptop"]),
            ("asset", "value = JPY 500 or value > 1,999.5 €", ["Phone"]),
            ("asset", "created_at > mañana 10:00", []),
            ("asset", "created_at < el lunes and value < 1.200,50", ["Phone"]),
            ("asset", "value in (500 JPY, 2000 mxn)", ["Laptop", "Phone"]),
            ("organization", "contact.name=ana", ["Ácme, S.A."]),
            ("organization", "opportunity.stage=proposal", ["Zeta"]),
            ("organization", "has opportunity(amount>=1000 USD)", ["Zeta"]),
            ("organization", "not has opportunity", ["Ácme, S.A."]),
            ("opportunity", "contact.name=carla", []),
            ("opportunity", "contact.name=beto", ["Deal"]),
            ("opportunity", "contact=beto", ["Deal"]),
            ("opportunity", "probability=65%", ["Deal"]),
            ("opportunity", "probability > 20 % and probability < 65,5 %", ["Deal"]),
            ("opportunity", "probability>64.9999 and probability<65.0001", ["Deal"]),
            ("opportunity", "stage>=id_decision_makers", ["Deal"]),
            ("address", "contact.organization.name=zeta", ["Calle 3"]),
            ("address", "city!=puebla", ["Calle 2"]),
        ] as [(ModuleName, String, [String])]
    )
    func otherModules(_ module: ModuleName, _ filter: String, _ expected: [String]) throws {
        #expect(try people().names(module, where: filter) == expected)
    }

    @Test("Several filters must all hold")
    func several() throws {
        #expect(try people().names("contact", where: "title~jef or id=3", "do_not_call=no") == ["Beto", "Carla"])
    }

    @Test("References to any record, and back from it")
    func anyReference() throws {
        let sample = try people()
        let outage = try sample.add("case", ["title": "Outage"])
        try sample.add(
            "comment",
            [
                "contact": 1, "name": "Seen", "body": "Seen", "about_module": "case", "about_id": .integer(outage),
            ]
        )
        try sample.add("comment", ["contact": 1, "name": "Else", "body": "Else"])
        #expect(try sample.names("comment", where: "about=case:\(outage)") == ["Seen"])
        #expect(try sample.names("comment", where: "about!=case:\(outage)") == ["Else"])
        #expect(try sample.names("comment", where: "about is empty") == ["Else"])
        #expect(try sample.names("case", where: "comment.body=seen") == ["Outage"])
        #expect(try sample.names("case", where: "has comment(body=else)") == [])
        var query = sample.list("comment")
        query.columns = ["name"]
        query.sort = ["-about"]
        #expect(try query.rows(in: sample.database, path: "").all().map { $0[0].text } == ["Seen", "Else"])
    }

    @Test("Computed fields and lists of durations")
    func computed() throws {
        let sample = try people()
        let contract = try sample.add(
            "contract",
            ["subject": "Half", "total_units": 10_000_000, "used_units": 5_000_000]
        )
        try sample.add("contract", ["subject": "None"])
        try sample.link(1, "contract", contract)
        try sample.add("event", ["subject": "Call", "reminders": "[900,3600]"])
        #expect(try sample.names("contract", where: "progress=50") == ["Half"])
        #expect(try sample.names("contract", where: "progress is empty") == ["None"])
        #expect(try sample.names("contact", where: "contract.progress>=50%") == ["Ana"])
        #expect(try sample.names("event", where: "reminders=1h") == ["Call"])
        #expect(try sample.names("event", where: "reminders>PT1H") == [])
    }

    @Test(
        "What makes no sense says where and why",
        arguments: [
            ("contact", "titel=1", "filter, column 1: contacts have no field 'titel'", "did you mean 'title'?"),
            ("contact", "id=1 and city=Puebla", "filter, column 10: contacts have no field 'city'", "'addresses.city'"),
            ("contact", "organization.nme=x", "filter, column 1: organizations have no field 'nme'", "'name'"),
            ("contact", "asset=1", "filter, column 1: 'asset' is a module, not a field", "has asset"),
            ("contact", "salutation=king", "filter, column 12: salutation: not a choice", ""),
            ("contact", "birthdate=soon", "filter, column 11: birthdate: not a date", ""),
            ("contact", "birthdate=2026-02-30", "filter, column 11: birthdate: there is no such day", ""),
            ("contact", "created_at=noon", "filter, column 12: created_at: not a time", ""),
            ("contact", "id=x", "filter, column 4: id: not a number", ""),
            ("product", "stock = created_at", "stock: not a number", "created_at is a field, but of another kind than"),
            ("contact", "birthdate < organization.name", "not a date", "organization.name is a field, but of another"),
            ("contact", "do_not_call = 'birthdate'", "neither yes nor no", ""),
            ("contact", "id~1", "filter, column 4: id: it can only be compared by", ""),
            ("contact", "do_not_call=maybe", "filter, column 13: do_not_call: neither yes nor no", ""),
            ("contact", "do_not_call>no", "filter, column 13: do_not_call: it can only", ""),
            ("contact", "organization>1", "filter, column 14: organization: it can only", ""),
            ("contact", "link.role=owner", "filter, column 1: contacts have no field 'link.role'", ""),
            ("contact", "asset.link.roll=owner", "filter, column 1: assets have no field", "'link.role'"),
            ("contact", "has title", "filter, column 5: contacts have no field 'title'", ""),
            ("contact", "asset.status=lost", "in_service, out_of_service", ""),
            ("asset", "value=1,500", "filter, column 7: value: it may be 1500 or 1.5", ""),
            ("asset", "value='1,500'", "filter, column 7: value: it may be 1500 or 1.5", ""),
            ("asset", "value=1 XQQ", "filter, column 7: value: not a currency", ""),
            ("asset", "service.name=x", "assets have no field 'service.name'", ""),
            ("organization", "organization.x=1", "organizations have no field", ""),
            ("comment", "about=5", "filter, column 7: about: expected a module and a reference", ""),
        ] as [(ModuleName, String, String, String)]
    )
    func errors(_ module: ModuleName, _ filter: String, _ message: String, _ hint: String) throws {
        let sample = try people()
        let error = try #require(queryError { _ = try sample.names(module, where: filter) })
        #expect(error.code == .usage)
        #expect(error.message.en.contains(message), "\(error.message.en)")
        #expect(hint.isEmpty || error.hint?.en.contains(hint) == true, "\(error.hint?.en ?? "no hint")")
        #expect(error.details.map(\.en) == [filter])
    }

    @Test(
        "What looks like SQL stays a value",
        arguments: ["' OR 1=1 --", "'); DROP TABLE contact; --", "\" OR \"\"=\"", "?1", ":name", "%", "\\"]
    )
    func injection(_ text: String) throws {
        let sample = try people()
        let quoted = "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        for comparison in ["=", "~", "<"] where comparison != "<" {
            for field in ["name", "external_id", "email", "organization.name", "tags", "address.city", "organization"] {
                if field == "email", comparison == "~" { continue }
                #expect(try sample.names("contact", where: "\(field)\(comparison)\(quoted)") == [])
            }
        }
        #expect(try sample.database.scalar("SELECT count(*) FROM contact") == 3)
    }

    @Test("Long chains and deep nesting either work or say that they are too deep")
    func size() throws {
        let sample = try people()
        let many = Array(repeating: "id=1", count: 5000)
        #expect(try sample.names("contact", where: many.joined(separator: " or ")) == ["Ana"])
        #expect(try sample.names("contact", where: many.joined(separator: " and ")) == ["Ana"])
        #expect(
            try sample.names("contact", where: "id in (" + (1...20_000).map(String.init).joined(separator: ",") + ")")
                .count == 3
        )
        for (open, close) in [("(id=9 or ", ")"), ("not (id=9 or ", ")"), ("has asset(has contacts(id=9 or ", "))")] {
            var refusals = 0
            for depth in 1...40 {
                let text = String(repeating: open, count: depth) + "id=1" + String(repeating: close, count: depth)
                let error = queryError { _ = try sample.list("contact", where: text).count(in: sample.database) }
                if let error {
                    #expect(error.code == .usage)
                    #expect(error.message.en.contains("nested too deeply"), "\(error.message.en)")
                }
                refusals += error == nil ? 0 : 1
            }
            #expect(refusals > 0)
        }
    }
}

import SQLite
import Testing

@testable import CRMKit

/// Contact points, each read and compared as what its kind says.
@Suite struct ContactPointTests {
    private let database: TemporaryStore
    private let ana: Int64
    private let point = Part.contactPoint

    init() throws {
        database = try TemporaryStore()
        ana = try database.add(.contact, ["last_name": "Ruiz", "email": "ana@example.org"])
    }

    private func add(_ rows: String..., to record: Int64? = nil, of module: Module = .contact) throws {
        try database.write { transaction in
            for row in rows {
                _ = try transaction.add(point, to: record ?? ana, of: module, try point.inputs(row))
            }
        }
    }

    private func keys() throws -> [String?] {
        try database.store.database.all("SELECT value_match FROM contact_point ORDER BY position").map { $0[0].text }
    }

    private func values() throws -> [String?] {
        try database.store.rows(of: point, in: .contact, record: ana).map { $0.values[1].text }
    }

    @Test("every kind is compared in its own form") func everyKindIsComparedInItsOwnForm() throws {
        _ = try database.store.set(.country, to: "MX", TemporaryStore.request())
        try add("email:Ana@Casa.example", "phone:55 1234 5678", "url:https://www.Acme.example/", "chat:Ána Ruiz")
        #expect(try keys() == ["ana@casa.example", "525512345678", "acme.example", "ana ruiz"])
        #expect(try database.store.check() == [])
    }

    @Test("a new country renews the phones among them") func aNewCountryRenewsThePhonesAmongThem() throws {
        try add("phone:55 1234 5678", "chat:55 1234 5678")
        #expect(try keys() == ["5512345678", "55 1234 5678"])
        _ = try database.store.set(.country, to: "MX", TemporaryStore.request())
        #expect(try keys() == ["525512345678", "55 1234 5678"])
        #expect(try database.store.check() == [])
    }

    @Test("another kind is another form") func anotherKindIsAnotherForm() throws {
        try add("chat:Acme.example/")
        try database.write {
            _ = try $0.edit(point, of: ana, in: .contact, at: 1, [FieldInput("kind", .set("url"))])
        }
        #expect(try keys() == ["acme.example"])
        try database.undo()
        #expect(try keys() == ["acme.example/"])
        #expect(try database.store.check() == [])
    }

    @Test(
        "what is none of its kind is refused",
        arguments: ["email:nobody", "phone:abc", "url:x", "profile:a b", "fax:1", "email:", "value=ana@x.example"]
    )
    func whatIsNoneOfItsKindIsRefused(row: String) throws {
        #expect(throws: CRMError.self) { try add(row) }
        #expect(try values() == [])
    }

    @Test("a value that stays must fit the new kind") func aValueThatStaysMustFitTheNewKind() throws {
        try add("chat:ana.ruiz")
        #expect(throws: CRMError.self) {
            try database.write {
                _ = try $0.edit(point, of: ana, in: .contact, at: 1, [FieldInput("kind", .set("email"))])
            }
        }
    }

    @Test("references find them", arguments: ["email:casa@example.org", "CASA@example.org", "phone:+52 55 1234 5678"])
    func referencesFindThem(reference: String) throws {
        try add("email:casa@example.org", "phone:00525512345678")
        #expect(try database.store.id(of: reference, in: .contact) == ana)
        let acme = try database.add(.organization, ["name": "Acme"])
        try add("email:casa@example.org", "phone:00525512345678", to: acme, of: .organization)
        #expect(try database.store.id(of: reference, in: .organization) == acme)
    }

    @Test("references find a secondary address") func referencesFindASecondaryAddress() throws {
        try database.edit(.contact, ana, ["email_secondary": "otra@example.org"])
        #expect(try database.store.id(of: "email:otra@example.org", in: .contact) == ana)
    }

    @Test("an address in two places of one record is not ambiguous")
    func anAddressInTwoPlacesOfOneRecordIsNotAmbiguous() throws {
        try add("email:ana@example.org")
        #expect(try database.store.id(of: "ana@example.org", in: .contact) == ana)
        let eva = try database.add(.contact, ["last_name": "Mora"])
        try add("email:ana@example.org", to: eva)
        #expect(throws: CRMError.self) { try database.store.id(of: "ana@example.org", in: .contact) }
    }

    @Test("a chat name is no address") func aChatNameIsNoAddress() throws {
        try add("chat:casa@example.org")
        #expect(throws: CRMError.self) { try database.store.id(of: "casa@example.org", in: .contact) }
    }

    @Test("rows move and go") func rowsMoveAndGo() throws {
        try add("chat:a", "chat:b", "chat:c")
        try database.write { _ = try $0.move(point, of: ana, in: .contact, from: 3, to: 1) }
        #expect(try values() == ["c", "a", "b"])
        try database.write { try $0.remove(point, of: ana, in: .contact, at: [1, 3]) }
        #expect(try values() == ["a"])
        try database.undo()
        #expect(try values() == ["c", "a", "b"])
        #expect(throws: CRMError.self) {
            try database.write { try $0.remove(point, of: ana, in: .contact, at: [4]) }
        }
        try database.delete(.contact, ana)
        #expect(try database.store.database.scalar("SELECT count(*) FROM contact_point") == .integer(0))
        #expect(try database.store.check() == [])
    }

    @Test("records come with rows") func recordsComeWithRows() throws {
        let eva = try database.write {
            try $0.add(
                .contact,
                [
                    FieldInput("last_name", .set("Mora")),
                    FieldInput("points", .addRows(["chat:eva", "kind=email,value=eva@casa.example,label=home"])),
                ]
            )
        }
        let edit = [FieldInput("points", .addRows(["chat:eva", "chat:mora"]))]
        #expect(try database.write { try $0.edit(.contact, id: eva, edit) })
        #expect(try !database.write { try $0.edit(.contact, id: eva, edit) })
        let rows = try database.store.rows(of: point, in: .contact, record: eva)
        #expect(rows.map(\.position) == [1, 2, 3])
        #expect(rows.map { $0.values[1].text } == ["eva", "eva@casa.example", "mora"])
        #expect(rows[1].values[2] == .text("home"))
    }

    @Test("all that is wrong is named at once") func allThatIsWrongIsNamedAtOnce() throws {
        do {
            _ = try database.write {
                try $0.add(.contact, [FieldInput("points", .addRows(["email:x", "value=y"]))])
            }
            Issue.record("nothing was refused")
        } catch let error as CRMError {
            #expect(error.problems.map(\.field) == ["point.value", "point.kind", "last_name"])
        }
    }
}

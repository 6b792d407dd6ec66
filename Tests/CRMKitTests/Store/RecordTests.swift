import SQLite
import Testing

@testable import CRMKit

@Suite struct RecordTests {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    @Test("every problem is named at once") func everyProblemIsNamedAtOnce() throws {
        let error = crmError {
            try crm.add(
                .opportunity,
                ["amount": "a lot", "close_date": "2026-02-30", "stage": "dreaming", "contact": "99", "colour": "red"]
            )
        }
        #expect(error?.code == .invalid)
        #expect(
            Set(error?.problems.map(\.field) ?? []) == [
                "amount", "close_date", "stage", "contact", "colour", "name", "organization",
            ]
        )
        #expect(error?.problems.first { $0.field == "amount" }?.value == "a lot")
        #expect(try crm.count("opportunity") == 0)
    }

    @Test("a reference that is the only problem is that problem") func aReferenceThatIsTheOnlyProblemIsThatProblem()
        throws
    {
        #expect(crmError { try crm.add(.contact, ["last_name": "Ruiz", "organization": "99"]) }?.code == .notFound)
    }

    @Test("what the program sets cannot be given", arguments: ["id", "name", "created_at", "updated_at"])
    func whatTheProgramSetsCannotBeGiven(key: String) throws {
        let error = crmError { try crm.add(.contact, ["last_name": "Ruiz", key: "5"]) }
        #expect(error?.problems.map(\.field) == [key])
    }

    @Test("defaults fill what nobody gives") func defaultsFillWhatNobodyGives() throws {
        let asset = try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        #expect(try crm.value(.asset, asset, "status") == .text("in_service"))
        #expect(try crm.value(.asset, asset, "currency") == .null)
        #expect(try crm.value(.asset, asset, "created_at") == .text("2026-03-02T09:30:00Z"))
        let contact = try crm.add(.contact, ["last_name": "Ruiz"])
        #expect(try crm.value(.contact, contact, "do_not_call") == .integer(0))
        let product = try crm.add(.service, ["name": "Support"])
        #expect(try crm.value(.service, product, "active") == .integer(1))
    }

    @Test("yes or no is never nothing") func yesOrNoIsNeverNothing() throws {
        let contact = try crm.add(.contact, ["last_name": "Ruiz", "do_not_call": "yes"])
        let error = crmError { try crm.edit(.contact, contact, ["do_not_call": ""]) }
        #expect(error?.problems.map(\.field) == ["do_not_call"])
    }

    @Test(
        "money is in minor units of its currency",
        arguments: [
            ([:], "5", "USD", 500), (["currency": "JPY"], "5", "JPY", 5), (["currency": "KWD"], "1.234", "KWD", 1234),
            ([:], "7.50 EUR", "EUR", 750), ([:], "0", "USD", 0),
        ] as [(KeyValuePairs<String, String>, String, String, Int64)]
    )
    func moneyIsInMinorUnitsOfItsCurrency(
        given: KeyValuePairs<String, String>,
        amount: String,
        currency: String,
        stored: Int64
    ) throws {
        try crm.write {
            _ = try $0.add(
                .asset,
                [("name", "L"), ("serial", "X"), ("value", amount)].map { FieldInput($0.0, .set($0.1)) }
                    + given.map { FieldInput($0.key, .set($0.value)) }
            )
        }
        #expect(try crm.value(.asset, 1, "currency") == .text(currency))
        #expect(try crm.value(.asset, 1, "value") == .integer(stored))
    }

    @Test(
        "amounts of one record have one currency and fit",
        arguments: [
            ["budget": "5 EUR", "actual_cost": "5 USD"], ["currency": "MXN", "budget": "5 EUR"],
            ["currency": "JPY", "budget": "5.5"], ["budget": "1,000"], ["budget": "1234567890123456"],
        ] as [KeyValuePairs<String, String>]
    )
    func amountsOfOneRecordHaveOneCurrencyAndFit(given: KeyValuePairs<String, String>) throws {
        let error = crmError {
            try crm.write {
                _ = try $0.add(
                    .campaign,
                    [FieldInput("name", .set("C"))] + given.map { FieldInput($0.key, .set($0.value)) }
                )
            }
        }
        #expect(error?.code == .invalid)
    }

    @Test("another currency never multiplies an amount") func anotherCurrencyNeverMultipliesAnAmount() throws {
        let asset = try crm.add(.asset, ["name": "L", "serial": "X", "value": "100 USD"])
        let error = crmError { try crm.edit(.asset, asset, ["currency": "JPY"]) }
        #expect(error?.problems.map(\.field) == ["value"])
        #expect(try crm.edit(.asset, asset, ["currency": "MXN"]))
        #expect(try crm.edit(.asset, asset, ["currency": "JPY", "value": "100"]))
        #expect(try crm.value(.asset, asset, "value") == .integer(100))
    }

    @Test("lists are set and adjusted without regard to case") func listsAreSetAndAdjustedWithoutRegardToCase() throws {
        func tags(_ change: FieldInput.Change) throws -> [String] {
            _ = try crm.write { try $0.edit(.contact, id: 1, [FieldInput("tags", change)]) }
            return StoredList(try crm.value(.contact, 1, "tags"), of: .text).elements
        }
        try crm.add(.contact, ["last_name": "Ruiz"])
        #expect(try tags(.setList(["vip", "Cold"])) == ["vip", "Cold"])
        #expect(try tags(.adjustList(adding: ["VIP", "new"], removing: ["cold", "none"])) == ["vip", "new"])
        let count = try crm.store.history().count
        #expect(try tags(.adjustList(adding: ["vip"], removing: ["gone"])) == ["vip", "new"])
        #expect(try crm.store.history().count == count)
        #expect(try tags(.setList([""])).isEmpty)
        #expect(try crm.value(.contact, 1, "tags") == .null)
    }

    @Test("dates stay in order") func datesStayInOrder() throws {
        let error = crmError {
            try crm.add(.project, ["name": "P", "start_date": "2026-05-01", "target_end_date": "2026-04-30"])
        }
        #expect(error?.problems.map(\.field) == ["target_end_date"])
    }

    @Test("a unique value names its holder") func aUniqueValueNamesItsHolder() throws {
        let first = try crm.add(.contact, ["last_name": "Ruiz", "external_id": "K-1"])
        let error = crmError { try crm.add(.contact, ["last_name": "Sosa", "external_id": "K-1"]) }
        #expect(error?.code == .refused)
        #expect(error?.message.en.contains("contact \(first)") == true)
        #expect(try crm.edit(.contact, first, ["external_id": "K-1", "title": "CEO"]))
    }

    @Test(
        "numbers and codes are unique in their module",
        arguments: [
            ("quote", "subject", "number"), ("sales_order", "subject", "number"),
            ("purchase_order", "subject", "number"), ("contract", "subject", "number"), ("case", "title", "number"),
            ("product", "name", "code"),
        ]
    )
    func numbersAndCodesAreUniqueInTheirModule(module: String, name: String, key: String) throws {
        let module = ModuleName(rawValue: module)
        let first = try crm.add(module, [name: "A", key: "N-1"])
        let second = try crm.add(module, [name: "B", key: "N-2"])
        try crm.add(module, [name: "C"])
        try crm.add(module, [name: "D"])
        for write in [
            { try crm.add(module, [name: "E", key: "N-1"]) }, { try crm.edit(module, second, [key: "N-1"]) },
        ]
            as [() throws -> Any]
        {
            let error = crmError { _ = try write() }
            #expect(error?.code == .refused)
            #expect(error?.message.en.contains("\(Registry.standard[module].called(first).en) already has") == true)
        }
        #expect(try crm.value(module, second, key) == .text("N-2"))
        #expect(try crm.count(module.rawValue) == 4)
    }

    @Test(
        "no record comes before itself",
        arguments: [("contact", "reports_to", "last_name"), ("organization", "member_of", "name")]
    )
    func noRecordComesBeforeItself(module: String, field: String, name: String) throws {
        let module = ModuleName(rawValue: module)
        let first = try crm.add(module, [name: "A"])
        let second = try crm.add(module, [name: "B", field: "\(first)"])
        let third = try crm.add(module, [name: "C", field: "\(second)"])
        for target in [first, second, third] {
            #expect(crmError { try crm.edit(module, first, [field: "\(target)"]) }?.code == .refused)
        }
        #expect(try crm.edit(module, third, [field: "\(first)"]))
    }

    @Test("a second primary address demotes the first of its kind") func aSecondPrimaryAddressDemotesTheFirstOfItsKind()
        throws
    {
        try crm.add(.contact, ["last_name": "Ruiz"])
        let first = try crm.add(.address, ["contact": "1", "city": "Puebla", "primary": "yes"])
        let home = try crm.add(.address, ["contact": "1", "city": "Puebla", "kind": "home", "primary": "yes"])
        let notices = try crm.write { transaction in
            _ = try transaction.add(
                .address,
                [("contact", "1"), ("city", "Oaxaca"), ("primary", "yes")].map { FieldInput($0.0, .set($0.1)) }
            )
            return transaction.notices
        }
        #expect(notices.map(\.en) == ["address \(first) is no longer \"Primary\""])
        #expect(try crm.value(.address, first, "primary") == .integer(0))
        #expect(try crm.value(.address, home, "primary") == .integer(1))
    }

    @Test("an unknown record cannot be edited") func anUnknownRecordCannotBeEdited() throws {
        #expect(crmError { try crm.edit(.contact, 9, ["title": "CEO"]) }?.code == .notFound)
    }

    @Test("an error leaves nothing of its transaction") func anErrorLeavesNothingOfItsTransaction() throws {
        let before = try crm.contents()
        let error = crmError {
            try crm.write { transaction in
                _ = try transaction.add(.contact, [FieldInput("last_name", .set("Ruiz"))])
                _ = try transaction.add(.contact, [])
            }
        }
        #expect(error?.code == .invalid)
        #expect(try crm.contents() == before)
        #expect(try crm.store.history().isEmpty)
    }

    @Test("a dry run gives the result and takes it back") func aDryRunGivesTheResultAndTakesItBack() throws {
        let request = WriteRequest(who: "ana", command: "crm contact add", isDryRun: true)
        let id = try crm.write(request) { try $0.add(.contact, [FieldInput("last_name", .set("Ruiz"))]) }
        #expect(id == 1)
        #expect(try crm.count("contact") == 0)
        #expect(try crm.store.history().isEmpty)
    }
}

@Suite struct ReferenceTests {
    let crm: TemporaryStore

    init() throws {
        crm = try TemporaryStore()
        _ = try crm.store.set(.country, to: "MX", TemporaryStore.request())
        try crm.add(
            .contact,
            [
                "first_name": "José", "last_name": "Núñez", "email": "Jose@Example.org", "mobile": "55 1234 5678",
                "external_id": "K:1",
            ]
        )
        try crm.add(.contact, ["last_name": "Sosa", "email": "eva@example.org"])
        try crm.add(.contact, ["last_name": "Sosa", "email": "eva@example.org"])
        try crm.add(.asset, ["name": "Laptop", "serial": "X1", "asset_number": "A-1"])
    }

    @Test(
        "a contact is named by any of its keys",
        arguments: [
            "1", "id:1", "jose@example.ORG", "email:jose@example.org", "phone:+52 1 55 1234 5678", "phone:5512345678",
            "ext:K:1", "name:jose nunez", "NAME:José  Núñez",
        ]
    )
    func aContactIsNamedByAnyOfItsKeys(reference: String) throws {
        #expect(try crm.store.id(of: reference, in: .contact) == 1)
    }

    @Test(
        "an asset is named by any of its keys",
        arguments: ["serial:X1", "asset_number:A-1", "asset-number:A-1", "name:laptop"]
    )
    func anAssetIsNamedByAnyOfItsKeys(reference: String) throws {
        #expect(try crm.store.id(of: reference, in: .asset) == 1)
    }

    @Test(
        "what names none or several is said to be",
        arguments: [
            ("9", CRMError.Code.notFound), ("name:Nobody", .notFound), ("serial:x1", .usage), ("Sosa", .usage),
            ("", .usage), ("0", .usage), ("-1", .usage), ("99999999999999999999", .usage), ("name:", .usage),
            ("ext:k:1", .notFound), ("name:sosa", .ambiguous), ("eva@example.org", .ambiguous),
        ]
    )
    func whatNamesNoneOrSeveralIsSaidToBe(reference: String, code: CRMError.Code) throws {
        let error = crmError { _ = try crm.store.id(of: reference, in: .contact) }
        #expect(error?.code == code)
        #expect(error?.reference == reference)
    }

    @Test("the candidates are listed") func theCandidatesAreListed() throws {
        let error = crmError { _ = try crm.store.id(of: "name:sosa", in: .contact) }
        #expect(error?.details.map(\.en) == ["2  Sosa  eva@example.org", "3  Sosa  eva@example.org"])
    }

    @Test("Of any number of records with one name those without a value of a field are found")
    func lacking() throws {
        let products = Registry.standard[.product]
        let code = try #require(products.field("code"))
        func found() throws -> [Int64] { try crm.store.records(named: "Cable", lacking: code, in: products) }
        #expect(try found() == [])
        try crm.write { transaction in
            for number in 1...1100 {
                _ = try transaction.add(
                    products,
                    [FieldInput("name", .set("Cable")), FieldInput("code", .set("C\(number)"))]
                )
            }
        }
        #expect(try found() == [])
        let id = try crm.add(.product, ["name": "cable"])
        try crm.add(.product, ["name": "Cable de red"])
        #expect(try found() == [id])
        for _ in 1...2 { try crm.add(.product, ["name": "Cable"]) }
        #expect(try found().count == 2)
    }
}

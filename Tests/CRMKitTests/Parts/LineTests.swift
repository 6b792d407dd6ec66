import Formats
import SQLite
import Testing

@testable import CRMKit

/// Lines of documents and what follows from them, through every way of writing.
@Suite struct LineTests {
    private let temporary: TemporaryStore
    private var store: Store { temporary.store }

    init() throws {
        temporary = try TemporaryStore()
        try temporary.add(
            .product,
            ["name": "Cable", "code": "SKU-1", "price": "99.90 MXN", "tax_rate": "16", "unit": "pieces"]
        )
        try temporary.add(
            .service,
            ["name": "Visita", "price": "500 MXN", "unit": "hours", "taxes": "vat:16,withheld_income:10"]
        )
    }

    private static let documents: [Module] = [.quote, .salesOrder, .purchaseOrder]

    private func add(_ lines: String..., to module: Module = .quote, with fields: [String: String] = [:]) throws
        -> Int64
    {
        try temporary.write { transaction in
            try transaction.add(
                module,
                [FieldInput("subject", .set("x")), FieldInput("currency", .set("MXN"))]
                    + fields.map { FieldInput($0.key, .set($0.value)) } + [FieldInput("lines", .addRows(lines))]
            )
        }
    }

    private func addLine(_ text: String, to id: Int64, of module: Module = .quote) throws {
        _ = try temporary.write { try $0.add(.line, to: id, of: module, Part.line.inputs(text)) }
    }

    private func totals(_ id: Int64, of module: Module = .quote) throws -> [String] {
        let record = try #require(try store.storedRecord(module, id: id))
        let keys = ["subtotal", "discount_total", "tax_total", "shipping_tax", "withheld_total", "total"]
        return keys.map { Money.text(minorUnits: record[$0].integer ?? -1, currency: record["currency"].text) }
    }

    private func line(_ position: Int, of id: Int64, _ key: String) throws -> Value {
        let rows = try store.rows(of: .line, in: .quote, record: id)
        return rows[position - 1].values[try #require(Part.line.position(of: key))]
    }

    private func reasons(_ lines: String..., fields: [String: String] = [:]) -> [String] {
        let error = crmError {
            _ = try temporary.write { transaction in
                try transaction.add(
                    .quote,
                    [FieldInput("subject", .set("x")), FieldInput("currency", .set("MXN"))]
                        + fields.map { FieldInput($0.key, .set($0.value)) } + [FieldInput("lines", .addRows(lines))]
                )
            }
        }
        return error?.problems.map { "\($0.field): \($0.reason.en)" } ?? []
    }

    // MARK: - Lines

    /// Of what many lines sell the record is read once, unless it changes meanwhile, or a change of it is taken back.
    @Test("what is sold is as it is when a line is added") func whatIsSoldIsAsItIsWhenALineIsAdded() throws {
        let id = try add()
        try temporary.write { transaction in
            func sell() throws { _ = try transaction.add(.line, to: id, of: .quote, Part.line.inputs("product=1")) }
            func cost(_ price: String) throws {
                _ = try transaction.edit(.product, id: 1, [FieldInput("price", .set(price))])
            }
            try sell()
            try cost("50 MXN")
            try sell()
            do {
                try transaction.log.attempt {
                    try cost("70 MXN")
                    try sell()
                    throw TakenBack()
                }
            } catch is TakenBack {}
            try sell()
        }
        #expect(
            try (1...3).map { try line($0, of: id, "unit_price") } == [.integer(9990), .integer(5000), .integer(5000)]
        )
        #expect(try store.rows(of: .line, in: .quote, record: id).count == 3)
    }

    private struct TakenBack: Error {}

    @Test("what is sold gives price unit and taxes") func whatIsSoldGivesPriceUnitAndTaxes() throws {
        let id = try add("product=code:SKU-1,quantity=3,discount=10%", "service=1,quantity=2")
        #expect(try line(1, of: id, "unit_price") == .integer(9990))
        #expect(try line(1, of: id, "unit") == .text("pieces"))
        #expect(try line(1, of: id, "taxes") == .text("[\"vat:16\"]"))
        #expect(try line(1, of: id, "net") == .integer(26973))
        #expect(try line(2, of: id, "taxes") == .text("[\"vat:16\",\"withheld_income:10\"]"))
        #expect(try totals(id) == ["1269.73", "0.00", "203.16", "0.00", "-100.00", "1372.89"])
        #expect(try store.check() == [])
    }

    @Test("A price with more decimals than money has is kept, and counts, until another is given")
    func exactPrices() throws {
        let id = try add("text=Gasolina,quantity=40.123,price=20.111111,tax=16%", "text=b,price=1.230000")
        #expect(try line(1, of: id, "unit_price") == .integer(2011))
        #expect(try line(1, of: id, "exact_price") == .integer(20_111_111))
        #expect(try line(1, of: id, "net") == .integer(80_692))
        #expect(try line(2, of: id, "unit_price") == .integer(123))
        #expect(try line(2, of: id, "exact_price") == .null)
        _ = try temporary.write {
            try $0.edit(.line, of: id, in: .quote, at: 1, [FieldInput("unit_price", .set("20"))])
        }
        #expect(try line(1, of: id, "exact_price") == .null)
        #expect(try line(1, of: id, "net") == .integer(80_246))
        #expect(try store.check() == [])
    }

    @Test("An excise of so much for each is part of what value-added tax is taken of")
    func excisePerUnit() throws {
        let id = try add("text=Diesel,quantity=100,price=20,taxes=\"excise_per_unit:6.4555,vat:16\"")
        #expect(try totals(id) == ["2000.00", "0.00", "1068.84", "0.00", "0.00", "3068.84"])
    }

    @Test("what is given is kept") func whatIsGivenIsKept() throws {
        let id = try add(
            "product=code:SKU-1,price=50,unit=caja,tax=exempt",
            "text=\"Visita, una\",price=850,quantity=2"
        )
        #expect(try line(1, of: id, "unit_price") == .integer(5000))
        #expect(try line(1, of: id, "unit") == .text("box"))
        #expect(try line(1, of: id, "taxes") == .text("[\"exempt\"]"))
        #expect(try line(2, of: id, "text") == .text("Visita, una"))
        #expect(try totals(id) == ["1750.00", "0.00", "0.00", "0.00", "0.00", "1750.00"])
    }

    @Test("another product brings its own") func anotherProductBringsItsOwn() throws {
        let id = try add("product=code:SKU-1,quantity=2")
        _ = try temporary.write {
            try $0.edit(
                .line,
                of: id,
                in: .quote,
                at: 1,
                [FieldInput("product", .set("")), FieldInput("service", .set("1")), FieldInput("quantity", .set("1"))]
            )
        }
        #expect(try line(1, of: id, "unit_price") == .integer(50_000))
        try temporary.write {
            try $0.edit(.line, of: id, in: .quote, at: 1, [FieldInput("unit_price", .set("400"))])
            try $0.edit(.line, of: id, in: .quote, at: 1, [FieldInput("discount", .set("5%"))])
            try $0.edit(.line, of: id, in: .quote, at: 1, [FieldInput("discount", .set("30"))])
        }
        #expect(try line(1, of: id, "discount_percent") == .null)
        #expect(try totals(id) == ["370.00", "0.00", "59.20", "0.00", "-37.00", "392.20"])
    }

    @Test("a discount of nothing does not take away the one beside it", arguments: [["10%", "0"], ["0", "10%"]])
    func aDiscountOfNothingBesideAnother(texts: [String]) throws {
        let id = try add("text=x,quantity=1,price=100")
        let inputs = texts.map { FieldInput("discount", .set($0)) }
        _ = try temporary.write { try $0.edit(.line, of: id, in: .quote, at: 1, inputs) }
        #expect(try totals(id)[0] == "90.00")
    }

    @Test(
        "what cannot be is named",
        arguments: [
            ("quantity=1,price=1", "line.text: name a product or a service, or write a text"),
            ("text=x,quantity=0,price=1", "line.quantity: cannot be zero"),
            ("text=x", "line.unit_price: is required"),
            ("text=x,price=1,discount_percent=5,discount_amount=1", "line.discount_amount: a discount is in percent"),
            ("product=1,service=1", "line.service: a line has a product or a service"),
            ("product=code:SKU-9", "line.product: no product matches code:SKU-9"),
            ("text=x,price=1,delivered=-1", "line.delivered: the line is of 1, and -1 of it are delivered"),
            ("text=x,price=1 USD", "line.unit_price: the amount is in USD and the record in MXN"),
            ("text=x,price=1,tax=vat", "line.taxes: write its rate too"),
            ("text=x,price=1,tax=\"vat:16,exempt\"", "line.taxes: exempt and vat:16 exclude each other"),
            ("text=x,price=1,net=5", "line: \"net\" is no key here"),
            (
                "text=x,price=999999999999.99,quantity=1000",
                "line.quantity: times the unit price, the amount is too large"
            ),
        ]
    )
    func whatCannotBeIsNamed(line: String, reason: String) throws {
        #expect(reasons(line).contains { $0.hasPrefix(reason) }, "\(reasons(line))")
        #expect(try store.database.scalar("SELECT count(*) FROM \"quote\"") == .integer(0))
    }

    @Test("a price in another currency is not taken") func aPriceInAnotherCurrencyIsNotTaken() throws {
        let reasons = reasons("product=code:SKU-1", fields: ["currency": "USD"])
        #expect(reasons == ["line.unit_price: product 1 costs 99.90 MXN, and the document is in USD: give the price"])
        #expect(try add("product=code:SKU-1,price=5", with: ["currency": "USD"]) == 1)
    }

    @Test("the currency of lines cannot come to count otherwise") func theCurrencyOfLinesCannotComeToCountOtherwise()
        throws
    {
        let id = try add("text=x,price=10.50")
        for currency in ["JPY", "KWD", "USD"] {
            let error = crmError { try temporary.edit(.quote, id, ["currency": currency]) }
            #expect(error?.problems.map(\.field) == ["currency"])
        }
        #expect(try totals(id).last == "10.50")
        let empty = try add()
        try temporary.edit(.quote, empty, ["currency": "JPY"])
        #expect(try store.check() == [])
    }

    @Test("products that are sold cannot go") func productsThatAreSoldCannotGo() throws {
        let id = try add("product=1")
        let error = crmError { try temporary.write { try $0.delete(.product, id: 1, reach: .owned) } }
        #expect(error?.code == .refused)
        try temporary.write { try $0.remove(.line, of: id, in: .quote, at: [1]) }
        try temporary.write { try $0.delete(.product, id: 1, reach: .owned) }
    }

    // MARK: - Totals

    @Test("totals follow every change", arguments: documents)
    func totalsFollowEveryChange(module: Module) throws {
        let id = try add("text=a,price=100,tax=vat:16", to: module)
        #expect(try totals(id, of: module).last == "116.00")
        try addLine("text=b,price=-50", to: id, of: module)
        #expect(try totals(id, of: module).last == "66.00")
        try temporary.edit(module.name, id, ["discount_percent": "10"])
        #expect(try totals(id, of: module) == ["50.00", "5.00", "14.40", "0.00", "0.00", "59.40"])
        try temporary.edit(module.name, id, ["discount_amount": "1", "shipping": "10", "taxes_on_shipping": "16"])
        #expect(try totals(id, of: module) == ["50.00", "1.00", "15.68", "1.60", "0.00", "76.28"])
        try temporary.edit(module.name, id, ["adjustment": "-0.28"])
        _ = try temporary.write { try $0.move(.line, of: id, in: module, from: 1, to: 2) }
        try temporary.write { try $0.remove(.line, of: id, in: module, at: [1]) }
        #expect(try totals(id, of: module) == ["100.00", "1.00", "15.84", "1.60", "0.00", "126.16"])
        #expect(try store.check() == [])
    }

    @Test(
        "What is sold has value-added tax at its rate beside the other taxes it names, unless one of them says it",
        arguments: [
            ("16", "ieps:53", "excise:53,vat:16"), ("21", "re:5.2", "vat:21,surcharge:5.2"),
            ("21", "irpf:15", "vat:21,withheld_income:15"),
            ("16", "ieps:8,isr:10", "excise:8,vat:16,withheld_income:10"),
            ("16", "iva:8", "vat:8"), ("16", "exempt", "exempt"), ("16", "", "vat:16"), ("", "ieps:53", "excise:53"),
        ]
    )
    func taxesOfWhatIsSold(rate: String, named: String, taxes: String) throws {
        let product = try temporary.add(
            .product,
            ["name": "Tequila", "code": "T", "price": "100 MXN", "tax_rate": rate, "taxes": named]
        )
        let id = try add("product=\(product),quantity=1")
        let expected = taxes.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
        #expect(try line(1, of: id, "taxes") == .text("[\(expected)]"))
    }

    @Test("taxes are kept by rate") func taxesAreKeptByRate() throws {
        let id = try add(
            "text=a,price=100,tax=\"excise:8,vat:16\"",
            "text=b,price=50,tax=vat:0",
            "text=c,price=25,tax=exempt",
            "text=d,price=10"
        )
        let rows = try store.rows(of: .tax, in: .quote, record: id).map(\.values)
        #expect(
            rows == [
                [.text("excise"), .integer(80_000), .integer(10_000), .integer(800)],
                [.text("vat"), .integer(0), .integer(5_000), .integer(0)],
                [.text("vat"), .integer(160_000), .integer(10_800), .integer(1_728)],
                [.text("exempt"), .integer(0), .integer(2_500), .integer(0)],
            ]
        )
        var query = try store.list(.quote)
        query.filters = ["taxes.kind = exempt and total > 200 and lines.net = 25"]
        #expect(try query.count(in: store) == 1)
    }

    @Test("the edge of the range is refused") func theEdgeOfTheRangeIsRefused() throws {
        let id = try add("text=a,price=9999999999999.99")
        #expect(try totals(id).last == "9999999999999.99")
        for change: KeyValuePairs in [["adjustment": "0.01"], ["shipping": "1"]] {
            let error = crmError { try temporary.edit(.quote, id, change) }
            #expect(error?.problems.map(\.field) == ["total"])
        }
        let error = crmError {
            try addLine("text=b,price=1", to: id)
        }
        #expect(error?.message.en == "cannot change quote 1")
        #expect(try store.rows(of: .line, in: .quote, record: id).count == 1)
        try addLine("text=b,price=-1", to: id)
        #expect(try totals(id).last == "9999999999998.99")
    }

    // MARK: - History

    @Test("what is undone takes its totals along") func whatIsUndoneTakesItsTotalsAlong() throws {
        let id = try add("text=a,price=100,tax=vat:16")
        try addLine("text=b,price=50,tax=vat:8", to: id)
        let after = try totals(id)
        let undo = try store.undo(nil, TemporaryStore.request())
        #expect(try totals(id).last == "116.00")
        #expect(try store.rows(of: .tax, in: .quote, record: id).count == 1)
        _ = try store.undo(undo.changeSet.id, TemporaryStore.request())
        #expect(try totals(id) == after)
        #expect(try store.check() == [])
    }

    /// What a line comes to follows from it as it is after the undo, be it between two that still hold.
    @Test("an undone line comes to what it holds") func anUndoneLineComesToWhatItHolds() throws {
        let id = try add("text=a,price=100")
        let edit = { (key: String, text: String) in
            try temporary.write {
                _ = try $0.edit(.line, of: id, in: .quote, at: 1, [FieldInput(key, .set(text))])
            }
        }
        try edit("quantity", "3")
        let change = try #require(try store.history(limit: 1).first?.id)
        try edit("discount_percent", "10")
        #expect(try totals(id).last == "270.00")
        _ = try store.undo(change, TemporaryStore.request())
        #expect(try line(1, of: id, "net") == .integer(90_00))
        #expect(try totals(id).last == "90.00")
        #expect(try store.check() == [])
    }

    @Test("an earlier change is undone beside later ones") func anEarlierChangeIsUndoneBesideLaterOnes() throws {
        let id = try add("text=a,price=100")
        try temporary.edit(.quote, id, ["shipping": "10"])
        let change = try #require(try store.history(limit: 1).first?.id)
        try addLine("text=b,price=50", to: id)
        _ = try store.undo(change, TemporaryStore.request())
        #expect(try totals(id).last == "150.00")
        #expect(try store.check() == [])
    }

    @Test("deleted documents come back whole") func deletedDocumentsComeBackWhole() throws {
        let id = try add("text=a,price=100,tax=vat:16")
        try temporary.write { try $0.delete(.quote, id: id, reach: .alone) }
        #expect(try store.database.scalar("SELECT count(*) FROM \"quote_line\"") == .integer(0))
        _ = try store.undo(nil, TemporaryStore.request())
        #expect(try totals(id).last == "116.00")
        #expect(try store.rows(of: .tax, in: .quote, record: id).count == 1)
        #expect(try store.check() == [])
    }

    @Test("a dry run leaves nothing") func aDryRunLeavesNothing() throws {
        let id = try add("text=a,price=100")
        let request = WriteRequest(who: "ana", command: "crm test", isDryRun: true)
        try store.write(request) { transaction in
            try transaction.add(.line, to: id, of: .quote, try Part.line.inputs("text=b,price=50"))
            #expect(try totals(id).last == "150.00")
        }
        #expect(try totals(id).last == "100.00")
    }

    @Test("what does not agree is found and mended") func whatDoesNotAgreeIsFoundAndMended() throws {
        let id = try add("text=a,price=100,tax=vat:16")
        try store.database.execute("UPDATE \"quote_line\" SET \"net\" = 5; UPDATE \"quote\" SET \"total\" = 7")
        let findings = try store.check()
        #expect(findings.map(\.text.en) == ["total, position 1: does not follow from what it is counted of"])
        #expect(findings.map(\.isMendable) == [true])
        #expect(try store.mend(TemporaryStore.request()).rows == 1)
        #expect(try totals(id).last == "116.00")
        #expect(try store.check() == [])
    }
}

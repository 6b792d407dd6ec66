import Localization
import Testing

@testable import CRMKit

/// The way from an opportunity to a delivered order, and from a request to what is received, as the actions of the
/// modules.
@Suite("The way of a sale")
struct SaleActionTests {
    private let temporary: TemporaryStore
    private var store: Store { temporary.store }

    init() throws {
        temporary = try TemporaryStore()
        _ = try store.set(.currency, to: "MXN", TemporaryStore.request())
        try temporary.add(.organization, ["name": "Ribera"])
        for name in ["Ruiz", "Vega"] { try temporary.add(.contact, ["last_name": name, "organization": "1"]) }
        try temporary.add(.product, ["name": "Bomba", "code": "B-1", "price": "1000", "stock": "5", "unit": "pieces"])
        try temporary.add(.product, ["name": "Cable", "code": "C-1", "price": "10"])
        try temporary.add(
            .opportunity,
            [
                "name": "Quirófano", "contact": "1", "amount": "9000", "close_date": "2026-12-31", "stage": "proposal",
                "assigned_to": "eva", "description": "entre nosotros",
            ]
        )
        try temporary.link(.opportunity, contact: 2, record: 1, ["role": "decision_maker"])
    }

    // MARK: - Ways to say it

    @discardableResult
    private func perform(
        _ name: String,
        _ module: ModuleName,
        _ id: Int64 = 1,
        _ inputs: KeyValuePairs<String, String> = [:],
        forced: Bool = false
    ) throws -> (id: Int64, notices: [Text]) {
        let module = Registry.standard[module]
        let action = try #require(module.actions.first { $0.name == name })
        return try store.write(TemporaryStore.request("crm \(module.name.noun) \(name)", forced: forced)) {
            let given = inputs.map { key, text in
                switch key {
                case "lines": FieldInput(key, .addRows(text.split(separator: "|").map(String.init)))
                case "quantities": FieldInput(key, .setList(text.split(separator: " ").map(String.init)))
                default: FieldInput(key, .set(text))
                }
            }
            let id = try $0.perform(action, of: module, on: id, given)
            return (id, $0.notices)
        }
    }

    private func refusal(
        _ name: String,
        _ module: ModuleName,
        _ id: Int64 = 1,
        _ inputs: KeyValuePairs<String, String> = [:],
        forced: Bool = false
    ) -> CRMError? {
        crmError { try perform(name, module, id, inputs, forced: forced) }
    }

    private func order(_ lines: String, of module: ModuleName = .salesOrder) throws -> Int64 {
        try temporary.write {
            try $0.add(
                Registry.standard[module],
                [
                    FieldInput("subject", .set("x")),
                    FieldInput("lines", .addRows(lines.split(separator: "|").map(String.init))),
                ]
            )
        }
    }

    private func value(_ key: String, _ module: ModuleName, _ id: Int64 = 1) throws -> Value {
        try temporary.value(module, id, key)
    }

    /// What the lines of a document hold of some fields, quantities as people write them.
    private func lines(_ module: ModuleName, _ id: Int64 = 1, _ keys: String...) throws -> [[String]] {
        try store.rows(of: .line, in: Registry.standard[module], record: id).map { row in
            try keys.map { key in
                let position = try #require(Part.line.position(of: key))
                return Part.line.fields[position].type.text(of: row.values[position], currency: "MXN")
            }
        }
    }

    private func links(_ module: ModuleName, _ id: Int64 = 1) throws -> [String] {
        try temporary.write { transaction in
            guard let record = try transaction.record(module, id: id) else { return [] }
            return try transaction.linkedContacts(of: record).map { link in
                "\(link.contact) \(link.attributes.first { $0.field == "role" }?.value.text ?? "-")"
            }
        }
    }

    private var stock: String {
        get throws { FieldType.quantity.text(of: try value("stock", .product), currency: nil) }
    }

    private func quote(_ lines: String = "product=code:B-1,quantity=3,discount=10%|text=Visita,price=850") throws {
        try perform("quote", .opportunity, 1, ["lines": lines])
    }

    // MARK: - Quotes

    @Test("makes a quote of an opportunity, with its contacts, currency and lines, undone as one")
    func quoting() throws {
        let before = try temporary.contents()
        try quote()
        #expect(try value("subject", .quote) == .text("Quirófano"))
        #expect(try value("number", .quote) == .text("COT-2026-0001"))
        #expect(try value("organization", .quote) == .integer(1))
        #expect(try value("opportunity", .quote) == .integer(1))
        #expect(try value("currency", .quote) == .text("MXN"))
        #expect(try value("assigned_to", .quote) == .text("eva"))
        #expect(try value("description", .quote) == .null)
        #expect(try value("total", .quote) == .integer(355_000))
        #expect(try links(.quote) == ["1 recipient", "2 approver"])
        #expect(try value("stage", .opportunity) == .text("proposal"))
        try temporary.undo()
        #expect(try temporary.contents() == before)
    }

    @Test("gives a new version the discount that is said in place of the one it has", arguments: ["revise", "order"])
    func otherDiscount(action: String) throws {
        try quote()
        try temporary.edit(.quote, 1, ["discount_amount": "5"])
        let made = try perform(action, .quote, 1, ["discount_percent": "10"]).id
        let module: ModuleName = action == "revise" ? .quote : .salesOrder
        #expect(try value("discount_percent", module, made) == .integer(100_000))
        #expect(try value("discount_amount", module, made) == .null)
    }

    @Test("refuses to carry the amounts of a quote over into another currency", arguments: ["revise", "order"])
    func otherCurrency(action: String) throws {
        try quote()
        for currency in ["JPY", "KWD", "USD"] {
            let error = refusal(action, .quote, 1, ["currency": currency])
            #expect(
                error?.code == .refused && error?.message.en.contains("MXN") == true,
                "\(String(describing: error))"
            )
        }
        try perform(action, .quote, 1, ["currency": "MXN"])
    }

    @Test("takes fields of what it makes, and names every line that cannot be")
    func quotingWithFields() throws {
        try perform("quote", .opportunity, 1, ["subject": "Otra", "valid_until": "2026-05-01"])
        #expect(try value("subject", .quote) == .text("Otra"))
        #expect(try value("valid_until", .quote) == .text("2026-05-01"))
        let error = refusal(
            "quote",
            .opportunity,
            1,
            ["lines": "product=code:X|text=a,price=1|text=b,price=1 USD|text=c,quantity=0,price=1"]
        )
        #expect(error?.problems.map(\.field) == ["line.product", "line.unit_price", "line.quantity"])
        #expect(
            error?.problems.map { $0.reason.en.prefix(7) } == ["line 1:", "line 3:", "line 4:"],
            "\(error?.problems.map(\.reason.en) ?? [])"
        )
        #expect(try temporary.count("quote") == 1)
    }

    @Test(
        "goes from stage to stage",
        arguments: [
            (["send"], "delivered"), (["accept"], "accepted"), (["send", "accept"], "accepted"),
            (["reject"], "rejected"), (["reject", "accept"], "accepted"), (["accept", "reject"], "rejected"),
            (["send", "send"], "delivered"),
        ]
    )
    func stages(actions: [String], stage: String) throws {
        try quote()
        for action in actions { try perform(action, .quote) }
        #expect(try value("stage", .quote) == .text(stage))
        #expect(try value("stage", .opportunity) == .text("proposal"))
    }

    @Test("is not sent any more once it is settled", arguments: ["accept", "reject"])
    func settled(action: String) throws {
        try quote()
        try perform(action, .quote)
        #expect(refusal("send", .quote)?.code == .refused)
    }

    @Test("keeps why a quote was rejected until it is accepted after all")
    func reasons() throws {
        try quote()
        try perform("reject", .quote, 1, ["reason": "Precio"])
        #expect(try value("rejection_reason", .quote) == .text("Precio"))
        try perform("accept", .quote)
        #expect(try value("rejection_reason", .quote) == .null)
    }

    @Test("wins the opportunity where that is asked for")
    func winning() throws {
        try quote()
        try perform("accept", .quote, 1, ["win": "true"])
        #expect(try value("stage", .opportunity) == .text("closed_won"))
        #expect(try value("closed_on", .opportunity) == .text("2026-03-02"))
        try temporary.add(.quote, ["subject": "Sola"])
        #expect(refusal("accept", .quote, 2, ["win": "true"])?.message.en == "quote 2 has no opportunity to win")
        #expect(try value("stage", .quote, 2) == .text("created"))
    }

    @Test("tells that an accepted quote was past its day")
    func expired() throws {
        try quote()
        try temporary.edit(.quote, 1, ["valid_until": "2026-02-01"])
        #expect(try perform("accept", .quote).notices.map(\.en) == ["quote 1 was valid until 2026-02-01"])
        #expect(try perform("accept", .quote).notices.isEmpty)
    }

    @Test("keeps both versions of a revised quote, and works on with the newer alone")
    func revising() throws {
        try quote()
        try perform("send", .quote)
        try temporary.edit(.quote, 1, ["valid_until": "2026-02-01", "terms": "A la vista"])
        let before = try temporary.contents()
        let made = try perform("revise", .quote, 1, ["discount_percent": "50"])
        #expect(made.id == 2)
        #expect(try value("stage", .quote) == .text("delivered"))
        #expect(try value("superseded_by", .quote) == .integer(2))
        #expect(try value("version", .quote, 2) == .integer(2))
        #expect(try value("stage", .quote, 2) == .text("created"))
        #expect(try value("number", .quote, 2) == .text("COT-2026-0002"))
        #expect(try value("terms", .quote, 2) == .text("A la vista"))
        #expect(try value("valid_until", .quote, 2) == .null)
        #expect(try value("total", .quote, 2) == .integer(177_500))
        #expect(try lines(.quote, 1, "product", "quantity", "net") == lines(.quote, 2, "product", "quantity", "net"))
        #expect(try links(.quote, 2) == ["1 recipient", "2 approver"])
        for action in ["send", "accept", "reject", "revise", "order"] {
            let error = refusal(action, .quote)
            #expect(error?.code == .refused)
            #expect(error?.message.en == "quote 1 was superseded by quote 2", "\(action)")
        }
        try temporary.undo()
        #expect(try temporary.contents() == before)
    }

    // MARK: - Orders

    @Test("makes an order of a quote, with lines, links and references, once")
    func ordering() throws {
        try quote()
        try temporary.edit(.quote, 1, ["shipping": "100", "discount_percent": "10", "carrier": "dhl"])
        let before = try temporary.contents()
        let made = try perform("order", .quote, 1, ["customer_po": "OC-1"])
        #expect(made.notices.map(\.en) == ["quote 1 is accepted now"])
        #expect(try value("stage", .quote) == .text("accepted"))
        for key in ["organization", "opportunity", "quote"] { #expect(try value(key, .salesOrder) == .integer(1)) }
        #expect(try value("customer_po", .salesOrder) == .text("OC-1"))
        #expect(try value("carrier", .salesOrder) == .text("dhl"))
        #expect(try value("number", .salesOrder) == .text("VTA-2026-0001"))
        #expect(try value("total", .salesOrder) == value("total", .quote))
        #expect(
            try lines(.salesOrder, 1, "quantity", "net", "open") == [["3", "2700.00", "3"], ["1", "850.00", "1"]]
        )
        #expect(try lines(.quote, 1, "open") == [[""], [""]])
        #expect(try links(.salesOrder) == ["1 buyer", "2 -"])
        #expect(refusal("order", .quote)?.message.en == "quote 1 was ordered already by sales order 1")
        #expect(refusal("reject", .quote)?.code == .refused)
        #expect(try perform("order", .quote, 1, ["again": "true"]).id == 2)
        for _ in 1...2 { try temporary.undo() }
        #expect(try temporary.contents() == before)
    }

    @Test("orders anew what was ordered and cancelled, and nothing that was rejected")
    func orderingAgain() throws {
        try quote()
        try perform("order", .quote)
        try temporary.edit(.salesOrder, 1, ["status": "cancelled"])
        #expect(try perform("order", .quote).id == 2)
        try perform("reject", .quote, 1, forced: true)
        #expect(refusal("order", .quote, 1, ["again": "true"], forced: true)?.message.en == "quote 1 was rejected")
        #expect(try temporary.count("sales_order") == 2)
    }

    @Test("delivers in parts from stock, until nothing is open")
    func delivering() throws {
        let id = try order("product=code:B-1,quantity=3|product=code:C-1,quantity=7.5|text=Visita,price=1")
        let before = try temporary.contents()
        let first = try perform("deliver", .salesOrder, id, ["quantities": "1=2 2=0.5"])
        #expect(first.notices.map(\.en) == ["sales order 1: 3 lines are still to be delivered"])
        #expect(try lines(.salesOrder, id, "delivered", "open") == [["2", "1"], ["0.5", "7"], ["", "1"]])
        #expect(try stock == "3")
        #expect(try value("stock", .product, 2) == .null, "a stock that nobody counts is not counted")
        #expect(try value("status", .salesOrder) == .text("created"))
        try perform("deliver", .salesOrder, id)
        #expect(try lines(.salesOrder, id, "delivered", "open") == [["3", "0"], ["7.5", "0"], ["1", "0"]])
        #expect(try stock == "2")
        #expect(try value("status", .salesOrder) == .text("delivered"))
        #expect(try perform("deliver", .salesOrder, id).notices.map(\.en) == ["sales order 1 was delivered already"])
        #expect(try stock == "2")
        for _ in 1...2 { try temporary.undo() }
        #expect(try temporary.contents() == before)
        #expect(try store.check() == [])
    }

    @Test("delivers again what an undo took back, as it was")
    func redoing() throws {
        let id = try order("product=code:B-1,quantity=3")
        try perform("deliver", .salesOrder, id, ["quantities": "1=2"])
        let delivered = try temporary.contents()
        try temporary.undo()
        #expect(try lines(.salesOrder, id, "delivered", "open") == [["", "3"]])
        let undone = try temporary.newest
        try temporary.undo(undone.id)
        #expect(try temporary.contents() == delivered)
        #expect(try stock == "3")
    }

    @Test(
        "delivers nothing that cannot be",
        arguments: [
            ("1=4", CRMError.Code.refused, ["1=4: line 1 has 3 to be delivered"]),
            ("1=3 2=9", .refused, ["2=9: line 2 has 1 to be delivered"]),
            ("3=2.5", .refused, ["3=2.5: line 3 has 2 to be delivered"]),
            ("4=1", .notFound, []), ("1=0", .invalid, ["1=0: the quantity of line 1 cannot be zero"]),
            ("1=-1", .refused, ["1=-1: line 1 has 0 that are delivered"]),
            ("1=1 1=1", .invalid, ["1=1,1=1: line 1 is given twice"]),
            ("0=1", .invalid, ["0=1: write the position of a line and how much of it, as in 2=1.5"]),
            ("x", .invalid, ["x: write the position of a line and how much of it, as in 2=1.5"]),
            ("1=x", .invalid, ["1=x: not a number: write digits with a point before decimals, as in 1250.50"]),
        ]
    )
    func impossible(quantities: String, code: CRMError.Code, problems: [String]) throws {
        let id = try order("product=code:B-1,quantity=3|text=Visita,price=1|text=Abono,price=1,quantity=-2")
        let before = try temporary.contents()
        let error = refusal("deliver", .salesOrder, id, ["quantities": quantities])
        #expect(error?.code == code)
        #expect(error?.problems.map { "\($0.value ?? ""): \($0.reason.en)" } == problems)
        #expect(error?.problems.allSatisfy { $0.field == "quantity" } == true)
        #expect(try temporary.contents() == before)
    }

    @Test("never takes a stock below zero, unless the user insists")
    func shortage() throws {
        let id = try order("product=code:B-1,quantity=4|product=code:B-1,quantity=2")
        let error = refusal("deliver", .salesOrder, id)
        #expect(error?.message.en == "sales order 1 cannot be delivered from stock")
        #expect(error?.problems.map(\.reason.en) == ["line 2: product 1 has 1 left in stock"])
        #expect(error?.problems.map(\.value) == ["2=2"])
        #expect(try stock == "5")
        try perform("deliver", .salesOrder, id, forced: true)
        #expect(try stock == "-1")
    }

    @Test("takes no boxes from a stock of pieces, unless the user insists")
    func units() throws {
        let id = try order("product=code:B-1,quantity=1,unit=box")
        #expect(
            refusal("deliver", .salesOrder, id)?.problems.map(\.reason.en)
                == ["line 1 is in boxes, and the stock of product 1 in pieces"]
        )
        try perform("deliver", .salesOrder, id, forced: true)
        #expect(try stock == "4")
    }

    @Test("does nothing with what is cancelled", arguments: ["deliver", "invoice"])
    func cancelled(action: String) throws {
        let id = try order("text=a,price=1")
        try temporary.edit(.salesOrder, id, ["status": "cancelled"])
        let inputs: KeyValuePairs = action == "invoice" ? ["number": "F-1"] : [:]
        #expect(refusal(action, .salesOrder, id, inputs)?.message.en == "sales order 1 is cancelled")
    }

    @Test("marks what was invoiced, in parts, and all of it once")
    func invoicing() throws {
        let id = try order("text=a,price=1,quantity=3|text=b,price=1")
        try perform("invoice", .salesOrder, id, ["number": "F-1", "quantities": "1=2"])
        #expect(try lines(.salesOrder, id, "invoiced", "open") == [["2", "3"], ["", "1"]])
        #expect(try value("invoiced_on", .salesOrder) == .text("2026-03-02"))
        try perform("invoice", .salesOrder, id, ["number": "F-2", "date": "2026-03-09"])
        #expect(try lines(.salesOrder, id, "invoiced") == [["3"], ["1"]])
        #expect(try value("invoice_numbers", .salesOrder) == .text(#"["F-1","F-2"]"#))
        #expect(try value("invoiced_on", .salesOrder) == .text("2026-03-09"))
        let before = try temporary.newest.id
        try perform("invoice", .salesOrder, id, ["number": "F-2"])
        #expect(try temporary.newest.id == before, "what is so already writes nothing")
        #expect(
            refusal("invoice", .salesOrder, id, ["number": "F-3"])?.message.en
                == "sales order 1 is invoiced whole already: F-1, F-2"
        )
        #expect(refusal("invoice", .salesOrder, id)?.problems.map(\.field) == ["number"])
    }

    // MARK: - Purchases

    @Test("receives in parts into stock, which is counted from then on")
    func receiving() throws {
        let id = try order("product=code:B-1,quantity=10|product=code:C-1,quantity=2.5", of: .purchaseOrder)
        let before = try temporary.contents()
        try perform("receive", .purchaseOrder, id, ["quantities": "1=4 2=2.5"])
        #expect(try lines(.purchaseOrder, id, "received", "open") == [["4", "6"], ["2.5", "0"]])
        #expect(try stock == "9")
        #expect(try value("stock", .product, 2) == .integer(2_500_000))
        #expect(refusal("receive", .purchaseOrder, id, ["quantities": "1=7"])?.code == .refused)
        try perform("receive", .purchaseOrder, id)
        #expect(try stock == "15")
        #expect(try value("status", .purchaseOrder) == .text("received_shipment"))
        for _ in 1...2 { try temporary.undo() }
        #expect(try temporary.contents() == before)
    }

    @Test("writes down who asked for a purchase and who approved it")
    func approving() throws {
        let id = try order("text=a,price=1", of: .purchaseOrder)
        try perform("request", .purchaseOrder, id, ["contact": "1"])
        try perform("approve", .purchaseOrder, id, ["contact": "1"])
        #expect(try links(.purchaseOrder) == ["1 requester", "1 approver"])
        #expect(try value("status", .purchaseOrder) == .text("approved"))
        try temporary.undo()
        #expect(try links(.purchaseOrder) == ["1 requester"])
        #expect(try value("status", .purchaseOrder) == .text("created"))
        #expect(refusal("approve", .purchaseOrder, id)?.problems.map(\.field) == ["contact"])
    }

    @Test("needs two people for a purchase where that is configured, whoever insists")
    func twoPeople() throws {
        #expect(try store.set(.module(.purchaseOrder, "approval"), to: "Dos personas", TemporaryStore.request()))
        let id = try order("text=a,price=1", of: .purchaseOrder)
        #expect(refusal("approve", .purchaseOrder, id, ["contact": "1"], forced: true)?.code == .refused)
        try perform("request", .purchaseOrder, id, ["contact": "1"])
        #expect(
            refusal("approve", .purchaseOrder, id, ["contact": "1"], forced: true)?.message.en
                == "purchase order 1 was requested by contact 1, and another must approve it"
        )
        try perform("approve", .purchaseOrder, id, ["contact": "2"])
        #expect(refusal("request", .purchaseOrder, id, ["contact": "2"])?.code == .refused)
        #expect(try links(.purchaseOrder) == ["1 requester", "2 approver"])
        _ = try store.set(.module(.purchaseOrder, "approval"), to: nil, TemporaryStore.request())
        try perform("approve", .purchaseOrder, id, ["contact": "1"])
    }
}

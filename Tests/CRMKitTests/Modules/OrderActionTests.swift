import Localization
import Testing

@testable import CRMKit

/// Orders delivered and invoiced, and purchases received, as the actions of the modules.
@Suite("The way of an order")
struct OrderActionTests: SaleSuite {
    let temporary: TemporaryStore

    init() throws { temporary = try Self.prepared() }

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
            ("3=2.5", .refused, ["3=2.5: line 3 has 2 to be given back"]),
            ("3=-2", .refused, ["3=-2: line 3 has 0 that are delivered; write 3=2 to give back what is open"]),
            ("3=-3", .refused, ["3=-3: line 3 has 0 that are delivered; write 3=2 to give back what is open"]),
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

    @Test("counts what comes back before what goes out, whatever the order of the lines")
    func givenBack() throws {
        let line = "product=code:B-1,quantity="
        let id = try order("\(line)3|\(line)3|\(line)-2")
        try perform("deliver", .salesOrder, id)
        #expect(try stock == "1")
        let short = try order("\(line)2|\(line)-1|\(line)1")
        let problems = refusal("deliver", .salesOrder, short)?.problems.map(\.reason.en)
        #expect(problems == ["line 3: product 1 has 0 left in stock"])
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

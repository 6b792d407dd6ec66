import Testing

/// What is delivered and received by mistake, and what becomes of the stock.
@Suite struct StockTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("product", "--name", "Bomba", "--code", "W", "--price", "1", "--stock", "100")
    }

    private var stock: String? {
        get throws { try crm.json("product", "show", "1")["stock"]?.digits }
    }

    @Test("Pieces are not received into a stock of boxes, which is told in words of the language")
    func otherUnit() throws {
        try crm.succeed("product", "edit", "1", "--unit", "box")
        try crm.add("purchase-order", "--subject", "A", "--line", "product=code:W,quantity=12,unit=pieces")
        for (language, message, reason) in [
            (
                "en", "purchase order 1 cannot be received into stock",
                "line 1 is in pieces, and the stock of product 1 in boxes"
            ),
            (
                "es", "la compra 1 no se puede recibir en las existencias",
                "la línea 1 está en piezas y las existencias del inventariable 1 en cajas"
            ),
        ] {
            let result = try crm.run("purchase-order", "receive", "1", "--lang", language)
            #expect(result.status == 5 && result.errors.contains(message), "\(result.errors)")
            #expect(result.errors.contains(reason) && !result.errors.contains("--quantity,"), "\(result.errors)")
        }
        #expect(try stock == "100")
        try crm.succeed("purchase-order", "receive", "1", "--force")
        #expect(try stock == "112")
    }

    private func order(_ module: String = "sales-order", _ quantity: String = "10") throws {
        try crm.add(module, "--subject", "A", "--line", "product=code:W,quantity=\(quantity)")
    }

    @Test("What was delivered by mistake is taken back, as far as it was, and the order is open again")
    func takenBack() throws {
        try order()
        #expect(try crm.json("sales-order", "deliver", "1")["status"]?.string == "delivered")
        let back = try crm.run("sales-order", "deliver", "1", "--quantity", "1=-3", "--json")
        #expect(back.status == 0 && back.errors.contains("sales order 1 is open again"), "\(back.errors)")
        let shown = try crm.json("sales-order", "show", "1")
        #expect(shown["status"]?.string == "approved")
        #expect(shown["lines"]?.elements.first?["open"]?.digits == "3")
        #expect(try stock == "93")
        let much = try crm.run("sales-order", "deliver", "1", "--quantity", "1=-8")
        #expect(much.status == 5 && much.errors.contains("line 1 has 7 that are delivered"), "\(much.errors)")
        let none = try crm.run("sales-order", "deliver", "1", "--quantity", "1=0", "--lang", "es")
        #expect(none.status == 2 && none.errors.contains("no puede ser cero"), "\(none.errors)")
    }

    @Test("What was received by mistake leaves the stock, which does not fall below zero")
    func receivedBack() throws {
        try order("purchase-order", "20")
        try crm.succeed("purchase-order", "receive", "1")
        try crm.succeed("product", "edit", "1", "--stock", "5")
        #expect(try crm.run("purchase-order", "receive", "1", "--quantity", "1=-6").status == 5)
        try crm.succeed("purchase-order", "receive", "1", "--quantity", "1=-5")
        #expect(try stock == "0")
        #expect(try crm.json("purchase-order", "show", "1")["status"]?.string == "approved")
    }

    @Test(
        "A line of less than zero gives back what is written without its sign, taken back and undone as others are",
        arguments: [
            ("sales-order", "deliver", ["101", "102"], "delivered"),
            ("purchase-order", "receive", ["99", "98"], "received_shipment"),
        ]
    )
    func givenBack(module: String, verb: String, stocks: [String], finished: String) throws {
        try order(module, "-2")
        func open() throws -> [String] {
            let words = [module, "list", "--where", "lines.open != 0", "--columns", "id,lines.open", "--no-header"]
            return try crm.succeed(words + ["--format", "csv"]).lines
        }
        func act(_ quantity: String) throws -> CRM.Result { try crm.run(module, verb, "1", "--quantity", quantity) }
        #expect(try open() == ["1,-2"])
        let signed = try act("1=-2")
        #expect(signed.status == 5 && signed.errors.contains("write 1=2 to give back"), "\(signed.errors)")
        #expect(try stock == "100")
        #expect(try act("1=1").errors.contains("1 line is still to be"))
        #expect(try open() == ["1,-1"])
        #expect(try stock == stocks[0])
        let much = try act("1=2")
        #expect(much.status == 5 && much.errors.contains("line 1 has 1 to be given back"), "\(much.errors)")
        #expect(try act("1=1").status == 0)
        #expect(try open() == [])
        #expect(try stock == stocks[1])
        #expect(try crm.json(module, "show", "1")["status"]?.string == finished)
        #expect(try act("1=-2").status == 0)
        #expect(try open() == ["1,-2"])
        #expect(try stock == "100")
        try crm.succeed("undo")
        #expect(try stock == stocks[1])
        #expect(try open() == [])
        #expect(try crm.run("check").status == 0)
    }

    @Test("What the stock lacks of goods that go back to a supplier is told as it is typed")
    func givenBackShort() throws {
        try order("purchase-order", "-101")
        let short = try crm.run("purchase-order", "receive", "1")
        #expect(short.status == 5 && short.errors.contains("--quantity \"1=101\": line 1"), "\(short.errors)")
    }

    @Test("What was invoiced by mistake is taken back under the same number")
    func invoicedBack() throws {
        try order()
        try crm.succeed("sales-order", "invoice", "1", "--number", "F-1")
        let back = try crm.json("sales-order", "invoice", "1", "--number", "F-1", "--quantity", "1=-4")
        #expect(back["lines"]?.elements.first?["invoiced"]?.digits == "6")
        #expect(back["invoice_numbers"] == ["F-1"])
    }

    @Test("An undo of a delivery after which the stock was moved on takes back the difference")
    func undone() throws {
        try order()
        try order()
        try crm.succeed("sales-order", "deliver", "1")
        try crm.succeed("sales-order", "deliver", "2")
        let undo = try crm.run("undo", "4")
        #expect(undo.status == 0, "\(undo.errors)")
        #expect(undo.errors.contains("stock was moved since too, and is 90 now"), "\(undo.errors)")
        #expect(try stock == "90")
        #expect(try crm.json("sales-order", "show", "1")["status"]?.string == "created")
        try crm.succeed("undo", "6")
        #expect(try stock == "80")
    }

    @Test("An undo by which the stock would fall below zero is refused")
    func undoneBelow() throws {
        try crm.succeed("product", "edit", "1", "--stock", "0")
        try order("purchase-order", "8")
        try order()
        try crm.succeed("purchase-order", "receive", "1")
        try crm.succeed("sales-order", "deliver", "1", "--quantity", "1=6")
        let undo = try crm.run("undo", "5")
        #expect(undo.status == 5 && undo.errors.contains("stock would be -6, below zero"), "\(undo.errors)")
        #expect(try stock == "2")
    }

    @Test(
        "A finished order is open again once a line grows or comes to it",
        arguments: [
            ["line", "edit", "1", "1", "--quantity", "60"], ["line", "add", "1", "--text", "n", "--unit-price", "1"],
            ["edit", "1", "--line", "text=n,price=1"],
        ]
    )
    func grown(_ words: [String]) throws {
        try order()
        try crm.succeed("sales-order", "deliver", "1")
        let grown = try crm.run(["sales-order"] + words)
        #expect(grown.status == 0 && grown.errors.contains("is open again"), "\(grown.errors)")
        #expect(try crm.json("sales-order", "show", "1")["status"]?.string == "approved")
        try crm.succeed("undo")
        #expect(try crm.json("sales-order", "show", "1")["status"]?.string == "delivered")
    }

    @Test("An order that came with its status keeps it")
    func cameSo() throws {
        try crm.add("sales-order", "--subject", "A", "--status", "delivered", "--line", "text=n,price=1")
        try crm.succeed("sales-order", "line", "edit", "1", "1", "--comment", "x")
        #expect(try crm.json("sales-order", "show", "1")["status"]?.string == "delivered")
    }

    @Test("An order of which something is delivered is cancelled or deleted only by force")
    func kept() throws {
        try order()
        try order()
        try crm.succeed("sales-order", "deliver", "1", "--quantity", "1=2")
        for arguments in [["1"], ["--where", "id > 0"]] {
            let cancelled = try crm.run(["sales-order", "edit"] + arguments + ["--status", "cancelled", "--yes"])
            #expect(cancelled.status == 5, "\(cancelled.errors)")
            #expect(cancelled.errors.contains("cannot be cancelled: line 1: 2 of it are delivered"))
            #expect(cancelled.errors.contains("sales-order deliver 1 --quantity 1=-2"), "\(cancelled.errors)")
            let deleted = try crm.run(["sales-order", "delete"] + arguments + ["--yes"])
            #expect(deleted.status == 5, "\(deleted.errors)")
            #expect(deleted.errors.contains("cannot be deleted: line 1: 2 of it are delivered"))
        }
        try crm.succeed("sales-order", "edit", "1", "--status", "cancelled", "--force")
        try crm.succeed("sales-order", "edit", "2", "--status", "cancelled")
        try crm.succeed("sales-order", "delete", "1", "--force")
        #expect(try stock == "98")
    }

    @Test("Products that become one have the stock of all, where it is counted in the same")
    func merged() throws {
        try crm.add("product", "--name", "Bomba", "--code", "V", "--stock", "50")
        let merged = try crm.json("product", "merge", "1", "2", "--yes")
        #expect(try stock == "150", "\(merged)")
        try crm.succeed("undo")
        #expect(try stock == "100")
        #expect(try crm.run("product", "merge", "1", "2", "--yes", "--prefer", "stock=2").status == 0)
        #expect(try stock == "50")
        try crm.succeed("undo")
        try crm.succeed("product", "edit", "2", "--unit", "box")
        let refused = try crm.run("product", "merge", "1", "2", "--yes")
        #expect(refused.status == 5 && refused.errors.contains("--prefer stock=REF"), "\(refused.errors)")
    }
}

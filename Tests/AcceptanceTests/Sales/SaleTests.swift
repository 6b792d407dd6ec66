import Testing

/// The way of a sale on the command line.
@Suite struct SaleTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "currency", "MXN")
        try crm.add("organization", "--name", "Ribera")
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@example.org", "--organization", "1")
        try crm.add("product", "--name", "Bomba", "--code", "B-1", "--price", "1000", "--stock", "1")
        try crm.add(
            "opportunity",
            "--contact",
            "1",
            "--name",
            "Quirófano",
            "--amount",
            "9000",
            "--close-date",
            "2026-12-31",
            "--stage",
            "proposal"
        )
    }

    @Test("From an opportunity to an order that is delivered and invoiced, each step printed as show does")
    func whole() throws {
        try crm.write("product.code,quantity\nB-1,1\n", to: "lines.csv")
        let quote = try crm.json("opportunity", "quote", "1", "--lines", "lines.csv", "--line", "text=Visita,price=850")
        #expect(quote["stage"]?.string == "created")
        #expect(quote["opportunity"]?["id"] == 1)
        #expect(quote["lines"]?.elements.count == 2)
        #expect(quote["total"]?.digits == "1850.00")
        #expect(try crm.json("quote", "send", "1")["stage"]?.string == "delivered")
        let order = try crm.json("quote", "order", "1", "--due-date", "2026-12-24")
        #expect(order["quote"]?["id"] == 1)
        #expect(order["due_date"]?.string == "2026-12-24")
        #expect(try crm.run("sales-order", "list", "-w", "lines.open > 0", "--count").output == "1\n")
        let delivered = try crm.json("sales-order", "deliver", "1")
        #expect(delivered["status"]?.string == "delivered")
        #expect(delivered["lines"]?.elements.map { $0["open"]?.digits } == ["0", "0"])
        #expect(try crm.run("sales-order", "list", "-w", "has line(open > 0)", "--count").output == "0\n")
        let invoiced = try crm.json("sales-order", "invoice", "1", "--number", "F-1", "--date", "2026-12-01")
        #expect(invoiced["invoice_numbers"] == ["F-1"])
        #expect(try crm.json("product", "show", "code:B-1")["stock"]?.digits == "0")
    }

    @Test("The same invoice is not counted twice unless that is meant")
    func invoicedTwice() throws {
        try crm.add("sales-order", "--subject", "x", "--line", "text=a,price=1,quantity=9")
        let invoice = ["sales-order", "invoice", "1", "--number", "F-7", "--quantity", "1=4"]
        try crm.succeed(invoice)
        let again = try crm.run(invoice)
        #expect(again.status == 5 && again.errors.contains("has the invoice F-7 already"), "\(again.errors)")
        try crm.succeed(invoice + ["--force"])
        #expect(try crm.json("sales-order", "show", "1")["lines"]?.elements.first?["invoiced"]?.digits == "8")
    }

    @Test("What is refused says which line, in either language, and changes nothing")
    func refused() throws {
        try crm.add("sales-order", "--subject", "x", "--line", "product=1,quantity=2", "--line", "text=a,price=1")
        let short = try crm.run("sales-order", "deliver", "1")
        #expect(short.status == 5)
        #expect(short.errors.contains("--quantity \"1=2\": line 1: product 1 has 1 left in stock"))
        let much = try crm.run("sales-order", "deliver", "1", "--quantity", "2=3", "--lang", "es")
        #expect(much.status == 5)
        #expect(much.errors.contains("--quantity \"2=3\": en la línea 2 queda 1 por entregar"))
        let unnumbered = try crm.run("sales-order", "invoice", "1", "--number=", "--lang", "es")
        #expect(unnumbered.errors.contains("no se puede aplicar «Marcar ventas como facturadas» a la venta 1"))
        #expect(try crm.run("sales-order", "deliver", "1", "--quantity", "7=1").status == 3)
        #expect(try crm.run("sales-order", "deliver", "1", "--quantity", "seven").status == 2)
        #expect(try crm.json("sales-order", "show", "1")["lines"]?.elements.map { $0["delivered"] } == [.null, .null])
        #expect(try crm.json("log", "--limit", "1").elements.first?["command"]?.string?.contains("add") == true)
    }

    @Test("A dry run delivers nothing; a batch delivers what it can undo as one")
    func batch() throws {
        try crm.add("sales-order", "--subject", "x", "--line", "product=1,quantity=1")
        #expect(try crm.json("sales-order", "deliver", "1", "--dry-run")["status"]?.string == "delivered")
        let told = try crm.succeed("sales-order", "deliver", "1", "--dry-run", "--lang", "es").errors
        #expect(told.contains("Estado: ") && told.contains("inventariable 1 "), "\(told)")
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "1")
        let lines = "quote add --subject q --line 'product=1'\nquote order 1\nsales-order deliver 2\n"
        #expect(try crm.run("batch", stdin: lines + "sales-order deliver 1\n").status == 6)
        #expect(try crm.run("sales-order", "list", "--count").output == "1\n")
        #expect(try crm.run("batch", stdin: lines).status == 0)
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "0")
        try crm.succeed("undo")
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "1")
        #expect(try crm.run("quote", "list", "--count").output == "0\n")
    }

    @Test("Of many who deliver the last piece at once, one does")
    func lastPiece() throws {
        for _ in 1...8 { try crm.add("sales-order", "--subject", "x", "--line", "product=1,quantity=1") }
        let script = """
            for order in 1 2 3 4 5 6 7 8; do
                ( crm sales-order deliver $order --format id --timeout 60 2>/dev/null; echo "exit $?" ) >> "out.$order" &
            done
            wait
            cat out.* | sort | uniq -c | sed 's/^ *//'
            """
        let outcomes = try crm.shell(script).lines
        #expect(outcomes.contains("7 exit 5") && outcomes.contains("1 exit 0"), "\(outcomes)")
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "0")
        #expect(try crm.run("sales-order", "list", "-w", "status = delivered", "--count").output == "1\n")
    }

    @Test("Two people buy where the file says so; the setting travels with it")
    func approval() throws {
        try crm.add("purchase-order", "--subject", "x", "--line", "product=1,quantity=4,price=700")
        try crm.succeed("config", "set", "purchase-order.approval", "two-people")
        #expect(try crm.succeed("log", "--format", "tsv", "--limit", "1").output.contains("two_people"))
        try crm.succeed("undo")
        #expect(try crm.run("config", "get", "purchase-order.approval").output == "one_person\n")
        try crm.succeed("config", "set", "purchase-order.approval", "two-people")
        try crm.succeed("purchase-order", "request", "1", "--contact", "ana@example.org")
        #expect(try crm.run("purchase-order", "approve", "1", "--contact", "ana@example.org").status == 5)
        #expect(try crm.run("config", "set", "purchase-order.approval", "three").status == 2)
        #expect(try crm.run("config", "set", "purchase-order.else", "x").status == 2)
        #expect(
            try crm.shell(
                "crm export | crm --db copy.db apply --create >/dev/null && crm --db copy.db config get purchase-order.approval"
            )
            .output == "two_people\n"
        )
        try crm.add("contact", "--last-name", "Soto")
        let own = try crm.run("purchase-order", "link", "contact", "1", "1", "--role", "approver")
        #expect(own.status == 5 && own.errors.contains("another must approve it"), "\(own.errors)")
        for step in [
            ["receive", "1"], ["receive", "1", "--quantity", "1=1"], ["edit", "1", "--status", "approved"],
            ["edit", "-w", "id = 1", "--status", "delivered"],
        ] {
            let result = try crm.run(["purchase-order"] + step + (step[0] == "edit" ? ["--yes"] : []))
            #expect(result.status == 5 && result.errors.contains("approved by nobody but who asks for it"))
        }
        try crm.succeed("purchase-order", "approve", "1", "--contact", "2")
        #expect(try crm.json("purchase-order", "receive", "1")["status"]?.string == "received_shipment")
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "5")
    }

    @Test("Verbs are found by their Spanish names, and help is Spanish")
    func spanish() throws {
        for (module, word, action) in [
            ("opportunity", "cotizar", "quote"), ("quote", "enviar", "send"), ("quote", "aceptar", "accept"),
            ("quote", "rechazar", "reject"), ("quote", "revisar", "revise"), ("quote", "pedir", "order"),
            ("sales-order", "entregar", "deliver"), ("sales-order", "facturar", "invoice"),
            ("purchase-order", "recibir", "receive"), ("purchase-order", "solicitar", "request"),
            ("purchase-order", "autorizar", "approve"),
        ] {
            let result = try crm.run(module, word, "1", "--lang", "es")
            #expect(result.status == 2)
            #expect(result.errors.contains("'\(action)'"), "\(word): \(result.errors)")
        }
        let help = try crm.run("sales-order", "deliver", "--help", "--lang", "es").output
        #expect(help.contains("--quantity LÍNEA=N"))
        #expect(help.contains("Entregar ventas"))
    }
}

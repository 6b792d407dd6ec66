import Testing

/// Quotes and orders with their lines as other programs export them.
@Suite struct ForeignLinesTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "currency", "MXN")
        try crm.add("product", "--name", "Cable HDMI", "--code", "SKU-1", "--price", "30", "--tax-rate", "8")
        try crm.add("service", "--name", "Instalación", "--price", "500")
    }

    /// Each document: number, subject, state, currency and total, then its lines.
    private func documents(_ noun: String, _ state: String) throws -> [String] {
        try crm.json(noun, "list").elements.map { listed in
            let shown = try crm.json(noun, "show", listed["id"]?.digits ?? "")
            let head = ["number", "subject", state, "currency"].map { shown[$0]?.string ?? "-" }
            let lines = shown["lines"]?.elements.map { line in
                let what = line["product"]?["name"]?.string ?? line["service"]?["name"]?.string ?? line["text"]?.string
                let taxes = line["taxes"]?.elements.compactMap(\.string).joined(separator: ",") ?? ""
                return "\(what ?? "") \(line["quantity"]?.digits ?? "") \(line["net"]?.digits ?? "") [\(taxes)]"
            }
            return (head + [shown["total"]?.digits ?? ""] + (lines ?? [])).joined(separator: " | ")
        }
    }

    @Test("vtiger repeats the columns of a quote on every row, with the rates of its taxes")
    func vtiger() throws {
        let head =
            "\"Red\",\"QUO7\",\"Created\",\"Accounts::::Acme\",\"Mexico, Pesos\",\"1\",\"individual\",\"5\",\"600\",\"696\""
        let table = """
            "Subject","Quote No","Quote Stage","Organization Name","Currency","Conversion Rate","Tax Type",\
            "S&H Amount","Sub Total","Total","Item Name","Quantity","List Price","Item Comment",\
            "Item Discount Percent","Item Discount Amount","Tax1","Tax2","Tax3"
            \(head),"Products::::Cable HDMI","2","50","de 2 m","10","","16.000","0.000","0.000"
            \(head),"Services::::Instalación","1","500","","","20","16.000","0.000","0.000"
            \(head),"Products::::Nada","1","500","","","","0.000","0.000","0.000"
            "Otra","QUO8","Delivered","Accounts::::Acme","USA, Dollars","18","group","0","5","5","Cable HDMI","1","5","","","","8","",""

            """
        let words = ["quote", "import", "--match", "number", "--create-missing", "organization"]
        #expect(try crm.run(words, stdin: Array(table.utf8)).output == "4 rows, 2 created, 1 made because named\n")
        #expect(
            try documents("quote", "stage") == [
                "QUO7 | Red | created | MXN | 1166.20 | Cable HDMI 2 90.00 [vat:16] | Instalación 1 480.00 [vat:16] | Nada 1 500.00 []",
                "QUO8 | Otra | delivered | USD | 5.40 | Cable HDMI 1 5.00 [vat:8]",
            ]
        )
        #expect(try crm.run(words, stdin: Array(table.utf8)).output == "4 rows, 2 unchanged\n")
    }

    @Test("Two rates of one tax for a line are refused, with advice on how to pass over one of them")
    func twoRates() throws {
        let table = "Subject,Item Name,Quantity,List Price,Tax1,Tax2\nQ,X,1,100,4.500,10.000\n"
        let refused = try crm.run(["quote", "import"], stdin: Array(table.utf8))
        #expect(refused.status == 6)
        #expect(
            refused.errors.contains("Tax2 \"10.000\": vat:10 beside vat:4.5 of another column"),
            "\(refused.errors)"
        )
        #expect(refused.errors.contains("--map 'Tax2=-'"), "\(refused.errors)")
        try crm.succeed(["quote", "import", "--map", "Tax2=-"], stdin: table)
    }

    @Test("What vtiger says to be a service is one, though a product has its name, and is made as one")
    func vtigerServices() throws {
        try crm.add("product", "--name", "Instalación", "--price", "1")
        try crm.add("service", "--name", "Cable HDMI", "--price", "2")
        let table = """
            "Subject","Quote No","Item Name","Quantity","List Price"
            "Red","QUO7","Products::::Cable HDMI","2","50"
            "Red","QUO7","Services::::Instalación","1","500"
            "Red","QUO7","Instalación","1","7"
            "Red","QUO7","Services::::Cable HDMI","1","5"
            "Red","QUO7","Services::::Soporte","1","5"
            "Red","QUO7","Products::::Soporte","1","5"
            "Red","QUO7","Flete","1","5"

            """
        let words = ["quote", "import", "--match", "number"]
        try crm.succeed(words + ["--create-missing", "product", "--create-missing", "service"], stdin: table)
        #expect(
            try sold("quote") == [
                "product 1", "service 1", "product 2", "service 2", "service 3", "product 3", "product 4",
            ]
        )
    }

    /// The kinds of documents with the columns that vtiger has of each alone and what stands in them.
    private static let wholeTables: [(noun: String, names: [String], cells: [String])] = [
        (
            "quote", ["Quote No", "Quote Stage", "Valid Till", "Organization Name", "Potential Name"],
            ["N7", "Created", "2026-01-31", "Accounts::::Acme", "Potentials::::Red"]
        ),
        (
            "sales-order",
            [
                "SalesOrder No", "Status", "Account Name", "Potential Name", "Customer No", "Pending",
                "Sales Commission",
                "Excise Duty", "Enable Recurring", "Frequency", "Start Period", "End Period", "Payment Duration",
                "Invoice Status",
            ],
            ["N7", "Created", "Acme", "Red", "", "", "0", "0", "0", "", "", "", "", "Created"]
        ),
        (
            "purchase-order",
            [
                "PurchaseOrder No", "Status", "Vendor Name", "Sales Commission", "Excise Duty", "Paid", "Balance",
                "Received",
            ],
            ["N7", "Created", "Vendors::::Acme", "0", "0", "0", "0", "0"]
        ),
    ]

    @Test("A whole export of vtiger is taken, with what nothing here holds told", arguments: wholeTables)
    func vtigerWhole(noun: String, names: [String], cells: [String]) throws {
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("organization", "--name", "Acme")
        let deal = ["--contact", "1", "--organization", "1", "--close-date", "2026-01-01", "--amount", "1"]
        try crm.add("opportunity", ["--name", "Red", "--stage", "prospecting"] + deal)
        let (shared, values) = (
            [
                "Subject", "Contact Name", "Carrier", "Shipping", "Sub Total", "Inventory Manager", "S&H Amount",
                "Adjustment", "Total", "Tax Type", "Assigned To", "Created Time", "Last Modified By", "Billing Address",
                "Shipping Address", "Billing Po Box", "Shipping City", "Billing State", "Shipping Code",
                "Billing Country",
                "Terms & Conditions", "Description", "Currency", "Conversion Rate", "Discount Percent",
                "Discount Amount",
                "Pre Tax Total", "Item Name", "Quantity", "List Price", "Item Comment", "Tax1", "S&H Percent", "Source",
            ],
            [
                "Red", "Contacts::::Ruiz", "FedEx", "por mar", "500", "Users::::admin", "25", "1", "606", "group",
                "admin",
                "2026-01-01 10:00:00", "admin", "Mayo 12", "Mayo 12", "", "Puebla", "Pue", "72000", "Mexico", "30 días",
                "Nota", "Mexico, Pesos", "1", "", "", "525", "Services::::Instalación", "1.000", "500.00000000", "",
                "16.000", "0", "CRM",
            ]
        )
        func line(_ cells: [String]) -> String { cells.map { "\"\($0)\"" }.joined(separator: ",") + "\n" }
        try crm.write(line(names + shared) + line(cells + values), to: "in.csv")
        let result = try crm.run(noun, "import", "in.csv")
        #expect(result.output.hasPrefix("1 row, 1 created"), "\(result.errors)")
        #expect(result.errorLines.count == 1 && result.errors.contains("passed over the column"), "\(result.errors)")
        for name in ["Shipping, ", "Inventory Manager"] { #expect(result.errors.contains(name), "\(result.errors)") }
        let shown = try crm.json(noun, "show", "1")
        let description = shown["description"]?.string ?? ""
        for line in ["Billing Address: Mayo 12", "Shipping City: Puebla"] {
            #expect(description.contains(line), "\(description)")
        }
        #expect(shown["shipping"]?.digits == "25.00" && shown["total"]?.digits == "606.00")
        #expect(shown["number"]?.string == "N7")
        if noun != "purchase-order" { #expect(shown["opportunity"]?["name"]?.string == "Red") }
    }

    @Test("What Odoo has invoiced is invoiced, and not once more")
    func odooInvoiced() throws {
        for (name, number) in [("order_line/qty_invoiced", "S1"), ("Líneas del pedido/Cantidad facturada", "S2")] {
            let lead = name.prefix { $0 != "/" }
            let names =
                lead == "order_line"
                ? "order_line/name,order_line/product_uom_qty,order_line/price_unit"
                : "\(lead)/Descripción,\(lead)/Cantidad,\(lead)/Precio unitario"
            let table = "name,\(names),\(name)\n\(number),Flete,3,10,3\n"
            try crm.succeed(["sales-order", "import", "--match", "number"], stdin: table)
            let order = "number:\(number)"
            #expect(try crm.json("sales-order", "show", order)["lines"]?.elements.first?["invoiced"]?.digits == "3")
            let again = try crm.run("sales-order", "invoice", order, "--number", "F-1", "--quantity", "1=1")
            #expect(again.errors.contains("line 1 has 0 to be invoiced"), "\(again.errors)")
        }
    }

    /// What the lines of the first document of a module sell.
    private func sold(_ noun: String) throws -> [String] {
        try crm.json(noun, "show", "1")["lines"]?.elements.map { line in
            for key in ["product", "service"] {
                if let id = line[key]?["id"]?.digits { return "\(key) \(id)" }
            }
            return line["text"]?.string ?? ""
        } ?? []
    }

    @Test("Odoo says by the type of a product whether it is a service")
    func odooTypes() throws {
        try crm.add("product", "--name", "Instalación", "--price", "1")
        let table = """
            name,partner_id,order_line/product_id,order_line/product_id/type,order_line/product_uom_qty,order_line/price_unit
            S00009,Azure Interior,Instalación,Service,1.0,500
            ,,Instalación,Consumable,1.0,7
            ,,Soporte,service,1.0,7
            ,,Bomba,consu,1.0,7
            ,,Flete,,1.0,7

            """
        let creates = ["organization", "product", "service"].flatMap { ["--create-missing", $0] }
        try crm.succeed(["sales-order", "import", "--match", "number"] + creates, stdin: table)
        #expect(try sold("sales-order") == ["service 1", "product 2", "service 2", "product 3", "product 4"])
    }

    @Test("Odoo leaves the columns of an order empty on its further rows, by the names of its fields")
    func odoo() throws {
        let table = """
            id,name,partner_id,date_order,client_order_ref,state,order_line/product_id,order_line/name,\
            order_line/product_uom_qty,order_line/product_uom,order_line/price_unit,order_line/discount,order_line/tax_id
            __export__.sale_order_7,S00007,Azure Interior,2026-03-04 10:00:00,OC-9,sale,[SKU-1] Cable HDMI,,3.0,Units,31,10.0,IVA(16%) VENTAS
            ,,,,,,Instalación,En sitio,1.0,Hours,500.00,0.0,"IVA(16%) VENTAS,Ret ISR 10%"
            ,,,,,,Otro,Otro producto,2.0,Units,1.50,0.0,
            __export__.sale_order_8,S00008,Azure Interior,2026-03-05 10:00:00,,draft,Cable HDMI,,1.0,Units,31,0.0,Exento

            """
        let words = ["sales-order", "import", "--match", "external_id", "--create-missing", "organization"]
        #expect(try crm.run(words, stdin: Array(table.utf8)).output == "4 rows, 2 created, 1 made because named\n")
        #expect(
            try documents("sales-order", "status") == [
                "S00007 | S00007 | approved | MXN | 630.09 | Cable HDMI 3 83.70 [vat:16] | Instalación 1 500.00 [vat:16,withheld_income:10] | Otro producto 2 3.00 []",
                "S00008 | S00008 | created | MXN | 31.00 | Cable HDMI 1 31.00 [exempt]",
            ]
        )
        #expect(try crm.json("sales-order", "show", "1")["external_id"]?.string == "__export__.sale_order_7")
        #expect(try crm.run(words, stdin: Array(table.utf8)).output == "4 rows, 2 unchanged\n")
    }

    @Test("Odoo's sections and notes are comments of their lines, and a product in brackets is made with its code")
    func odooTexts() throws {
        let table = """
            id,name,partner_id,order_line/display_type,order_line/product_id,order_line/name,order_line/product_uom_qty,order_line/price_unit
            q9,S00009,Azure Interior,line_section,,Equipo,0.0,0.0
            ,,,,[N-1] Monitor nuevo,,2.0,100
            ,,,line_note,,Entrega en sitio,0.0,0.0
            ,,,line_section,,Servicio,0.0,0.0
            ,,,,Instalación,,1.0,500
            q10,S00010,Azure Interior,line_note,,Solo esto,0.0,0.0

            """
        let words = ["sales-order", "import", "--create-missing", "organization", "--create-missing", "product"]
        let result = try crm.run(words, stdin: Array(table.utf8))
        #expect(result.status == 0, "\(result.errors)")
        let lines = try crm.json("sales-order", "show", "1")["lines"]?.elements.map { line in
            "\(line["comment"]?.string ?? "-") \(line["product"]?["name"]?.string ?? "-") \(line["net"]?.digits ?? "")"
        }
        #expect(lines == ["Equipo\nEntrega en sitio Monitor nuevo 200.00", "Servicio - 500.00"])
        let alone = try crm.json("sales-order", "show", "2")["lines"]?.elements.map { $0["text"]?.string ?? "" }
        #expect(alone == ["Solo esto"])
        let again = try crm.run(words + ["--match", "number"], stdin: Array(table.utf8))
        #expect(again.output == "6 rows, 2 unchanged\n", "\(again.errors)")
        #expect(try crm.json("product", "show", "code:N-1")["name"]?.string == "Monitor nuevo")
    }

    @Test(
        "The words for a product that is not here stay in the text of the line, and are told",
        arguments: [
            (
                "Order Reference,Order Lines/Product,Order Lines/Description,Order Lines/Quantity,Order Lines/Unit Price\nS1,[SKU-9] Cable VGA,Cable negro,3,100\n",
                "[SKU-9] Cable VGA\nCable negro"
            ),
            (
                "Order Reference,Order Lines/Product,Order Lines/Description,Order Lines/Quantity,Order Lines/Unit Price\nS1,[SKU-9] Cable VGA,[SKU-9] Cable VGA de 2 m,3,100\n",
                "[SKU-9] Cable VGA de 2 m"
            ),
            ("Subject,SalesOrder No,Item Name,Quantity,List Price\nS,S1,Products::::NoExiste,1,5\n", "NoExiste"),
        ]
    )
    func unknownProducts(table: String, text: String) throws {
        let result = try crm.run(["sales-order", "import", "--match", "number"], stdin: Array(table.utf8))
        #expect(result.status == 0 && result.errors.contains("taken as the text of the line"), "\(result.errors)")
        #expect(try crm.json("sales-order", "show", "1")["lines"]?.elements.first?["text"]?.string == text)
        let made = try crm.run(
            ["sales-order", "import", "--match", "number", "--create-missing", "product"],
            stdin: Array(table.replacing("S1", with: "S2").utf8)
        )
        #expect(made.status == 0 && made.errors.isEmpty, "\(made.errors)")
        #expect(try crm.json("sales-order", "show", "2")["lines"]?.elements.first?["product"]?["id"] != nil)
    }

    @Test(
        "Odoo's labels are known in both languages",
        arguments: [
            (
                "External ID,Order Reference,Vendor,Order Deadline,Vendor Reference,Status,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Taxes,Total\n",
                "p1,P1,Acme,2026-03-04,F-1,Purchase Order,Cable HDMI,3,10,IVA 16%,34.80\n,,,,,,Flete,1,5,,\n"
            ),
            (
                "ID externo,Referencia del pedido,Proveedor,Referencia del proveedor,Estado,Líneas del pedido/Producto,Líneas del pedido/Cantidad,Líneas del pedido/Precio unitario,Líneas del pedido/Impuestos\n",
                "p1,P1,Acme,F-1,Pedido de compra,[SKU-1] Cable HDMI,3,10,IVA 16%\n,,,,,Flete,1,5,\n"
            ),
        ]
    )
    func labels(header: String, rows: String) throws {
        let words = ["purchase-order", "import", "--create-missing", "organization"]
        let result = try crm.run(words, stdin: Array((header + rows).utf8))
        #expect(result.output == "2 rows, 1 created, 1 made because named\n", "\(result.errors)")
        #expect(
            try documents("purchase-order", "status") == [
                "P1 | P1 | approved | MXN | 39.80 | Cable HDMI 3 30.00 [vat:16] | Flete 1 5.00 []"
            ]
        )
        #expect(try crm.json("purchase-order", "show", "1")["invoice_number"]?.string == "F-1")
    }

    @Test("An import of lines goes on where it stopped, at the end of a record")
    func journal() throws {
        var table = "external_id,subject,line.text,line.price\n"
        for order in 1...7 { for line in 1...3 { table += "K\(order),S\(order),t\(line),\(order)\n" } }
        try crm.write(table.replacing("K5,S5,t2,5", with: "K5,S5,t2,x"), to: "in.csv")
        let words = ["sales-order", "import", "in.csv", "--batch-size", "4", "--journal", "j"]
        let stopped = try crm.run(words)
        #expect(stopped.status == 6 && stopped.errors.contains("rows up to 12 are saved"), "\(stopped.errors)")
        try crm.write(table, to: "in.csv")
        let rest = try crm.run(words)
        #expect(rest.output == "9 rows, 3 created\n" && rest.errors.contains("going on after row 12"), "\(rest.errors)")
        #expect(try crm.sql("SELECT count(*), sum(total) FROM sales_order") == "7|8400")
        #expect(try crm.shell("test -e j").status == 1)
    }
}

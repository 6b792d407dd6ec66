import Testing

/// What tables say of taxes and totals that the program computes itself.
@Suite struct ToldAmountTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    private static let head = "Asunto,Subtotal,IVA,Total,Concepto,Cantidad,Precio unitario"

    @Test(
        "A tax that stands between a subtotal and a total is told by them",
        arguments: [
            ("1000,160.00,1160.00", "1000", "1160.00", true), ("50,8.00,58", "50", "58.00", true),
            ("50,16,58", "50", "58.00", false), ("100,16,116", "100", "116.00", false),
            ("1000,0.16,1160", "1000", "1160.00", true), ("1000,$160.00,\"$1,160.00\"", "1000", "1160.00", true),
            ("333.33,53.33,386.66", "333.33", "386.66", true), ("1000,0,1000", "1000", "1000.00", false),
            ("50,8%,54", "50", "54.00", false),
        ]
    )
    func taxes(cells: String, price: String, total: String, isTold: Bool) throws {
        let result = try importing("\(Self.head)\nX,\(cells),Servicio,1,\(price)\n", as: "quote")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == total)
        #expect(result.errors.contains("no rate") == isTold, "\(result.errors)")
        #expect(!result.errors.contains("another total"), "\(result.errors)")
    }

    @Test(
        "What the rows come to is told beside a figure that differs: before taxes where that is before taxes",
        arguments: [
            ("subtotal", "961", "960.00"), ("Base imponible", "961", "960.00"), ("total", "961", "1113.60"),
            ("line.net", "961", "960.00"), ("subtotal", "1113.60", "960.00"), ("line.net", "1113.60", "960.00"),
            ("total", "960", "1113.60"), ("tax_total", "153.50", "153.60"), ("tax_total", "0", "153.60"),
            ("Total de impuestos", "96", "153.60"), ("discount_total", "5", "0.00"), ("shipping_tax", "5", "0.00"),
            ("withheld_total", "5", "0.00"), ("Retenciones", "-5", "0.00"), ("Total IVA", "15", "153.60"),
            ("Importe IVA", "96", "153.60"), ("Total impuestos", "15", "153.60"),
        ]
    )
    func differing(header: String, cell: String, counted: String) throws {
        let rows = "subject,\(header),line.text,line.unit_price,line.taxes\nX,\(cell),a,960,16\n"
        let result = try importing(rows, as: "quote", "--ignore-unknown")
        let told = "\(header) \"\(cell)\": the rows come to another total, which is the one that counts: \(counted)"
        #expect(result.status == 0 && result.errors.contains(told), "\(result.errors)")
    }

    @Test("What the lines come to is told nothing of, whether each row says it of its line or of all")
    func agreeing() throws {
        let head = "subject,subtotal,discount_total,tax_total,withheld_total,total,line.net,line.text,line.unit_price,"
        let rows = [
            "X,300,30,43.20,-40.50,272.70,100,a,100,\"vat:16,withheld_income:15\"",
            "X,300,30,43.20,-40.50,272.70,200,b,200,\"vat:16,withheld_income:15\"",
        ]
        let text = head + "line.taxes,discount_percent\n" + rows.map { "\($0),10\n" }.joined()
        for (from, to) in [("-40.50", "40.50"), ("43.20", "2.70"), ("X,300", "X,270")] {
            let result = try importing(text.replacing(from, with: to), as: "quote")
            #expect(result.status == 0 && !result.errors.contains("another total"), "\(result.errors)")
        }
        let office = "Asunto,Concepto,Precio unitario,IEPS,IVA,Importe IVA,Total impuestos\n"
        let lines = ["Y,a,100,8%,16%,17.28,25.28\n", ",b,50,8%,16%,8.64,12.64\n"]
        let result = try importing(office + lines.joined(), as: "quote", "--ignore-unknown")
        #expect(result.status == 0 && !result.errors.contains("another total"), "\(result.errors)")
    }

    @Test(
        "A number that is no rate, and beside which nothing says what it is, is refused",
        arguments: ["I.V.A.", "VAT", "Tax", "Tax1", "Impuesto", "Impuestos"],
        ["quote", "sales-order", "purchase-order"]
    )
    func beyond(header: String, noun: String) throws {
        let result = try importing(
            "Asunto,Concepto,Cantidad,Precio unitario,\(header)\nX,Servicio,1,1000,160.00\n",
            as: noun
        )
        #expect(result.status == 6 && result.errors.contains("as in 16%"), "\(result.errors)")
    }

    @Test(
        "An amount that cannot be taken is told as it stands in the table",
        arguments: ["(1,234.00)", "-1.234,00 €", "-5"]
    )
    func refused(cell: String) throws {
        let result = try importing("name,price\nA,\"\(cell)\"\n", as: "product")
        #expect(result.errors.contains("price \"\(cell)\": cannot be less than zero"), "\(result.errors)")
    }

    @Test("Lines, products and services hold no such rate either, and taxes on goods may be as high")
    func elsewhere() throws {
        let lines = "text,quantity,unit_price,tax\nServicio,1,1000,160\n"
        let result = try crm.run("quote", "add", "--subject", "X", "--lines", "-", stdin: lines)
        #expect(result.status != 0 && result.errors.contains("as in 16%"), "\(result.errors)")
        for noun in ["product", "service"] {
            #expect(try importing("Nombre,Impuestos\nA,160\n", as: noun).status == 6)
        }
        #expect(try importing("Nombre,Impuestos\nTabaco,IEPS 160%\n", as: "product").status == 0)
        #expect(
            try importing("Nombre,Precio,IVA,Precio con IVA\nB,50,8,58\n", as: "product", "--ignore-unknown").status
                == 0
        )
        #expect(try crm.sql("SELECT tax_rate FROM product WHERE name = 'B'") == "160000")
    }

    @Test(
        "A total of the input that is another is told, whether it is of the whole or of each line",
        arguments: [
            ("Asunto,Total,Concepto,Cantidad,Precio unitario\nX,116,Servicio,1,100\n", true),
            ("Asunto,Total,Concepto,Cantidad,Precio unitario\nX,100,Servicio,1,100\n", false),
            ("Asunto,Total,Concepto,Cantidad,Precio unitario\nX,100,a,1,100\nX,50,b,1,50\n", false),
            ("Asunto,Total,Concepto,Cantidad,Precio unitario\nX,150,a,1,100\nX,150,b,1,50\n", false),
            ("Asunto,Total,Concepto,Cantidad,Precio unitario\nX,150,a,1,100\n,,b,1,50\n", false),
            ("Asunto,Total,Concepto,Cantidad,Precio unitario\nX,100,a,1,100\nX,60,b,1,50\n", true),
            ("Asunto,Total\nX,\"1,160.00\"\n", true), ("Asunto,Total\nX,\n", false),
            // What both lines say is of the whole, which has taxes.
            ("Asunto,Total,Concepto,Precio unitario,IVA\nX,150,a,100,16%\nX,150,b,50,16%\n", true),
            ("Asunto,Total,Concepto,Precio unitario,IVA\nX,100,a,100,16%\nX,50,b,50,16%\n", false),
        ]
    )
    func totals(rows: String, isTold: Bool) throws {
        let result = try importing(rows, as: "quote")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("another total") == isTold, "\(result.errors)")
    }
}

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
            ("line.net", "961", "960.00"),
        ]
    )
    func differing(header: String, cell: String, counted: String) throws {
        let rows = "subject,\(header),line.text,line.unit_price,line.taxes\nX,\(cell),a,960,16\n"
        let result = try importing(rows, as: "quote")
        #expect(result.status == 0 && result.errors.contains("one that counts: \(counted)"), "\(result.errors)")
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
        ]
    )
    func totals(rows: String, isTold: Bool) throws {
        let result = try importing(rows, as: "quote")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("another total") == isTold, "\(result.errors)")
    }
}

import Testing

/// Rows below the lines of documents that only say what these come to.
@Suite struct LineTotalTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private static let head = "number,subject,lines.text,lines.quantity,lines.unit_price\n"

    @Test(
        "What a line comes to, in the words of an export, is told where it is wrong",
        arguments: [("16.00", true), ("15.00", false)]
    )
    func net(net: String, isTold: Bool) throws {
        let rows = "number,subject,line.text,line.quantity,line.unit_price,line.net\nQ1,s,a,3,5,\(net)\n"
        try crm.write(rows, to: "in.csv")
        let result = try crm.run("quote", "import", "in.csv")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("\"16.00\"") == isTold, "\(result.errors)")
    }

    @Test(
        "Rows of totals and taxes that the lines above make are passed over and told",
        arguments: [
            (
                "Q-1,X,Servicio,1,100\nQ-1,X,Cable,2,10\n,,Subtotal,,120\n,,IVA 16%,,19.20\n,,Total,,139.20\n",
                "120.00", 2, 1
            ),
            ("Q-1,X,Servicio,1,100\nQ-1,X,Cable,2,10\nQ-1,X,TOTAL,,120\n", "120.00", 1, 0),
            ("Q-1,X,a,1,100\nQ-1,X,Subtotal,,100\nQ-1,X,b,1,50\nQ-1,X,Total MXN,,150\n", "150.00", 2, 0),
            (
                "Q-1,X,a,1,1000\n,,Base imponible,,1000\n,,IVA (21%),,210\n,,IRPF,,-150\n,,Total a pagar,,1060\n",
                "1000.00", 2, 2
            ),
            ("Q-1,X,a,1,100\nQ-1,X,Total del proyecto A,,100\n", "200.00", 0, 0),
            ("Q-1,X,a,1,100\nQ-1,X,Total,,70\n", "170.00", 0, 0),
            ("Q-1,X,Curso de IVA,1,100\nQ-1,X,IVA,1,16\n", "116.00", 0, 0),
        ]
    )
    func imported(rows: String, total: String, passed: Int, taxes: Int) throws {
        try crm.write(Self.head + rows, to: "in.csv")
        let result = try crm.run("quote", "import", "in.csv")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM quote") == "1")
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == total)
        #expect(result.errors.contains("total") == (passed > 0), "\(result.errors)")
        #expect(passed < 2 || result.errors.contains("\(passed) rows of totals"), "\(result.errors)")
        #expect(taxes < 2 || result.errors.contains("\(taxes) rows of taxes"), "\(result.errors)")
        #expect(result.errors.contains("the tax of each line is that of its own column") == (taxes > 0))
    }

    @Test("So they are between documents, in whose lines they begin anew")
    func several() throws {
        let rows = """
            Q-1,X,a,2,50
            ,,Total Q-1,,100
            Q-2,Y,b,1,50
            ,,Total pedido,,50
            Q-3,Z,c,1,7
            ,,Gran total,,157

            """
        try crm.write(Self.head + rows, to: "in.csv")
        let result = try crm.run("quote", "import", "in.csv")
        #expect(result.status == 0 && result.errors.contains("3 rows of totals"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*), sum(total) FROM quote") == "3|15700")
    }

    @Test("Lines of a file of their own have them too", arguments: [",", "\t"])
    func file(delimiter: String) throws {
        let rows = "text,quantity,unit_price\nServicio,1,100\nCable,2,10\nSubtotal,,120\nIVA,,19.20\nTotal,,139.20\n"
        let lines = rows.replacing(",", with: delimiter)
        let result = try crm.run("quote", "add", "--subject", "X", "--lines", "-", stdin: lines)
        #expect(result.status == 0 && result.errors.contains("2 rows of totals"), "\(result.errors)")
        #expect(result.errors.contains("passed over line 5, which holds a tax"), "\(result.errors)")
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == "120.00")
    }

    @Test("That it was a tax is said in Spanish too")
    func spanish() throws {
        let lines = "concepto,cantidad,precio\nServicio,1,120\nIVA,,19.20\n"
        let result = try crm.run("quote", "add", "--subject", "X", "--lines", "-", "--lang", "es", stdin: lines)
        #expect(result.errors.contains("se omitió la línea 3, que contiene un impuesto"), "\(result.errors)")
    }

    /// Headers of rates in a file of lines, a cell below, and the tax and total of a line of 100.00.
    private static let rates = [
        ("IVA", "16", "vat:16", "116.00"), ("VAT", "21%", "vat:21", "121.00"), ("Impuesto", "16", "vat:16", "116.00"),
        ("% IVA", "8", "vat:8", "108.00"), ("IVA (%)", "16", "vat:16", "116.00"), ("IVA", "exento", "exempt", "100.00"),
        ("Tasa de IVA", "16", "vat:16", "116.00"), ("Tipo de IVA", "10%", "vat:10", "110.00"),
        ("I.V.A.", "16", "vat:16", "116.00"), ("Tax rate", "16", "vat:16", "116.00"), ("IGIC", "7", "igic:7", "107.00"),
    ]

    @Test("A column of a tax in a file of lines holds the rate of each", arguments: rates)
    func rate(header: String, cell: String, tax: String, total: String) throws {
        let lines = "concepto,cantidad,precio,\(header)\na,1,100,\(cell)\n"
        try crm.succeed("quote", "add", "--subject", "X", "--lines", "-", stdin: lines)
        let quote = try crm.json("quote", "show", "1")
        #expect(quote["total"]?.digits == total)
        #expect(quote["lines"]?.elements.first?["taxes"] == [.string(tax)])
        try crm.succeed("quote", "import", stdin: "asunto," + lines.replacing("\na,", with: "\nY,a,"))
        #expect(try crm.json("quote", "show", "2")["total"]?.digits == total)
    }

    @Test("A column of what a tax comes to is none of rates")
    func amount() throws {
        let lines = "concepto,cantidad,precio,Importe IVA\na,1,100,16\n"
        let result = try crm.run("quote", "add", "--subject", "X", "--lines", "-", stdin: lines)
        #expect(result.status != 0 && result.errors.contains("no such column"), "\(result.errors)")
    }
}

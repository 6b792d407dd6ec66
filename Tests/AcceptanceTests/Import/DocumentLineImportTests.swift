import Testing

/// Lines of documents in tables of other programs and of people.
@Suite struct DocumentLineImportTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func lines(_ id: String = "1") throws -> [JSON] {
        try crm.json("quote", "show", id)["lines"]?.elements ?? []
    }

    /// Names of taxes, and what they are; nothing for those that are refused.
    private static let taxes: [(String, String?)] = [
        ("10% WH", "withheld_income:10"), ("1.25% WH", "withheld_income:1.25"), ("4% WH", "withheld_vat:4"),
        ("10.67% WH", "withheld_vat:10.67"), ("7% WH", nil), ("Recargo de equivalencia 5.2%", "surcharge:5.2"),
        ("5.2% RE", "surcharge:5.2"), ("IVA(16%) VENTAS", "vat:16"), ("21% S", "vat:21"), ("0.5% SE", "surcharge:0.5"),
        ("15% WHI", "withheld_income:15"), ("15% WHI worker", "withheld_income:15"),
        ("24% WH RDC", "withheld_income:24"),
        ("21% WH lease", "withheld_income:21"), ("Retenciones a cuenta 19% (Arrendamientos)", "withheld_income:19"),
        ("10% WH L", "withheld_vat:10"), ("10% WH L I", "withheld_income:10"), ("10% WH I S", "withheld_income:10"),
        ("RETENCION IVA ARRENDAMIENTO 10%", "withheld_vat:10"), ("Retención IVA(-4%)", "withheld_vat:4"),
        ("-10.67% IVA", "withheld_vat:10.67"), ("-15% IRPF", "withheld_income:15"), ("-7%", nil), ("IVA-16%", "vat:16"),
        ("21% EU G", "vat:0"), ("21% EX S", "vat:0"), ("21% EX G", "vat:21"), ("10% RC", "vat:0"),
        ("IVA 21% Adquisición Intracomunitaria. Bienes corrientes", "vat:0"), ("0% EXEMPT NS", "exempt"),
    ]

    @Test("A tax of another program is what it is, or is refused", arguments: taxes)
    func taxed(name: String, tax: String?) throws {
        let header = "Order Reference,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Taxes"
        try crm.write("\(header)\nS1,Bomba,1,100,\(name)\n", to: "odoo.csv")
        let result = try crm.run("quote", "import", "odoo.csv")
        guard let tax else {
            #expect(result.status == 6 && result.errors.contains("does not say of what"), "\(result.errors)")
            return
        }
        #expect(result.status == 0, "\(result.errors)")
        #expect(try lines().first?["taxes"] == [.string(tax)])
    }

    @Test(
        "Taxes of articles that another program exports are what they are too",
        arguments: [
            ("IVA(16%) VENTAS", #"["vat:16"]"#), ("\"21% G, 5.2% SE\"", #"["vat:21","surcharge:5.2"]"#),
            ("15% WHI", #"["withheld_income:15"]"#), ("16%", #"["vat:16"]"#),
        ]
    )
    func articles(name: String, taxes: String) throws {
        try crm.write("Name,Internal Reference,Sales Price,Customer Taxes\nSilla,S1,10,\(name)\n", to: "odoo.csv")
        let result = try crm.run("product", "import", "odoo.csv")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT taxes FROM product") == taxes)
    }

    @Test("The surcharge is taken of what value-added tax is, beside it")
    func surcharge() throws {
        try crm.add("quote", "--subject", "Q", "--line", "text=n,price=100,tax=\"vat:21,surcharge:5.2\"")
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == "126.20")
    }

    @Test("The date of an order is when it was made, and what a field of that name holds where there is one")
    func date() throws {
        let header = "Order Reference,Order Date,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price"
        try crm.write("\(header)\nS1,2026-03-01 10:00:00,Bomba,1,100\n", to: "odoo.csv")
        try crm.succeed("sales-order", "import", "odoo.csv")
        #expect(try crm.json("sales-order", "show", "1")["created_at"]?.string == "2026-03-01T16:00:00Z")
        try crm.succeed("undo")
        try crm.succeed("field", "add", "sales-order", "order_date", "--type", "date")
        try crm.succeed("sales-order", "import", "odoo.csv")
        #expect(try crm.json("sales-order", "show", "2")["order_date"]?.string == "2026-03-01")
    }

    @Test(
        "A discount beside columns of lines is the line's",
        arguments: ["descuento (%)", "Descuento", "descuento %", "Discount (%)"]
    )
    func discount(header: String) throws {
        let percent = header.lowercased() == "descuento" ? "%" : ""
        try crm.write(
            "asunto,concepto,cantidad,precio,\(header)\nQ,a,1,100,10\(percent)\nQ,b,1,100,20\(percent)\n",
            to: "lines.csv"
        )
        try crm.succeed("quote", "import", "lines.csv")
        #expect(try lines().map { $0["discount_percent"]?.digits } == ["10", "20"])
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == "170.00")
    }

    @Test("Rows of one name that differ in a column of the document are told")
    func parted() throws {
        try crm.write("asunto,vigencia,concepto,precio\nQ,2026-12-01,a,1\nQ,2026-12-02,b,1\n", to: "lines.csv")
        let result = try crm.run("quote", "import", "lines.csv", "--map", "vigencia=valid_until")
        #expect(result.status == 0)
        #expect(
            result.errors.contains("row 2 has the subject of row 1 and another vigencia: it begins another quote"),
            "\(result.errors)"
        )
    }
}

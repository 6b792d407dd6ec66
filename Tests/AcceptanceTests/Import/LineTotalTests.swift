import Testing

/// Rows below the lines of documents that only say what these come to.
@Suite struct LineTotalTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private static let head = "number,subject,lines.text,lines.quantity,lines.unit_price\n"

    @Test(
        "Rows of totals and taxes that the lines above make are passed over and told",
        arguments: [
            (
                "Q-1,X,Servicio,1,100\nQ-1,X,Cable,2,10\n,,Subtotal,,120\n,,IVA 16%,,19.20\n,,Total,,139.20\n",
                "120.00", 3
            ),
            ("Q-1,X,Servicio,1,100\nQ-1,X,Cable,2,10\nQ-1,X,TOTAL,,120\n", "120.00", 1),
            ("Q-1,X,a,1,100\nQ-1,X,Subtotal,,100\nQ-1,X,b,1,50\nQ-1,X,Total MXN,,150\n", "150.00", 2),
            (
                "Q-1,X,a,1,1000\n,,Base imponible,,1000\n,,IVA (21%),,210\n,,IRPF,,-150\n,,Total a pagar,,1060\n",
                "1000.00", 4
            ),
            ("Q-1,X,a,1,100\nQ-1,X,Total del proyecto A,,100\n", "200.00", 0),
            ("Q-1,X,a,1,100\nQ-1,X,Total,,70\n", "170.00", 0),
            ("Q-1,X,Curso de IVA,1,100\nQ-1,X,IVA,1,16\n", "116.00", 0),
        ]
    )
    func imported(rows: String, total: String, passed: Int) throws {
        try crm.write(Self.head + rows, to: "in.csv")
        let result = try crm.run("quote", "import", "in.csv")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM quote") == "1")
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == total)
        #expect(result.errors.contains("total") == (passed > 0), "\(result.errors)")
        #expect(passed < 2 || result.errors.contains("\(passed) rows of totals"), "\(result.errors)")
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
        #expect(result.status == 0 && result.errors.contains("3 rows of totals"), "\(result.errors)")
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == "120.00")
    }
}

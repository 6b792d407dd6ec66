import Testing

/// Taxes and discounts of lines that tables have in columns of their own.
@Suite struct LineTaxTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    private func taxes(_ rows: String, _ options: String...) throws -> (result: CRM.Result, taxes: [String]) {
        try crm.write(rows, to: "in.csv")
        let result = try crm.run(["quote", "import", "in.csv"] + options)
        let lines = try crm.sql("SELECT ifnull(taxes, '') FROM quote_line ORDER BY id").split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        return (result, lines.map(String.init))
    }

    private static let head = "Folio,Asunto,Concepto,Cantidad,Precio unitario"

    @Test(
        "Taxes of a line in several columns are all its taxes, those withheld too",
        arguments: [
            ("IVA,IRPF", "16%,15%", #"["vat:16","withheld_income:15"]"#),
            ("IVA,ISR", "16,10", #"["vat:16","withheld_income:10"]"#),
            (
                "IVA,Retención de ISR,Retención IVA", "16,1.25,10.6667",
                #"["vat:16","withheld_income:1.25","withheld_vat:10.6667"]"#
            ),
            ("IVA,Ret. ISR,IVA retenido", "16%,,4%", #"["vat:16","withheld_vat:4"]"#),
            ("IVA,IEPS", "16,8", #"["excise:8","vat:16"]"#),
            ("IVA,RE", "21,5.2", #"["vat:21","surcharge:5.2"]"#),
            ("IVA,Recargo de equivalencia", "4,0.5", #"["vat:4","surcharge:0.5"]"#),
            ("IVA,IRPF", "21,-15", #"["vat:21","withheld_income:15"]"#),
            ("IVA,withheld_income", "16,10", #"["vat:16","withheld_income:10"]"#),
            ("IVA,IRPF", "N/A,-", ""), ("IVA,line.tax", "16,excise:8", #"["excise:8","vat:16"]"#),
        ]
    )
    func several(headers: String, cells: String, stored: String) throws {
        let (result, taxes) = try taxes("\(Self.head),\(headers)\nQ1,X,A,1,100,\(cells)\n")
        #expect(result.status == 0 && taxes == [stored], "\(taxes) \(result.errors)")
    }

    @Test("A column of a tax that is mapped to the taxes of lines stays of that tax, alone or beside another")
    func mapped() throws {
        let alone = try taxes("\(Self.head),IRPF\nQ1,X,A,1,100,15%\n", "--map", "IRPF=line.taxes")
        #expect(alone.taxes == [#"["withheld_income:15"]"#], "\(alone.result.errors)")
        let beside = try taxes("\(Self.head),IVA,IRPF\nQ2,X,A,1,100,16%,15%\n", "--map", "IRPF=line.taxes")
        #expect(beside.taxes.last == #"["vat:16","withheld_income:15"]"#, "\(beside.result.errors)")
    }

    @Test(
        "Two columns of the very same tax are refused",
        arguments: [("IVA,IVA", "16,8"), ("IRPF,ISR", "15,10"), ("IVA,line.tax", "16,vat:8")]
    )
    func twice(headers: String, cells: String) throws {
        let (result, taxes) = try taxes("\(Self.head),\(headers)\nQ1,X,A,1,100,\(cells)\n")
        #expect(result.status == 6 && taxes == [""], "\(taxes) \(result.errors)")
    }

    @Test("A file of lines has such columns too")
    func file() throws {
        let lines = "Concepto,Cantidad,Precio unitario,tax,IRPF\nA,1,100,16,15\n"
        try crm.succeed(["quote", "add", "--subject", "X", "--lines", "-"], stdin: lines)
        // 100.00 + 16.00 − 15.00
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == "101.00")
    }

    @Test(
        "A tax told as an amount is judged by what is left of the price after the discount, and with the other taxes",
        arguments: [
            // 16 % of 180.00 is 28.80, of 90.00 it is 14.40.
            ("Descuento,IVA,Total", "200,10%,28.80,208.80", #"["vat:16"]"#),
            ("Descuento,IVA,Total", "100,10%,14.40,104.40", #"["vat:16"]"#),
            ("Descuento,IVA,Total", "200,20.00,28.80,208.80", #"["vat:16"]"#),
            // 200.00 + 32.00 − 30.00 is 202.00.
            ("IVA,IRPF,Total", "200,32.00,30.00,202.00", #"["vat:16","withheld_income:15"]"#),
            ("IVA,IRPF,Total", "200,16,15,202.00", #"["vat:16","withheld_income:15"]"#),
            // 8 % of 200.00 is 16.00, and 16 % of 216.00 is 34.56.
            ("IEPS,IVA,Total", "200,16.00,34.56,250.56", #"["excise:8","vat:16"]"#),
        ]
    )
    func amounts(headers: String, cells: String, stored: String) throws {
        let (result, taxes) = try taxes("\(Self.head),\(headers)\nQ1,X,A,1,\(cells)\n")
        #expect(taxes == [stored], "\(taxes) \(result.errors)")
        #expect(!result.errors.contains("another total"), "\(result.errors)")
    }

    @Test("Taxes that follow the prices of their rows are amounts, though no total stands beside")
    func following() throws {
        // 8.00 and 32.00 are 16 % of 50.00 and of 200.00.
        let (result, stored) = try taxes("\(Self.head),IVA\nQ1,X,A,1,50,8\nQ1,X,B,1,200,32\nQ1,X,C,2,25,8\n")
        #expect(stored == Array(repeating: #"["vat:16"]"#, count: 3), "\(result.errors)")
        let rates = try taxes("\(Self.head),IVA\nQ2,X,A,1,50,8\nQ2,X,B,1,200,16\n")
        #expect(rates.taxes.suffix(2) == [#"["vat:8"]"#, #"["vat:16"]"#], "\(rates.result.errors)")
    }

    @Test("What is told of a tax names the row of the line")
    func place() throws {
        let (result, _) = try taxes("\(Self.head),IVA,Importe\nQ1,X,A,1,30,4.80,34.80\nQ1,X,B,1,20,3.20,23.20\n")
        #expect(result.errors.contains("row 2 (line 3), IVA \"3.20\""), "\(result.errors)")
    }

    @Test(
        "A discount is the percentage that amounts beside it show",
        arguments: [
            // 10 % of 200.00 leaves 180.00; 10.00 leaves 190.00.
            ("Descuento,Importe", "1,200,10,180", "180.00", true),
            ("Descuento,Importe", "1,200,10,190", "190.00", false),
            ("Descuento,Importe", "2,200,10,360", "360.00", true),
            ("Descuento,Importe", "1,100,10,90", "90.00", false),
            ("Descuento,Importe", "1,200,10,200", "190.00", false),
            ("Descuento,Importe", "1,200,10%,180", "180.00", false),
            // 180.00 with 16 % is 208.80.
            ("Descuento,IVA,Total", "1,200,10,16%,208.80", "208.80", true),
        ]
    )
    func discount(headers: String, cells: String, total: String, isTold: Bool) throws {
        let result = try importing(
            "Folio,Asunto,Concepto,Cantidad,Precio unitario,\(headers)\nQ1,X,A,\(cells)\n",
            as: "quote"
        )
        #expect(result.errors.contains("a percentage") == isTold, "\(result.errors)")
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == total, "\(result.errors)")
        let lines = "Concepto,Cantidad,Precio unitario,Descuento,Importe\nA,1,200,10,180\n"
        try crm.succeed(["quote", "add", "--subject", "Y", "--lines", "-"], stdin: lines)
        #expect(try crm.json("quote", "show", "2")["total"]?.digits == "180.00")
    }

    @Test(
        "An amount of lines that they do not come to is told",
        arguments: [
            ("Importe", "A,2,10,20", "B,1,5,5", false), ("Importe", "A,2,10,18", "B,1,5,999", true),
            ("Subtotal", "A,2,10,25", "B,1,5,25", false), ("Subtotal", "A,2,10,20", "B,1,5,6", true),
        ]
    )
    func told(header: String, first: String, second: String, isTold: Bool) throws {
        let result = try importing(
            "Folio,Asunto,Concepto,Cantidad,Precio unitario,\(header)\nQ1,X,\(first)\nQ1,X,\(second)\n",
            as: "quote"
        )
        #expect(result.status == 0 && result.errors.contains("another total") == isTold, "\(result.errors)")
        #expect(try crm.json("quote", "show", "1")["total"]?.digits == "25.00")
    }
}

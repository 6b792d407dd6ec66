import Testing

/// Tables of documents with one of their lines in each row.
@Suite struct LineColumnTests: ImportingSuite {
    let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("product", "add", "--name", "Cable", "--code", "SKU-1", "--price", "10")
    }

    private func lines(_ quote: String) throws -> [String] {
        let list = ["quote", "line", "list", quote, "--columns", "text,product.code,quantity,unit_price"]
        return try Array(crm.succeed(list + ["--format", "csv", "--no-header"]).lines)
    }

    @Test("Columns of lines are known by what people call them, by themselves and as tables print them")
    func labels() throws {
        try crm.succeed(
            ["quote", "import", "--excel-es", "--lang", "es", "--match", "subject"],
            stdin: "Asunto;Concepto;Cantidad;Precio unitario;Importe\nA;Uno;2;1,50;3\nA;Dos;1;2;2\n"
        )
        #expect(try lines("1") == ["Uno,,2,1.50", "Dos,,1,2.00"])
        try crm.succeed("quote", "import", stdin: "Asunto,Líneas › Producto.code,Lines › Quantity\nB,SKU-1,3\n")
        #expect(try lines("2") == [",SKU-1,3,10.00"])
        let none = try crm.run("quote", "import", stdin: "Asunto,Importe\nC,3\n")
        #expect(none.status == 6 && none.errors.contains("Importe: no such column"))
    }

    @Test(
        "What is passed over begins no other document, and totals are no line",
        arguments: [
            ("Total", "Oferta,Uno,2,5,10\n,Dos,1,7,7\n"), ("Total", "Oferta,Uno,2,5,10\nOferta,Dos,1,7,7\n"),
            ("Otro", "Oferta,Uno,2,5,10\nOferta,Dos,1,7,7\n"),
            ("Total", "Oferta,Uno,2,5,10\n,Dos,1,7,7\n,,,TOTAL,17\n"),
            ("Importe", "Oferta,Uno,2,5,10\n,Dos,1,7,7\nTOTAL,,,,17\n"),
            ("Total", "Oferta,Uno,2,5,10\n,Dos,1,7,7\n,Total,3,,17\n"),
        ]
    )
    func passedOver(header: String, rows: String) throws {
        try crm.succeed(
            ["quote", "import", "--map", "Otro=-"],
            stdin: "Asunto,Concepto,Cantidad,Precio,\(header)\n\(rows)"
        )
        #expect(try crm.sql("SELECT count(*) FROM quote") == "1")
        #expect(try lines("1") == ["Uno,,2,5.00", "Dos,,1,7.00"])
    }

    @Test("Totals in a file of lines are no line")
    func totalsOfLines() throws {
        try crm.write("Concepto,Cantidad,Precio,Importe\nUno,2,5,10\nDos,1,7,7\n,,TOTAL,17\n", to: "lines.csv")
        let result = try crm.succeed("quote", "add", "--subject", "A", "--lines", "lines.csv")
        #expect(result.errors.contains("passed over line 4: it holds totals"), "\(result.errors)")
        #expect(try lines("1") == ["Uno,,2,5.00", "Dos,,1,7.00"])
    }

    @Test(
        "A description beside a quantity is that of the line, unless all lines of a document repeat it",
        arguments: [
            (",SKU-1", ["Rojo,SKU-1,2,5.00", "Azul,SKU-1,1,7.00"], "Rojo", "Azul", ""),
            (",SKU-1", [",SKU-1,2,5.00", ",SKU-1,1,7.00"], "Rojo", "Rojo", "Rojo"),
            ("", ["Rojo,,2,5.00", "Azul,,1,7.00"], "Rojo", "Azul", ""),
            ("", ["Rojo,,2,5.00", "Rojo,,1,7.00"], "Rojo", "Rojo", ""),
        ]
    )
    func description(product: String, stored: [String], first: String, second: String, own: String) throws {
        let code = product.isEmpty ? "" : ",product.code"
        let rows = "Of\(product),\(first),2,5\nOf\(product),\(second),1,7\n"
        try crm.succeed(["quote", "import"], stdin: "Asunto\(code),Descripción,Cantidad,Precio unitario\n\(rows)")
        #expect(try lines("1") == stored)
        #expect(try crm.sql("SELECT coalesce(description, '') FROM quote") == own)
    }

    @Test("A file of lines and the text of one know the same words")
    func input() throws {
        try crm.succeed("quote", "add", "--subject", "A", "--line", "producto=code:SKU-1,cantidad=2,descuento=10%")
        try crm.write("Producto,Cantidad,Precio\ncode:SKU-1,3,7\n", to: "lines.csv")
        try crm.succeed("quote", "edit", "1", "--lines", "lines.csv")
        #expect(try lines("1") == [",SKU-1,2,10.00", ",SKU-1,3,7.00"])
    }

    @Test("Rows of one document that stand apart are taken, where they say the same of it")
    func apart() throws {
        let head = "external_id,subject,line.text,line.unit_price\n"
        let words = ["quote", "import", "--match", "external_id"]
        try crm.succeed(words, stdin: head + "E1,A,x,1\nE2,B,y,2\nE1,A,z,3\nE1,A,w,4\n")
        #expect(try lines("1") == ["x,,1,1.00", "z,,1,3.00", "w,,1,4.00"])
        #expect(try lines("2") == ["y,,1,2.00"])
        // The same again changes nothing, and what is not there any more goes.
        try crm.succeed(words, stdin: head + "E1,A,x,1\nE2,B,y,2\nE1,A,z,3\n")
        #expect(try lines("1") == ["x,,1,1.00", "z,,1,3.00"])
        let refused = try crm.run(
            "quote",
            "import",
            "--match",
            "external_id",
            stdin: head + "E9,A,x,1\nE2,B,y,2\nE9,Z,z,3\n"
        )
        #expect(refused.status == 6 && refused.errors.contains("this is the same quote as row 1 is"))
    }

    @Test("A column of products holds their names or their codes, and of a code that none has it is told how to say so")
    func codes() throws {
        let header = "Asunto,Producto,Cantidad,Precio\n"
        for (number, text) in ["SKU-1", "Cable"].enumerated() {
            let result = try importing("\(header)A,\(text),3,5\n", as: "quote")
            #expect(result.status == 0, "\(result.errors)")
            #expect(try lines("\(number + 1)") == [",SKU-1,3,5.00"])
        }
        let again = try importing("\(header)A,SKU-1,3,5\n", as: "quote", "--create-missing", "product", "--dry-run")
        #expect(!again.output.contains("made because named"), "\(again.output)")
        let unknown = try importing("\(header)A,SKU-9,3,5\n", as: "quote")
        let advice =
            "if it is the Product code, call the column line.product.code, as with --map; "
            + "if it is a name, make it with --create-missing product\n"
        #expect(unknown.status == 6 && unknown.errors.contains(advice), "\(unknown.errors)")
        let name = try importing("\(header)A,Tornillo,3,5\n", as: "quote").errors
        #expect(name.contains("name:Tornillo; make it with --create-missing product\n"), "\(name)")
    }

    @Test("A column of documents holds their numbers, too")
    func numbers() throws {
        try crm.add("quote", "--subject", "Q", "--number", "Q-7")
        let result = try importing("Asunto,Cotización\nA,Q-7\n", as: "sales-order")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT quote FROM sales_order") == "1")
    }

    @Test(
        "Beside other columns of lines, taxes are those of the line",
        arguments: ["text,quantity,unit_price,taxes", "lines.text,lines.quantity,lines.unit_price,Taxes"],
        ["quote", "sales-order"]
    )
    func taxes(columns: String, noun: String) throws {
        let result = try importing("number,subject,\(columns)\nQ1,X,A,1,100,vat:16\n", as: noun)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.json(noun, "show", "1")["total"]?.digits == "116.00")
    }
}

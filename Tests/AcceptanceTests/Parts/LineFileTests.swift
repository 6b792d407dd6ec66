import Testing

/// Files of lines beside a record, spelled as the files of imports are.
@Suite struct LineFileTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
    }

    private func lines() throws -> String {
        try crm.sql("SELECT text, quantity, unit_price FROM quote_line ORDER BY position")
    }

    private let add = ["quote", "add", "--contact", "1", "--subject", "X", "--lines"]

    @Test("The dialect of a file is told as that of an import is, or seen")
    func dialects() throws {
        // Windows-1252, as a Spanish Excel writes it.
        let bytes = Array("text;quantity;unit_price\nMu".utf8) + [0xF1] + Array("eca;1,5;1.200,50\n".utf8)
        try crm.write(bytes, to: "in.csv")
        try crm.succeed(add + ["in.csv", "--excel-es"])
        #expect(try lines() == "Muñeca|1500000|120050")
        try crm.succeed("quote", "delete", "1", "--yes", "--force")
        try crm.succeed(add + ["in.csv", "--encoding", "cp1252", "--decimal", ","])
        #expect(try lines() == "Muñeca|1500000|120050")
        try crm.succeed("quote", "line", "add", "2", "--input", "in.csv", "--delimiter", ";", "--excel-es")
        #expect(try crm.sql("SELECT count(*) FROM quote_line") == "2")
    }

    @Test("An encoding that is not told is named as for an import")
    func encoding() throws {
        try crm.write(Array("text;quantity\nMu".utf8) + [0xF1] + Array("eca;1\n".utf8), to: "in.csv")
        let result = try crm.run(add + ["in.csv"])
        #expect(result.status != 0 && result.errors.contains("--encoding cp1252"), "\(result.errors)")
    }

    @Test(
        "A file is known as that of an import is, whatever stands above its header",
        arguments: [
            "Presupuesto, 2026\n\ntext;Cantidad;Precio\nA;2;3\n", "Presupuesto\ntext\tCantidad\tPrecio\nA\t2\t3\n",
            "text,Cantidad,Precio\rA,2.0,3\r",
            "text;Cantidad;Precio\nA;2,0;3\n",
        ]
    )
    func shapes(text: String) throws {
        try crm.write(text, to: "in.csv")
        let result = try crm.succeed(add + ["in.csv"])
        #expect(try lines() == "A|2000000|300")
        #expect(result.errors.contains("passed over what stands above the header") == text.hasPrefix("Pres"))
    }

    @Test(
        "A header that means nothing is told as that of an import is, of a file without rows too",
        arguments: [
            ("text;quantity\nA;1\n", ["--delimiter", ","], "give --delimiter ';'"),
            ("Título, 2026\ntext;quantity\nA;1\n", ["--delimiter", ","], "give --delimiter ';'"),
            ("text,quantiti\n", [], "did you mean quantity?"), ("text,zzzz\n", [], "known are position"),
            ("Texto,zzzz\n", ["--lang", "es"], "zzzz: encabezado: no existe esa columna; se conocen Inventariable, "),
        ]
    )
    func headers(text: String, options: [String], hint: String) throws {
        try crm.write(text, to: "in.csv")
        let result = try crm.run(add + ["in.csv"] + options)
        #expect(result.status == 2 && result.errors.contains(hint), "\(result.errors)")
    }

    @Test(
        "Products are named by numbers with decimals and by what people call their keys",
        arguments: [
            "product,quantity\n1.0,2.0\n", "Código del producto,Cantidad\nP-1,2\n", "Product name,Cantidad\nTóner,2\n",
        ]
    )
    func products(text: String) throws {
        try crm.add("product", "--name", "Tóner", "--code", "P-1", "--price", "10")
        try crm.write(text, to: "in.csv")
        try crm.succeed(add + ["in.csv"])
        #expect(try crm.sql("SELECT product, quantity FROM quote_line") == "1|2000000")
    }

    @Test("A number that is the code of a product is not taken for an id", arguments: ["1.0", "001"])
    func codesOfProducts(code: String) throws {
        try crm.add("product", "--name", "Tóner", "--price", "10")
        try crm.add("product", "--name", "Papel", "--code", code, "--price", "10")
        try crm.write("product,quantity\n\(code),2\n", to: "in.csv")
        let result = try crm.run(add + ["in.csv"])
        #expect(result.status == 2 && result.errors.contains("write code:\(code), or 1 for the id"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM quote_line") == "0")
    }

    @Test("A cell that is not spelled so is named with its row")
    func malformed() throws {
        try crm.write("text;quantity\nA;1.5.5,5\n", to: "in.csv")
        let result = try crm.run(add + ["in.csv", "--decimal", ","])
        #expect(result.status != 0 && result.errors.contains("row 1 (line 2)"), "\(result.errors)")
        #expect(try lines() == "")
    }

    @Test("The options say nothing where no file is read, and of JSON")
    func idle() throws {
        let none = try crm.run("quote", "add", "--contact", "1", "--subject", "X", "--decimal", ",")
        #expect(none.status == 2 && none.errors.contains("--decimal says nothing about"), "\(none.errors)")
        try crm.write("[]", to: "in.json")
        let json = try crm.run(add + ["in.json", "--decimal", ","])
        #expect(json.status == 2 && json.errors.contains("--decimal says nothing about json"), "\(json.errors)")
        let given = try crm.run("quote", "line", "add", "1", "text=A,quantity=1", "--excel-es")
        #expect(given.status == 2 && given.errors.contains("--excel-es says nothing about"), "\(given.errors)")
    }

    @Test(
        "Totals in a file of lines are computed here, and passed over",
        arguments: ["Total", "Subtotal", "Importe total", "Total con IVA"]
    )
    func totals(name: String) throws {
        try crm.write("text,quantity,price,\(name)\nA,2,3,6.96\n", to: "in.csv")
        let result = try crm.run(add + ["in.csv"])
        #expect(result.status == 0 && result.errors.contains("passed over the column \(name)"), "\(result.errors)")
        #expect(try lines() == "A|2000000|300")
        try crm.write("text,quantity,price,Totales raros\nA,2,3,6.96\n", to: "in.csv")
        #expect(try crm.run(add + ["in.csv"]).errors.contains("no such column"))
    }
}

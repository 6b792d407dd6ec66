import Testing

/// Electronic invoices of Mexico as purchases.
@Suite struct InvoiceImportTests: InvoiceSuite {
    let crm: CRM

    init() throws { crm = try Self.prepared() }

    @Test("The issuer becomes the supplier, each concept a line, and the second time nothing happens")
    func purchase() throws {
        try crm.write(Self.simple, to: "factura.xml")
        let first = try crm.run("purchase-order", "import", "factura.xml")
        #expect(first.output == "3 rows, 1 created, 1 made because named\n" && first.errors.isEmpty)
        let figures = try figures()
        #expect(
            figures.hasSuffix(",Factura A-1,AAA010101AAA,Papelería & Cía,A-1,2026-03-04,,555.80\n"),
            "\(figures)"
        )
        let shown = try crm.json("purchase-order", "show", "1")
        #expect(shown["external_id"]?.string == "00000000-AAAA-4444-8888-1")
        let kinds = shown["lines"]?.elements.map { line in
            [line["product"]?["name"]?.string ?? "", line["text"]?.string ?? "", line["unit"]?.string ?? ""].joined(
                separator: "/"
            )
        }
        #expect(kinds == ["Cuaderno/Cuaderno/pieces", "/Libro/pieces", "/Leche/pieces"])
        #expect(shown["tax_total"]?.digits == "40.80")

        try crm.succeed("purchase-order", "edit", "1", "--status", "approved", "--subject", "Mío")
        let log = try crm.succeed("log", "--format", "jsonl").output
        #expect(try crm.run("purchase-order", "import", "factura.xml").output == "3 rows, 1 skipped\n")
        #expect(try crm.run("purchase-order", "import", stdin: Self.simple).output == "3 rows, 1 skipped\n")
        let bare = String(Self.simple.split(separator: "\n", maxSplits: 1)[1])
        #expect(try crm.run("purchase-order", "import", stdin: bare).output == "3 rows, 1 skipped\n")
        #expect(try crm.succeed("log", "--format", "jsonl").output == log)
        #expect(try crm.run("check").status == 0)
    }

    @Test(
        "What is no purchase is refused with its place, and nothing is written",
        arguments: [
            (
                invoice(1, total: "1", version: "3.2"),
                "Comprobante/Version \"3.2\": this version of the CFDI is not read"
            ),
            (invoice(1, total: "1", kind: "E"), "Comprobante/TipoDeComprobante \"E\": a credit note is no purchase"),
            (invoice(1, total: "1"), "Comprobante/Conceptos/Concepto: is missing"),
            (
                invoice(
                    1,
                    total: "1",
                    concept("Descripcion=\"x\" Cantidad=\"1\" ValorUnitario=\"1\" Importe=\"1\""),
                    stamp: ""
                ),
                "row 1 (line 2, column 1), Complemento/TimbreFiscalDigital: is missing"
            ),
            (
                invoice(1, total: "1", concept("Descripcion=\"x\" Cantidad=\"dos\" ValorUnitario=\"1\" Importe=\"1\"")),
                "row 1 (line 3, column "
            ),
            (
                invoice(1, total: "1", concept("Descripcion=\"x\" Cantidad=\"0\" ValorUnitario=\"1\" Importe=\"1\"")),
                "Concepto/Cantidad \"0\": cannot be zero"
            ),
            (
                invoice(1, total: "1", concept("Descripcion=\"x\" Cantidad=\"-1\" ValorUnitario=\"1\" Importe=\"1\"")),
                "Concepto/Cantidad \"-1\": is below zero, which no invoice has"
            ),
            (
                invoice(1, total: "1", concept("Descripcion=\"x\" Cantidad=\"1\" ValorUnitario=\"-1\" Importe=\"-1\"")),
                "Concepto/ValorUnitario \"-1\": is below zero"
            ),
            (
                simple.replacing("<cfdi:Emisor", with: "<!DOCTYPE x><cfdi:Emisor"),
                "row 1 (line 3, column 1): a DOCTYPE is never read"
            ),
            ("<?xml version=\"1.0\"?><html/>", "row 1 (line 1, column 22): this is no CFDI: its element is html"),
            (String(simple.prefix(900)), "the document ends before its end"),
        ]
    )
    func refusals(text: String, message: String) throws {
        let result = try crm.run("purchase-order", "import", stdin: text)
        #expect(result.status == 6 && result.errors.contains(message), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM purchase_order") == "0")
        #expect(try crm.sql("SELECT count(*) FROM organization") == "0")
    }

    @Test("A folder is read file by file, a bad one by its name")
    func folder() throws {
        try crm.shell("mkdir facturas")
        try crm.write(Self.simple, to: "facturas/1.xml")
        try crm.write(InvoiceTotalTests.examples[0].invoice, to: "facturas/2.XML")
        try crm.write("<a/>", to: "facturas/3.xml")
        try crm.write("no invoice", to: "facturas/4.txt")
        let result = try crm.run("purchase-order", "import", "facturas", "--lang", "es")
        #expect(result.output == "5 filas, 2 creadas, 1 creado por ser nombrado, 1 fallida; no se guardó nada\n")
        #expect(result.errors.contains("3.xml, fila 5 (línea 1, columna 1): esto no es un CFDI: su elemento es a"))
        let rest = try crm.run("purchase-order", "import", "facturas", "--continue-on-error")
        #expect(rest.output == "5 rows, 2 created, 1 made because named, 1 failed\n")
        #expect(try crm.sql("SELECT count(*) FROM organization") == "1")
    }

    @Test("Folders within a folder are not read, and told")
    func foldersWithin() throws {
        try crm.shell("mkdir -p facturas/2025 facturas/2026")
        try crm.write(Self.simple, to: "facturas/1.xml")
        try crm.write(Self.simple.replacing("aaaa-4444", with: "aaab-4444"), to: "facturas/2026/2.xml")
        let result = try crm.run("purchase-order", "import", "facturas")
        #expect(result.output == "3 rows, 1 created, 1 made because named\n", "\(result.errors)")
        #expect(result.errors.contains("2 folders within facturas: import each by itself, as facturas/2025"))
        let spanish = try crm.run("purchase-order", "import", "facturas", "--lang", "es")
        #expect(spanish.errors.contains("2 carpetas dentro de facturas"), "\(spanish.errors)")
    }

    @Test(
        "In a folder what is no invoice is passed over and told, and by itself it is refused",
        arguments: ["E", "P", "N", "T"]
    )
    func otherKinds(kind: String) throws {
        try crm.shell("mkdir facturas")
        try crm.write(Self.invoice(2, total: "0", kind: kind), to: "facturas/1.xml")
        try crm.write(Self.simple, to: "facturas/2.xml")
        let result = try crm.run("purchase-order", "import", "facturas")
        #expect(result.output == "3 rows, 1 created, 1 made because named\n", "\(result.errors)")
        #expect(result.errors.contains("passed over what is no invoice of a purchase"), "\(result.errors)")
        #expect(result.errors.contains("payslips N: 1.xml: \(kind)\n"), "\(result.errors)")
        let spanish = try crm.run("purchase-order", "import", "facturas", "--dry-run", "--lang", "es")
        #expect(spanish.errors.contains("nóminas N: 1.xml: \(kind)\n"), "\(spanish.errors)")
        let alone = try crm.run("purchase-order", "import", "facturas/1.xml")
        #expect(alone.status == 6 && alone.errors.contains("TipoDeComprobante \"\(kind)\": "), "\(alone.errors)")
    }

    @Test("Receipts of the tax authority in a folder are no invoices either")
    func receipts() throws {
        try crm.shell("mkdir facturas")
        try crm.write("<Acuse Fecha=\"2026-03-04T10:11:12\"/>", to: "facturas/1.xml")
        let retained = "<r:Retenciones xmlns:r=\"http://www.sat.gob.mx/esquemas/retencionpago/2\" Version=\"2.0\"/>"
        try crm.write(retained, to: "facturas/2.xml")
        try crm.write(Self.simple, to: "facturas/3.xml")
        let result = try crm.run("purchase-order", "import", "facturas")
        #expect(result.output == "3 rows, 1 created, 1 made because named\n", "\(result.errors)")
        #expect(result.errors.contains("payslips N: 1.xml, 2.xml\n"), "\(result.errors)")
        let alone = try crm.run("purchase-order", "import", "facturas/2.xml")
        #expect(alone.status == 6 && alone.errors.contains("its element is Retenciones"), "\(alone.errors)")
    }

    @Test("Of people of one name each is known by his own RFC, and one without is nobody else's")
    func namesakes() throws {
        try crm.shell("mkdir facturas")
        for number in 1...3 {
            let issuer = "Rfc=\"PEJJ80010\(number)AAA\" Nombre=\"JUAN PEREZ JIMENEZ\""
            let concept = Self.concept("Descripcion=\"a\" Cantidad=\"1\" ValorUnitario=\"1\" Importe=\"1\"")
            try crm.write(Self.invoice(number, total: "1", concept, issuer: issuer), to: "facturas/\(number).xml")
        }
        let result = try crm.run("purchase-order", "import", "facturas")
        #expect(result.output == "3 rows, 3 created, 3 made because named\n", "\(result.errors)")
        #expect(try crm.sql("SELECT count(DISTINCT supplier) FROM purchase_order") == "3")
        try crm.succeed("undo")
        for _ in 1...2 { try crm.add("organization", "--name", "JUAN PEREZ JIMENEZ") }
        let several = try crm.run("purchase-order", "import", "facturas/1.xml")
        #expect(several.status == 6 && several.errors.contains("matches 2 organizations"), "\(several.errors)")
        let (first, last) = (
            try crm.sql("SELECT min(id) FROM organization"), try crm.sql("SELECT max(id) FROM organization")
        )
        try crm.succeed("organization", "edit", first, "--tax-id", "XAXX010101000")
        try crm.succeed("purchase-order", "import", "facturas/1.xml")
        #expect(try crm.sql("SELECT id FROM organization WHERE tax_id = 'PEJJ800101AAA'") == last)
    }

    @Test("The same invoice under another name is there already")
    func copies() throws {
        try crm.shell("mkdir facturas")
        for name in ["1", "1 (1)", "2"] { try crm.write(Self.simple, to: "facturas/\(name).xml") }
        let result = try crm.run("purchase-order", "import", "facturas")
        #expect(result.output == "9 rows, 1 created, 2 skipped, 1 made because named\n", "\(result.errors)")
        let figures = try crm.json("purchase-order", "show", "1")
        #expect(figures["total"]?.digits == "555.80" && figures["lines"]?.elements.count == 3)
        try crm.succeed("purchase-order", "import", "facturas", "--on-match", "update", "--on-repeat", "last")
        #expect(try crm.json("purchase-order", "show", "1")["total"]?.digits == "555.80")
    }

    @Test("What the company issued itself is no purchase, and is told")
    func own() throws {
        try crm.succeed("config", "set", "company.tax_id", "AAA-010101-AAA")
        try crm.shell("mkdir facturas")
        try crm.write(Self.simple, to: "facturas/1.xml")
        try crm.write(
            Self.invoice(
                2,
                total: "116.00",
                Self.concept(
                    "Descripcion=\"Libro\" Cantidad=\"1\" ValorUnitario=\"100.00\" Importe=\"100.00\"",
                    "002:Tasa:0.160000:100:16.00"
                ),
                issuer: "Rfc=\"BBB010101BBB\" Nombre=\"Librería\""
            ),
            to: "facturas/2.xml"
        )
        let result = try crm.run("purchase-order", "import", "facturas")
        #expect(result.output == "1 row, 1 created, 1 made because named\n", "\(result.errors)")
        #expect(result.errors.contains("which is no purchase: A-1"), "\(result.errors)")
    }

    @Test(
        "An invoice for somebody else and a rate that no field holds are told, and so are units by the SAT's codes read"
    )
    func told() throws {
        try crm.succeed("config", "set", "company.tax_id", "CCC010101CCC")
        let concept = Self.concept(
            "Descripcion=\"Cable\" Cantidad=\"2\" ValorUnitario=\"50.00\" Importe=\"100.00\"",
            "002:Exento:100"
        )
        let dollars = Self.invoice(
            3,
            total: "100.00",
            concept.replacing("ClaveUnidad=\"H87\"", with: "ClaveUnidad=\"KGM\""),
            recipient: "DDD010101DDD",
            currency: "USD\" TipoCambio=\"18.5000"
        )
        let result = try crm.run(
            ["purchase-order", "import", "-", "--input-format", "cfdi"],
            stdin: Array(dollars.utf8)
        )
        #expect(result.output == "1 row, 1 created, 1 made because named\n", "\(result.errors)")
        #expect(
            result.errors.contains(
                "addressed to another than company.tax_id, and taken all the same: A-3: DDD010101DDD"
            )
        )
        #expect(result.errors.contains("with rate set: A-3: USD 18.5000 --on 2026-03-04\n"), "\(result.errors)")
        #expect(try crm.json("purchase-order", "show", "1")["lines"]?.elements.first?["unit"] == "kg")

        try crm.succeed("config", "set", "company.tax_id", "DDD-010101-DDD")
        let pesos = Self.invoice(
            4,
            total: "100.00",
            concept,
            recipient: "DDD010101DDD",
            currency: "MXN\" TipoCambio=\"1"
        )
        let quiet = try crm.run(["purchase-order", "import", "-", "--input-format", "cfdi"], stdin: Array(pesos.utf8))
        #expect(quiet.status == 0 && quiet.errors == "", "\(quiet.errors)")
    }

    @Test(
        "Of an addenda, which is often no XML, nothing is read",
        arguments: [
            "<cfdi:Addenda><if:Factura ruta='&nbsp;'>", "<Addenda><x a='1' a='2'/></Addenda>", "<cfdi:Addenda a='1'/>",
        ]
    )
    func addenda(text: String) throws {
        let end = "</cfdi:Comprobante>"
        let invoice = "\n" + Self.simple.replacing(end, with: text + end)
        let result = try crm.run(["purchase-order", "import", "-"], stdin: Array(invoice.utf8))
        #expect(result.output == "3 rows, 1 created, 1 made because named\n", "\(result.errors)")
        #expect(try crm.json("purchase-order", "show", "1")["total"]?.digits == "555.80")
    }

    @Test("Pieces of an invoice are received into a stock that is counted by ones")
    func pieces() throws {
        try crm.succeed("product", "edit", "1", "--unit", "each", "--stock", "=1")
        try crm.succeed("purchase-order", "import", stdin: Self.simple)
        try crm.succeed("purchase-order", "receive", "1")
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "11")
    }

    @Test("A code of an article that is not here stays with its line")
    func codes() throws {
        try crm.succeed("purchase-order", "import", stdin: Self.simple.replacing("SKU-1", with: "PAP-77"))
        let line = try crm.json("purchase-order", "show", "1")["lines"]?.elements.first
        #expect(line?["comment"]?.string == "PAP-77" && line?["text"]?.string == "Cuaderno")
    }

    @Test("An article that is made by its code is called what the invoice calls it")
    func madeArticles() throws {
        let invoice = Self.simple.replacing("SKU-1", with: "PAP-77")
        try crm.succeed("purchase-order", "import", "--create-missing", "product", stdin: invoice)
        let product = try crm.json("product", "show", "code:PAP-77")
        #expect(product["name"]?.string == "Cuaderno", "\(product)")
    }

    @Test("A supplier that has only the name is found by it, and by its tax id from then on")
    func supplier() throws {
        try crm.add("organization", "--name", "Papelería & Cía")
        #expect(try crm.run("purchase-order", "import", stdin: Self.simple).output == "3 rows, 1 created\n")
        #expect(try crm.json("purchase-order", "show", "1")["supplier"]?["id"]?.digits == "1")
        #expect(try crm.json("organization", "show", "1")["tax_id"]?.string == "AAA010101AAA")
        let other = Self.simple.replacing("aaaa-4444", with: "aaab-4444").replacing(
            "Papelería &amp;",
            with: "Papelera y"
        )
        #expect(try crm.run("purchase-order", "import", stdin: other).output == "3 rows, 1 created\n")
        #expect(try crm.json("purchase-order", "show", "2")["supplier"]?["id"]?.digits == "1")
    }

    @Test("An invoice that replaces another, or follows one for an advance, is told", arguments: ["04", "07", "01"])
    func relations(kind: String) throws {
        let related =
            "<cfdi:CfdiRelacionados TipoRelacion=\"\(kind)\"><cfdi:CfdiRelacionado UUID=\"aa-1\"/></cfdi:CfdiRelacionados>"
        let invoice = Self.simple.replacing("<cfdi:Emisor", with: related + "<cfdi:Emisor")
        try crm.write(invoice, to: "in.xml")
        let result = try crm.run("purchase-order", "import", "in.xml", "--create-missing", "organization")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("it counts twice: A-1: AA-1") == (kind != "01"), "\(result.errors)")
        #expect(result.errors.contains("replaces another invoice") == (kind == "04"), "\(result.errors)")
    }
}

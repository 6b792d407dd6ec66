import Testing

/// Electronic invoices of Mexico as purchases.
@Suite struct InvoiceImportTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "currency", "MXN")
        try crm.add("product", "--name", "Cuaderno", "--code", "SKU-1", "--price", "30", "--tax-rate", "8")
    }

    /// A concept with its taxes: `002:Tasa:0.160000:BASE:AMOUNT`, those withheld after a minus sign.
    private static func concept(_ attributes: String, _ taxes: String...) -> String {
        func elements(_ name: String, _ taxes: [String]) -> String {
            taxes.map { tax in
                let parts = tax.split(separator: ":", omittingEmptySubsequences: false)
                let amounts = parts.count > 3 ? " TasaOCuota=\"\(parts[2])\" Importe=\"\(parts[4])\"" : ""
                let base = parts.count > 3 ? parts[3] : parts[2]
                return "<cfdi:\(name) Base=\"\(base)\" Impuesto=\"\(parts[0])\" TipoFactor=\"\(parts[1])\"\(amounts)/>"
            }.joined()
        }
        let added = elements("Traslado", taxes.filter { !$0.hasPrefix("-") })
        let withheld = elements("Retencion", taxes.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) })
        return """
            <cfdi:Concepto ClaveProdServ="01010101" ClaveUnidad="H87" \(attributes) ObjetoImp="02"><cfdi:Impuestos>\
            \(added.isEmpty ? "" : "<cfdi:Traslados>\(added)</cfdi:Traslados>")\
            \(withheld.isEmpty ? "" : "<cfdi:Retenciones>\(withheld)</cfdi:Retenciones>")\
            </cfdi:Impuestos></cfdi:Concepto>
            """
    }

    private static func invoice(
        _ number: Int,
        total: String,
        _ concepts: String...,
        version: String = "4.0",
        kind: String = "I",
        encoding: String = "UTF-8",
        issuer: String = "Rfc=\"AAA010101AAA\" Nombre=\"Papelería &amp; Cía\"",
        recipient: String = "AAA010101AAA",
        currency: String = "MXN",
        stamp: String? = nil
    ) -> String {
        let stamp =
            stamp
            ?? "<tfd:TimbreFiscalDigital xmlns:tfd=\"http://www.sat.gob.mx/TimbreFiscalDigital\" UUID=\"00000000-aaaa-4444-8888-\(number)\"/>"
        return """
            <?xml version="1.0" encoding="\(encoding)"?>
            <cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/\(version.first ?? "4")" Version="\(version)" Serie="A" \
            Folio="\(number)" Fecha="2026-03-04T10:11:12" Moneda="\(currency)" TipoDeComprobante="\(kind)" Total="\(total)">
            <cfdi:Emisor \(issuer)/><cfdi:Conceptos>\(concepts.joined(separator: "\n"))</cfdi:Conceptos>
            <cfdi:Impuestos><cfdi:Traslados><cfdi:Traslado Base="1" Impuesto="002" TipoFactor="Tasa" TasaOCuota="0.16" \
            Importe="9"/></cfdi:Traslados></cfdi:Impuestos><cfdi:Receptor Rfc="\(recipient)"/><cfdi:Complemento>\(stamp)</cfdi:Complemento></cfdi:Comprobante>
            """
    }

    private static let simple = invoice(
        1,
        total: "555.80",
        concept(
            "NoIdentificacion=\"SKU-1\" Descripcion=\"Cuaderno\" Cantidad=\"10\" ValorUnitario=\"25.50\" Importe=\"255\"",
            "002:Tasa:0.160000:255:40.80"
        ),
        concept(
            "Descripcion=\"Libro\" Cantidad=\"2\" ValorUnitario=\"100.00\" Importe=\"200.00\"",
            "002:Exento:200.00"
        ),
        concept(
            "Descripcion=\"Leche\" Cantidad=\"3\" ValorUnitario=\"20\" Importe=\"60\"",
            "002:Tasa:0.000000:60:0.00"
        )
    )

    private func figures() throws -> String {
        let columns = "number,subject,supplier.tax_id,supplier_name,invoice_number,invoice_date,adjustment,total"
        return try crm.succeed(
            "purchase-order",
            "list",
            "--columns",
            columns,
            "--no-header",
            "--format",
            "csv"
        ).output.replacing("\r\n", with: "\n")
    }

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

    /// An invoice, what it comes to and what is told of it.
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let invoice: String
        let figures: String
        var nets: String
        var words = ""
    }

    static let examples = [
        Example(
            testDescription: "what is withheld",
            invoice: invoice(
                2,
                total: "9533.33",
                concept(
                    "Descripcion=\"Honorarios\" Cantidad=\"1\" ValorUnitario=\"10000.00\" Importe=\"10000.00\"",
                    "002:Tasa:0.160000:10000.00:1600.00",
                    "-001:Tasa:0.100000:10000.00:1000.00",
                    "-002:Tasa:0.106667:10000.00:1066.67"
                )
            ),
            figures: ",9533.33",
            nets: "10000.00 vat:16,withheld_income:10,withheld_vat:10.6667"
        ),
        Example(
            testDescription: "excise within the base of the value-added tax",
            invoice: invoice(
                3,
                total: "146.74",
                concept(
                    "Descripcion=\"Cerveza\" Cantidad=\"10\" ValorUnitario=\"11\" Importe=\"110\" Descuento=\"10\"",
                    "003:Tasa:0.265000:100:26.50",
                    "002:Tasa:0.160000:126.50:20.24"
                )
            ),
            figures: ",146.74",
            nets: "100.00 excise:26.5,vat:16"
        ),
        Example(
            testDescription: "a quota for each unit, and more decimals than cents",
            invoice: invoice(
                4,
                total: "956.10",
                concept(
                    "Descripcion=\"Gasolina\" Cantidad=\"40.123\" ValorUnitario=\"20.111111\" Importe=\"806.918106\"",
                    "002:Tasa:0.160000:806.918106:129.106897",
                    "003:Cuota:0.500000:40.123:20.06"
                )
            ),
            figures: "0.01,956.10",
            nets: "806.92 vat:16; 20.06 ",
            words: "A-4: 0.01 MXN"
        ),
        Example(
            testDescription: "value-added tax on a quota for each unit",
            invoice: invoice(
                6,
                total: "3068.84",
                concept(
                    "Descripcion=\"Diesel\" Cantidad=\"100\" ValorUnitario=\"20\" Importe=\"2000\"",
                    "003:Cuota:6.455500:100:645.55",
                    "002:Tasa:0.160000:2645.55:423.29"
                )
            ),
            figures: ",3068.84",
            nets: "2000.00 excise_per_unit:6.4555,vat:16"
        ),
        Example(
            testDescription: "value-added tax on a quota for each litre of what is sold by piece",
            invoice: invoice(
                7,
                total: "143.48",
                concept(
                    "Descripcion=\"Refresco\" Cantidad=\"10\" ValorUnitario=\"10\" Importe=\"100\"",
                    "003:Cuota:1.580000:15:23.70",
                    "002:Tasa:0.160000:123.70:19.79"
                )
            ),
            figures: "-0.01,143.48",
            nets: "100.00 vat:16; 23.70 vat:16",
            words: "A-7: -0.01 MXN"
        ),
        Example(
            testDescription: "local taxes, one added and one kept back",
            invoice: invoice(
                8,
                total: "1185.00",
                concept(
                    "Descripcion=\"Hospedaje\" Cantidad=\"1\" ValorUnitario=\"1000\" Importe=\"1000\"",
                    "002:Tasa:0.160000:1000:160"
                )
            ).replacing(
                "<cfdi:Complemento>",
                with: """
                    <cfdi:Complemento><implocal:ImpuestosLocales xmlns:implocal="http://www.sat.gob.mx/implocal" \
                    version="1.0" TotaldeRetenciones="5.00" TotaldeTraslados="30.00"><implocal:TrasladosLocales \
                    ImpLocTrasladado="ISH" TasadeTraslado="3.00" Importe="30.00"/><implocal:RetencionesLocales \
                    ImpLocRetenido="Cinco al millar" TasadeRetencion="0.50" Importe="5.00"/></implocal:ImpuestosLocales>
                    """
            ),
            figures: ",1185.00",
            nets: "1000.00 vat:16; 30.00 ; -5.00 "
        ),
        Example(
            testDescription: "version 3.3 in ISO-8859-1",
            invoice: invoice(
                5,
                total: "11.60",
                concept(
                    "Descripcion=\"Ñ\" Cantidad=\"1\" ValorUnitario=\"10\" Importe=\"10\"",
                    "002:Tasa:0.160000:10:1.6"
                ),
                version: "3.3",
                encoding: "ISO-8859-1"
            ),
            figures: ",11.60",
            nets: "10.00 vat:16"
        ),
    ]

    @Test("Totals agree with the invoice to the cent, or what they differ by is told", arguments: examples)
    func totals(example: Example) throws {
        let isLatin = example.invoice.contains("ISO-8859-1")
        let bytes = isLatin ? example.invoice.unicodeScalars.map { UInt8($0.value) } : Array(example.invoice.utf8)
        let result = try crm.run(["purchase-order", "import", "-"], stdin: bytes)
        #expect(result.status == 0 && result.errors.isEmpty == example.words.isEmpty, "\(result.errors)")
        #expect(example.words.isEmpty || result.errors.contains(example.words), "\(result.errors)")
        let figures = try figures()
        #expect(figures.hasSuffix(",2026-03-04,\(example.figures)\n"), "\(figures)")
        let nets = try crm.json("purchase-order", "show", "1")["lines"]?.elements.map { line in
            let taxes = line["taxes"]?.elements.compactMap(\.string).joined(separator: ",") ?? ""
            return "\(line["net"]?.digits ?? "") \(taxes)"
        }
        #expect(nets?.joined(separator: "; ") == example.nets)
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
        try crm.write(Self.examples[0].invoice, to: "facturas/2.XML")
        try crm.write("<a/>", to: "facturas/3.xml")
        try crm.write("no invoice", to: "facturas/4.txt")
        let result = try crm.run("purchase-order", "import", "facturas", "--lang", "es")
        #expect(result.output == "5 filas, 2 creadas, 1 creado por ser nombrado, 1 fallida; no se guardó nada\n")
        #expect(result.errors.contains("3.xml, fila 5 (línea 1, columna 1): esto no es un CFDI: su elemento es a"))
        let rest = try crm.run("purchase-order", "import", "facturas", "--continue-on-error")
        #expect(rest.output == "5 rows, 2 created, 1 made because named, 1 failed\n")
        #expect(try crm.sql("SELECT count(*) FROM organization") == "1")
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

    @Test("Pieces of an invoice are received into a stock that is counted by ones")
    func pieces() throws {
        try crm.succeed("product", "edit", "1", "--unit", "each", "--stock", "=1")
        try crm.succeed("purchase-order", "import", stdin: Self.simple)
        try crm.succeed("purchase-order", "receive", "1")
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "11")
    }

    @Test("A supplier that has only the name is found by it")
    func supplier() throws {
        try crm.add("organization", "--name", "Papelería & Cía")
        #expect(try crm.run("purchase-order", "import", stdin: Self.simple).output == "3 rows, 1 created\n")
        #expect(try crm.json("purchase-order", "show", "1")["supplier"]?["id"]?.digits == "1")
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

import Testing

/// What electronic invoices of Mexico come to as purchases.
@Suite struct InvoiceTotalTests: InvoiceSuite {
    let crm: CRM

    init() throws { crm = try Self.prepared() }

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
            testDescription: "an excise that is withheld, for which there is no rate",
            invoice: invoice(
                14,
                total: "108.00",
                concept(
                    "Descripcion=\"Cerveza\" Cantidad=\"1\" ValorUnitario=\"100\" Importe=\"100\"",
                    "002:Tasa:0.160000:100:16.00",
                    "-003:Tasa:0.080000:100:8.00",
                    "-003:Tasa:0.080000:100:0.00"
                )
            ),
            figures: ",108.00",
            nets: "100.00 vat:16; -8.00 "
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
        Example(
            testDescription: "a part of the price outside the base of the value-added tax, as of fuel",
            invoice: invoice(
                9,
                total: "892.16",
                concept(
                    "Descripcion=\"Magna\" Cantidad=\"40\" ValorUnitario=\"19.30\" Importe=\"772.00\"",
                    "002:Tasa:0.160000:751.00:120.16"
                )
            ),
            figures: ",892.16",
            nets: "751.00 vat:16; 21.00 "
        ),
        Example(
            testDescription: "a part outside the base of a discounted line, of which tax is withheld too",
            invoice: invoice(
                10,
                total: "96.93",
                concept(
                    "Descripcion=\"Flete\" Cantidad=\"3\" ValorUnitario=\"33.3333\" Importe=\"100.00\" Descuento=\"10\"",
                    "002:Tasa:0.160000:66.00:10.56",
                    "-002:Tasa:0.040000:66.00:2.64",
                    "-001:Tasa:0.011000:90.00:0.99"
                )
            ),
            figures: ",96.93",
            nets: "66.00 vat:16,withheld_income:1.1,withheld_vat:4; 24.00 withheld_income:1.1"
        ),
        Example(
            testDescription: "a part taxed, a part at the border's rate, a part exempt",
            invoice: invoice(
                11,
                total: "108.00",
                concept(
                    "Descripcion=\"Paquete\" Cantidad=\"2\" ValorUnitario=\"50\" Importe=\"100\"",
                    "002:Tasa:0.080000:50:4.00",
                    "002:Exento:25",
                    "002:Tasa:0.160000:25:4.00"
                )
            ),
            figures: ",108.00",
            nets: "25.00 vat:16; 50.00 vat:8; 25.00 exempt"
        ),
        Example(
            testDescription: "a base that differs from the amount by what rounding leaves",
            invoice: invoice(
                12,
                total: "116.00",
                concept(
                    "Descripcion=\"Tornillo\" Cantidad=\"3\" ValorUnitario=\"33.3333\" Importe=\"100.00\"",
                    "002:Tasa:0.160000:99.9999:16.00"
                )
            ),
            figures: ",116.00",
            nets: "100.00 vat:16"
        ),
        Example(
            testDescription: "an amount above quantity and price, whose price was rounded",
            invoice: invoice(
                15,
                total: "386.66",
                concept(
                    "Descripcion=\"Tornillo\" Cantidad=\"1000\" ValorUnitario=\"0.33\" Importe=\"333.33\"",
                    "002:Tasa:0.160000:333.33:53.33"
                )
            ),
            figures: ",386.66",
            nets: "333.33 vat:16"
        ),
        Example(
            testDescription: "an amount below quantity and price, which no discount explains",
            invoice: invoice(
                13,
                total: "104.40",
                concept(
                    "Descripcion=\"Lote\" Cantidad=\"2\" ValorUnitario=\"50\" Importe=\"90.00\"",
                    "002:Tasa:0.160000:90.00:14.40"
                )
            ),
            figures: ",104.40",
            nets: "90.00 vat:16",
            words: "A-13: Lote: 10.00 MXN"
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
}

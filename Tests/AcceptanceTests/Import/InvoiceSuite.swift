import Testing

/// A suite about electronic invoices of Mexico, in a database with one product.
protocol InvoiceSuite {
    /// The program, with the database of the test.
    var crm: CRM { get }
}

extension InvoiceSuite {
    /// The program, with such a database.
    static func prepared() throws -> CRM {
        let crm = try CRM()
        try crm.succeed("config", "set", "currency", "MXN")
        try crm.add("product", "--name", "Cuaderno", "--code", "SKU-1", "--price", "30", "--tax-rate", "8")
        return crm
    }

    /// A concept with its taxes: `002:Tasa:0.160000:BASE:AMOUNT`, those withheld after a minus sign.
    static func concept(_ attributes: String, _ taxes: String...) -> String {
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

    static func invoice(
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

    /// An invoice of three concepts with and without tax.
    static var simple: String {
        invoice(
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
    }

    /// What a list says of the purchases.
    func figures() throws -> String {
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
}

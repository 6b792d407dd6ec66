extension HeaderTable {
    /// Programs of accounting and invoicing in Mexico and Spain, such as Facturama, Holded and Contasimple. What they need
    /// for invoices alone is kept as lines of the description.
    static let accounting: [HeaderTable] = [companies, goods, documents(.quote), documents(.salesOrder)]

    private static let companies = HeaderTable(
        .organization,
        [
            (["Nombre/Razón social", "Nombre o razón social", "Nombre fiscal"], .column("name")),
            noted("Uso CFDI", "Uso de CFDI"), noted("Régimen fiscal"), noted("Cuenta contable"), noted("IBAN"),
            noted("SWIFT", "BIC"), noted("Forma de pago"), noted("Método de pago"), noted("Vencimiento (días)"),
            noted("Días de crédito"), noted("Límite de crédito"),
        ],
        besides: [("Nº", "NIF", .column("external_id"))]
    )

    private static let goods = HeaderTable(
        .product,
        [
            (["Precio venta", "Precio de venta al público"], .column("price")),
            (["Identificador", "No. identificación"], .column("code")),
            (["taxes_id", "Customer Taxes", "Impuestos del cliente"], .column("taxes")),
            noted("Precio de compra", "Precio compra"), noted("Costo", "Costo unitario"),
            noted("Coste", "Coste unitario"), noted("Cost", "standard_price"), noted("Código de barras"),
            noted("Barcode", "EAN", "UPC"), noted("Clave producto SAT", "Clave SAT", "ClaveProdServ"),
            noted("Clave unidad SAT", "ClaveUnidad"), noted("categ_id"),
        ],
        besides: [("type", "list_price", .unheld)]
    )

    private static func documents(_ module: ModuleName) -> HeaderTable {
        HeaderTable(
            module,
            [noted("NIF", "NIF/CIF", "CIF/NIF"), noted("RFC", "RFC receptor")],
            besides: taxAmounts
        )
    }

    /// The amount of a tax, which follows from the rate if there is a column for that.
    private static let taxAmounts: Besides =
        ["Cuota IVA", "Cuota de IVA", "Importe IVA", "Importe de IVA"].flatMap { amount in
            ["% IVA", "IVA %", "Tipo de IVA"].map { (name: amount, beside: $0, target: Target.cell("lines", .nothing)) }
        }

    private static func noted(_ names: String...) -> (names: [String], target: Target) {
        (names, .note(names[0]))
    }
}

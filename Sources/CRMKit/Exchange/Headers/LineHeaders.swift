extension HeaderTable {
    /// The short words above the lines of documents that offices make by hand, and the names that Odoo's lines have in an
    /// export of their own.
    static let documentLines = [ModuleName.quote, .salesOrder, .purchaseOrder].map { HeaderTable($0, lineWords) }

    private static let lineWords: [(names: [String], target: Target)] = [
        (["Cant.", "Ctd.", "Cdad.", "Qty", "Uds.", "product_uom_qty", "product_qty"], .column("line.quantity")),
        (
            [
                "P.U.", "PU", "P/U", "P. unitario", "P. unit.", "Precio unit.", "Precio u.",
                "price_unit",
            ],
            .column("line.unit_price")
        ),
        (["Dto.", "Dcto.", "Dscto.", "Disc."], .column("line.discount")),
        (
            ["% Dto.", "Dto. %", "Dto. (%)", "% Desc.", "Desc. %", "% Descuento", "Descuento %", "Disc. %"],
            .column("line.discount_percent")
        ),
        (["U.M.", "UdM", "Ud.", "product_uom", "product_uom_id"], .column("line.unit")),
        (["product_id"], .cell("lines", .record(["product", "service"], by: ["code", "name"], orText: "text"))),
        (["tax_id", "taxes_id", "tax_ids"], .cell("lines", .taxes(of: "taxes", kind: nil))),
        (["qty_delivered"], .column("line.delivered")), (["qty_received"], .column("line.received")),
        (["qty_invoiced"], .column("line.invoiced")),
        (["price_subtotal", "price_tax", "price_total"], .cell("lines", .nothing)),
    ]
}

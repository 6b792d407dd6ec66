extension HeaderTable {
    /// The columns of Mexican invoices. Each invoice becomes a purchase order. The names are those of
    /// ``InvoiceColumn``.
    static let cfdi = [
        HeaderTable(
            .purchaseOrder,
            [
                column(.uuid, "external_id"), column(.subject, "subject"), column(.taxID, "supplier.tax_id"),
                column(.issuer, "supplier_name"), column(.number, "invoice_number"), column(.day, "invoice_date"),
                column(.currency, "currency"), column(.adjustment, "adjustment"),
                // The code of an article that is not here stays with the line.
                ([InvoiceColumn.code.rawValue], .cell("lines", .record(["product"], by: ["code"], orText: "comment"))),
                column(.text, "line.text"), column(.quantity, "line.quantity"), column(.unit, "line.unit"),
                column(.price, "line.unit_price"), column(.discount, "line.discount_amount"),
                column(.taxes, "line.taxes"),
            ]
        )
    ]

    private static func column(_ column: InvoiceColumn, _ name: String) -> (names: [String], target: Target) {
        ([column.rawValue], .column(name))
    }
}

extension Module {
    /// Whether the records of the module can be imported from invoices.
    public var takesInvoices: Bool { HeaderTable.cfdi.contains { $0.module == name } }
}

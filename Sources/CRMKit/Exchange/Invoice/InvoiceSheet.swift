/// An invoice as a table: a row for each line, with the columns of the document in the first row.
struct InvoiceSheet {
    let invoice: Invoice
    let amounts: InvoiceAmounts
    /// The ISO 4217 code of the invoice's currency.
    let currency: String

    /// Returns the line number in the input at which the line of a row begins.
    func line(at row: Int) -> Int { amounts.lines[row].position.line }

    /// Returns the text of a cell; `nil` when it is empty.
    func text(of column: InvoiceColumn, at row: Int) -> String? {
        if column.isOfDocument { return row == 0 || column == .uuid ? documentText(of: column) : nil }
        return lineText(of: column, amounts.lines[row])
    }

    private func documentText(of column: InvoiceColumn) -> String? {
        switch column {
        case .uuid: invoice.uuid
        case .subject: "Factura \(invoice.number ?? String(invoice.uuid.prefix(8)))"
        case .taxID: invoice.issuer.taxID
        case .issuer: invoice.issuer.name.isEmpty ? nil : invoice.issuer.name
        case .number: invoice.number
        case .day: invoice.day
        case .currency: currency
        case .adjustment: money(amounts.adjustment)
        case .code, .text, .quantity, .unit, .price, .discount, .taxes: nil
        }
    }

    private func lineText(of column: InvoiceColumn, _ line: InvoiceAmounts.Line) -> String? {
        switch column {
        case .code: line.source?.code
        case .text: line.text
        case .quantity: ScaledDecimal(units: line.quantity, scale: Invoice.scale).text()
        case .unit: line.source.map { InvoiceUnit.term($0.unitCode, $0.unit) }
        // With all its decimals it cannot be mistaken for a number with a grouping separator.
        case .price: ScaledDecimal(units: line.price, scale: Invoice.scale).text(minimumPlaces: Invoice.scale)
        case .discount: money(line.discount)
        case .taxes: line.taxes.map(\.text).joined(separator: ",")
        case .uuid, .subject, .taxID, .issuer, .number, .day, .currency, .adjustment: nil
        }
    }

    /// Returns the text of an amount; `nil` for zero.
    private func money(_ units: Int64) -> String? {
        units == 0 ? nil : Money.text(minorUnits: units, currency: currency)
    }
}

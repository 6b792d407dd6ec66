/// An invoice as a table: a row for each line, the columns of the document in the first of them.
struct InvoiceSheet {
    let invoice: Invoice
    let amounts: InvoiceAmounts
    /// The code of its currency.
    let currency: String

    /// The line of the input on which the line of a row begins.
    func line(at row: Int) -> Int { source(of: amounts.lines[row]).position.line }

    private func source(of line: InvoiceAmounts.Line) -> Invoice.Line { invoice.lines[line.source] }

    /// What a cell holds; `nil` for nothing.
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
        let source = source(of: line)
        // What is taxed by a quota has a text of its own.
        let isOwn = line.text == source.text
        return switch column {
        case .code: isOwn ? source.code : nil
        case .text: line.text
        case .quantity: ScaledDecimal(units: line.quantity, scale: Invoice.scale).text()
        case .unit: isOwn ? InvoiceUnit.term(source.unitCode, source.unit) : nil
        case .price: Money.text(minorUnits: line.price, currency: currency)
        case .discount: money(line.discount)
        case .taxes: line.taxes.map(\.text).joined(separator: ",")
        case .uuid, .subject, .taxID, .issuer, .number, .day, .currency, .adjustment: nil
        }
    }

    /// An amount that is left out where it is zero.
    private func money(_ units: Int64) -> String? {
        units == 0 ? nil : Money.text(minorUnits: units, currency: currency)
    }
}

import Localization

/// An invoice in the units in which documents are counted here, so that its lines and its total come to what it says.
///
/// Amounts are counted to the minor unit. Where a price has more decimals than that, it is rounded up, and the discount of
/// its line makes up for it. What no rate tells, such as a quota for each litre, is a line of its own. What the total still
/// differs by is adjusted.
struct InvoiceAmounts {
    /// A line as it is stored.
    struct Line {
        /// Of the invoice, by its place.
        let source: Int
        let text: String
        let quantity: Int64
        let price: Int64
        let discount: Int64
        let taxes: [Tax]
    }

    private(set) var lines: [Line] = []
    /// What the total of the invoice is more than that of its lines and their taxes.
    private(set) var adjustment: Int64 = 0
    /// How many prices were rounded.
    private(set) var roundedPrices = 0

    private let divisor: Int128

    /// - Parameter exponent: of the invoice's currency.
    /// - Throws: ``ValueError`` where an amount is too large.
    init(_ invoice: Invoice, exponent: Int) throws(ValueError) {
        divisor = Int128(Int64.powerOfTen(Invoice.scale - exponent))
        var totals = DocumentTotals()
        for (index, line) in invoice.lines.enumerated() {
            for line in try stored(line, at: index) {
                let net = try DocumentTotals.net(
                    quantity: line.quantity,
                    price: line.price,
                    percent: 0,
                    amount: line.discount
                )
                totals.add(net, taxes: line.taxes.isEmpty ? .null : StoredList(line.taxes).stored)
                lines.append(line)
            }
        }
        let total = try totals.amounts(DocumentTotals.Terms()).total
        adjustment = minor(Int128(invoice.total.units)) - total
    }

    private mutating func stored(_ line: Invoice.Line, at index: Int) throws(ValueError) -> [Line] {
        let net = minor(Int128(line.amount.units) - Int128(line.discount.units))
        let (whole, rest) = Int128(line.price.units).quotientAndRemainder(dividingBy: divisor)
        if rest != 0 { roundedPrices += 1 }
        let price = Int64(rest > 0 ? whole + 1 : whole)
        let quantity = line.quantity.units
        let gross = try DocumentTotals.net(quantity: quantity, price: price, percent: 0, amount: 0)
        let (rates, quotas) = taxes(of: line)
        let main = Line(
            source: index,
            text: line.text,
            quantity: quantity,
            price: price,
            discount: gross - net,
            taxes: rates
        )
        return [main]
            + quotas.map { quota in
                Line(
                    source: index,
                    text: Self.name(of: quota),
                    quantity: Self.one,
                    price: minor(Int128(quota.amount.units)),
                    discount: 0,
                    taxes: []
                )
            }
    }

    /// The taxes of a line by their rates, and those that no rate tells of what is stored.
    private func taxes(of line: Invoice.Line) -> (rates: [Tax], quotas: [Invoice.LineTax]) {
        var rates: [Tax] = []
        var quotas: [Invoice.LineTax] = []
        for tax in line.taxes {
            if let rate = Self.tax(tax), !isOutsideBase(tax, of: line), !rates.contains(where: rate.excludes) {
                if !rates.contains(rate) { rates.append(rate) }
            } else if tax.factor != .exempt, !tax.isWithheld {
                quotas.append(tax)
            }
        }
        return (rates, quotas)
    }

    private static func tax(_ tax: Invoice.LineTax) -> Tax? {
        // A rate of 0.16 has the digits of 16 %.
        switch (tax.code, tax.factor, tax.isWithheld) {
        case ("002", .exempt, false): Tax(.exempt)
        case ("002", .rate, false): Tax(.vat, rate: tax.rate.units)
        case ("003", .rate, false): Tax(.excise, rate: tax.rate.units)
        case ("001", .rate, true): Tax(.withheldIncome, rate: tax.rate.units)
        case ("002", .rate, true): Tax(.withheldVAT, rate: tax.rate.units)
        default: nil
        }
    }

    /// Whether value-added tax is not taken of an excise, as it is of those that are counted by their rates.
    private func isOutsideBase(_ tax: Invoice.LineTax, of line: Invoice.Line) -> Bool {
        guard tax.code == "003", !tax.isWithheld,
            let vat = line.taxes.first(where: { $0.code == "002" && !$0.isWithheld && $0.factor == .rate }),
            vat.rate.units != 0
        else { return false }
        let net = Int128(line.amount.units) - Int128(line.discount.units)
        return Int128(vat.base.units) - net < Int128(tax.amount.units) / 2
    }

    private static func name(of quota: Invoice.LineTax) -> String {
        switch quota.code {
        case "001": "ISR"
        case "002": "IVA"
        case "003": "IEPS"
        default: quota.code
        }
    }

    /// One, with the digits of a quantity.
    private static let one: Int64 = 1_000_000

    /// A number of the invoice in minor units of its currency.
    private func minor(_ units: Int128) -> Int64 { Int64(units.rounded(over: divisor)) }
}

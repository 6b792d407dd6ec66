import Formats
import Localization

/// The amounts of an invoice in the units of this program, such that its lines add up to its total.
///
/// Amounts are rounded to the minor unit, while prices have all their decimals. A tax that cannot be expressed by a
/// rate or a quota becomes a line of its own, and so does a local tax. The remaining difference from the total is the
/// adjustment.
struct InvoiceAmounts {
    /// A line in the form in which it is stored.
    struct Line {
        /// The position in the invoice at which the line begins.
        let position: TextPosition
        /// The line of the invoice; `nil` for a tax that became a line.
        let source: Invoice.Line?
        let text: String
        let quantity: Int64
        /// The unit price, with the decimals of the invoice.
        let price: Int64
        let discount: Int64
        let taxes: [Tax]
    }

    private(set) var lines: [Line] = []
    /// The difference between the invoice's total and that of its lines and their taxes.
    private(set) var adjustment: Int64 = 0

    private let divisor: Int64

    /// - Parameter exponent: the number of decimals of the invoice's currency.
    /// - Throws: ``ValueError`` if an amount is too large.
    init(_ invoice: Invoice, exponent: Int) throws(ValueError) {
        divisor = Int64.powerOfTen(Invoice.scale - exponent)
        for line in invoice.lines { lines += try stored(line) }
        lines += invoice.localTaxes.map { tax in
            let rate = tax.rate.units == 0 ? "" : " \(tax.rate.text())%"
            return own(tax.name + rate, at: tax.position, amount: tax.amount, taxes: [])
        }
        var totals = DocumentTotals()
        for line in lines {
            let net = try DocumentTotals.net(
                quantity: line.quantity,
                price: DocumentTotals.Price(line.price, per: divisor),
                percent: 0,
                amount: line.discount
            )
            let taxes = line.taxes.isEmpty ? .null : StoredList(line.taxes).stored
            totals.add(net, quantity: line.quantity, taxes: taxes)
        }
        let total = try totals.amounts(DocumentTotals.Terms(exponent: exponent)).total
        adjustment = minor(Int128(invoice.total.units)) - total
    }

    private func stored(_ line: Invoice.Line) throws(ValueError) -> [Line] {
        let net = minor(Int128(line.amount.units) - Int128(line.discount.units))
        let price = DocumentTotals.Price(line.price.units, per: divisor)
        let gross = try DocumentTotals.net(quantity: line.quantity.units, price: price, percent: 0, amount: 0)
        let (rates, quotas) = taxes(of: line)
        let main = Line(
            position: line.position,
            source: line,
            text: line.text,
            quantity: line.quantity.units,
            price: line.price.units,
            // If the issuer rounded up, the difference is left to the adjustment, since a discount cannot be negative.
            discount: max(gross < 0 ? net - gross : gross - net, 0),
            taxes: rates
        )
        let onTop = rates.filter { $0.kind == .vat || $0.kind == .exempt }
        return [main]
            + quotas.map { quota in
                let isInBase = quota.code == "003" && !isOutsideBase(quota, of: line)
                return own(Self.name(of: quota), at: line.position, amount: quota.amount, taxes: isInBase ? onTop : [])
            }
    }

    /// Returns a tax as a line of its own.
    private func own(_ name: String, at position: TextPosition, amount: ScaledDecimal, taxes: [Tax]) -> Line {
        let amount = Int64(Int128(amount.units).rounded(over: Int128(divisor))) * divisor
        return Line(
            position: position,
            source: nil,
            text: name,
            quantity: Self.one,
            price: amount,
            discount: 0,
            taxes: taxes
        )
    }

    /// Returns the taxes of a line that can be stored by rate or quota, and those that cannot.
    private func taxes(of line: Invoice.Line) -> (rates: [Tax], quotas: [Invoice.LineTax]) {
        var rates: [Tax] = []
        var quotas: [Invoice.LineTax] = []
        for tax in line.taxes {
            if let rate = rate(of: tax, on: line), !isOutsideBase(tax, of: line), !rates.contains(where: rate.excludes)
            {
                if !rates.contains(rate) { rates.append(rate) }
            } else if tax.factor != .exempt, !tax.isWithheld {
                quotas.append(tax)
            }
        }
        return (rates, quotas)
    }

    /// Returns the tax with its rate, or with its quota for each unit of the line; `nil` if it can be stored in neither
    /// form.
    private func rate(of tax: Invoice.LineTax, on line: Invoice.Line) -> Tax? {
        guard tax.factor == .quota else { return Self.tax(tax) }
        let (rate, rest) = tax.rate.units.quotientAndRemainder(dividingBy: Self.rateDivisor)
        guard tax.code == "003", !tax.isWithheld, rest == 0, tax.base == line.quantity else { return nil }
        return Tax(.excisePerUnit, rate: rate)
    }

    /// The factor between the decimals of the invoice's quotas and those of stored rates.
    private static let rateDivisor = Int64.powerOfTen(Invoice.scale - Tax.digits)

    private static func tax(_ tax: Invoice.LineTax) -> Tax? {
        // A rate of 0.16 has the same digits as 16 %.
        switch (tax.code, tax.factor, tax.isWithheld) {
        case ("002", .exempt, false): Tax(.exempt)
        case ("002", .rate, false): Tax(.vat, rate: tax.rate.units)
        case ("003", .rate, false): Tax(.excise, rate: tax.rate.units)
        case ("001", .rate, true): Tax(.withheldIncome, rate: tax.rate.units)
        case ("002", .rate, true): Tax(.withheldVAT, rate: tax.rate.units)
        default: nil
        }
    }

    /// Whether an excise is not part of the base of the value-added tax. An excise stored by its rate always is.
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

    /// The quantity of one, with the decimals of quantities.
    private static let one: Int64 = 1_000_000

    /// Returns a number of the invoice in minor units of its currency.
    private func minor(_ units: Int128) -> Int64 { Int64(units.rounded(over: Int128(divisor))) }
}

import Formats

/// The amounts of an invoice in the units of this program, such that its lines add up to its total.
///
/// Amounts are rounded to the minor unit, while prices have all their decimals. A tax that cannot be expressed by a
/// rate or a quota becomes a line of its own, below zero if it is withheld, and so does a local tax, and a part of a line
/// that is taxed in another way than the rest. The remaining difference from the total is the adjustment.
struct InvoiceAmounts {
    /// A line in the form in which it is stored.
    struct Line {
        /// The position in the invoice at which the line begins.
        let position: TextPosition
        /// The line of the invoice; `nil` for a tax or a part of a line that became a line.
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

    /// The lines of the invoice with an amount below that of their quantity, price and discount, and the difference in
    /// minor units, which is stored as a discount.
    private(set) var unexplained: [(text: String, amount: Int64)] = []

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

    private mutating func stored(_ line: Invoice.Line) throws(ValueError) -> [Line] {
        let (pieces, quotas) = pieces(of: line)
        let onTop = (pieces.first?.taxes ?? []).filter { $0.kind.isValueAdded }
        return [try main(line, pieces)]
            + pieces.dropFirst().map { piece in
                let isTaxed = piece.taxes.contains { $0.kind.isValueAdded }
                let amount = ScaledDecimal(units: piece.net * divisor, scale: Invoice.scale)
                let text = isTaxed ? line.text : "\(line.text) (sin IVA)"
                return own(text, at: line.position, amount: amount, taxes: piece.taxes)
            }
            + quotas.map { quota in
                let isInBase = quota.code == "003" && !quota.isWithheld && !isOutsideBase(quota, of: line)
                return own(Self.name(of: quota), at: line.position, amount: quota.added, taxes: isInBase ? onTop : [])
            }
    }

    /// Returns the line with the article and its quantity: the first piece.
    private mutating func main(_ line: Invoice.Line, _ pieces: [InvoicePiece]) throws(ValueError) -> Line {
        let (quantity, stated) = (line.quantity.units, minor(Int128(line.discount.units)))
        let net = pieces.first?.net ?? 0
        var price = line.price.units
        var product = try gross(quantity, price)
        // Taxes are charged on the amount, from which an issuer may have rounded the price. A price that is too high
        // leaves a discount, and one that is too low is replaced, since a discount cannot be negative.
        if pieces.count > 1 || quantity != 0 && product < net + stated {
            price = try unitPrice(of: net + stated, quantity: quantity)
            product = try gross(quantity, price)
        }
        let discount = max(product < 0 ? net - product : product - net, 0)
        if price == line.price.units, pieces.count == 1, discount > stated + Self.mostRounded {
            unexplained.append((text: line.text, amount: discount - stated))
        }
        return Line(
            position: line.position,
            source: line,
            text: line.text,
            quantity: quantity,
            price: price,
            discount: discount,
            taxes: pieces.first?.taxes ?? []
        )
    }

    /// The most minor units by which the rounding of the issuer makes an amount differ.
    private static let mostRounded: Int64 = 1

    /// Returns the unit price at which a quantity comes to an amount, or to a little more if no price does.
    private func unitPrice(of amount: Int64, quantity: Int64) throws(ValueError) -> Int64 {
        guard quantity != 0 else { return 0 }
        let exact = Int128(amount) * Int128(divisor) * Int128(Self.one)
        let rounded = (quantity < 0 ? -exact : exact).rounded(over: Int128(quantity.magnitude))
        guard let price = Int64(exactly: rounded) else { throw DocumentTotals.tooLarge }
        return try gross(quantity, price).magnitude < amount.magnitude ? price + 1 : price
    }

    private func gross(_ quantity: Int64, _ price: Int64) throws(ValueError) -> Int64 {
        let price = DocumentTotals.Price(price, per: divisor)
        return try DocumentTotals.net(quantity: quantity, price: price, percent: 0, amount: 0)
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

    /// Returns the line divided by its taxes, and the taxes that can be stored neither by rate nor by quota.
    private func pieces(of line: Invoice.Line) -> (pieces: [InvoicePiece], quotas: [Invoice.LineTax]) {
        var rates: [InvoicePiece.Rate] = []
        var quotas: [Invoice.LineTax] = []
        for tax in line.taxes {
            if let rate = rate(of: tax, on: line), !isOutsideBase(tax, of: line) {
                rates.append((rate, tax))
            } else if tax.added.units != 0 {
                quotas.append(tax)
            }
        }
        let net = Int128(line.amount.units) - Int128(line.discount.units)
        if let pieces = InvoicePiece.pieces(of: net, by: rates, minorUnit: Int128(divisor)) { return (pieces, quotas) }
        // The value-added tax of the line. If several apply to all of it, the others become lines.
        var taxes: [Tax] = []
        for (rate, tax) in rates {
            if !taxes.contains(where: rate.excludes) {
                if !taxes.contains(rate) { taxes.append(rate) }
            } else if tax.added.units != 0 {
                quotas.append(tax)
            }
        }
        return ([InvoicePiece(net: minor(net), taxes: taxes)], quotas)
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
        let name =
            switch quota.code {
            case "001": "ISR"
            case "002": "IVA"
            case "003": "IEPS"
            default: quota.code
            }
        return quota.isWithheld ? "\(name) retenido" : name
    }

    /// The quantity of one, with the decimals of quantities.
    private static let one: Int64 = 1_000_000

    /// Returns a number of the invoice in minor units of its currency.
    private func minor(_ units: Int128) -> Int64 { Int64(units.rounded(over: Int128(divisor))) }
}

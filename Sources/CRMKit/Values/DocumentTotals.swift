import Localization

/// The amounts of a document with lines, counted exactly in the minor unit of its currency.
///
/// Rounding is half away from zero, once for each line and once for each rate of a tax. Amounts are split in
/// proportion, and the largest share takes the remainder. Nothing wraps: an amount of more than 15 digits is refused.
struct DocumentTotals {
    /// The price of one unit, as an exact fraction of minor units of the currency.
    struct Price {
        fileprivate let units: Int128
        fileprivate let parts: Int128

        /// - Parameter parts: the number of the units in one minor unit.
        init(_ units: Int64, per parts: Int64 = 1) { (self.units, self.parts) = (Int128(units), Int128(parts)) }
    }

    /// Returns the net amount of a line, less its discount, in minor units.
    ///
    /// - Parameters:
    ///   - quantity: the quantity, with six digits after the point.
    ///   - price: the price of one unit.
    ///   - percent: the discount in percent, with four digits after the point.
    ///   - amount: the discount as an amount, which also reduces the magnitude of a line of returned goods.
    static func net(quantity: Int64, price: Price, percent: Int64, amount: Int64) throws(ValueError) -> Int64 {
        // Each is at most 64 bits, so that the first product fits.
        let gross = Int128(quantity) * price.units
        let (taken, overflow) = gross.multipliedReportingOverflow(by: whole - Int128(percent))
        let signed = gross < 0 ? -Int128(amount) : Int128(amount)
        let (off, isTooMuch) = (signed * one).multipliedReportingOverflow(by: whole * price.parts)
        let (net, isBeyond) = taken.subtractingReportingOverflow(off)
        guard !overflow, !isTooMuch, !isBeyond else { throw tooLarge }
        return try stored(net.rounded(over: one * whole * price.parts))
    }

    /// The net amount and quantity of the lines with the same list of taxes, as that is stored.
    private struct Sum {
        let taxes: String
        var net: Int128
        var quantity: Int128
    }

    /// One for each list of taxes, which are few, in the order of their first lines.
    private var sums: [Sum] = []

    /// Adds a line to the totals.
    ///
    /// - Parameters:
    ///   - quantity: with six digits after the point.
    ///   - taxes: the list of the line's taxes as it is stored.
    mutating func add(_ net: Int64, quantity: Int64, taxes: Value) {
        let list = taxes.text ?? ""
        guard let place = sums.firstIndex(where: { $0.taxes == list }) else {
            sums.append(Sum(taxes: list, net: Int128(net), quantity: Int128(quantity)))
            return
        }
        sums[place].net += Int128(net)
        sums[place].quantity += Int128(quantity)
    }

    /// The further terms on which the amounts depend.
    struct Terms {
        /// The discount of the whole in percent, with four digits after the point.
        var discountPercent: Int64 = 0
        /// The discount of the whole as an amount, which also reduces the magnitude of a negative subtotal.
        var discountAmount: Int64 = 0
        /// The price of shipping.
        var shipping: Int64 = 0
        /// The taxes on shipping, as a stored list.
        var shippingTaxes: Value = .null
        /// An amount added at the end, or deducted when negative.
        var adjustment: Int64 = 0
        /// The number of digits of the currency's minor unit.
        var exponent = 2
    }

    /// The amounts.
    struct Amounts {
        /// The sum of the lines.
        let subtotal: Int64
        /// The amount of the discount on the whole.
        let discount: Int64
        /// The taxes on the lines, without those withheld.
        let tax: Int64
        /// The amount withheld by the payer, negative.
        let withheld: Int64
        /// The taxes on shipping, without those withheld.
        let shippingTax: Int64
        /// The total to pay: subtotal − discount + tax + shipping + shipping tax + withheld + adjustment.
        let total: Int64
        /// Each tax with its base and its amount, shipping included.
        let taxes: [(tax: Tax, base: Int64, amount: Int64)]
    }

    /// Computes the amounts of the document.
    ///
    /// The discount on the whole is split over the groups of lines with equal taxes, in proportion to their amounts. Where
    /// some are below zero each is reduced by the same percentage, or by the same part as the subtotal. What lines that come
    /// to nothing leave of an amount is not split.
    /// Shipping joins the group with its taxes. Excise is a percentage of that base or a fixed amount for each unit
    /// sold, and becomes part of the base of value-added tax.
    ///
    /// - Throws: ``ValueError`` when an amount is too large, or a list contains something other than taxes.
    func amounts(_ terms: Terms) throws(ValueError) -> Amounts {
        var groups: [Group] = []
        for sum in sums.count > 1 ? sums.sorted(by: { $0.taxes < $1.taxes }) : sums {
            groups.append(Group(taxes: try Self.taxes(of: sum.taxes), base: sum.net, quantity: sum.quantity))
        }
        for group in groups { _ = try Self.stored(group.base) }
        let subtotal = try Self.stored(groups.reduce(0) { $0 + $1.base })
        let amount = Int128(terms.discountAmount) * (subtotal < 0 ? -1 : 1)
        let discount = Self.share(terms.discountPercent, of: Int128(subtotal)) + amount
        let bases = groups.map(\.base)
        let shares = try Self.split(discount, over: bases) { place in
            let ofAmount = subtotal == 0 ? 0 : (amount * bases[place]).rounded(over: Int128(subtotal))
            return Self.share(terms.discountPercent, of: bases[place]) + ofAmount
        }
        for (index, share) in shares.enumerated() {
            groups[index].base = try Int128(Self.stored(groups[index].base - share))
        }
        let goods = try Self.taxes(on: groups, exponent: terms.exponent)
        let shippingTaxes = try Self.taxes(of: terms.shippingTaxes.text ?? "")
        if let index = groups.firstIndex(where: { $0.taxes == shippingTaxes }) {
            groups[index].base += Int128(terms.shipping)
        } else if terms.shipping != 0 {
            groups.append(Group(taxes: shippingTaxes, base: Int128(terms.shipping), quantity: 0))
        }
        let all = terms.shipping == 0 ? goods : try Self.taxes(on: groups, exponent: terms.exponent)
        let tax = Self.sum(goods, isWithheld: false)
        let withheld = Self.sum(all, isWithheld: true)
        let shippingTax = Self.sum(all, isWithheld: false) - tax
        let total =
            Int128(subtotal) - discount + tax + Int128(terms.shipping) + shippingTax + withheld
            + Int128(terms.adjustment)
        var taxes: [(tax: Tax, base: Int64, amount: Int64)] = []
        for entry in all { taxes.append((entry.tax, try Self.stored(entry.base), try Self.stored(entry.amount))) }
        return Amounts(
            subtotal: subtotal,
            discount: try Self.stored(discount),
            tax: try Self.stored(tax),
            withheld: try Self.stored(withheld),
            shippingTax: try Self.stored(shippingTax),
            total: try Self.stored(total),
            taxes: taxes
        )
    }

    // MARK: - Taxes

    /// The lines with the same taxes.
    private struct Group {
        let taxes: [Tax]
        var base: Int128
        let quantity: Int128
    }

    private typealias Entry = (tax: Tax, base: Int128, amount: Int128)

    private static func taxes(of list: String) throws(ValueError) -> [Tax] {
        if list.isEmpty { return [] }
        if let only = Tax(onlyOneOf: list) { return [only] }
        let list = StoredList(.text(list), of: .tax)
        if let text = list.unreadable.first {
            throw ValueError(
                en: "'\(text)' among the taxes is no tax",
                es: "«\(text)» entre los impuestos no es un impuesto"
            )
        }
        return list.taxes
    }

    /// Returns the base and the amount of each tax, in the order of taxes.
    private static func taxes(on groups: [Group], exponent: Int) throws(ValueError) -> [Entry] {
        var taxed = groups.map(\.base)
        var entries: [Entry] = []
        for tax in distinct(in: groups) {
            let (isBeforeVAT, isPerUnit) = (tax.kind.isBeforeVAT, tax.kind == .excisePerUnit)
            let isOfGoods = isBeforeVAT || tax.kind == .withheldIncome
            var (base, weight): (Int128, Int128) = (0, 0)
            for place in groups.indices where groups[place].taxes.contains(tax) {
                let own = isOfGoods ? groups[place].base : taxed[place]
                base += own
                weight += isPerUnit ? groups[place].quantity : own
            }
            base = try Int128(stored(base))
            let amount = try amount(of: tax, on: weight, exponent: exponent)
            if isBeforeVAT {
                let places = groups.indices.filter { groups[$0].taxes.contains(tax) }
                let weights = places.map { isPerUnit ? groups[$0].quantity : groups[$0].base }
                let shares = try split(amount, over: weights) { place throws(ValueError) in
                    try Self.amount(of: tax, on: weights[place], exponent: exponent)
                }
                for (place, share) in zip(places, shares) { taxed[place] += share }
            }
            entries.append((tax, base, tax.kind.isWithheld ? -amount : amount))
        }
        return entries
    }

    /// Returns the taxes of some groups, each once, in the order of taxes.
    private static func distinct(in groups: [Group]) -> [Tax] {
        // Most documents have one tax.
        if let only = groups.first?.taxes, groups.count == 1, only.count == 1 { return only }
        return Set(groups.flatMap(\.taxes)).sorted(by: <)
    }

    /// Returns the amount of a tax: a percentage of an amount, or a fixed amount for each unit.
    private static func amount(of tax: Tax, on base: Int128, exponent: Int) throws(ValueError) -> Int128 {
        guard tax.kind == .excisePerUnit else { return share(tax.rate, of: base) }
        let minor = Int128(Int64.powerOfTen(exponent))
        let (units, overflow) = base.multipliedReportingOverflow(by: Int128(tax.rate) * minor)
        guard !overflow else { throw tooLarge }
        return units.rounded(over: one * Int128(Int64.powerOfTen(Tax.digits)))
    }

    private static func sum(_ entries: [Entry], isWithheld: Bool) -> Int128 {
        entries.reduce(0) { $1.tax.kind.isWithheld == isWithheld ? $0 + $1.amount : $0 }
    }

    // MARK: - Numbers

    /// One, scaled as quantities are.
    private static let one: Int128 = 1_000_000
    /// A hundred percent, scaled as percentages are.
    private static let whole: Int128 = 1_000_000

    /// Returns a percentage of an amount.
    private static func share(_ percent: Int64, of amount: Int128) -> Int128 {
        (amount * Int128(percent)).rounded(over: whole)
    }

    /// Splits an amount in proportion to weights. The largest weight, or the first of several as large, gets what the
    /// others leave.
    ///
    /// Weights of both signs take from each other, down to an amount that is the rounding of next to nothing, and no
    /// proportion of it says anything: there each share is counted by itself.
    ///
    /// - Parameter own: returns the amount for one of the weights alone.
    private static func split(
        _ amount: Int128,
        over weights: [Int128],
        own: (Int) throws(ValueError) -> Int128
    ) throws(ValueError) -> [Int128] {
        if weights.count == 1 { return [amount] }
        guard let most = weights.map(\.magnitude).max(), let first = weights.firstIndex(where: { $0.magnitude == most })
        else { return [] }
        var shares = [Int128](repeating: 0, count: weights.count)
        let total = weights.reduce(0, +)
        let areOfBothSigns = total.magnitude != weights.reduce(0) { $0 + $1.magnitude }
        for place in weights.indices where place != first {
            shares[place] =
                areOfBothSigns ? try own(place) : total == 0 ? 0 : (amount * weights[place]).rounded(over: total)
        }
        shares[first] = amount - shares.reduce(0, +)
        return shares
    }

    /// Returns an amount as it can be stored.
    ///
    /// - Throws: ``ValueError`` for more than 15 digits.
    private static func stored(_ amount: Int128) throws(ValueError) -> Int64 {
        guard amount.magnitude <= Money.limit.magnitude else { throw tooLarge }
        return Int64(amount)
    }

    static let tooLarge = ValueError(
        en: "the amount is too large: at most 15 digits fit",
        es: "el importe es demasiado grande: caben 15 dígitos"
    )
}

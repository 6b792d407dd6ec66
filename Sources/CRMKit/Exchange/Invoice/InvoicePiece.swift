import Formats

/// A part of a line of an invoice that has the same taxes throughout.
///
/// An issuer states the base of each tax, which may be less than the line: the price of fuel includes an excise on
/// which no value-added tax is charged, and a package may be taxed at two rates.
struct InvoicePiece {
    /// A tax that can be stored, with the issuer's statement of it.
    typealias Rate = (tax: Tax, stated: Invoice.LineTax)

    /// The net amount in minor units.
    let net: Int64
    let taxes: [Tax]

    /// Returns a line divided by the bases of its taxes, at least one piece.
    ///
    /// The bases of different value-added taxes follow each other, the highest rate first; those of other taxes begin
    /// with the line. Amounts have the decimals of the invoice.
    ///
    /// - Parameters:
    ///   - net: the amount of the line less its discount.
    ///   - minorUnit: the currency's minor unit.
    /// - Returns: `nil` if the bases of the value-added taxes exceed the line.
    static func pieces(of net: Int128, by rates: [Rate], minorUnit: Int128) -> [InvoicePiece]? {
        let tolerance = mostRounded * minorUnit
        var ranges: [(tax: Tax, range: Range<Int128>)] = []
        let vats = valueAdded(rates)
        var start: Int128 = 0
        for (tax, base) in vats {
            let isWhole = vats.count == 1 && (base >= net - tolerance || base <= tolerance)
            let end = isWhole ? net : start + base
            guard isWhole || end <= net + tolerance else { return nil }
            // Beside others, a tax without a base says nothing.
            if vats.count > 1, base <= 0 { continue }
            ranges.append((tax, start..<max(start, net - end <= tolerance ? net : end)))
            start = ranges.last?.range.upperBound ?? end
        }
        for (tax, stated) in rates where !tax.kind.isValueAdded {
            let base = Int128(stated.base.units)
            let isWhole = base >= net - tolerance || base <= tolerance || tax.kind == .excisePerUnit
            // A tax withheld of a part has the base of the tax that is charged on it.
            let equal = ranges.first { abs($0.range.upperBound - $0.range.lowerBound - base) <= tolerance }
            ranges.append((tax, (isWhole ? nil : equal?.range) ?? 0..<max(isWhole ? net : base, 0)))
        }
        return divided(net, by: ranges, in: rates.map(\.tax), minorUnit: minorUnit)
    }

    /// The most minor units that the issuer's rounding of a base explains.
    private static let mostRounded: Int128 = 2

    /// Returns the value-added taxes with their bases, the highest rate first and an exemption last.
    private static func valueAdded(_ rates: [Rate]) -> [(tax: Tax, base: Int128)] {
        var vats: [(tax: Tax, base: Int128)] = []
        for (tax, stated) in rates where tax.kind.isValueAdded {
            let base = Int128(stated.base.units)
            if let index = vats.firstIndex(where: { $0.tax == tax }) {
                vats[index].base += base
            } else {
                vats.append((tax, base))
            }
        }
        return vats.sorted { ($0.tax.kind == .exempt ? -1 : $0.tax.rate) > ($1.tax.kind == .exempt ? -1 : $1.tax.rate) }
    }

    private static func divided(
        _ net: Int128,
        by ranges: [(tax: Tax, range: Range<Int128>)],
        in order: [Tax],
        minorUnit: Int128
    ) -> [InvoicePiece] {
        let inner = Set(ranges.map(\.range.upperBound)).filter { $0 > 0 && $0 < net }
        var pieces: [InvoicePiece] = []
        var (start, sum): (Int128, Int64) = (0, 0)
        // The quantity of the line stays with its first piece, and with it a tax on each unit.
        for end in inner.sorted() + [net] {
            let upTo = Int64(end.rounded(over: minorUnit))
            let isFirst = pieces.isEmpty
            let taxes = ranges.filter { tax, range in
                range.isEmpty ? isFirst : range.contains(start) && (isFirst || tax.kind != .excisePerUnit)
            }
            let own = order.filter { tax in taxes.contains { $0.tax == tax } }.uniqued
            pieces.append(InvoicePiece(net: upTo - sum, taxes: own))
            (start, sum) = (end, upTo)
        }
        return pieces
    }
}

/// The amounts in a row of a table that determine the total of its line: a quantity and a price, a discount, and others
/// next to them.
struct LineAmounts {
    /// A column of discounts.
    struct Discount {
        let cell: Int
        /// Whether its numbers are percentages; `nil` if each cell may be either.
        let isPercent: Bool?
    }

    /// The column of quantities; without one, each quantity is one.
    let quantity: Int?
    /// The column of unit prices.
    let price: Int?
    private let discounts: [Discount]
    /// The columns of possible totals of a line.
    private let results: [Int]
    /// The columns of taxes, each with whether the tax is withheld.
    private let taxes: [Int: Bool]

    init(_ names: [String], quantity: Int?, price: Int?, discounts: [Discount], taxes: [Int: Bool]) {
        (self.quantity, self.price, self.discounts, self.taxes) = (quantity, price, discounts, taxes)
        let others = [quantity, price].compactMap(\.self) + discounts.map(\.cell) + taxes.keys
        results = names.indices.filter { index in
            !others.contains(index) && Self.words(of: names[index]).contains(where: Self.isOfAmounts)
        }
    }

    /// The last column of discounts.
    var lastCell: Int { discounts.map(\.cell).max() ?? 0 }

    /// The words of a header, folded.
    static func words(of name: String) -> [Substring] {
        ImportHeader.folded(name).split { !$0.isLetter && !$0.isNumber }
    }

    private static func isOfAmounts(_ word: Substring) -> Bool {
        [
            "subtotal", "total", "importe", "monto", "amount", "base", "neto", "net", "untaxed", "precio", "price",
            "pvp", "bruto", "gross",
        ].contains(word)
    }

    /// The tolerance in comparing amounts, since they are rounded to cents.
    static let cent = 0.011

    /// Returns the number in a cell; `nil` if there is none.
    static func number(_ text: String?, _ cells: CellRules) -> Double? {
        guard let text, TotalRow.isAmount(text) else { return nil }
        do throws(ValueError) {
            return RunningSums.number(try cells.canonical(text.filter { $0 != "%" }, for: .money))
        } catch {
            // A malformed number is no evidence. It is reported with its own column.
            return nil
        }
    }

    /// Returns the total of a line before its discount.
    private func gross(_ row: InputRow, _ cells: CellRules) -> Double? {
        guard let each = price.flatMap({ Self.number(row.texts[$0], cells) }) else { return nil }
        guard let quantity, row.texts[quantity]?.isEmpty == false else { return each }
        return Self.number(row.texts[quantity], cells).map { $0 * each }
    }

    /// Returns the total of lines before their discounts; `nil` if it is not known for a row.
    func gross(_ rows: [InputRow], _ cells: CellRules) -> Double? {
        var sum = 0.0
        for row in rows {
            guard let gross = gross(row, cells) else { return nil }
            sum += gross
        }
        return sum
    }

    /// Returns the amounts that may be the base of taxes in a row: the total with or without the discount, and further
    /// amounts.
    func bases(of row: InputRow, _ cells: CellRules) -> [Double] {
        var bases = shown(in: row, cells)
        guard let gross = gross(row, cells) else { return bases.filter { $0 > 0 } }
        for discount in discounts {
            guard let text = row.texts[discount.cell], let off = Self.number(text, cells), off != 0 else { continue }
            if text.contains("%") || discount.isPercent != false { bases.append(gross * (1 - abs(off) / 100)) }
            if !text.contains("%"), discount.isPercent != true { bases.append(gross - abs(off)) }
        }
        return (bases + [gross]).filter { $0 > 0 }
    }

    /// Returns the amounts in a row other than the quantity, the discount and the taxes.
    func shown(in row: InputRow, _ cells: CellRules) -> [Double] {
        (results + [price].compactMap(\.self)).compactMap { Self.number(row.texts[$0], cells) }
    }

    /// Returns the total of a line that is certain without a comparison with further amounts: with the discount as
    /// written.
    func net(of texts: [String?], _ number: (String) -> Double?) -> Double? {
        guard let each = price.flatMap({ texts[$0] }).flatMap(number) else { return nil }
        var net = each
        if let quantity, let text = texts[quantity], !text.isEmpty {
            guard let count = number(text) else { return nil }
            net *= count
        }
        for discount in discounts {
            guard let text = texts[discount.cell], !text.isEmpty else { continue }
            guard let off = number(text), discount.isPercent != nil || text.contains("%") || off == 0 else {
                return nil
            }
            net = text.contains("%") || discount.isPercent == true ? net * (1 - abs(off) / 100) : net - abs(off)
        }
        return net
    }

    /// Returns the discount of a row as a percentage if further amounts show that it is not an amount: 10 next to 200
    /// and 180.
    ///
    /// - Returns: `nil` for a discount that is used as it is.
    func percentage(at cell: Int, of row: InputRow, _ cells: CellRules) -> String? {
        guard let discount = discounts.first(where: { $0.cell == cell }), discount.isPercent == nil,
            let text = row.texts[cell], TotalRow.isAmount(text), !text.contains("%"),
            !text.contains(where: \.isCurrencySymbol), let off = Self.number(text, cells), off > 0, off <= 100,
            let gross = gross(row, cells)
        else { return nil }
        let (less, part) = (gross - off, gross * (1 - off / 100))
        let results = results.compactMap { Self.number(row.texts[$0], cells) }
        func isShown(_ net: Double) -> Bool {
            let all = [net] + taxed(net, in: row, cells)
            return results.contains { result in all.contains { abs(result - $0) < Self.cent } }
        }
        return abs(less - part) > Self.cent && isShown(part) && !isShown(less) ? "\(text.trimmed)%" : nil
    }

    /// Returns what an amount becomes with the taxes of a row, taken as rates or as amounts.
    private func taxed(_ net: Double, in row: InputRow, _ cells: CellRules) -> [Double] {
        var (rates, amounts) = (0.0, 0.0)
        for (cell, isWithheld) in taxes {
            guard let tax = Self.number(row.texts[cell], cells) else { continue }
            let sign = isWithheld ? -1.0 : 1.0
            (rates, amounts) = (rates + sign * abs(tax), amounts + sign * abs(tax))
        }
        return [net * (1 + rates / 100), net + amounts]
    }
}

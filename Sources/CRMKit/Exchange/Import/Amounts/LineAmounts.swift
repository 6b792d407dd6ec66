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
            !others.contains(index) && ImportHeader.words(of: names[index]).contains(where: Self.isOfAmounts)
        }
    }

    /// The last column of discounts.
    var lastCell: Int { discounts.map(\.cell).max() ?? 0 }

    private static func isOfAmounts(_ word: Substring) -> Bool {
        [
            "subtotal", "total", "importe", "monto", "amount", "base", "neto", "net", "untaxed", "precio", "price",
            "pvp", "bruto", "gross",
        ].contains(word)
    }

    /// The tolerance in comparing amounts, since they are rounded to cents.
    static let cent = 0.011

    /// Returns the total of a line before its discount.
    private func gross(_ numbers: CellNumbers) -> Double? {
        guard let each = price.flatMap({ numbers[$0] }) else { return nil }
        guard let quantity, numbers.row.texts[quantity]?.isEmpty == false else { return each }
        return numbers[quantity].map { $0 * each }
    }

    /// Returns the total of lines before their discounts; `nil` if it is not known for a row.
    func gross(_ rows: [InputRow], _ cells: CellRules) -> Double? {
        var sum = 0.0
        for row in rows {
            guard let gross = gross(CellNumbers(row, spelled: cells)) else { return nil }
            sum += gross
        }
        return sum
    }

    /// Returns the amounts that may be the base of taxes in a row: the total with or without the discount, and further
    /// amounts.
    func bases(in numbers: CellNumbers) -> [Double] {
        var bases = shown(in: numbers)
        guard let gross = gross(numbers) else { return bases.filter { $0 > 0 } }
        for discount in discounts {
            guard let text = numbers.row.texts[discount.cell], let off = numbers[discount.cell], off != 0 else {
                continue
            }
            if text.contains("%") || discount.isPercent != false { bases.append(gross * (1 - abs(off) / 100)) }
            if !text.contains("%"), discount.isPercent != true { bases.append(gross - abs(off)) }
        }
        return (bases + [gross]).filter { $0 > 0 }
    }

    /// Returns the amounts in a row other than the quantity, the discount and the taxes.
    func shown(in numbers: CellNumbers) -> [Double] {
        (results + [price].compactMap(\.self)).compactMap { numbers[$0] }
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
            !text.contains(where: \.isCurrencySymbol)
        else { return nil }
        let numbers = CellNumbers(row, spelled: cells)
        guard let off = numbers[cell], off > 0, off <= 100, let gross = gross(numbers) else { return nil }
        let (less, part) = (gross - off, gross * (1 - off / 100))
        let results = results.compactMap { numbers[$0] }
        func isShown(_ net: Double) -> Bool {
            let all = [net] + taxed(net, in: numbers)
            return results.contains { result in all.contains { abs(result - $0) < Self.cent } }
        }
        return abs(less - part) > Self.cent && isShown(part) && !isShown(less) ? "\(text.trimmed)%" : nil
    }

    /// Returns what an amount becomes with the taxes of a row, taken as rates or as amounts.
    private func taxed(_ net: Double, in numbers: CellNumbers) -> [Double] {
        var (rates, amounts) = (0.0, 0.0)
        for (cell, isWithheld) in taxes {
            guard let tax = numbers[cell] else { continue }
            let sign = isWithheld ? -1.0 : 1.0
            (rates, amounts) = (rates + sign * abs(tax), amounts + sign * abs(tax))
        }
        return [net * (1 + rates / 100), net + amounts]
    }
}

/// The numbers in the cells of a row.
struct CellNumbers {
    let row: InputRow
    private let cells: CellRules

    init(_ row: InputRow, spelled cells: CellRules) {
        self.row = row
        self.cells = cells
    }

    /// The number in a cell; `nil` if there is none.
    subscript(cell: Int) -> Double? {
        guard let text = row.texts[cell], TotalRow.isAmount(text) else { return nil }
        do throws(ValueError) {
            return RunningSums.number(try cells.canonical(text.filter { $0 != "%" }, for: .money))
        } catch {
            // A malformed number is no evidence. It is reported with its own column.
            return nil
        }
    }
}

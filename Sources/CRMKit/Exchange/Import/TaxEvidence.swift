import Localization

/// What shows in the rows of a table that a number under a header of taxes is no rate: the amounts beside it, as 160.00
/// between a subtotal of 1000 and a total of 1160.
struct TaxEvidence {
    /// The columns of taxes and of their rates.
    private let taxes: Set<Int>
    /// The columns that may have what a tax is taken of, and what it comes to with the tax.
    private let amounts: [Int]
    /// The columns whose product may be one of these.
    private let factors: (quantity: Int, price: Int)?

    /// - Parameters:
    ///   - taxes: the columns of taxes and of their rates.
    ///   - quantity: the column of quantities.
    ///   - price: the column of unit prices.
    /// - Returns: `nil` where no column is of taxes.
    init?(_ names: [String], taxes: Set<Int>, quantity: Int?, price: Int?) {
        if taxes.isEmpty { return nil }
        self.taxes = taxes
        amounts = names.indices.filter { index in
            !taxes.contains(index) && (index == price || Self.words(of: names[index]).contains(where: Self.isOfAmounts))
        }
        if let quantity, let price { factors = (quantity, price) } else { factors = nil }
    }

    /// Whether a header is that of a tax, whatever else it says.
    static func isOfTaxes(_ name: String) -> Bool {
        words(of: name).contains { ["iva", "vat", "tax", "taxes", "impuesto", "impuestos", "igic"].contains($0) }
    }

    private static func words(of name: String) -> [Substring] {
        ImportHeader.folded(name).split { !$0.isLetter && !$0.isNumber }
    }

    private static func isOfAmounts(_ word: Substring) -> Bool {
        [
            "subtotal", "total", "importe", "monto", "amount", "base", "neto", "net", "untaxed", "precio", "price",
            "pvp", "bruto", "gross",
        ].contains(word)
    }

    func isTax(_ cell: Int) -> Bool { taxes.contains(cell) }

    /// The rate that a cell of taxes means, with its sign, where it does not stand there: of an amount, and of a part of one.
    ///
    /// - Returns: `nil` for what is taken as it stands.
    /// - Throws: ``ValueError`` for an amount that no usual rate makes of what stands beside it.
    func rate(at cell: Int, of row: InputRow, spelled cells: CellRules) throws(ValueError) -> String? {
        guard taxes.contains(cell), let text = row.texts[cell], TotalRow.isAmount(text),
            !text.contains("%"), let tax = number(text, cells), tax > 0
        else { return nil }
        let shown = amounts.compactMap { row.texts[$0].flatMap { number($0, cells) } }
        var bases = shown
        if let (quantity, price) = factors, let count = row.texts[quantity].flatMap({ number($0, cells) }),
            let each = row.texts[price].flatMap({ number($0, cells) })
        {
            bases.append(count * each)
        }
        bases.removeAll { $0 <= 0 }
        func areBeside(_ part: (Double) -> Double) -> Double? {
            bases.first { base in shown.contains { abs(base + part(base) - $0) < Self.cent && part(base) > Self.cent } }
        }
        if areBeside({ $0 * tax / 100 }) != nil { return nil }
        if tax < 1, areBeside({ $0 * tax }) != nil { return Self.percent((tax * 10_000).rounded() / 100) }
        guard let base = areBeside({ _ in tax }) else {
            if text.contains(where: \.isCurrencySymbol) { throw Self.unclear(row.names[cell]) }
            return nil
        }
        // Rates are whole percents, or half ones.
        let rate = (tax / base * 200).rounded() / 2
        guard rate > 0, rate <= 100, abs(base * rate / 100 - tax) < Self.cent else {
            throw Self.unclear(row.names[cell])
        }
        return Self.percent(rate)
    }

    /// Amounts are rounded to cents.
    private static let cent = 0.011

    private func number(_ text: String, _ cells: CellRules) -> Double? {
        guard TotalRow.isAmount(text) else { return nil }
        do throws(ValueError) {
            return RunningSums.number(try cells.canonical(text, for: .money))
        } catch {
            // What no number is spelled like shows nothing; the column that holds it says so.
            return nil
        }
    }

    private static func percent(_ rate: Double) -> String {
        rate == rate.rounded() ? "\(Int(rate))%" : "\(rate)%"
    }

    private static func unclear(_ header: String) -> ValueError {
        ValueError(
            en: """
                looks like an amount, and a rate is meant: write it with its sign, as in 16%, or pass the column over with \
                --map '\(header)=-'
                """,
            es: """
                parece un importe, y aquí va una tasa: escribirla con su signo, como en 16%, u omitir la columna con \
                --map '\(header)=-'
                """
        )
    }
}

extension TaxEvidence {
    /// The evidence of a table of records.
    ///
    /// - Returns: `nil` where no column is of taxes.
    init?(_ headings: [Heading], _ columns: [ImportColumn], of module: Module) {
        func isField(_ column: ImportColumn, called key: String) -> Bool {
            switch column {
            case .field(let position): module.fields[position].key == key
            case .cell(let cell): cell.isField(called: key, of: module)
            default: false
            }
        }
        let taxes = columns.indices.filter { index in
            switch columns[index] {
            case .field(let position):
                let field = module.fields[position]
                return field.type == .list(.tax)
                    || field.type.isPercentage
                        && [field.label.en, headings[index].name].contains(where: Self.isOfTaxes)
            case .cell(let cell): return cell.part(of: module).map(cell.holdsTaxes) ?? false
            default: return false
            }
        }
        self.init(
            headings.map(\.name),
            taxes: Set(taxes),
            quantity: columns.firstIndex { isField($0, called: "quantity") },
            price: columns.firstIndex { isField($0, called: "unit_price") || isField($0, called: "price") }
        )
    }

    /// The evidence of a table of rows of a part.
    ///
    /// - Returns: `nil` where no column is of taxes.
    init?(_ names: [String], _ columns: [PartCell], of part: Part) {
        self.init(
            names,
            taxes: Set(columns.indices.filter { columns[$0].holdsTaxes(of: part) }),
            quantity: columns.firstIndex { $0.isField(called: "quantity", of: part) },
            price: columns.firstIndex { $0.isField(called: "unit_price", of: part) }
        )
    }
}

extension PartCell {
    /// Whether the column holds taxes of rows of a part.
    fileprivate func holdsTaxes(of part: Part) -> Bool {
        if case .taxes = meaning { true } else { type(in: part) == .list(.tax) }
    }

    func isField(called key: String, of part: Part) -> Bool {
        guard case .field(let word, nil) = meaning else { return false }
        return part.field(called: word, given: "")?.key == key
    }

    fileprivate func isField(called key: String, of module: Module) -> Bool {
        part(of: module).map { isField(called: key, of: $0) } ?? false
    }
}

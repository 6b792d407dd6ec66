/// Recognizes rows below the lines of a document that only state a sum or a tax: `Subtotal`, `IVA 16%`, `Total` without
/// a quantity, with an amount that follows from the lines above. Such a row may also be without words.
struct LineTotals {
    /// The kind of row that words suggest.
    private enum Sign {
        case total
        /// A tax that is added, or one that the payer withholds.
        case tax(isWithheld: Bool)
    }

    /// The columns with the description of a line.
    private let texts: [Int]
    private let quantity: Int?
    private let price: Int
    /// The columns with amounts, including the price.
    private let amounts: [Int]
    /// The sum of the lines above, by quantity and price; `nil` if one of them is not known.
    private var sum: Double? = 0
    /// The sums of the columns with amounts.
    private var sums: [Int: Double] = [:]
    /// The sum of the taxes in skipped rows.
    private var taxes = 0.0
    private var count = 0
    /// The sums of the documents before this one, without and with their taxes.
    private var earlier = (net: 0.0, gross: 0.0)

    /// - Parameters:
    ///   - texts: the columns with the description of a line.
    ///   - amounts: the columns with numbers, including those that are skipped.
    /// - Returns: `nil` if there are no columns with descriptions, or none with prices.
    init?(texts: [Int], quantity: Int?, price: Int?, amounts: [Int]) {
        guard !texts.isEmpty, let price else { return nil }
        self.texts = texts
        self.quantity = quantity
        self.price = price
        self.amounts = Set(amounts + [price]).subtracting([quantity].compactMap(\.self)).sorted()
    }

    /// Begins the lines of another document.
    mutating func begin() {
        let net = sum ?? sums.values.max() ?? 0
        earlier = (earlier.net + net, earlier.gross + net + taxes)
        (sum, sums, taxes, count) = (0, [:], 0, 0)
    }

    /// Adds a line.
    mutating func add(_ row: InputRow) {
        count += 1
        for place in amounts {
            if let number = number(row, place) { sums[place, default: 0] += number }
        }
        guard let price = number(row, price) else { return }
        let told = quantity.flatMap { row.texts[$0] } ?? ""
        guard let quantity = told.trimmed.isEmpty ? 1 : RunningSums.number(told) else { return sum = nil }
        sum = sum.map { $0 + quantity * price }
    }

    /// Examines a row that may state a sum or a tax. If it does, a tax is added to the taxes.
    ///
    /// - Returns: the kind of the row; `nil` for a line.
    mutating func pass(_ row: InputRow) -> PassedOverLines.Sum? {
        guard count > 0 else { return nil }
        let signs = signs(of: row)
        if signs.isEmpty { return nil }
        let told = amounts.filter { row.texts[$0]?.trimmed.isEmpty == false }
        guard !told.isEmpty else { return nil }
        let bases = Array(sums.values) + [sum].compactMap(\.self)
        for place in told {
            guard let amount = number(row, place) else { return nil }
            for sign in signs where isMade(amount, by: bases, sign) {
                guard case .tax(let isWithheld) = sign else { return .total }
                taxes += isWithheld ? -abs(amount) : abs(amount)
                return .tax
            }
        }
        return nil
    }

    private func isMade(_ amount: Double, by bases: [Double], _ sign: Sign) -> Bool {
        switch sign {
        case .total:
            bases.contains { base in
                [base, base + taxes, earlier.net + base, earlier.gross + base + taxes].contains { isNear(amount, $0) }
            }
        case .tax: bases.contains { isTax(abs(amount), of: $0) }
        }
    }

    /// Whether two amounts are equal up to the rounding of each line.
    private func isNear(_ one: Double, _ other: Double) -> Bool { abs(one - other) < 0.01 * Double(count) + 0.006 }

    /// Whether an amount is another one multiplied by a usual rate: whole or half percents, and the rates that payers
    /// withhold from fees and freight.
    private func isTax(_ tax: Double, of base: Double) -> Bool {
        guard base > 0, tax >= 0, tax < base else { return false }
        let rates = [(tax / base * 200).rounded() / 2, 10.6667, 10.67, 1.25, 5.2, 1.4]
        return rates.contains { isNear(tax, base * $0 / 100) }
    }

    private func number(_ row: InputRow, _ place: Int) -> Double? {
        guard let text = row.texts[place], TotalRow.isAmount(text) else { return nil }
        return RunningSums.number(text)
    }

    /// Returns the kinds of row that the words suggest; none for a line.
    private func signs(of row: InputRow) -> [Sign] {
        if let quantity, let text = row.texts[quantity]?.trimmed, !text.isEmpty { return [] }
        let told = texts.compactMap { row.texts[$0]?.trimmed }.filter { !$0.isEmpty }
        if told.isEmpty { return holdsOnlyAmounts(row) ? [.total] : [] }
        guard told.count == 1, told[0].utf8.count <= Self.longest else { return [] }
        let words = Self.words(of: told[0])
        let taxes = words.filter { Self.taxes.contains($0) || Self.withheld.contains($0) }
        let isTotal = words.contains(where: Self.totals.contains)
        guard words.allSatisfy({ taxes.contains($0) || Self.totals.contains($0) || Self.beside.contains($0) }) else {
            return []
        }
        return (taxes.isEmpty ? [] : [.tax(isWithheld: taxes.contains(where: Self.withheld.contains))])
            + (isTotal ? [.total] : [])
    }

    /// Whether a row below several lines has nothing but amounts.
    private func holdsOnlyAmounts(_ row: InputRow) -> Bool {
        count > 1 && row.texts.indices.allSatisfy { row.texts[$0]?.trimmed.isEmpty != false || amounts.contains($0) }
    }

    /// Returns the words of a text without numbers, numbers of documents, and conjunctions.
    private static func words(of text: String) -> [String] {
        let pieces = Fold.fold(text).split(separator: " ").filter { !isCode($0) }
        let words = pieces.flatMap { $0.split { !$0.isLetter && !$0.isNumber && $0 != "." } }
        return words.map { $0.filter { $0 != "." } }.filter { word in
            !word.isEmpty && !word.contains(where: \.isNumber) && !joints.contains(word)
        }
    }

    /// Whether a word is the number of a document: `Q-1`, `COT-2026-0001`.
    private static func isCode(_ word: Substring) -> Bool {
        word.contains("-") && word.contains(where: \.isNumber) && word.contains(where: \.isLetter)
    }

    private static let longest = 40
    private static let joints: Set<String> = [
        "de", "del", "of", "a", "con", "sin", "al", "la", "mxn", "usd", "eur", "mn", "el", "and", "y", "incl", "inc",
    ]
    private static let totals: Set<String> = [
        "total", "totales", "subtotal", "sub", "suma", "sum", "totals", "importe", "monto", "neto", "net", "base",
    ]
    private static let taxes: Set<String> = [
        "iva", "vat", "tax", "taxes", "impuesto", "impuestos", "ieps", "igic", "ipsi", "gst",
    ]
    private static let withheld = TaxHeader.withheld.union(["isr", "irpf"])
    /// The words that may accompany those for a sum or a tax.
    private static let beside: Set<String> = [
        "sales", "trasladado", "repercutido", "tasa", "cuota", "general", "gran", "grand", "pagar", "due", "amount",
        "imponible", "factura", "invoice", "cotizacion", "presupuesto", "quote", "pedido", "orden", "order", "compra",
        "folio",
    ]
}

extension LineTotals {
    /// - Returns: `nil` if the columns are not those of lines with prices.
    init?(_ columns: [PartCell?], of part: Part) {
        func places(_ isOne: (PartCell) -> Bool) -> [Int] {
            columns.indices.filter { index in columns[index].map(isOne) ?? false }
        }
        self.init(
            texts: places { $0.tellsWhatIsSold(in: part) },
            quantity: places { $0.isField(called: "quantity", of: part) }.first,
            price: places { $0.isField(called: "unit_price", of: part) }.first,
            amounts: places { $0.meaning == .nothing }
        )
    }
}

extension LineTotals {
    /// - Returns: `nil` if the rows have no lines with prices.
    init?(_ plan: RowPlan, of module: Module) {
        guard let part = module.parts.first(where: { $0.key == plan.part }) else { return nil }
        self.init(
            plan.columns.map { column in
                switch column {
                case .cell(let cell): cell
                case .ignored: PartCell(part: part.key, meaning: .nothing)
                default: nil
                }
            },
            of: part
        )
    }
}

extension PartCell {
    /// Whether the column describes in words what a line is about.
    fileprivate func tellsWhatIsSold(in part: Part) -> Bool {
        switch meaning {
        case .record: true
        case .field: isText(in: part) || type(in: part)?.target != nil
        case .position, .recordField, .taxes, .textOnly, .nothing: false
        }
    }
}

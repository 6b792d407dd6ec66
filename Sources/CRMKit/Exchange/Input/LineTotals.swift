/// By what a row below the lines of a document is known that only says what they come to: `Subtotal`, `IVA 16%`, `Total`
/// without a quantity, and an amount that the lines above make.
struct LineTotals {
    /// What a row that was passed over holds.
    enum Passed {
        case total, tax
    }

    /// What such a row says.
    private enum Sign {
        case total
        /// A tax that is added, or one that who pays keeps back.
        case tax(isWithheld: Bool)
    }

    /// The columns of what is sold.
    private let texts: [Int]
    private let quantity: Int?
    private let price: Int
    /// The columns of amounts of lines, with that of the price.
    private let amounts: [Int]
    /// What the lines above come to, by quantities and prices; `nil` once one of them cannot be told.
    private var sum: Double? = 0
    /// The same of the column of an amount.
    private var sums: [Int: Double] = [:]
    /// The taxes in rows that were passed over.
    private var taxes = 0.0
    private var count = 0
    /// What the documents before this one come to, without and with their taxes.
    private var earlier = (net: 0.0, gross: 0.0)

    /// - Parameters:
    ///   - texts: the columns of what is sold.
    ///   - amounts: the columns of numbers, and those that are passed over.
    /// - Returns: `nil` where no column is of texts, or of prices.
    init?(texts: [Int], quantity: Int?, price: Int?, amounts: [Int]) {
        guard !texts.isEmpty, let price else { return nil }
        self.texts = texts
        self.quantity = quantity
        self.price = price
        self.amounts = Set(amounts + [price]).subtracting([quantity].compactMap(\.self)).sorted()
    }

    /// Begins with the lines of another document.
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

    /// Takes a row that says what the lines above it come to; it then counts as one of the rows that do.
    ///
    /// - Returns: what the row holds; `nil` for one that is a line.
    mutating func pass(_ row: InputRow) -> Passed? {
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

    /// Amounts of lines are rounded each by itself.
    private func isNear(_ one: Double, _ other: Double) -> Bool { abs(one - other) < 0.01 * Double(count) + 0.006 }

    /// Whether an amount is some usual rate of another: whole percents or half ones, and what is withheld of fees and freight.
    private func isTax(_ tax: Double, of base: Double) -> Bool {
        guard base > 0, tax >= 0, tax < base else { return false }
        let rates = [(tax / base * 200).rounded() / 2, 10.6667, 10.67, 1.25, 5.2, 1.4]
        return rates.contains { isNear(tax, base * $0 / 100) }
    }

    private func number(_ row: InputRow, _ place: Int) -> Double? {
        guard let text = row.texts[place], TotalRow.isAmount(text) else { return nil }
        return RunningSums.number(text)
    }

    /// What a row may say, by its words; nothing for a line.
    private func signs(of row: InputRow) -> [Sign] {
        if let quantity, let text = row.texts[quantity]?.trimmed, !text.isEmpty { return [] }
        let told = texts.compactMap { row.texts[$0]?.trimmed }.filter { !$0.isEmpty }
        guard told.count == 1, told[0].utf8.count <= Self.longest else { return [] }
        let words = Self.words(of: told[0])
        let taxes = words.filter(Self.taxes.union(Self.withheld).contains)
        let isTotal = words.contains(where: Self.totals.contains)
        guard words.allSatisfy({ taxes.contains($0) || Self.totals.contains($0) || Self.beside.contains($0) }) else {
            return []
        }
        return (taxes.isEmpty ? [] : [.tax(isWithheld: taxes.contains(where: Self.withheld.contains))])
            + (isTotal ? [.total] : [])
    }

    /// The words of a text without its numbers and the codes of documents, and without those that join others.
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
        "iva", "vat", "tax", "taxes", "impuesto", "impuestos", "ieps", "igic", "gst",
    ]
    private static let withheld: Set<String> = [
        "isr", "irpf", "retencion", "retenciones", "ret", "retenido", "retenida", "withheld", "withholding",
    ]
    /// Words that stand beside those for a sum or a tax.
    private static let beside: Set<String> = [
        "sales", "trasladado", "repercutido", "tasa", "cuota", "general", "gran", "grand", "pagar", "due", "amount",
        "imponible", "factura", "invoice", "cotizacion", "presupuesto", "quote", "pedido", "orden", "order", "compra",
        "folio",
    ]
}

extension LineTotals {
    /// - Returns: `nil` where the columns are of no lines with prices.
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
    /// - Returns: `nil` where rows hold no lines with prices.
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
    /// Whether the column says in words what a line is of.
    fileprivate func tellsWhatIsSold(in part: Part) -> Bool {
        switch meaning {
        case .record: true
        case .field: isText(in: part) || type(in: part)?.target != nil
        case .position, .recordField, .taxes, .textOnly, .nothing: false
        }
    }
}

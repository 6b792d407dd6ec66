import Localization

/// The evidence in the rows of a table that a number under a tax header is not a rate: the amounts beside it, as 160.00
/// between a subtotal of 1000 and a total of 1160.
struct TaxEvidence {
    /// A tax in a cell of a row.
    private struct Told {
        let cell: Int
        let kind: Tax.Kind?
        let number: Double
        var isBeforeVAT: Bool { kind?.isBeforeVAT == true }
        var signed: Double { kind?.isWithheld == true ? -abs(number) : number }
    }

    /// The columns of taxes and of their rates, with the kind of tax if the column has only one.
    private let taxes: [Int: Tax.Kind?]
    private let amounts: LineAmounts
    /// The columns that contain amounts according to the first rows, each with the rate of these amounts.
    private let rates: [Int: Double]

    /// - Parameters:
    ///   - taxes: the columns of taxes and of their rates.
    ///   - sample: the first rows.
    /// - Returns: `nil` if no column contains taxes.
    private init?(_ taxes: [Int: Tax.Kind?], _ amounts: LineAmounts, sample: [[String]]) {
        if taxes.isEmpty { return nil }
        (self.taxes, self.amounts) = (taxes, amounts)
        var rates: [Int: Double] = [:]
        for (cell, kind) in taxes where kind?.isValueAdded ?? true {
            if let rate = Self.commonRate(in: cell, of: sample, amounts) { rates[cell] = rate }
        }
        self.rates = rates
    }

    func isTax(_ cell: Int) -> Bool { taxes[cell] != nil }

    /// Returns the rate by which all numbers of a column follow from the net amounts of their rows; `nil` if there is
    /// none. If such numbers differ they are amounts, since rates do not depend on prices.
    private static func commonRate(in cell: Int, of sample: [[String]], _ amounts: LineAmounts) -> Double? {
        var rate: Double?
        var numbers: Set<Double> = []
        var areRates = true
        for row in sample where cell < row.count && !row[cell].isEmpty {
            guard !row[cell].contains("%"), TotalRow.isAmount(row[cell]), let tax = RunningSums.number(row[cell]) else {
                return nil
            }
            if tax == 0 { continue }
            let texts = amounts.padded(row)
            guard let net = amounts.net(of: texts, RunningSums.number), net > 0,
                let part = usualRate(tax, of: net, .vat), rate ?? part == part
            else { return nil }
            rate = part
            numbers.insert(tax)
            areRates = areRates && usual.contains(tax) && ![".00", ",00"].contains(where: row[cell].trimmed.hasSuffix)
        }
        return numbers.count > (areRates ? 2 : 1) ? rate : nil
    }

    /// The rates of value-added tax in various countries.
    private static let usual: Set<Double> = [
        3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27,
    ]

    /// Returns the rate, with a percent sign, that a cell of taxes means if the cell contains an amount or a fraction
    /// of 1.
    ///
    /// - Returns: `nil` for a cell that is taken as it stands.
    /// - Throws: ``ValueError`` for an amount from which no usual rate follows.
    func rate(at cell: Int, of row: InputRow, spelled cells: CellRules) throws(ValueError) -> String? {
        guard let kind = taxes[cell], let text = row.texts[cell], !text.contains("%") else { return nil }
        let numbers = CellNumbers(row, spelled: cells)
        guard let number = numbers[cell], number > 0 || kind?.isWithheld == true && number != 0 else { return nil }
        let own = Told(cell: cell, kind: kind, number: number)
        // Taxes that are due before value-added tax are part of its base.
        let all = told(in: numbers).sorted { $0.isBeforeVAT && !$1.isBeforeVAT }
        let (bases, shown) = (amounts.bases(in: numbers), amounts.shown(in: numbers))
        func base(where part: (Double, [Told]) -> Double) -> (base: Double, told: [Told])? {
            for told in [[own], all] {
                let base = bases.first { base in
                    let tax = part(base, told)
                    return abs(tax) > LineAmounts.cent && shown.contains { abs(base + tax - $0) < LineAmounts.cent }
                }
                if let base { return (base, told) }
            }
            return nil
        }
        if base(where: { Self.sum(of: $1, on: $0, hundred: 100) }) != nil { return nil }
        if abs(number) < 1, base(where: { Self.sum(of: $1, on: $0, hundred: 1) }) != nil {
            return Self.percent((abs(number) * 10_000).rounded() / 100)
        }
        guard let (net, told) = base(where: { $1.reduce(0) { $0 + $1.signed } }) else {
            if let rate = rates[cell] { return Self.percent(rate) }
            if text.contains(where: \.isCurrencySymbol) { throw Self.unclear(row.names[cell]) }
            return nil
        }
        let before = told.filter { $0.isBeforeVAT && $0.cell != cell }.reduce(0) { $0 + $1.number }
        let taken = kind?.isValueAdded ?? true ? net + before : net
        guard let rate = Self.usualRate(abs(number), of: taken, kind) else { throw Self.unclear(row.names[cell]) }
        return Self.percent(rate)
    }

    private func told(in numbers: CellNumbers) -> [Told] {
        taxes.compactMap { cell, kind in numbers[cell].map { Told(cell: cell, kind: kind, number: $0) } }
    }

    /// Returns the sum of taxes that are stated as rates. Those due before value-added tax are part of its base.
    ///
    /// - Parameter hundred: the number that means the whole in these rates.
    private static func sum(of taxes: [Told], on base: Double, hundred: Double) -> Double {
        var (sum, before) = (0.0, 0.0)
        for tax in taxes {
            if tax.isBeforeVAT { before += base * tax.number / hundred }
            let taken = tax.kind?.isValueAdded ?? true ? base + before : base
            sum += taken * tax.signed / hundred
        }
        return sum
    }

    /// Returns the rate by which a tax follows from an amount: a multiple of one half percent, or one of a few others;
    /// `nil` if there is none.
    private static func usualRate(_ tax: Double, of base: Double, _ kind: Tax.Kind?) -> Double? {
        let odd = kind?.isValueAdded ?? true ? [] : [1.25, 10.6667, 5.3333, 5.2, 1.4, 0.62, 1.75]
        let half = (tax / base * 200).rounded() / 2
        return ([half] + odd).first { rate in
            rate > 0 && rate <= (kind == .excise ? 200 : 100) && abs(base * rate / 100 - tax) < LineAmounts.cent
        }
    }

    private static func percent(_ rate: Double) -> String {
        rate == rate.rounded() ? "\(Int(rate))%" : "\(rate)%"
    }

    private static func unclear(_ header: String) -> ValueError {
        let option = "--map \("\(header)=-".inShellQuotes)"
        return ValueError(
            en: """
                looks like an amount, and a rate is meant: write it with its sign, as in 16%, or pass the column over with \
                \(option)
                """,
            es: """
                parece un importe, y aquí va una tasa: escribirla con su signo, como en 16%, u omitir la columna con \
                \(option)
                """
        )
    }
}

extension TaxEvidence {
    /// Creates the evidence for a table of records.
    ///
    /// - Returns: `nil` if no column contains taxes.
    init?(
        _ headings: [Heading],
        _ columns: [ImportColumn],
        of module: Module,
        _ amounts: LineAmounts,
        sample: [[String]]
    ) {
        var taxes = PlacedCell.taxes(PlacedCell.all(columns, of: module))
        for case (let index, .field(let position)) in columns.enumerated() {
            let field = module.fields[position]
            let isOfTaxes =
                field.type == .list(.tax)
                || field.type.isPercentage
                    && [field.label.en, headings[index].name].contains(where: TaxHeader.isOfTaxes)
            if isOfTaxes { taxes[index] = .some(nil) }
        }
        self.init(taxes, amounts, sample: sample)
    }

    /// Creates the evidence for a table of rows of a part.
    ///
    /// - Returns: `nil` if no column contains taxes.
    init?(_ names: [String], _ columns: [PartCell], of part: Part) {
        let taxes = PlacedCell.taxes(PlacedCell.all(columns, of: part))
        self.init(taxes, LineAmounts(names, columns, of: part), sample: [])
    }
}

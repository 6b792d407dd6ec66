import Localization

/// The taxes in a cell of another program.
struct ForeignTaxes {
    /// The taxes, in order.
    let taxes: [Tax]
    /// The taxes in the form of a row's list.
    var text: String { taxes.map(\.text).joined(separator: ",") }

    /// Reads a rate, `16` or `16.000%`, where an empty one means no tax; otherwise names of taxes with rates, `IVA(16%)
    /// VENTAS, 10% WH`, `IVA 16% + IEPS 8%`.
    ///
    /// - Parameter kind: the kind of tax whose rate the text is; `nil` for a text that names the taxes itself.
    /// - Throws: ``ValueError`` for an invalid rate, a name without a rate, and a tax of another kind.
    init(_ text: String, of kind: Tax.Kind?) throws(ValueError) {
        guard let kind, !text.contains(where: \.isLetter) else {
            var taxes: [Tax] = []
            for name in ForeignList(Tax.listed(text)).elements {
                taxes.append(try Self.tax(called: name, in: kind).expected(as: kind))
            }
            self.taxes = taxes
            return
        }
        if !kind.mayBeBelowOne { try BareFraction.refuse(text) }
        let rate = try Tax(parsing: "\(kind.rawValue):\(Tax.listed(text))")
        taxes = rate.rate == 0 ? [] : [rate]
    }

    /// Reads taxes by names of Odoo's charts of accounts: `21% S,15% WHI`, `IVA(16%) VENTAS`.
    ///
    /// - Returns: `nil` for a text without such a name.
    init?(ofCharts text: String) throws(ValueError) {
        let names = Tax.listed(text).split(separator: ",").map { String($0).trimmed }
        guard names.contains(where: Self.isOfCharts) else { return nil }
        try self.init(text, of: nil)
    }

    /// Whether the rate in a name comes first or stands in brackets.
    private static func isOfCharts(_ name: String) -> Bool {
        guard name.contains("%"), name.contains(where: \.isLetter) else { return false }
        return name.contains("%)") || name.first.map { $0.isNumber || $0 == "-" } ?? false
    }

    private static func tax(called name: String, in column: Tax.Kind?) throws(ValueError) -> Tax {
        let fault: ValueError
        do {
            return try Tax(parsing: name)
        } catch {
            fault = error
        }
        let spelling = Choice.spelling(name)
        if ["exen", "exempt"].contains(where: { spelling.contains($0) }) { return Tax(.exempt) }
        guard let (text, isNegative) = rate(in: name) else { throw fault }
        let stated = try Tax(parsing: "\(Tax.Kind.vat.rawValue):\(text)")
        let words = spelling.split { !$0.isLetter }
        if isOfBuyer(spelling, words) { return Tax(.vat) }
        if let kind = addedKind(of: spelling, words) {
            guard !isNegative else { throw fault }
            return try Tax(parsing: "\(kind.rawValue):\(text)")
        }
        let isWithheld = isNegative || words.contains { $0 == "wh" || $0 == "whi" }
        guard isWithheld || ["isr", "irpf", "ret", "withh"].contains(where: { spelling.contains($0) }) else {
            return stated
        }
        let kind = try withheldKind(of: spelling, words, rate: stated.rate, in: column)
        return try Tax(parsing: "\(kind.rawValue):\(text)")
    }

    /// Whether the buyer owes the tax, not the seller, so that nothing is charged: `21% EU G`, `21% EX S`, `IVA 21%
    /// Inversión del sujeto pasivo`.
    private static func isOfBuyer(_ spelling: String, _ words: [Substring]) -> Bool {
        words == ["ex", "s"] || words.contains { ["eu", "rc", "isp"].contains($0) }
            || ["intracom", "intra com", "servicios extracom", "sujeto pasivo", "reverse charge"].contains {
                spelling.contains($0)
            }
    }

    /// Returns the kind of a tax that is charged and is no value-added tax; `nil` for any other.
    private static func addedKind(of spelling: String, _ words: [Substring]) -> Tax.Kind? {
        if spelling.contains("ieps") { return .excise }
        if spelling.contains("igic") { return .igic }
        if spelling.contains("ipsi") { return .ipsi }
        // Odoo's Spanish accounts call it `5.2% SE`.
        let isSurcharge = words == ["se"] || words.contains { ["re", "rec", "surcharge"].contains($0) }
        return isSurcharge || spelling.contains("recargo") ? .surcharge : nil
    }

    /// - Parameter column: the kind of tax of the column; `nil` for a column of all taxes.
    private static func withheldKind(
        of spelling: String,
        _ words: [Substring],
        rate: Int64,
        in column: Tax.Kind?
    ) throws(ValueError) -> Tax.Kind {
        func has(_ texts: String...) -> Bool { texts.contains { spelling.contains($0) } }
        if has("isr", "irpf") || words.contains("whi") { return .withheldIncome }
        if words.contains(where: { $0 == "vat" || $0.hasPrefix("iva") || $0.hasSuffix("iva") }) { return .withheldVAT }
        // Odoo's Mexican accounts have `10% WH L` for the value-added tax on leases, and `10% WH L I` for income tax.
        let isIncome = words.contains("i") || words.contains("rdc")
        if isIncome || has("arrend", "lease", "capital", "a cuenta", "income") { return .withheldIncome }
        if words.contains("l") { return .withheldVAT }
        if let column, column.isWithheld { return column }
        guard let kind = withheldInMexico[rate] else {
            throw ValueError(
                en: "does not say of what it is withheld: call it ISR or IVA, as in \"ISR 10% WH\"",
                es: "no dice de qué es la retención: llamarla ISR o IVA, como en «ISR 10% WH»"
            )
        }
        return kind
    }

    /// The kinds of taxes that Odoo's Mexican accounts identify by the withheld rate alone, `10% WH`: income tax on
    /// fees, rents and small taxpayers, value-added tax on freight and fees.
    private static let withheldInMexico: [Int64: Tax.Kind] = [
        100_000: .withheldIncome, 12_500: .withheldIncome, 40_000: .withheldVAT, 106_700: .withheldVAT,
        106_667: .withheldVAT, 106_666: .withheldVAT,
    ]

    /// Returns the number before a percent sign, with a decimal point and without its sign, and whether that is a minus
    /// sign; `nil` if there is none.
    private static func rate(in name: String) -> (text: String, isNegative: Bool)? {
        guard let end = name.firstIndex(of: "%") else { return nil }
        let before = name[..<end].reversed().drop { $0 == " " }
        let digits = before.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
        guard !digits.isEmpty else { return nil }
        // Behind a letter, as in `IVA-16%`, it is a hyphen.
        let rest = before.dropFirst(digits.count)
        let isNegative = rest.first == "-" && rest.dropFirst().first?.isLetter != true
        return (String(digits.reversed().map { $0 == "," ? "." : $0 }), isNegative)
    }
}

extension Tax {
    /// Returns the tax as one of the kind that its column states, which may say that value-added tax is withheld.
    ///
    /// - Throws: ``ValueError`` for a tax of another kind.
    fileprivate func expected(as kind: Kind?) throws(ValueError) -> Tax {
        guard let kind, self.kind != kind, self.kind != .exempt || kind != .vat else { return self }
        if self.kind == .vat, kind == .withheldVAT { return Tax(kind, rate: rate) }
        let (told, meant) = (self.kind.choice.label, kind.choice.label)
        throw ValueError(
            en: "is \(told.en), and the column has \(meant.en): give it a column of its own",
            es: "es \(told.es), y la columna contiene \(meant.es): darle una columna propia"
        )
    }
}

extension ForeignTaxes {
    /// Whether a text says in words that there is no value-added tax by law: `Exento`, `exento de IVA`, `VAT exempt`.
    static func isExemption(_ text: String) -> Bool {
        guard text.utf8.count < 40, text.utf8.contains(where: \.isLetter) else { return false }
        let words = Fold.fold(text).split { !$0.isLetter && !$0.isNumber }
        guard words.contains(where: { $0.hasPrefix("exent") || $0.hasPrefix("exempt") }) else { return false }
        return words.allSatisfy { word in
            word.hasPrefix("exen") || word.hasPrefix("exem") || TaxHeader.isOfTaxes(String(word))
                || ["de", "del", "from", "of", "por", "ley"].contains(word)
        }
    }
}

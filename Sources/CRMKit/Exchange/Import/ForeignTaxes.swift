import Localization

/// The taxes that a cell of another program names.
struct ForeignTaxes {
    /// The taxes, in order.
    let taxes: [Tax]

    /// Reads a rate, `16` or `16.000%`, of which none stands for no tax; else names with rates, `IVA(16%) VENTAS, 10% WH`.
    ///
    /// - Parameter kind: of which the cell is the rate.
    /// - Throws: ``ValueError`` for what is no rate, and for a name without one.
    init(_ text: String, of kind: Tax.Kind?) throws(ValueError) {
        guard let kind else {
            var taxes: [Tax] = []
            for name in ForeignList(text).elements { taxes.append(try Self.tax(called: name)) }
            self.taxes = taxes
            return
        }
        let rate = try Tax(parsing: "\(kind.rawValue):\(text)")
        taxes = rate.rate == 0 ? [] : [rate]
    }

    private static func tax(called name: String) throws(ValueError) -> Tax {
        let fault: ValueError
        do {
            return try Tax(parsing: name)
        } catch {
            fault = error
        }
        let kind = kind(of: Choice.spelling(name))
        if kind == .exempt { return Tax(.exempt) }
        guard let rate = rate(in: name) else { throw fault }
        return try Tax(parsing: "\(kind.rawValue):\(rate)")
    }

    private static func kind(of spelling: String) -> Tax.Kind {
        func has(_ words: String...) -> Bool { words.contains { spelling.contains($0) } }
        if has("exen", "exempt") { return .exempt }
        if has("ieps") { return .excise }
        if has("isr", "irpf") { return .withheldIncome }
        if has("ret", "withh") { return .withheldVAT }
        return .vat
    }

    /// The number before a percent sign, with a point before its decimals.
    private static func rate(in name: String) -> String? {
        guard let end = name.firstIndex(of: "%") else { return nil }
        let digits = name[..<end].reversed().drop { $0 == " " }.prefix {
            $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",")
        }
        let rate = String(digits.reversed()).map { $0 == "," ? "." : $0 }
        return rate.isEmpty ? nil : String(rate)
    }
}

/// Headers of amounts that also say their currency: `Valor (MXN)`, `Precio en USD`, `Monto $`.
extension ImportHeader {
    /// Returns the column of amounts with such a header; `nil` for any other one.
    func money(named header: String) -> ImportColumn? {
        guard let name = Self.withoutCurrency(header)?.name, case .field(let position)? = meaning(name),
            module.moneyPositions.contains(position)
        else { return nil }
        return .field(position)
    }

    /// Returns the currencies that headers of amounts say, by the indexes of their columns.
    func currencies(_ headings: [Heading], _ columns: [ImportColumn?]) -> [Int: String] {
        var currencies: [Int: String] = [:]
        for (index, heading) in headings.enumerated() where heading.name.utf8.count <= Self.longestWithCurrency {
            let name = Self.bare(heading.name)
            // Few headers end in a currency, and to look for the meaning of each costs much where each row has its own.
            guard let currency = Self.withoutCurrency(name)?.currency, !isMapped(heading), meaning(name) == nil,
                let column = money(named: name), columns[index] == column
            else { continue }
            currencies[index] = currency
        }
        return currencies
    }

    private static let longestWithCurrency = 60

    /// Returns a header without the sign or code of a currency at its end; `nil` if it has none.
    private static func withoutCurrency(_ header: String) -> (name: String, currency: String)? {
        let words = header.split(separator: " ")
        guard let last = words.last, header.utf8.count <= longestWithCurrency else { return nil }
        let word = String(last.filter { !"()[]".contains($0) })
        guard isCurrency(word) else { return nil }
        var rest = words.dropLast()
        if let joint = rest.last, ["en", "in"].contains(joint.lowercased()) { rest = rest.dropLast() }
        return rest.isEmpty ? nil : (rest.joined(separator: " "), word)
    }

    /// Whether a word is the code of a currency, in capitals, or means one.
    private static func isCurrency(_ word: String) -> Bool {
        if Currency(word) != nil { return true }
        do throws(ValueError) {
            return try CurrencyWords.code(of: word, assuming: "") != nil
        } catch {
            // It means one of several.
            return true
        }
    }

    /// Returns an amount with the currency of its column, unless it says one itself: `$` alone may be of several.
    static func amount(_ text: String, in currency: String) -> String {
        guard text.utf8.contains(where: \.isDigit) else { return text }
        let others = text.filter { character in
            !(character.isASCII && character.isNumber || character.isWhitespace || ".,'+-\u{2212}".contains(character))
        }
        return others.isEmpty || others == "$" ? "\(text) \(currency)" : text
    }
}

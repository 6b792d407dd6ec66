/// The kind of tax other than value-added tax that a header names. It applies to the whole column: `IRPF`, `Retención
/// de IVA`, `IEPS`.
enum TaxHeader {
    /// - Returns: `nil` for value-added tax, and for a header that says more, such as that of the amount of a tax.
    static func kind(_ header: String) -> Tax.Kind? {
        let words = ImportHeader.words(of: header).map(String.init).filter { !wordsOfRates.contains($0) }
        let name = words.filter { !withheld.contains($0) }.joined(separator: " ")
        guard name.utf8.count <= 25 else { return nil }
        let isWithheld = words.contains(where: withheld.contains)
        if ["isr", "irpf"].contains(name) { return .withheldIncome }
        if isWithheld { return ["income", "income tax"].contains(name) ? .withheldIncome : withheldVAT(name) }
        if ["ieps", "excise", "excise tax"].contains(name) { return .excise }
        if name == "igic" { return .igic }
        if name == "ipsi" { return .ipsi }
        return surcharges.contains(name) ? .surcharge : nil
    }

    /// Whether a header contains the name of a tax.
    static func isOfTaxes(_ name: String) -> Bool {
        ImportHeader.words(of: name).contains {
            ["iva", "vat", "tax", "taxes", "impuesto", "impuestos", "igic", "ipsi"].contains($0)
        }
    }

    private static func withheldVAT(_ name: String) -> Tax.Kind? {
        ["iva", "vat"].contains(name) ? .withheldVAT : nil
    }

    private static let surcharges: Set<String> = [
        "re", "recargo", "recargo equivalencia", "surcharge", "equivalence surcharge",
    ]

    /// Words for a tax that the payer withholds.
    static let withheld: Set<String> = [
        "ret", "retencion", "retenciones", "retenido", "retenida", "withheld", "withholding",
    ]

    /// Words that accompany the name of a tax above its rates.
    static let wordsOfRates: Set<String> = ["de", "del", "tasa", "tipo", "porcentaje", "rate", "percent", "of"]
}

extension Part {
    /// The field with the list of taxes of a row; `nil` if rows have none.
    var taxes: Field? { writableFields.first { $0.type == .list(.tax) } }
}

extension [FieldInput] {
    /// Returns the inputs of a row with those for its list of taxes combined into one: each column of a table may
    /// contain one tax.
    func joiningTaxes(of part: Part) -> [FieldInput] {
        let places = indices.filter { part.field(called: self[$0].field, given: "")?.type == .list(.tax) }
        guard let first = places.first, places.count > 1 else { return self }
        let texts = places.compactMap { self[$0].text }.filter { !$0.isEmpty }
        var joined = self
        joined[first] = FieldInput(self[first].field, .set(texts.joined(separator: ",")))
        for place in places.dropFirst().reversed() { joined.remove(at: place) }
        return joined
    }
}

extension ImportHeader {
    /// Sets the kind of tax of columns that the user has mapped to the taxes of rows, by their headers: a plain rate
    /// under `IRPF` is not one of value-added tax.
    func settleTaxes(_ columns: inout [ImportColumn?], _ headings: [Heading]) {
        for (index, heading) in headings.enumerated() where isMapped(heading) {
            guard case .cell(let cell)? = columns[index], case .field(let word, nil) = cell.meaning,
                let field = cell.part(of: module)?.field(called: word, given: ""), field.type == .list(.tax),
                let kind = TaxHeader.kind(heading.name)
            else { continue }
            columns[index] = .cell(PartCell(part: cell.part, meaning: .taxes(of: field.key, kind: kind)))
        }
    }
}

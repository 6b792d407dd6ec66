/// The kind of tax that a header names beside value-added tax, in which it is as each column of taxes is: `IRPF`, `Retención
/// de IVA`, `IEPS`.
enum TaxHeader {
    /// - Returns: `nil` for value-added tax, and for a header that says more, as of what a tax comes to.
    static func kind(_ header: String) -> Tax.Kind? {
        let words = ImportHeader.folded(header).split { !$0.isLetter && !$0.isNumber }.map(String.init)
            .filter { !beside.contains($0) }
        let name = words.filter { !withheld.contains($0) }.joined(separator: " ")
        guard name.utf8.count <= 25 else { return nil }
        let isWithheld = words.contains(where: withheld.contains)
        if ["isr", "irpf"].contains(name) { return .withheldIncome }
        if isWithheld { return ["income", "income tax"].contains(name) ? .withheldIncome : withheldVAT(name) }
        if ["ieps", "excise", "excise tax"].contains(name) { return .excise }
        return surcharges.contains(name) ? .surcharge : nil
    }

    private static func withheldVAT(_ name: String) -> Tax.Kind? {
        ["iva", "vat"].contains(name) ? .withheldVAT : nil
    }

    private static let surcharges: Set<String> = [
        "re", "recargo", "recargo equivalencia", "surcharge", "equivalence surcharge",
    ]

    /// Words by which a tax is one that who pays keeps back.
    private static let withheld: Set<String> = [
        "ret", "retencion", "retenciones", "retenido", "retenida", "withheld", "withholding",
    ]

    /// Words that stand beside the name of a tax above its rates.
    private static let beside: Set<String> = ["de", "del", "tasa", "tipo", "porcentaje", "rate", "percent", "of"]
}

extension Part {
    /// The list of the taxes of a row; `nil` where rows have none.
    var taxes: Field? { writableFields.first { $0.type == .list(.tax) } }
}

extension [FieldInput] {
    /// The inputs of a row with those for its list of taxes joined into one: each column of a table may have one tax.
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
    /// A column of a tax by its name that the user has mapped to the taxes of rows is of that tax still: a bare rate under
    /// `IRPF` is none of value-added tax.
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

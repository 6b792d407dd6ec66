/// A skipped column with amounts of a document, or of its lines, which the program computes itself.
struct ComputedColumn {
    /// What the amounts of a column are.
    enum Kind: Equatable {
        /// The total of a document, or in each row that of its line, as other programs call both.
        case total
        /// The total of a document, as this program calls it.
        case ownTotal
        /// What the lines come to before the taxes.
        case beforeTaxes
        /// What each line comes to before the taxes, as this program calls it.
        case net
        /// What a line comes to, with or without taxes.
        case amount
        /// The taxes, and the value added taxes among them.
        case taxes, valueAddedTaxes
        /// The discount.
        case discount
        /// The taxes on the shipping.
        case shippingTaxes
        /// The withheld taxes.
        case withheld
    }

    /// The index of the column.
    let cell: Int
    /// What its amounts are.
    let kind: Kind
}

/// Columns of amounts that the program computes itself.
extension ImportHeader {
    /// Returns the skipped columns with amounts of a document that follow from its lines.
    func totals(_ headings: [Heading], _ columns: [ImportColumn?]) -> [ComputedColumn] {
        guard let total = Self.total(of: module) else { return [] }
        let totals = Set((total.synonyms + Self.totals).map(Self.folded))
        let areOwn = headings.contains { heading in
            module.parts.contains { part in heading.name.hasPrefix("\(part.name).") }
        }
        return headings.indices.compactMap { index in
            let heading = headings[index]
            guard Self.isSkipped(columns[index]), !isMapped(heading) else { return nil }
            if totals.contains(Self.folded(heading.name)) {
                let isOwn = areOwn && heading.name == Self.total
                return ComputedColumn(cell: index, kind: isOwn ? .ownTotal : .total)
            }
            return kind(of: heading).map { ComputedColumn(cell: index, kind: $0) }
        }
    }

    private static func isSkipped(_ column: ImportColumn?) -> Bool {
        switch column {
        case nil, .ignored: true
        case .cell(let cell): cell.meaning == .nothing
        default: false
        }
    }

    /// Returns what the amounts under a heading are that is not called a total of all.
    private func kind(of heading: Heading) -> ComputedColumn.Kind? {
        if isOfNet(heading) { return .net }
        let name = Self.folded(heading.name)
        if let kind = Self.kinds[name] { return kind }
        return field(of: heading).flatMap { $0.traits.contains(.derived) ? Self.kindsByKey[$0.key] : nil }
    }

    /// Whether a heading is that of what a line comes to, as this program calls it: `line.net`.
    private func isOfNet(_ heading: Heading) -> Bool {
        module.parts.contains { part in
            part.field("net")?.isWritable == false && Self.folded(heading.name) == Self.folded("\(part.name).net")
        }
    }

    /// The field for the total of a document, which the program computes; `nil` for other modules.
    static func total(of module: Module) -> Field? {
        module.field(total).flatMap { $0.type == .money && $0.traits.contains(.derived) ? $0 : nil }
    }

    /// Whether a column of lines is called like a total of the document or of a line, both of which the program computes.
    static func isOfTotals(_ name: String) -> Bool {
        let folded = folded(name)
        return ([total] + totals + subtotals + amounts).contains { Self.folded($0) == folded }
    }

    /// The key of the field for the total, and its names in other tables.
    private static let total = "total"
    private static let totals = [
        "Importe total", "Monto total", "Total general", "Gran total", "Grand total", "Total con IVA", "Total amount",
        "Amount total", "Total (con IVA)", "Total a pagar",
    ]
    /// The names in other tables for the total before taxes.
    private static let subtotals = ["Subtotal", "Base imponible", "Untaxed amount"]
    /// The names in other tables for what a line comes to, and for the total before taxes, which vtiger gives with those
    /// of each line.
    private static let amounts = [
        "Sub total", "Importe", "Importe neto", "Neto", "Net", "Net amount", "Total neto", "Line total", "Total línea",
        "Total de línea", "Importe línea",
    ]
    /// The names in other tables for what the taxes come to, and for what the value added tax does.
    private static let taxTotals = [
        "Total impuestos", "Impuestos totales", "Importe impuestos", "Importe de impuestos", "Monto de impuestos",
        "Total tax", "Total taxes", "Tax amount", "Amount tax",
    ]
    private static let valueAddedTotals = [
        "Total IVA", "Total de IVA", "Total del IVA", "IVA total", "Importe IVA", "Importe de IVA", "Importe del IVA",
        "Monto IVA", "Monto de IVA", "Monto del IVA", "Cuota IVA", "Cuota de IVA", "Total VAT", "VAT total",
        "VAT amount",
    ]

    private static let namesByKind: [(names: [String], kind: ComputedColumn.Kind)] = [
        (subtotals, .beforeTaxes), (amounts, .amount), (taxTotals, .taxes), (valueAddedTotals, .valueAddedTaxes),
    ]

    private static let kinds: [String: ComputedColumn.Kind] = Dictionary(
        namesByKind.flatMap { names, kind in names.map { (ImportHeader.folded($0), kind) } },
        uniquingKeysWith: { first, _ in first }
    )

    private static let kindsByKey: [String: ComputedColumn.Kind] = [
        "subtotal": .beforeTaxes, "discount_total": .discount, "tax_total": .taxes, "shipping_tax": .shippingTaxes,
        "withheld_total": .withheld,
    ]
}

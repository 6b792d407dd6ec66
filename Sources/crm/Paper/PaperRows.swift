import CRMKit
import Formats

/// Reads the rows of a part of a document. They are read anew each time they are printed, since there may be many.
struct PaperRows {
    let store: Store
    let module: Module
    let id: Int64
    let part: Part
    let cell: PaperCell
    /// The columns of a row, as ``Store/list(_:of:in:columns:)`` takes them.
    private let columns: [String]
    /// The names in the template, as far as something has to be known for them.
    private let asksUnits: Bool

    /// - Parameter names: the names in the template. A path from a record to which a row refers, such as
    ///   `product.code`, is read together with the row.
    init(of part: Part, store: Store, module: Module, id: Int64, cell: PaperCell, for names: [Template.Name]) {
        (self.store, self.module, self.id, self.part, self.cell) = (store, module, id, part, cell)
        let paths = Self.paths(in: part, names)
        columns = paths.isEmpty ? [] : [Part.positionKey] + part.fields.map(\.key) + paths
        asksUnits = names.contains { $0.name == Self.units && $0.sections.contains(part.key) }
    }

    /// What a document says of its rows as a whole.
    struct Totals {
        /// The number of rows.
        var count = 0
        /// The number of rows with a discount.
        var discounted = 0
        /// Whether rows differ in their taxes.
        var taxesDiffer = false
    }

    /// Returns what the document says of all rows, with the rows, each with the values of its names.
    ///
    /// - Throws: ``CRMError`` of code `usage` for invalid paths.
    func rows() throws -> (totals: Totals, rows: Template.Rows) {
        let totals = try totals()
        let amounts = asksUnits && totals.count > 0 ? try taxedUnits() : nil
        let rows = try store.list(part, of: id, in: module, columns: columns)
        let first = try rows.next() ? try values(of: rows, totals, amounts) : nil
        return (
            totals,
            Template.Rows(first: first) { body in
                let rows = try store.list(part, of: id, in: module, columns: columns)
                while try rows.next() { try body(values(of: rows, totals, amounts)) }
            }
        )
    }

    /// The keys of a row's discounts.
    private static let discounts = ["discount_percent", "discount_amount"]

    private func totals() throws -> Totals {
        let taxes = part.fields.first { $0.type == .list(.tax) }?.key
        let keys = (Self.discounts + (taxes.map { [$0] } ?? [])).filter { part.field($0) != nil }
        let rows = try store.list(part, of: id, in: module, columns: [Part.positionKey] + keys)
        let discounts = Self.discounts.compactMap { rows.position(of: $0) }
        let place = taxes.flatMap { rows.position(of: $0) }
        var totals = Totals()
        var firstTaxes: String?
        while try rows.next() {
            totals.count += 1
            if discounts.contains(where: { rows.integer($0) != 0 }) { totals.discounted += 1 }
            guard let place, !totals.taxesDiffer else { continue }
            let taxes = rows.text(place)
            totals.taxesDiffer = taxes != firstTaxes ?? taxes
            firstTaxes = taxes
        }
        return totals
    }

    /// Returns the values of the names of one row.
    private func values(
        of row: Rows,
        _ totals: Totals,
        _ amounts: [Tax: Int64]?
    ) throws -> [String: Template.Value] {
        var values: [String: Template.Value] = [:]
        for column in row.columns {
            for (name, text) in try cell.names(of: column, in: row) { values[name] = .text(text) }
            if case .list(.tax) = column.kind {
                let taxes = totals.taxesDiffer ? row.text(column.position) : ""
                let names = taxes.isEmpty ? "" : cell.style.names(ofTaxes: taxes, currency: cell.currency)
                values["taxes.differing"] = .text(names)
            }
        }
        if let unit = try unit(in: row) { values["unit.words"] = .text(unit) }
        // An absolute discount has the sign of its line.
        if case .text(let discount)? = values["discount_amount"], !discount.isEmpty {
            let signed = isGivenBack(row) ? "\u{2212}\(discount)" : discount
            values["discount_amount"] = .text(signed)
            values["discount_amount" + PaperCell.off] = .text(PaperCell.off(signed, blank: " "))
        }
        if let amounts { values[Self.units] = .text(units(of: row, among: amounts)) }
        if values["text"] != nil { values["text.differing"] = .text(Self.differingText(in: values)) }
        return values
    }

    /// The name in templates for how many units a tax per unit is charged on.
    private static let units = "units"

    /// Returns how many units are sold with each tax per unit, with six digits after the point.
    private func taxedUnits() throws -> [Tax: Int64] {
        var units: [Tax: Int64] = [:]
        for part in module.parts {
            guard let list = part.fields.first(where: { $0.type == .list(.tax) }), part.field("quantity") != nil
            else { continue }
            let rows = try store.list(part, of: id, in: module, columns: ["quantity", list.key])
            guard let quantity = rows.position(of: "quantity"), let taxes = rows.position(of: list.key)
            else { continue }
            while try rows.next() {
                let stored = rows.isNull(taxes) ? "" : rows.text(taxes)
                for tax in Tax.all(inStored: stored) where tax.kind == .excisePerUnit {
                    units[tax, default: 0] += rows.integer(quantity)
                }
            }
        }
        return units
    }

    /// Returns the units on which the tax in a row is charged; empty for a tax in percent.
    private func units(of row: Rows, among units: [Tax: Int64]) -> String {
        guard let kind = row.position(of: "kind"), let rate = row.position(of: "rate") else { return "" }
        let found = units.first { tax, _ in tax.kind.rawValue == row.text(kind) && tax.rate == row.integer(rate) }
        return found.map { cell.style.number(units: $0.value, digits: 6, currency: cell.currency) } ?? ""
    }

    /// Returns the paths, in the sections of a part, that start at a reference of its rows.
    private static func paths(in part: Part, _ names: [Template.Name]) -> [String] {
        let paths = names.filter { $0.sections.contains(part.key) }.map(\.name).filter { name in
            let steps = name.split(separator: ".", omittingEmptySubsequences: false)
            return steps.count > 1 && part.field(String(steps[0]))?.type.target != nil
        }
        return Set(paths).sorted()
    }

    private func isGivenBack(_ row: Rows) -> Bool {
        guard let quantity = row.position(of: "quantity") else { return false }
        return row.integer(quantity) < 0
    }

    /// Returns the unit of a row's quantity.
    private func unit(in row: Rows) throws -> String? {
        guard let unit = row.columns.first(where: { $0.key == "unit" }), let quantity = row.position(of: "quantity")
        else { return nil }
        if row.isNull(unit.position) { return "" }
        let label = try cell.text(of: unit, in: row)
        return cell.style.name(
            ofUnit: row.text(unit.position),
            labelled: label,
            quantity: row.integer(quantity)
        )
    }

    /// Returns the text of a row if it differs from the name of what the row sells; empty otherwise.
    private static func differingText(in row: [String: Template.Value]) -> String {
        func text(_ name: String) -> String? { if case .text(let text)? = row[name] { text } else { nil } }
        guard let own = text("text"), own != text("product"), own != text("service") else { return "" }
        return own
    }
}

extension Rows {
    /// Returns where a row has the value of a column; `nil` if there is no such column.
    fileprivate func position(of key: String) -> Int? { columns.first { $0.key == key }?.position }
}

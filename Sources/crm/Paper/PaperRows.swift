import CRMKit
import Formats

/// Reads the rows of the parts of a document.
struct PaperRows {
    let store: Store
    let module: Module
    let id: Int64
    let cell: PaperCell

    /// Returns the rows of a part, each with the values of its names.
    ///
    /// - Parameter names: the names in the template. A path from a record to which a row refers, such as
    ///   `product.code`, is read together with the row.
    /// - Throws: ``CRMError`` of code `usage` for invalid paths.
    func rows(of part: Part, for names: [Template.Name]) throws -> [[String: Template.Value]] {
        let paths = Self.paths(in: part, names)
        let columns = paths.isEmpty ? [] : [Part.positionKey] + part.fields.map(\.key) + paths
        let rows = try store.list(part, of: id, in: module, columns: columns)
        var list: [[String: Template.Value]] = []
        var taxes: [String] = []
        let asksUnits = names.contains { $0.name == Self.units && $0.sections.contains(part.key) }
        let amounts = asksUnits ? try taxedUnits() : nil
        while try rows.next() {
            var values: [String: Template.Value] = [:]
            for column in rows.columns {
                for (name, text) in try cell.names(of: column, in: rows) { values[name] = .text(text) }
                if case .list(.tax) = column.kind {
                    taxes.append(rows.isNull(column.position) ? "" : rows.text(column.position))
                }
            }
            if let unit = try unit(in: rows) { values["unit.words"] = .text(unit) }
            // An absolute discount has the sign of its line.
            if case .text(let discount)? = values["discount_amount"], !discount.isEmpty {
                let signed = isGivenBack(rows) ? "\u{2212}\(discount)" : discount
                values["discount_amount"] = .text(signed)
                values["discount_amount" + PaperCell.off] = .text(PaperCell.off(signed, blank: " "))
            }
            if let amounts { values[Self.units] = .text(units(of: rows, among: amounts)) }
            if values["text"] != nil { values["text.differing"] = .text(Self.differingText(in: values)) }
            list.append(values)
        }
        return Self.differing(taxes, in: list, cell)
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

    /// Returns the rows with the names of their taxes, which are empty if all rows have the same taxes.
    private static func differing(
        _ taxes: [String],
        in rows: [[String: Template.Value]],
        _ cell: PaperCell
    ) -> [[String: Template.Value]] {
        guard taxes.count == rows.count else { return rows }
        let isOne = Set(taxes).count < 2
        return zip(rows, taxes).map { row, taxes in
            var row = row
            let names = isOne || taxes.isEmpty ? "" : cell.style.names(ofTaxes: taxes, currency: cell.currency)
            row["taxes.differing"] = .text(names)
            return row
        }
    }
}

extension Rows {
    /// Returns where a row has the value of a column; `nil` if there is no such column.
    fileprivate func position(of key: String) -> Int? { columns.first { $0.key == key }?.position }
}

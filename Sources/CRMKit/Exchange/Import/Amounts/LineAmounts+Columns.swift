/// A column about the rows of a part, where it stands in a table.
struct PlacedCell {
    fileprivate let index: Int
    fileprivate let cell: PartCell
    fileprivate let part: Part

    /// The columns about rows of parts in a table of records.
    static func all(_ columns: [ImportColumn], of module: Module) -> [PlacedCell] {
        columns.enumerated().compactMap { index, column in
            guard case .cell(let cell) = column, let part = cell.part(of: module) else { return nil }
            return PlacedCell(index: index, cell: cell, part: part)
        }
    }

    /// The columns of a table of rows of a part.
    static func all(_ columns: [PartCell], of part: Part) -> [PlacedCell] {
        columns.enumerated().map { PlacedCell(index: $0, cell: $1, part: part) }
    }

    /// Returns the columns of taxes, each with the kind of its taxes; `nil` for taxes of any kind.
    static func taxes(_ cells: [PlacedCell]) -> [Int: Tax.Kind?] {
        var taxes: [Int: Tax.Kind?] = [:]
        for placed in cells {
            if case .taxes(_, let kind) = placed.cell.meaning {
                taxes[placed.index] = .some(kind)
            } else if placed.cell.type(in: placed.part) == .list(.tax) {
                taxes[placed.index] = .some(nil)
            }
        }
        return taxes
    }

    /// The column as one of discounts. If its header can mean an amount or a percentage, its numbers may be either.
    fileprivate var discount: LineAmounts.Discount? {
        guard case .field(let word, nil) = cell.meaning, let field = part.field(called: word, given: ""),
            let percent = part.field(called: word, given: "%"),
            Self.discounts.contains(field.key), Self.discounts.contains(percent.key)
        else { return nil }
        let isEither = field.key != percent.key
        return LineAmounts.Discount(cell: index, isPercent: isEither ? nil : field.type.isPercentage)
    }

    private static let discounts = ["discount_percent", "discount_amount"]
}

extension LineAmounts {
    /// Creates the amounts of a table of records.
    init(_ headings: [Heading], _ columns: [ImportColumn], of module: Module) {
        func isField(_ column: ImportColumn, called key: String) -> Bool {
            switch column {
            case .field(let position): module.fields[position].key == key
            case .cell(let cell): cell.part(of: module).map { cell.isField(called: key, of: $0) } ?? false
            default: false
            }
        }
        self.init(
            headings.map(\.name),
            quantity: columns.firstIndex { isField($0, called: "quantity") },
            price: columns.firstIndex { isField($0, called: "unit_price") || isField($0, called: "price") },
            PlacedCell.all(columns, of: module)
        )
    }

    /// Creates the amounts of a table of rows of a part.
    init(_ names: [String], _ columns: [PartCell], of part: Part) {
        self.init(
            names,
            quantity: columns.firstIndex { $0.isField(called: "quantity", of: part) },
            price: columns.firstIndex { $0.isField(called: "unit_price", of: part) },
            PlacedCell.all(columns, of: part)
        )
    }

    private init(_ names: [String], quantity: Int?, price: Int?, _ cells: [PlacedCell]) {
        self.init(
            names,
            quantity: quantity,
            price: price,
            discounts: cells.compactMap(\.discount),
            taxes: PlacedCell.taxes(cells).mapValues { $0?.isWithheld == true }
        )
    }

    /// Returns a row of a sample with as many cells as the table has columns.
    func padded(_ row: [String]) -> [String?] {
        let most = max([quantity, price].compactMap(\.self).max() ?? 0, lastCell) + 1
        return row.map(Optional.some) + Array(repeating: String?.none, count: max(0, most - row.count))
    }
}

extension PartCell {
    /// Whether the column is that of a field of the part.
    func isField(called key: String, of part: Part) -> Bool {
        guard case .field(let word, nil) = meaning else { return false }
        return part.field(called: word, given: "")?.key == key
    }
}

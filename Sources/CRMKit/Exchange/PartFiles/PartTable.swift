import Localization

/// The columns of a file with the rows of a part. A cell may be read by the cells beside it, such as a tax by its
/// amount.
struct PartTable {
    /// A row that was read, with its position; `nil` if it states none.
    typealias Row = (position: Int64?, record: PartRecord)

    /// The warnings and problems found in the cells of a file.
    struct Doubts {
        /// The warnings about values that were changed on reading.
        var told = ImportWarnings()
        /// The cells that cannot be read.
        var problems: [RowProblem] = []
    }

    /// The names of the columns.
    let names: [String]
    let columns: [PartCell]
    let part: Part
    private let cells: CellRules
    let registry: Registry
    private let amounts: LineAmounts
    private let taxes: TaxEvidence?
    private var totals: LineTotals?

    /// - Parameters:
    ///   - columns: the meanings of the columns.
    ///   - names: the names of the columns.
    ///   - cells: the rules by which cells are spelled.
    ///   - registry: the modules whose records can be referred to.
    init(_ columns: [PartCell], under names: [String], of part: Part, _ cells: CellRules, _ registry: Registry) {
        self.registry = registry
        self.columns = columns
        self.names = names
        self.part = part
        self.cells = cells
        amounts = LineAmounts(names, columns, of: part)
        taxes = TaxEvidence(names, columns, of: part)
        totals = LineTotals(columns, of: part)
    }

    /// The recognizer of rows of totals.
    var total: TotalRow {
        TotalRow(
            sums: Set(columns.indices.filter { columns[$0].isSummed(in: part) }),
            ignored: Set(columns.indices.filter { columns[$0].meaning == .nothing })
        )
    }

    /// Examines a row that may only state a sum of the rows above it, or a tax on them.
    ///
    /// - Returns: the kind of the row; `nil` for any other row.
    mutating func pass(_ row: InputRow) -> PassedOverLines.Sum? { totals?.pass(row) }

    /// Reads a row.
    ///
    /// - Parameter doubts: receives the warnings and problems found in the cells.
    /// - Returns: `nil` for a row without values.
    /// - Throws: ``RowProblem`` for a malformed position. The problems of other cells are noted.
    mutating func record(_ row: InputRow, noting doubts: inout Doubts) throws -> Row? {
        totals?.add(row)
        var inputs: [FieldInput] = []
        var position: Int64?
        for (index, cell) in columns.enumerated() {
            guard let text = row.text(at: index, for: cell, in: part) else {
                if let input = cell.emptied(in: part, isList: row.lists.contains(index)) { inputs.append(input) }
                continue
            }
            if case .position = cell.meaning, !text.isEmpty { position = try Self.position(text, row) }
            do {
                try row.refuseList(at: index, for: cell, in: part)
                let text = try spelled(text, cell, at: index, of: row, noting: &doubts.told)
                if let input = named(text, cell, row) ?? cell.input(text) { inputs.append(input) }
            } catch {
                guard let problem = row.problem(error, cell: index, by: cells) as? RowProblem else { throw error }
                doubts.problems.append(problem)
            }
        }
        if inputs.isEmpty { return nil }
        let place = Self.place(row: row.number, line: row.line)
        return (position, PartRecord(inputs: inputs.joiningTaxes(of: part), place: place))
    }

    /// Returns a cell in the spelling that its field reads: a tax or a discount as a rate where the cells beside it say
    /// that its number is an amount, or a percentage.
    private func spelled(
        _ text: String,
        _ cell: PartCell,
        at index: Int,
        of row: InputRow,
        noting told: inout ImportWarnings
    ) throws -> String {
        // This program's own tables state the position of each row.
        let isOwn = row.columns.isEmpty || names.contains(Part.positionKey) && TableBeginning.isOwn(names)
        let rate = try taxes?.rate(at: index, of: row, spelled: cells)
        if let rate { told.note([ImportWarning(.taxed, of: Text(row.names[index]), text, becoming: rate)], of: row) }
        let discount = isOwn ? nil : amounts.percentage(at: index, of: row, cells)
        if let discount { told.note([ImportWarning(.discounted, in: index, of: row, becoming: discount)], of: row) }
        return try spelled(rate ?? discount ?? text, cell, isOwn: isOwn)
    }

    /// Returns a cell in the spelling that its field reads.
    ///
    /// - Parameter isOwn: whether this program wrote the cell.
    private func spelled(_ text: String, _ cell: PartCell, isOwn: Bool) throws -> String {
        if case .taxes(_, let kind?) = cell.meaning, !text.isEmpty {
            if Placeholders.isNothing(text) { return "" }
            return try ForeignTaxes(cells.canonical(text, for: .percent), of: kind).text
        }
        guard case .field(let word, let prefix) = cell.meaning, !text.isEmpty else { return text }
        if prefix != nil { return SpreadsheetWords.bare(text) }
        if !isOwn { try cells.refuseDoubtful(text, word, of: part) }
        return try cells.spelled(text, word, of: part)
    }

    private static func position(_ text: String, _ row: InputRow) throws(RowProblem) -> Int64 {
        if let position = SpreadsheetNumber.position(text.trimmed) { return position }
        throw RowProblem(
            header: Part.positionKey,
            row: row.number,
            line: row.line,
            ValueError.position(text).reason
        )
    }

    /// Returns the words for the place of a row in its file.
    static func place(row: Int, line: Int) -> Text {
        Text(en: "row \(row) (line \(line))", es: "fila \(row) (línea \(line))")
    }
}

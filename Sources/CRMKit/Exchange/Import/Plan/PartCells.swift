/// The columns of a table in which a row of a part has one row of the input: a line of a quote beside the quote itself.
struct PartCells {
    /// A column with a text, and what it means for the record where it is not one of a row of the part.
    typealias RecordText = (index: Int, alone: ImportColumn)

    /// The key of the part; `nil` where rows hold no rows of one.
    private(set) var part: String?
    /// The columns that describe a row of the part, and those that do not concern a part.
    private(set) var (telling, others): ([Int], [Int]) = ([], [])
    /// A column with a text for each row of the part, and its meaning for the record if all rows repeat the text.
    var shared: RecordText?
    /// A column with a remark on each row of the part, and its meaning for the record if the remark concerns all of it.
    private(set) var remark: RecordText?
    /// All columns that concern a part.
    private var cells: [(index: Int, cell: PartCell)] = []
    /// The column with the position of a row.
    private var position: Int?
    /// Whether rows may be sections or notes, since they have a text, a quantity and a record that they sell.
    private var mayHaveHeadings = false

    /// No columns.
    init() {}

    /// - Parameters:
    ///   - tellApart: whether a skipped column still distinguishes records.
    ///   - alone: the meaning for the record of a column of rows of a part.
    init(
        _ columns: [ImportColumn],
        of module: Module,
        tellApart: (Int) -> Bool,
        alone: (Int) -> ImportColumn?
    ) {
        for (index, column) in columns.enumerated() {
            guard case .cell(let cell) = column else {
                if column != .ignored || tellApart(index) { others.append(index) }
                continue
            }
            cells.append((index, cell))
            if let alone = alone(index) {
                if cell.isRemark(of: module) {
                    remark = remark ?? (index, alone)
                } else {
                    shared = shared ?? (index, alone)
                }
            }
            // A column that a single row may have as well does not show that there are several.
            if !cell.words.isEmpty {
                part = cell.part
                telling.append(index)
            }
            if cell.meaning == .position { position = index }
        }
        mayHaveHeadings = Self.mayHaveHeadings(cells.map(\.cell))
    }

    /// Whether a row of the input describes a row of the part.
    func tellRow(_ row: InputRow) -> Bool {
        telling.contains { row.texts[$0]?.isEmpty == false }
    }

    /// The position that a row says; `nil` where it says none.
    func position(of row: InputRow) -> Int64? {
        position.flatMap { SpreadsheetNumber.position(row.texts[$0] ?? "") }
    }

    /// Returns rows of a part in the order of their positions.
    func inOrder(_ rows: [InputRow]) -> [InputRow] {
        position == nil ? rows : rows.inOrder { position(of: $0) }.map(\.element)
    }

    /// Returns the rows without those that are only a text: a note becomes a remark on the row before it, a section on
    /// the row behind it. Rows of texts alone stay as they are.
    func joiningTexts(_ rows: [InputRow], in part: Part) -> [InputRow] {
        guard part.remark != nil, rows.contains(where: isTextOnly) else { return rows }
        var joined: [InputRow] = []
        var heading: [String] = []
        for var row in rows {
            guard isTextOnly(row) else {
                if !heading.isEmpty { row.remarks = heading }
                heading = []
                joined.append(row)
                continue
            }
            let texts = texts(of: row)
            if isNote(row), heading.isEmpty, let last = joined.indices.last {
                joined[last].remarks += texts
            } else {
                heading += texts
            }
        }
        if joined.isEmpty { return rows }
        if !heading.isEmpty { joined[joined.count - 1].remarks += heading }
        return joined
    }

    private func texts(of row: InputRow) -> [String] {
        cells.compactMap { index, cell in
            guard case .field("text", nil) = cell.meaning else { return nil }
            return row.texts[index].flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    /// Whether a row that is only a text is called a note.
    private func isNote(_ row: InputRow) -> Bool {
        cells.contains { index, cell in
            guard case .textOnly = cell.meaning, let text = row.texts[index] else { return false }
            return Choice.spelling(text).hasSuffix("note") || Choice.spelling(text) == "nota"
        }
    }

    /// Returns the field in which, according to the row, its record is named; `nil` when it does not say.
    func recordField(_ row: InputRow) -> String? {
        for (index, cell) in cells {
            guard case .recordField(let fields) = cell.meaning, let text = row.texts[index] else { continue }
            return fields[Choice.spelling(text)]
        }
        return nil
    }

    /// Whether a row of the input is no more than a text.
    func isTextOnly(_ row: InputRow) -> Bool {
        cells.contains { index, cell in
            guard case .textOnly(let words) = cell.meaning, let text = row.texts[index] else { return false }
            return words.contains(Choice.spelling(text))
        } || mayHaveHeadings && isSectionOrNote(row)
    }

    private static func mayHaveHeadings(_ cells: [PartCell]) -> Bool {
        var (hasText, hasQuantity, hasRecord) = (false, false, false)
        for cell in cells {
            switch cell.meaning {
            case .record, .field(_, .some): hasRecord = true
            case .field("quantity", nil): hasQuantity = true
            case .field("text", nil): hasText = true
            default: continue
            }
        }
        return hasText && hasQuantity && hasRecord
    }

    /// Whether a row of lines that may name a product names none, and counts none of it: a section or a note of Odoo's.
    private func isSectionOrNote(_ row: InputRow) -> Bool {
        var (hasText, isCounted) = (false, true)
        for (index, cell) in cells {
            let text = row.texts[index]
            let isEmpty = text?.trimmed.isEmpty ?? true
            switch cell.meaning {
            case .record, .field(_, .some):
                if !isEmpty { return false }
            case .field("quantity", nil):
                guard !isEmpty, text.map(Self.isZero) == true else { return false }
                isCounted = false
            case .field("unit_price", nil), .field("price", nil):
                guard isEmpty || text.map(Self.isZero) == true else { return false }
            case .field("text", nil): hasText = !isEmpty
            default: continue
            }
        }
        return hasText && !isCounted
    }

    private static func isZero(_ text: String) -> Bool {
        let digits = text.utf8.filter(\.isDigit)
        return !digits.isEmpty && TotalRow.isAmount(text) && digits.allSatisfy { $0 == UInt8(ascii: "0") }
    }
}

import Localization

/// Evidence for the decimal mark of a table, from its numbers, when the mark was not given.
struct DecimalEvidence {
    private var marks: Set<CellRules.DecimalMark> = []
    /// The first number whose point counts as decimal but may separate thousands.
    private var doubt: (row: Int, name: String, text: String)?

    /// - Parameters:
    ///   - sample: rows of the table.
    ///   - types: the types of the columns of numbers, by their positions.
    init(_ sample: [[String]], named names: [String], types: [Int: FieldType]) {
        for (row, cells) in sample.enumerated() {
            for (place, type) in types where place < cells.count {
                let text = cells[place]
                let mark = WrittenNumber.decimalMark(shownBy: text).flatMap { mark in
                    CellRules.DecimalMark(rawValue: String(mark))
                }
                if let mark {
                    marks.insert(mark)
                } else if doubt == nil, type.placesOfDoubt != nil, text.utf8.contains(UInt8(ascii: ".")),
                    text.utf8.last != UInt8(ascii: "0"), WrittenNumber.isAmbiguous(text)
                {
                    doubt = (row + 1, names[place], text)
                }
            }
        }
    }

    /// The decimal mark that the numbers show; `nil` when they show none, or both.
    var mark: CellRules.DecimalMark? { marks.count == 1 ? marks.first : nil }

    /// A notice about an ambiguous number when there is no evidence; else `nil`.
    var notice: Text? {
        guard mark == nil, let doubt else { return nil }
        let whole = doubt.text.filter { $0 != "." }
        return Text(
            en:
                "row \(doubt.row), \(doubt.name) \"\(doubt.text)\": the point is taken as decimal; give --decimal , if it is \(whole)",
            es:
                "fila \(doubt.row), \(doubt.name) «\(doubt.text)»: el punto se toma como decimal; dar --decimal , si es \(whole)"
        )
    }
}

import Formats
import Localization

/// A table that a report takes values from, as any spreadsheet writes it.
public struct ReportTable {
    private let columns: [Field]

    /// - Parameter columns: the columns that the report reads.
    public init(columns: [Field]) { self.columns = columns }

    /// Returns a table as plain text: the report's columns in their order, commas between cells, and a point before
    /// decimals. Every row keeps its line, so that the report can name it.
    ///
    /// The header tells which byte separates cells. If it is a semicolon, the decimal mark is the comma, unless the
    /// numbers show otherwise.
    ///
    /// - Throws: ``RowProblem`` for a missing column and for a row that cannot be read; ``CRMError`` `inputOutput` if
    ///   the input cannot be read.
    public func plainText(of source: ByteSource) throws -> String {
        let delimiter = try TableBeginning.delimiter(of: source, knowing: knows)
        var rows = try InputRows(
            source,
            format: .csv,
            dialect: delimiter.map { .csv(delimiter: $0) },
            name: columns.first?.key ?? "",
            knowing: knows
        )
        let head = rows.head ?? TableHead(names: [])
        let places = try places(in: head)
        let rules = rules(of: head, places, separatedBy: delimiter)
        var text = columns.map(\.key).joined(separator: ",") + "\n"
        var line = 1
        while let row = try rows.next() {
            while line + 1 < row.line { (text, line) = (text + "\n", line + 1) }
            text += try cells(of: row, places, rules).joined(separator: ",") + "\n"
            line += 1
        }
        return text
    }

    private func knows(_ names: [String]) -> Bool { names.contains { place(of: $0) != nil } }

    /// Returns the place of a name among the report's columns.
    private func place(of name: String) -> Int? {
        let spelling = Choice.spelling(name)
        return columns.firstIndex { field in
            [field.key, field.label.en, field.label.es].contains { Choice.spelling($0) == spelling }
        }
    }

    /// Returns the place in the table of each of the report's columns.
    private func places(in head: TableHead) throws(RowProblem) -> [Int] {
        var places: [Int] = []
        for column in columns.indices {
            guard let place = head.names.firstIndex(where: { self.place(of: $0) == column }) else {
                let needed = Text(en: "this column is needed", es: "esta columna hace falta")
                throw RowProblem(header: columns[column].key, row: 0, line: head.line, head.doubt?.remedy ?? needed)
            }
            places.append(place)
        }
        return places
    }

    private func rules(
        of head: TableHead,
        _ places: [Int],
        separatedBy delimiter: CSVDialect.Delimiter?
    ) -> CellRules {
        let types = zip(places, columns).filter { Self.isNumber($0.1) }.map { ($0.0, $0.1.type) }
        let evidence = DecimalEvidence(
            head.sample,
            named: head.names,
            types: Dictionary(types, uniquingKeysWith: { first, _ in first })
        )
        return CellRules(decimal: evidence.mark ?? (delimiter == .semicolon ? .comma : .point))
    }

    private static func isNumber(_ column: Field) -> Bool {
        if case .number = column.type.form { true } else { false }
    }

    private func cells(of row: InputRow, _ places: [Int], _ rules: CellRules) throws(RowProblem) -> [String] {
        var cells: [String] = []
        for (place, column) in zip(places, columns) {
            let text = place < row.texts.count ? row.text(at: place, for: column.type) ?? "" : ""
            do throws(ValueError) {
                // A JSON number has a point, whatever the mark in texts.
                let isText = Self.isNumber(column) && !row.numbers.contains(place)
                let cell = try isText ? rules.canonical(text, for: column.type) : text
                cells.append(cell.split { $0.isNewline }.joined(separator: " ").trimmed)
            } catch {
                throw RowProblem(
                    row: row.number,
                    line: row.line,
                    column: nil,
                    field: column.key,
                    value: text,
                    reason: error.reason
                )
            }
        }
        return cells
    }
}

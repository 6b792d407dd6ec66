import Formats
import Localization

/// Rows of a part from a file of their own: CSV, TSV, JSON or JSON Lines.
public struct PartFile {
    private let part: Part
    private let header: PartHeader
    private let dialect: CSVDialect?
    private let cells: CellRules

    /// - Parameters:
    ///   - registry: the modules whose records can be referred to.
    ///   - dialect: the dialect of delimited text; `nil` to determine it from the first line.
    ///   - cells: the rules for reading cells.
    public init(_ part: Part, registry: Registry, dialect: CSVDialect? = nil, cells: CellRules = CellRules()) {
        self.part = part
        self.dialect = dialect
        self.cells = cells
        header = PartHeader(part: part, registry: registry)
    }

    /// Reads all rows, in order.
    ///
    /// - Parameters:
    ///   - format: the format by the name of the file; `nil` to determine it by the first bytes.
    ///   - tell: called with the notices for the user.
    /// - Throws: ``CRMError`` `invalid` for an unknown column and for a row that cannot be read, with its number.
    public func records(
        _ source: ByteSource,
        format: InputFormat?,
        telling tell: ([Text]) throws -> Void = { _ in }
    ) throws -> [PartRecord] {
        do {
            return try read(source, format: format, tell)
        } catch let problem as RowProblem {
            throw refusal([problem])
        } catch let all as RowProblems {
            throw refusal(all.problems)
        }
    }

    private func read(
        _ source: ByteSource,
        format: InputFormat?,
        _ tell: ([Text]) throws -> Void
    ) throws -> [PartRecord] {
        let (format, found) = try form(of: source, format)
        let dialect = dialect ?? found
        var rows = try InputRows(
            source,
            format: format,
            dialect: dialect,
            name: part.name,
            knowing: knows,
            sampling: { _ in false }
        )
        var records: [(position: Int64?, record: PartRecord)] = []
        var names: [String] = []
        var columns: [PartCell] = []
        var total = TotalRow(sums: [], ignored: [])
        var taxes: TaxEvidence?
        var below: LineTotals?
        var amounts = LineAmounts([], [], of: part)
        var told = ToldValues()
        var problems: [RowProblem] = []
        var passedOver = PassedOverLines()
        if let head = rows.head {
            columns = try self.columns(of: head)
            names = head.names
            total = self.total(of: columns)
            (taxes, below) = (TaxEvidence(names, columns, of: part), LineTotals(columns, of: part))
            amounts = LineAmounts(names, columns, of: part)
        }
        while let row = try rows.next() {
            if row.names != names {
                columns = try self.columns(of: row.head)
                names = row.names
                (taxes, below) = (TaxEvidence(names, columns, of: part), LineTotals(columns, of: part))
                amounts = LineAmounts(names, columns, of: part)
            }
            if let passed = below?.pass(row) ?? (total.isMet(by: row) ? .total : nil) {
                passedOver.note(passed, row)
                continue
            }
            below?.add(row)
            var inputs: [FieldInput] = []
            var position: Int64?
            for (index, cell) in columns.enumerated() {
                guard let text = row.texts[index] else {
                    if let input = cell.emptied(in: part, isList: row.lists.contains(index)) { inputs.append(input) }
                    continue
                }
                if case .position = cell.meaning, !text.isEmpty { position = try Self.position(text, row) }
                do {
                    // Tables that this program has written have the position of each row.
                    let isOwn = row.columns.isEmpty || names.contains(Part.positionKey) && TableBeginning.isOwn(names)
                    let rate = try taxes?.rate(at: index, of: row, spelled: cells)
                    if let rate {
                        told.note([ToldValue(.taxed, of: Text(row.names[index]), text, becoming: rate)], of: row)
                    }
                    let discount = isOwn ? nil : amounts.percentage(at: index, of: row, cells)
                    if let discount {
                        told.note([ToldValue(.discounted, in: index, of: row, becoming: discount)], of: row)
                    }
                    let spelled = try spelled(rate ?? discount ?? text, cell, isOwn: isOwn)
                    if let input = cell.input(spelled) {
                        inputs.append(input)
                    }
                } catch {
                    guard let problem = row.problem(error, cell: index) as? RowProblem else { throw error }
                    problems.append(problem)
                }
            }
            let place = Self.place(row: row.number, line: row.line)
            if !inputs.isEmpty {
                records.append((position, PartRecord(inputs: inputs.joiningTaxes(of: part), place: place)))
            }
        }
        if !problems.isEmpty { throw RowProblems(problems: problems) }
        try tell(rows.notices + passedOver.notices + told.notices)
        guard records.contains(where: { $0.position != nil }) else { return records.map(\.record) }
        // Rows without a position stay after the row before them.
        var last: Int64 = 0
        let places = records.enumerated().map { index, row in
            last = row.position ?? last
            return (last, index)
        }
        return places.sorted { $0 < $1 }.map { records[$0.1].record }
    }

    /// Returns the recognizer of rows of totals.
    private func total(of columns: [PartCell]) -> TotalRow {
        TotalRow(
            sums: Set(columns.indices.filter { columns[$0].isSummed(in: part) }),
            ignored: Set(columns.indices.filter { columns[$0].meaning == .nothing })
        )
    }

    private static func position(_ text: String, _ row: InputRow) throws(RowProblem) -> Int64 {
        if let position = Reference.id(text.trimmed) { return position }
        throw RowProblem(
            header: Part.positionKey,
            row: row.number,
            line: row.line,
            Text(en: "'\(text)' is no position; they count from 1", es: "'\(text)' no es una posición; cuentan desde 1")
        )
    }

    /// Returns a cell in the form that its field reads.
    ///
    /// - Parameter isOwn: whether this program has written the table.
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

    /// Returns the meanings of the columns.
    ///
    /// - Throws: ``RowProblem`` for an unknown column, and for one of two with the same meaning.
    private func columns(of head: TableHead) throws(RowProblem) -> [PartCell] {
        var columns: [PartCell] = []
        for (index, name) in head.names.enumerated() {
            let column = try cell(name, head)
            if let first = columns.firstIndex(of: column),
                !column.canRepeat(
                    under: [first, index].map { ImportHeader.folded(head.names[$0]) }
                )
            {
                throw RowProblem(
                    header: name,
                    row: 0,
                    line: head.line,
                    Text(
                        en: "column \(index + 1) holds the same as column \(first + 1), \"\(head.names[first])\"",
                        es:
                            "la columna \(index + 1) contiene lo mismo que la columna \(first + 1), «\(head.names[first])»"
                    )
                )
            }
            columns.append(column)
        }
        return columns
    }

    private func cell(_ name: String, _ head: TableHead) throws(RowProblem) -> PartCell {
        if let cell = cell(name) { return cell }
        if let doubt = head.doubt { throw RowProblem(header: name, row: 0, line: head.line, doubt.remedy) }
        let known = header.names.joined(separator: ", ")
        let nearest = nearestWords(to: ImportHeader.folded(name), among: header.names).first
        throw RowProblem(
            header: name,
            row: 0,
            line: head.line,
            Text(
                en: "no such column\(nearest.map { ", did you mean \($0)?" } ?? ";") known are \(known)",
                es: "no existe esa columna\(nearest.map { ", ¿quizá \($0)?" } ?? ";") se conocen \(known)"
            )
        )
    }

    /// Returns the meaning of a column; `nil` for an unknown name.
    private func cell(_ name: String) -> PartCell? {
        let lead = "\(part.name)."
        return header.cell(name.hasPrefix(lead) ? String(name.dropFirst(lead.count)) : name)
    }

    /// Whether some of the names at a table's beginning are known.
    private func knows(_ names: [String]) -> Bool { names.contains { cell($0) != nil } }

    /// Returns the format by the name of a file and its first bytes, and, for a table, the delimiter that makes column
    /// names known, otherwise the one that separates most cells of the first line.
    private func form(of source: ByteSource, _ named: InputFormat?) throws -> (InputFormat, CSVDialect?) {
        switch named {
        case .csv: return (.csv, try delimiter(of: source).map { .csv(delimiter: $0) })
        case let named?: return (named, nil)
        case nil: break
        }
        switch try source.inputForm() {
        case .jsonArray: return (.json, nil)
        case .jsonObject: return (.jsonl, nil)
        default: break
        }
        switch try delimiter(of: source) {
        case .tab: return (.tsv, nil)
        case let delimiter: return (.csv, delimiter.map { .csv(delimiter: $0) })
        }
    }

    private func delimiter(of source: ByteSource) throws(ReadError) -> CSVDialect.Delimiter? {
        if let delimiter = try TableBeginning.delimiter(of: source, knowing: knows) { return delimiter }
        return try source.likelyDelimiter()
    }

    private static func place(row: Int, line: Int) -> Text {
        Text(en: "row \(row) (line \(line))", es: "fila \(row) (línea \(line))")
    }

    private func refusal(_ problems: [RowProblem]) -> CRMError {
        CRMError(
            .invalid,
            Text(
                en: "cannot read \(part.plural.en.lowercased())",
                es: "no se puede leer: \(part.plural.es.lowercased())"
            ),
            problems: problems.map { problem in
                let place =
                    problem.row == 0
                    ? Text(en: "header", es: "encabezado")
                    : Self.place(row: problem.row, line: problem.line)
                let field = problem.field.map { "\(part.name).\($0)" } ?? part.key
                return CRMError.Problem(field: field, value: problem.value, reason: problem.reason.at(place))
            }
        )
    }
}

extension Text {
    /// Returns the text after a phrase for the place.
    func at(_ place: Text) -> Text { Text(en: "\(place.en): \(en)", es: "\(place.es): \(es)") }
}

import Formats
import Localization

/// Rows of a part from a file of their own: CSV, TSV, JSON or JSON Lines.
public struct PartFile {
    private let part: Part
    private let header: PartHeader
    private let foreign: ForeignPartHeader
    private let dialect: CSVDialect?
    private let cells: CellRules
    /// Whether the records of the rows have totals, which the program computes.
    private let hasTotals: Bool

    /// - Parameters:
    ///   - registry: the modules whose records can be referred to.
    ///   - dialect: the dialect of delimited text; `nil` to determine it from the first line.
    ///   - cells: the rules for reading cells.
    public init(_ part: Part, registry: Registry, dialect: CSVDialect? = nil, cells: CellRules = CellRules()) {
        self.part = part
        self.dialect = dialect
        self.cells = cells
        header = PartHeader(part: part, registry: registry)
        foreign = ForeignPartHeader(part, registry)
        hasTotals = registry.modules.contains { module in
            module.parts.contains { $0.key == part.key } && ImportHeader.total(of: module) != nil
        }
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
        var table = try rows.head.map { try self.table($0) }
        let total = table?.total
        var records: [PartTable.Row] = []
        var doubts = PartTable.Doubts()
        var passedOver = PassedOverLines()
        while let row = try rows.next() {
            var columns = try table.flatMap { $0.names == row.names ? $0 : nil } ?? self.table(row.head)
            // With a single owner it is changed in place instead of copied.
            table = nil
            if let passed = columns.pass(row) ?? (total?.isMet(by: row) == true ? .total : nil) {
                passedOver.note(passed, row)
            } else if let record = try columns.record(row, noting: &doubts) {
                records.append(record)
            }
            table = columns
        }
        if !doubts.problems.isEmpty { throw RowProblems(problems: doubts.problems) }
        let computed = PassedOverColumns.notice((table?.names ?? []).filter(isComputed).map { Text($0) })
        try tell(rows.notices + passedOver.notices + doubts.told.notices + [computed].compactMap(\.self))
        return records.inOrder { $0.position }.map(\.element.record)
    }

    private func table(_ head: TableHead) throws -> PartTable {
        PartTable(try columns(of: head), under: head.names, of: part, cells, header.registry)
    }

    /// Returns the meanings of the columns.
    ///
    /// - Throws: ``RowProblems`` for unknown columns; ``RowProblem`` for one of two with the same meaning.
    private func columns(of head: TableHead) throws -> [PartCell] {
        let own = head.names.map(cell)
        let others = own.contains(nil) ? foreign.cells(head.names) : []
        let cells = own.enumerated().map { index, cell in
            cell ?? (others.isEmpty ? nil : others[index])
                ?? (isComputed(head.names[index]) ? PartCell(part: part.key, meaning: .nothing) : nil)
        }
        let unknown = zip(head.names, cells).filter { $0.1 == nil }.map(\.0)
        if let first = unknown.first, let doubt = head.doubt {
            throw RowProblem(header: first, row: 0, line: head.line, doubt.remedy)
        }
        guard unknown.isEmpty else {
            throw RowProblems(
                problems: unknown.enumerated().map { index, name in
                    self.unknown(name, head, isLast: index == unknown.count - 1)
                }
            )
        }
        var columns: [PartCell] = []
        for (index, name) in head.names.enumerated() {
            guard let column = cells[index] else { continue }
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

    /// Returns the problem of an unknown column, with the known column it resembles. That of the last one lists all
    /// known columns.
    private func unknown(_ name: String, _ head: TableHead, isLast: Bool) -> RowProblem {
        let nearest = nearestWords(to: ImportHeader.folded(name), among: header.names).first
        let known = header.names.joined(separator: ", ")
        let labels = part.writableFields.map(\.label.es).joined(separator: ", ")
        let (en, es) = isLast ? ("; known are \(known)", "; se conocen \(labels), y por su clave \(known)") : ("", "")
        return RowProblem(
            header: name,
            row: 0,
            line: head.line,
            Text(
                en: "no such column\(nearest.map { ", did you mean \($0)?" } ?? "")\(en)",
                es: "no existe esa columna\(nearest.map { ", ¿quizá \($0)?" } ?? "")\(es)"
            )
        )
    }

    /// Returns the meaning of a column; `nil` for an unknown name.
    private func cell(_ name: String) -> PartCell? {
        let lead = "\(part.name)."
        return header.cell(name.hasPrefix(lead) ? String(name.dropFirst(lead.count)) : name)
    }

    /// Whether a column has totals, which the program computes from the rows and the rows themselves do not have.
    private func isComputed(_ name: String) -> Bool {
        hasTotals && cell(name) == nil && ImportHeader.isOfTotals(name)
    }

    /// Whether some of the names at a table's beginning are known.
    private func knows(_ names: [String]) -> Bool {
        names.contains { cell($0) != nil } || foreign.cells(names).contains { $0 != nil }
    }

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
                    : PartTable.place(row: problem.row, line: problem.line)
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

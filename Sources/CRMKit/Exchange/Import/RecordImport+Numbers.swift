import Formats
import Localization
import SQLite

/// The numbers given in rows. Documents without a number must get other numbers, even where the row that gives one was
/// rejected or is taken by another change set.
extension RecordImport {
    /// Whether documents may get numbers by a pattern beside others whose numbers rows name.
    public func mayNameNumbers(in rows: InputRows, of store: Store) throws -> Bool {
        try module.numberedPositions.contains { position in
            guard try store.settings().pattern(of: module.fields[position], in: module.name) != nil else {
                return false
            }
            return rows.header.map { columns.plans.columns($0).contains { $0?.fills(position) == true } } ?? true
        }
    }

    /// Learns from a reading of the whole input which numbers its rows name, for an import in several change sets.
    ///
    /// - Parameters:
    ///   - scout: an import with the same options, which takes none of the rows.
    ///   - advance: called after each row.
    /// - Throws: errors that are not the fault of a row.
    public func learnNumbers(
        by scout: RecordImport,
        from rows: inout InputRows,
        of store: Store,
        advance: () throws -> Void
    ) throws {
        let values = try store.valueContext().ofFiles
        while !rows.stoppedEarly {
            do {
                if let head = rows.head { try scout.prepare(head, row: 0) }
                guard let row = try rows.next() else { break }
                scout.name(row, in: values)
            } catch is RowProblem {
                // It is rejected when it is taken, and its number stays free for it.
                if let row = rows.refused { scout.name(row, in: values) }
            } catch is RowProblems {
                if rows.head != nil { break }
            }
            try advance()
        }
        named.take(from: scout.named)
    }

    /// Says that the numbers which rows name are not known before they are taken in several change sets.
    public func missNumbers() { mayLackNumbers = true }

    /// Returns the columns with numbers, each with the position of its field.
    func numberCells(of plan: RowPlan) -> [(position: Int, cell: Int)] {
        module.numberedPositions.compactMap { position in
            plan.columns.firstIndex { $0.fills(position) }.map { (position: position, cell: $0) }
        }
    }

    /// Returns the columns with numbers, even if other columns have no meaning.
    private func numberCells(named names: [String]) -> [(position: Int, cell: Int)] {
        let meanings = columns.plans.columns(names)
        return module.numberedPositions.compactMap { position in
            meanings.firstIndex { $0?.fills(position) == true }.map { (position: position, cell: $0) }
        }
    }

    /// Returns the numbers that a row names, each with the position of its field.
    private func numbers(
        _ row: InputRow,
        _ cells: [(position: Int, cell: Int)],
        in values: ValueContext
    ) -> [(number: String, position: Int)] {
        cells.compactMap { position, cell in
            guard row.texts.indices.contains(cell), let text = row.texts[cell], !text.isEmpty else { return nil }
            do {
                return try module.fields[position].read(text, in: values).text.map { (number: $0, position: position) }
            } catch {
                // A text that is not a valid number cannot be given to another document.
                return nil
            }
        }
    }

    private func name(_ row: InputRow, in values: ValueContext) {
        let cells: [(position: Int, cell: Int)]
        do throws(RowProblems) {
            _ = try prepare(row)
            cells = numberCells(of: columns.plan)
        } catch {
            cells = numberCells(named: row.names)
        }
        for (number, position) in numbers(row, cells, in: values) { named.insert(number, at: position) }
    }

    /// Keeps the numbers that a rejected row names free for it.
    func keepFree(_ row: InputRow, by writer: RowWriter) throws {
        for (number, position) in numbers(row, numberCells(named: row.names), in: writer.transaction.values) {
            named.insert(number, at: position)
            try writer.transaction.makeWay(for: number, at: position, of: module)
        }
    }

    /// Returns the error that a document needs a number while those named further down are not known.
    static func numbersAreUnknown(in module: Module) -> CRMError {
        let key = module.documentNumber?.key ?? "number"
        return CRMError(
            .usage,
            Text(
                en: """
                    a \(module.one.en) has no \(key) and gets one while others come further down that may name it: with \
                    --journal such an input is read twice, and a pipe cannot be
                    """,
                es: """
                    un registro no tiene \(key) y recibe uno mientras más abajo otros pueden nombrarlo: con --journal una \
                    entrada así se lee dos veces, y una tubería no se puede
                    """
            ),
            hint: Text(
                en: "name a file in place of the pipe, or leave --journal out",
                es: "indicar un archivo en lugar de la tubería, u omitir --journal"
            ),
            module: module.name
        )
    }
}

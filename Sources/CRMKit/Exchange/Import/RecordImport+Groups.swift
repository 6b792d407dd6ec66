import Localization

extension RecordImport {
    /// The next row of the input, where it holds but a further row of a part of the record that rows tell of.
    ///
    /// - Parameter plan: the meaning of their columns, handed on since to take it out of the import would be a copy.
    func following(
        _ group: [(row: InputRow, raw: [UInt8]?)],
        _ rows: inout InputRows,
        _ plan: RowPlan
    ) throws -> (row: InputRow, raw: [UInt8])? {
        guard let first = group.first?.row, let last = group.last?.row, !rows.stoppedEarly else { return nil }
        var next = try RowAhead.read(&rows)
        while case .row(let row, _) = next, plan.continues(row, after: first, last), let passed = below?.pass(row) {
            passedOverRows.note(passed, row)
            counts.skipped += 1
            passedWithin += 1
            next = try RowAhead.read(&rows)
        }
        guard case .row(let row, let raw) = next, !plan.isTotal(row, below: sums),
            plan.continues(row, after: first, last)
        else {
            ahead.keep(next)
            if case .row(let row, _) = next, let column = plan.difference(of: row, from: first, in: module) {
                partedCount += 1
                if firstParted == nil { firstParted = (row.number, last.number, column) }
            }
            return nil
        }
        if !plan.passedOver.isEmpty { plans.passedOver.note(row, plan.passedOver) }
        sums.add(row, in: plan.summed)
        below?.add(row)
        if let column = plan.doubt(of: row, after: first, in: module) { joined.note(row.number, first.number, column) }
        return (row, raw)
    }

    /// Rejects the rows of one record, each with its own problems. The first one gets the problems of the record as a
    /// whole.
    static func reject(
        _ rows: [(row: InputRow, raw: [UInt8])],
        _ problems: [RowProblem],
        by reject: ([RowProblem], RejectedRow) throws -> Void
    ) throws {
        let further = Dictionary(grouping: problems, by: \.row)
        let numbers = Set(rows.dropFirst().map(\.row.number))
        for (index, (row, raw)) in rows.enumerated() {
            let own = index == 0 ? problems.filter { !numbers.contains($0.row) } : further[row.number] ?? []
            try reject(own, .row(row, raw: raw))
        }
    }

    /// Writes the rows of records that were held back, those of each record together.
    func takeApart(by writer: RowWriter, reject: ([RowProblem], RejectedRow) throws -> Void) throws {
        writer.putsOffApart = false
        for (rows, plan) in apart.take() { try takeHeld(rows, plan, by: writer, reject: reject) }
    }

    /// Writes the rows of one record that were held back. They are held back again while a record they refer to may
    /// still come.
    func takeHeld(
        _ rows: [(row: InputRow, raw: [UInt8])],
        _ plan: RowPlan,
        by writer: RowWriter,
        reject: ([RowProblem], RejectedRow) throws -> Void
    ) throws {
        do {
            try write(rows[0].row, rows.dropFirst().map(\.row), plan, by: writer)
        } catch is ReferenceResolver.Awaited {
            late.add(rows, plan)
        } catch {
            let problems = try Self.problems(error, of: rows[0].row)
            counts.failed += rows.count
            try Self.reject(rows, problems, by: reject)
        }
    }
}

/// Rows that were joined to a record though they may belong to another one.
struct JoinedRows {
    private var first: (row: Int, before: Int, column: String)?
    private var count = 0

    mutating func note(_ row: Int, _ before: Int, _ column: String) {
        count += 1
        first = first ?? (row, before, column)
    }

    /// Returns a notice about the first of them; `nil` if there are none.
    func notice(of module: Module) -> Text? {
        guard let first else { return nil }
        let name = module.field(module.displayKey)?.label ?? Text(module.displayKey)
        let what =
            first.column.isEmpty
            ? Text(en: "is the same", es: "es igual")
            : Text(en: "has another \(first.column)", es: "tiene otro valor en \(first.column)")
        let more = count > 1 ? Text(en: ", as \(count - 1) more do", es: ", y \(count - 1) más") : Text("")
        return Text(
            en: """
                row \(first.row) has the \(name.en.lowercased()) of row \(first.before) and \(what.en): it is taken as one more \
                line of the same \(module.one.en)\(more.en); give each \(module.one.en) a number where they are several
                """,
            es: """
                la fila \(first.row) tiene el mismo \(name.es.lowercased()) que la fila \(first.before) y \(what.es): se toma \
                como una línea más del mismo registro\(more.es); dar un número a cada registro si son varios
                """
        )
    }
}

/// Rows of existing records with fewer rows of a part than are stored, held back since further rows may follow in the
/// input.
struct ApartRows {
    /// The rows of one record, with their bytes and the plan of their columns.
    typealias Group = (rows: [(row: InputRow, raw: [UInt8])], plan: RowPlan)

    private var groups: [(record: Int64, group: Group)] = []
    private var count = 0

    /// The maximum number of rows held back; in a longer input they are written as they come.
    private static let most = 10_000

    var isFull: Bool { count >= Self.most }

    /// Adds rows to those of the same record if they do not contradict them.
    mutating func add(_ rows: [(row: InputRow, raw: [UInt8])], _ plan: RowPlan, of record: Int64) {
        count += rows.count
        if let place = groups.lastIndex(where: { $0.record == record }),
            let first = groups[place].group.rows.first?.row, let last = groups[place].group.rows.last?.row,
            rows.allSatisfy({ plan.continues($0.row, after: first, last) })
        {
            groups[place].group.rows += rows
        } else {
            groups.append((record, (rows, plan)))
        }
    }

    /// Removes and returns all groups.
    mutating func take() -> [Group] {
        defer { self = ApartRows() }
        return groups.map(\.group)
    }
}

/// What the columns of an input mean.
extension RecordImport {
    /// Whether some of the names that a table may begin with mean something.
    public func knows(_ names: [String]) -> Bool { columns.plans.columns(names).contains { $0 != nil } }

    /// Whether the meaning of some column names, or the reading of numbers, depends on the rows below.
    public func samples(_ names: [String]) -> Bool { columns.plans.dependOnRows(names) }

    /// Returns the meaning of the columns of an input, with their headers in the order of first appearance. For a
    /// format without a header, all rows are read.
    ///
    /// - Throws: ``RowProblem`` for a row that cannot be read, and for more columns than an import takes.
    public func mapping(of rows: inout InputRows) throws -> [(header: String, column: ImportColumn?)] {
        var names = rows.header ?? []
        if rows.header == nil {
            var known: Set<String> = []
            while let row = try rows.next() {
                for name in row.names where known.insert(name).inserted { names.append(name) }
                try RowPlans.refuseTooMany(names, row: row.number, line: row.line)
            }
        }
        try RowPlans.refuseTooMany(names, row: 0, line: 1)
        return zip(Heading.all(names), columns.plans.columns(names)).map { (header: $0.spelling, column: $1) }
    }

    /// Determines the meanings of the columns that a row of the input names.
    ///
    /// - Returns: whether they hold something else than those before.
    /// - Throws: every column that is wrong.
    func prepare(_ row: InputRow) throws(RowProblems) -> Bool {
        guard row.names != columns.names || columns.names.isEmpty else { return false }
        return try prepare(row.head, row: row.number)
    }

    /// Refuses a mapping of a column that a table lacks. In JSON each record may have members of its own.
    ///
    /// - Throws: ``CRMError`` `usage`.
    public func refuseUnmet(in rows: InputRows) throws(CRMError) {
        if let head = rows.head { try columns.plans.refuseUnmet(in: head) }
    }

    /// Learns what the columns hold.
    ///
    /// - Parameter row: the row that names them, 0 for a header.
    /// - Returns: whether they hold something else than those before.
    /// - Throws: every column that is wrong.
    @discardableResult
    func prepare(_ head: TableHead, row: Int) throws(RowProblems) -> Bool {
        guard head.names != columns.names || columns.names.isEmpty else { return false }
        (columns.names, columns.plan) = ([], RowPlan())
        let plan = try columns.plans.plan(of: head, row: row)
        columns.plan = plan
        columns.identify(by: matchPositions, in: module)
        if mayLackNumbers, !numberCells(of: plan).isEmpty { named.lacksLater = true }
        sums.ofLines = LineTotals(plan, of: module)
        let filled = module.fields.indices.filter { position in plan.columns.contains { $0.fills(position) } }
        repeated.note(filled, areMatched: plan.impliesID)
        columns.names = head.names
        if row == 0 { learn(from: head, plan) }
        return true
    }

    /// Learns the decimal mark from the first rows of a table, unless the user has given it.
    private func learn(from head: TableHead, _ plan: RowPlan) {
        options.cells.isOfTable = true
        guard options.cells.decimal == nil else { return }
        let evidence = DecimalEvidence(head.sample, named: head.names, types: plan.numberTypes(in: module))
        options.cells.shown = evidence.mark
        // What this program has written has a point.
        if !plan.impliesID, !matchPositions.contains(0) { columns.numbers = evidence.notice }
    }
}

import Localization

/// Determines the meaning of the columns of rows, and the faults of columns without one.
final class RowPlans {
    let module: Module
    let registry: Registry
    let options: ImportOptions
    let header: ImportHeader
    let matchPositions: [Int]
    /// The plans of headers met before: the members of JSON objects may change from row to row.
    private var known: [[String]: RowPlan] = [:]
    /// The headers of the user's own mapping that no column has had yet.
    private var unmetHeaders: Set<String>
    /// The columns without a meaning that were skipped, in the order in which they first appeared.
    private(set) var passedOver: [Text] = []
    /// The columns with a date for which the records have no field, each with the key of a field that could be defined.
    private var homeless: [(name: String, key: String)] = []

    init(_ module: Module, registry: Registry, options: ImportOptions, matchPositions: [Int]) {
        self.module = module
        self.registry = registry
        self.options = options
        self.matchPositions = matchPositions
        unmetHeaders = Set(options.map.keys)
        header = ImportHeader(
            module,
            registry: registry,
            map: options.map,
            matchesID: matchPositions.isEmpty || matchPositions.contains(0)
        )
    }

    /// Messages about the headers in the mapping that no column has.
    var unmet: [Text] {
        unmetHeaders.sorted().map { header in
            Text(en: "--map: no column is called '\(header)'", es: "--map: ninguna columna se llama '\(header)'")
        }
    }

    /// Messages about columns with dates that no field can hold.
    var homelessDates: [Text] {
        homeless.map { name, key in
            let command = "\(ProgramName.placeholder) field add \(module.name.noun) \(key) --type date"
            return Text(
                en: "passed over the column \(name), which no field holds: '\(command)' makes one that takes it",
                es: "se omitió la columna \(name), que ningún campo guarda: «\(command)» crea uno que la toma"
            )
        }
    }

    /// Returns the meanings of columns; `nil` for an unknown one.
    func columns(_ names: [String]) -> [ImportColumn?] {
        header.columns(names, matching: matchPositions)
    }

    /// Whether the first rows of a table are needed: to find out whether columns that would be rejected are empty, or
    /// to determine the decimal mark if none was given.
    func dependOnRows(_ names: [String]) -> Bool {
        let columns = columns(names)
        if options.cells.decimal == nil, columns.contains(where: { $0?.isNumeric(in: module) == true }) { return true }
        return !options.ignoresUnknownColumns
            && (columns.contains { $0 == nil } || !header.repeats(columns, Heading.all(names)).isEmpty)
    }

    /// Returns the plan for rows with some column names.
    ///
    /// - Parameter row: the number of the row that names the columns, 0 for a header.
    /// - Throws: the faults of all columns.
    func plan(of head: TableHead, row: Int) throws(RowProblems) -> RowPlan {
        let (header, line) = (head.names, head.line)
        guard header.count <= Self.mostColumns else {
            throw RowProblems(problems: [Self.tooMany(header, row: row, line: line)])
        }
        if let known = known[header] { return known }
        if let index = header.firstIndex(where: { $0.utf8.count > Self.longestName }) {
            throw RowProblems(problems: [Self.tooLong(header[index], place: index + 1, row: row, line: line)])
        }
        let headings = Heading.all(header)
        if !unmetHeaders.isEmpty {
            let met = Set(headings.flatMap(\.spellings).map(ImportHeader.folded))
            unmetHeaders = unmetHeaders.filter { !met.contains(ImportHeader.folded($0)) }
        }
        var columns = columns(header)
        let empty = options.ignoresUnknownColumns ? [:] : passEmpty(&columns, headings, head)
        if options.ignoresUnknownColumns {
            for (index, _) in self.header.repeats(columns, headings) where !self.header.isMapped(headings[index]) {
                columns[index] = nil
            }
        }
        let problems = problems(of: headings, columns, besides: empty, head.doubt, isHeader: row == 0)
        if !problems.isEmpty {
            throw RowProblems(
                problems: problems.map { name, reason in
                    var problem = RowProblem(
                        row: row,
                        line: line,
                        column: nil,
                        field: name,
                        value: nil,
                        reason: reason
                    )
                    problem.isOfName = true
                    return problem
                }
            )
        }
        let unheld = self.header.unheld(headings)
        for (index, column) in columns.enumerated() {
            let heading = headings[index]
            let name = heading.name
            if column == .ignored, let key = self.header.homeless(heading),
                !homeless.contains(where: { $0.name == name })
            {
                homeless.append((name, key))
            }
            guard
                column == nil
                    || column == .ignored && (self.header.isComputed(heading) || unheld.contains(index))
            else { continue }
            let called = Self.called(heading)
            if !passedOver.contains(called) { passedOver.append(called) }
        }
        var plan = RowPlan(
            columns: columns.map { $0 ?? .ignored },
            of: module,
            matchesNothing: matchPositions.isEmpty,
            tellApart: { self.header.tellsApart(headings[$0]) },
            alone: { self.header.alone(headings[$0]) },
            empty: empty
        )
        plan.titleCell = titleCell(headings, columns)
        plan.isOwn = headings.allSatisfy(self.header.isOwn)
        plan.isExport = plan.isOwn && isExport(header)
        plan.hasOwnIDs = plan.isOwn && header.contains("id")
        plan.nouns = self.header.nouns(headings, columns)
        plan.named = self.header.named(headings, columns)
        plan.wholes = wholes(in: head, plan.columns)
        let amounts = LineAmounts(headings, plan.columns, of: module)
        if plan.part != nil { plan.amounts = amounts }
        plan.taxes = TaxEvidence(headings, plan.columns, of: module, amounts, sample: head.sample)
        plan.totals = self.header.totals(headings, columns)
        plan.lacksSubject =
            plan.part != nil && module.documentNumber != nil && module.fields[module.displayPosition].isRequired
            && !columns.contains { $0?.fills(module.displayPosition) == true }
        plan.otherHeader = self.header.otherHeader(columns, matching: matchPositions)
        plan.prepare(for: module)
        if known.count < Self.mostPlans { known[header] = plan }
        return plan
    }

    /// Whether the program's own column names are those of its exports, as nobody else writes them: an id, with both
    /// times of the record or all fields that can be set.
    private func isExport(_ names: [String]) -> Bool {
        let names = Set(names)
        let isWhole = names.isSuperset(of: module.writableFields.map(\.key))
        return names.contains("id") && (isWhole || names.isSuperset(of: ["created_at", "updated_at"]))
    }

    /// Returns the column of job titles whose header is also used for forms of address, if no other column has these.
    /// This program's own exports use the key of the field.
    private func titleCell(_ headings: [Heading], _ columns: [ImportColumn?]) -> Int? {
        guard let names = module.cards.flatMap({ NamePositions($0.name, in: module) }),
            !columns.contains(where: { $0?.fills(names.salutation) == true })
        else { return nil }
        return columns.indices.first { index in
            guard case .field(let position)? = columns[index], !header.isMapped(headings[index]) else { return false }
            let name = headings[index].name
            return module.fields[position].type == .text && name != module.fields[position].key
                && ["title", "titulo"].contains(ImportHeader.folded(name))
        }
    }

    /// Returns the percentage columns whose first rows contain only 1 and 0.
    private func wholes(in head: TableHead, _ columns: [ImportColumn]) -> Set<Int> {
        Set(
            columns.indices.filter { index in
                guard case .field(let position) = columns[index], module.fields[position].type.isPercentage else {
                    return false
                }
                return BareFraction.areWholes(head.sample.compactMap { index < $0.count ? $0[index] : nil })
            }
        )
    }

    /// Skips columns that would be refused but are empty in the first rows of a table, since programs also export
    /// fields that nobody has filled. A later row with a value in such a column is refused.
    ///
    /// - Returns: the reasons to refuse these columns, by index.
    private func passEmpty(
        _ columns: inout [ImportColumn?],
        _ headings: [Heading],
        _ head: TableHead
    ) -> [Int: Text] {
        guard head.doubt == nil, columns.contains(where: { $0 != nil }), head.sample.contains(where: { !$0.isEmpty })
        else { return [:] }
        func isPassed(_ index: Int) -> Bool {
            !header.isMapped(headings[index])
                && head.sample.allSatisfy { index >= $0.count || $0[index].trimmed.isEmpty }
        }
        var reasons: [Int: Text] = [:]
        for index in columns.indices where columns[index] == nil && isPassed(index) {
            let isAttribute = header.isAttribute(headings[index])
            reasons[index] = isAttribute ? unlinked(headings[index]) : unknown([headings[index]]).first?.reason
        }
        for (index, holder) in header.repeats(columns, headings) {
            guard let passed = [index, holder].first(where: isPassed) else { continue }
            reasons[passed] = repeats(headings[index], headings[holder], columns[index])
            columns[passed] = nil
        }
        return reasons
    }

    /// As many as a table of SQLite has: https://www.sqlite.org/limits.html#max_column
    static let mostColumns = 2000

    /// No name of a column is longer, in bytes.
    static let longestName = 1000

    /// The maximum number of cached plans, enough for the sets of members in the JSON objects of one input.
    private static let mostPlans = 64
}

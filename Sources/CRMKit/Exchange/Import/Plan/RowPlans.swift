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
    /// The number of columns of the headers that are kept.
    private var knownColumns = 0
    /// The faults of headers met before, of rows that name their own columns.
    private var faulty: [[String]: [Fault]] = [:]
    /// The number of unknown columns for which suggestions were made.
    var guesses = 0
    /// The candidates for "did you mean" when a column is unknown, and what they suggest.
    private(set) lazy var spellings = header.spellings
    /// The candidates in their order.
    private(set) lazy var candidates = spellings.keys.sorted()
    /// The names that columns can have, as the message about an unknown one lists them.
    private(set) lazy var knownNames = header.names.uniqued.joined(separator: ", ")
    /// The headers of the module of people whose addresses are stored; `nil` if they are records of the imported module
    /// itself.
    private(set) lazy var centerHeader = makeCenterHeader()
    /// The headers of the user's own mapping that no column has had yet.
    private var unmetHeaders: Set<String>
    /// The columns without a meaning that were skipped, in the order in which they first appeared.
    var passedOver = PassedOverColumns()
    /// The columns with a date for which the records have no field, each with the key of a field that could be defined.
    private var homeless: [(name: String, key: String)] = []

    /// Plans for rows with columns that have no meaning, which are read only to find out which record they are about.
    private(set) lazy var indulgent: RowPlans = {
        var options = options
        options.ignoresUnknownColumns = true
        return RowPlans(module, registry: registry, options: options, matchPositions: matchPositions)
    }()

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
        unmetHeaders.sorted().map(Self.unmet)
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
        if let known = known[head.names] { return known }
        if row != 0, let faults = faulty[head.names] { try refuse(faults, of: head, row: row) }
        try refuseOversized(head, row: row)
        var meant = MeantHeader(head: head, columns: columns(head.names))
        noteMet(meant.headings)
        passOver(&meant)
        let faults = problems(of: meant, isHeader: row == 0)
        if row != 0, !faults.isEmpty, hasRoom(for: head) { faulty[head.names] = faults }
        try refuse(faults, of: head, row: row)
        let passed = notePassedOver(meant)
        var plan = plan(of: meant)
        plan.passedOver = passed
        plan.reasonCell = meant.headings.firstIndex {
            ImportHeader.folded($0.name) == ImportHeader.errorHeader && !header.isMapped($0)
        }.flatMap { meant.columns[$0] == .ignored ? $0 : nil }
        if hasRoom(for: head) { known[head.names] = plan }
        return plan
    }

    /// Whether what is found out about a header can be kept; its columns are counted then.
    private func hasRoom(for head: TableHead) -> Bool {
        guard knownColumns + head.names.count <= Self.mostKnownColumns else { return false }
        knownColumns += head.names.count
        return true
    }

    private func refuseOversized(_ head: TableHead, row: Int) throws(RowProblems) {
        guard head.names.count <= Self.mostColumns else {
            throw RowProblems(problems: [Self.tooMany(head.names, row: row, line: head.line)])
        }
        if let index = head.names.firstIndex(where: { $0.utf8.count > Self.longestName }) {
            let problem = Self.tooLong(head.names[index], place: index + 1, row: row, line: head.line)
            throw RowProblems(problems: [problem])
        }
    }

    /// Notes which headers of the user's own mapping have a column.
    private func noteMet(_ headings: [Heading]) {
        if unmetHeaders.isEmpty { return }
        let met = Set(headings.flatMap(\.spellings).map(ImportHeader.folded))
        unmetHeaders = unmetHeaders.filter { !met.contains(ImportHeader.folded($0)) }
    }

    private func refuse(_ faults: [Fault], of head: TableHead, row: Int) throws(RowProblems) {
        if faults.isEmpty { return }
        let problems = faults.map { name, reason in
            var problem = RowProblem(
                row: row,
                line: head.line,
                column: nil,
                field: name,
                value: nil,
                reason: reason
            )
            problem.isOfName = true
            return problem
        }
        throw RowProblems(problems: problems)
    }

    /// Notes the columns that are skipped though they hold something that people would miss.
    ///
    /// - Returns: their cells, with their places among the noted ones.
    private func notePassedOver(_ meant: MeantHeader) -> [(cell: Int, place: Int)] {
        var passed: [(cell: Int, place: Int)] = []
        let unheld = header.unheld(meant.headings)
        for (index, heading) in meant.headings.enumerated() {
            let isIgnored = meant.columns[index] == .ignored
            if isIgnored, let key = header.homeless(heading), !homeless.contains(where: { $0.name == heading.name }) {
                homeless.append((heading.name, key))
            }
            let isMissed = isIgnored && (header.isComputed(heading) || unheld.contains(index))
            guard meant.columns[index] == nil || isMissed else { continue }
            passed.append((index, passedOver.add(Self.called(heading))))
        }
        return passed
    }

    /// Returns the plan for rows under a header without faults.
    private func plan(of meant: MeantHeader) -> RowPlan {
        let (head, headings, columns) = (meant.head, meant.headings, meant.columns)
        var plan = RowPlan(
            columns: columns.map { $0 ?? .ignored },
            of: module,
            matchesNothing: matchPositions.isEmpty,
            tellApart: { header.tellsApart(headings[$0]) },
            alone: { header.alone(headings[$0]) },
            empty: meant.empty
        )
        plan.titleCell = titleCell(headings, columns)
        plan.author = TableAuthor(of: head.names, areOwn: headings.allSatisfy(header.isOwn), in: module)
        plan.nouns = header.nouns(headings, columns)
        plan.named = header.named(headings, columns)
        plan.currencies = header.currencies(headings, columns)
        plan.wholes = wholes(in: head, plan.columns)
        let amounts = LineAmounts(headings, plan.columns, of: module)
        if plan.part != nil { plan.amounts = amounts }
        plan.taxes = TaxEvidence(headings, plan.columns, of: module, amounts, sample: head.sample)
        plan.totals = header.totals(headings, columns)
        plan.lacksSubject =
            plan.part != nil && module.documentNumber != nil && module.fields[module.displayPosition].isRequired
            && !columns.contains { $0?.fills(module.displayPosition) == true }
        plan.otherHeader = header.otherHeader(columns, matching: matchPositions)
        plan.prepare(for: module)
        return plan
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

    /// Skips columns that would be refused: all of them if that is asked for, otherwise those that are empty in the first
    /// rows of a table, since programs also export fields that nobody has filled. A later row with a value in such a
    /// column is refused.
    private func passOver(_ meant: inout MeantHeader) {
        let headings = meant.headings
        guard options.ignoresUnknownColumns else { return passEmpty(&meant) }
        for (index, _) in header.repeats(meant.columns, headings) where !header.isMapped(headings[index]) {
            meant.columns[index] = nil
        }
    }

    private func passEmpty(_ meant: inout MeantHeader) {
        let (head, headings) = (meant.head, meant.headings)
        guard head.doubt == nil, meant.columns.contains(where: { $0 != nil }),
            head.sample.contains(where: { !$0.isEmpty })
        else { return }
        func isPassed(_ index: Int, _ silent: Set<String> = []) -> Bool {
            !header.isMapped(headings[index])
                && head.sample.allSatisfy { index >= $0.count || EmptyColumn.isSilent($0[index], silent) }
        }
        for index in headings.indices where meant.columns[index] == nil {
            let (heading, silent) = (headings[index], header.silentWords(headings[index]))
            guard isPassed(index, silent),
                let reason = header.isAttribute(heading) ? unlinked(heading) : unknown([heading]).first?.reason
            else { continue }
            meant.empty[index] = EmptyColumn(reason: reason, silent: silent)
        }
        for (index, holder) in header.repeats(meant.columns, headings) {
            guard let passed = [index, holder].first(where: { isPassed($0) }) else { continue }
            let reason = repeats(headings[index], headings[holder], meant.columns[index])
            meant.empty[passed] = EmptyColumn(reason: reason)
            meant.columns[passed] = nil
        }
    }

    /// As many as a table of SQLite has: https://www.sqlite.org/limits.html#max_column
    static let mostColumns = 2000

    /// No name of a column is longer, in bytes.
    static let longestName = 1000

    /// The maximum number of columns of all headers that are kept, enough for the sets of members in the JSON objects of one
    /// input, of which each may have others.
    private static let mostKnownColumns = 16_384
}

/// A column that is skipped only as long as its cells say nothing.
struct EmptyColumn {
    /// The reason to refuse the column if a cell says something.
    let reason: Text
    /// The words in cells that mean no value, in their folded form.
    var silent: Set<String> = []

    /// Whether a cell says nothing.
    static func isSilent(_ text: String, _ silent: Set<String>) -> Bool {
        let text = text.trimmed
        return text.isEmpty || !silent.isEmpty && silent.contains(Choice.spelling(text))
    }
}

/// A header with the meanings of its columns, before it is known whether rows can be read by it.
struct MeantHeader {
    let head: TableHead
    let headings: [Heading]
    /// The meanings of the columns; `nil` for one without any.
    var columns: [ImportColumn?]
    /// The columns that are skipped only as long as they are empty, by index.
    var empty: [Int: EmptyColumn] = [:]

    init(head: TableHead, columns: [ImportColumn?]) {
        self.head = head
        self.columns = columns
        headings = Heading.all(head.names)
    }
}

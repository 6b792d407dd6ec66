import Localization

/// The plan of a summary: its columns, and the passes over the records that its figures need.
struct SummaryPlan {
    /// The rows to compute.
    enum Extent {
        case groups
        /// One row over all groups for each currency.
        case total
        /// One row over all groups for each currency of these amounts; a single row for `nil`.
        case whole(currency: Path?)

        /// Whether records are separated by a key.
        func has(_ key: Key) -> Bool {
            switch self {
            case .groups: true
            case .total: key.isCurrency || key.isPivot
            case .whole(let currency): key.isCurrency && key.expression.content.text == currency?.text
            }
        }

        var isGroups: Bool { if case .groups = self { true } else { false } }
    }

    let query: SummaryQuery
    let conversion: Conversion?
    private let root: Scope
    private let conditions: [SQLFragment]
    private(set) var keys: [Key] = []
    private(set) var figures: [Entry] = []
    private(set) var columns: [Column] = []
    /// Whether no key and no figure leads to several values.
    private(set) var isFlat = true
    /// The groups that are already computed, from which others are combined if possible.
    var kept: PivotGroups?
    let having: [Filter]
    let order: [(column: Path, isDescending: Bool)]
    /// The columns named in filters on groups and in the order, each with its option and text.
    let namedColumns: [(column: Path, option: String, text: String)]

    /// A key to group records by.
    struct Key {
        let expression: Named<Expression>
        let term: Term
        /// Whether the key separates amounts by currency, so that figures are not combined over it.
        var isCurrency: Bool
        /// Whether the key was requested.
        var isAsked = true
        /// Whether the values of the key become columns.
        var isPivot = false
    }

    /// A figure that a pass computes.
    struct Entry {
        let measure: Measure
        let origin: ExpressionOrigin
        let figure: Figure
    }

    /// A column of figures.
    struct Column {
        let measure: Measure
        let name: String
        let origin: ExpressionOrigin
        /// The index of the column's figure.
        let figure: Int
        /// Whether the column is only used by filters and the order.
        let isHidden: Bool

        var isShare: Bool { if case .share = measure { true } else { false } }
    }

    init(_ query: SummaryQuery, _ conversion: Conversion?) throws(CRMError) {
        self.query = query
        self.conversion = conversion
        root = Scope(module: query.module, alias: "t", link: nil)
        var compiler = FilterCompiler(registry: query.registry, context: query.context)
        conditions = try compiler.conditions(query.filters, in: root)
        var named: [(column: Path, option: String, text: String)] = []
        var having: [Filter] = []
        for text in query.having {
            let filter = try SummaryParser.having(text)
            having.append(filter)
            named += filter.columns.map { ($0, "--having", text) }
        }
        self.having = having
        var order: [(column: Path, isDescending: Bool)] = []
        for text in query.sort {
            let columns = try SummaryParser.order(text, option: "--sort")
            order += columns
            named += columns.map { ($0.column, "--sort", text) }
        }
        self.order = order
        namedColumns = named
        try addColumns()
    }

    private var terms: TermCompiler {
        TermCompiler(root: root, registry: query.registry, context: query.context, conversion: conversion)
    }

    // MARK: - Columns

    private mutating func addColumns() throws(CRMError) {
        var terms = terms
        for key in query.keys where !keys.contains(where: { $0.expression.content.text == key.content.text }) {
            keys.append(Key(expression: key, term: try terms.key(key), isCurrency: false))
        }
        try addPivot(&terms)
        let all = try SummaryParser.measures("count", option: "--count")
        for measure in query.measures.isEmpty ? all : query.measures { try add(measure, isHidden: false, &terms) }
        for (column, option, text) in namedColumns where source(column.text) == nil {
            // It may be a measure that is not shown.
            guard let measure = try SummaryParser.measure(of: column, in: text, option: option) else { continue }
            try add(measure, isHidden: true, &terms)
        }
        for currency in keys.map(\.term.currency) + figures.map(\.figure.currency) {
            guard let currency else { continue }
            if let asked = keys.firstIndex(where: { $0.expression.content.text == currency.text }) {
                keys[asked].isCurrency = true
                continue
            }
            let origin = ExpressionOrigin(option: "--by", text: currency.text, column: 1)
            let key = Named(content: Expression.path(currency), name: nil, origin: origin)
            keys.append(Key(expression: key, term: try terms.key(key), isCurrency: true, isAsked: false))
        }
        isFlat = terms.isFlat
        try checkNames()
    }

    private func checkNames() throws(CRMError) {
        var names = ColumnNames(taken: query.hasTotal ? [Selection.totalKey] : [])
        for key in keys where !key.isPivot { try names.take(key.name, key.expression.origin) }
        for column in columns where !column.isHidden { try names.take(column.name, column.origin) }
    }

    private mutating func addPivot(_ terms: inout TermCompiler) throws(CRMError) {
        guard let pivot = query.pivot else { return }
        if keys.contains(where: { $0.expression.content.text == pivot.content.text }) {
            throw CRMError(
                pivot.origin,
                Text(
                    en: "'\(pivot.content.text)' makes groups already, and cannot make columns too",
                    es: "'\(pivot.content.text)' ya forma grupos, y no puede formar también columnas"
                )
            )
        }
        keys.append(Key(expression: pivot, term: try terms.key(pivot), isCurrency: false, isPivot: true))
    }

    private mutating func add(
        _ measure: Named<Measure>,
        isHidden: Bool,
        _ terms: inout TermCompiler
    ) throws(CRMError) {
        let name = measure.name ?? measure.content.text
        let isThere = { (column: Column) in column.name == name && column.measure.text == measure.content.text }
        if columns.contains(where: isThere) { return }
        var base = measure.content
        if case .share(let whole) = base {
            guard whole.canBeShared else {
                throw CRMError(
                    measure.origin,
                    Text(
                        en: "share(…) takes a count or a sum, not \(whole.text)",
                        es: "share(…) admite una cantidad o una suma, no \(whole.text)"
                    ),
                    hint: Text(
                        en: "write share(count) or share(sum(amount))",
                        es: "escribir share(count) o share(sum(amount))"
                    )
                )
            }
            base = whole
        }
        let place: Int
        if let known = figures.firstIndex(where: { $0.measure.text == base.text }) {
            place = known
        } else {
            var compiler = FigureCompiler(terms: terms, origin: measure.origin)
            figures.append(Entry(measure: base, origin: measure.origin, figure: try compiler.figure(base)))
            terms = compiler.terms
            place = figures.count - 1
        }
        columns.append(
            Column(measure: measure.content, name: name, origin: measure.origin, figure: place, isHidden: isHidden)
        )
    }
}

extension TermCompiler {
    /// Returns the term for a group key.
    mutating func key(_ key: Named<Expression>) throws(CRMError) -> Term {
        do throws(TermError) {
            return try term(key.content, isKey: true)
        } catch {
            throw CRMError(error, key.origin)
        }
    }
}

extension Filter {
    /// The columns that the filter names.
    fileprivate var columns: [Path] {
        switch self {
        case .all(let filters), .any(let filters): filters.flatMap(\.columns)
        case .not(let filter): filter.columns
        case .field(let column, _): [column]
        case .has: []
        }
    }
}

// MARK: - Passes

extension SummaryPlan {
    /// Returns the passes that the figures need, one for each kind of records and form of rows.
    private func passes(_ extent: Extent, isPivoted: Bool) throws(CRMError) -> [SummaryPass] {
        var groups: [(identity: PassIdentity, entries: [Int])] = []
        for (place, entry) in figures.enumerated() {
            let identity = PassIdentity(chain: entry.figure.grain?.chain ?? [], pass: entry.figure.pass)
            if let known = groups.firstIndex(where: { $0.identity == identity }) {
                groups[known].entries.append(place)
            } else {
                groups.append((identity, [place]))
            }
        }
        if isFlat, let plain = groups.firstIndex(where: { $0.identity.pass == .plain }),
            let distinct = groups.firstIndex(where: { $0.identity.pass == .distinct })
        {
            groups[plain].entries += groups[distinct].entries
            groups.remove(at: distinct)
        }
        var passes: [SummaryPass] = []
        for group in groups { passes.append(try pass(group.entries, extent, isPivoted: isPivoted)) }
        return SummaryPass.combined(passes)
    }

    private struct PassIdentity: Equatable {
        let chain: [String]
        let pass: Figure.Pass
    }

    private func pass(_ entries: [Int], _ extent: Extent, isPivoted: Bool) throws(CRMError) -> SummaryPass {
        var terms = terms
        var found: [Term?] = []
        for key in keys {
            let isThere = extent.has(key) && (isPivoted || !key.isPivot)
            found.append(isThere ? try terms.key(key.expression) : nil)
        }
        var computed: [(place: Int, figure: Figure)] = []
        for place in entries {
            var compiler = FigureCompiler(terms: terms, origin: figures[place].origin)
            computed.append((place, try compiler.figure(figures[place].measure)))
            terms = compiler.terms
        }
        return SummaryPass(
            keys: found,
            hasShown: keys.map { $0.term.shown != nil },
            figures: computed,
            figureCount: figures.count,
            terms: terms,
            conditions: conditions
        )
    }

    /// Returns the groups with their figures, without names, shares and filters.
    ///
    /// - Parameter isPivoted: whether groups are also separated by the pivot.
    func groups(_ extent: Extent, isPivoted: Bool = false) throws(CRMError) -> SQLFragment {
        let passes = try passes(extent, isPivoted: isPivoted)
        let filled = Period.filled(among: keys.map { $0.isPivot ? nil : $0.term.period })
        let axis = extent.isGroups && !isPivoted ? filled : nil
        guard let first = passes.first else { return SQLFragment() }
        let period = axis.flatMap { axis in keys[axis].term.period.map { (axis, $0) } }
        let statements = keptGroups(extent, isPivoted: isPivoted).map { [$0] } ?? passes.map(\.sql)
        let groups =
            statements.count > 1 || axis != nil
            ? SummaryMerging(pass: first).sql(statements, axis: period) : statements[0]
        let isBare = !isPivoted && partsByCurrencyAlone(extent)
        return isBare ? "SELECT * FROM (\(groups)) UNION ALL \(first.nothing)" : groups
    }

    /// Whether groups are separated only by currencies that were not requested. There is then one row even without
    /// records, as there is without any key.
    private func partsByCurrencyAlone(_ extent: Extent) -> Bool {
        let parting = keys.filter { extent.has($0) && !$0.isPivot }
        return !parting.isEmpty && parting.allSatisfy { $0.isCurrency && !($0.isAsked && extent.isGroups) }
    }
}

extension SummaryPlan.Key {
    /// The name of the key's column.
    var name: String { expression.name ?? expression.content.text }
}

import Localization
import SQLite

/// The values of the key whose values become columns, in their order.
struct SummaryPivot {
    /// A value of the pivot.
    struct Member {
        /// The key by which groups are distinguished.
        let key: Value
        /// The name in machine form; a missing value has ``SummaryPivot/none``.
        let name: String
        /// The label shown to the user.
        let label: Text
    }

    /// The pivot's values, each of which makes a column for every figure.
    let members: [Member]

    /// The name of the column for records without a value.
    static let none = "null"
    /// The maximum number of values.
    static let mostMembers = 100
    private static let mostColumns = 500

    /// Returns the error for too many columns.
    static func tooMany(_ pivot: Named<Expression>) -> CRMError {
        CRMError(
            pivot.origin,
            Text(
                en: "'\(pivot.content.text)' has more than \(mostMembers) values, the most that can be columns",
                es: "'\(pivot.content.text)' tiene más de \(mostMembers) valores, el máximo que pueden ser columnas"
            ),
            hint: Text(
                en: "leave some out with --where, take a longer period or a wider band, or give it to --by",
                es: "excluir algunos con --where, tomar un periodo más largo o un tramo más ancho, o darlo a --by"
            )
        )
    }

    /// Creates the pivot from its values.
    ///
    /// - Throws: ``CRMError`` `usage` if there would be too many columns.
    init(_ members: [Member], figures: Int, of pivot: Named<Expression>) throws(CRMError) {
        guard members.count <= Self.mostMembers else { throw Self.tooMany(pivot) }
        guard members.count * figures <= Self.mostColumns else {
            throw CRMError(
                pivot.origin,
                Text(
                    en: "\(members.count) values of \(figures) figures each are more than \(Self.mostColumns) columns",
                    es: "\(members.count) valores de \(figures) cifras cada uno son más de \(Self.mostColumns) columnas"
                )
            )
        }
        self.members = members
    }
}

extension SummaryPlan {
    /// The index of the pivot among the keys.
    private var pivotPlace: Int? { keys.firstIndex(where: \.isPivot) }

    /// Finds the values of the pivot over all records that pass the filters, including periods without records. The
    /// groups are computed at the same time and stored for all later rows.
    ///
    /// - Returns: `nil` if the summary has no expression whose values become columns.
    mutating func pivot(in database: Database, path: String) throws -> SummaryPivot? {
        guard let pivotPlace else { return nil }
        let pivot = keys[pivotPlace].expression
        guard keys[pivotPlace].term.type != .money || conversion != nil else {
            throw CRMError(
                pivot.origin,
                Text(
                    en: "amounts of several currencies make no columns",
                    es: "los importes de varias monedas no forman columnas"
                ),
                hint: Text(en: "bring them to one with --in", es: "llevarlos a una con --in")
            )
        }
        kept = try PivotGroups(keeping: groups(.groups, isPivoted: true), of: self, in: database)
        var asked = query
        (asked.keys, asked.pivot, asked.measures) = ([pivot], nil, [])
        (asked.having, asked.sort, asked.limit, asked.hasTotal) = ([], [], SummaryPivot.mostMembers, false)
        asked.withNames = true
        var plan = try SummaryPlan(asked, conversion)
        plan.kept = PivotGroups(keys: [pivotPlace], figures: [:])
        let rows = try plan.rows(.groups, nil, in: database, path: path, withKeys: true)
        var members: [SummaryPivot.Member] = []
        while try rows.next() {
            members.append(member(of: rows))
        }
        if rows.isCut { throw SummaryPivot.tooMany(pivot) }
        return try SummaryPivot(members, figures: columns.filter { !$0.isHidden }.count, of: pivot)
    }

    /// Returns the value in the first column of a row, whose key is in the last one.
    private func member(of row: Rows) -> SummaryPivot.Member {
        let column = row.columns[0]
        let key = row.columns.last.map { row.value($0.position) } ?? .null
        if key.isNull {
            let none = Text(en: "(none)", es: "(ninguno)")
            return SummaryPivot.Member(key: .null, name: SummaryPivot.none, label: none)
        }
        let value = row.value(column.position)
        let currency = if case .money(let position) = column.kind { row.text(position) } else { nil as String? }
        let name = column.type.text(of: value, currency: currency)
        if case .reference(_, let position?) = column.kind, !row.isNull(position) {
            return SummaryPivot.Member(key: key, name: name, label: Text(row.text(position)))
        }
        func label(_ language: Language) -> String {
            let audience = Audience(language: language, clock: query.context.clock)
            return column.type.label(of: value, currency: currency, for: audience)
        }
        return SummaryPivot.Member(key: key, name: name, label: Text(en: label(.english), es: label(.spanish)))
    }

    // MARK: - Columns

    /// Adds the columns for the figures of each value of the pivot, and for their totals if requested.
    func addCells(of pivot: SummaryPivot, to selection: inout Selection) throws(CRMError) {
        let shown = columns.filter { !$0.isHidden }
        for column in shown {
            for (index, member) in pivot.members.enumerated() {
                let label = shown.count == 1 ? member.label : Self.pair(member.label, source(of: column).field.label)
                try selection.add(cell(column, index, member), key: member.name, label: label, object: column.name)
            }
        }
        guard query.hasTotal else { return }
        for column in shown where !isMixed(column) {
            let total = Text(en: "Total", es: "Total")
            let source = source(of: column)
            let label = shown.count == 1 ? total : Self.pair(total, source.field.label)
            try selection.add(source, key: "total(\(column.name))", label: label, object: nil)
        }
    }

    private static func pair(_ member: Text, _ figure: Text) -> Text {
        Text(en: "\(member.en), \(figure.en)", es: "\(member.es), \(figure.es)")
    }

    /// Whether a figure over all values of the pivot would combine currencies.
    func isMixed(_ column: Column) -> Bool {
        guard conversion == nil, let pivotPlace, keys[pivotPlace].isCurrency else { return false }
        return figures[column.figure].figure.currency != nil
    }

    private func cell(_ column: Column, _ index: Int, _ member: SummaryPivot.Member) -> Scope.Source {
        let figure = figures[column.figure].figure
        let own = SQLFragment.column(Self.cell(column, index), of: Self.cells)
        let currency = isMixed(column) ? .bind(member.key) : currency(figure.currency)
        let value: SQLFragment =
            column.isShare
            ? "coalesce(\(own), CASE WHEN \(value(of: column)) IS NOT NULL THEN 0 END)"
            : value(own, of: figure, in: currency)
        var source = Scope.Source(field: field(of: column), alias: Self.cells, column: value, compared: value)
        if source.field.type == .money { source.currency = currency }
        return source
    }

    private static func cell(_ column: Column, _ index: Int) -> String {
        column.isShare ? "d\(column.figure)_\(index)" : "c\(column.figure)_\(index)"
    }

    // MARK: - Rows

    private static let cells = "y"

    /// Returns the rows with the figures over all values of the pivot, joined with the figures of each value.
    func pivoted(_ extent: Extent, _ pivot: SummaryPivot) throws(CRMError) -> SQLFragment {
        let kept = keys.indices.filter { !keys[$0].isPivot && extent.has(keys[$0]) }
            .map(SummaryPass.key)
        let key = SQLFragment.name(pivotPlace.map(SummaryPass.key) ?? "")
        var list = kept.map(SQLFragment.name)
        var seen: Set<String> = []
        for column in columns where !column.isHidden {
            let figure = column.isShare ? Self.share(column.figure) : SummaryPass.figure(column.figure)
            for (index, member) in pivot.members.enumerated() where seen.insert(Self.cell(column, index)).inserted {
                let isMember = SQLFunctions.isSame(key, .bind(member.key))
                list.append("max(CASE WHEN \(isMember) THEN \(name: figure) END) AS \(name: Self.cell(column, index))")
            }
        }
        if pivot.members.isEmpty { list.append("NULL") }
        let places = kept.indices.map { SQLFragment(definition: String($0 + 1)) }
        let grouping: SQLFragment = kept.isEmpty ? SQLFragment() : " GROUP BY \(places.joined(", "))"
        let same = kept.map {
            SQLFunctions.isSame(.column($0, of: Self.alias), .column($0, of: Self.cells))
        }
        let rows: SQLFragment = "(\(try shared(extent))) AS \(name: Self.alias)"
        let members = try shared(extent, isPivoted: true)
        return """
            \(rows) LEFT JOIN (SELECT \(list.joined(", ")) FROM (\(members))\(grouping)) AS \(name: Self.cells) \
            ON \(same.conjunction)
            """
    }
}

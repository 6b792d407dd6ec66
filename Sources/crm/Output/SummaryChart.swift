import CLIKit
import CRMKit
import Localization

/// The charts of a summary: one for each figure and currency.
struct SummaryChart {
    /// The kinds of charts.
    enum Kind: String, CaseIterable {
        case bars, stacked, lines
    }

    private let layout: SummaryQuery.Layout
    private let columns: [OutputColumn]
    private let audience: Audience
    private let kind: Kind?
    /// The groups, in their order.
    private var groups: [Group] = []

    private struct Group {
        let keys: [String]
        /// The first key as stored, by which the groups follow time.
        let time: Value
        let currency: String
        let figures: [Figure?]
    }

    /// A figure as read from the result.
    private struct Figure {
        let units: Int64
        let currency: String?
        let text: String
    }

    private static let mostGroups = 2_000

    /// Creates charts of a summary.
    ///
    /// - Parameter kind: the kind of chart; `nil` to choose a suitable one.
    /// - Throws: ``CRMError`` `usage` for results that cannot be drawn: dates, and too many figures.
    init(_ result: SummaryQuery.Result, as kind: Kind?, for audience: Audience) throws(CRMError) {
        layout = result.layout
        columns = result.groups.columns
        self.audience = audience
        self.kind = kind
        for figure in layout.figures {
            switch columns[figure.columns].first?.kind {
            case .text: throw Self.undrawable(figure.label)
            default: continue
            }
        }
        while try result.groups.next() {
            guard groups.count < Self.mostGroups else { throw Self.tooMany }
            groups.append(try group(result.groups))
        }
    }

    private func group(_ row: Rows) throws(CRMError) -> Group {
        var keys: [String] = []
        for key in layout.keys {
            let text = try PeopleText.of(columns[key], in: row, audience)
            keys.append(text.isEmpty ? Text(en: "(none)", es: "(ninguno)")(in: audience.language) : text)
        }
        var figures: [Figure?] = []
        for column in layout.figures.flatMap({ columns[$0.columns] }) {
            guard !row.isNull(column.position) else {
                figures.append(nil)
                continue
            }
            let currency = if case .money(let position) = column.kind { row.text(position) } else { nil as String? }
            let text = try PeopleText.of(column, in: row, audience)
            figures.append(Figure(units: row.integer(column.position), currency: currency, text: text))
        }
        let currencies = try layout.currencies.map { place throws(CRMError) in
            try PeopleText.of(columns[place], in: row, audience)
        }
        let currency = currencies.filter { !$0.isEmpty }.joined(separator: Self.separator)
        let time = layout.keys.first.map { row.value(columns[$0].position) } ?? .null
        return Group(keys: keys, time: time, currency: currency, figures: figures)
    }

    // MARK: - Charts

    /// The charts, one for each figure and currency.
    ///
    /// - Throws: ``CRMError`` `usage` if there are too many series to distinguish.
    var charts: [Chart] {
        get throws(CRMError) {
            if groups.isEmpty { return layout.figures.map(empty) }
            var charts: [Chart] = []
            for figure in layout.figures.indices {
                for currency in groups.map(\.currency).uniqued { charts += try self.charts(of: figure, currency) }
            }
            return charts
        }
    }

    /// Returns the charts of one figure for the groups with one currency.
    ///
    /// - Parameter place: the index of the figure.
    private func charts(of place: Int, _ currency: String) throws(CRMError) -> [Chart] {
        let figure = layout.figures[place]
        let offset = layout.figures[..<place].reduce(0) { $0 + $1.columns.count }
        let rows = inTimeOrder(groups.filter { $0.currency == currency }, of: figure, offset)
        guard figure.partsByCurrency else {
            let table = cells(rows, figure, offset)
            let (kind, legible) = try self.legible(table, of: figure) { alone(rows, figure, offset, table) }
            return [chart(figure, legible, as: kind, currency)]
        }
        let names = members(columns[figure.columns].map { $0.label(in: audience.language) })
        var charts: [Chart] = []
        for (index, name) in names.enumerated() {
            let table = Cells(
                categories: rows.map { $0.keys.joined(separator: Self.separator) },
                series: [figure.label(in: audience.language)],
                cells: [rows.map { $0.figures[offset + index] }]
            )
            let both = [currency, name].filter { !$0.isEmpty }.joined(separator: Self.separator)
            charts.append(chart(figure, table, as: kind(of: figure, table), both))
        }
        return charts
    }

    /// Returns groups in the order of time where lines follow it. Bars stand in the order that was asked for.
    private func inTimeOrder(_ rows: [Group], of figure: SummaryQuery.Layout.Figure, _ offset: Int) -> [Group] {
        guard layout.isTimed, kind(of: figure, cells(rows, figure, offset)) == .lines else { return rows }
        return rows.sorted { Self.isEarlier($0.time, $1.time) }
    }

    /// Whether a day or period comes before another; what has none comes last.
    private static func isEarlier(_ time: Value, _ other: Value) -> Bool {
        switch (time, other) {
        case (.null, _): false
        case (_, .null): true
        case (.integer(let year), .integer(let otherYear)): year < otherYear
        default: (time.text ?? "") < (other.text ?? "")
        }
    }

    /// Returns the chart of a figure that no group has.
    private func empty(_ figure: SummaryQuery.Layout.Figure) -> Chart {
        Chart(
            title: title(of: figure, nil, ""),
            kind: .bars,
            categories: [],
            series: [],
            absence: Text(en: "no data", es: "sin datos")(in: audience.language)
        )
    }

    private func chart(
        _ figure: SummaryQuery.Layout.Figure,
        _ table: Cells,
        as kind: Chart.Kind,
        _ currency: String
    ) -> Chart {
        let type = columns[figure.columns].first?.type ?? .integer(0...0)
        let measuring = Measuring(type, table.cells.flatMap { $0.compactMap { $0?.units } })
        let series = zip(table.series, table.cells).map { name, cells in
            let values = cells.map { cell in
                cell.map { Chart.Value(measuring.number($0.units, currency: $0.currency), $0.text) }
            }
            return Chart.Series(name, values)
        }
        return Chart(
            title: title(of: figure, measuring.name, currency),
            kind: kind,
            unit: measuring.unit,
            categories: table.categories,
            series: series,
            totals: kind == .stackedBars && figure.isAdditive ? totals(table, of: figure) : []
        )
    }

    /// Figures by series and category.
    private struct Cells {
        var categories: [String] = []
        var series: [String] = []
        var cells: [[Figure?]] = []

        /// Whether there are several series, and most of their figures are missing.
        var isSparse: Bool {
            let all = cells.reduce(0) { $0 + $1.count }
            return series.count > 1 && 2 * cells.reduce(0) { $0 + $1.count { $0 != nil } } < all
        }
    }

    /// The label for the series that are combined because there are too many to distinguish.
    private static let others = Text(en: "(others)", es: "(otros)")

    private func cells(_ rows: [Group], _ figure: SummaryQuery.Layout.Figure, _ offset: Int) -> Cells {
        let places = offset..<offset + figure.columns.count
        let names = columns[figure.columns].map { $0.label(in: audience.language) }
        if layout.pivot != nil {
            guard !layout.keys.isEmpty else {
                let only = rows.first.map { row in places.map { row.figures[$0] } } ?? []
                return Cells(categories: rows.isEmpty ? [] : members(names), series: [""], cells: [only])
            }
            return Cells(
                categories: rows.map { $0.keys.joined(separator: Self.separator) },
                series: members(names),
                cells: places.map { place in rows.map { $0.figures[place] } }
            )
        }
        guard layout.keys.count > 1 else {
            return Cells(
                categories: rows.map { $0.keys.first ?? "" },
                series: [figure.label(in: audience.language)],
                cells: [rows.map { $0.figures[offset] }]
            )
        }
        let categories = rows.map { $0.keys.dropLast().joined(separator: Self.separator) }
        let (order, series) = (categories.uniqued, rows.map { $0.keys.last ?? "" }.uniqued)
        var found: [[String]: Figure?] = [:]
        for (category, row) in zip(categories, rows) { found[[category, row.keys.last ?? ""]] = row.figures[offset] }
        return Cells(
            categories: order,
            series: series,
            cells: series.map { name in order.map { found[[$0, name]] ?? nil } }
        )
    }

    /// Returns the figures as a single series, each with its full label.
    private func alone(
        _ rows: [Group],
        _ figure: SummaryQuery.Layout.Figure,
        _ offset: Int,
        _ table: Cells
    ) -> Cells {
        let name = figure.label(in: audience.language)
        if layout.pivot == nil {
            let names = rows.map { $0.keys.joined(separator: Self.separator) }
            return Cells(categories: names, series: [name], cells: [rows.map { $0.figures[offset] }])
        }
        var (names, figures): ([String], [Figure?]) = ([], [])
        for (place, category) in table.categories.enumerated() {
            for (series, cells) in zip(table.series, table.cells) where cells[place] != nil {
                names.append(series.isEmpty ? category : category + Self.separator + series)
                figures.append(cells[place])
            }
        }
        return Cells(categories: names, series: [name], cells: [figures])
    }

    /// Returns the figures in a legible form, and the kind of chart for them. If there are too many series, the
    /// smallest of additive figures are combined; otherwise the figures become single bars. Bars with mostly missing
    /// figures become single bars, too.
    ///
    /// - Throws: ``CRMError`` `usage` if the requested kind of chart would have too many series to distinguish.
    private func legible(
        _ table: Cells,
        of figure: SummaryQuery.Layout.Figure,
        alone: () -> Cells
    ) throws(CRMError) -> (Chart.Kind, Cells) {
        let kind = kind(of: figure, table)
        let isTooMuch = table.series.count > Chart.mostSeries
        if kind == .bars { return (kind, isTooMuch || table.isSparse ? alone() : table) }
        guard isTooMuch else { return (kind, table) }
        if figure.isAdditive { return (kind, gathered(table, of: figure)) }
        guard self.kind == nil else { throw Self.tooManySeries(table.series.count) }
        return (.bars, alone())
    }

    /// Returns the series with the greatest sums, in their order, and the sum of all others as one series.
    private func gathered(_ table: Cells, of figure: SummaryQuery.Layout.Figure) -> Cells {
        let sums = table.cells.map { cells in cells.reduce(0.0) { $0 + Double($1?.units.magnitude ?? 0) } }
        let order = sums.indices.sorted { (sums[$1], $0) < (sums[$0], $1) }
        let kept = order.prefix(Chart.mostSeries - 1).sorted()
        let rest = order.dropFirst(Chart.mostSeries - 1)
        let others = table.categories.indices.map { category in
            sum(rest.compactMap { table.cells[$0][category] }, of: figure)
        }
        return Cells(
            categories: table.categories,
            series: kept.map { table.series[$0] } + [Self.others(in: audience.language)],
            cells: kept.map { table.cells[$0] } + [others]
        )
    }

    /// Returns the sum of figures; `nil` if there are none.
    private func sum(_ cells: [Figure], of figure: SummaryQuery.Layout.Figure) -> Figure? {
        guard let first = cells.first, let type = columns[figure.columns].first?.type else { return nil }
        let units = cells.reduce(into: Int64(0)) { sum, cell in
            sum = sum.addingReportingOverflow(cell.units).partialValue
        }
        let text = type.label(of: .integer(units), currency: first.currency, for: audience)
        return Figure(units: units, currency: first.currency, text: text)
    }

    /// Returns the names of columns without the figure's label.
    private func members(_ names: [String]) -> [String] {
        guard layout.figures.count > 1 else { return names }
        let figures = layout.figures.map { ", " + $0.label(in: audience.language) }
        return names.map { name in
            figures.first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
        }
    }

    private static let separator = " · "

    private func kind(of figure: SummaryQuery.Layout.Figure, _ table: Cells) -> Chart.Kind {
        switch kind {
        case .bars: return .bars
        case .stacked: return .stackedBars
        case .lines: return .lines
        case nil: break
        }
        let keys = layout.pivot != nil ? layout.keys.count : max(1, layout.keys.count - 1)
        if layout.isTimed, keys == 1, table.categories.count > 1 { return .lines }
        return figure.isAdditive && table.series.count > 1 ? .stackedBars : .bars
    }

    private func totals(_ table: Cells, of figure: SummaryQuery.Layout.Figure) -> [String] {
        table.categories.indices.map { category in
            sum(table.cells.compactMap { $0[category] }, of: figure)?.text ?? ""
        }
    }

    private func title(of figure: SummaryQuery.Layout.Figure, _ unit: Text?, _ currency: String) -> String {
        let language = audience.language
        let pivot = figure.partsByCurrency ? nil : layout.pivot?(in: language)
        let keys = layout.keys.map { columns[$0].label(in: language) } + [pivot].compactMap { $0 }
        let measure = ([figure.label, unit].compactMap { $0?(in: language) } + [currency]).filter { !$0.isEmpty }
            .joined(separator: ", ")
        guard let last = keys.last else { return measure }
        let list = keys.dropLast().joined(separator: ", ")
        let all = list.isEmpty ? last : Text(en: "\(list) and \(last)", es: "\(list) y \(last)")(in: language)
        return Text(en: "\(measure), by \(all)", es: "\(measure), por \(all)")(in: language)
    }
}

/// The unit in which the figures of a column are drawn.
private struct Measuring {
    private let type: FieldType
    /// The number of seconds of the unit, for durations.
    private let seconds: Double?
    let name: Text?

    init(_ type: FieldType, _ units: [Int64]) {
        self.type = type
        guard type == .duration else {
            (seconds, name) = (nil, nil)
            return
        }
        let areDays = (units.map(\.magnitude).max() ?? 0) >= 3 * 86_400
        seconds = areDays ? 86_400 : 3_600
        name = areDays ? Text(en: "days", es: "días") : Text(en: "hours", es: "horas")
    }

    var unit: Chart.Unit {
        if case .integer = type { return .count }
        return type.isFraction ? .fraction : .number
    }

    func number(_ units: Int64, currency: String?) -> Double {
        if let seconds { return Double(units) / seconds }
        return Double(type.text(of: .integer(units), currency: currency)) ?? Double(units)
    }
}

// MARK: - Errors

extension SummaryChart {
    private static func undrawable(_ label: Text) -> CRMError {
        CRMError(
            .usage,
            Text(
                en: "a chart draws numbers, and \(label.en) is none",
                es: "un gráfico dibuja números, y \(label.es) no lo es"
            )
        )
    }

    private static var tooMany: CRMError {
        CRMError(
            .usage,
            Text(
                en: "a chart shows at most \(mostGroups) groups",
                es: "un gráfico muestra a lo sumo \(mostGroups) grupos"
            ),
            hint: Text(
                en: "take some with --where or --limit, or a longer period",
                es: "tomar algunos con --where o --limit, o un periodo más largo"
            )
        )
    }

    private static func tooManySeries(_ count: Int) -> CRMError {
        CRMError(
            .usage,
            Text(
                en: "a chart tells at most \(Chart.mostSeries) series apart, and there are \(count)",
                es: "un gráfico distingue a lo sumo \(Chart.mostSeries) series, y hay \(count)"
            ),
            hint: Text(
                en: "draw them as bars, --chart-kind bars, or take some with --limit",
                es: "dibujarlas como barras, --chart-kind bars, o tomar algunas con --limit"
            )
        )
    }
}

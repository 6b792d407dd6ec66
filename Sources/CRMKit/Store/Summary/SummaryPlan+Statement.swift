import Localization
import SQLite

extension SummaryPlan {
    static let alias = "x"

    /// Returns the rows with the requested columns.
    ///
    /// - Parameter withKeys: whether the key of the groups follows as a column.
    func rows(
        _ extent: Extent,
        _ pivot: SummaryPivot?,
        in database: Database,
        path: String,
        withKeys: Bool = false
    ) throws -> Rows {
        var selection = Selection(
            registry: query.registry,
            today: query.context.clock.today,
            withNames: query.withNames
        )
        for key in keys.indices where !keys[key].isPivot {
            try selection.add(source(ofKey: key), key: keys[key].name, object: nil)
            selection.preferLast()
        }
        if let currency = try currencyColumn() { try selection.add(currency, key: currency.field.key, object: nil) }
        if let pivot {
            try addCells(of: pivot, to: &selection)
        } else {
            for column in columns where !column.isHidden {
                try selection.add(source(of: column), key: column.name, object: nil)
            }
        }
        if query.hasTotal {
            // Without groups, the rows are over all records already.
            let isGroup = extent.isGroups && !query.keys.isEmpty
            selection.appendTotal(.bind(.integer(isGroup ? 0 : 1)), isShown: !query.keys.isEmpty)
        }
        if withKeys {
            let key = SQLFragment.column(SummaryPass.key(0), of: Self.alias)
            selection.append(key, key: "", label: "", object: nil, kind: .text, type: .code)
        }
        var conditions = extent.isGroups ? try having.map { filter throws(CRMError) in try condition(filter) } : []
        // A pivot of no records has no columns, and a row without any would say nothing.
        if selection.columns.isEmpty { conditions.append("0") }
        let terms = try ordering(extent, &selection)
        let rows: SQLFragment =
            try pivot.map { pivot throws(CRMError) in try pivoted(extent, pivot) }
            ?? "(\(try shared(extent))) AS \(name: Self.alias)"
        let limit = extent.isGroups ? query.limit : nil
        let prepared = try database.prepare(
            fragment: selection.statement(from: rows, where: conditions, order: terms, limit: limit)
        )
        return Rows(prepared, columns: selection.columns, limit: limit, path: path)
    }

    /// Returns the terms by which rows are sorted: the requested ones, then the groups' keys as shown, then as
    /// distinguished.
    private func ordering(_ extent: Extent, _ selection: inout Selection) throws -> [SQLFragment] {
        var terms: [SQLFragment] = []
        for (column, isDescending) in extent.isGroups ? order : [] {
            terms.append(RowQuery.sorted(try selection.order(by: try known(column)), isDescending: isDescending))
        }
        let shown = keys.indices.filter { !keys[$0].isPivot }
        for key in shown {
            terms.append(RowQuery.sorted(try selection.order(by: source(ofKey: key)), isDescending: false))
        }
        for key in shown {
            terms.append(RowQuery.sorted(.column(SummaryPass.key(key), of: Self.alias), isDescending: false))
        }
        return terms
    }

    static func share(_ place: Int) -> String { "h\(place)" }

    private func source(ofKey place: Int) -> Scope.Source {
        let key = keys[place]
        var source = SummaryPass.source(of: key.term, named: key.name, at: place, in: Self.alias)
        if key.term.type == .money { source.currency = currency(key.term.currency) }
        return source
    }

    /// Returns the source of a figure's column.
    func source(of column: Column) -> Scope.Source {
        let value = value(of: column)
        var source = Scope.Source(field: field(of: column), alias: Self.alias, column: value, compared: value)
        if source.field.type == .money { source.currency = currency(figures[column.figure].figure.currency) }
        return source
    }

    func value(of column: Column) -> SQLFragment {
        if column.isShare { return .column(Self.share(column.figure), of: Self.alias) }
        let figure = figures[column.figure].figure
        return value(
            .column(SummaryPass.figure(column.figure), of: Self.alias),
            of: figure,
            in: currency(figure.currency)
        )
    }

    /// Returns a figure of a group, with its value for a group without records; an amount is null if its currency is
    /// unknown.
    func value(_ own: SQLFragment, of figure: Figure, in currency: SQLFragment) -> SQLFragment {
        if figure.ofNothing == "NULL" { return own }
        guard figure.type == .money else { return "coalesce(\(own), \(figure.ofNothing))" }
        return "coalesce(\(own), CASE WHEN \(currency) IS NOT NULL THEN \(figure.ofNothing) END)"
    }

    func field(of column: Column) -> Field {
        let figure = figures[column.figure].figure
        let label =
            column.isShare
            ? Text(en: "\(figure.label.en) (share)", es: "\(figure.label.es) (parte)") : figure.label
        let isNamed = column.name != column.measure.text
        return Field(
            column.name,
            column.isShare ? .fraction : figure.type,
            en: isNamed ? column.name : label.en,
            es: isNamed ? column.name : label.es
        )
    }

    func currency(_ path: Path?) -> SQLFragment {
        if let conversion { return conversion.code }
        let place = keys.firstIndex { $0.expression.content.text == path?.text }
        return place.map { .column(SummaryPass.key($0), of: Self.alias) } ?? "NULL"
    }

    /// Whether a key or a figure is an amount.
    var hasAmounts: Bool {
        keys.contains { $0.term.type == .money } || figures.contains { $0.figure.type == .money }
    }

    /// Returns the column for the currency to which amounts were converted; `nil` without a conversion.
    private func currencyColumn() throws(CRMError) -> Scope.Source? {
        guard let conversion, hasAmounts else { return nil }
        let name = "currency"
        if let own = keys.first(where: { $0.name == name }) {
            throw CRMError(
                own.expression.origin,
                Text(
                    en: "the column '\(name)' is that of --in",
                    es: "la columna '\(name)' es la de --in"
                ),
                hint: Text(en: "give it a name: currency as original", es: "darle un nombre: currency as original")
            )
        }
        let field = Field(name, .currency, en: "Currency", es: "Moneda")
        return Scope.Source(field: field, alias: Self.alias, column: conversion.code, compared: conversion.code)
    }

    /// Returns the column with a name or in a spelling; `nil` if there is none.
    func source(_ name: String) -> Scope.Source? {
        if let place = keys.firstIndex(where: { !$0.isPivot && ($0.name == name || $0.expression.content.text == name) }
        ) {
            return source(ofKey: place)
        }
        return columns.first { ($0.name == name || $0.measure.text == name) && !isMixed($0) }.map(source(of:))
    }

    private func known(_ column: Path) throws(CRMError) -> Scope.Source {
        if let source = source(column.text) { return source }
        let names = keys.filter { !$0.isPivot }.map(\.name) + columns.filter { !isMixed($0) }.map(\.name)
        let list = names.joined(separator: ", ")
        let place = namedColumns.first { $0.column == column }
        throw CRMError(
            ExpressionOrigin(
                option: place?.option ?? "",
                text: place?.text ?? column.text,
                column: column.column ?? 1
            ),
            Text(
                en: "the summary has no column '\(column.text)'",
                es: "el resumen no tiene la columna '\(column.text)'"
            ),
            hint: Text(en: "it has: \(list)", es: "tiene: \(list)")
        )
    }

    // MARK: - Filters over groups

    private func condition(_ filter: Filter) throws(CRMError) -> SQLFragment {
        try filter.condition { column, test throws(CRMError) in
            try FieldCondition(source: known(column), registry: query.registry, context: query.context).condition(test)
        }
    }
}

import Localization

/// A query for the records of a module that have a certain date, reached by a hop.
struct OccasionQuery {
    /// The query for the rows, which the caller may narrow and sort.
    var query: RowQuery
    /// The date of a row: a day or a moment.
    let date: SQLFragment
    /// The value to order rows by: the moment, even when only its day counts.
    let order: SQLFragment
    /// Whether dates are days.
    let isDay: Bool
    /// Distinguishes rows of one record, when there may be several.
    let row: SQLFragment?
    /// The rows of the part that have the dates.
    private let part: Scope?

    static let alias = "p"
    private static let partAlias = "w"

    /// Creates a query for the records reached by a hop that have the date.
    ///
    /// - Parameter occurrences: the dates at which recurring records count; `nil` for all other records.
    /// - Returns: `nil` when records reached by the hop cannot have the date.
    /// - Throws: ``CRMError`` when a path or filter of the definition cannot be resolved.
    init?(
        _ occasion: Occasion,
        along hop: Hop,
        at occurrences: OccurrenceDates? = nil,
        registry: Registry,
        context: ValueContext
    ) throws(CRMError) {
        if occasion.isOnlyUnlinked, hop.relation != nil { return nil }
        let scope = hop.scope(pairing: Self.alias)
        var source = hop.source(pairing: Self.alias)
        var conditions: [SQLFragment] = []
        let dates: [Scope.Source]
        switch occasion.source {
        case .fields(let paths):
            let resolver = PathResolver(registry: registry)
            dates = paths.compactMap { path in
                guard let route = resolver.find(Path(path), from: scope.place), route.steps.isEmpty else { return nil }
                return scope.source(of: route.end, in: registry)
            }
            part = nil
            row = occasion.isOfLink && hop.relation != nil ? .column("id", of: Self.alias) : nil
        case .rows(let name, let key):
            guard let part = hop.target.part(named: name), let field = part.field(key) else { return nil }
            let table = Table(part, of: hop.target)
            source.append(
                """
                 JOIN \(name: table.name) AS \(name: Self.partAlias) \
                ON \(column: table.ownerColumn, of: Self.partAlias) = \(scope.id)
                """
            )
            let rows = Scope(module: hop.target, part: part, alias: Self.partAlias, link: nil)
            // The first period of a tracked field is its value at creation.
            if part.tracked != nil { conditions.append("\(column: Part.positionKey, of: Self.partAlias) > 1") }
            if let author = occasion.author, let own = hop.ownRows(of: author.part, pairing: Self.alias) {
                conditions.append(
                    """
                    \(column: author.field, of: Self.partAlias) IN (SELECT \(name: author.key) \(own) \
                    AND \(name: table.ownerColumn) = \(scope.id))
                    """
                )
            }
            dates = [rows.source(of: .field(field), in: registry)]
            self.part = rows
            row = rows.id
        }
        guard !dates.isEmpty else { return nil }
        if occasion.comesAgain, let series = OccurrenceDates.condition(in: scope) {
            if let occurrences {
                source.append(occurrences.join(to: scope))
            } else {
                conditions.append("NOT (\(series))")
            }
        }
        let isDay = dates.contains { $0.field.type == .date }
        self.isDay = isDay
        let values = dates.map { source in
            isDay && source.field.type.form == .moment
                ? SQLFunctions.localDay(source.column, in: context.clock.zone)
                : Self.moment(source, context.clock)
        }
        let order = occurrences == nil ? SQLFunctions.first(of: values) : OccurrenceDates.start
        self.order = order
        if let change = occasion.change.flatMap({ Self.change($0.field, to: $0.value, of: scope, at: order) }) {
            conditions.append("NOT EXISTS (\(change))")
        }
        if let key = occasion.wholeDay, let field = hop.target.field(key) {
            let isWhole = scope.source(of: .field(field), in: registry).column
            let day = SQLFunctions.localDay(order, in: context.clock.zone)
            date = "CASE WHEN \(isWhole) <> 0 THEN \(day) ELSE \(order) END"
        } else {
            date = order
        }
        query = RowQuery(
            source: source,
            scope: scope,
            id: row ?? scope.id,
            selection: Selection(registry: registry, today: context.clock.today, withNames: true)
        )
        query.conditions = conditions + ["\(order) IS NOT NULL"]
        if let filter = occasion.filter { try narrow(by: filter, context: context) }
    }

    /// Returns the moment in a field; for one that stands for a whole day, the beginning of the day in the user's time
    /// zone.
    static func moment(_ source: Scope.Source, _ clock: Clock) -> SQLFragment {
        source.dayZone.map { SQLFunctions.wholeDay(source.column, in: $0, clock) } ?? source.column
    }

    /// Returns the query for the row of a tracked field that got a value at a moment, without the first period of a
    /// record; `nil` if there is no such field.
    private static func change(
        _ key: String,
        to value: String,
        of scope: Scope,
        at moment: SQLFragment
    ) -> SQLFragment? {
        guard let field = scope.module.field(key) else { return nil }
        let table = Table(.periods(of: field), of: scope.module)
        let row = "q"
        return """
            SELECT 1 FROM \(name: table.name) AS \(name: row) \
            WHERE \(column: table.ownerColumn, of: row) = \(scope.id) \
            AND \(column: Part.periodValue, of: row) = \(bind: .text(value)) \
            AND \(column: Part.periodStart, of: row) = \(moment) AND \(column: Part.positionKey, of: row) > 1
            """
    }

    /// Leaves out the records that do not pass a filter.
    mutating func narrow(by filter: String, context: ValueContext) throws(CRMError) {
        var compiler = FilterCompiler(registry: query.selection.registry, context: context)
        query.conditions.append(try compiler.condition(filter, in: query.scope).condition)
    }

    /// Leaves out dates before a day or after one, in the user's zone.
    mutating func narrow(from first: CivilDate?, through last: CivilDate?, clock: Clock) {
        if let first, let bound = bound(first, clock) { query.conditions.append("\(order) >= \(bound)") }
        if let last {
            if isDay {
                query.conditions.append("\(order) <= \(bind: .text(last.description))")
            } else if let next = last.adding(days: 1), let bound = bound(next, clock) {
                query.conditions.append("\(order) < \(bound)")
            }
        }
    }

    /// Returns the beginning of a day in the form of this query's dates.
    func bound(_ day: CivilDate, _ clock: Clock) -> SQLFragment? {
        if isDay { return .bind(.text(day.description)) }
        return Moment(day, secondOfDay: 0, in: clock.zone).map { .bind(.text($0.description)) }
    }

    /// Adds the column with the date of a row.
    mutating func appendDate() {
        query.selection.append(
            date,
            key: MentionedRecord.dateKey,
            label: Text(en: "Date", es: "Fecha"),
            object: nil,
            kind: .text,
            type: .dateTime
        )
    }

    /// Adds a column with the key of the occasion.
    mutating func appendMoment(of occasion: Occasion) {
        query.selection.append(constant: occasion.key, key: "moment", label: Text(en: "Moment", es: "Momento"))
    }

    /// Adds the column for the description of what happened, from the row of the part; null for dates of records.
    mutating func appendValue(of occasion: Occasion) throws(CRMError) {
        guard let part, let key = occasion.says, let field = part.part?.field(key) else {
            return query.selection.append(constant: nil, key: "value", label: Text(en: "Value", es: "Valor"))
        }
        let source = part.source(of: .field(field), in: query.selection.registry)
        try query.selection.add(source, key: "value", object: nil)
    }
}

extension Hop {
    /// Returns the `FROM` and `WHERE` clauses for the rows of the part through which the hop has led from a record.
    ///
    /// - Returns: `nil` if the hop does not lead through rows of a part.
    fileprivate func ownRows(of name: String, pairing: String) -> SQLFragment? {
        guard case .backReference = kind, !isBackReference, let part = target.part(named: name), part.field(near) != nil
        else { return nil }
        let table = Table.name(of: part, in: target)
        return "FROM \(name: table) WHERE \(name: near) = \(column: near, of: pairing)"
    }

    /// Creates a hop that stays at the records of a module.
    init(at module: Module) {
        self.init(table: module.rows, near: "id", far: "id", target: module, kind: .backReference, nearModule: nil)
    }
}

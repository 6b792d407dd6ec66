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
        guard let dates = Dates(of: occasion, along: hop, scope, registry), !dates.sources.isEmpty else { return nil }
        part = dates.part
        row = dates.row
        var source = hop.source(pairing: Self.alias)
        source.append(dates.join)
        var conditions = dates.conditions
        if occasion.comesAgain, let series = OccurrenceDates.condition(in: scope) {
            if let occurrences {
                source.append(occurrences.join(to: scope))
            } else {
                conditions.append("NOT (\(series))")
            }
        }
        isDay = dates.areDays
        order = occurrences == nil ? dates.first(by: context.clock) : OccurrenceDates.start
        if let change = occasion.change.flatMap({ [order] in Self.change($0.field, to: $0.value, of: scope, at: order) }
        ) {
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

    /// Where the dates of an occasion are: in fields of the records, or in rows of a part.
    private struct Dates {
        /// The fields, the one that counts first.
        let sources: [Scope.Source]
        /// The rows of the part that have the dates; `nil` for fields of the records.
        let part: Scope?
        /// Distinguishes rows of one record, when there may be several.
        let row: SQLFragment?
        /// The clause that joins the rows of the part; empty for fields of the records.
        let join: SQLFragment
        /// What the rows of the part must meet.
        let conditions: [SQLFragment]

        /// - Returns: `nil` when the module has no such part or field.
        init?(of occasion: Occasion, along hop: Hop, _ scope: Scope, _ registry: Registry) {
            switch occasion.source {
            case .fields(let paths):
                let resolver = PathResolver(registry: registry)
                sources = paths.compactMap { path in
                    guard let route = resolver.find(Path(path), from: scope.place), route.steps.isEmpty else {
                        return nil
                    }
                    return scope.source(of: route.end, in: registry)
                }
                part = nil
                row = occasion.isOfLink && hop.relation != nil ? .column("id", of: OccasionQuery.alias) : nil
                join = ""
                conditions = []
            case .rows(let name, let key):
                guard let part = hop.target.part(named: name), let field = part.field(key) else { return nil }
                let table = Table(part, of: hop.target)
                let rows = Scope(module: hop.target, part: part, alias: OccasionQuery.partAlias, link: nil)
                sources = [rows.source(of: .field(field), in: registry)]
                self.part = rows
                row = rows.id
                join = """
                     JOIN \(name: table.name) AS \(name: OccasionQuery.partAlias) \
                    ON \(column: table.ownerColumn, of: OccasionQuery.partAlias) = \(scope.id)
                    """
                conditions = Self.conditions(of: occasion, along: hop, scope, table, isTracked: part.tracked != nil)
            }
        }

        private static func conditions(
            of occasion: Occasion,
            along hop: Hop,
            _ scope: Scope,
            _ table: Table,
            isTracked: Bool
        ) -> [SQLFragment] {
            var conditions: [SQLFragment] = []
            // The first value a record has had since it was made.
            if isTracked { conditions.append("\(column: Part.positionKey, of: OccasionQuery.partAlias) > 1") }
            if let author = occasion.author, let own = hop.ownRows(of: author.part, pairing: OccasionQuery.alias) {
                conditions.append(
                    """
                    \(column: author.field, of: OccasionQuery.partAlias) IN (SELECT \(name: author.key) \(own) \
                    AND \(name: table.ownerColumn) = \(scope.id))
                    """
                )
            }
            return conditions
        }

        /// Whether any of the dates is a day, so that all of them count as days.
        var areDays: Bool { sources.contains { $0.field.type == .date } }

        /// Returns the first of the dates that a row has: a day by the clock's zone where ``areDays``, else a moment.
        func first(by clock: Clock) -> SQLFragment {
            SQLFunctions.first(
                of: sources.map { source in
                    areDays && source.field.type.form == .moment
                        ? SQLFunctions.localDay(source.column, in: clock.zone)
                        : OccasionQuery.moment(source, clock)
                }
            )
        }
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
        query.conditions.append(try condition(filter, context))
    }

    /// Leaves out the days after today of the records that do not pass a filter. What is past did happen.
    mutating func narrowComingDays(by filter: String, context: ValueContext) throws(CRMError) {
        let today = SQLFragment.bind(.text(context.clock.date.description))
        query.conditions.append("(\(order) <= \(today) OR (\(try condition(filter, context))))")
    }

    private func condition(_ filter: String, _ context: ValueContext) throws(CRMError) -> SQLFragment {
        var compiler = FilterCompiler(registry: query.selection.registry, context: context)
        return try compiler.condition(filter, in: query.scope).condition
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
        guard let other = occasion.saysOtherwise.flatMap({ column($0, of: part) }) else {
            return try query.selection.add(source, key: "value", object: nil)
        }
        query.selection.append(
            "coalesce(\(source.column), \(other))",
            key: "value",
            label: field.label,
            object: nil,
            kind: .text,
            type: field.type
        )
    }

    /// Adds the columns for who wrote a row of the part, and for what the row is other than the occasion says; null for
    /// dates of records.
    mutating func appendAuthor(of occasion: Occasion) {
        let author = part.flatMap { part in occasion.author.flatMap { column($0.field, of: part) } }
        let states = part.map { part in
            occasion.states.compactMap { state in column(state.field, of: part).map { (state, $0) } }
        }
        let cases = (states ?? []).map { state, column in
            let plain = state.besides.sorted().map { SQLFragment.bind(.text($0)) }
            let isPlain: SQLFragment = plain.isEmpty ? "0" : "\(column) IN (\(plain.joined(", ")))"
            return "WHEN \(column) IS NOT NULL AND NOT \(isPlain) THEN \(bind: .text(state.key))" as SQLFragment
        }
        let columns: [(expression: SQLFragment?, key: String, label: Text)] = [
            (author, "author", Text(en: "Author", es: "Autor")),
            (cases.isEmpty ? nil : "CASE \(cases.joined(" ")) END", "state", Text(en: "State", es: "Estado")),
        ]
        for (expression, key, label) in columns {
            query.selection.append(
                expression ?? "NULL",
                key: key,
                label: label,
                object: nil,
                kind: .text,
                type: .code
            )
        }
    }

    /// Returns the column of a field of the part; `nil` if the part has no such field.
    private func column(_ key: String, of part: Scope) -> SQLFragment? {
        part.part?.field(key).map { part.source(of: .field($0), in: query.selection.registry).column }
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

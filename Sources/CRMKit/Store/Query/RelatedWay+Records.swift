import Localization

extension RelatedWay {
    /// Returns the query for the records related to a record in this way, newest first.
    ///
    /// - Parameter limit: the maximum number of rows; `nil` for all.
    func records(
        on id: Int64,
        limit: Int?,
        registry: Registry,
        context: ValueContext
    ) throws(CRMError) -> RowQuery {
        let scope = hop.scope(pairing: Self.alias)
        var query = RowQuery(
            source: hop.source(pairing: Self.alias),
            scope: scope,
            id: scope.id,
            selection: Selection(registry: registry, today: context.clock.today, withNames: true)
        )
        query.conditions = conditions(near: .bind(.integer(id)), today: context.clock.today)
        query.limit = limit
        let (date, dayZone) = try date(&query.selection, in: scope)
        query.sort(by: [date, scope.id])
        try query.selection.appendWay(role: role, field: field, in: scope)
        query.selection.append(
            date,
            key: MentionedRecord.dateKey,
            label: Text(en: "Date", es: "Fecha"),
            object: nil,
            kind: .text,
            type: .dateTime,
            dayZone: dayZone
        )
        try query.selection.appendMention(in: scope)
        return query
    }

    /// Returns the expression that dates a record: the first of the module's dates with a value, otherwise the
    /// beginning of the link, or the creation of the link or of the record. If one of these dates can be a whole day,
    /// its zone is returned as well.
    private func date(
        _ selection: inout Selection,
        in scope: Scope
    ) throws(CRMError) -> (date: SQLFragment, dayZone: SQLFragment?) {
        let resolver = PathResolver(registry: selection.registry)
        var dates: [SQLFragment] = []
        var cases: [SQLFragment] = []
        var canBeWholeDay = false
        for path in module.mention.dates where resolver.find(Path(path), from: scope.place) != nil {
            let date = try selection.order(by: path, in: scope)
            let dayZone = module.field(path)?.dayZone(in: scope.alias)
            dates.append(date)
            cases.append("WHEN \(date) IS NOT NULL THEN \(dayZone ?? "NULL")")
            canBeWholeDay = canBeWholeDay || dayZone != nil
        }
        if hop.relation?.link.hasPeriod ?? false { dates.append(.column("since", of: Self.alias)) }
        dates.append(.column("created_at", of: hop.relation == nil ? scope.alias : Self.alias))
        return (
            SQLFunctions.first(of: dates),
            canBeWholeDay ? "CASE \(cases.joined(" ")) END" : nil
        )
    }
}

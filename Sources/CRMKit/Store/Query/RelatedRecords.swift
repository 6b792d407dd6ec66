import Localization
import SQLite

/// The records that hang on one by some ways, newest first: read as they are asked for, each way from rows of its own.
public final class RelatedRecords {
    /// A record that hangs.
    public struct Record {
        /// How it does.
        public let way: RelatedWay
        /// The row that has it: the columns `module`, `role`, `field` and `date`, then those of the object `record`, which
        /// are `id`, `name` and what the module has its records say.
        public let rows: Rows

        /// The columns of the role, of the date, of the id and of the name.
        public var role: OutputColumn { rows.columns[1] }
        /// What dates it: a day or a moment.
        public var date: OutputColumn { rows.columns[3] }
        /// Its id.
        public var id: OutputColumn { rows.columns[4] }
        /// What it is called.
        public var name: OutputColumn { rows.columns[5] }
        /// What the module has its records say beside.
        public var details: ArraySlice<OutputColumn> { rows.columns[6...] }
    }

    /// The rows of one way, standing on the next to be given.
    private struct Branch {
        let record: Record
        var date: String
        var id: Int64

        init(_ record: Record) {
            self.record = record
            (date, id) = ("", 0)
            look()
        }

        mutating func look() {
            date = record.rows.text(record.date.position)
            id = record.rows.integer(record.id.position)
        }
    }

    private var waiting: [Record]
    private var branches: [Branch] = []
    private var given: Int?

    init(_ records: [Record]) { waiting = records }

    /// Goes on to the next record.
    ///
    /// - Returns: the record, whose row is good until the next is asked for; `nil` after the last.
    /// - Throws: ``CRMError`` for what SQLite meets on the way.
    public func next() throws(CRMError) -> Record? {
        for record in waiting where try record.rows.next() { branches.append(Branch(record)) }
        waiting = []
        if let given {
            if try branches[given].record.rows.next() { branches[given].look() } else { branches.remove(at: given) }
        }
        given = branches.indices.max { (branches[$0].date, branches[$0].id) < (branches[$1].date, branches[$1].id) }
        return given.map { branches[$0].record }
    }
}

extension RelatedWay {
    /// The rows of those that hang on a record by it, newest first.
    ///
    /// - Parameter limit: the most rows; `nil` for all.
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
        let (date, isWholeDay) = try date(&query.selection, in: scope)
        query.sortDescending(by: [date, scope.id])
        let resolver = PathResolver(registry: registry)
        query.selection.append(constant: module.name.rawValue, key: "module", label: Text(en: "Module", es: "Módulo"))
        if let role {
            let route = try resolver.route(Path("\(Place.linkPrefix).\(role.key)"), from: scope.place)
            try query.selection.add(route, key: "role", object: nil, in: scope)
        } else {
            query.selection.append(constant: nil, key: "role", label: Text(en: "Role", es: "Rol"))
        }
        query.selection.append(constant: field?.key, key: "field", label: Text(en: "Field", es: "Campo"))
        query.selection.append(
            date,
            key: "date",
            label: Text(en: "Date", es: "Fecha"),
            object: nil,
            kind: .text,
            type: .dateTime,
            isWholeDay: isWholeDay
        )
        for (key, path) in [("id", "id"), ("name", module.displayKey)] + module.mentionedDetails.map({ ($0, $0) }) {
            guard let route = resolver.find(Path(path), from: scope.place) else { continue }
            try query.selection.add(route, key: key, object: OutputColumn.record, in: scope)
        }
        return query
    }

    /// What dates a record: the first of the module's dates that has a value, else when it was linked or made. What says
    /// whether that stands for its whole day, where one of them can.
    private func date(
        _ selection: inout Selection,
        in scope: Scope
    ) throws(CRMError) -> (date: SQLFragment, isWholeDay: SQLFragment?) {
        let resolver = PathResolver(registry: selection.registry)
        var dates: [SQLFragment] = []
        var cases: [SQLFragment] = []
        var canBeWholeDay = false
        for path in module.mention.dates where resolver.find(Path(path), from: scope.place) != nil {
            let date = try selection.order(by: path, in: scope)
            let isWholeDay = module.field(path)?.wholeDayKey.map { SQLFragment.column($0, of: scope.alias) }
            dates.append(date)
            cases.append("WHEN \(date) IS NOT NULL THEN \(isWholeDay ?? "0")")
            canBeWholeDay = canBeWholeDay || isWholeDay != nil
        }
        dates.append(.column("created_at", of: hop.relation == nil ? scope.alias : Self.alias))
        return (
            dates.count == 1 ? dates[0] : "coalesce(\(dates.joined(", ")))",
            canBeWholeDay ? "CASE \(cases.joined(" ")) END" : nil
        )
    }
}

extension Selection {
    /// Adds a column that is the same in every row.
    fileprivate mutating func append(constant text: String?, key: String, label: Text) {
        let value = text.map { SQLFragment.bind(.text($0)) } ?? "NULL"
        append(value, key: key, label: label, object: nil, kind: .text, type: .code)
    }
}

import Localization
import SQLite

/// A change set, record by record.
public struct ChangeSetDetail: Sendable {
    /// What was changed.
    public enum Subject: Sendable {
        /// A record, with its present or last name. The event of a link has the record at its center as the subject,
        /// that of a row of a part its record.
        case record(ModuleName, id: Int64, name: String?)
        /// The settings of the database.
        case settings
    }

    /// An event of one record, link, row of a part or of the settings.
    public struct Entry: Sendable {
        /// What was changed.
        public let subject: Subject
        /// What happened.
        public let event: RecordEvent
    }

    /// The change set.
    public let changeSet: ChangeSet
    /// The events, row by row: first those of created rows, then those of changed rows, each in order.
    public let entries: [Entry]
    /// Whether more rows were touched than the entries include.
    public let isTruncated: Bool
}

extension Store {
    /// Returns a change set, record by record.
    ///
    /// - Parameter limit: the maximum number of records, links and rows of parts whose events are included.
    /// - Throws: ``CRMError`` `notFound` if the change set does not exist.
    public func changeSet(_ id: Int64, limit: Int) throws(CRMError) -> ChangeSetDetail {
        try translating {
            guard let changeSet = try readChangeSet(id) else {
                throw Self.noChangeSet(id)
            }
            var entries: [ChangeSetDetail.Entry] = []
            let isTruncated = try forEachEntry(of: id, limit: limit) { entries.append($0) }
            return ChangeSetDetail(changeSet: changeSet, entries: entries, isTruncated: isTruncated)
        }
    }

    /// Calls a closure with the entries of a change set, one at a time.
    ///
    /// - Parameter limit: the maximum number of records, links and rows of parts.
    /// - Returns: whether the change set touched more.
    /// - Throws: what the body throws; ``CRMError`` for what SQLite reports.
    public func forEachEntry(
        of id: Int64,
        limit: Int,
        _ body: (ChangeSetDetail.Entry) throws -> Void
    ) throws -> Bool {
        try forEachEntry(of: id, since: nil, besides: nil, limit: limit, body)
    }

    /// - Parameters:
    ///   - mark: the position in the history after which entries are read; `nil` for all of the change set.
    ///   - table: the name of a table whose rows are left out.
    func forEachEntry(
        of id: Int64,
        since mark: ChangeMark?,
        besides table: String?,
        limit: Int,
        _ body: (ChangeSetDetail.Entry) throws -> Void
    ) throws -> Bool {
        let tables = LoggedRows.byName(in: self)
        let definitions = FieldDefinitions(in: self)
        let made = try madeRows(of: id).compactMap { $0.since(mark) }.filter { $0.table.name != table }
        var count = 0
        func read(_ row: Int64, in table: LoggedRows) throws -> Bool {
            guard count < limit else { return false }
            count += 1
            let entries = Result { try readEntries(of: row, in: table, changeSet: id, definitions) }
                .mapError { CRMError($0, path: path) }
            for entry in try entries.get() { try body(entry) }
            return true
        }
        for rows in made {
            let ids = try translating { try knownRows(in: rows.ids, of: rows.table.name) }
            while try translating({ try ids.step() }) {
                if try !read(ids.integer(at: 0), in: rows.table) { return true }
            }
        }
        let changed = try translating {
            try database.prepare(fragment: Self.changedRows(of: id, since: mark?.last, besides: table))
        }
        while try translating({ try changed.step() }) {
            let (name, row) = (changed.text(at: 0), changed.integer(at: 1))
            guard let table = tables[name], !made.contains(where: { $0.table.name == name && $0.ids.contains(row) })
            else { continue }
            if table.table?.isTold == false { continue }
            if try !read(row, in: table) { return true }
        }
        return false
    }

    static func noChangeSet(_ id: Int64) -> CRMError {
        CRMError(
            .notFound,
            Text(en: "there is no change set \(id)", es: "no existe el conjunto de cambios \(id)"),
            hint: Text(
                en: "see them with: \(ProgramName.placeholder) log",
                es: "verlos con: \(ProgramName.placeholder) log"
            ),
            reference: "\(id)"
        )
    }

    private struct MadeRows {
        let table: LoggedRows
        let ids: ClosedRange<Int64>

        /// Returns the rows created after a mark; `nil` when there are none.
        func since(_ mark: ChangeMark?) -> MadeRows? {
            let highest = mark?.highest[table.name] ?? 0
            guard highest < ids.upperBound else { return nil }
            return MadeRows(table: table, ids: max(ids.lowerBound, highest + 1)...ids.upperBound)
        }
    }

    /// Returns the ranges of rows that a change set created, records before links.
    private func madeRows(of changeSet: Int64) throws(CRMError) -> [MadeRows] {
        try translating {
            let ranges = try database.all(
                "SELECT \"table_name\", \"first_id\", \"last_id\" FROM \"created\" WHERE \"change_set\" = ?",
                [.integer(changeSet)]
            )
            // Records before the rows that belong to them.
            let ordered =
                tables.filter(\.holdsRecords) + tables.filter { !$0.holdsRecords && $0.isTold }
            return ordered.flatMap { table in
                ranges.compactMap { range in
                    guard range[0] == .text(table.name), let first = range[1].integer, let last = range[2].integer,
                        first <= last
                    else { return nil }
                    return MadeRows(table: .table(table), ids: first...last)
                }
            }
        }
    }

    /// Returns the query for the rows that a change set changed, in the order of the first change of each. They are not
    /// grouped, which would take memory for each of them, however few are read.
    static func changedRows(of changeSet: Int64, since mark: Int64?, besides table: String?) -> SQLFragment {
        let changeSet: SQLFragment = .bind(.integer(changeSet))
        let first: SQLFragment =
            if let mark {
                .bind(.integer(mark + 1))
            } else {
                "(SELECT min(\"id\") FROM \"change\" WHERE \"change_set\" = \(changeSet))"
            }
        // The sign keeps the index of change sets away from the look for an earlier change.
        return """
            SELECT "c"."table_name", "c"."record" FROM "change" AS "c" WHERE "c"."change_set" = \(changeSet) \
            AND "c"."id" >= \(first) AND "c"."table_name" IS NOT \(bind: table.map(Value.text) ?? .null) \
            AND NOT EXISTS (SELECT 1 FROM "change" AS "e" WHERE "e"."table_name" = "c"."table_name" \
            AND "e"."record" = "c"."record" AND "e"."id" >= \(first) AND "e"."id" < "c"."id" \
            AND +"e"."change_set" = \(changeSet)) ORDER BY "c"."id"
            """
    }

    private func readEntries(
        of row: Int64,
        in table: LoggedRows,
        changeSet: Int64,
        _ definitions: FieldDefinitions
    ) throws -> [ChangeSetDetail.Entry] {
        // The events come newest first; within a change set they are shown oldest first.
        let events = try rowEvents(of: row, in: table).filter { $0.changeSet == changeSet }.reversed()
        return try events.compactMap { event in
            let told: RecordEvent?
            let subject: ChangeSetDetail.Subject
            switch table {
            case .settings:
                told = try recordEvent(event, in: table)
                subject = .settings
            case .table(let stored):
                switch stored.kind {
                case .records:
                    told = try recordEvent(event, in: table)
                    subject = .record(stored.module.name, id: row, name: try lastKnownName(of: row, in: stored.module))
                case .links(let relation):
                    told = try linkEvent(event, in: table, relation, seenFrom: relation.center)
                    subject = try owner(relation.center, in: event)
                case .part(let part):
                    told = try partEvent(event, in: table, part, definitions)
                    subject = try owner(stored.module.name, in: event)
                }
            }
            return told.map { ChangeSetDetail.Entry(subject: subject, event: $0) }
        }
    }

    /// Returns the record that a row of a link or part belongs to, by the field that refers to it.
    private func owner(_ module: ModuleName, in event: RowEvent) throws -> ChangeSetDetail.Subject {
        let id = event.image[module.rawValue]?.integer ?? 0
        return .record(module, id: id, name: try lastKnownName(of: id, in: registry[module]))
    }
}

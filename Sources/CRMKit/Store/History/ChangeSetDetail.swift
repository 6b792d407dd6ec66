import Localization
import SQLite

/// A change set, record by record.
public struct ChangeSetDetail: Sendable {
    /// What was touched.
    public enum Subject: Sendable {
        /// A record, by what it is or was called. A link is told of at its contact.
        case record(ModuleName, id: Int64, name: String?)
        /// The settings of the database.
        case settings
    }

    /// What happened to one record or link.
    public struct Entry: Sendable {
        /// What was touched.
        public let subject: Subject
        /// What happened to it.
        public let event: RecordEvent
    }

    /// The change set.
    public let changeSet: ChangeSet
    /// One for each record and link touched: what was made first, then what was changed, each in order.
    public let entries: [Entry]
    /// Whether more was touched than the entries tell.
    public let isTruncated: Bool
}

extension Store {
    /// One change set, record by record.
    ///
    /// - Parameter limit: how many entries at most.
    /// - Throws: ``CRMError`` `notFound` where there is no such change set.
    public func changeSet(_ id: Int64, limit: Int) throws(CRMError) -> ChangeSetDetail {
        try translating {
            guard let changeSet = try readChangeSet(id, tables: LoggedTable.all(in: registry)) else {
                throw Self.noChangeSet(id)
            }
            let rows = try touchedRows(of: id, limit: limit + 1)
            let tables = LoggedTable.byName(in: registry)
            let entries = try rows.prefix(limit).flatMap { row in
                try tables[row.table].map { try readEntries(of: row.id, in: $0, changeSet: id) } ?? []
            }
            return ChangeSetDetail(changeSet: changeSet, entries: entries, isTruncated: rows.count > limit)
        }
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

    private struct TouchedRow: Hashable {
        let table: String
        let id: Int64
    }

    private func touchedRows(of changeSet: Int64, limit: Int) throws -> [TouchedRow] {
        var rows: [TouchedRow] = []
        let ranges = try database.all(
            "SELECT \"table_name\", \"first_id\", \"last_id\" FROM \"created\" WHERE \"change_set\" = ?",
            [.integer(changeSet)]
        )
        for range in ranges {
            guard let table = range[0].text, let first = range[1].integer, let last = range[2].integer else { continue }
            for id in first...last where rows.count < limit { rows.append(TouchedRow(table: table, id: id)) }
        }
        let made = Set(rows)
        let changed = try database.all(
            """
            SELECT "table_name", "record" FROM "change" WHERE "change_set" = ? \
            GROUP BY 1, 2 ORDER BY min("id") LIMIT ?
            """,
            [.integer(changeSet), .integer(Int64(limit))]
        )
        for row in changed where rows.count < limit {
            let row = TouchedRow(table: row[0].text ?? "", id: row[1].integer ?? 0)
            if !made.contains(row) { rows.append(row) }
        }
        return rows
    }

    private func readEntries(
        of row: Int64,
        in table: LoggedTable,
        changeSet: Int64
    ) throws -> [ChangeSetDetail.Entry] {
        // The walk back goes from the newest to the oldest; within a change set people read forwards.
        let events = try rowEvents(of: row, in: table).filter { $0.changeSet == changeSet }.reversed()
        return try events.compactMap { event in
            let told: RecordEvent?
            let subject: ChangeSetDetail.Subject
            switch table.subject {
            case .records(let module):
                told = try recordEvent(event, in: table)
                subject = .record(module.name, id: row, name: try lastKnownName(of: row, in: module))
            case .links(let relation):
                told = try linkEvent(event, in: table, relation, seenFrom: relation.center)
                let id = event.image[relation.center.rawValue]?.integer ?? 0
                let name = try lastKnownName(of: id, in: registry[relation.center])
                subject = .record(relation.center, id: id, name: name)
            case .settings:
                told = try recordEvent(event, in: table)
                subject = .settings
            }
            return told.map { ChangeSetDetail.Entry(subject: subject, event: $0) }
        }
    }
}

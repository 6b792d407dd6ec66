import Localization
import SQLite

/// The periods of a tracked field compared with the present values of the records.
private struct TrackedField {
    let table: Table
    let field: Field
    private let owner: String
    /// The ids of the records; `nil` for all.
    private let ids: ClosedRange<Int64>?

    init?(_ table: Table, in ids: ClosedRange<Int64>? = nil) {
        guard let key = table.part?.tracked, let field = table.module.field(key), let owner = table.owners.first else {
            return nil
        }
        (self.table, self.field, self.owner, self.ids) = (table, field, owner.key, ids)
    }

    /// The condition that a column holds the id of one of the records.
    private func isAmong(_ column: SQLFragment) -> SQLFragment {
        guard let ids else { return "TRUE" }
        return "\(column) BETWEEN \(bind: .integer(ids.lowerBound)) AND \(bind: .integer(ids.upperBound))"
    }

    /// The condition that a period `p` has no end.
    private var isOpen: SQLFragment { "\(column: Part.periodEnd, of: "p") IS NULL" }

    /// The query for the open periods, except the last one with the present value of its record.
    ///
    /// A record has few periods and a value has many, so the unary plus keeps SQLite from using the index of the values
    /// (https://www.sqlite.org/optoverview.html, section 8.1).
    var strays: SQLFragment {
        """
        SELECT "p"."id" FROM \(name: table.name) AS "p" WHERE \(isOpen) \
        AND \(isAmong("\(column: owner, of: "p")")) AND "p"."id" IS NOT (\
        SELECT max("o"."id") FROM \(name: table.name) AS "o" JOIN \(name: table.module.table) AS "r" \
        ON "r"."id" = \(column: owner, of: "o") WHERE \(column: owner, of: "o") = \(column: owner, of: "p") \
        AND \(column: Part.periodEnd, of: "o") IS NULL \
        AND +\(column: Part.periodValue, of: "o") = \(column: field.key, of: "r"))
        """
    }

    /// The query for the stray periods that another one follows, with the moment at which that one began.
    var followedStrays: SQLFragment {
        """
        SELECT "p"."id", \(column: Part.periodStart, of: "n") FROM \(Self.pairs(of: table)) \
        WHERE "p"."id" IN (\(strays)) \
        AND \(column: Part.periodStart, of: "n") >= \(column: Part.periodStart, of: "p")
        """
    }

    /// The periods `p`, each with the period `n` that comes after it.
    static func pairs(of table: Table) -> SQLFragment {
        """
        \(name: table.name) AS "p" JOIN \(name: table.name) AS "n" \
        ON \(column: table.ownerColumn, of: "n") = \(column: table.ownerColumn, of: "p") \
        AND \(column: Part.positionKey, of: "n") = \(column: Part.positionKey, of: "p") + 1
        """
    }

    /// Returns a query for the records that have a value but no open period of it.
    ///
    /// - Parameter value: the value; `nil` for any.
    func lacking(_ value: String?) -> SQLFragment {
        let holds: SQLFragment =
            value.map { "\(column: field.key, of: "r") = \(bind: .text($0))" }
            ?? "\(column: field.key, of: "r") IS NOT NULL"
        return """
            SELECT "r"."id" FROM \(name: table.module.table) AS "r" WHERE \(holds) \
            AND \(isAmong("\(column: "id", of: "r")")) AND NOT EXISTS (\
            SELECT 1 FROM \(name: table.name) AS "p" WHERE \(column: owner, of: "p") = "r"."id" AND \(isOpen) \
            AND +\(column: Part.periodValue, of: "p") = \(column: field.key, of: "r"))
            """
    }

    /// The query for the records with stray periods and those that lack one.
    var records: SQLFragment {
        """
        SELECT \(name: owner) AS "id" FROM \(name: table.name) WHERE "id" IN (\(strays)) UNION \(lacking(nil))
        """
    }
}

extension Check {
    mutating func checkPeriods(of table: Table) throws {
        guard let tracked = TrackedField(table) else { return }
        try find(store.database.prepare(fragment: tracked.records), in: Table(table.module), isMendable: true) { _ in
            Text(
                en: "the periods of \(tracked.field.key) do not end with what it is now",
                es: "los periodos de \(tracked.field.key) no terminan con lo que es ahora"
            )
        }
        try find(
            """
            SELECT "id" FROM \(table.name.quotedIdentifier) \
            WHERE \(Part.periodEnd.quotedIdentifier) < \(Part.periodStart.quotedIdentifier)
            """,
            in: table,
            of: [Part.periodEnd]
        ) { _ in Text(en: "ends before it begins", es: "termina antes de empezar") }
        let overlaps: SQLFragment = """
            SELECT "p"."id" FROM \(TrackedField.pairs(of: table)) \
            WHERE coalesce(\(column: Part.periodEnd, of: "p"), \(column: Part.periodStart, of: "p")) \
            > \(column: Part.periodStart, of: "n")
            """
        try find(store.database.prepare(fragment: overlaps), in: table, of: [Part.periodEnd]) { _ in
            Text(en: "overlaps the period after it", es: "se traslapa con el periodo siguiente")
        }
    }
}

extension Transaction {
    /// Ends the stray periods of tracked fields, and begins the missing ones.
    ///
    /// - Returns: the number of records with corrected periods.
    func mendPeriods() throws -> Int {
        try store.tables.reduce(0) { try $0 + mendPeriods(of: $1, in: nil) }
    }

    /// Ends the stray periods of a tracked field, and begins the missing ones.
    ///
    /// - Parameter ids: the ids of the records; `nil` for all.
    /// - Returns: the number of records with corrected periods.
    @discardableResult
    func mendPeriods(of table: Table, in ids: ClosedRange<Int64>?) throws -> Int {
        guard let tracked = TrackedField(table, in: ids), let end = table.part?.field(Part.periodEnd) else { return 0 }
        let records = try store.number("SELECT count(*) FROM (\(tracked.records))")
        guard records > 0 else { return 0 }
        let writer = writer(of: table)
        for row in try store.database.all(fragment: tracked.followedStrays) {
            guard let id = row[0].integer else { continue }
            try writer.update(id, [TableWriter.Change(end, to: row[1])])
        }
        try writer.update(.all(tracked.strays), [TableWriter.Change(end, to: .text(now))])
        let values = try store.database.all(
            fragment: """
                SELECT DISTINCT \(name: tracked.field.key) FROM \(name: table.module.table) \
                WHERE "id" IN (\(tracked.lacking(nil)))
                """
        ).compactMap { $0[0].text }
        for value in values {
            try writer.append([.text(value), .text(now), .null], toEach: tracked.lacking(value))
        }
        return records
    }
}

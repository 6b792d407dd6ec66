import Localization
import SQLite

extension Transaction {
    /// The first row of a part of some records that holds something by which it cannot go; `nil` for none.
    func firstHeldRow(of part: Part, in module: Module, among records: RowSet) throws -> UnremovableRow? {
        guard !part.heldBy.isEmpty else { return nil }
        let table = Table(part, of: module)
        let query: SQLFragment = """
            SELECT \(name: table.ownerColumn), \(name: Part.positionKey) \
            \(heldRows(of: part, by: part.heldBy, table, among: records)) ORDER BY 1, 2 LIMIT 1
            """
        guard let found = try store.database.first(query.sql, query.bindings), let record = found[0].integer,
            let position = found[1].integer, let row = try partWriter(of: table)?.find(position, of: record)
        else { return nil }
        return UnremovableRow(record: record, row: row)
    }

    /// Returns the end of a query for the rows of a part of some records that hold something.
    ///
    /// - Parameter keys: the fields that may hold it.
    private func heldRows(
        of part: Part,
        by keys: some Sequence<String>,
        _ table: Table,
        among records: RowSet
    ) -> SQLFragment {
        let isHeld = keys.map { "coalesce(\(name: $0), 0) <> 0" as SQLFragment }
        return """
            FROM \(name: table.name) WHERE \(records.condition(on: .name(table.ownerColumn))) \
            AND (\(isHeld.joined(" OR ")))
            """
    }

    /// Returns what to report about all records with such rows.
    private func others(with part: Part, in module: Module, among records: RowSet) throws -> [Text] {
        let table = Table(part, of: module)
        let keys = try part.heldBy.filter { key in
            let held: SQLFragment = "SELECT 1 \(heldRows(of: part, by: [key], table, among: records)) LIMIT 1"
            let rows = try store.statement(held)
            defer { rows.reset() }
            return try rows.step()
        }
        let held: SQLFragment = """
            SELECT DISTINCT \(name: table.ownerColumn) \(heldRows(of: part, by: keys, table, among: records))
            """
        let filter = keys.map { "not has \(part.name)(\($0) > 0)" }.joined(separator: " and ")
        return try lines(of: held, in: module, leftOutBy: filter)
    }

    /// - Throws: ``CRMError`` `refused` if one of the records has a row that must not be deleted.
    func checkNothingHeld(of records: RowSet, in module: Module) throws {
        for part in module.givenParts {
            guard let held = try firstHeldRow(of: part, in: module, among: records),
                let reason = part.holdsBack?(PartDraft(part, values: held.row.values))
            else { continue }
            let (called, place) = (module.called(held.record), held.row.position)
            throw CRMError(
                .refused,
                Text(
                    en: "\(called.en) cannot be deleted: \(part.label.en.lowercased()) \(place): \(reason.en)",
                    es: "no se puede eliminar \(called.es): \(part.spanish.the) \(place) \(reason.es)"
                ),
                hint: Text(
                    en: "take that back first; --force deletes it, and what was done with it stays done",
                    es: "retirar eso antes; --force elimina, y lo que se hizo queda hecho"
                ),
                module: module.name,
                reference: "\(held.record)",
                details: try others(with: part, in: module, among: records)
            )
        }
    }
}

extension Store {
    /// Calls a body with the id of every record that has rows in the table of a part, in the order of the ids.
    func forEachOwner(in table: Table, _ body: (Int64) throws -> Void) throws {
        let owner = table.ownerColumn
        let rows = try statement("SELECT DISTINCT \(name: owner) FROM \(name: table.name) ORDER BY 1" as SQLFragment)
        defer { rows.reset() }
        while try rows.step() { try body(rows.integer(at: 0)) }
    }
}

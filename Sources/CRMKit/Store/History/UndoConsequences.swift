import Localization
import SQLite

extension Transaction {
    /// Looks whether an undo left what no command would have allowed: a reference to nothing, a loop, dates out of order,
    /// a flag on two records that only one may carry.
    func checkConsequences(of touched: [String: Reversal.Touched], into conflicts: inout UndoConflicts) throws {
        let tables = LoggedTable.all(in: store.registry)
        for table in tables {
            guard let rows = touched[table.name] else { continue }
            let present = IDRanges(rows.present)
            if let module = table.module {
                try findDependents(on: IDRanges(rows.gone), of: module, among: tables, into: &conflicts)
                for id in present.ids { try checkRecord(id, of: module, into: &conflicts) }
            } else if let relation = table.relation, relation.link.hasPeriod {
                try findReversedPeriods(among: present, in: table, into: &conflicts)
            }
            try findDangling(among: present, in: table, into: &conflicts)
        }
    }

    /// Rows that still point at records which are gone.
    private func findDependents(
        on gone: IDRanges,
        of module: Module,
        among tables: [LoggedTable],
        into conflicts: inout UndoConflicts
    ) throws {
        for table in tables {
            for field in table.fields where field.points(at: module.name) {
                for range in gone.ranges {
                    let rows = try dangling(
                        field,
                        of: table,
                        to: module,
                        where: "t.\((field.columns.last ?? "").quotedIdentifier)",
                        in: range
                    )
                    for row in rows {
                        let image = try store.image(of: row.id, in: table) ?? RowImage()
                        conflicts.add {
                            let label = table.label(of: image, id: row.id, in: store.registry)
                            return Text(
                                en: "\(label.en) hangs on \(module.called(row.target).en)",
                                es: "\(label.es) depende de \(module.called(row.target).es)"
                            )
                        }
                    }
                }
            }
        }
    }

    /// References of rows that came back to records which are gone.
    private func findDangling(
        among present: IDRanges,
        in table: LoggedTable,
        into conflicts: inout UndoConflicts
    ) throws {
        for field in table.fields {
            let targets =
                field.type == .anyReference
                ? store.registry.modules : field.type.target.map { [store.registry[$0]] } ?? []
            for module in targets {
                for range in present.ranges {
                    for row in try dangling(field, of: table, to: module, where: "t.\"id\"", in: range) {
                        let image = try store.image(of: row.id, in: table) ?? RowImage()
                        conflicts.add {
                            let label = table.label(of: image, id: row.id, in: store.registry)
                            return Text(
                                en: "\(label.en) refers to \(module.called(row.target).en), which is gone",
                                es: "\(label.es) se refiere a \(module.called(row.target).es), que ya no existe"
                            )
                        }
                    }
                }
            }
        }
    }

    private struct Dangling {
        let id: Int64
        let target: Int64
    }

    /// Rows whose reference names a record that does not exist, where a column is within a range.
    private func dangling(
        _ field: Field,
        of table: LoggedTable,
        to module: Module,
        where column: String,
        in range: ClosedRange<Int64>
    ) throws -> [Dangling] {
        let reference = (field.columns.last ?? "").quotedIdentifier
        var condition = "\(column) BETWEEN ? AND ? AND t.\(reference) IS NOT NULL"
        var values: [Value] = [.integer(range.lowerBound), .integer(range.upperBound)]
        if field.type == .anyReference {
            condition += " AND t.\(field.columns[0].quotedIdentifier) = ?"
            values.append(.text(module.name.rawValue))
        }
        return try store.database.all(
            """
            SELECT t."id", t.\(reference) FROM \(table.name.quotedIdentifier) t WHERE \(condition) AND NOT EXISTS (\
            SELECT 1 FROM \(module.table.quotedIdentifier) r WHERE r."id" = t.\(reference)) ORDER BY 1
            """,
            values
        ).map { Dangling(id: $0[0].integer ?? 0, target: $0[1].integer ?? 0) }
    }

    private func findReversedPeriods(
        among present: IDRanges,
        in table: LoggedTable,
        into conflicts: inout UndoConflicts
    ) throws {
        for range in present.ranges {
            let rows = try store.database.all(
                """
                SELECT "id" FROM \(table.name.quotedIdentifier) \
                WHERE "id" BETWEEN ? AND ? AND "until" < "since"
                """,
                [.integer(range.lowerBound), .integer(range.upperBound)]
            )
            for id in rows.compactMap({ $0[0].integer }) {
                let image = try store.image(of: id, in: table) ?? RowImage()
                conflicts.add {
                    let label = table.label(of: image, id: id, in: store.registry)
                    return Text(
                        en: "\(label.en) would end before it begins",
                        es: "\(label.es) terminaría antes de empezar"
                    )
                }
            }
        }
    }

    /// Names a record anew from its parts and checks what its definition demands.
    private func checkRecord(_ id: Int64, of module: Module, into conflicts: inout UndoConflicts) throws {
        guard let record = try store.storedRecord(module, id: id) else { return }
        var draft = Draft(editing: record)
        draft.composeDisplayName()
        try rename(draft, from: record)
        let label = module.called(id)
        for problem in DraftCheck(draft).problems.map(\.problem) {
            conflicts.add {
                Text(
                    en: "\(label.en): \(problem.field) \(problem.reason.en)",
                    es: "\(label.es): \(problem.field) \(problem.reason.es)"
                )
            }
        }
        for field in module.fields where field.traits.contains(.acyclic) {
            guard case .integer(let next) = record[field.key], try chain(of: field, in: module, from: next, reaches: id)
            else { continue }
            conflicts.add {
                Text(
                    en: "\(label.en): \(field.key) \(next) would close a loop",
                    es: "\(label.es): \(field.key) \(next) cerraría un ciclo"
                )
            }
        }
        for exclusivity in module.exclusivities where record[exclusivity.flag] == .integer(1) {
            for other in try others(than: record, with: exclusivity) {
                conflicts.add {
                    Text(
                        en: "\(label.en): \(module.called(other).en) is the one that is \(exclusivity.flag) now",
                        es: "\(label.es): ahora \(module.called(other).es) es el que lleva \(exclusivity.flag)"
                    )
                }
            }
        }
    }

    /// Stores the display name of a draft where it is another than its record has.
    private func rename(_ draft: Draft, from record: Record) throws {
        let key = draft.module.displayKey
        guard case .composed = draft.module.display, draft.changes(key), let field = draft.module.field(key) else {
            return
        }
        let columns = field.columns + (field.matchColumn.map { [$0] } ?? [])
        let values = RecordTable.stored(draft[key], of: field, country: self.values.country)
        try write(columns, values, kept: field.columns, to: record.id, of: draft.module)
    }
}

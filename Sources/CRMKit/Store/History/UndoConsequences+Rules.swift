import Localization
import SQLite

/// What rules refuse of records and links as an undo leaves them, because later changes stand on what there was.
extension UndoConsequences {
    /// Adds the changes of a table that rules refuse.
    func askRules(about table: Table, into conflicts: inout UndoConflicts) throws {
        if let relation = table.relation {
            guard let rules = try LinkRules(table, in: transaction) else { return }
            for change in try roleChanges(in: table, relation) {
                if let reason = try rules.refusal(of: change) { conflicts.add { reason } }
            }
        } else if table.holdsRecords {
            let columns = log.kept[table.name]?.columns ?? []
            let rules = table.module.rules.filter { $0.checksUndo && !$0.watching.isDisjoint(with: columns) }
            guard !rules.isEmpty else { return }
            for change in try changes(of: table) {
                for rule in rules where rule.watching.contains(where: change.changes) {
                    let reason = try refusal { try rule.after?(change, transaction) }
                    if let reason { conflicts.add { reason } }
                }
            }
        } else if let part = table.part {
            let rules = table.module.rowRules(of: part.name)
            guard !rules.isEmpty, !touched.actions(in: table.name).isEmpty else { return }
            for change in try rowsChanges(of: table, part) {
                for rule in rules where try rule.isInForce(change.old, transaction) {
                    if let reason = try refusal({ try rule.check(change, transaction) }) { conflicts.add { reason } }
                }
            }
        }
    }

    /// Returns the reason why a rule refuses what the undo does; `nil` if it does not.
    private func refusal(_ ask: () throws -> Void) throws -> Text? {
        do {
            try ask()
        } catch let error as CRMError where error.code == .refused {
            return error.message
        }
        return nil
    }

    // MARK: - Links

    /// Returns the links whose role the undo changed or took away. One that came back was there before.
    private func roleChanges(in table: Table, _ relation: Relation) throws -> [Rule.LinkChange] {
        let condition = touched.condition(on: .delete, .update, in: table.name)
        let found = try store.database.prepare(
            fragment: "SELECT \"record\", \"before\" FROM \"change\" WHERE \(condition) ORDER BY \"id\""
        )
        var changes: [Rule.LinkChange] = []
        while try found.step() {
            let present = try store.image(of: found.integer(at: 0), in: .table(table))
            var former = present ?? RowImage()
            former.goBack(to: try RowImage(json: found.text(at: 1)))
            let (formerRole, role) = (former["role"]?.text, present?["role"]?.text)
            guard formerRole != role, let record = former[relation.module.rawValue]?.integer,
                let contact = former[relation.center.rawValue]?.integer
            else { continue }
            changes.append(
                Rule.LinkChange(record: record, contact: contact, formerRole: formerRole, role: role)
            )
        }
        return changes
    }

    // MARK: - Records

    /// Returns the undo's changes of records whose links have changed since the change set that is undone.
    private func changes(of table: Table) throws -> [Rule.Change] {
        guard let links = store.tables.first(where: { $0.relation?.module == table.module.name }) else { return [] }
        let found = try store.database.prepare(
            fragment: """
                SELECT DISTINCT "record" FROM "change" WHERE \(touched.condition(on: .update, in: table.name)) \
                AND "record" IN (\(recordsOfNewerLinks(in: links, table.module.name.rawValue)))
                """
        )
        var changes: [Rule.Change] = []
        while try found.step() {
            guard let new = try store.storedRecord(table.module, id: found.integer(at: 0)) else { continue }
            changes.append(Rule.Change(old: try asBefore(new, in: table), new: new))
        }
        return changes
    }

    /// Returns a query for the records of which a link was made, changed or removed after the change set that is undone,
    /// and not by the undo.
    private func recordsOfNewerLinks(in links: Table, _ column: String) -> SQLFragment {
        let isNewer: SQLFragment = """
            "table_name" = \(bind: .text(links.name)) AND "change_set" > \(bind: .integer(undone)) \
            AND "change_set" <> \(bind: .integer(changeSet))
            """
        return """
            SELECT "l".\(name: column) FROM \(name: links.name) AS "l" WHERE EXISTS (SELECT 1 FROM "created" \
            WHERE \(isNewer) AND "l"."id" BETWEEN "first_id" AND "last_id") \
            OR "l"."id" IN (SELECT "record" FROM "change" WHERE \(isNewer)) \
            UNION SELECT \(ChangeLog.former(column)) FROM "change" \
            WHERE \(isNewer) AND "action" = \(bind: .text(ChangeLog.Action.delete.rawValue))
            """
    }

    /// Returns a record as it was before the undo.
    private func asBefore(_ record: Record, in table: Table) throws -> Record {
        let found = try store.database.prepare(
            fragment: """
                SELECT "before" FROM "change" WHERE \(touched.condition(on: .update, in: table.name)) \
                AND "record" = \(bind: .integer(record.id)) ORDER BY "id" DESC
                """
        )
        var image = RowImage()
        while try found.step() { image.goBack(to: try RowImage(json: found.text(at: 0))) }
        var former = record
        for (position, field) in record.module.allFields.enumerated() {
            if let value = image.value(of: field) { former.values[position] = value }
        }
        return former
    }

    // MARK: - Rows

    /// Returns the undo's changes of the rows of records whose links have changed since the change set that is undone.
    private func rowsChanges(of table: Table, _ part: Part) throws -> [Rule.RowsChange] {
        let module = table.module
        guard let links = store.tables.first(where: { $0.relation?.module == module.name }) else { return [] }
        let owner = table.ownerColumn
        let found = try store.database.prepare(
            fragment: """
                SELECT coalesce(\(column: owner, of: "t"), \(ChangeLog.former(owner))) AS "changed", "c"."record", "c"."action", "c"."before" \
                FROM "change" AS "c" LEFT JOIN \(name: table.name) AS "t" ON "t"."id" = "c"."record" \
                WHERE \(touched.condition(on: [.update, .delete, .restore], in: table.name, as: "c")) \
                AND "changed" IN (\(recordsOfNewerLinks(in: links, module.name.rawValue))) \
                ORDER BY "changed", "c"."id" DESC
                """
        )
        var owners: [Int64] = []
        var images: [Int64: [Int64: RowImage?]] = [:]
        while try found.step() {
            let (record, row) = (found.integer(at: 0), found.integer(at: 1))
            if owners.last != record {
                owners.append(record)
                images[record] = try presentImages(of: record, in: table)
            }
            switch ChangeLog.Action(rawValue: found.text(at: 2)) {
            case .restore: images[record]?[row] = .some(nil)
            case .update, .delete:
                var image = images[record]?[row].flatMap { $0 } ?? RowImage()
                image.goBack(to: try RowImage(json: found.text(at: 3)))
                images[record]?[row] = image
            default: continue
            }
        }
        return try owners.compactMap { id in
            guard let record = try store.storedRecord(module, id: id) else { return nil }
            let rows = (images[id] ?? [:]).compactMap { row, image in
                image.map { image in
                    PartRow(id: row, position: 0, values: part.allFields.map { image.value(of: $0) ?? .null })
                }
            }
            let present = try store.partReader(table).rows(of: id)
            return Rule.RowsChange(old: record, new: record, formerRows: rows, rows: present)
        }
    }

    private func presentImages(of record: Int64, in table: Table) throws -> [Int64: RowImage?] {
        var images: [Int64: RowImage?] = [:]
        for row in try store.partReader(table).rows(of: record) {
            images[row.id] = try store.image(of: row.id, in: .table(table))
        }
        return images
    }
}

import Localization
import SQLite

/// The result of an undo.
public struct UndoReport: Sendable {
    /// The change set that was undone.
    public let undone: ChangeSet
    /// The change set of the undo itself, with its counts. After a dry run its id does not exist.
    public let changeSet: ChangeSet
    /// Messages for the user about side effects of the undo.
    public let notices: [Text]
}

extension Store {
    /// Undoes a change set: records that it created are deleted, deleted ones are restored under their old ids, and
    /// changed values are set back. An undo is all or nothing. It is itself a change set, which can be undone like any
    /// other.
    ///
    /// - Parameter id: the id of the change set. With `nil`, the newest change set that is in effect, is not an undo
    ///   and is not empty is undone, if the same person made it or the request is forced.
    /// - Throws: ``CRMError`` `notFound` when there is no such change set or nothing to undo; `refused` when it was
    ///   undone before, is an erasure, has no changes left, or is another person's; `conflict`, with the obstacles as
    ///   details, when later changes depend on it.
    public func undo(_ id: Int64?, _ request: WriteRequest) throws(CRMError) -> UndoReport {
        let id = try translating { try id ?? newestStanding(for: request) }
        return try translating {
            try write(request, undoing: id) { transaction in
                let changed = try ChangedRows(of: id, readingShapes: true, in: self)
                guard let undone = try readChangeSet(id, changed) else { throw Self.noChangeSet(id) }
                if let undo = undone.undoneBy { throw Self.alreadyUndone(id, by: undo) }
                if undone.counts.contains(where: { $0.erased > 0 }) { throw Self.isErasure(id) }
                guard try !areDerived(changed) || madeRows(by: id) else { throw Self.isNothing(id) }
                let own = try transaction.takeBack(id, changed)
                let changes = ChangedRows(of: own, by: transaction.log)
                guard let changeSet = try readChangeSet(own, changes) else { throw Self.noChangeSet(own) }
                return UndoReport(undone: undone, changeSet: changeSet, notices: transaction.notices)
            }
        }
    }

    /// Returns the change set that ``undo(_:_:)`` undoes when no id is given.
    ///
    /// - Throws: ``CRMError`` as ``undo(_:_:)`` does.
    public func changeSetToUndo(_ request: WriteRequest) throws(CRMError) -> ChangeSet {
        try translating {
            let id = try newestStanding(for: request)
            guard let changeSet = try readChangeSet(id) else { throw Self.noChangeSet(id) }
            return changeSet
        }
    }

    private func newestStanding(for request: WriteRequest) throws -> Int64 {
        let rows = try database.prepare(
            """
            SELECT "id", "who", "command" FROM "change_set" AS "s" WHERE "undoes" IS NULL \
            AND (EXISTS (SELECT 1 FROM "change" AS "c" WHERE "c"."change_set" = "s"."id") \
            OR EXISTS (SELECT 1 FROM "created" AS "c" WHERE "c"."change_set" = "s"."id")) ORDER BY "id" DESC
            """
        )
        while try rows.step() {
            let id = rows.integer(at: 0)
            guard try standingUndo(of: id) == nil else { continue }
            let who = rows.text(at: 1)
            guard who == request.who || request.isForced else {
                throw CRMError(
                    .refused,
                    Text(
                        en: "the newest change set, \(id), is not yours: \(who) ran \(rows.text(at: 2))",
                        es: "el conjunto de cambios más nuevo, \(id), no es propio: \(who) ejecutó \(rows.text(at: 2))"
                    ),
                    hint: Text(
                        en: "to take it back all the same: \(ProgramName.placeholder) undo \(id)",
                        es: "para deshacerlo de todos modos: \(ProgramName.placeholder) undo \(id)"
                    ),
                    reference: "\(id)"
                )
            }
            return id
        }
        throw CRMError(.notFound, Text(en: "there is nothing to undo", es: "no hay nada que deshacer"))
    }

    /// Whether all changes are of values that follow from others, as those of a repair are. An undo would derive them
    /// anew.
    private func areDerived(_ changed: ChangedRows) -> Bool {
        let tables = Dictionary(uniqueKeysWithValues: self.tables.map { ($0.name, $0) })
        return changed.changes.allSatisfy { changes in
            guard changes.action == .update, let table = tables[changes.table], table.part?.isDerived != true,
                let columns = changes.shapes.columns
            else { return false }
            return columns.allSatisfy(table.isDerived)
        }
    }

    /// Whether the history still records rows that a change set created.
    private func madeRows(by id: Int64) throws -> Bool {
        try number("SELECT EXISTS (SELECT 1 FROM \"created\" WHERE \"change_set\" = \(bind: .integer(id)))") > 0
    }

    private static func isNothing(_ id: Int64) -> CRMError {
        CRMError(
            .refused,
            Text(
                en: """
                    of change set \(id) there is nothing to take back: it changed nothing, or only what follows from the rest, \
                    as a repair does, or what it changed was erased
                    """,
                es: """
                    del conjunto de cambios \(id) no hay nada que deshacer: no cambió nada, o solo lo que se deduce de lo \
                    demás, como una reparación, o lo que cambió se suprimió
                    """
            ),
            hint: Text(
                en: "to take an earlier one back: \(ProgramName.placeholder) undo ID",
                es: "para deshacer uno anterior: \(ProgramName.placeholder) undo ID"
            ),
            reference: "\(id)"
        )
    }

    private static func isErasure(_ id: Int64) -> CRMError {
        CRMError(
            .refused,
            Text(
                en: "change set \(id) is an erasure, of which nothing is left to bring back",
                es: "el conjunto de cambios \(id) es una supresión, de la que no queda nada que recuperar"
            ),
            hint: Text(
                en: "to take an earlier one back: \(ProgramName.placeholder) undo ID",
                es: "para deshacer uno anterior: \(ProgramName.placeholder) undo ID"
            ),
            reference: "\(id)"
        )
    }

    private static func alreadyUndone(_ id: Int64, by undo: Int64) -> CRMError {
        CRMError(
            .refused,
            Text(
                en: "change set \(id) was already undone by change set \(undo)",
                es: "el conjunto de cambios \(id) ya fue deshecho por el \(undo)"
            ),
            hint: Text(
                en: "to redo it: \(ProgramName.placeholder) undo \(undo)",
                es: "para rehacerlo: \(ProgramName.placeholder) undo \(undo)"
            ),
            reference: "\(id)"
        )
    }
}

extension Transaction {
    /// Undoes a change set within this transaction.
    ///
    /// - Parameter changed: the changes of the change set.
    /// - Returns: the change set of this transaction, which exists even when nothing was left to undo.
    fileprivate func takeBack(_ id: Int64, _ changed: ChangedRows) throws -> Int64 {
        var conflicts = UndoConflicts()
        var later = LaterChanges(after: id, in: store)
        let isFollowed = try later.find(into: &conflicts)
        try conflicts.check(undoing: id)
        later.shifts.notices.forEach(notice)
        let own = try log.changeSet()
        // Rows are deleted and restored in an order that references need not follow; dangling references are looked for
        // at the end.
        try store.database.execute("PRAGMA defer_foreign_keys = ON")
        var reversal = Reversal(of: id, changed, isFollowed: isFollowed, shifts: later.shifts, in: self)
        try reversal.run(conflicts: &conflicts)
        try conflicts.check(undoing: id)
        let derivations = UndoneDerivations(of: own, in: self)
        if isFollowed { try derivations.settlePositions() }
        try derivations.settle()
        try reversal.bringBackLastChanges()
        try UndoConsequences(of: own, undoing: id, in: self).find(into: &conflicts)
        try conflicts.check(undoing: id)
        return own
    }
}

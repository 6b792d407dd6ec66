import SQLite

/// The extent of a pruning of the history.
public struct PrunedHistory: Sendable, Equatable {
    /// The number of change sets deleted.
    public let changeSets: Int
    /// The number of these that could still be undone.
    public let undoable: Int
    /// The id of the last deleted change set; 0 when there is none.
    public let last: Int64
}

extension Store {
    /// Returns what ``Transaction/pruneHistory(before:)`` would delete.
    ///
    /// - Parameter day: a day in the user's zone.
    public func prunableHistory(before day: CivilDate) throws(CRMError) -> PrunedHistory {
        try translating { try prunable(before: day) }
    }

    /// Returns the extent of a pruning. The log is cut off at the first change set of the day or later, even if clocks
    /// went wrong and later ones have earlier times. Change sets with an erasure are never deleted.
    fileprivate func prunable(before day: CivilDate) throws -> PrunedHistory {
        guard let moment = Moment(day, secondOfDay: 0, in: clock.zone)?.description else {
            return PrunedHistory(changeSets: 0, undoable: 0, last: 0)
        }
        let last = try number(
            """
            SELECT coalesce((SELECT min("id") - 1 FROM "change_set" WHERE "at" >= \(bind: .text(moment))), \
            (SELECT max("id") FROM "change_set"), 0)
            """
        )
        let pruned = Self.prunedSets(upTo: Int64(last))
        return PrunedHistory(
            changeSets: try number("SELECT count(*) FROM (\(pruned))"),
            undoable: try number(
                """
                SELECT count(*) FROM (\(pruned)) AS "p" WHERE NOT EXISTS (\
                SELECT 1 FROM "change_set" AS "u" WHERE "u"."undoes" = "p"."id")
                """
            ),
            last: Int64(last)
        )
    }

    /// Returns a query for the ids of the change sets to delete: all up to one, except those with an erasure.
    fileprivate static func prunedSets(upTo last: Int64) -> SQLFragment {
        """
        SELECT "id" FROM "change_set" WHERE "id" <= \(bind: .integer(last)) AND "id" NOT IN (\
        SELECT "change_set" FROM "change" WHERE "action" = \(bind: .text(ChangeLog.Action.erase.rawValue)))
        """
    }
}

extension Transaction {
    /// Deletes the history of the days before one. Change sets of these days can no longer be undone.
    ///
    /// - Parameter day: a day in the user's zone.
    public func pruneHistory(before day: CivilDate) throws(CRMError) -> PrunedHistory {
        try store.translating {
            let pruned = try store.prunable(before: day)
            guard pruned.changeSets > 0 else { return pruned }
            let sets = Store.prunedSets(upTo: pruned.last)
            try store.run("DELETE FROM \"follower\" WHERE \"change_set\" < \(bind: .integer(pruned.last))")
            try store.run("DELETE FROM \"import_journal\" WHERE \"is_complete\" = 1 AND \"change_set\" IN (\(sets))")
            try store.run("UPDATE \"import_journal\" SET \"change_set\" = NULL WHERE \"change_set\" IN (\(sets))")
            try store.run("UPDATE \"change_set\" SET \"undoes\" = NULL WHERE \"undoes\" IN (\(sets))")
            for table in ["created", "change"] {
                try store.run("DELETE FROM \(name: table) WHERE \"change_set\" IN (\(sets))")
            }
            try store.run("DELETE FROM \"change_set\" WHERE \"id\" IN (\(sets))")
            // An empty change set records that the history was pruned.
            _ = try log.changeSet()
            return pruned
        }
    }
}

import SQLite

/// One command that wrote to the file: who ran it, when, its command line, and how much it changed.
public struct ChangeSet: Sendable {
    /// The numbers of changes to the records of one module and to their links with contacts.
    public struct Counts: Sendable, Equatable {
        /// The module.
        public let module: ModuleName
        /// The number of records created.
        public fileprivate(set) var created = 0
        /// The number of records changed.
        public fileprivate(set) var updated = 0
        /// The number of records deleted.
        public fileprivate(set) var deleted = 0
        /// The number of deleted records that were restored.
        public fileprivate(set) var restored = 0
        /// The number of records erased for good.
        public fileprivate(set) var erased = 0
        /// The number of links created or restored.
        public fileprivate(set) var linked = 0
        /// The number of links whose attributes changed.
        public fileprivate(set) var linksChanged = 0
        /// The number of links deleted.
        public fileprivate(set) var unlinked = 0
        /// The number of rows of parts created or restored.
        public fileprivate(set) var partsAdded = 0
        /// The number of rows of parts that changed.
        public fileprivate(set) var partsChanged = 0
        /// The number of rows of parts deleted.
        public fileprivate(set) var partsRemoved = 0

        init(module: ModuleName) { self.module = module }
    }

    /// The id, counted up from 1, by which the change set can be undone.
    public let id: Int64
    /// The time of the change, RFC 3339 in UTC.
    public let at: String
    /// The user who made the change.
    public let who: String
    /// The command line.
    public let command: String
    /// The id of the change set that this one undid; `nil` when it is no undo.
    public let undoes: Int64?
    /// The id of the change set that undid this one and is still in effect; `nil` if there is none.
    public let undoneBy: Int64?
    /// The counts for each module touched, in the modules' order.
    public let counts: [Counts]
    /// Whether settings of the database were changed.
    public let changesSettings: Bool
}

extension Store {
    /// Returns the change sets of the database, newest first.
    ///
    /// - Parameters:
    ///   - limit: the maximum number; `nil` for all.
    ///   - before: the upper bound of ids, exclusive, to continue where an earlier call ended.
    public func history(limit: Int? = nil, before: Int64? = nil) throws(CRMError) -> [ChangeSet] {
        try translating {
            let ids = try database.all(
                "SELECT \"id\" FROM \"change_set\" WHERE \"id\" < ? ORDER BY \"id\" DESC LIMIT ?",
                [.integer(before ?? .max), .integer(limit.map(Int64.init) ?? -1)]
            ).compactMap { $0[0].integer }
            return try ids.compactMap { try readChangeSet($0) }
        }
    }

    /// Returns a change set with its counts; `nil` when there is none with the id.
    ///
    /// - Parameter changed: the changes of the change set, when they are known; otherwise they are read.
    func readChangeSet(_ id: Int64, _ changed: ChangedRows? = nil) throws -> ChangeSet? {
        let row = try statement("SELECT \"at\", \"who\", \"command\", \"undoes\" FROM \"change_set\" WHERE \"id\" = ?")
        try row.bind(id, at: 1)
        defer { row.reset() }
        guard try row.step() else { return nil }
        let tallies = try readTallies(of: id, changed ?? ChangedRows(of: id, in: self))
        return ChangeSet(
            id: id,
            at: row.text(at: 0),
            who: row.text(at: 1),
            command: row.text(at: 2),
            undoes: row.value(at: 3).integer,
            undoneBy: try standingUndo(of: id),
            counts: counts(tallies),
            changesSettings: tallies.contains { $0.table == Settings.table }
        )
    }

    private struct Tally {
        let table: String
        /// The action in the log; `nil` for rows that were created.
        let action: ChangeLog.Action?
        let count: Int
    }

    private func readTallies(of id: Int64, _ changed: ChangedRows) throws -> [Tally] {
        let made = try database.all(
            """
            SELECT "table_name", CAST(min(total(max("last_id" - "first_id" + 1, 0)), 1e15) AS INTEGER) \
            FROM "created" WHERE "change_set" = ? GROUP BY 1
            """,
            [.integer(id)]
        ).map { row in Tally(table: row[0].text ?? "", action: nil, count: Int(row[1].integer ?? 0)) }
        let touched = try changed.changes.map { changes in
            Tally(
                table: changes.table,
                action: changes.action,
                count: try changed.rowCount(of: changes, in: self)
            )
        }
        return made + touched.filter { $0.count > 0 }
    }

    private func counts(_ tallies: [Tally]) -> [ChangeSet.Counts] {
        var counts: [ChangeSet.Counts] = []
        for table in tables where table.isTold {
            let name = table.module.name
            for tally in tallies where tally.table == table.name {
                if counts.last?.module != name { counts.append(ChangeSet.Counts(module: name)) }
                counts[counts.count - 1].add(tally.count, action: tally.action, kind: table.kind)
            }
        }
        return counts
    }

    /// Whether a change set has taken back another.
    func isUndo(_ id: Int64) throws -> Bool {
        try database.all("SELECT \"undoes\" FROM \"change_set\" WHERE \"id\" = ?", [.integer(id)]).first?[0].integer
            != nil
    }

    /// Returns the id of the change set that undid another, unless it was undone itself.
    ///
    /// Only a later change set can undo another. In a damaged file, others that claim to are ignored.
    func standingUndo(of id: Int64) throws -> Int64? {
        let undos = try database.all(
            """
            WITH RECURSIVE "undo" ("id", "undoes") AS ( \
            SELECT "id", "undoes" FROM "change_set" WHERE "undoes" = ?1 AND "id" > ?1 UNION ALL \
            SELECT "c"."id", "c"."undoes" FROM "change_set" AS "c" \
            JOIN "undo" AS "u" ON "c"."undoes" = "u"."id" AND "c"."id" > "u"."id") \
            SELECT "id", "undoes" FROM "undo" ORDER BY "id" DESC
            """,
            [.integer(id)]
        )
        // Newest first, so that for each undo it is known whether it has itself been undone.
        var takenBack: Set<Int64> = []
        for row in undos {
            guard let undo = row[0].integer, let undone = row[1].integer, !takenBack.contains(undo) else { continue }
            if undone == id { return undo }
            takenBack.insert(undone)
        }
        return nil
    }
}

extension ChangeSet.Counts {
    fileprivate mutating func add(_ count: Int, action: ChangeLog.Action?, kind: Table.Kind) {
        switch (action, kind) {
        case (nil, .records): created += count
        case (.update, .records): updated += count
        case (.delete, .records): deleted += count
        case (.restore, .records): restored += count
        case (.erase, .records): erased += count
        case (nil, .links), (.restore, .links): linked += count
        case (.update, .links): linksChanged += count
        case (.delete, .links): unlinked += count
        case (nil, .part), (.restore, .part): partsAdded += count
        case (.update, .part): partsChanged += count
        case (.delete, .part): partsRemoved += count
        // Links and parts that went with an erased record are not counted.
        case (.erase, .links), (.erase, .part): break
        }
    }
}

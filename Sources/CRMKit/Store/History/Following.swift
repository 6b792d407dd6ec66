import SQLite

extension Store {
    /// Lets the followers that were up to date before a change set catch up with it; those that are behind stay so until
    /// they are asked.
    ///
    /// - Parameter rows: how many rows it touched.
    func followAtOnce(_ changeSet: Int64, rows: Int) throws {
        guard rows <= Follower.mostAtOnce else { return }
        for follower in followers where try isFollowing(follower, before: changeSet) {
            try deriveChanges(of: follower)
            try set(mark: changeSet, of: follower)
        }
    }

    /// Brings a follower up to date, in a transaction of its own unless one is going on.
    ///
    /// - Returns: whether it is now; a file that cannot be written leaves it behind, and whoever asks looks at
    ///   ``forEachChange(missedBy:_:)`` beside.
    func catchUp(_ follower: Follower) throws -> Bool {
        let newest = try newestChangeSet()
        if try mark(of: follower) == newest { return true }
        guard !database.isReadOnly else { return false }
        func run() throws {
            try deriveChanges(of: follower)
            try set(mark: newestChangeSet(), of: follower)
        }
        if database.isInTransaction { try run() } else { try database.transaction(.immediate, run) }
        return true
    }

    /// Gives every row that was touched since a follower last caught up, once or more often.
    func forEachChange(missedBy follower: Follower, _ body: (_ row: Int64, _ table: String) throws -> Void) throws {
        let mark = try mark(of: follower)
        let created = try database.prepare(
            "SELECT \"table_name\", \"first_id\", \"last_id\" FROM \"created\" WHERE \"change_set\" > ? ORDER BY \"change_set\""
        )
        try created.bind(mark, at: 1)
        while try created.step() {
            let (table, first, last) = (created.text(at: 0), created.integer(at: 1), created.integer(at: 2))
            guard follower.tables.contains(table), first <= last else { continue }
            let rows = try knownRows(in: first...last, of: table)
            while try rows.step() { try body(rows.integer(at: 0), table) }
        }
        let changed = try database.prepare(
            "SELECT \"table_name\", \"record\" FROM \"change\" WHERE \"change_set\" > ? ORDER BY \"change_set\", \"id\""
        )
        try changed.bind(mark, at: 1)
        while try changed.step() {
            let table = changed.text(at: 0)
            if follower.tables.contains(table) { try body(changed.integer(at: 1), table) }
        }
    }

    private func deriveChanges(of follower: Follower) throws {
        try forEachChange(missedBy: follower) { row, table in try follower.derive(row, table, self) }
    }

    private func isFollowing(_ follower: Follower, before changeSet: Int64) throws -> Bool {
        let before = try database.scalar(
            "SELECT max(\"id\") FROM \"change_set\" WHERE \"id\" < ?",
            [.integer(changeSet)]
        )
        return try mark(of: follower) == before?.integer ?? 0
    }

    private func newestChangeSet() throws -> Int64 {
        try database.scalar("SELECT max(\"id\") FROM \"change_set\"")?.integer ?? 0
    }

    /// The last change set that a follower has followed; 0 before the first.
    private func mark(of follower: Follower) throws -> Int64 {
        try database.scalar("SELECT \"change_set\" FROM \"follower\" WHERE \"name\" = ?", [.text(follower.name)])?
            .integer
            ?? 0
    }

    private func set(mark: Int64, of follower: Follower) throws {
        try statement(
            """
            INSERT INTO "follower" ("name", "change_set") VALUES (?, ?) \
            ON CONFLICT ("name") DO UPDATE SET "change_set" = excluded."change_set"
            """
        ).run([.text(follower.name), .integer(mark)])
    }
}

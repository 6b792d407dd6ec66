import SQLite

extension Store {
    /// Lets the followers that were up to date before a change set catch up with it; those that are behind, or have never
    /// been asked, stay so until they are.
    ///
    /// - Parameter rows: how many rows it touched.
    func followAtOnce(_ changeSet: Int64, rows: Int) throws {
        guard rows <= Follower.mostAtOnce else { return }
        for follower in followers {
            guard let mark = try mark(of: follower), try isNewest(mark, before: changeSet) else { continue }
            let changes = MissedChanges(mark: mark, isAtOnce: true, store: self)
            if try follower.derive(changes, self, { _ in }) { try set(mark: changeSet, of: follower) }
        }
    }

    /// Brings a follower up to date, in a transaction of its own unless one is going on.
    ///
    /// - Parameter progress: is told how many rows are done with.
    /// - Returns: whether it is now; a file that cannot be written leaves it behind, and whoever asks looks at
    ///   ``missedChanges(by:)`` beside.
    func catchUp(_ follower: Follower, progress: @escaping (Int) -> Void = { _ in }) throws -> Bool {
        if try !isBehind(follower) { return true }
        guard !database.isReadOnly else { return false }
        func run() throws -> Bool {
            let isDone = try follower.derive(missedChanges(by: follower), self, progress)
            if isDone { try set(mark: newestChangeSet(), of: follower) }
            return isDone
        }
        return database.isInTransaction ? try run() : try database.transaction(.immediate, run)
    }

    /// What was written since a follower last caught up.
    func missedChanges(by follower: Follower) throws -> MissedChanges {
        MissedChanges(mark: try mark(of: follower), isAtOnce: false, store: self)
    }

    /// Whether something was written since a follower last caught up, or it has never been asked.
    func isBehind(_ follower: Follower) throws -> Bool { try mark(of: follower) != newestChangeSet() }

    /// Lets a follower begin anew with the next question.
    func forgetMark(of follower: Follower) throws {
        try database.run("DELETE FROM \"follower\" WHERE \"name\" = ?", [.text(follower.name)])
    }

    private func isNewest(_ mark: Int64, before changeSet: Int64) throws -> Bool {
        let before = try database.scalar(
            "SELECT max(\"id\") FROM \"change_set\" WHERE \"id\" < ?",
            [.integer(changeSet)]
        )
        return mark == before?.integer ?? 0
    }

    private func newestChangeSet() throws -> Int64 {
        try database.scalar("SELECT max(\"id\") FROM \"change_set\"")?.integer ?? 0
    }

    /// The last change set that a follower has followed; `nil` for one that has never been asked.
    private func mark(of follower: Follower) throws -> Int64? {
        try database.scalar("SELECT \"change_set\" FROM \"follower\" WHERE \"name\" = ?", [.text(follower.name)])?
            .integer
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

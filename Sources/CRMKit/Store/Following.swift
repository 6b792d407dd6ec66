import Glibc
import SQLite

extension Store {
    /// Lets the followers that were up to date before a change set process it. Followers that are behind, or have never
    /// been asked, remain so until they are asked.
    ///
    /// - Parameter rows: the number of rows that the change set touched.
    func followAtOnce(_ changeSet: Int64, rows: Int) throws {
        guard rows <= Follower.mostAtOnce else { return }
        for follower in followers {
            guard let mark = try mark(of: follower), try isNewest(mark, before: changeSet) else { continue }
            let changes = MissedChanges(mark: mark, isWithinChange: true, store: self)
            if try follower.derive(changes, self, { _ in }) == .upToDate { try set(mark: changeSet, of: follower) }
        }
    }

    /// Brings a follower up to date, in transactions of its own unless one is in progress. Long work is done in pieces,
    /// so that nothing done is lost if it ends early, and other processes can write in between.
    ///
    /// - Parameter progress: is told how many rows are done with.
    /// - Returns: whether it is now; a file that cannot be written leaves it behind, and whoever asks looks at
    ///   ``missedChanges(by:)`` beside.
    func catchUp(_ follower: Follower, progress: @escaping (Int) -> Void = { _ in }) throws -> Bool {
        guard !database.isReadOnly else { return try !isBehind(follower) }
        while try isBehind(follower) {
            func run() throws -> Follower.Outcome {
                stop?.hold()
                // Another may have done it since.
                guard try isBehind(follower) else { return .upToDate }
                let outcome = try follower.derive(missedChanges(by: follower), self, progress)
                switch outcome {
                case .upToDate: try set(mark: newestChangeSet(), of: follower)
                case .upTo(let changeSet): try set(mark: changeSet, of: follower)
                case .partly, .later: break
                }
                return outcome
            }
            let isInTransaction = database.isInTransaction
            let outcome = isInTransaction ? try run() : try database.transaction(.immediate, run)
            if outcome == .later { return false }
            if outcome == .partly, !isInTransaction { usleep(Self.turn) }
        }
        return true
    }

    /// The time given to others between two pieces, in microseconds: SQLite checks every tenth of a second whether the
    /// lock is free.
    private static let turn: UInt32 = 110_000

    /// Returns the changes since a follower last caught up.
    func missedChanges(by follower: Follower) throws -> MissedChanges {
        MissedChanges(mark: try mark(of: follower), isWithinChange: false, store: self)
    }

    /// Whether something was written since a follower last caught up, or it has never been asked.
    func isBehind(_ follower: Follower) throws -> Bool { try mark(of: follower) != newestChangeSet() }

    /// Lets a follower begin anew with the next question.
    func forgetMark(of follower: Follower) throws {
        try database.run(
            "DELETE FROM \"follower\" WHERE \"name\" IN (?, ?)",
            [.text(follower.name), .text(follower.aimName)]
        )
    }

    /// The last change set of a catch-up that is done in pieces; `nil` when none is under way.
    func aim(of follower: Follower) throws -> Int64? {
        try database.scalar("SELECT \"change_set\" FROM \"follower\" WHERE \"name\" = ?", [.text(follower.aimName)])?
            .integer
    }

    /// Stores the last change set of a catch-up that is done in pieces; `nil` when it is complete.
    func set(aim: Int64?, of follower: Follower) throws {
        if let aim {
            try set(changeSet: aim, under: follower.aimName)
        } else {
            try database.run("DELETE FROM \"follower\" WHERE \"name\" = ?", [.text(follower.aimName)])
        }
    }

    private func isNewest(_ mark: Int64, before changeSet: Int64) throws -> Bool {
        let before = try database.scalar(
            "SELECT max(\"id\") FROM \"change_set\" WHERE \"id\" < ?",
            [.integer(changeSet)]
        )
        return mark == before?.integer ?? 0
    }

    func newestChangeSet() throws -> Int64 {
        try database.scalar("SELECT max(\"id\") FROM \"change_set\"")?.integer ?? 0
    }

    /// The last change set that a follower has followed; `nil` for one that has never been asked.
    private func mark(of follower: Follower) throws -> Int64? {
        try database.scalar("SELECT \"change_set\" FROM \"follower\" WHERE \"name\" = ?", [.text(follower.name)])?
            .integer
    }

    private func set(mark: Int64, of follower: Follower) throws {
        try set(changeSet: mark, under: follower.name)
    }

    private func set(changeSet: Int64, under name: String) throws {
        try statement(
            """
            INSERT INTO "follower" ("name", "change_set") VALUES (?, ?) \
            ON CONFLICT ("name") DO UPDATE SET "change_set" = excluded."change_set"
            """
        ).run([.text(name), .integer(changeSet)])
    }
}

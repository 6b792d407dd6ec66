import SQLite

extension Follower {
    /// The follower for the search index.
    static let search = index(piece: SearchPieces.size)

    /// Returns the follower for the search index that catches up in pieces of a size.
    static func index(piece: Int) -> Follower {
        Follower(name: "search") { changes, store, progress in
            if changes.isWithinChange {
                let index = try SearchIndex(store, only: changes.touched(among: store.registry.names))
                // Building the index is too much work beside a small change.
                guard index.isSound, changes.mark != nil else { return .later }
                var pieces = try SearchPieces(index, changes, in: store, size: .max, progress)
                return try pieces.isDone() ? .upToDate : .later
            }
            return try SearchPieces.next(after: changes, in: store, size: piece, progress)
        }
    }
}

/// Updates or builds the search index in pieces. Each piece adds a limited amount of words, stores its progress, and is
/// a transaction of its own.
///
/// All pieces go up to the change set that was the newest when the first one began. Later changes are indexed
/// afterwards.
struct SearchPieces {
    /// The number of bytes of words in a piece, the work of some seconds: another writer should not wait longer.
    static let size = 24 << 20

    static let tableName = "search_piece"
    /// The progress of each plan: the last created record, and the last changed one. The row with an empty name holds
    /// the change set after which the work begins, -1 when the index is being built.
    static let table = """
        CREATE TABLE "search_piece" ("plan" TEXT PRIMARY KEY, "created" INTEGER NOT NULL, "changed" INTEGER NOT NULL) \
        STRICT, WITHOUT ROWID
        """

    private let index: SearchIndex
    private let changes: MissedChanges
    private let store: Store
    private let progress: (Int) -> Void
    private var room: Int
    private var places: [String: (created: Int64, changed: Int64)] = [:]

    /// - Parameter changes: the changes to follow; without a mark, all records are new.
    fileprivate init(
        _ index: SearchIndex,
        _ changes: MissedChanges,
        in store: Store,
        size: Int,
        _ progress: @escaping (Int) -> Void
    ) throws {
        (self.index, self.changes, self.store, self.progress) = (index, changes, store, progress)
        room = size
    }

    /// Does the next piece.
    fileprivate static func next(
        after changes: MissedChanges,
        in store: Store,
        size: Int,
        _ progress: @escaping (Int) -> Void
    ) throws -> Follower.Outcome {
        var index = try SearchIndex(store)
        var changes = changes
        let begun = try index.isSound && isThere(in: store) ? store.aim(of: .search) : nil
        if let begun, try beginning(in: store) == changes.mark ?? -1 {
            changes.last = begun
        } else {
            // If pieces were begun with another beginning, it is unknown what the index has.
            let isFresh =
                try !index.isSound || changes.mark == nil || !isThere(in: store) || beginning(in: store) != nil
            if isFresh {
                try SearchIndex.drop(from: store)
                index = try SearchIndex(store)
                try index.make(in: store)
                changes = MissedChanges(mark: nil, isWithinChange: false, store: store)
            }
            changes.last = try store.newestChangeSet()
            try store.set(aim: changes.last, of: .search)
            try keep("", changes.mark ?? -1, 0, in: store)
        }
        var pieces = try SearchPieces(index, changes, in: store, size: size, progress)
        try pieces.readPlaces()
        guard try pieces.isDone() else { return .partly }
        try store.database.run("DELETE FROM \"search_piece\"")
        try store.set(aim: nil, of: .search)
        return .upTo(changes.last)
    }

    /// Whether the table exists; an index of an earlier version lacks it.
    private static func isThere(in store: Store) throws -> Bool {
        try store.database.scalar(
            "SELECT 1 FROM sqlite_schema WHERE \"type\" = 'table' AND \"name\" = 'search_piece'"
        ) != nil
    }

    /// Returns the change set after which the pieces in progress begin, -1 if the index is being built; `nil` if none
    /// are in progress.
    private static func beginning(in store: Store) throws -> Int64? {
        try store.database.scalar("SELECT \"created\" FROM \"search_piece\" WHERE \"plan\" = ''")?.integer
    }

    private mutating func readPlaces() throws {
        for row in try store.database.all("SELECT \"plan\", \"created\", \"changed\" FROM \"search_piece\"") {
            guard let plan = row[0].text, let created = row[1].integer, let changed = row[2].integer else { continue }
            places[plan] = (created, changed)
        }
    }

    private static func keep(_ plan: String, _ created: Int64, _ changed: Int64, in store: Store) throws {
        try store.database.run(
            """
            INSERT INTO "search_piece" ("plan", "created", "changed") VALUES (?, ?, ?) ON CONFLICT ("plan") \
            DO UPDATE SET "created" = excluded."created", "changed" = excluded."changed"
            """,
            [.text(plan), .integer(created), .integer(changed)]
        )
    }

    // MARK: - The work

    /// Does a piece.
    ///
    /// - Returns: whether it was the last.
    fileprivate mutating func isDone() throws -> Bool {
        let missed = changes.mark == nil ? nil : try MissedRecords(changes, index.plans)
        for plan in index.plans {
            let ranges = try missed.map { $0.created[plan.name]?.ranges ?? [] } ?? all(plan)
            let changed = missed?.changed[plan.name]?.sorted() ?? []
            if ranges.isEmpty, changed.isEmpty { continue }
            guard try isDone(plan, ranges, changed) else { return false }
        }
        return true
    }

    /// Returns the records of an index being built, without those created since, which are added afterwards.
    private func all(_ plan: SearchPlan) throws -> [ClosedRange<Int64>] {
        let later = MissedChanges(mark: changes.last, isWithinChange: false, store: store)
        var ranges: [ClosedRange<Int64>] = []
        var first: Int64 = 0
        for range in IDRanges(try later.created(in: plan.records.table.name)).ranges {
            if first < range.lowerBound { ranges.append(first...range.lowerBound - 1) }
            first = range.upperBound + 1
        }
        return ranges + [first...Int64.max]
    }

    private mutating func isDone(_ plan: SearchPlan, _ ranges: [ClosedRange<Int64>], _ changed: [Int64]) throws -> Bool
    {
        var place = places[plan.name] ?? (created: -1, changed: -1)
        if place.created == .max, place.changed == .max { return true }
        let writer = try SearchWriter(index, plan, store, progress)
        for range in ranges where range.upperBound > place.created {
            let first = max(range.lowerBound, place.created + 1)
            if let last = try writer.addRange(first...range.upperBound, most: room - writer.written) {
                return try pause(plan, last, place.changed)
            }
        }
        place.created = .max
        for id in changed where id > place.changed {
            if writer.written >= room { return try pause(plan, place.created, place.changed) }
            try writer.renew(id)
            place.changed = id
        }
        room -= writer.written
        places[plan.name] = (.max, .max)
        return true
    }

    /// Stores the progress of the plans.
    private func pause(_ plan: SearchPlan, _ created: Int64, _ changed: Int64) throws -> Bool {
        for (name, place) in places where !name.isEmpty {
            try Self.keep(name, place.created, place.changed, in: store)
        }
        try Self.keep(plan.name, created, changed, in: store)
        return false
    }
}

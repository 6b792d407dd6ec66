import Localization
import SQLite

/// A pair of records that may describe the same thing.
public struct DuplicatePair: Sendable {
    /// A reason why they may be duplicates.
    public struct Reason: Sendable {
        /// The machine key: `email`, `misspelt_name`.
        public let key: String
        /// The label shown to the user.
        public let label: Text
    }

    /// The id of the record to keep, the older one.
    public let keep: Int64
    /// The record that would be merged into it.
    public let merge: Int64
    /// The certainty, from 0 to 1,000.
    public let thousandths: Int
    /// The reasons.
    public let reasons: [Reason]
}

/// The counts of a search for duplicates.
public struct DuplicateCounts: Sendable {
    /// The number of records examined.
    public internal(set) var records = 0
    /// The number of pairs, regardless of the limit.
    public internal(set) var pairs = 0
    /// The number of groups of similar records too large to compare all of them.
    public internal(set) var cutGroups = 0
    /// The number of records above which a group is too large.
    public var mostTogether: Int { DuplicateSearch.mostTogether }
}

/// Finds records of a module that may be duplicates.
///
/// Only records that share something are compared: an address or number, the whole name, or a word of the name together
/// with the same context. A group of more than ``mostTogether`` records is divided by words of the names, if that makes
/// it smaller. Memory is bounded: values are read from indexes in their order, and names in passes by their hashes.
final class DuplicateSearch {
    /// The maximum number of records of a group that are all compared with each other.
    static let mostTogether = 64
    /// The maximum number of entries in memory.
    private static let mostEntries = 1_200_000
    /// The maximum number of records of a group that is divided.
    private static let mostParted = 100_000
    /// The maximum number of records with a rare name; a more frequent name proves little by itself.
    private static let mostOfRareName = 4

    private let columns: ResemblanceColumns
    private let scope: DuplicateScope
    private let store: Store
    private let threshold: Int
    private let advance: (Int) throws -> Void
    private let profiles: ProfileReader
    private var found: FoundPairs
    private var frequencies = WordFrequencies()
    private var words: NameWords
    private var shared: [Set<UInt64>]
    private var several: [Set<UInt64>]
    private(set) var counts = DuplicateCounts()

    /// - Parameters:
    ///   - threshold: the lowest score that counts, from 0 to 1,000.
    ///   - advance: receives the number of records examined.
    init(
        _ columns: ResemblanceColumns,
        among scope: DuplicateScope,
        in store: Store,
        threshold: Int,
        advance: @escaping (Int) throws -> Void
    ) throws {
        self.columns = columns
        self.scope = scope
        self.store = store
        self.threshold = threshold
        self.advance = advance
        profiles = try ProfileReader(columns, in: store)
        found = try FoundPairs(in: store.database)
        words = NameWords(columns.kind)
        shared = columns.signals.map { _ in [] }
        several = shared
    }

    /// Searches for all pairs.
    ///
    /// - Returns: the pairs found.
    func run() throws -> FoundPairs {
        let entries = try count()
        for place in columns.signals.indices {
            try forEachGroup(of: place) { [self] hash, ids in
                if ids.count > PairComparison.mostOwners {
                    shared[place].insert(hash)
                } else if ids.count > 2 {
                    several[place].insert(hash)
                }
            }
        }
        let comparison = PairComparison(columns, frequencies, shared: shared, several: several)
        for place in columns.signals.indices {
            try forEachGroup(of: place) { [self] _, ids in
                try compare(ids, by: comparison)
                try advance(ids.count)
            }
        }
        let passes = UInt64(max(1, (entries + Self.mostEntries - 1) / Self.mostEntries))
        for pass in 0..<passes { try compareNames(pass, of: passes, by: comparison) }
        return found
    }

    // MARK: - Names

    /// The kind of hash of an entry, in its lowest bit.
    private enum Kind {
        static let name: UInt64 = 0
        static let word: UInt64 = 1
    }

    /// Counts the words, and the entries of all passes.
    private func count() throws -> Int {
        var entries = 0
        let rows = try nameRows()
        while try rows.step() {
            counts.records += 1
            var number = 0
            for column in columns.names.indices {
                words.forEach(in: rows.textBytes(at: column + 1)) { hash, _ in
                    frequencies.add(hash)
                    number += 1
                }
            }
            entries += number + (columns.kind == .title ? 2 : 1)
            if counts.records % 1024 == 0 { try advance(1024) }
        }
        return entries
    }

    private func nameRows() throws -> Statement {
        let list = ([.name("id")] + columns.nameColumns + [columns.contextColumn]).joined(", ")
        let condition = scope.condition(on: .name("id")).map { " WHERE \($0)" as SQLFragment } ?? SQLFragment()
        return try store.database.prepare(fragment: "SELECT \(list) FROM \(name: columns.module.table)\(condition)")
    }

    private struct Entry {
        let hash: UInt64
        let id: Int64
    }

    /// Compares the records that have a name, or a word of it together with a context, whose hash belongs to the pass.
    private func compareNames(_ pass: UInt64, of passes: UInt64, by comparison: PairComparison) throws {
        var entries: [Entry] = []
        entries.reserveCapacity(Self.mostEntries / 2)
        let rows = try nameRows()
        var hashes: [UInt64] = []
        var letters: [UInt8] = []
        let contextColumn = columns.names.count + 1
        while try rows.step() {
            let id = rows.integer(at: 0)
            hashes.removeAll(keepingCapacity: true)
            letters.removeAll(keepingCapacity: true)
            for column in columns.names.indices {
                words.forEach(in: rows.textBytes(at: column + 1)) { hash, bytes in
                    hashes.append(bytes.count == 1 ? hash | 1 : hash & ~1)
                    letters.append(contentsOf: bytes)
                }
            }
            let context = rows.isNull(at: contextColumn) ? nil : NameWords.hash(rows.textBytes(at: contextColumn))
            for hash in keys(hashes, letters, context) where (hash >> 32) % passes == pass {
                entries.append(Entry(hash: hash, id: id))
            }
            if id % 1024 == 0 { try advance(1024) }
        }
        entries.sort { ($0.hash, $0.id) < ($1.hash, $1.id) }
        try forEachGroup(in: entries) { hash, ids in
            if hash & 1 == Kind.word {
                try compare(ids, by: comparison)
            } else if ids.count <= Self.mostTogether {
                try compareAll(ids, isRare: ids.count <= Self.mostOfRareName, by: comparison)
            }
        }
    }

    /// Returns the keys by which records are grouped for comparing their names.
    ///
    /// - Parameters:
    ///   - hashes: the hashes of the words, odd for single letters, even for others.
    ///   - letters: the letters of all words joined: titles are written with and without blanks and hyphens, `Uni-Red`
    ///     and `UniRed`.
    private func keys(_ hashes: [UInt64], _ letters: [UInt8], _ context: UInt64?) -> [UInt64] {
        guard !hashes.isEmpty else { return [] }
        let whole = hashes.map { $0 & ~1 }.sorted().reduce(UInt64(hashes.count)) { NameWords.combine($0, $1) }
        var keys = [whole & ~1 | Kind.name]
        if columns.kind == .title { keys.append(NameWords.hash(letters) & ~1 | Kind.name) }
        for hash in hashes where hash & 1 == 0 {
            if let context {
                keys.append(NameWords.combine(context, hash) | Kind.word)
            } else if columns.kind == .title, frequencies.count(hash) <= UInt32(Self.mostTogether) {
                keys.append(NameWords.combine(0, hash) | Kind.word)
            }
        }
        return keys
    }

    /// Calls a body with the ids of each hash that several entries have.
    private func forEachGroup(in entries: [Entry], _ body: (UInt64, [Int64]) throws -> Void) throws {
        var start = 0
        while start < entries.count {
            let hash = entries[start].hash
            var ids: [Int64] = []
            var end = start
            while end < entries.count, entries[end].hash == hash {
                if ids.last != entries[end].id { ids.append(entries[end].id) }
                end += 1
            }
            if ids.count > 1 { try body(hash, ids) }
            start = end
        }
    }

    // MARK: - Values

    /// Calls a body with the ids of the records that share a value of a signal, and the value's hash.
    ///
    /// Each column has an index, so that the rows of all columns are in the order of the values without being sorted.
    private func forEachGroup(of place: Int, _ body: (UInt64, [Int64]) throws -> Void) throws {
        let signal = columns.signals[place]
        let row = "m"
        let arms =
            signal.fields.map { field in
                arm(of: columns.module.table, as: row, field.comparedColumn, "id", nil)
            }
            + signal.parts.map { part in
                arm(
                    of: part.table.name,
                    as: row,
                    part.field.comparedColumn,
                    part.table.ownerColumn,
                    part.isOfKind(row)
                )
            }
        let rows = try store.database.prepare(fragment: "\(arms.joined(" UNION ALL ")) ORDER BY 1, 2")
        var value: [UInt8] = []
        var ids: [Int64] = []
        func end() throws {
            let hash = NameWords.hash(value)
            if ids.count > 1, !columns.nobodys.contains(hash) { try body(hash, ids) }
            ids.removeAll(keepingCapacity: true)
        }
        while try rows.step() {
            let bytes = rows.textBytes(at: 0)
            if !bytes.elementsEqual(value) {
                try end()
                value.removeAll(keepingCapacity: true)
                value.append(contentsOf: bytes)
            }
            let id = rows.integer(at: 1)
            if ids.last != id, ids.count <= Self.mostParted { ids.append(id) }
        }
        try end()
    }

    private func arm(
        of table: String,
        as row: String,
        _ value: String,
        _ owner: String,
        _ condition: SQLFragment?
    ) -> SQLFragment {
        let conditions: [SQLFragment?] = [
            "\(column: value, of: row) IS NOT NULL", condition, scope.condition(on: .column(owner, of: row)),
        ]
        return """
            SELECT \(column: value, of: row), \(column: owner, of: row) FROM \(name: table) AS \(name: row) \
            WHERE \(conditions.compactMap { $0 }.joined(" AND "))
            """
    }

    // MARK: - Comparing

    /// Compares the records of a group. A group that is too large is divided by the words of the names.
    private func compare(_ ids: [Int64], by comparison: PairComparison) throws {
        if ids.count <= Self.mostTogether { return try compareAll(ids, isRare: false, by: comparison) }
        counts.cutGroups += 1
        guard ids.count <= Self.mostParted else { return }
        var entries: [Entry] = []
        for id in ids {
            guard let profile = try profiles.profile(id) else { continue }
            let hashes = profile.words.filter { !$0.isInitial }.map(\.hash)
            for (place, hash) in hashes.enumerated() {
                entries.append(Entry(hash: hash, id: id))
                for other in hashes.dropFirst(place + 1) {
                    entries.append(Entry(hash: NameWords.combine(min(hash, other), max(hash, other)), id: id))
                }
            }
        }
        entries.sort { ($0.hash, $0.id) < ($1.hash, $1.id) }
        try forEachGroup(in: entries) { _, ids in
            if ids.count <= Self.mostTogether { try compareAll(ids, isRare: false, by: comparison) }
        }
    }

    private func compareAll(_ ids: [Int64], isRare: Bool, by comparison: PairComparison) throws {
        let group = try ids.compactMap { try profiles.profile($0) }
        let hasRareName = group.map { isRare || hasRareWord($0) }
        for (place, one) in group.enumerated() {
            for (distance, other) in group[(place + 1)...].enumerated() {
                let rare = hasRareName[place] || hasRareName[place + 1 + distance]
                let score = comparison.score(one, other, nameIsRare: rare)
                // A pair is shown with its reasons: without any it says nothing.
                if score.thousandths >= threshold, score.reasons != 0 { try found.add(one.id, other.id, score) }
            }
        }
    }

    /// Whether a name has a word that few names have.
    private func hasRareWord(_ profile: Profile) -> Bool {
        profile.words.contains { !$0.isInitial && frequencies.count($0.hash) <= UInt32(Self.mostOfRareName) }
    }
}

import SQLite

/// The records that match a search: first those with all words in their name or keys, then those with some of them
/// there, then those with all words in other texts. Within each group they are ordered by module, then newest first.
/// They are read on demand.
public final class SearchHits: MentionedRecords {
    /// The rank of a match, the best first.
    private enum Tier: Int, CaseIterable {
        /// All words are in the record's name or keys.
        case name
        /// Some of the words are in the name or keys.
        case mixed
        /// None of the words is in the name or keys.
        case body
    }

    private let store: Store
    private let words: SearchWords
    private let index: SearchIndex
    /// Whether the records of all modules are searched.
    private let isOfAll: Bool
    private let reads: SearchExcerpts
    /// The records returned for a row of a part, so that each is returned once.
    private var told: Set<SearchKey> = []
    /// The statements that read the record of a row, by the names of the plans.
    private var owners: [String: Statement] = [:]
    /// The numbers of found rows of parts by their records, for each plan by its number.
    private var counts: [Int64: [Int64: Int64]] = [:]
    /// The changes not yet in the index; `nil` when there is no index.
    private let missed: MissedRecords?
    /// Whether the index has all changes.
    private let isKnown: Bool
    /// Whether any record has changed since its first document: only then can a document be outdated.
    private let hasGenerations: Bool
    /// The records that were read because the index lacks their changes; the last one is returned first.
    private var scanned: [Tier: [SearchKey]] = [:]
    /// Those of them that are rows of parts.
    private var scannedRows: [SearchKey] = []
    /// Those of them in the present tier.
    private var scannedHere: [SearchKey] = []
    private var tier: Tier? = .name
    /// The ranges of documents that are still to be searched in this tier.
    private var ranges: [ClosedRange<Int64>] = []
    private var documents: Statement?
    private var upcoming: SearchKey?

    /// Searches for words.
    ///
    /// - Parameter modules: the modules to search; all when it is empty.
    init(_ words: SearchWords, in modules: [Module], store: Store) throws {
        self.store = store
        self.words = words
        isOfAll = modules.isEmpty
        let index = try SearchIndex(store, of: modules)
        self.index = index
        reads = SearchExcerpts(words, store: store, country: index.country)
        // The changes of a running batch have no change set yet.
        if index.isSound, !store.database.isInTransaction {
            let changes = try store.missedChanges(by: .search)
            if try !store.isBehind(.search) {
                missed = MissedRecords()
            } else {
                // An index being built for the first time lacks records that history does not name.
                missed = changes.mark == nil ? nil : try MissedRecords(changes, index.plans)
            }
        } else {
            missed = nil
        }
        isKnown = missed?.isEmpty ?? false
        hasGenerations =
            try missed != nil && store.database.scalar("SELECT 1 FROM \"search_generation\" LIMIT 1") != nil
        try scan()
        try begin(.name)
    }

    /// Returns the next record with its excerpt: rows with the columns `module`, `field`, `snippet`, `matches` and those
    /// of the object `record`.
    ///
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    public func next() throws(CRMError) -> MentionedRecord? {
        try store.translating {
            while let key = try nextKey() {
                guard let plan = index.plan(key.number) else { continue }
                guard let owner = try owner(of: key, plan) else { continue }
                let count = try count(of: owner, key.number, plan)
                if let record = try reads.record(owner, saidBy: key.id, count, plan) { return record }
            }
            return nil
        }
    }

    /// Returns the id of the next record from the index, without reading the record.
    ///
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    public func nextID() throws(CRMError) -> (module: ModuleName, id: Int64)? {
        try store.translating {
            while let key = try nextKey() {
                guard let plan = index.plan(key.number) else { continue }
                if let owner = try owner(of: key, plan) { return (plan.module.name, owner) }
            }
            return nil
        }
    }

    /// Counts the remaining hits, without reading them.
    ///
    /// - Returns: their number.
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    public func count() throws(CRMError) -> Int64 {
        var count: Int64 = 0
        while try nextID() != nil { count += 1 }
        return count
    }

    /// Returns the id of a document's record; `nil` when the record was returned already or no longer exists.
    private func owner(of key: SearchKey, _ plan: SearchPlan) throws -> Int64? {
        guard plan.owner != nil else { return key.id }
        guard let owner = try owner(ofRow: key.id, plan) else { return nil }
        return told.insert(SearchKey(number: key.number, id: owner)).inserted ? owner : nil
    }

    /// Returns the record that a row of a part belongs to; `nil` when the row no longer exists.
    private func owner(ofRow id: Int64, _ plan: SearchPlan) throws -> Int64? {
        guard let column = plan.owner else { return nil }
        let row =
            try owners[plan.name]
            ?? store.database.prepare(
                fragment: "SELECT \(name: column) FROM \(name: plan.name) WHERE \(name: "id") = \(bind: .integer(0))"
            )
        owners[plan.name] = row
        try row.bind(id, at: 1)
        defer { row.reset() }
        return try row.step() ? row.integer(at: 0) : nil
    }

    /// Returns how many rows of a record are found, those of all tiers; `nil` for a record found as a whole.
    private func count(of record: Int64, _ number: Int64, _ plan: SearchPlan) throws -> Int64? {
        guard plan.owner != nil else { return nil }
        if let known = counts[number] { return known[record] }
        var count: [Int64: Int64] = [:]
        func add(_ row: Int64) throws {
            if let owner = try owner(ofRow: row, plan) { count[owner, default: 0] += 1 }
        }
        for key in scannedRows where key.number == number { try add(key.id) }
        if missed != nil {
            let rows = try documents(matching: SearchWords.Condition.conjunction(words.wanted.map(\.query)))
            let range = SearchKey.documents(of: number)
            try rows.bind(range.lowerBound, at: 2)
            try rows.bind(range.upperBound, at: 3)
            while try rows.step() {
                let key = SearchKey(document: rows.integer(at: 0))
                if isKnown || missed?.contains(key.id, of: plan) == false { try add(key.id) }
            }
        }
        counts[number] = count
        return count[record]
    }

    // MARK: - Order

    private func nextKey() throws -> SearchKey? {
        while let tier {
            let found = scannedHere.last
            if let key = upcoming, found.map({ $0 < key }) ?? true {
                upcoming = try nextIndexed()
                return key
            }
            if found != nil { return scannedHere.popLast() }
            try begin(Tier(rawValue: tier.rawValue + 1))
        }
        return nil
    }

    private func begin(_ tier: Tier?) throws {
        self.tier = tier
        documents = nil
        upcoming = nil
        scannedHere = tier.flatMap { scanned.removeValue(forKey: $0) } ?? []
        guard let tier, missed != nil, let query = query(of: tier) else { return }
        ranges =
            isOfAll ? [0...Int64.max] : index.plans.map { SearchKey.documents(of: index.number(of: $0)) }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        documents = try documents(matching: query)
        try beginRange()
        upcoming = try nextIndexed()
    }

    /// Returns the statement for the documents of a range that match a query and have none of the unwanted words. The
    /// second and the third parameter are the ends of the range.
    private func documents(matching query: String) throws -> Statement {
        let unwanted = words.unwanted.map(\.query)
        let query = unwanted.isEmpty ? query : query + " NOT " + SearchWords.Condition.disjunction(unwanted)
        let presence: SQLFragment = hasGenerations ? " AND \(SearchIndex.isPresent)" : SQLFragment()
        return try store.database.prepare(
            fragment: """
                SELECT "rowid" FROM "search" WHERE "search" MATCH \(bind: .text(query)) \
                AND "rowid" >= \(bind: .integer(0)) AND "rowid" <= \(bind: .integer(0))\(presence) ORDER BY "rowid" DESC
                """
        )
    }

    private func beginRange() throws {
        documents?.reset()
        guard let range = ranges.popLast() else { return documents = nil }
        try documents?.bind(range.lowerBound, at: 2)
        try documents?.bind(range.upperBound, at: 3)
    }

    /// Returns the next record in the index whose document is current.
    private func nextIndexed() throws -> SearchKey? {
        while let documents {
            guard try documents.step() else {
                try beginRange()
                continue
            }
            let key = SearchKey(document: documents.integer(at: 0))
            if isKnown { return key }
            if let missed, let plan = index.plan(key.number), !missed.contains(key.id, of: plan) { return key }
        }
        return nil
    }

    /// Returns the query for a tier; `nil` if no record can be in it.
    private func query(of tier: Tier) -> String? {
        typealias Condition = SearchWords.Condition
        let wanted = Condition.conjunction(words.wanted.map(\.query))
        let isCalled = Condition.conjunction(words.wanted.map(\.nameQuery))
        let someIsCalled = Condition.disjunction(words.wanted.map(\.nameQuery))
        switch tier {
        case .name: return isCalled
        case .mixed: return words.wanted.count > 1 ? "((\(someIsCalled) AND \(wanted)) NOT \(isCalled))" : nil
        case .body: return "(\(Condition.conjunction(words.wanted.map(\.bodyQuery))) NOT \(someIsCalled))"
        }
    }

    // MARK: - Records missing from the index

    private func scan() throws {
        let worn = try missed == nil ? [] : changedTooOften()
        for plan in index.plans {
            let number = index.number(of: plan)
            let ranges = rangesToScan(of: plan, worn.filter { $0.number == number }.map(\.id))
            if ranges.isEmpty { continue }
            let reader = try SearchReader(plan, in: store.database, country: index.country)
            for range in ranges {
                try reader.forEach(in: range) { id, document in
                    if let tier = rank(of: document) {
                        let key = SearchKey(number: number, id: id)
                        scanned[tier, default: []].append(key)
                        if plan.owner != nil { scannedRows.append(key) }
                    }
                    return true
                }
            }
        }
        for tier in Tier.allCases { scanned[tier]?.sort() }
    }

    /// Returns the ids of the records of a plan that the index does not answer for.
    ///
    /// - Parameter worn: those that changed too often for the index.
    private func rangesToScan(of plan: SearchPlan, _ worn: [Int64]) -> [ClosedRange<Int64>] {
        guard let missed else { return [0...Int64.max] }
        let single = (missed.changed[plan.name] ?? []) + worn.filter { !missed.contains($0, of: plan) }
        return (missed.created[plan.name]?.ranges ?? []) + single.map { $0...$0 }
    }

    /// Returns the records that changed too often for the index.
    private func changedTooOften() throws -> [SearchKey] {
        guard hasGenerations else { return [] }
        return try store.database.all("SELECT \"record\" FROM \"search_generation\" WHERE \"generation\" IS NULL")
            .compactMap { row in row[0].integer.map { SearchKey(document: $0 << SearchKey.generationBits) } }
    }

    private func rank(of document: SearchDocument) -> Tier? {
        guard words.hold(in: document) else { return nil }
        let called = words.wanted.count { $0.holds(document.isCalled) }
        return called == words.wanted.count ? .name : called > 0 ? .mixed : .body
    }
}

extension Store {
    /// Searches for words in the text of all records, including their parts. Records that the index lacks are read
    /// themselves.
    ///
    /// - Parameters:
    ///   - text: the words, in the form of ``SearchWords``.
    ///   - modules: the modules to search; all when it is empty.
    /// - Throws: ``CRMError`` `usage` for no words; what SQLite reports.
    public func search(for text: String, in modules: [Module]) throws(CRMError) -> SearchHits {
        try translating {
            let words = try SearchWords(parsing: text, country: try settings().country)
            return try SearchHits(words, in: modules, store: self)
        }
    }

    /// Whether the search index has to catch up before a search.
    ///
    /// - Parameter modules: the modules to search; all when it is empty.
    public func searchIsBehind(in modules: [Module] = []) throws(CRMError) -> Bool {
        try translating { try isBehind(.search) || !SearchIndex(self, of: modules).isSound }
    }

    /// Brings the search index up to date.
    ///
    /// - Parameters:
    ///   - isNew: whether it is built anew.
    ///   - progress: receives the number of records processed.
    /// - Returns: whether it is up to date; `false` for a file that cannot be written.
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    @discardableResult
    public func refreshSearch(
        isNew: Bool = false,
        progress: @escaping (Int) -> Void = { _ in }
    ) throws(CRMError) -> Bool {
        try translating {
            if database.isReadOnly { return try !isBehind(.search) && SearchIndex(self).isSound }
            if try isNew || !SearchIndex(self).isSound {
                stop?.hold()
                try forgetMark(of: .search)
            }
            return try catchUp(.search, progress: progress)
        }
    }

    /// Merges the segments of the full-text index into one, and removes words that records no longer contain.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func settleSearch() throws(CRMError) {
        try translating {
            if database.isReadOnly { return }
            try database.run("INSERT INTO \"search\" (\"search\") VALUES ('optimize')")
        }
    }

    /// Moves what stands in the log beside the file into the file, for a process that has the file open for reading
    /// too. Of its connections the last one would do so when it is closed, but one for reading cannot, and each later
    /// command would have to read the whole log.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports. Others who use the log keep it from being emptied, which is no
    ///   error.
    public func emptyLog() throws(CRMError) {
        try translating {
            if database.isReadOnly { return }
            _ = try database.first("PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// Builds the search index anew, if there is one.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func repairSearch(progress: @escaping (Int) -> Void = { _ in }) throws(CRMError) {
        guard try translating({ try SearchIndex.isThere(in: self) }) else { return }
        try refreshSearch(isNew: true, progress: progress)
    }

    /// Deletes the search index, with everything it stores about records: the next search builds it again.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func dropSearch() throws(CRMError) { try translating { try SearchIndex.drop(from: self) } }
}

import SQLite

extension Store {
    /// Returns a query for the records of a module, which the caller may narrow and sort before running it.
    ///
    /// - Throws: ``CRMError`` if the settings cannot be read.
    public func list(_ module: Module) throws(CRMError) -> ListQuery {
        try translating { ListQuery(module, registry: registry, context: try valueContext()) }
    }

    /// Calls a closure with every record that a query finds, in its order, all read from the same state of the
    /// database.
    ///
    /// - Throws: what the body throws; what ``ListQuery/rows(in:)`` throws.
    func forEachRecord(_ query: ListQuery, _ body: (Record) throws -> Void) throws {
        var query = query
        query.columns = ["id"]
        query.withNames = false
        try reading {
            let rows = try query.rows(in: self)
            while try rows.next() {
                guard let found = try storedRecord(query.module, id: rows.integer(0)) else { continue }
                try body(found)
            }
        }
    }

    /// Returns a query for the open links of a record with records of another module.
    ///
    /// - Throws: ``CRMError`` if the settings cannot be read.
    public func links(of module: Module, id: Int64, to other: Module) throws(CRMError) -> LinksQuery {
        try translating {
            LinksQuery(module, id: id, to: other, registry: registry, context: try valueContext())
        }
    }

    /// Returns how many records are linked with a record or refer to it, by module, and which records were merged into
    /// it.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func related(to id: Int64, in module: Module) throws(CRMError) -> RelatedSummary {
        try translating {
            let request = RelatedReader.Request(module: module.name, today: clock.today)
            let reader = try reader(for: request) { try RelatedReader(request, registry: registry, in: database) }
            var summary = try reader.read(id)
            summary.mergedFrom = try mergedFrom(id, in: module)
            return summary
        }
    }

    /// Returns the records related to one record, newest first.
    ///
    /// - Parameters:
    ///   - ways: the ways in which they may be related, as returned by ``related(to:in:)``.
    ///   - limit: the maximum number of records for each way; `nil` for all.
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func records(on id: Int64, by ways: [RelatedWay], limit: Int? = nil) throws(CRMError) -> MergedRecords {
        try translating {
            let context = try valueContext()
            let records = try ways.map { way in
                let query = try way.records(on: id, limit: limit, registry: registry, context: context)
                return MentionedRecord(way, rows: try query.rows(in: database, path: path))
            }
            return MergedRecords(records, clock: clock)
        }
    }

    /// Returns the records of a module that a typed part of a name or a key may mean.
    ///
    /// - Parameter limit: the maximum number of records.
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func candidates(
        for part: String,
        in module: Module,
        extent: CandidateQuery.Extent,
        limit: Int
    ) throws(CRMError) -> [CandidateQuery.Candidate] {
        try translating {
            try CandidateQuery(module, country: try settings().country)
                .candidates(for: part, extent: extent, limit: limit, in: database)
        }
    }

    /// Returns the records that the beginning of a reference with a prefix may mean, as in `serial:X`. The candidate's
    /// key is the value with the typed beginning.
    ///
    /// - Parameters:
    ///   - prefix: the word before the colon; an unknown one returns no records.
    ///   - limit: the maximum number of records.
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func candidates(
        withKey prefix: String,
        beginningWith part: String,
        in module: Module,
        limit: Int
    ) throws(CRMError) -> [CandidateQuery.Candidate] {
        guard let places = KeyPlaces(prefix, in: module) else { return [] }
        return try translating {
            try CandidateQuery(module, country: try settings().country)
                .candidates(beginningWith: part, in: places, limit: limit, in: database)
        }
    }
}

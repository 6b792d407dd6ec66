extension Transaction {
    /// Notes that a record was given values by which records can be named, to look for duplicates later.
    ///
    /// - Parameters:
    ///   - keys: the prefixes of the reference keys that changed; `nil` for a new record.
    ///   - values: the values given, for a record that had others before.
    func noteKeys(of id: Int64, in module: Module, _ keys: Set<String>?, _ values: Set<String>? = nil) throws {
        if let keys, keys.isEmpty { return }
        // Runs of records that are only reported are examined together, whatever values each was given.
        let values = request.refusesDuplicates ? values : nil
        touched.add(id, of: module, isNew: keys == nil, keys: keys, values: values)
        // However the ids are scattered, they take no more memory than this.
        if touched.runs.count > TouchedRecords.most { try lookAtTouched() }
    }

    /// Returns the values by which records can be named that the records written so far share with others.
    ///
    /// - Throws: the errors that SQLite reports.
    public func sharedValues() throws -> SharedValues {
        try lookAtTouched()
        return shared
    }

    /// Refuses what was just written where it shares a value with others and the request wants none.
    ///
    /// - Throws: ``CRMError`` `refused` naming all of the first record that does.
    func refuseShared() throws {
        guard request.refusesDuplicates else { return }
        defer { touched.removeAll() }
        var shared: [SharedValue] = []
        var module: Module?
        for run in touched.runs where module == nil || run.module === module {
            let found = try store.sharedValueSearch(in: run.module).find(in: run, of: log.identifier).first
            guard let first = shared.first ?? found.first else { continue }
            module = run.module
            shared += found.filter { value in
                value.id == first.id && !shared.contains { $0.field == value.field && $0.value == value.value }
            }
        }
        if let refusal = SharedValue.refusal(of: shared, isNew: { log.hasCreated($0.id, in: $0.module.table) }) {
            throw refusal
        }
    }

    private func lookAtTouched() throws {
        for run in touched.runs {
            shared.add(try store.sharedValueSearch(in: run.module).find(in: run, of: log.identifier))
        }
        touched.removeAll()
    }
}

extension Transaction {
    /// Notes that a record was given values by which records can be named.
    ///
    /// - Parameter keys: the prefixes of those keys; `nil` for a record that was made just now.
    func noteKeys(of id: Int64, in module: Module, _ keys: Set<String>?) throws {
        if let keys, keys.isEmpty { return }
        touched.add(id, of: module, isNew: keys == nil, keys: keys)
        // However the ids are scattered, they take no more memory than this.
        if touched.runs.count > TouchedRecords.most { try lookAtTouched() }
    }

    /// What the records that were written so far share with others, by values by which records can be named.
    ///
    /// - Throws: what SQLite reports.
    public func sharedValues() throws -> SharedValues {
        try lookAtTouched()
        return shared
    }

    /// Refuses what was just written where it shares a value with others and the request wants none.
    ///
    /// - Throws: ``CRMError`` `refused` naming the first of them.
    func refuseShared() throws {
        guard request.refusesDuplicates else { return }
        defer { touched.removeAll() }
        for run in touched.runs {
            if let value = try store.sharedValueSearch(in: run.module).find(in: run).first.first {
                throw value.refusal { log.hasCreated($0.id, in: $0.module.table) }
            }
        }
    }

    private func lookAtTouched() throws {
        for run in touched.runs { shared.add(try store.sharedValueSearch(in: run.module).find(in: run)) }
        touched.removeAll()
    }
}

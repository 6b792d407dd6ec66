/// The records of which something is still to be done before a change set ends.
struct PendingRecords {
    /// The number of records remembered before it is done.
    static let most = 1024

    private(set) var records: [ModuleName: Set<Int64>] = [:]
    private(set) var count = 0

    func contains(_ id: Int64, of module: ModuleName) -> Bool { records[module]?.contains(id) ?? false }

    mutating func note(_ id: Int64, of module: ModuleName) {
        if records[module, default: []].insert(id).inserted { count += 1 }
    }
}

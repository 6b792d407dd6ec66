/// The records of which something is still to be done before a change set ends.
struct PendingRecords {
    /// The number of records remembered before it is done.
    static let most = 1024

    private var records: [ModuleName: Set<Int64>] = [:]
    private(set) var count = 0

    func contains(_ id: Int64, of module: ModuleName) -> Bool { records[module]?.contains(id) ?? false }

    mutating func note(_ id: Int64, of module: ModuleName) {
        if records[module, default: []].insert(id).inserted { count += 1 }
    }

    /// Takes all records out, by module and id, in an order that depends on nothing else.
    mutating func takeAll() -> [(module: ModuleName, ids: [Int64])] {
        defer { self = PendingRecords() }
        return records.sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0.key, $0.value.sorted()) }
    }
}

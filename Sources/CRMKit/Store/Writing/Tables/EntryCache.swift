/// What records of a module hold while its table stays as it is: all of them, or one field.
final class EntryCache<Entry> {
    /// The number of records kept: enough for those referred to most, and little memory.
    static var mostRecords: Int { 2048 }
    /// The number of values kept: a few megabytes.
    static var mostValues: Int { 65_536 }

    let key: String
    let module: ModuleName
    private let most: Int
    private var revision: TableRevision?
    private var entries: [Int64: Entry] = [:]

    init(of key: String, in module: ModuleName, most: Int) {
        self.key = key
        self.module = module
        self.most = most
    }

    func entry(of id: Int64, at revision: TableRevision) -> Entry? {
        self.revision == revision ? entries[id] : nil
    }

    func keep(_ entry: Entry, of id: Int64, at revision: TableRevision) {
        if self.revision != revision || entries.count >= most { entries = [:] }
        self.revision = revision
        entries[id] = entry
    }
}

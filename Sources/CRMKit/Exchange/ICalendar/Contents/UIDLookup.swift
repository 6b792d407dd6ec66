/// Finds records by their `UID`, including one that an export has made.
final class UIDLookup {
    private let module: Module
    private let mapping: CalendarMapping
    private let matcher: Matcher
    private let store: Store
    private var beginnings: KeyBeginnings?

    /// - Returns: `nil` for a module without the field.
    init?(_ module: Module, by mapping: CalendarMapping, in transaction: Transaction) {
        guard let position = module.position(of: mapping.identifier) else { return nil }
        self.module = module
        self.mapping = mapping
        store = transaction.store
        matcher = Matcher(module, by: [position], addsUnmatchable: true, in: transaction)
    }

    /// Returns the ids of the records that are single dates of a series, imported without it.
    ///
    /// - Parameter uid: the UID of the series.
    func occurrences(of uid: String) throws -> [Int64] {
        let beginnings = try beginnings ?? KeyBeginnings(mapping.identifier, of: module, in: store)
        self.beginnings = beginnings
        return try beginnings.ids(beginningWith: ApartKey.beginning(of: uid)).filter { id in
            let key = try store.storedRecord(module, id: id)?[mapping.identifier].text
            return key.flatMap(ApartKey.init)?.series == uid
        }
    }

    /// Returns the id of the record with a UID; `nil` if there is none.
    func find(_ uid: String) throws -> Int64? {
        if let id = try matcher.find(distinguishingCase: true, { _ in .text(uid) }) { return id }
        guard let id = RecordComponent.id(ofUID: uid), let record = try store.storedRecord(module, id: id),
            RecordComponent.uid(of: record, mapping) == uid
        else { return nil }
        return id
    }
}

/// A derivation of a module's records, with what computing and storing its values for one record after the other needs.
final class Deriver {
    /// The rule that derives.
    let rule: PlacedRule
    /// What it derives.
    let derivation: Derivation
    /// The rows of the derived part.
    let rows: PartWriter
    private let module: Module
    /// `nil` for a part that the module does not have, from whose rows nothing follows.
    private let reader: PartFieldReader?
    /// The fields of the result, in its order, which is mostly that of the next result too.
    private var places: [(key: String, position: Int)] = []

    /// - Returns: `nil` for a rule that derives nothing.
    init?(_ rule: PlacedRule, of module: Module, in transaction: Transaction) throws {
        guard let derivation = rule.rule.derivation else { return nil }
        self.rule = rule
        self.derivation = derivation
        self.module = module
        reader = try transaction.store.partFieldReader(for: derivation, of: module)
        rows = try transaction.rows(of: module.part(required: derivation.derivedPart), in: module)
    }

    /// Computes what follows from a record and its rows as stored.
    ///
    /// - Throws: ``CRMError`` `invalid` if a result cannot be stored.
    func result(from record: Record) throws -> Derivation.Result {
        guard let reader else { return Derivation.Result(values: [], rows: []) }
        return try derivation.derive(record) { body in try reader.forEachRow(of: record.id, body) }
    }

    /// Returns the position of a field of the result.
    ///
    /// - Parameter index: the field's place in the result.
    func position(of key: String, at index: Int) -> Int {
        if index < places.count, places[index].key == key { return places[index].position }
        let position = module.position(required: key)
        if index == places.count { places.append((key, position)) }
        return position
    }
}

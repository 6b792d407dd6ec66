/// The evidence that a row with an unrequested id is about the record with that id. Ids of other programs count from 1
/// too, and every list has an Ana or a García.
struct IDEvidence {
    private let record: Record
    private let module: Module
    private let isOfOwnTable: Bool

    /// - Parameter isOfOwnTable: whether the column names are those of this program's exports.
    init(_ record: Record, isOfOwnTable: Bool) {
        self.record = record
        module = record.module
        self.isOfOwnTable = isOfOwnTable
    }

    /// Whether a row shares with the record something that identifies it: a key, the moment of creation, or its whole
    /// name. In a table from this program, the id also counts when the row gives none of these.
    ///
    /// - Parameters:
    ///   - whole: the whole name in a single cell of the row; `nil` if it has none.
    ///   - made: the creation time of the record in the row.
    func isMet(by given: [RowReading.Given], whole: String?, made: Value?) -> Bool {
        let keys = told(given, at: keyPositions)
        if keys.contains(where: agrees) { return true }
        if let made, made == record.values[module.createdPosition] { return true }
        if let whole { return Self.words(whole) == Self.words(record.displayName) }
        let names = told(given, at: Set(namePositions))
        if names.isEmpty { return keys.isEmpty }
        if isWholeName(names) { return isOfOwnTable || !isAtAnotherTime(given) }
        return isOfOwnTable && (names + keys).allSatisfy(agrees)
    }

    /// Returns the words of a name, regardless of their order and of commas.
    private static func words(_ name: String) -> [String] {
        Fold.fold(name).split { $0 == " " || $0 == "," }.map(String.init).sorted()
    }

    /// Returns the values that a row gives for some fields.
    private func told(_ given: [RowReading.Given], at positions: Set<Int>) -> [RowReading.Given] {
        given.filter { positions.contains($0.position) && !$0.value.isNull }
    }

    private func agrees(_ item: RowReading.Given) -> Bool {
        let present = record.values[item.position]
        guard namePositions.contains(item.position), let text = item.value.text, let held = present.text else {
            return item.value == present
        }
        // Accents and capitals are often corrected in a list.
        return Fold.fold(text) == Fold.fold(held)
    }

    /// Whether a row has all parts of the record's name, and no other part.
    private func isWholeName(_ names: [RowReading.Given]) -> Bool {
        names.allSatisfy(agrees)
            && namePositions.allSatisfy { position in
                record.values[position].isNull || names.contains { $0.position == position }
            }
    }

    /// Whether the row has another date than the record: events with the same subject recur.
    private func isAtAnotherTime(_ given: [RowReading.Given]) -> Bool {
        let moments = module.requiredPositions.filter { module.fields[$0].type.form == .moment }
        return told(given, at: Set(moments)).contains { !agrees($0) }
    }

    /// The positions of the fields of the display name.
    private var namePositions: [Int] {
        module.composedPositions.isEmpty ? [module.displayPosition] : module.composedPositions
    }

    /// The positions of the fields that nearly identify a record.
    private var keyPositions: Set<Int> {
        let keys = module.referenceKeys.flatMap(\.fields) + (module.resemblance?.keys ?? []) + ["external_id"]
        return Set(keys.compactMap { module.position(of: $0) }).subtracting(namePositions)
    }
}

import Localization
import SQLite

/// The planned result of merging several records: the value kept for each field, and what happens to the others.
public struct MergePlan: Sendable {
    /// What happens to a value of one of the records.
    public enum Fate: Sendable {
        /// The value is kept, or adds nothing to the one that is kept: it is null or equal.
        case kept
        /// The value becomes a row of the part for surplus values.
        case point
        /// References still find the record by the value.
        case reference
        /// Only the history has the value.
        case history
    }

    /// A field with different values in the records.
    public struct Difference: Sendable {
        /// The field.
        public let field: Field
        /// The value of each record, in the order of the records.
        public let values: [Value]
        /// The value of the merged record.
        public let result: Value
        /// Whether the value is the sum of the records' values.
        public let isSum: Bool
        /// What happens to each of the values.
        public internal(set) var fates: [Fate]
    }

    /// A value that becomes a row of a part.
    struct Overflow {
        let field: Field
        let choice: String
        let text: String
    }

    /// The module of the records.
    public let module: Module
    /// The records before the merge, the one to keep first.
    public let records: [Record]
    /// The fields with different values, in the order of the fields.
    public private(set) var differences: [Difference] = []
    /// Further messages for the user.
    private(set) var notes: [Text] = []
    /// The values of the merged record, one for each field.
    private(set) var result: [Value]
    /// The values that have no field in the merged record.
    private(set) var overflow: [Overflow] = []

    private let preferences: MergePreferences
    /// The ids of the records of which rows hold amounts.
    private let idsWithRowAmounts: Set<Int64>
    /// The order in which the records provide values.
    private let order: [Int]

    /// The currency of the merged record's amounts.
    public var currency: String? { module.position(of: "currency").flatMap { result[$0].text } }

    /// Plans the values of a merge. ``Store/planMerge(of:keeping:_:_:)`` adds references and rows of parts.
    ///
    /// - Parameters:
    ///   - records: records of one module, the one to keep first.
    ///   - idsWithRowAmounts: the ids of those of which rows hold amounts.
    /// - Throws: ``CRMError`` `invalid` if a preferred record has no value for the field.
    fileprivate init(
        _ records: [Record],
        _ preferences: MergePreferences,
        idsWithRowAmounts: Set<Int64>
    ) throws(CRMError) {
        module = records[0].module
        self.records = records
        self.preferences = preferences
        self.idsWithRowAmounts = idsWithRowAmounts
        result = records[0].values
        let updated = module.updatedPosition
        order = records.indices.sorted { one, other in
            // Records of one import were changed in one moment; ids follow each other.
            let (first, second) = (
                (records[one].values[updated].text ?? "", records[one].id),
                (records[other].values[updated].text ?? "", records[other].id)
            )
            return switch preferences.order {
            case .newer: first > second
            case .older: first < second
            case nil: one < other
            }
        }
        for position in module.allFields.indices where isMerged(module.allFields[position]) {
            result[position] = try choose(position)
        }
        takePreferredUnits()
        try chooseAmounts()
        keepDatesInOrder()
    }

    /// Whether the links of a record have precedence over those of the kept one; `nil` when no preference says so.
    ///
    /// - Parameter attribute: the name of an attribute of links, ``LinkConflict/key``.
    func isPreferred(_ id: Int64, for attribute: String) -> Bool? {
        if let chosen = preferences.linkChoice(attribute) { return chosen == id }
        guard preferences.order != nil else { return nil }
        guard let place = records.firstIndex(where: { $0.id == id }), let rank = order.firstIndex(of: place),
            let kept = order.firstIndex(of: 0)
        else { return false }
        return rank < kept
    }

    /// Whether the merged record gets a value for the field that is chosen among those of the records.
    private func isMerged(_ field: Field) -> Bool { field.isStored && field.isWritable && field.type != .identifier }

    private func values(_ position: Int) -> [Value] { records.map { $0.values[position] } }

    /// Returns the index of the record that a preference names for a field.
    private func chosen(_ field: Field) -> Int? {
        preferences.choice(field.key).flatMap { id in records.firstIndex { $0.id == id } }
    }

    private func choose(_ position: Int) throws(CRMError) -> Value {
        let field = module.allFields[position]
        let values = values(position)
        if let index = chosen(field) {
            guard values[index].isNull else { return values[index] }
            let called = module.called(records[index].id)
            throw CRMError(
                .invalid,
                Text(
                    en: "\(called.en) has no \(field.label.en), which is preferred",
                    es: "\(called.es) no tiene \(field.label.es), que se prefiere"
                ),
                module: module.name,
                reference: "\(records[index].id)"
            )
        }
        if field.traits.contains(.balance) { return try sum(values, of: field) }
        switch field.type {
        case .boolean where values.contains(.integer(1)): return .integer(1)
        case .list(.text):
            var list = StoredList(.null, of: .text)
            for value in values { list.formUnion(StoredList(value, of: .text)) }
            return list.stored
        default: return order.first { !values[$0].isNull }.map { values[$0] } ?? .null
        }
    }

    /// Returns the sum of the records' values, which must be in the unit that the merged record gets. Nothing is in any
    /// unit.
    private func sum(_ values: [Value], of field: Field) throws(CRMError) -> Value {
        let having = records.indices.filter { !values[$0].isNull }
        if case .chosen(let key)? = field.unit, let unit = module.position(of: key) {
            let units = Set(having.filter { values[$0] != .integer(0) }.map { records[$0].values[unit] })
            let kept = try choose(unit)
            if units.count > 1 || units.contains(where: { !$0.isNull && $0 != kept }) {
                throw cannotSum(field, en: "is in different units", es: "está en unidades distintas")
            }
        }
        var sum: Int64?
        for index in having {
            let (next, overflow) = (sum ?? 0).addingReportingOverflow(values[index].integer ?? 0)
            guard !overflow else {
                throw cannotSum(field, en: "is too much together", es: "es demasiado en conjunto")
            }
            sum = next
        }
        return sum.map(Value.integer) ?? .null
    }

    private func cannotSum(_ field: Field, en: String, es: String) -> CRMError {
        CRMError(
            .refused,
            Text(
                en: "the \(field.label.en.lowercased()) of the \(module.several.en) \(en), and cannot be added up",
                es: "\(field.label.es): el valor de \(module.spanish.theSeveral) \(es), y no se puede sumar"
            ),
            hint: Text(
                en: "say whose holds: --prefer \(field.key)=REF",
                es: "indicar cuál vale: --prefer \(field.key)=REF"
            ),
            module: module.name
        )
    }

    // MARK: - Values that belong together

    /// Takes the unit of a preferred quantity along, unless a unit is preferred itself.
    private mutating func takePreferredUnits() {
        for field in module.allFields where field.traits.contains(.balance) {
            guard let record = chosen(field), case .chosen(let key)? = field.unit, let unit = module.position(of: key),
                chosen(module.allFields[unit]) == nil
            else { continue }
            result[unit] = records[record].values[unit]
        }
    }

    /// Chooses the amounts, which must be in one currency: if records have different currencies, the amounts of one
    /// record are taken, and those of others in the same currency. So it is of the amounts in their rows.
    private mutating func chooseAmounts() throws(CRMError) {
        let amounts = module.allFields.indices.filter { module.allFields[$0].type == .money }
        guard !amounts.isEmpty, let unit = module.allFields.firstIndex(where: { $0.key == "currency" }) else { return }
        let having = order.filter { index in
            idsWithRowAmounts.contains(records[index].id) || amounts.contains { !records[index].values[$0].isNull }
        }
        let named = (amounts + [unit]).compactMap { chosen(module.allFields[$0]) }
        guard let base = named.first ?? having.first else { return }
        let currency = records[base].values[unit]
        for index in named where records[index].values[unit] != currency {
            throw CRMError(
                .refused,
                Text(
                    en: "amounts that are preferred are in different currencies, and one record has one",
                    es: "los importes que se prefieren están en monedas distintas, y un registro tiene una"
                ),
                module: module.name
            )
        }
        result[unit] = currency
        let same = having.filter { records[$0].values[unit] == currency }
        for position in amounts where chosen(module.allFields[position]) == nil {
            let first = same.first { !records[$0].values[position].isNull }
            result[position] = first.map { records[$0].values[position] } ?? .null
        }
    }

    /// Takes both dates of a pair from one record if the dates chosen from different records are out of order.
    private mutating func keepDatesInOrder() {
        for (earlier, later) in module.dateOrderPositions {
            guard let first = result[earlier].text, let last = result[later].text, last < first else { continue }
            let base = order.first { !records[$0].values[earlier].isNull || !records[$0].values[later].isNull }
            guard let base, chosen(module.fields[earlier]) == nil, chosen(module.fields[later]) == nil else { continue }
            result[earlier] = records[base].values[earlier]
            result[later] = records[base].values[later]
        }
    }

    /// Chooses the references to records of the same module. One to a merged record is dropped, and so is an acyclic
    /// one that forms a cycle through the merged record.
    ///
    /// - Parameter leadsBack: returns whether following a field from a record leads to one of the merged records.
    fileprivate mutating func chooseReferences(leadsBack: (Field, Int64) throws -> Bool) throws {
        let ids = Set(records.map(\.id))
        for (position, field) in module.allFields.enumerated() where field.points(at: module.name) && isMerged(field) {
            let candidates = chosen(field).map { [$0] } ?? order
            var kept: Value = .null
            for index in candidates where kept.isNull {
                let value = records[index].values[position]
                guard let id = target(of: value, field) else {
                    kept = value
                    continue
                }
                // The merged records become one and must not refer to it.
                if ids.contains(id) { continue }
                guard try field.traits.contains(.acyclic) && leadsBack(field, id) else {
                    kept = value
                    continue
                }
                let dropped = Text(
                    en: "\(field.label.en) \(id) of \(module.called(records[index].id).en) would lead back to it",
                    es: "\(field.label.es) \(id) \(module.ofCalled(records[index].id).es) volvería al mismo registro"
                )
                guard chosen(field) == nil else {
                    throw CRMError(.refused, dropped, module: module.name, reference: "\(id)")
                }
                notes.append(Text(en: "\(dropped.en): left out", es: "\(dropped.es): se omite"))
            }
            result[position] = kept
        }
    }

    /// Returns the id in a reference to a record of the module; `nil` for null and for a record of another module.
    private func target(of value: Value, _ field: Field) -> Int64? {
        guard field.type == .anyReference else { return value.integer }
        let (named, id) = value.referenceParts
        return named.text == module.name.rawValue ? id.integer : nil
    }

    // MARK: - The other values

    /// Whether two values of a field count as the same.
    static func areSame(_ one: Value, _ other: Value, of type: FieldType, country: String?) -> Bool {
        if one == other { return true }
        guard case .text(let first) = one, case .text(let second) = other, type.matching != nil else { return false }
        return type.matchKey(for: first, country: country) == type.matchKey(for: second, country: country)
    }

    /// Finds the differences, and decides what happens to each value.
    ///
    /// - Parameters:
    ///   - rows: the rows of all records in the part for surplus values.
    ///   - country: the country of telephone numbers without a country code.
    fileprivate mutating func compare(rows: [PartRow], country: String?) {
        let part = module.overflowPart
        let identifying = Set(module.formerKeys.map(\.field.key))
        var taken: [(type: FieldType, value: Value)] = module.allFields.indices.map {
            (module.allFields[$0].type, result[$0])
        }
        if let part, let key = part.keyField.flatMap({ part.position(of: $0.key) }) {
            for row in rows {
                let type = part.fields[key].type { name in part.position(of: name).map { row.values[$0] } ?? .null }
                taken.append((type, row.values[key]))
            }
        }
        for (position, field) in module.allFields.enumerated() where isMerged(field) {
            let values = values(position)
            // A sum differs from its summands even if these are equal.
            let all = values + [result[position]]
            guard all.contains(where: { !Self.areSame($0, values[0], of: field.type, country: country) }) else {
                continue
            }
            let choice = module.overflowChoice(of: field.type)
            let fates = values.map { value -> Fate in
                guard !value.isNull, !isSaid(value, by: result[position], of: field, country) else { return .kept }
                guard let choice, let text = value.text else {
                    return identifying.contains(field.key) ? .reference : .history
                }
                if taken.contains(where: {
                    $0.type == field.type && Self.areSame($0.value, value, of: field.type, country: country)
                }) {
                    return .kept
                }
                taken.append((field.type, value))
                overflow.append(Overflow(field: field, choice: choice, text: text))
                return .point
            }
            let isSum = field.traits.contains(.balance) && chosen(field) == nil
            differences.append(
                Difference(field: field, values: values, result: result[position], isSum: isSum, fates: fates)
            )
        }
    }

    /// Whether a chosen value contains all that another value says.
    private func isSaid(_ value: Value, by kept: Value, of field: Field, _ country: String?) -> Bool {
        if field.traits.contains(.balance), chosen(field) == nil { return true }
        switch field.type {
        case .boolean: return value == kept || value == .integer(0)
        case .list(.text):
            let elements = field.type.elements(of: kept).map { Fold.fold($0) }
            return field.type.elements(of: value).allSatisfy { elements.contains(Fold.fold($0)) }
        case .currency: return true
        default: return Self.areSame(value, kept, of: field.type, country: country)
        }
    }
}

extension Store {
    /// Plans the merge of records into one.
    ///
    /// - Parameters:
    ///   - kept: the id of the record to keep.
    ///   - others: the ids of the records to merge into it, each only once.
    /// - Throws: ``CRMError`` `usage` for a module whose records cannot be merged; `notFound`; `invalid` or `refused`
    ///   for a preference that cannot be followed; the errors that SQLite reports.
    func planMerge(
        of module: Module,
        keeping kept: Int64,
        _ others: [Int64],
        _ preferences: MergePreferences
    ) throws -> MergePlan {
        guard module.merging != nil else {
            throw CRMError(
                .usage,
                Text(
                    en: "\(module.several.en) cannot be merged",
                    es: "\(module.spanish.theSeveral) no se pueden fusionar"
                ),
                module: module.name
            )
        }
        let ids = [kept] + others
        try checkPreferences(preferences, among: ids, in: module)
        let records = try ids.map { id in
            guard let record = try storedRecord(module, id: id) else { throw Self.missing(id, in: module) }
            return record
        }
        let tables = module.amountTables
        let withRowAmounts = try ids.filter { id in try tables.contains { try hasAmounts(id, in: $0) } }
        var plan = try MergePlan(records, preferences, idsWithRowAmounts: Set(withRowAmounts))
        try plan.chooseReferences { field, start in
            try chain(of: field, in: module, from: start, reachesAnyOf: ids)
        }
        let part = module.overflowPart.map { Table($0, of: module) }
        let rows = try part.map { table in try ids.flatMap { try partReader(table).rows(of: $0) } } ?? []
        plan.compare(rows: rows, country: try settings().country)
        return plan
    }
}

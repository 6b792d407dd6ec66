import Localization
import SQLite

/// Stored derived values of a record that do not agree with what they are derived from.
struct StrayValues {
    /// The positions of rows with values that do not follow from the rest of the row.
    var rows: [Int64] = []
    /// The derived fields of the record, and the derived part, that do not follow from the record and its rows.
    var keys: [String] = []

    var isEmpty: Bool { rows.isEmpty && keys.isEmpty }
}

extension Store {
    /// Returns the stored values of a record and its rows that do not agree with what they are derived from.
    ///
    /// - Throws: ``CRMError`` `invalid` when the derived values could not be stored.
    func strayValues(of record: Record) throws -> StrayValues {
        let module = record.module
        let context = PreviewContext(store: self, isForced: false)
        var strays = StrayValues()
        for derivation in module.derivingRules.compactMap(\.rule.derivation) {
            let part = module.part(required: derivation.part)
            let rows = try partReader(Table(part, of: module)).rows(of: record.id)
            let result = try derivation.derive(record) { body in
                for row in rows {
                    let values = try part.completed(row.values, of: record, context)
                    if values != row.values { strays.rows.append(row.position) }
                    try body(values)
                }
            }
            strays.keys += result.values.filter { record[$0.field] != $0.value }.map(\.field)
            let derived = module.part(required: derivation.derivedPart)
            let kept = try partReader(Table(derived, of: module)).rows(of: record.id)
            if kept.map(\.values) != result.rows { strays.keys.append(derived.key) }
        }
        return strays
    }

    /// Calls a closure with every record that has derived values.
    func forEachDerivingRecord(of module: Module, _ body: (Record) throws -> Void) throws {
        guard !module.derivingRules.isEmpty else { return }
        let ids = try database.prepare("SELECT \"id\" FROM \(module.table.quotedIdentifier) ORDER BY 1")
        while try ids.step() {
            if let record = try storedRecord(module, id: ids.integer(at: 0)) { try body(record) }
        }
    }
}

extension Part {
    /// Returns the values of a stored row with derived values recomputed; the values unchanged if that fails.
    fileprivate func completed(_ values: [Value], of record: Record, _ context: any RuleContext) throws -> [Value] {
        var draft = PartDraft(self, values: values)
        do {
            try complete?(&draft, record, context)
        } catch let error as CRMError where error.code == .invalid {
            return values
        }
        return draft.values
    }
}

extension Check {
    /// Checks the derived values of records and their rows.
    mutating func checkDerivedValues(of module: Module) throws {
        var found: [(id: Int64, text: Text)] = []
        try store.forEachDerivingRecord(of: module) { record in
            guard found.count <= Check.mostOfAKind else { return }
            let strays: StrayValues
            do {
                strays = try store.strayValues(of: record)
            } catch let error as CRMError where error.code == .invalid {
                found += error.problems.map { (record.id, $0.reason) }
                return
            }
            let rows = strays.rows.map { "\(Part.positionKey) \($0)" }
            guard !strays.isEmpty else { return }
            let what = (strays.keys + rows).joined(separator: ", ")
            found.append(
                (
                    record.id,
                    Text(
                        en: "\(what): does not follow from what it is counted of",
                        es: "\(what): no corresponde a aquello de lo que se calcula"
                    )
                )
            )
        }
        for (id, text) in found { report(text, in: Table(module), id: id, isMendable: true) }
    }
}

extension Transaction {
    /// Recomputes the derived values that do not follow from the records and their rows.
    ///
    /// - Returns: the number of records with corrected values.
    func renewDerivedValues() throws -> Int {
        var count = 0
        for module in store.registry.modules {
            try store.forEachDerivingRecord(of: module) { record in
                let strays: StrayValues
                do {
                    strays = try store.strayValues(of: record)
                } catch let error as CRMError where error.code == .invalid {
                    // Values that cannot be recounted stay as they are, and the check goes on to report them.
                    return
                }
                guard !strays.isEmpty else { return }
                count += 1
                for part in module.parts where !strays.rows.isEmpty && part.complete != nil {
                    let writer = try rows(of: part, in: module)
                    for row in try writer.rows(of: record.id) {
                        let values = try part.completed(row.values, of: record, self)
                        try writer.set(values, of: record.id, in: row)
                    }
                }
                try noteOutdated(record.id, of: module)
            }
        }
        try settleDerivations()
        return count
    }
}

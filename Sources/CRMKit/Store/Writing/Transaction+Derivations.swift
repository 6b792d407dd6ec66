import Localization

/// The records whose derivations are out of date.
struct OutdatedDerivations {
    /// The number of records remembered before they are brought up to date.
    static let most = 1024

    private(set) var records: [ModuleName: Set<Int64>] = [:]
    private(set) var count = 0

    func contains(_ id: Int64, of module: ModuleName) -> Bool { records[module]?.contains(id) ?? false }

    mutating func note(_ id: Int64, of module: ModuleName) {
        if records[module, default: []].insert(id).inserted { count += 1 }
    }
}

extension Transaction {
    /// Lets the rules write the consequences of a change, and records what they have to derive.
    ///
    /// - Parameter isDerived: whether the values that the rules derive from the record are already up to date.
    func follow(_ change: Rule.Change, isDerived: Bool = false) throws {
        let module = change.new.module
        try module.follow(change, self)
        if !isDerived, module.derivingRules.contains(where: { $0.isFed(by: change) }) {
            try noteOutdated(change.new.id, of: module)
        }
    }

    /// Computes the derived values of a changed record and sets them in the draft, so that both are stored together.
    /// For a record with changed rows nothing is computed here but later.
    ///
    /// - Returns: the rows of the derived parts.
    func derive(_ draft: inout Draft, from original: Record) throws -> [(part: Part, rows: [[Value]])] {
        let module = draft.module
        guard !module.derivingRules.isEmpty, !outdated.contains(original.id, of: module.name) else { return [] }
        let change = Rule.Change(old: original, new: draft.record)
        var derived: [(part: Part, rows: [[Value]])] = []
        for rule in module.derivingRules where rule.isFed(by: change) {
            guard let derivation = rule.derivation else { continue }
            let result = try self.result(of: derivation, from: draft.record)
            for (key, value) in result.values { draft[key] = value }
            derived.append((module.part(required: derivation.derivedPart), result.rows))
        }
        return derived
    }

    /// Notes that the rows of a record have changed. When many records wait, their derivations are updated at once, so
    /// that little is remembered.
    func noteOutdated(_ id: Int64, of module: Module) throws {
        outdated.note(id, of: module.name)
        if outdated.count >= OutdatedDerivations.most { try settleDerivations() }
    }

    /// Brings up to date what is derived from records that this transaction has changed.
    ///
    /// - Throws: ``CRMError`` `invalid` naming the record of which something cannot be stored.
    func settleDerivations() throws {
        guard outdated.count > 0 else { return }
        let records = outdated.records
        outdated = OutdatedDerivations()
        for (name, ids) in records.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let module = store.registry[name]
            for id in ids.sorted() { try derive(module, id: id) }
        }
    }

    /// Runs the derivation of a record, if it still exists.
    private func derive(_ module: Module, id: Int64) throws {
        guard let record = try store.storedRecord(module, id: id) else { return }
        for derivation in module.derivingRules.compactMap(\.derivation) {
            try keep(try result(of: derivation, from: record), of: derivation, record)
        }
    }

    /// Computes the derived values of a new record from the rows of a part, which must be all rows the part has.
    func derive(_ record: Record, from rows: [[Value]], of part: Part) throws {
        for derivation in record.module.derivingRules.compactMap(\.derivation) {
            guard derivation.part == part.name else {
                try noteOutdated(record.id, of: record.module)
                continue
            }
            let result = try explaining(record) {
                try derivation.derive(record) { body in for row in rows { try body(row) } }
            }
            try keep(result, of: derivation, record)
        }
    }

    /// Stores the derived rows of a record.
    private func keep(_ result: Derivation.Result, of derivation: Derivation, _ record: Record) throws {
        let module = record.module
        // What a new record holds by now need not be what it was made with.
        let isNew = log.hasCreated(record.id, in: module.table)
        let changes = result.values.compactMap { key, value -> TableWriter.Change? in
            guard isNew || record[key] != value else { return nil }
            return TableWriter.Change(module.field(required: key), from: record[key], to: value)
        }
        if isNew {
            try writer(of: module).complete(record.id, changes)
        } else {
            try writer(of: module).update(record.id, changes)
        }
        let part = module.part(required: derivation.derivedPart)
        try rows(of: part, in: module).replace(with: result.rows, of: record.id)
    }

    private func result(of derivation: Derivation, from record: Record) throws -> Derivation.Result {
        try explaining(record) { try store.result(of: derivation, from: record) }
    }

    /// Adds the record to an error about a value that cannot be stored.
    private func explaining(_ record: Record, _ body: () throws -> Derivation.Result) throws -> Derivation.Result {
        do {
            return try body()
        } catch let error as CRMError where error.code == .invalid {
            let module = record.module
            let isNew = log.hasCreated(record.id, in: module.table)
            throw CRMError(
                .invalid,
                isNew
                    ? Text(en: "cannot add \(module.one.en)", es: "no se puede agregar \(module.spanish.the)")
                    : Text(
                        en: "cannot change \(module.called(record.id).en)",
                        es: "no se puede cambiar \(module.called(record.id).es)"
                    ),
                module: module.name,
                reference: isNew ? nil : "\(record.id)",
                problems: error.problems
            )
        }
    }
}

extension Store {
    /// Returns the result of a derivation from a record and its rows as stored.
    ///
    /// - Throws: ``CRMError`` `invalid` if a result cannot be stored.
    func result(of derivation: Derivation, from record: Record) throws -> Derivation.Result {
        guard let reader = try partFieldReader(for: derivation, of: record.module) else {
            return Derivation.Result(values: [], rows: [])
        }
        return try derivation.derive(record) { body in try reader.forEachRow(of: record.id, body) }
    }
}

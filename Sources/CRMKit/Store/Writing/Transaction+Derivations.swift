import Localization

/// The records whose derivations are out of date.
struct OutdatedDerivations {
    /// How many are remembered, before they are brought up to date.
    static let most = 1024

    private(set) var records: [ModuleName: Set<Int64>] = [:]
    private(set) var count = 0

    mutating func note(_ id: Int64, of module: ModuleName) {
        if records[module, default: []].insert(id).inserted { count += 1 }
    }
}

extension Transaction {
    /// Lets the rules write what follows from a change, and notes what they have to derive.
    func follow(_ change: Rule.Change) throws {
        let module = change.new.module
        try module.follow(change, self)
        if module.derivingRules.contains(where: { $0.isFed(by: change) }) {
            try noteOutdated(change.new.id, of: module)
        }
    }

    /// Notes that a record's rows are others now. Of many records what is derived is brought up to date meanwhile, so that
    /// what is remembered stays little.
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

    /// Derives what follows from a record that is still there.
    private func derive(_ module: Module, id: Int64) throws {
        guard let record = try store.storedRecord(module, id: id) else { return }
        for rule in module.derivingRules {
            guard let derivation = rule.derivation else { continue }
            let result = try self.result(of: derivation, from: record)
            let changes = result.values.compactMap { key, value -> TableWriter.Change? in
                guard let field = module.field(key), record[key] != value else { return nil }
                return TableWriter.Change(field, from: record[key], to: value)
            }
            if log.hasCreated(id, in: module.table) {
                try writer(of: module).complete(id, changes)
            } else {
                try writer(of: module).update(id, changes)
            }
            guard let part = module.part(named: derivation.derivedPart) else { continue }
            try rows(of: part, in: module).replace(with: result.rows, of: id)
        }
    }

    private func result(of derivation: Derivation, from record: Record) throws -> Derivation.Result {
        do {
            return try store.result(of: derivation, from: record)
        } catch let error as CRMError where error.code == .invalid {
            let module = record.module
            throw CRMError(
                .invalid,
                Text(
                    en: "cannot change \(module.called(record.id).en)",
                    es: "no se puede cambiar \(module.called(record.id).es)"
                ),
                module: module.name,
                reference: "\(record.id)",
                problems: error.problems
            )
        }
    }
}

extension Store {
    /// Derives what follows from a record and its rows as they are stored.
    ///
    /// - Throws: ``CRMError`` `invalid` where it could not be stored.
    func result(of derivation: Derivation, from record: Record) throws -> Derivation.Result {
        let module = record.module
        guard let part = module.part(named: derivation.part) else {
            return Derivation.Result(values: [], rows: [])
        }
        let reader = try partReader(Table(part, of: module))
        return try derivation.derive(record) { body in
            try reader.forEachRow(of: record.id) { row in try body(Array(row[Table.fieldsBeforePart...])) }
        }
    }
}

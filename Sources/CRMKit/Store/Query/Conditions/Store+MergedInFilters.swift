extension Store {
    /// Reports to the user the records named by id in filters that were merged into others; the filters then mean
    /// these.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func tellMerged(namedIn filters: ResolvedFilters) throws(CRMError) {
        try translating {
            for filter in filters.filters { try tellMerged(among: filter.conditions.flatMap(recordsNamed)) }
        }
    }

    /// Reports those of some ids that belong to merged records. A list may be very long, so that each module is queried
    /// once.
    private func tellMerged(among named: [(module: Module, id: Int64)]) throws {
        for name in named.map(\.module.name).uniqued {
            let module = registry[name]
            let ids = named.filter { $0.module.name == name }.map(\.id).uniqued
            // Most name records that are there: of a few these are found sooner than they are sought among the merged.
            let missing = try ids.count > Self.fewNamed ? ids : ids.filter { try !recordTable(of: module).exists($0) }
            let kept = try successors(of: missing, in: module)
            for id in ids {
                guard let kept = kept[id] else { continue }
                try tell(Redirection(module: name, former: id, kept: kept))
            }
        }
    }

    private static let fewNamed = 8

    /// The records that a condition names by their ids.
    private func recordsNamed(in condition: FilterCondition) -> [(module: Module, id: Int64)] {
        condition.test.named.compactMap { record($0.text, in: condition.attribute.field, at: condition.place) }
    }

    private func record(_ text: String, in field: Field, at place: Place) -> (module: Module, id: Int64)? {
        switch field.type.form {
        case .identifier: return Int64(text).map { (place.module, $0) }
        case .reference(let target): return Reference.id(text).map { (registry[target], $0) }
        case .anyReference:
            let parts = text.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let id = Int64(parts[1]) else { return nil }
            return registry.find(ModuleName(rawValue: String(parts[0]))).map { ($0, id) }
        default: return nil
        }
    }
}

extension Filter.Test {
    /// The operands that name single records, for tests for equality; empty for other tests.
    fileprivate var named: [Filter.Operand] {
        switch self {
        case .compare(.equal, let operand), .compare(.notEqual, let operand): [operand]
        case .isIn(let operands), .isNotIn(let operands): operands
        case .compare, .isEmpty, .isNotEmpty: []
        }
    }
}

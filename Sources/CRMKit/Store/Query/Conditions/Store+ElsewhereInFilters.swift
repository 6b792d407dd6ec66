import Localization

extension Store {
    /// Returns notes to the user about filters that search one field for a value that a record has in another field of
    /// the same kind: a second e-mail address, a mobile telephone.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func elsewhere(namedIn filters: ResolvedFilters) throws(CRMError) -> [Text] {
        try translating {
            try filters.conditions.flatMap(asked).prefix(Self.mostAsked).compactMap(elsewhere).uniqued
        }
    }

    /// The maximum number of values reported.
    private static var mostAsked: Int { 10 }

    /// A value for which a filter searches a field.
    private struct Asked {
        let module: Module
        let field: Field
        let value: String
    }

    private func asked(by condition: FilterCondition) -> [Asked] {
        guard case .field(let field) = condition.attribute, condition.place.part == nil, !condition.isNegated else {
            return []
        }
        return condition.test.wanted.map { Asked(module: condition.place.module, field: field, value: $0.text) }
    }

    private func elsewhere(_ asked: Asked) throws -> Text? {
        let (module, field) = (asked.module, asked.field)
        let key = module.referenceKeys.lazy.compactMap { key in
            KeyPlaces(key.prefix, in: module).map { (prefix: key.prefix, places: $0) }
        }.first { $0.places.onlyField == nil && $0.places.allFields.contains { $0.key == field.key } }
        guard let key else { return nil }
        let country = try settings().country
        let wanted = field.type.matchKey(for: KeyLookup.bare(asked.value, as: field.type), country: country)
        let others = try KeyLookup(key.places, of: module, in: self).ids(of: asked.value, atMost: Self.mostAsked)
        let other = try others.sorted().first { id in
            let own = try storedRecord(module, id: id)?[field.key].text
            return own.map { field.type.matchKey(for: $0, country: country) } != wanted
        }
        guard let other else { return nil }
        let called = try description(of: other, in: module).words(besides: asked.value)
        let command = "\(ProgramName.placeholder) \(module.name.noun) show \(key.prefix):\(asked.value)"
        let value = asked.value
        return Text(
            en: "\(field.key) is that field alone, and \(called.en) has \(value) elsewhere: '\(command)' looks at all",
            es: "\(field.key) es solo ese campo, y \(called.es) tiene \(value) en otro: «\(command)» los mira todos"
        )
    }
}

extension Filter.Test {
    /// The values one of which the field must equal.
    fileprivate var wanted: [Filter.Operand] {
        switch self {
        case .compare(.equal, let operand): [operand]
        case .isIn(let operands): operands
        case .compare, .isNotIn, .isEmpty, .isNotEmpty: []
        }
    }
}

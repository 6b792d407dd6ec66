/// The condition that a reference is to a given record, or to one whose name passes a test.
struct ReferenceCondition {
    let source: Scope.Source
    let registry: Registry
    let context: ValueContext

    /// Returns the condition for a field that refers to records of one module.
    ///
    /// - Throws: ``ValueError`` for comparisons that references do not support; ``CRMError`` for text that the
    ///   reference key cannot hold.
    func condition(
        _ comparison: Filter.Comparison,
        _ operand: Filter.Operand,
        to target: Module
    ) throws -> SQLFragment {
        guard comparison == .equal || comparison == .contains else { throw ValueError.unordered(takes: "= != ~") }
        if comparison == .equal, let id = Reference.id(operand.text) {
            return "\(source.column) = \(target.presentID(.bind(.integer(id))))"
        }
        let (fields, parts, text) = key(named: operand.text, in: target)
        let alias = "\(source.alias)n"
        let key = Filter.Operand(text, column: operand.column)
        let condition = { (field: Field, alias: String) throws(CRMError) in
            let source = Scope.Source(field: field, alias: alias)
            return try FieldCondition(source: source, registry: registry, context: context)
                .condition(.compare(comparison, key))
        }
        var conditions: [SQLFragment] = []
        for field in fields { conditions.append(try condition(field, alias)) }
        for place in parts {
            let row = "\(alias)p"
            let field = Field(place.field.key, place.type, en: place.field.label.en, es: place.field.label.es)
            conditions.append(
                """
                \(column: "id", of: alias) IN (SELECT \(column: place.table.ownerColumn, of: row) \
                FROM \(name: place.table.name) AS \(name: row) \
                WHERE \(column: place.kind.field.key, of: row) = \(bind: .text(place.kind.choice)) \
                AND \(try condition(field, row)))
                """
            )
        }
        return """
            \(source.column) IN (SELECT \(column: "id", of: alias) FROM \(target.rows) AS \(name: alias) \
            WHERE \(conditions.disjunction))
            """
    }

    /// Returns the places where an operand is searched for, and the text to find: those of a prefix, as in `ext:K-1`,
    /// or of an e-mail address, otherwise the display name.
    private func key(
        named text: String,
        in target: Module
    ) -> (fields: [Field], parts: [KeyPlaces.PartPlace], text: String) {
        if case .key(let places, let value)? = try? Reference(text, in: target) {
            return (places.allFields, places.parts, value)
        }
        return ([target.field(target.displayKey)].compactMap { $0 }, [], text)
    }

    /// Returns the condition for a field that can refer to records of any module. The operand is `case:3`, as when the
    /// field is set, or `case:` and any other reference; with the operator `~` it is part of the record's name.
    func condition(_ comparison: Filter.Comparison, _ operand: Filter.Operand) throws -> SQLFragment {
        if comparison == .contains {
            let name = source.referred(.name, in: registry)
            return try FieldCondition(source: name, registry: registry, context: context)
                .condition(.compare(comparison, operand))
        }
        guard comparison == .equal else { throw ValueError.unordered(takes: "= != ~") }
        let colon = operand.text.firstIndex(of: ":") ?? operand.text.endIndex
        let rest = String(operand.text[colon...].dropFirst())
        guard let target = registry.find(ModuleName(rawValue: String(operand.text[..<colon]))), !rest.isEmpty else {
            throw ValueError(
                en: "expected a module and a reference, as in case:3",
                es: "se esperaba un módulo y una referencia, como case:3"
            )
        }
        let (module, id) = source.parts
        let record = ReferenceCondition(
            source: Scope.Source(
                field: .reference(
                    source.field.key,
                    to: target.name,
                    en: source.field.label.en,
                    es: source.field.label.es
                ),
                alias: source.alias,
                column: id,
                compared: id
            ),
            registry: registry,
            context: context
        )
        let condition = try record.condition(comparison, Filter.Operand(rest, column: operand.column), to: target)
        return "(\(module) = \(bind: .text(target.name.rawValue)) AND \(condition))"
    }
}

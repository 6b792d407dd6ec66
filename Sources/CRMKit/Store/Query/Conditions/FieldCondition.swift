import Localization

/// The SQL condition that a field of a row passes a test. It is true, false or, when there is no value, null; a
/// negation must treat null as false.
struct FieldCondition {
    let source: Scope.Source
    let registry: Registry
    let context: ValueContext
    /// The units in which the field may count.
    var units: [Choice] = []
    /// The module whose ids are compared, for an id field: ids of merged records are resolved to the present ones.
    var owner: Module?

    private var field: Field { source.field }
    private var type: FieldType { field.type }
    private var column: SQLFragment { source.column }

    /// Returns the condition of a test.
    ///
    /// - Throws: ``CRMError`` of code `usage` for values that the field's type cannot read and for comparisons that it
    ///   does not support.
    func condition(_ test: Filter.Test) throws(CRMError) -> SQLFragment {
        if let variants = field.variants, test.hasOperands { return try condition(test, among: variants) }
        return try plain(test)
    }

    private func plain(_ test: Filter.Test) throws(CRMError) -> SQLFragment {
        switch test {
        case .isEmpty: "\(column) IS NULL"
        case .isNotEmpty: "\(column) IS NOT NULL"
        case .isIn(let operands): try membership(operands)
        case .isNotIn(let operands): .denial(try membership(operands))
        case .compare(.notEqual, let operand): .denial(try condition(.equal, operand))
        case .compare(let comparison, let operand): try condition(comparison, operand)
        }
    }

    /// Returns the condition for a field whose type depends on a choice in the same row. The test's operand is read as
    /// each of the types.
    private func condition(_ test: Filter.Test, among variants: FieldVariants) throws(CRMError) -> SQLFragment {
        if let denied = test.denied { return .denial(try condition(denied, among: variants)) }
        let choice = SQLFragment.column(variants.key, of: source.alias)
        var conditions: [SQLFragment] = []
        for (key, type) in variants.types {
            let field = Field(field.key, type, en: field.label.en, es: field.label.es)
            let variant = FieldCondition(
                source: Scope.Source(field: field, alias: source.alias),
                registry: registry,
                context: context
            )
            conditions.append("\(choice) = \(bind: .text(key)) AND \(try variant.condition(test))")
        }
        return conditions.disjunction
    }

    private func membership(_ operands: [Filter.Operand]) throws(CRMError) -> SQLFragment {
        if hasOneForm, !operands.contains(where: { $0.text.isEmpty || quantity($0.text) != nil }) {
            var values: [Value] = []
            for operand in operands { values.append(try reading(operand) { try value(said($0)) }) }
            if type == .identifier, let owner {
                return "\(source.compared) IN (\(owner.presentIDs(values.compactMap(\.integer))))"
            }
            return "\(source.compared) IN (\(values.map(SQLFragment.bind).joined(", ")))"
        }
        var conditions: [SQLFragment] = []
        for operand in operands { conditions.append(try condition(.equal, operand)) }
        return conditions.disjunction
    }

    private func condition(
        _ comparison: Filter.Comparison,
        _ operand: Filter.Operand
    ) throws(CRMError) -> SQLFragment {
        // An empty text is stored as null.
        if operand.text.isEmpty, comparison == .equal { return "\(column) IS NULL" }
        return try reading(operand) { operand in
            switch type.form {
            case .money:
                try MoneyCondition(source: source, currency: context.currency).condition(comparison, operand.text)
            case .moment:
                try MomentCondition(source: source, context: context).condition(comparison, operand.text)
            case .reference(let target): try reference.condition(comparison, operand, to: registry[target])
            case .anyReference: try reference.condition(comparison, operand)
            case .list(let element):
                try ListCondition(source: source, element: element).condition(comparison, operand.text)
            case .choice(let choices) where comparison != .equal:
                try ChoiceCondition(source: source, choices: choices).condition(comparison, operand.text)
            case .boolean where comparison != .equal: throw ValueError.unordered(takes: "= !=")
            case .number where comparison != .contains && quantity(operand.text) != nil:
                try counted(comparison, operand.text)
            case .identifier where comparison == .equal: "\(source.compared) = \(try equal(operand))"
            case .identifier, .text, .date, .number, .duration, .boolean, .choice:
                comparison == .contains
                    ? try part(operand.text) : .comparison(source.compared, comparison, .bind(try value(said(operand))))
            }
        }
    }

    private func quantity(_ text: String) -> WrittenQuantity? { field.unit == nil ? nil : WrittenQuantity(text) }

    /// Returns the condition that the row counts in the unit of a quantity, and that its number passes a comparison.
    private func counted(_ comparison: Filter.Comparison, _ text: String) throws(ValueError) -> SQLFragment {
        guard let unit = field.unit, let quantity = quantity(text) else { return "0" }
        let number = SQLFragment.comparison(source.compared, comparison, .bind(try value(quantity.number)))
        switch unit {
        case .ofRecord(let key, _):
            throw ValueError(
                en: "not a number: write it without a unit, and beside it which \(key) the record has",
                es: "no es un número: escribirlo sin unidad, y aparte qué \(key) tiene el registro"
            )
        case .always(let unit):
            _ = try quantity.unit(among: [unit])
            return number
        case .chosen(let key):
            let named = try quantity.unit(among: units)
            return "(\(column: key, of: source.alias) = \(bind: .text(named.key)) AND \(number))"
        }
    }

    private var reference: ReferenceCondition {
        ReferenceCondition(source: source, registry: registry, context: context)
    }

    /// Performs a body with an operand; an error for its value gets the field and the position in the filter.
    private func reading<T>(
        _ operand: Filter.Operand,
        _ body: (Filter.Operand) throws -> T
    ) throws(CRMError) -> T {
        do {
            return try body(operand)
        } catch let error as ValueError {
            throw failure(operand, error.reason)
        } catch {
            throw CRMError(error, path: "")
        }
    }

    /// Whether every value is compared with the same column in the same form.
    private var hasOneForm: Bool {
        switch type.form {
        case .money, .moment, .reference, .anyReference, .list: false
        case .identifier, .text, .date, .number, .duration, .boolean, .choice: true
        }
    }

    /// Returns the value to compare with the compared column.
    private func value(_ text: String) throws(ValueError) -> Value {
        try BareFraction.refuse(typed: text, for: type)
        let text = KeyLookup.bare(field.withoutBrackets(text), as: type)
        return try type.definition.comparand(field.hoursOnClock(text) ?? text, in: context)
    }

    /// Returns the value that equals an operand. The id of a merged record stands for the record it was merged into.
    private func equal(_ operand: Filter.Operand) throws(ValueError) -> SQLFragment {
        let value = try value(said(operand))
        if type == .identifier, let owner { return owner.presentID(.bind(value)) }
        return .bind(value)
    }

    /// Returns the text of an operand. For a field of people, `me` without quotes is the user.
    private func said(_ operand: Filter.Operand) throws(ValueError) -> String {
        guard field.traits.contains(.person), operand.path != nil, let user = context.user else { return operand.text }
        return try user.meant(by: operand.text)
    }

    private func failure(_ operand: Filter.Operand, _ reason: Text) -> CRMError {
        CRMError(
            filter: nil,
            column: operand.column,
            Text(en: "\(field.key): \(reason.en)", es: "\(field.key): \(reason.es)")
        )
    }

    /// Returns the condition that the value contains a text.
    private func part(_ text: String) throws(ValueError) -> SQLFragment {
        switch type.definition.containment {
        case .matched:
            guard let key = type.partKey(for: text, country: context.country) else { return .part(text, of: column) }
            return SQLFunctions.contains(source.compared, .bind(.text(key)))
        // A field that is compared as stored is searched for the stored form of the text.
        case .stored: return .part(type.matching == nil ? type.matchKey(for: text, country: nil) : text, of: column)
        case .none: throw .unordered(takes: "= != < <= > >=")
        }
    }
}

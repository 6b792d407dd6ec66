import SQLite

/// The comparable and normal forms of values, for statements over whole tables.
extension Field {
    /// Whether values are stored in a normal form, in which they are also compared.
    var isNormalized: Bool { isStored && type.definition.isNormalized }

    /// The SQL for the normal form of the field's column.
    var normalForm: SQLFragment { normalForm(of: .name(key)) }

    /// Returns the SQL for the normal form of a value of the field.
    func normalForm(of value: SQLFragment) -> SQLFragment {
        SQLFunctions.call(traits.contains(.bracketed) ? .messageIDs : .normalForm, [value])
    }

    /// The condition that the field's column has a code that is not in normal form.
    var isOutOfNormalForm: SQLFragment { "\(mayLackNormalForm(.name(key))) AND \(name: key) IS NOT \(normalForm)" }

    /// Returns the condition that a value of the field may not be in normal form.
    func mayLackNormalForm(_ value: SQLFragment) -> SQLFragment {
        let isBeyond = SQLFunctions.isBeyondASCII(value)
        return traits.contains(.bracketed) ? "(\(isBeyond) OR instr(\(value), '<') > 0)" : isBeyond
    }

    /// Returns a value in the form that the field stores now, given one that an earlier version of the program may have
    /// stored.
    func inNormalForm(_ value: Value) -> Value {
        guard isNormalized, case .text(let text) = value else { return value }
        return .text(NormalForm.composed(withoutBrackets(text)))
    }

    /// Returns the SQL for the comparable form of the field's column.
    ///
    /// - Parameter country: the code of the country assumed for telephone numbers without a country code.
    /// - Returns: `nil` for a field that is compared as stored.
    func matchExpression(country: Value) -> SQLFragment? {
        matchExpression(of: .name(key), beside: variants.map { .name($0.key) }, country: .bind(country))
    }

    /// Returns the SQL for the comparable form of a value of the field.
    ///
    /// - Parameters:
    ///   - choice: the value that decides among the field's variants, if the field has any.
    ///   - country: the code of the country assumed for telephone numbers without a country code.
    /// - Returns: `nil` for a field that is compared as stored.
    func matchExpression(of value: SQLFragment, beside choice: SQLFragment?, country: SQLFragment) -> SQLFragment? {
        guard let matching else { return nil }
        let form = SQLFunctions.call(.comparableForm(matching), [value, country])
        guard let variants, let choice else { return form }
        let cases = variants.types.map { variant in
            let key = SQLFragment(definition: "'\(variant.choice)'")
            let form = variant.type.matching.map { SQLFunctions.call(.comparableForm($0), [value, country]) }
            return "WHEN \(key) THEN \(form ?? value)" as SQLFragment
        }
        return "CASE \(choice) \(cases.joined(" ")) ELSE \(form) END"
    }
}

import SQLite

/// The comparable and the normal forms of values, for statements over whole tables.
extension Field {
    /// Whether values are stored in the one normal form in which they are compared.
    var isNormalized: Bool { isStored && type.definition.isNormalized }

    /// The normal form of the field's column.
    var normalForm: SQLFragment { SQLFunctions.call(.normalForm, [.name(key)]) }

    /// The condition that the field's column holds a code in another form.
    var isOutOfNormalForm: SQLFragment {
        "\(SQLFunctions.isBeyondASCII(.name(key))) AND \(name: key) IS NOT \(normalForm)"
    }

    /// A value as the field stores it now, of one that an earlier version of the program may have stored.
    func inNormalForm(_ value: Value) -> Value {
        guard isNormalized, case .text(let text) = value else { return value }
        return .text(NormalForm.composed(text))
    }

    /// SQL for the comparable form of the field's column.
    ///
    /// - Parameter country: the code of the country of telephone numbers without a country code.
    /// - Returns: `nil` for a field that is compared as it is stored.
    func matchExpression(country: Value) -> SQLFragment? {
        matchExpression(of: .name(key), beside: variants.map { .name($0.key) }, country: .bind(country))
    }

    /// SQL for the comparable form of a value of the field.
    ///
    /// - Parameters:
    ///   - choice: the value that decides among the field's variants, if the field has any.
    ///   - country: the code of the country of telephone numbers without a country code.
    /// - Returns: `nil` for a field that is compared as it is stored.
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

import SQLite

/// The comparable forms of values, for statements over whole tables.
///
/// The functions belong to the connection and never to the schema, which any SQLite tool must be able to read.
extension Database {
    /// Defines the functions that ``Field/matchExpression`` and ``Field/normalForm`` call. Each is defined once: SQLite
    /// replaces none while a statement runs.
    func defineMatchFunctions() throws {
        for type in [FieldType.text, .code, .email, .phone, .url, .taxID] {
            let name = type.matching?.functionName ?? Field.normalFormFunction
            guard try first("SELECT 1 FROM pragma_function_list WHERE name = ?", [.text(name)]) == nil else { continue }
            try defineFunction(name, argumentCount: 2) { arguments in
                guard case .text(let text) = arguments[0] else { return .null }
                return .text(type.matchKey(for: text, country: arguments[1].text))
            }
        }
    }
}

extension Field {
    /// Whether values are stored in the one normal form in which they are compared.
    var isNormalized: Bool { isStored && type.definition.isNormalized }

    /// The normal form of the field's column.
    var normalForm: SQLFragment { "\(SQLFragment(definition: Self.normalFormFunction))(\(name: key), NULL)" }

    /// The condition that the field's column holds a code in another form.
    var isOutOfNormalForm: SQLFragment {
        "\(SQLFunctions.isBeyondASCII(.name(key))) AND \(name: key) IS NOT \(normalForm)"
    }

    /// A value as the field stores it now, of one that an earlier version of the program may have stored.
    func inNormalForm(_ value: Value) -> Value {
        guard isNormalized, case .text(let text) = value else { return value }
        return .text(NormalForm.composed(text))
    }

    fileprivate static let normalFormFunction = "crm_normal_form"
}

extension Field {
    /// SQL for the comparable form of the field's column, the country being parameter 1; `nil` for a field that is
    /// compared as it is stored.
    var matchExpression: String? {
        matchExpression(
            of: .name(key),
            beside: variants.map { .name($0.key) },
            country: SQLFragment(definition: "?1")
        )?.sql
    }

    /// SQL for the comparable form of a value of the field.
    ///
    /// - Parameters:
    ///   - choice: what decides among the field's variants, where it has any.
    ///   - country: of telephone numbers without a country code.
    /// - Returns: `nil` for a field that is compared as it is stored.
    func matchExpression(of value: SQLFragment, beside choice: SQLFragment?, country: SQLFragment) -> SQLFragment? {
        guard let matching else { return nil }
        let form = matching.call(value, country)
        guard let variants, let choice else { return form }
        let cases = variants.types.map { variant in
            let key = SQLFragment(definition: "'\(variant.choice)'")
            return "WHEN \(key) THEN \(variant.type.matching?.call(value, country) ?? value)" as SQLFragment
        }
        return "CASE \(choice) \(cases.joined(" ")) ELSE \(form) END"
    }
}

extension FieldType.Matching {
    fileprivate func call(_ value: SQLFragment, _ country: SQLFragment) -> SQLFragment {
        "\(SQLFragment(definition: functionName))(\(value), \(country))"
    }

    fileprivate var functionName: String {
        switch self {
        case .folded: "crm_match_text"
        case .email: "crm_match_email"
        case .phone: "crm_match_phone"
        case .url: "crm_match_url"
        case .taxID: "crm_match_tax_id"
        }
    }
}

import SQLite

/// The comparable forms of values, for statements over whole tables.
///
/// The functions belong to the connection and never to the schema, which any SQLite tool must be able to read.
extension Database {
    /// Defines the functions that ``Field/matchExpression`` calls. Each is defined once: SQLite replaces none while a
    /// statement runs.
    func defineMatchFunctions() throws {
        for type in [FieldType.text, .email, .phone, .url] {
            guard let name = type.matching?.functionName,
                try first("SELECT 1 FROM pragma_function_list WHERE name = ?", [.text(name)]) == nil
            else { continue }
            try defineFunction(name, argumentCount: 2) { arguments in
                guard case .text(let text) = arguments[0] else { return .null }
                return .text(type.matchKey(for: text, country: arguments[1].text))
            }
        }
    }
}

extension Store {
    /// Brings the comparable forms of all phone numbers up to date with a country.
    func renewPhoneKeys(country: String?) throws {
        try database.defineMatchFunctions()
        for table in tables {
            for field in table.fields where field.type == .phone {
                guard let column = field.matchColumn?.quotedIdentifier, let expression = field.matchExpression else {
                    continue
                }
                try database.run(
                    """
                    UPDATE \(table.name.quotedIdentifier) SET \(column) = \(expression) \
                    WHERE \(field.key.quotedIdentifier) IS NOT NULL AND \(column) IS NOT \(expression)
                    """,
                    [country.map(Value.text) ?? .null]
                )
            }
        }
    }
}

extension Field {
    /// SQL for the comparable form of the field's column, the country being parameter 1; `nil` for a field that is
    /// compared as it is stored.
    var matchExpression: String? {
        matching.map { "\($0.functionName)(\(key.quotedIdentifier), ?1)" }
    }
}

extension FieldType.Matching {
    fileprivate var functionName: String {
        switch self {
        case .folded: "crm_match_text"
        case .email: "crm_match_email"
        case .phone: "crm_match_phone"
        case .url: "crm_match_url"
        }
    }
}

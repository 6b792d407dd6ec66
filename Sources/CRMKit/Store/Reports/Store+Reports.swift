import Localization

extension Store {
    /// Returns the values of a report's parameters, including defaults.
    ///
    /// - Parameter given: the texts, by the keys of the parameters.
    /// - Throws: ``CRMError`` of code `usage` for a text that cannot be read; `notFound` and `ambiguous` for records.
    func values(
        of given: [(key: String, text: String)],
        for report: Report,
        _ context: ValueContext
    ) throws -> [String: Value] {
        var values: [String: Value] = [:]
        for parameter in report.parameters {
            values[parameter.key] = parameter.defaultValue
            if let text = given.last(where: { $0.key == parameter.key })?.text {
                values[parameter.key] = try value(of: text, for: parameter, in: report.module, context)
            }
        }
        return values
    }

    private func value(
        of text: String,
        for parameter: Field,
        in module: ModuleName?,
        _ context: ValueContext
    ) throws -> Value {
        if let target = parameter.type.target { return .integer(try id(of: text, in: registry[target])) }
        do throws(ValueError) {
            return try type(of: parameter, in: module).parse(text, in: context)
        } catch {
            throw CRMError(
                .usage,
                Text(
                    en: "--\(parameter.flag) '\(text)': \(error.reason.en)",
                    es: "--\(parameter.flag) '\(text)': \(error.reason.es)"
                )
            )
        }
    }

    /// Returns the type of a parameter. A choice field of the records offers the choices that the database defines.
    private func type(of parameter: Field, in module: ModuleName?) -> FieldType {
        guard !parameter.type.choices.isEmpty, let field = module.flatMap({ registry[$0].field(parameter.key) }),
            !field.type.choices.isEmpty
        else { return parameter.type }
        return field.type
    }
}

import Localization

extension Store {
    /// Reads what a command line says of whose values a merge keeps: `newer`, `older`, or `FIELD=REF` for one field.
    ///
    /// - Throws: ``CRMError`` `usage` for a text that is none of these, for two orders, and for a field that input may
    ///   not set; `notFound` or `ambiguous` for the record.
    public func mergePreferences(_ texts: [String], in module: Module) throws(CRMError) -> MergePreferences {
        var preferences = MergePreferences()
        for text in texts {
            if let order = MergePreferences.Order(rawValue: text) {
                guard preferences.order == nil || preferences.order == order else {
                    throw Self.badPreference(
                        text,
                        Text(en: "another order is preferred already", es: "ya se prefiere otro orden")
                    )
                }
                preferences.order = order
                continue
            }
            guard let equals = text.firstIndex(of: "=") else {
                throw Self.badPreference(
                    text,
                    Text(en: "write newer, older or FIELD=REF", es: "escribir newer, older o CAMPO=REF")
                )
            }
            let key = String(text[..<equals])
            guard let field = module.field(key), field.isWritable else {
                throw Self.badPreference(
                    text,
                    Text(
                        en: "\(module.several.en) have no field \(key) that can be set",
                        es: "\(module.spanish.theSeveral) no tienen un campo \(key) que se pueda definir"
                    )
                )
            }
            let id = try id(of: String(text[text.index(after: equals)...]), in: module)
            preferences.choices.append((field.key, id))
        }
        return preferences
    }

    /// - Throws: ``CRMError`` `usage` for a record that is preferred and not among those that become one.
    func checkPreferences(_ preferences: MergePreferences, among ids: [Int64], in module: Module) throws(CRMError) {
        for (field, id) in preferences.choices where !ids.contains(id) {
            throw Self.badPreference(
                "\(field)=\(id)",
                Text(
                    en: "\(module.called(id).en) is not among those that are merged",
                    es: "\(module.called(id).es) no está entre \(module.spanish.agreeing("los", "las")) que se fusionan"
                )
            )
        }
    }

    private static func badPreference(_ text: String, _ reason: Text) -> CRMError {
        CRMError(
            .usage,
            Text(en: "--prefer \(text): \(reason.en)", es: "--prefer \(text): \(reason.es)"),
            reference: text
        )
    }
}

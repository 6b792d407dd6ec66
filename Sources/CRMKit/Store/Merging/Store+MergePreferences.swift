import Localization

extension Store {
    /// Reads the preferences of a merge from the command line: `newer`, `older`, `FIELD=REF` for one field, or
    /// `MODULE.link.ATTRIBUTE=REF` for one attribute of links.
    ///
    /// - Throws: ``CRMError`` `usage` for a text that is none of these, for two orders, and for a field or an attribute
    ///   that cannot be chosen; `notFound` or `ambiguous` for the record.
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
            if key.contains(".") {
                let attribute = try linkAttribute(key, of: module, in: text)
                let id = try id(of: String(text[text.index(after: equals)...]), in: module)
                preferences.linkChoices.append((attribute, id))
                continue
            }
            guard let field = module.field(spelled: key), field.isWritable else {
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

    /// Returns the name of an attribute of links with the records of another module: `product.link.status`.
    private func linkAttribute(_ key: String, of module: Module, in text: String) throws(CRMError) -> String {
        let words = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let other = words.first.flatMap { registry.find(ModuleName(rawValue: $0)) }
        let isCenter = module.name == registry.center
        let linked = isCenter ? other : other.flatMap { $0.name == registry.center ? module : nil }
        guard let other, let attributes = linked?.contacts.link?.attributes.filter(LinkConflict.isChosen) else {
            throw Self.badPreference(
                text,
                Text(
                    en: "\(module.several.en) are not linked with \(words[0])",
                    es: "\(module.spanish.theSeveral) no se vinculan con \(words[0])"
                )
            )
        }
        if words.count == 3, words[1] == "link", let field = attributes.first(where: { $0.key == words[2] }) {
            return LinkConflict.key(of: field, other.name)
        }
        let known = attributes.map { LinkConflict.key(of: $0, other.name) }.joined(separator: ", ")
        throw Self.badPreference(
            text,
            attributes.isEmpty
                ? Text(en: "those links have nothing to choose", es: "esos vínculos no tienen nada que elegir")
                : Text(
                    en: "links have no such attribute to choose; there is \(known)",
                    es: "los vínculos no tienen ese atributo por elegir; hay \(known)"
                )
        )
    }

    /// Refuses a preferred record that is not among the merged ones.
    ///
    /// - Throws: ``CRMError`` `usage` for such a preference.
    func checkPreferences(_ preferences: MergePreferences, among ids: [Int64], in module: Module) throws(CRMError) {
        for (key, id) in preferences.named where !ids.contains(id) {
            throw Self.badPreference(
                "\(key)=\(id)",
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

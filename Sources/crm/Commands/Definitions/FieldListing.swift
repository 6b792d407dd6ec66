import CLIKit
import CRMKit
import Formats
import Localization

extension Session {
    /// Prints custom fields, one row each.
    func print(_ fields: [FieldDefinition], of store: Store) throws {
        try printListing(of: FieldDefinition.columns) { listing in
            for field in fields { try listing.write(field.row(store.choices(of: field), registry, in: language)) }
        }
    }

    /// Prints a custom field.
    func print(_ field: FieldDefinition, of store: Store) throws {
        try print(field, store.choices(of: field))
    }

    /// Prints a custom field with its choices.
    func print(_ field: FieldDefinition, _ choices: [Choice]) throws {
        try printOne(field.row(choices, registry, in: language), of: FieldDefinition.columns)
    }
}

extension FieldDefinition {
    static let columns = [
        Listing.Column("module", en: "Module", es: "Módulo"), Listing.Column("part", en: "Part", es: "Parte"),
        Listing.Column("key", en: "Key", es: "Clave"),
        Listing.Column("type", en: "Type", es: "Tipo"),
        Listing.Column("label_en", en: "English label", es: "Etiqueta en inglés"),
        Listing.Column("label_es", en: "Spanish label", es: "Etiqueta en español"),
        Listing.Column("required", en: "Required", es: "Obligatorio"),
        Listing.Column("natural_key", en: "Natural key", es: "Clave natural"),
        Listing.Column("default", en: "Default", es: "Valor por omisión"),
        Listing.Column("hidden", en: "Removed", es: "Quitado"),
        Listing.Column("choices", en: "Choices", es: "Opciones"),
    ]

    /// Returns the schema of a field.
    static func schema(_ registry: Registry) -> JSONSchema {
        .object([
            ("module", .one(of: registry.names.map(\.rawValue))), ("part", .string.orNull), ("key", .string),
            ("type", .string),
            ("label_en", .string), ("label_es", .string), ("required", .boolean), ("natural_key", .boolean),
            ("default", .string.orNull), ("hidden", .boolean), ("choices", .array(of: .string)),
        ])
    }

    fileprivate func row(_ choices: [Choice], _ registry: Registry, in language: Language) -> Listing.Row {
        let text = type.text(of: defaultValue)
        let truths = [isRequired, isKey, isHidden]
        let machine = truths.map { $0 ? "true" : "false" }
        let people = truths.map { $0 ? Text(en: "yes", es: "sí")(in: language) : "" }
        let part = rows.within ?? ""
        let lead = [module.rawValue, part, key, type.name, label.en, label.es]
        let typeName = type.words { registry[$0].one }(in: language)
        let partName = registry[module].givenParts.first { $0.name == part }?.label(in: language) ?? part
        let shownLead = [registry[module].label(in: language), partName, key, typeName, label.en, label.es]
        let keys = choices.map(\.key)
        return Listing.Row(
            machine: lead + [machine[0], machine[1], text, machine[2], keys.joined(separator: ",")],
            people: shownLead + [people[0], people[1], text, people[2], keys.joined(separator: ", ")],
            json: .object([
                JSONMember("module", .string(module.rawValue)),
                JSONMember("part", rows.within.map(JSONValue.string) ?? .null), JSONMember("key", .string(key)),
                JSONMember("type", .string(type.name)), JSONMember("label_en", .string(label.en)),
                JSONMember("label_es", .string(label.es)), JSONMember("required", .bool(isRequired)),
                JSONMember("natural_key", .bool(isKey)),
                JSONMember("default", defaultValue == .null ? .null : .string(text)),
                JSONMember("hidden", .bool(isHidden)), JSONMember("choices", .array(keys.map(JSONValue.string))),
            ])
        )
    }
}

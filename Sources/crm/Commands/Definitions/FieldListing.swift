import CLIKit
import CRMKit
import Formats
import Localization

extension Session {
    /// Prints custom fields, one row each.
    func print(_ fields: [FieldDefinition], of store: Store) throws {
        let columns = FieldDefinition.columns(registry)
        try printListing(of: columns) { listing in
            for field in fields {
                try listing.write(field.row(store.choices(of: field), registry, of: columns, in: language))
            }
        }
    }

    /// Prints a custom field.
    func print(_ field: FieldDefinition, of store: Store) throws {
        try print(field, store.choices(of: field))
    }

    /// Prints a custom field with its choices.
    func print(_ field: FieldDefinition, _ choices: [Choice]) throws {
        let columns = FieldDefinition.columns(registry)
        try printOne(field.row(choices, registry, of: columns, in: language), of: columns)
    }
}

extension FieldDefinition {
    /// Returns the columns of fields.
    static func columns(_ registry: Registry) -> [Listing.Column] {
        [
            Listing.Column("module", .one(of: registry.names.map(\.rawValue)), en: "Module", es: "Módulo"),
            Listing.Column("part", .string.orNull, en: "Part", es: "Parte"),
            Listing.Column("key", .string, en: "Key", es: "Clave"),
            Listing.Column("type", .string, en: "Type", es: "Tipo"),
            Listing.Column("label_en", .string, en: "English label", es: "Etiqueta en inglés"),
            Listing.Column("label_es", .string, en: "Spanish label", es: "Etiqueta en español"),
            Listing.Column("required", .boolean, en: "Required", es: "Obligatorio"),
            Listing.Column("natural_key", .boolean, en: "Natural key", es: "Clave natural"),
            Listing.Column("default", .string.orNull, en: "Default", es: "Valor por omisión"),
            Listing.Column("hidden", .boolean, en: "Removed", es: "Quitado"),
            Listing.Column("choices", .array(of: .string), en: "Choices", es: "Opciones"),
        ]
    }

    fileprivate func row(
        _ choices: [Choice],
        _ registry: Registry,
        of columns: [Listing.Column],
        in language: Language
    ) -> Listing.Row {
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
            json: columns.object([
                .string(module.rawValue), .text(rows.within), .string(key), .string(type.name), .string(label.en),
                .string(label.es), .bool(isRequired), .bool(isKey), defaultValue == .null ? .null : .string(text),
                .bool(isHidden), .array(keys.map(JSONValue.string)),
            ])
        )
    }
}

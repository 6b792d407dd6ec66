import Localization

extension Module {
    /// Returns all fields of a module: the id and the fields that follow from `display` and `contacts`, then its own,
    /// then those that every module has. A currency field follows the first amount of money.
    static func completed(_ own: [Field], display: Display, contacts: ContactRelation) -> [Field] {
        var fields: [Field] = [Field("id", .identifier, en: "Id", es: "Id", traits: .readOnly)]
        if case .composed(_, _, _, let en, let es) = display {
            fields.append(.text("name", en: en, es: es, .readOnly))
        }
        if case .owned(let owner, let label) = contacts {
            fields.append(.reference(owner.rawValue, to: owner, en: label.en, es: label.es, .required))
        }
        fields += own
        if let money = fields.firstIndex(where: { $0.type == .money }) { fields.insert(currency, at: money + 1) }
        return fields + shared
    }

    /// The unit of a record's amounts of money.
    static let currency = Field("currency", .currency, en: "Currency", es: "Moneda")

    /// The fields that every module has, last.
    static let shared: [Field] = [
        .code(
            "external_id",
            en: "External id",
            es: "Id externo",
            .unique,
            note: Text(en: "the record's key in another system", es: "la clave del registro en otro sistema")
        ),
        .text("assigned_to", en: "Assigned to", es: "Asignado a", .person),
        .list("tags", singular: "tag", en: "Tags", es: "Etiquetas"),
        .longText("description", en: "Description", es: "Descripción"),
        Field("created_at", .dateTime, en: "Created at", es: "Fecha de creación", traits: .readOnly),
        Field("updated_at", .dateTime, en: "Updated at", es: "Última modificación", traits: .readOnly),
    ]
}

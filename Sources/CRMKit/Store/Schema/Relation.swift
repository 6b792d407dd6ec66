import Localization

/// The table of links between contacts and the records of one module.
struct Relation: Sendable {
    /// The module in the middle.
    let center: ModuleName
    /// The module whose records are linked to it.
    let module: ModuleName
    /// The attributes of a link.
    let link: LinkDefinition
    /// Every column as a field: `id`, the two ends, the attributes, `created_at`.
    let fields: [Field]

    /// The relation of a module, where it has links.
    init?(_ module: Module, center: ModuleName) {
        guard let link = module.contacts.link else { return nil }
        self.center = center
        self.module = module.name
        self.link = link
        fields =
            [
                Field("id", .identifier, en: "Id", es: "Id", traits: .readOnly),
                .reference(center.rawValue, to: center, en: "Contact", es: "Contacto", .required),
                .reference(module.name.rawValue, to: module.name, en: module.label.en, es: module.label.es, .required),
            ] + link.attributes + [
                Field("created_at", .dateTime, en: "Linked at", es: "Vinculado el", traits: .readOnly)
            ]
    }

    /// The table's name.
    var table: String { "\(center.rawValue)_\(module.rawValue)" }
}

extension Relation {
    /// The relation of a module that must have one.
    ///
    /// - Throws: ``CRMError`` `usage` that says how contacts are set instead.
    static func required(of module: Module, in registry: Registry) throws(CRMError) -> Relation {
        if let relation = Relation(module, center: registry.center) { return relation }
        let center = registry.center
        let hint: Text? =
            switch module.contacts {
            case .owned: Text("\(ProgramName.placeholder) \(module.name) edit REF --\(center) REF")
            case .referred: Text("\(ProgramName.placeholder) \(center) edit REF --\(module.name) REF")
            case .center, .many: nil
            }
        throw CRMError(
            .usage,
            Text(
                en: "\(module.several.en) have no links to make or take away",
                es: "no hay vínculos de \(module.several.es) que crear o quitar"
            ),
            hint: hint,
            module: module.name
        )
    }
}

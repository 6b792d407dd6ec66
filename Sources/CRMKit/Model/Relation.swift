import Localization

/// The links between contacts and the records of one module.
public struct Relation: Sendable {
    /// The module in the middle.
    public let center: ModuleName
    /// The module whose records are linked to it.
    public let module: ModuleName
    /// The attributes of a link.
    public let link: LinkDefinition
    /// The field of the record that a rule keeps equal to the only link of a role; `nil` for none.
    let mirror: Mirror?
    /// Every column as a field: `id`, the two ends, the attributes, `created_at`.
    public let fields: [Field]

    /// The relation of a module; `nil` if its records have no links.
    init?(_ module: Module, center: ModuleName) {
        guard let link = module.contacts.link else { return nil }
        self.center = center
        self.module = module.name
        self.link = link
        mirror = module.mirror
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

/// A reference field to a contact that is kept in step with a link: the record has exactly one link with the role, to
/// the contact that the field names, and nothing else may set the role.
public struct Mirror: Sendable {
    /// The record's reference field.
    public let field: String
    /// The role its link has.
    public let role: String
}

extension Module {
    /// The mirrored field; `nil` if no rule mirrors one.
    public var mirror: Mirror? {
        for case .mirrored(let field, let role) in invariants { return Mirror(field: field, role: role) }
        return nil
    }
}

extension Relation {
    /// Returns the relation of a module whose records must have links.
    ///
    /// - Throws: ``CRMError`` `usage`, with a hint how to set contacts, when the module has none.
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

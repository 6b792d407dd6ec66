/// What a file adds to the definitions that come with the program: fields of modules, and choices of fields.
public struct Definitions: Sendable {
    /// In the order in which they were added.
    public let fields: [FieldDefinition]
    /// In the order in which they were added.
    public let choices: [ChoiceDefinition]

    /// The names of those that mean nothing, which only a foreign program can have written.
    let unreadable: [String]

    /// Takes them as a file holds them.
    public init(fields: [FieldDefinition] = [], choices: [ChoiceDefinition] = []) {
        self.init(fields: fields, choices: choices, unreadable: [])
    }

    init(fields: [FieldDefinition], choices: [ChoiceDefinition], unreadable: [String]) {
        self.fields = fields
        self.choices = choices
        self.unreadable = unreadable
    }

    /// Whether there are none.
    var isEmpty: Bool { fields.isEmpty && choices.isEmpty }

    /// Whether they say anything of a module.
    func concern(_ module: ModuleName) -> Bool {
        fields.contains { $0.module == module } || choices.contains { $0.module == module }
    }
}

extension Definitions {
    /// A module with what they add to it.
    func extending(_ module: Module) -> Module {
        let choices = Dictionary(grouping: choices.filter { $0.module == module.name }, by: \.field)
        let added = fields.filter { $0.module == module.name && module.position(of: $0.key) == nil }
        return
            module
            .replacing { field in
                guard let own = choices[field.key], case .choice(let standard) = field.type else { return nil }
                return field.offering(ChoiceDefinition.merging(standard, with: own))
            }
            .adding(
                added.filter { !$0.isHidden }.map { $0.field(offering: choices[$0.key] ?? []) },
                hidden: added.filter(\.isHidden).map { $0.field(offering: choices[$0.key] ?? []) }
            )
    }
}

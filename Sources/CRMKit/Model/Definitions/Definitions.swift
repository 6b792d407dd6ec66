/// The definitions that a database file adds to those of the program: fields of modules, and choices of fields.
public struct Definitions: Sendable {
    /// In the order in which they were added.
    public let fields: [FieldDefinition]
    /// In the order in which they were added.
    public let choices: [ChoiceDefinition]

    /// The names of those that mean nothing, which only a foreign program can have written.
    let unreadable: [String]

    /// Creates definitions as a file holds them.
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

    /// Whether there are definitions for a module.
    func concern(_ module: ModuleName) -> Bool {
        fields.contains { $0.module == module } || choices.contains { $0.module == module }
    }
}

extension Definitions {
    /// Returns a module extended with the fields and choices that these definitions add to it.
    func extending(_ module: Module) -> Module {
        let records = about(DefinedRows(module.name), with: module.fields)
        let extended = module.replacing(records.replacing).adding(records.added, hidden: records.hidden)
        guard hasOthers(than: DefinedRows(module.name)) else { return extended }
        return extended.replacing(
            link: module.contacts.link.map { link in
                link.replacing(about(DefinedRows(module.name, within: DefinedRows.link), with: []).replacing)
            }
        ) { part in
            guard part.visibility == .shown else { return nil }
            let rows = about(DefinedRows(module.name, within: part.name), with: part.fields)
            return part.replacing(rows.replacing, adding: rows.added, hidden: rows.hidden)
        }
    }

    /// Whether there are definitions for the links or parts of a module, not only for its records.
    private func hasOthers(than records: DefinedRows) -> Bool {
        let isOther = { (rows: DefinedRows) in rows.module == records.module && rows != records }
        return fields.contains { isOther($0.rows) } || choices.contains { isOther($0.rows) }
    }

    /// - Parameter standard: the fields of the program.
    private func about(_ rows: DefinedRows, with standard: [Field]) -> Extension {
        let choices = Dictionary(grouping: choices.filter { $0.rows == rows }, by: \.field)
        let added = fields.filter { field in field.rows == rows && !standard.contains { $0.key == field.key } }
        return Extension(
            choices: choices,
            added: added.filter { !$0.isHidden }.map { $0.field(offering: choices[$0.key] ?? []) },
            hidden: added.filter(\.isHidden).map { $0.field(offering: choices[$0.key] ?? []) }
        )
    }
}

/// What a file adds to the fields of one kind of rows.
private struct Extension {
    /// The choice definitions by the keys of their fields.
    let choices: [String: [ChoiceDefinition]]
    let added: [Field]
    let hidden: [Field]

    /// A field of the program with the choices of the file; `nil` where these are none.
    func replacing(_ field: Field) -> Field? {
        guard let own = choices[field.key], case .choice(let standard) = field.type else { return nil }
        return field.offering(ChoiceDefinition.merging(standard, with: own))
    }
}

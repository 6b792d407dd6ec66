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

    /// Whether the definitions may concern a module. Any choice may, since rows of parts may take it from other
    /// records.
    func concern(_ module: ModuleName) -> Bool { !choices.isEmpty || fields.contains { $0.module == module } }
}

extension Definitions {
    /// Returns a module extended with the fields and choices that these definitions add to it.
    func extending(_ module: Module) -> Module {
        let records = about(DefinedRows(module.name), with: module.fields)
        let extended = module.replacing(records.replacing).adding(records.added, hidden: records.hidden)
        let terms = Dictionary(module.parts.map { ($0.name, supplied(to: $0)) }) { first, _ in first }
        let isSupplied = terms.values.contains { !$0.isEmpty }
        guard isSupplied || hasOthers(than: DefinedRows(module.name)) else { return extended }
        return extended.replacing(
            link: module.contacts.link.map { link in
                link.replacing(about(DefinedRows(module.name, within: DefinedRows.link), with: []).replacing)
            }
        ) { part in
            guard part.visibility == .shown else { return nil }
            let rows = about(DefinedRows(module.name, within: part.name), with: part.fields, terms[part.name] ?? [:])
            return part.replacing(rows.replacing, adding: rows.added, hidden: rows.hidden)
        }
    }

    /// Whether there are definitions for the links or parts of a module, not only for its records.
    private func hasOthers(than records: DefinedRows) -> Bool {
        let isOther = { (rows: DefinedRows) in rows.module == records.module && rows != records }
        return fields.contains { isOther($0.rows) } || choices.contains { isOther($0.rows) }
    }

    /// The choices of the records to which rows of a part refer, by the fields of the part that get their values.
    private func supplied(to part: Part) -> [String: [ChoiceDefinition]] {
        if choices.isEmpty { return [:] }
        var supplied: [String: [ChoiceDefinition]] = [:]
        for (reference, keys) in part.supplied.sorted(by: { $0.key < $1.key }) {
            guard let rows = part.field(reference)?.type.target.map({ DefinedRows($0) }) else { continue }
            for choice in choices where choice.rows == rows && keys.contains(choice.field) {
                guard supplied[choice.field]?.contains(where: { $0.key == choice.key }) != true else { continue }
                supplied[choice.field, default: []].append(choice)
            }
        }
        return supplied
    }

    /// - Parameters:
    ///   - standard: the fields of the program.
    ///   - supplied: the choices that fields of the rows take from other records.
    private func about(
        _ rows: DefinedRows,
        with standard: [Field],
        _ supplied: [String: [ChoiceDefinition]] = [:]
    ) -> Extension {
        let choices = Dictionary(grouping: choices.filter { $0.rows == rows }, by: \.field)
        let added = fields.filter { field in field.rows == rows && !standard.contains { $0.key == field.key } }
        return Extension(
            choices: choices,
            supplied: supplied,
            added: added.filter { !$0.isHidden }.map { $0.field(offering: choices[$0.key] ?? []) },
            hidden: added.filter(\.isHidden).map { $0.field(offering: choices[$0.key] ?? []) }
        )
    }
}

/// What a file adds to the fields of one kind of rows.
private struct Extension {
    /// The choice definitions by the keys of their fields.
    let choices: [String: [ChoiceDefinition]]
    /// Those of other records whose values fields get.
    let supplied: [String: [ChoiceDefinition]]
    let added: [Field]
    let hidden: [Field]

    /// Returns a field of the program with the choices that the file adds, or with those of other records as its terms;
    /// `nil` if there are none.
    func replacing(_ field: Field) -> Field? {
        if case .choice(let standard) = field.type {
            return choices[field.key].map { field.offering(ChoiceDefinition.merging(standard, with: $0)) }
        }
        let terms = field.type.terms
        let own = (supplied[field.key] ?? []).filter { choice in !terms.contains { $0.key == choice.key } }
        return own.isEmpty ? nil : field.knowing(ChoiceDefinition.merging(terms, with: own))
    }
}

/// A choice that the program writes by itself, whatever choices a user adds, relabels or retires.
///
/// Actions, rules and verbs of the program's own declare those that they write, and write what they declare. Such a
/// choice is never retired.
struct FixedChoice: Sendable, Hashable {
    /// The kind of rows that have the field.
    let rows: DefinedRows
    /// The key of the field.
    let field: String
    /// The key of the choice.
    let key: String

    /// Names a choice of a field of some rows.
    init(_ rows: DefinedRows, _ field: String, _ key: String) {
        self.rows = rows
        self.field = field
        self.key = key
    }

    /// A choice of a field of the records of a module.
    init(_ module: ModuleName, _ field: String, _ key: String) {
        self.init(DefinedRows(module), field, key)
    }

    /// A role in which a contact is linked with a record of a module.
    static func role(_ key: String, in module: ModuleName) -> FixedChoice {
        FixedChoice(DefinedRows(module, within: DefinedRows.link), "role", key)
    }

    /// The choice as it is stored.
    var value: Value { .text(key) }

    /// The field and what it is set to.
    var assignment: (field: String, value: Value) { (field, value) }
}

extension Module {
    /// The commands that write a choice by themselves, as the words after the program's name: `quote send`.
    func commands(writing choice: FixedChoice) -> [String] {
        let noun = name.noun
        let byActions = actions.filter { $0.choices.contains(choice) }.map { "\(noun) \($0.name)" }
        let byVerbs = verbChoices.filter { $0.choices.contains(choice) }.map { "\(noun) \($0.verb)" }
        let byRules = ruleChoices.contains(choice) ? ["\(noun) add", "\(noun) edit"] : []
        return byActions + byVerbs + byRules + (overflowChoices.contains(choice) ? ["\(noun) merge"] : [])
    }

    /// The choices that the rules write, and those in which links follow from a record.
    private var ruleChoices: Set<FixedChoice> {
        var choices = Set(rules.flatMap(\.choices))
        for case .mirrored(_, let role) in invariants { choices.insert(.role(role, in: name)) }
        for followed in contacts.link?.followed ?? [] {
            choices.formUnion(followed.roles.values.map { .role($0, in: name) })
        }
        return choices
    }

    /// The kinds of the rows that a merge makes of values for which the record has no field left.
    private var overflowChoices: [FixedChoice] {
        guard let part = overflowPart, let kind = part.kindField else { return [] }
        return Set(fields.compactMap { overflowChoice(of: $0.type) })
            .map { FixedChoice(DefinedRows(name, within: part.name), kind.key, $0) }
    }
}

extension Registry {
    /// The commands that write a choice by themselves, as the words after the program's name: `quote send`.
    func commands(writing choice: FixedChoice) -> [String] {
        modules.flatMap { $0.commands(writing: choice) }
    }
}

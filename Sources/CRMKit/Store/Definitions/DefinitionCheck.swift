import Localization

/// What must hold of the definitions of a file beside those of the program, so that no key, option, column or label means
/// two things.
struct DefinitionCheck {
    /// The longest key, which is a column and an option.
    private static let longestKey = 40

    /// The definitions of the program.
    let registry: Registry

    /// Looks at every field and choice.
    ///
    /// - Throws: ``CRMError`` `invalid` for the first that cannot be, naming what is wrong with it.
    func check(_ definitions: Definitions) throws(CRMError) {
        if let name = definitions.unreadable.first {
            let types = CustomType.names.joined(separator: ", ")
            throw Self.refusal(
                name,
                ValueError(
                    en: "the definition means nothing; types are \(types)",
                    es: "la definición no significa nada; los tipos son \(types)"
                )
            )
        }
        var former: [FieldDefinition] = []
        for field in definitions.fields {
            do throws(ValueError) {
                try check(field, beside: former)
            } catch {
                throw Self.refusal("\(field.module.noun).\(field.key)", error)
            }
            former.append(field)
        }
        let extended = registry.extended(by: definitions)
        for choice in definitions.choices {
            do throws(ValueError) {
                try check(choice, in: extended, of: definitions)
            } catch {
                throw Self.refusal("\(choice.module.noun).\(choice.field) \(choice.key)", error)
            }
        }
    }

    private static func refusal(_ subject: String, _ error: ValueError) -> CRMError {
        CRMError(
            .invalid,
            Text(en: "\(subject): \(error.reason.en)", es: "\(subject): \(error.reason.es)")
        )
    }

    // MARK: - Fields

    private func check(_ field: FieldDefinition, beside former: [FieldDefinition]) throws(ValueError) {
        guard registry.names.contains(field.module) else {
            throw ValueError(en: "there is no module \(field.module)", es: "no existe el módulo \(field.module)")
        }
        try Self.checkKey(field.key)
        guard !ReservedWords.contain(field.key) else {
            throw ValueError(
                en: "the word has a meaning of its own: choose another key",
                es: "la palabra tiene un significado propio: elegir otra clave"
            )
        }
        let isPlural = registry.modules.contains { $0.linkedKey == field.key }
        guard registry.find(ModuleName(rawValue: field.key)) == nil, !isPlural else {
            throw ValueError(
                en: "a module has this name: choose another key",
                es: "un módulo se llama así: elegir otra clave"
            )
        }
        if case .reference(let target) = field.type, !registry.names.contains(target) {
            throw ValueError(en: "there is no module \(target)", es: "no existe el módulo \(target)")
        }
        guard !field.isKey || field.type.canBeKey else {
            throw ValueError(
                en: "a field of type \(field.type.name) cannot be a key",
                es: "un campo de tipo \(field.type.name) no puede ser clave"
            )
        }
        guard field.defaultValue.isNull || field.type.canHaveDefault else {
            throw ValueError(
                en: "a field of type \(field.type.name) has no default",
                es: "un campo de tipo \(field.type.name) no tiene valor por omisión"
            )
        }
        try checkNeighbours(of: field, former)
    }

    /// Columns, options and labels that another field has.
    private func checkNeighbours(of field: FieldDefinition, _ former: [FieldDefinition]) throws(ValueError) {
        let module = registry[field.module]
        let own = field.field(offering: [])
        let others =
            module.fields + (module.contacts.link?.attributes ?? [])
            + former.filter { $0.module == field.module }.map { $0.field(offering: []) }
        let columns = Set(own.allColumns)
        for other in others {
            if other.key == own.key || other.flag == own.flag || !columns.isDisjoint(with: other.allColumns) {
                throw ValueError(
                    en: "there is a field \(other.key) already: choose another key",
                    es: "ya existe un campo \(other.key): elegir otra clave"
                )
            }
        }
        let labels = Set(own.spellings)
        let known =
            others.map { ($0.key, $0.spellings) } + module.foreignLabels.map { ($0.field, [Fold.fold($0.label)]) }
        for (key, spellings) in known where !labels.isDisjoint(with: spellings) {
            throw ValueError(
                en: "the field \(key) is called so already: choose another key or label",
                es: "el campo \(key) ya se llama así: elegir otra clave o etiqueta"
            )
        }
    }

    private static func checkKey(_ key: String) throws(ValueError) {
        let isWord =
            key.utf8.first.map { (0x61...0x7A).contains($0) } == true && !key.hasSuffix("_")
            && key.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
        guard isWord, key.utf8.count <= longestKey else {
            throw ValueError(
                en:
                    "a key has small letters, digits and underscores, begins with a letter and has at most \(longestKey)",
                es:
                    "una clave tiene minúsculas, dígitos y guiones bajos, empieza con una letra y mide \(longestKey) como máximo"
            )
        }
    }

    // MARK: - Choices

    private func check(
        _ choice: ChoiceDefinition,
        in extended: Registry,
        of definitions: Definitions
    ) throws(ValueError) {
        guard registry.names.contains(choice.module) else {
            throw ValueError(en: "there is no module \(choice.module)", es: "no existe el módulo \(choice.module)")
        }
        let module = extended[choice.module]
        guard let field = module.allFields.first(where: { $0.key == choice.field }), case .choice(let all) = field.type
        else {
            throw ValueError(
                en: "there is no choice field of this name",
                es: "no existe un campo de opciones de ese nombre"
            )
        }
        let standard = registry[choice.module].field(choice.field)?.type.choices ?? []
        if !standard.contains(where: { $0.key == choice.key }) {
            try Self.checkKey(choice.key)
            guard choice.label != nil else {
                throw ValueError(en: "the label is missing", es: "falta la etiqueta")
            }
        }
        guard choice.percent == nil || standard.contains(where: { $0.percent != nil }) else {
            throw ValueError(en: "only stages have a probability", es: "solo las fases tienen probabilidad")
        }
        guard let own = all.first(where: { $0.key == choice.key }) else { return }
        let spellings = Set(ChoiceText.spellings(of: own))
        for other in all where other.key != own.key && !spellings.isDisjoint(with: ChoiceText.spellings(of: other)) {
            throw ValueError(
                en: "the choice \(other.key) is called so already",
                es: "la opción \(other.key) ya se llama así"
            )
        }
    }
}

extension Field {
    /// What an import takes for the field's name.
    fileprivate var spellings: [String] {
        [Fold.fold(String(key.map { $0 == "_" ? " " : $0 })), Fold.fold(label.en), Fold.fold(label.es)]
    }
}

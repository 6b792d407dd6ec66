import Localization

/// The checks of a file's definitions against those of the program, so that no key, option, column or label is
/// ambiguous.
struct DefinitionCheck {
    /// The maximum length of a key, which is used as a column and as an option.
    private static let longestKey = 40

    /// The definitions of the program.
    let registry: Registry
    /// The context for reading values.
    let values: ValueContext

    /// Checks every field and choice. When two conflict, the one that is new or changed is reported.
    ///
    /// - Parameter former: the definitions before the change.
    /// - Throws: ``CRMError`` `invalid` for the first invalid definition, or `refused` when a default choice, or one
    ///   that the program sets by itself, is retired. The reference is the name of the definition's record.
    func check(_ definitions: Definitions, after former: Definitions) throws(CRMError) {
        if let name = definitions.unreadable.first {
            let types = CustomType.names.joined(separator: ", ")
            throw CRMError(
                .invalid,
                Text(
                    en: "\(name): the definition means nothing; types are \(types)",
                    es: "\(name): la definición no significa nada; los tipos son \(types)"
                ),
                reference: name
            )
        }
        var passed: [FieldDefinition] = []
        for field in Self.changedLast(definitions.fields, former.fields) {
            do throws(ValueError) {
                try check(field, beside: passed)
                // A file may have a field whose key became a word of the program only later.
                if former.field(field.key, of: field.rows) == nil { try checkWord(field.key) }
            } catch {
                throw field.refusal(.invalid, error.reason)
            }
            passed.append(field)
        }
        let extended = registry.extended(by: definitions)
        var known: [ChoiceDefinition] = []
        for choice in Self.changedLast(definitions.choices, former.choices) {
            do throws(ValueError) {
                try check(choice, beside: known, of: definitions, in: extended)
            } catch {
                throw choice.refusal(.invalid, error.reason)
            }
            known.append(choice)
        }
        for field in definitions.fields { try checkDefault(of: field, in: extended) }
        for choice in definitions.choices where choice.isRetired {
            try checkRetired(choice, in: extended)
            // A file may have one that was retired before this check existed.
            if former.choices.first(where: choice.isOfSame)?.isRetired != true { try checkFree(choice) }
        }
    }

    private static func changedLast<Definition: Equatable>(
        _ definitions: [Definition],
        _ former: [Definition]
    ) -> [Definition] {
        if former.isEmpty { return definitions }
        return definitions.filter(former.contains) + definitions.filter { !former.contains($0) }
    }

    // MARK: - Defaults

    /// Checks that the default is a valid value of the field, and a choice on offer.
    private func checkDefault(of definition: FieldDefinition, in extended: Registry) throws(CRMError) {
        guard let field = extended.field(definition.key, of: definition.rows) else { return }
        if case .choice(let choices) = field.type, choices.isEmpty {
            throw definition.refusal(
                .invalid,
                Text(en: "a choice field needs its choices", es: "un campo de opciones necesita sus opciones")
            )
        }
        let text = definition.type.text(of: definition.defaultValue)
        if definition.type.canHavePattern {
            do throws(ValueError) {
                _ = try DefaultText(parsing: text)
            } catch {
                throw definition.refusal(
                    .invalid,
                    Text(
                        en: "the default \"\(text)\": \(error.reason.en)",
                        es: "el valor por omisión «\(text)»: \(error.reason.es)"
                    )
                )
            }
        }
        if (try? field.type.parse(text, in: values)) == definition.defaultValue { return }
        if field.relativeDefault != nil { return }
        throw definition.refusal(
            .invalid,
            Text(
                en: "the default \"\(text)\" is no value of its type",
                es: "el valor por omisión «\(text)» no es un valor de su tipo"
            )
        )
    }

    /// Refuses a retired choice that is the default of its field.
    private func checkRetired(_ choice: ChoiceDefinition, in extended: Registry) throws(CRMError) {
        let field = extended.field(choice.field, of: choice.rows)
        guard field?.defaultValue == .text(choice.key) else { return }
        let add = "\(choice.rows.noun.replacing(".", with: " ")) add"
        throw choice.refusal(
            .refused,
            Text(
                en: "what \(add) gives new records by default cannot be a retired choice",
                es: "lo que \(add) da por omisión a los registros nuevos no puede ser una opción retirada"
            )
        )
    }

    /// Refuses to retire a choice that a command of the program sets.
    private func checkFree(_ choice: ChoiceDefinition) throws(CRMError) {
        let commands = registry.commands(writing: FixedChoice(choice.rows, choice.field, choice.key))
        guard !commands.isEmpty else { return }
        let relabel =
            "\(ProgramName.placeholder) choice edit \(choice.rows.noun).\(choice.field) \(choice.key) --en … --es …"
        let written = commands.joined(separator: ", ")
        throw choice.refusal(
            .refused,
            Text(
                en: "it is set by \(written), and cannot be retired",
                es: "la \(commands.count == 1 ? "pone" : "ponen") \(written), y no puede retirarse"
            ),
            hint: Text(
                en: "it can be called otherwise: \(relabel)",
                es: "puede llamarse de otro modo: \(relabel)"
            )
        )
    }

    // MARK: - Fields

    private func check(_ field: FieldDefinition, beside former: [FieldDefinition]) throws(ValueError) {
        try checkRows(field.rows)
        guard field.rows.within != DefinedRows.link else {
            throw ValueError(en: "links have no fields of the file's own", es: "los vínculos no llevan campos propios")
        }
        try Self.checkKey(field.key)
        if registry.table(of: field.rows)?.fields.contains(where: { $0.key == field.key }) == true {
            throw ValueError(
                en: "comes with the program; choose another key",
                es: "viene con el programa; elegir otra clave"
            )
        }
        let isPlural = registry.modules.contains { $0.linkedKey == field.key }
        guard registry.find(ModuleName(rawValue: field.key)) == nil, !isPlural else {
            throw ValueError(
                en: "a module has this name: choose another key",
                es: "un módulo se llama así: elegir otra clave"
            )
        }
        guard field.rows.within != nil || !registry[field.rows.module].calls(aPart: field.key) else {
            throw ValueError(
                en: "rows of the records have this name: choose another key",
                es: "unas filas de los registros se llaman así: elegir otra clave"
            )
        }
        if let target = field.type.target, !registry.names.contains(target) {
            throw ValueError(en: "there is no module \(target)", es: "no existe el módulo \(target)")
        }
        guard !field.isKey || field.type.canBeKey else {
            throw ValueError(
                en: "a field of type \(field.type.name) cannot be a key",
                es: "un campo de tipo \(field.type.name) no puede ser clave"
            )
        }
        if !field.defaultValue.isNull, let reason = field.type.reasonAgainstDefault { throw reason }
        if field.rows.within != nil { try checkPart(of: field) }
        try checkNeighbours(of: field, former)
    }

    private func checkWord(_ key: String) throws(ValueError) {
        let moment = Text(en: "among days and times", es: "entre los días y las horas")
        guard let place = ReservedWords.place(of: key) ?? (CalendarWords.isMoment(key) ? moment : nil) else { return }
        throw ValueError(
            en: "the word has a meaning of its own \(place.en): choose another key",
            es: "la palabra tiene un significado propio \(place.es): elegir otra clave"
        )
    }

    private func checkRows(_ rows: DefinedRows) throws(ValueError) {
        if registry.rows(meantBy: rows) == rows { return }
        guard rows.within != nil, registry.names.contains(rows.module) else {
            throw ValueError(en: "there is no module \(rows.module)", es: "no existe el módulo \(rows.module)")
        }
        throw ValueError(en: "there is no \(rows.noun)", es: "no existe \(rows.noun)")
    }

    /// Refuses properties that only fields of records can have: rows of a part are identified by their positions, and
    /// their amounts are in the currency of the record.
    private func checkPart(of field: FieldDefinition) throws(ValueError) {
        guard !field.isKey else {
            throw ValueError(en: "only records have keys", es: "solo los registros tienen claves")
        }
        guard field.field(offering: []).pattern == nil else {
            throw ValueError(en: "only records have numbers", es: "solo los registros llevan numeración")
        }
        let hasCurrency = registry[field.module].fields.contains { $0.type == .currency }
        guard field.type.fieldType(offering: []) != .money || hasCurrency else {
            throw ValueError(
                en: "an amount needs the currency of its record, and these have none",
                es: "un importe necesita la moneda de su registro, y estos no llevan ninguna"
            )
        }
    }

    /// Refuses a field whose key, columns, option or labels another field has.
    private func checkNeighbours(of field: FieldDefinition, _ former: [FieldDefinition]) throws(ValueError) {
        let own = field.field(offering: [])
        let others = neighbours(of: field.rows) + former.filter { $0.rows == field.rows }.map { $0.field(offering: []) }
        let columns = Set(own.allColumns)
        for other in others {
            if other.key == own.key || other.flag == own.flag || !columns.isDisjoint(with: other.allColumns) {
                throw ValueError(
                    en: "there is a field \(other.key) already: choose another key",
                    es: "ya existe un campo \(other.key): elegir otra clave"
                )
            }
        }
        let aliases = registry.table(of: field.rows)?.part?.aliases ?? []
        if let alias = aliases.first(where: { $0.word == own.key }) {
            throw ValueError(
                en: "\(alias.word) means another field already: choose another key",
                es: "\(alias.word) ya significa otro campo: elegir otra clave"
            )
        }
        let labels = Set(own.spellings)
        for other in others where !labels.isDisjoint(with: other.spellings) {
            throw ValueError(
                en: "the field \(other.key) is called so already: choose another key or label",
                es: "el campo \(other.key) ya se llama así: elegir otra clave o etiqueta"
            )
        }
    }

    /// Returns the program's fields next to a custom field of some rows.
    private func neighbours(of rows: DefinedRows) -> [Field] {
        let module = registry[rows.module]
        guard rows.within != nil else { return module.fields + (module.contacts.link?.attributes ?? []) }
        return registry.table(of: rows)?.fields ?? []
    }

    /// Whether a text consists of small letters, digits and underscores, without an underscore at its start or end, and
    /// is not too long.
    private static func isWord(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.count <= longestKey && !key.hasPrefix("_") && !key.hasSuffix("_")
            && key.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0.isDigit || $0 == 0x5F }
    }

    /// Checks the key of a choice. It is a value and not a name, so it may begin with a digit: `24_horas`, `1`.
    private static func checkChoiceKey(_ key: String) throws(ValueError) {
        guard !isWord(key) else { return }
        throw ValueError(
            en: "a key has small letters, digits and underscores and at most \(longestKey) of them",
            es: "una clave tiene minúsculas, dígitos y guiones bajos, \(longestKey) como máximo"
        )
    }

    private static func checkKey(_ key: String) throws(ValueError) {
        guard isWord(key), key.utf8.first?.isDigit == false else {
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
        beside former: [ChoiceDefinition],
        of definitions: Definitions,
        in extended: Registry
    ) throws(ValueError) {
        try checkRows(choice.rows)
        guard let field = extended.field(choice.field, of: choice.rows), case .choice(let all) = field.type else {
            throw ValueError(
                en: "there is no choice field of this name",
                es: "no existe un campo de opciones de ese nombre"
            )
        }
        let standard = registry.field(choice.field, of: choice.rows)?.type.choices ?? []
        if !standard.contains(where: { $0.key == choice.key }) {
            try Self.checkChoiceKey(choice.key)
            guard choice.english != nil || choice.spanish != nil else {
                throw ValueError(en: "the label is missing", es: "falta la etiqueta")
            }
        }
        guard choice.percent == nil || standard.contains(where: { $0.percent != nil }) else {
            throw ValueError(en: "only stages have a probability", es: "solo las etapas tienen probabilidad")
        }
        guard let own = all.first(where: { $0.key == choice.key }) else { return }
        let spellings = Set(own.spellings)
        // Definitions that are checked later are not to blame here.
        let isLater = { (other: ChoiceDefinition) in
            other.rows == choice.rows && other.field == choice.field && !former.contains(other)
        }
        let later = Set(definitions.choices.filter(isLater).map(\.key))
        // A choice of the program that yields is not offered when the file has one with its label.
        for other in all where !later.contains(other.key) && !other.yields {
            guard !spellings.isDisjoint(with: other.spellings) else { continue }
            throw ValueError(
                en: "the choice \(other.key) is called so already",
                es: "la opción \(other.key) ya se llama así"
            )
        }
    }
}

/// A definition of the file, stored as a record whose name identifies it.
private protocol NamedDefinition {
    var module: ModuleName { get }
    var name: String { get }
    /// The name of the definition in messages: `opportunity.region`.
    var subject: String { get }
}

extension NamedDefinition {
    func refusal(_ code: CRMError.Code, _ reason: Text, hint: Text? = nil) -> CRMError {
        CRMError(
            code,
            Text(en: "\(subject): \(reason.en)", es: "\(subject): \(reason.es)"),
            hint: hint,
            module: module,
            reference: name
        )
    }
}

extension FieldDefinition: NamedDefinition {
    fileprivate var subject: String { "\(rows.noun).\(key)" }
}

extension ChoiceDefinition: NamedDefinition {
    fileprivate var subject: String { "\(rows.noun).\(field) \(key)" }

    /// Whether another definition is of the same choice.
    fileprivate func isOfSame(_ other: ChoiceDefinition) -> Bool {
        rows == other.rows && field == other.field && key == other.key
    }
}

extension Field {
    /// The spellings that an import recognizes as the field's name.
    fileprivate var spellings: [String] {
        [Fold.fold(String(key.map { $0 == "_" ? " " : $0 })), Fold.fold(label.en), Fold.fold(label.es)]
    }
}

import Localization

extension ModuleName {
    /// The fields that a file adds.
    public static let fieldDefinition: ModuleName = "field_definition"
    /// The choices that a file adds or changes.
    public static let choiceDefinition: ModuleName = "choice_definition"
}

/// The modules whose records are the definitions that a database file adds. As records, definitions take part in
/// history, undo, export and apply like all others. They have no module commands.
extension Module {
    static let fieldDefinition = Declaration(
        name: .fieldDefinition,
        en: "Custom field",
        es: "Campo propio",
        plural: (en: "Custom fields", es: "Campos propios"),
        gender: .masculine,
        display: .composed(["module_name", "key"], separator: ".", words: nil, en: "Name", es: "Nombre"),
        fields: [
            .code("module_name", en: "Module", es: "Módulo", .required),
            .code("key", en: "Key", es: "Clave", .required),
            .code("type", en: "Type", es: "Tipo", .required),
            .text("label_en", en: "English label", es: "Etiqueta en inglés", .required),
            .text("label_es", en: "Spanish label", es: "Etiqueta en español", .required),
            .boolean("required", en: "Required", es: "Obligatorio"),
            .boolean("natural_key", en: "Natural key", es: "Clave natural"),
            .code("default_value", en: "Default", es: "Valor por omisión"),
            .boolean("hidden", en: "Removed", es: "Quitado"),
        ],
        contacts: .referred,
        rules: keyed(by: ["module_name", "key"])
    ).bareModule

    static let choiceDefinition = Declaration(
        name: .choiceDefinition,
        en: "Custom choice",
        es: "Opción propia",
        plural: (en: "Custom choices", es: "Opciones propias"),
        gender: .feminine,
        display: .composed(["module_name", "field", "key"], separator: ".", words: nil, en: "Name", es: "Nombre"),
        fields: [
            .code("module_name", en: "Module", es: "Módulo", .required),
            .code("field", en: "Field", es: "Campo", .required),
            .code("key", en: "Key", es: "Clave", .required),
            .text("label_en", en: "English label", es: "Etiqueta en inglés"),
            .text("label_es", en: "Spanish label", es: "Etiqueta en español"),
            .integer("place", en: "Place", es: "Lugar"),
            .percent("probability", en: "Probability", es: "Probabilidad"),
            .boolean("retired", en: "Retired", es: "Retirada"),
        ],
        contacts: .referred,
        rules: keyed(by: ["module_name", "field", "key"])
    ).bareModule

    /// A definition is told from others by what it defines, and so is its external id.
    private static func keyed(by keys: Set<String>) -> [Rule] {
        let rule = Rule(
            watching: keys,
            before: { draft, _ in
                draft.composeDisplayName()
                draft["external_id"] = draft["name"]
            }
        )
        return [rule]
    }
}

extension FieldDefinition {
    /// Reads a record of the definitions.
    ///
    /// - Returns: `nil` for one that only a foreign program can have written.
    init?(_ record: Record) {
        guard let rows = record["module_name"].text, let key = record["key"].text,
            let type = record["type"].text.flatMap(CustomType.init(name:))
        else { return nil }
        self.rows = DefinedRows(name: rows)
        self.key = key
        self.type = type
        label = Text(en: record["label_en"].text ?? key, es: record["label_es"].text ?? key)
        isRequired = record["required"] == .integer(1)
        isKey = record["natural_key"] == .integer(1)
        isHidden = record["hidden"] == .integer(1)
        defaultValue = Self.stored(record["default_value"], of: type)
    }

    /// A default as it is kept, of whatever type: numbers by their digits.
    private static func stored(_ kept: Value, of type: CustomType) -> Value {
        guard let text = kept.text else { return .null }
        return Int64(text).flatMap { type.isNumber ? .integer($0) : nil } ?? .text(text)
    }
}

extension ChoiceDefinition {
    /// Reads a record of the definitions.
    ///
    /// - Returns: `nil` for one that only a foreign program can have written.
    init?(_ record: Record) {
        guard let rows = record["module_name"].text, let field = record["field"].text, let key = record["key"].text
        else {
            return nil
        }
        self.rows = DefinedRows(name: rows)
        self.field = field
        self.key = key
        english = record["label_en"].text
        spanish = record["label_es"].text
        place = record["place"].integer
        percent = record["probability"].integer.map { $0 / 10_000 }
        isRetired = record["retired"] == .integer(1)
    }
}

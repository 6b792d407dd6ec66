import Localization

extension Store {
    /// The field that the file has added to a module, be it hidden.
    ///
    /// - Parameter key: as people write it.
    /// - Throws: ``CRMError`` `notFound` for a module or field that is not there, or that comes with the program.
    public func addedField(_ key: String, of module: ModuleName) throws(CRMError) -> FieldDefinition {
        try checkModule(module)
        let key = key.asKey
        if let field = definitions.field(key, of: module) { return field }
        let isStandard = registry[module].field(key) != nil
        throw CRMError(
            .notFound,
            isStandard
                ? Text(
                    en: "\(module.noun).\(key) comes with the program and cannot be changed",
                    es: "\(module.noun).\(key) viene con el programa y no se puede cambiar"
                )
                : Text(
                    en: "\(registry[module].several.en) have no field \(key) of this file's own",
                    es: "\(registry[module].spanish.theSeveral) no tienen un campo propio \(key)"
                ),
            hint: Text(
                en: "list them with: \(ProgramName.placeholder) field list",
                es: "listarlos con: \(ProgramName.placeholder) field list"
            ),
            module: module
        )
    }

    /// The choices of a field that the file has added, in order; none for another.
    public func choices(of field: FieldDefinition) -> [Choice] {
        registry.find(field.module)?.allFields.first { $0.key == field.key }?.type.choices ?? []
    }

    /// The choices of a field, in order, the retired ones too.
    ///
    /// - Throws: ``CRMError`` `notFound` for what is no field with choices.
    public func choices(of field: ChoiceField) throws(CRMError) -> [Choice] {
        try choiceField(field).type.choices
    }

    func choiceField(_ field: ChoiceField) throws(CRMError) -> Field {
        try checkModule(field.module)
        let module = registry[field.module]
        if let found = module.field(field.field), case .choice = found.type { return found }
        let fields = module.fields.filter { !$0.type.choices.isEmpty }.map { "\(module.name.noun).\($0.key)" }
        throw CRMError(
            .notFound,
            Text(en: "\(field.name) is no field with choices", es: "\(field.name) no es un campo de opciones"),
            hint: Text(
                en: "such fields: \(fields.joined(separator: ", "))",
                es: "campos de opciones: \(fields.joined(separator: ", "))"
            ),
            module: field.module
        )
    }

    /// - Throws: ``CRMError`` `notFound` for a name that no module has.
    public func checkModule(_ name: ModuleName) throws(CRMError) {
        guard !registry.names.contains(name) else { return }
        throw CRMError(
            .notFound,
            Text(en: "there is no module \(name)", es: "no existe el módulo \(name)"),
            hint: registry.hint(forUnknown: name.rawValue)
        )
    }
}

extension Transaction {
    /// The field that the file has added to a module, as it is within this transaction.
    public func addedField(_ key: String, of module: ModuleName) throws(CRMError) -> FieldDefinition {
        try store.addedField(key, of: module)
    }
}

import Localization

extension Store {
    /// Returns the definition of a field that the file adds to the records of a module or to the rows of a part, even
    /// if the field is hidden.
    ///
    /// - Parameter key: the key as typed.
    /// - Throws: ``CRMError`` `notFound` for rows or a field that do not exist, or that come with the program.
    public func addedField(_ key: String, of rows: DefinedRows) throws(CRMError) -> FieldDefinition {
        let table = try fieldTable(of: rows)
        let (rows, module, key) = (table.definedRows, table.module.name, key.asKey)
        if let field = definitions.field(key, of: rows) { return field }
        let isStandard = registry.field(key, of: rows) != nil
        throw CRMError(
            .notFound,
            isStandard
                ? Text(
                    en: "\(rows.noun).\(key) comes with the program and cannot be changed",
                    es: "\(rows.noun).\(key) viene con el programa y no se puede cambiar"
                )
                : Text(
                    en: "\(registry[module].several.en) have no field \(table.path(to: key)) of this file's own",
                    es: "\(registry[module].spanish.theSeveral) no tienen un campo propio \(table.path(to: key))"
                ),
            hint: Text(
                en: "list them with: \(ProgramName.placeholder) field list",
                es: "listarlos con: \(ProgramName.placeholder) field list"
            ),
            module: module
        )
    }

    /// Returns the choices of a custom field, in order; none for a field of another type.
    public func choices(of field: FieldDefinition) -> [Choice] {
        registry.field(field.key, of: field.rows)?.type.choices ?? []
    }

    /// Returns the choices of a field, in order, including retired ones.
    ///
    /// - Throws: ``CRMError`` `notFound` if there is no such field with choices.
    public func choices(of field: ChoiceField) throws(CRMError) -> [Choice] {
        let field = try resolved(field)
        return registry.field(field.field, of: field.rows)?.type.choices ?? []
    }

    /// Returns a choice field with the proper spelling of its name.
    ///
    /// - Throws: ``CRMError`` `notFound` if there is no such field with choices.
    func resolved(_ field: ChoiceField) throws(CRMError) -> ChoiceField {
        try checkModule(field.rows.module)
        if let rows = registry.rows(meantBy: field.rows), let table = registry.table(of: rows),
            let found = table.seenFields.first(where: { $0.key == field.field }), case .choice = found.type
        {
            return ChoiceField(rows, found.key)
        }
        let fields = registry.choiceFields(of: field.rows.module).map(\.field.name)
        throw CRMError(
            .notFound,
            Text(en: "\(field.name) is no field with choices", es: "\(field.name) no es un campo de opciones"),
            hint: Text(
                en: "such fields: \(fields.joined(separator: ", "))",
                es: "campos de opciones: \(fields.joined(separator: ", "))"
            ),
            module: field.rows.module
        )
    }

    /// Returns the table of the rows that a name means, provided they can have custom fields.
    ///
    /// - Throws: ``CRMError`` `notFound` for rows that do not exist or cannot have custom fields.
    func fieldTable(of rows: DefinedRows) throws(CRMError) -> Table {
        try checkModule(rows.module)
        if let meant = registry.rows(meantBy: rows), let table = registry.table(of: meant), table.relation == nil {
            return table
        }
        let module = registry[rows.module]
        let parts = module.givenParts.map { DefinedRows(module.name, within: $0.name).noun }
        let known = ([module.name.noun] + parts).joined(separator: ", ")
        throw CRMError(
            .notFound,
            Text(
                en: "\(rows.noun) cannot have fields of this file's own",
                es: "\(rows.noun) no puede llevar campos propios"
            ),
            hint: Text(en: "those that can: \(known)", es: "los que pueden: \(known)"),
            module: module.name
        )
    }

    /// Checks that rows can have custom fields, the records of a module or the rows of a part, and returns their proper
    /// name.
    ///
    /// - Throws: ``CRMError`` `notFound` for rows that cannot.
    public func checkRows(_ rows: DefinedRows) throws(CRMError) -> DefinedRows { try fieldTable(of: rows).definedRows }

    /// - Throws: ``CRMError`` `usage` if no module has the name.
    public func checkModule(_ name: ModuleName) throws(CRMError) {
        if !registry.names.contains(name) { throw registry.unknownModule(name.noun) }
    }
}

extension Transaction {
    /// Returns the definition of a custom field as it is within this transaction.
    public func addedField(_ key: String, of rows: DefinedRows) throws(CRMError) -> FieldDefinition {
        try store.addedField(key, of: rows)
    }
}

extension Registry {
    /// Returns every visible field with choices of a module: of its records, its links and its parts.
    public func choiceFields(of module: ModuleName) -> [(field: ChoiceField, label: Text)] {
        tables(of: self[module]).filter { $0.part.map { $0.visibility == .shown } ?? true }.flatMap { table in
            table.seenFields.filter { !$0.type.choices.isEmpty }.map { field in
                let label = table.part.map { $0.label.leading(to: field.label) } ?? field.label
                return (ChoiceField(table.definedRows, field.key), label)
            }
        }
    }

    /// Returns the rows of a module to which a file can add fields.
    public func extensibleRows(of module: ModuleName) -> [(rows: DefinedRows, label: Text)] {
        let module = self[module]
        return [(DefinedRows(module.name), module.label)]
            + module.givenParts.map {
                (DefinedRows(module.name, within: $0.name), module.label.leading(to: $0.label))
            }
    }
}

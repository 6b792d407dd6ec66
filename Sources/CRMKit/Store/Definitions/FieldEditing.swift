import Localization
import SQLite

/// The requested properties of a custom field; those that are `nil` stay unchanged or get their default.
public struct FieldRequest: Sendable {
    /// The name of the field's type; only for a new field.
    public var type: String?
    /// The choices of a new choice field, as typed.
    public var values: [String] = []
    /// The English label.
    public var en: String?
    /// The Spanish label.
    public var es: String?
    /// Whether the field is required.
    public var isRequired: Bool?
    /// Whether the field is a natural key.
    public var isKey: Bool?
    /// The default for new records, as typed; empty for none.
    public var defaultText: String?
    /// Whether the field is hidden.
    public var isHidden: Bool?

    /// Creates a request that changes nothing.
    public init() {}
}

extension Transaction {
    /// Adds a field to the records of a module or to the rows of a part. Its column holds the default in all existing
    /// rows.
    ///
    /// - Parameter key: the key as typed. It is stored in lower case without accents: `Zona Norte` becomes
    ///   `zona_norte`.
    /// - Throws: ``CRMError`` `notFound` for rows that do not exist or cannot have fields, `invalid` for an invalid
    ///   field, `refused` if there is a field with the key or existing records would lack a required value.
    @discardableResult
    public func addField(_ key: String, to rows: DefinedRows, _ request: FieldRequest) throws -> FieldDefinition {
        let rows = try store.checkRows(rows)
        let label = request.label ?? Text(key.asLabel)
        let key = key.asKey
        if let present = store.definitions.field(key, of: rows) { throw Self.isThere(present) }
        let type = try Self.type(request)
        let choices = request.values.map { (key: $0.asKey, label: $0) }
        try Self.refuseRepeated(choices)
        let defaultValue = try self.defaultValue(
            request.defaultText,
            of: type.fieldType(offering: choices.map { Choice($0.key, en: $0.label, es: $0.label) }),
            type
        )
        var inputs = [
            FieldInput("module_name", .set(rows.key)), FieldInput("key", .set(key)),
            FieldInput("type", .set(type.name)), FieldInput("label_en", .set(label.en)),
            FieldInput("label_es", .set(label.es)),
            FieldInput("required", .set(request.isRequired == true ? "true" : "false")),
            FieldInput("natural_key", .set(request.isKey == true ? "true" : "false")),
        ]
        if let kept = defaultValue.kept { inputs.append(FieldInput("default_value", .set(kept))) }
        _ = try add(.fieldDefinition, inputs)
        for choice in choices {
            _ = try add(
                .choiceDefinition,
                [
                    FieldInput("module_name", .set(rows.key)), FieldInput("field", .set(key)),
                    FieldInput("key", .set(choice.key)), FieldInput("label_en", .set(choice.label.asLabel)),
                    FieldInput("label_es", .set(choice.label.asLabel)),
                ]
            )
        }
        try settleDefinitions()
        return try store.addedField(key, of: rows)
    }

    /// Changes a field that the file has added.
    ///
    /// - Returns: whether anything changed.
    public func editField(_ key: String, of rows: DefinedRows, _ request: FieldRequest) throws -> Bool {
        let present = try store.addedField(key, of: rows)
        var inputs: [FieldInput] = []
        if let en = request.en { inputs.append(FieldInput("label_en", .set(en))) }
        if let es = request.es { inputs.append(FieldInput("label_es", .set(es))) }
        if let isKey = request.isKey { inputs.append(FieldInput("natural_key", .set(isKey ? "true" : "false"))) }
        if let isHidden = request.isHidden { inputs.append(FieldInput("hidden", .set(isHidden ? "true" : "false"))) }
        if let text = request.defaultText {
            let choices = store.choices(of: present)
            let value = try defaultValue(text, of: present.type.fieldType(offering: choices), present.type)
            inputs.append(FieldInput("default_value", .set(value.kept ?? "")))
        }
        if let isRequired = request.isRequired {
            inputs.append(FieldInput("required", .set(isRequired ? "true" : "false")))
        }
        let id = try recordID(of: present.name, in: .fieldDefinition)
        let hasChanged = try edit(.fieldDefinition, id: id, inputs)
        if hasChanged { try settleDefinitions() }
        return hasChanged
    }

    /// Hides a field. Its values stay stored and return when the field is shown again.
    ///
    /// - Returns: whether the field was visible.
    public func hideField(_ key: String, of rows: DefinedRows) throws -> Bool {
        var request = FieldRequest()
        request.isHidden = true
        return try editField(key, of: rows, request)
    }

    /// Removes a field for good, with all its values in records and in the history. An undo restores only the field,
    /// required only if a default gives every record a value.
    public func purgeField(_ key: String, of rows: DefinedRows) throws {
        let table = try store.fieldTable(of: rows)
        let field = try store.addedField(key, of: rows)
        let choices = try store.database.all(
            "SELECT \"id\" FROM \(ModuleName.choiceDefinition.rawValue.quotedIdentifier) WHERE \"module_name\" = ? AND \"field\" = ?",
            [.text(field.rows.key), .text(field.key)]
        ).compactMap { $0[0].integer }
        try store.database.forget(field.key, of: table.name)
        // Without a default, an undo must restore the field as an optional one, and the history must say so.
        try store.database.run(
            fragment: RowStatements(ModuleName.fieldDefinition.rawValue).update(
                ["\"required\" = 0"],
                where: "\"external_id\" = \(bind: .text(field.name)) AND \"default_value\" IS NULL"
            )
        )
        for id in choices { try delete(.choiceDefinition, id: id, reach: .alone) }
        try delete(.fieldDefinition, id: recordID(of: field.name, in: .fieldDefinition), reach: .alone)
        try settleDefinitions()
    }

    // MARK: - Parts of a request

    func recordID(of name: String, in module: Module) throws -> Int64 {
        guard let id = try store.id(ofDefinition: name, in: module) else {
            throw CRMError(.notFound, Text(en: "there is no \(name)", es: "no existe \(name)"))
        }
        return id
    }

    private static func type(_ request: FieldRequest) throws(CRMError) -> CustomType {
        let known = CustomType.listing
        guard let type = CustomType(name: request.type ?? CustomType.text.name) else {
            throw CRMError(
                .invalid,
                Text(
                    en: "\"\(request.type ?? "")\" is no type of fields",
                    es: "«\(request.type ?? "")» no es un tipo de campo"
                ),
                hint: Text(thatIs: CustomType.names(meantBy: request.type ?? ""))
                    ?? Text(en: "types: \(known.en)", es: "tipos: \(known.es)")
            )
        }
        guard (type == .choice) != request.values.isEmpty else {
            throw CRMError(
                .invalid,
                type == .choice
                    ? Text(en: "a choice field needs its choices", es: "un campo de opciones necesita sus opciones")
                    : Text(en: "only a choice field has choices", es: "solo un campo de opciones tiene opciones"),
                hint: "--type choice --values norte,sur"
            )
        }
        return type
    }

    private static func refuseRepeated(_ choices: [(key: String, label: String)]) throws(CRMError) {
        for (index, choice) in choices.enumerated() {
            guard let other = choices[..<index].first(where: { $0.key == choice.key }) else { continue }
            throw CRMError(
                .invalid,
                Text(
                    en:
                        "the choices \"\(other.label)\" and \"\(choice.label)\" are one: both have the key \(choice.key)",
                    es:
                        "las opciones «\(other.label)» y «\(choice.label)» son la misma: ambas tienen la clave \(choice.key)"
                )
            )
        }
    }

    private func defaultValue(_ text: String?, of type: FieldType, _ custom: CustomType) throws -> Value {
        guard let text, !text.isEmpty else { return .null }
        let context = try store.valueContext()
        do throws(ValueError) {
            if let reason = custom.reasonAgainstDefault { throw reason }
            if custom.canHavePattern { _ = try DefaultText(parsing: text) }
            try BareFraction.refuse(typed: text, for: type)
            let value = try type.parse(text, in: context)
            if RelativeDefault(text, of: custom) != nil { return .text(text) }
            // A value that would be read differently elsewhere, or that will soon be beyond the calendar's end, is not
            // a default.
            if (try? type.parse(text, in: context.muchLater)) != value {
                throw Self.ambiguous(text, custom.text(of: value))
            }
            return value
        } catch {
            throw CRMError(
                .invalid,
                Text(en: "the default cannot be taken", es: "no se puede tomar el valor por omisión"),
                hint: custom.reasonAgainstDefault.map { _ in
                    Text(
                        en: "fields of these types can have one: \(CustomType.listingOfDefaults)",
                        es: "pueden tenerlo los campos de estos tipos: \(CustomType.listingOfDefaults)"
                    )
                },
                problems: [CRMError.Problem(field: "default", value: text, reason: error.reason)]
            )
        }
    }

    private static func ambiguous(_ text: String, _ value: String) -> ValueError {
        ValueError(
            en: "means something else elsewhere or later: write \(value), or words such as today and +30d",
            es: "significa otra cosa en otro lugar o más tarde: escribir \(value), o palabras como hoy y +30d"
        )
    }

    private static func isThere(_ field: FieldDefinition) -> CRMError {
        CRMError(
            .refused,
            field.isHidden
                ? Text(
                    en: "\(field.name) was removed, and its values are kept",
                    es: "\(field.name) se quitó y sus valores se conservan"
                )
                : Text(en: "\(field.name) is there already", es: "\(field.name) ya existe"),
            hint: field.isHidden
                ? Text("\(ProgramName.placeholder) field edit \(field.rows.noun) \(field.key) --no-hidden") : nil,
            module: field.module
        )
    }
}

extension Store {
    /// Returns the id of the record of a definition; `nil` if there is none.
    ///
    /// - Parameter name: the name of the record: `opportunity.region`.
    func id(ofDefinition name: String, in module: Module) throws -> Int64? {
        try database.scalar(
            "SELECT \"id\" FROM \(module.table.quotedIdentifier) WHERE \"external_id\" = ?",
            [.text(name)]
        )?.integer
    }
}

extension FieldRequest {
    /// The labels; a missing one is replaced by the other. `nil` without any.
    fileprivate var label: Text? {
        (en ?? es).map { Text(en: en ?? $0, es: es ?? $0) }
    }
}

extension Definitions {
    /// Returns the field with a key of some rows, even if it is hidden.
    public func field(_ key: String, of rows: DefinedRows) -> FieldDefinition? {
        fields.first { $0.rows == rows && $0.key == key }
    }
}

extension FieldDefinition {
    /// The name of the definition's record: `opportunity.region`.
    var name: String { "\(rows.key).\(key)" }
}

extension ChoiceDefinition {
    /// The name of the definition's record: `opportunity.region.norte`.
    var name: String { "\(rows.key).\(field).\(key)" }
}

extension String {
    /// The text as the key of a field or choice: small ASCII letters and digits, with an underscore for any other run
    /// of characters.
    var asKey: String {
        Fold.fold(self).split { character in
            !character.isASCII || !(character.isLetter || character.isNumber)
        }.joined(separator: "_")
    }

    /// The text as a label: `zona_norte` → `Zona norte`.
    var asLabel: String {
        let words = String(map { $0 == "_" ? " " : $0 })
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

extension Value {
    /// The text form in which the record of a field stores its default.
    fileprivate var kept: String? {
        switch self {
        case .integer(let integer): String(integer)
        case .text(let text): text
        case .null, .real, .blob: nil
        }
    }
}

extension Database {
    /// Clears every value of a column, in the history too.
    fileprivate func forget(_ column: String, of table: String) throws(SQLiteError) {
        try run(fragment: RowStatements(table).update(["\(name: column) = NULL"], where: "1"))
        try run(
            """
            UPDATE "change" SET "before" = \(JSONFunctions.removing(column, from: "before")) \
            WHERE "table_name" = ? AND \(JSONFunctions.hasMember(column, in: "before"))
            """,
            [.text(table)]
        )
        try run(
            "DELETE FROM \"change\" WHERE \"table_name\" = ? AND \"action\" = ? AND \"before\" = '{}'",
            [.text(table), .text(ChangeLog.Action.update.rawValue)]
        )
    }
}

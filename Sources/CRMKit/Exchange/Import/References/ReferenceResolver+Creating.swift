import Localization

/// Records that are made since cells name them.
extension ReferenceResolver {
    /// Returns the person with the name and address in a text. The address decides: a person with the same name is used
    /// only if he has no address.
    ///
    /// - Returns: `nil` if there is no such person and none may be created.
    func addressee(_ name: String, _ address: String, in module: Module) throws -> Int64? {
        guard let field = module.cards?.emails.first,
            let key = module.referenceKeys.first(where: { $0.fields.contains(field) })
        else { return nil }
        if let id = try found({ try $0.resolve("\(key.prefix):\(address)", in: module) }) { return id }
        do {
            if let id = try found({ try $0.resolve("name:\(name)", in: module) }),
                try transaction.store.storedRecord(module, id: id)?[field].isNull == true
            {
                return id
            }
        } catch let error as CRMError where error.code == .ambiguous && creates.contains(module.name) {
            // Several people have the name and none has the address, so this is another one.
        }
        return creates.contains(module.name) && !mayCome(module)
            ? try create(address, prefix: key.prefix, in: module, name: name) : nil
    }

    /// The advice to have a record made that is missing.
    static func making(_ module: Module) -> Text {
        Text(
            en: "make it with --create-missing \(module.name.noun)",
            es: "crearlo con --create-missing \(module.name.noun)"
        )
    }

    /// Creates a record with a name and a key. An existing record with the name and without another key is used
    /// instead, and gets the key where records may be created, so that it is found by it from then on.
    ///
    /// - Returns: `nil` when there is none, and none may be created.
    /// - Throws: ``CRMError`` `ambiguous` if several records have the name and no key.
    func made(_ making: RecordMaking, _ text: String, prefix: String?, in module: Module) throws -> Int64? {
        let mayWrite = making.isSure || creates.contains(module.name)
        if let key = module.referenceKeys.first(where: { $0.prefix == prefix })?.fields.first,
            let field = module.field(key), let id = try record(named: making.name, lacking: field, in: module)
        {
            if mayWrite, field.isWritable { _ = try transaction.edit(module, id: id, [FieldInput(key, .set(text))]) }
            return id
        }
        guard mayWrite else { return nil }
        return try create(text, prefix: prefix, in: module, name: making.name)
    }

    /// Returns the record with a name and without a value in a field: those with another value are others.
    ///
    /// - Throws: ``CRMError`` `ambiguous` for several.
    private func record(named name: String, lacking field: Field, in module: Module) throws -> Int64? {
        let bare = try transaction.store.records(named: name, lacking: field, in: module)
        return bare.count > 1 ? try transaction.store.resolve("name:\(name)", in: module) : bare.first
    }

    func create(_ text: String, prefix: String?, in module: Module, name: String? = nil) throws -> Int64 {
        let reference = try Reference(prefix.map { "\($0):\(text)" } ?? text, in: module)
        guard case .key(let places, let value) = reference else {
            throw Store.missing(Int64(text) ?? 0, in: module)
        }
        let parts = Self.parts(of: name ?? value, in: module)
        if prefix == "name" {
            if let present = try present(parts, called: value, in: module) { return present }
            // Spreadsheets show 0 when a lookup finds an empty cell.
            if value == "0" { throw CellRules.lost }
            try refuseSeveral(value, in: module)
        }
        var inputs = parts.map { FieldInput($0.key, .set($0.text)) }
        if let field = places.fields.first, field.isWritable, !inputs.contains(where: { $0.field == field.key }) {
            inputs.append(FieldInput(field.key, .set(value)))
        }
        created += 1
        return try transaction.add(module, inputs)
    }

    /// Returns the existing record with the name that is composed of the parts of a name, if it is spelled differently:
    /// `Ruiz, Ana`, `Dra. Ana Ruiz`.
    private func present(_ parts: [(key: String, text: String)], called name: String, in module: Module) throws
        -> Int64?
    {
        let composed = Set(module.composedPositions.map { module.fields[$0].key })
        let whole = parts.filter { composed.contains($0.key) }.map(\.text).joined(separator: " ")
        guard !whole.isEmpty, whole != name else { return nil }
        return try found { try $0.resolve("name:\(whole)", in: module) }
    }

    /// Refuses a text that lists the names of several existing records, as in a sentence.
    private func refuseSeveral(_ name: String, in module: Module) throws {
        for mark in [",", "/", " y ", " e ", " and ", "&", "+"] where name.contains(mark) {
            let names = name.split(separator: mark).map { String($0).trimmed }.filter { !$0.isEmpty }
            guard names.count > 1,
                try names.allSatisfy({ name in try isThere(name, in: module) })
            else { continue }
            let list = names.joined(separator: "; ")
            throw ValueError(
                en: "these are \(names.count) \(module.several.en) that are here: write \(list)",
                es: "son \(names.count) \(module.several.es) que ya existen: escribir \(list)"
            )
        }
    }

    private func isThere(_ name: String, in module: Module) throws -> Bool {
        do {
            return try found { try $0.resolve("name:\(name)", in: module) } != nil
        } catch let error as CRMError where error.code == .ambiguous {
            return true
        }
    }

    /// Returns the values of the fields that make up a name.
    private static func parts(of name: String, in module: Module) -> [(key: String, text: String)] {
        guard let names = module.cards?.name else { return [(nameField(of: module), name)] }
        return names.fields(of: name, in: module).filter { !$0.text.isEmpty }
    }

    /// Returns the key of the field for a name: for a name composed of several fields, the last required one.
    private static func nameField(of module: Module) -> String {
        guard case .composed(let keys, _, _, _, _) = module.display else { return module.displayKey }
        return keys.last { module.field($0)?.isRequired ?? false } ?? keys.last ?? module.displayKey
    }
}

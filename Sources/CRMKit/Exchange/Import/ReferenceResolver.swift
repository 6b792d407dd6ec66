import Localization

extension CRMError {
    /// Returns the error with advice added to its message, in the form used for rows.
    func adding(_ remedy: Text) -> CRMError {
        CRMError(
            code,
            Text(en: "\(message.en); \(remedy.en)", es: "\(message.es); \(remedy.es)"),
            hint: hint,
            module: module
        )
    }
}

/// Finds the records that cells refer to, and creates missing ones of the modules for which that is requested.
final class ReferenceResolver {
    private struct Key: Hashable {
        let module: ModuleName
        let prefix: String?
        let text: String
    }

    private let transaction: Transaction
    private let creates: Set<ModuleName>
    /// Whether error messages can name the column of a reference.
    private let hasColumns: Bool
    private var known: [Key: Int64] = [:]
    private var names: [Key: String] = [:]
    /// The module of the rows, whose records may be referred to before their own row.
    private let own: ModuleName?
    /// Whether a missing record of that module may be that of a later row.
    var awaitsOwn = false
    /// The remaining rows that refer to each other, or to records that do not exist.
    var circle: ReferenceCycle?
    /// The number of records created since this was last set.
    var created = 0

    /// The maximum number of cached references, enough for the organizations of a large file.
    private static let mostKnown = 20_000

    /// The error that a record is missing which a later row may create.
    struct Awaited: Error {}

    /// - Parameters:
    ///   - creates: the modules of which missing records are created.
    ///   - own: the module of the rows, whose records other rows may refer to.
    ///   - hasColumns: whether errors can name the column of a reference.
    init(transaction: Transaction, creates: Set<ModuleName>, own: ModuleName? = nil, hasColumns: Bool = true) {
        self.own = own
        self.transaction = transaction
        self.creates = creates
        self.hasColumns = hasColumns
    }

    /// Returns the id of the record that a cell refers to.
    ///
    /// - Parameters:
    ///   - prefix: the key by which the header says the cell refers; `nil` for a complete reference.
    ///   - making: the values for creating the record if it does not exist.
    func id(
        _ text: String,
        prefix: String?,
        in module: Module,
        making: RecordMaking? = nil,
        column: String? = nil
    ) throws -> Int64 {
        let key = Key(module: module.name, prefix: prefix, text: text)
        if let id = known[key] { return id }
        let id = try find(text, prefix: prefix, in: module, making, column: column ?? module.name.rawValue)
        remember(id, as: key)
        return id
    }

    /// Returns the name of a record; `nil` when there is no such record, or it has no name.
    func name(of id: Int64, in module: Module) throws -> String? {
        let key = Key(module: module.name, prefix: nil, text: "\(id)")
        if let name = names[key] { return name }
        guard let name = try transaction.store.storedRecord(module, id: id)?[module.displayKey].text else { return nil }
        if names.count >= Self.mostKnown { names.removeAll(keepingCapacity: true) }
        names[key] = name
        return name
    }

    /// Returns the single record of any module with a name, as the value of a reference to any module.
    ///
    /// - Throws: ``CRMError`` `notFound` when there is none, `ambiguous` for several.
    func record(named name: String) throws -> Value {
        let found = try transaction.store.registry.modules.compactMap { module -> (module: Module, id: Int64)? in
            let key = Key(module: module.name, prefix: "name", text: name)
            if let id = known[key] { return (module, id) }
            guard let id = try self.found({ try $0.resolve("name:\(name)", in: module) }) else { return nil }
            remember(id, as: key)
            return (module, id)
        }
        if let only = found.first, found.count == 1 {
            return FieldType.anyReference.reference(to: only.id, in: only.module.name)
        }
        let list = found.map { "\($0.module.name):\($0.id)" }.joined(separator: ", ")
        guard found.isEmpty else {
            throw CRMError(
                .ambiguous,
                Text(
                    en: "\"\(name)\" names several records: \(list)",
                    es: "«\(name)» nombra varios registros: \(list)"
                ),
                reference: name
            )
        }
        throw CRMError(
            .notFound,
            Text(en: "no record is called \"\(name)\"", es: "ningún registro se llama «\(name)»"),
            reference: name
        )
    }

    private func remember(_ id: Int64, as key: Key) {
        if known.count >= Self.mostKnown { known.removeAll(keepingCapacity: true) }
        known[key] = id
    }

    /// Returns the result of a look-up; `nil` when there is no such record.
    private func found(_ look: (Store) throws -> Int64) throws -> Int64? {
        do {
            return try look(transaction.store)
        } catch let error as CRMError where error.code == .notFound {
            return nil
        }
    }

    /// Clears the caches.
    func forget() {
        known.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
    }

    /// Returns the id of the record that a cell names by one of several keys. A text as Odoo writes it, with a code in
    /// brackets before the name, is matched by either.
    ///
    /// - Returns: `nil` if there is no such record.
    func existing(_ text: String, by prefixes: [String], in module: Module) throws -> Int64? {
        var candidates = prefixes.map { (prefix: $0, text: Self.name(inExport: text) ?? text) }
        if let (code, name) = Self.codeAndName(inExport: text) {
            candidates = prefixes.map { (prefix: $0, text: $0 == "name" ? name : code) }
        }
        for (prefix, text) in candidates where ImportHeader.prefix(prefix, in: module) != nil && !text.isEmpty {
            let key = Key(module: module.name, prefix: prefix, text: text)
            if let id = known[key] { return id }
            if let id = try found({ try $0.resolve("\(prefix):\(text)", in: module) }) {
                remember(id, as: key)
                return id
            }
        }
        return nil
    }

    private func find(
        _ text: String,
        prefix: String?,
        in module: Module,
        _ making: RecordMaking?,
        column: String
    ) throws -> Int64 {
        // A vtiger export writes `Accounts::::Acme`.
        let (text, prefix) = Self.name(inExport: text).map { ($0, "name") } ?? (text, prefix)
        if prefix ?? "name" == "name", let (name, address) = Self.nameAndAddress(inExport: text),
            let id = try addressee(name, address, in: module)
        {
            return id
        }
        if prefix == "name", let name = Self.withoutID(text),
            try found({ try $0.resolve("name:\(text)", in: module) }) == nil
        {
            return try id(name, prefix: "name", in: module, making: making)
        }
        if prefix == "name", making == nil, let (code, name) = Self.codeAndName(inExport: text),
            ImportHeader.prefix("code", in: module) != nil,
            try found({ try $0.resolve("name:\(text)", in: module) }) == nil
        {
            if let id = try existing(text, by: ["code", "name"], in: module) { return id }
            return try id(code, prefix: "code", in: module, making: RecordMaking(name: name, isSure: false))
        }
        if let prefix, let (name, address) = Self.mailbox(in: text, by: prefix, in: module) {
            let making = making ?? name.map { RecordMaking(name: $0, isSure: false) }
            return try id(address, prefix: prefix, in: module, making: making)
        }
        do {
            return try transaction.store.resolve(prefix.map { "\($0):\(text)" } ?? text, in: module)
        } catch let error as CRMError
            where error.code == .notFound && mayCome(module) && prefix != "id"
            && (prefix != nil || Reference.id(text) == nil)
        {
            throw Awaited()
        } catch let error as CRMError where error.code == .notFound && circle?.row(called: text, in: module) != nil {
            guard let circle, circle.isLast else { throw Awaited() }
            throw circle.refusal(of: text) ?? error
        } catch let error as CRMError where error.code == .usage && prefix == nil && module.name == own {
            // Other programs refer to records of the same table by name.
            return try find(text, prefix: "name", in: module, making, column: column)
        } catch let error as CRMError where error.code == .notFound && making != nil {
            guard let making, let id = try made(making, text, prefix: prefix, in: module) else {
                throw error.adding(Self.making(module))
            }
            return id
        } catch let error as CRMError where error.code == .notFound && creates.contains(module.name) {
            return try create(text, prefix: prefix, in: module)
        } catch let error as CRMError where error.code == .notFound && prefix == "name" {
            throw error.adding(Self.making(module))
        } catch let error as CRMError where error.code == .usage && prefix == nil {
            throw error.adding(
                hasColumns
                    ? Text(
                        en: "if it is a name, call the column \(column).name, as with --map",
                        es: "si es un nombre, llamar a la columna \(column).name, como con --map"
                    )
                    : Text(en: "if it is a name, write name:\(text)", es: "si es un nombre, escribir name:\(text)")
            )
        }
    }

    /// A company and one of its people in a text of Odoo's, `Acme, Ana Ruiz`, where both are there and no company is
    /// called so.
    ///
    /// - Parameter center: the module of the people.
    func companyAndPerson(_ text: String, in module: Module, _ center: Module) throws -> (
        company: Int64, person: Int64
    )? {
        guard module.name != center.name,
            let field = center.fields.first(where: { $0.type.target == module.name })?.key
        else { return nil }
        for comma in text.indices where text[comma] == "," {
            let (name, rest) = (String(text[..<comma]).trimmed, String(text[text.index(after: comma)...]).trimmed)
            guard !name.isEmpty, !rest.isEmpty, try lone(text, in: module) == nil,
                let company = try lone(name, in: module), let person = try lone(rest, in: center),
                try transaction.store.storedRecord(center, id: person)?[field] == Value.integer(company)
            else { continue }
            return (company, person)
        }
        return nil
    }

    /// The only record that is called so; `nil` where there is none, or several.
    private func lone(_ name: String, in module: Module) throws -> Int64? {
        do {
            return try existing(name, by: ["name"], in: module)
        } catch let error as CRMError where error.code == .ambiguous {
            return nil
        }
    }

    /// Whether a record of a module that is not there may be that of a row to come.
    private func mayCome(_ module: Module) -> Bool { awaitsOwn && module.name == own }

    /// Returns the person with the name and address in a text. The address decides: a person with the same name is used
    /// only if he has no address.
    ///
    /// - Returns: `nil` if there is no such person and none may be created.
    private func addressee(_ name: String, _ address: String, in module: Module) throws -> Int64? {
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

    private static func making(_ module: Module) -> Text {
        Text(
            en: "make it with --create-missing \(module.name.noun)",
            es: "crearlo con --create-missing \(module.name.noun)"
        )
    }

    /// Returns the code and the name in a text of Odoo, `[C-1] Pump`; `nil` for any other text.
    static func codeAndName(inExport text: String) -> (code: String, name: String)? {
        guard text.utf8.first == UInt8(ascii: "["), let end = text.firstIndex(of: "]") else { return nil }
        let name = String(text[text.index(after: end)...]).trimmed
        let code = String(text[text.index(after: text.startIndex)..<end]).trimmed
        return code.isEmpty || name.isEmpty ? nil : (code, name)
    }

    /// Returns the name and the address in a text of HubSpot or of a mail, `Ana Ruiz (ana@x.example)`, `Ana
    /// <ana@x.example>`; `nil` for any other text.
    static func nameAndAddress(inExport text: String) -> (name: String, address: String)? {
        let brackets: [Character: Character] = [")": "(", ">": "<"]
        guard let opening = text.last.flatMap({ brackets[$0] }), let start = text.lastIndex(of: opening),
            let address = try? EmailAddress(parsing: String(text[text.index(after: start)...].dropLast()))
        else { return nil }
        let name = String(text[..<start]).trimmed
        return name.isEmpty ? nil : (name, address.text)
    }

    /// Returns a name without the id that HubSpot appends, `Acme (8123456)`; `nil` for a text without an id.
    private static func withoutID(_ text: String) -> String? {
        guard text.utf8.last == UInt8(ascii: ")"), let start = text.lastIndex(of: "(") else { return nil }
        let id = text[text.index(after: start)...].dropLast()
        let name = String(text[..<start]).trimmed
        return id.utf8.count >= leastID && id.utf8.allSatisfy(\.isDigit) && !name.isEmpty ? name : nil
    }

    /// The minimum number of digits of a HubSpot id. A shorter number may be part of a name.
    private static let leastID = 7

    /// Returns the address in a text of a mail, and the name if there is one, for the key of an e-mail field: `"Ruiz,
    /// Ana" <ana@x.example>`, `mailto:ana@x.example`; `nil` for a text that is only an address, or contains none.
    static func mailbox(
        in text: String,
        by prefix: String,
        in module: Module
    ) -> (name: String?, address: String)? {
        guard let key = module.referenceKeys.first(where: { $0.prefix == prefix }),
            key.fields.first.flatMap({ module.field($0) })?.type == .email,
            let address = try? EmailAddress(parsing: text).text, address != text.trimmed
        else { return nil }
        guard text.trimmed.last == ">", let start = text.lastIndex(of: "<") else { return (nil, address) }
        let name = String(text[..<start]).filter { !"\"“”".contains($0) }.trimmed
        return (name.isEmpty || name.contains("@") ? nil : name, address)
    }

    /// Returns the people in a text of HubSpot with several, each with an address: `Ana (ana@x.example);Eva
    /// (eva@x.example)`; empty for any other text.
    static func addressees(inExport text: String) -> [String] {
        guard text.utf8.contains(UInt8(ascii: ";")) else { return [] }
        let people = CellValues.values(text).map(\.trimmed)
        return people.count > 1 && people.allSatisfy { nameAndAddress(inExport: $0) != nil } ? people : []
    }

    /// Returns the name in a text of vtiger, `Accounts::::Acme`; `nil` for any other text.
    static func name(inExport text: String) -> String? {
        // Most texts have no colon, and looking for one is much faster than looking for a longer text.
        guard text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        let parts = text.split(separator: "::::", maxSplits: 1)
        return parts.count == 2 ? String(parts[1]) : nil
    }

    /// Returns the module in a text of vtiger, `Services::::Repair`, for the modules a line can refer to; `nil` for any
    /// other text.
    static func module(inExport text: String) -> ModuleName? {
        guard name(inExport: text) != nil else { return nil }
        return vtigerModules[text.prefix { $0 != ":" }.lowercased()]
    }

    private static let vtigerModules: [String: ModuleName] = ["products": .product, "services": .service]

    /// Creates a record with a name and a key. An existing record with the name and without another key is used
    /// instead.
    ///
    /// - Returns: `nil` when there is none, and none may be created.
    private func made(_ making: RecordMaking, _ text: String, prefix: String?, in module: Module) throws -> Int64? {
        if let id = try found({ try $0.resolve("name:\(making.name)", in: module) }),
            let key = module.referenceKeys.first(where: { $0.prefix == prefix })?.fields.first,
            try transaction.store.storedRecord(module, id: id)?[key].isNull == true
        {
            return id
        }
        guard making.isSure || creates.contains(module.name) else { return nil }
        return try create(text, prefix: prefix, in: module, name: making.name)
    }

    private func create(_ text: String, prefix: String?, in module: Module, name: String? = nil) throws -> Int64 {
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

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

    let transaction: Transaction
    let creates: Set<ModuleName>
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
    ///   - creates: the modules whose missing records are created.
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
    func found(_ look: (Store) throws -> Int64) throws -> Int64? {
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
        if let id = try foreign(text, prefix: prefix, in: module, making) { return id }
        if prefix != "name", case let bare = SpreadsheetWords.withoutTextMark(text), bare != text,
            try isMarked(text, bare, prefix: prefix, in: module)
        {
            return try find(bare, prefix: prefix, in: module, making, column: column)
        }
        let written = try prefix == nil ? transaction.store.withoutDecimals(text, in: module) : text
        do {
            return try transaction.store.resolve(prefix.map { "\($0):\(written)" } ?? written, in: module)
        } catch let error as CRMError where error.code == .notFound {
            if let id = try spelledOtherwise(written, prefix: prefix, in: module) { return id }
            return try missing(written, prefix: prefix, in: module, making, column: column, error)
        } catch let error as CRMError where error.code == .usage && prefix == nil {
            // Other programs refer to records of the same table by name.
            if module.name == own { return try find(text, prefix: "name", in: module, making, column: column) }
            if let id = Reference.misspelledID(text) {
                let error = try transaction.store.explaining(error, for: text.trimmed, insteadOf: id, in: module)
                throw CRMError(error.code, error.advised, module: module.name)
            }
            throw error.adding(ofName(text, column: column))
        }
    }

    /// Whether the apostrophe before a key is the mark of spreadsheets for text: no key begins so, and a name does not stand
    /// here.
    private func isMarked(_ text: String, _ bare: String, prefix: String?, in module: Module) throws -> Bool {
        guard let prefix else { return Reference.isOne(bare, in: module) }
        return try !bare.isEmpty && found { try $0.resolve("\(prefix):\(text)", in: module) } == nil
    }

    /// Returns the record that a text names in the way of another program, which puts more than a key into a cell.
    ///
    /// - Returns: `nil` for a text that is to be read as it stands.
    private func foreign(_ text: String, prefix: String?, in module: Module, _ making: RecordMaking?) throws -> Int64? {
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
        guard let prefix, let (name, address) = Self.mailbox(in: text, by: prefix, in: module) else { return nil }
        let making = making ?? name.map { RecordMaking(name: $0, isSure: false) }
        return try id(address, prefix: prefix, in: module, making: making)
    }

    /// Creates a missing record if that is requested.
    ///
    /// - Throws: ``Awaited`` where a later row may make it, otherwise the error with advice.
    private func missing(
        _ text: String,
        prefix: String?,
        in module: Module,
        _ making: RecordMaking?,
        column: String,
        _ error: CRMError
    ) throws -> Int64 {
        let isKey = prefix != "id" && (prefix != nil || Reference.id(ofNumber: text) == nil)
        if mayCome(module), isKey { throw Awaited() }
        if let circle, circle.row(called: text, in: module) != nil {
            guard circle.isLast else { throw Awaited() }
            throw circle.refusal(of: text) ?? error
        }
        if try lacksZeros(text, prefix: prefix, in: module) { throw error }
        if let making {
            if let id = try made(making, text, prefix: prefix, in: module) { return id }
            throw error.adding(Self.making(module))
        }
        if creates.contains(module.name) { return try create(text, prefix: prefix, in: module) }
        guard prefix == "name" else { throw error }
        throw error.adding(ofKey(text, column: column, in: module) ?? Self.making(module))
    }

    /// The advice for a text that names no record and looks like a key of one: a record with that name is not what it
    /// means then.
    ///
    /// - Returns: `nil` for any other text, and where no column can be named.
    private func ofKey(_ text: String, column: String, in module: Module) -> Text? {
        let likely = Reference.likelyPrefix(text, in: module)
        guard hasColumns, let key = module.referenceKeys.first(where: { $0.prefix.hyphenated == likely }),
            let field = key.fields.first.flatMap({ module.field($0) })
        else { return nil }
        let making = Self.making(module)
        return Text(
            en: """
                if it is the \(field.label.en), call the column \(column).\(key.prefix), as with --map; if it \
                is a name, \(making.en)
                """,
            es: """
                si es su \(field.label.es), llamar a la columna \(column).\(key.prefix), como con --map; si es \
                un nombre, \(making.es)
                """
        )
    }

    /// The advice for a text that is not a reference, such as a name.
    private func ofName(_ text: String, column: String) -> Text {
        guard hasColumns else {
            return Text(en: "if it is a name, write name:\(text)", es: "si es un nombre, escribir name:\(text)")
        }
        return Text(
            en: "if it is a name, call the column \(column).name, as with --map",
            es: "si es un nombre, llamar a la columna \(column).name, como con --map"
        )
    }

    /// Returns a company and one of its people named in one text, as Odoo writes it: `Acme, Ana Ruiz`. Both must exist,
    /// and no company may have the whole text as its name.
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

    /// Returns the only record with a name; `nil` if there is none, or if there are several.
    private func lone(_ name: String, in module: Module) throws -> Int64? {
        do {
            return try existing(name, by: ["name"], in: module)
        } catch let error as CRMError where error.code == .ambiguous {
            return nil
        }
    }

    /// Whether a missing record of a module may be described by a later row.
    func mayCome(_ module: Module) -> Bool { awaitsOwn && module.name == own }
}

import Localization
import SQLite

/// A way to name one record: `42`, `ana@example.org`, `ext:K-1`, `serial:X1`, `name:Ana Ruiz`.
enum Reference {
    case id(Int64)
    /// The text is looked for by a key.
    case key(KeyPlaces, String)

    init(_ written: String, in module: Module) throws(CRMError) {
        let text = written.trimmed
        if let id = Self.id(text) {
            self = .id(id)
            return
        }
        if let colon = text.firstIndex(of: ":") {
            let prefix = text[..<colon].lowercased()
            let value = String(text[text.index(after: colon)...])
            if let places = KeyPlaces(prefix, in: module), !value.isEmpty {
                self = .key(places, value)
                return
            }
            if prefix == "id", let id = Self.id(ofNumber: value) {
                self = .id(id)
                return
            }
        }
        // An address has no colon: who writes one before it means a key by another word.
        if let sign = text.firstIndex(of: "@"), !text[..<sign].contains(":"),
            let places = KeyPlaces("email", in: module)
        {
            self = .key(places, text)
            return
        }
        throw Self.malformed(written, in: module)
    }

    /// Whether a text is a way to name a record, be there one or not.
    static func isOne(_ text: String, in module: Module) -> Bool {
        do throws(CRMError) {
            _ = try Reference(text, in: module)
            return true
        } catch {
            return false
        }
    }

    /// An id as this program writes it. With zeros before it or with decimals it may be a code: `001`, `1.0`.
    ///
    /// - Returns: `nil` for any other text.
    static func id(_ text: String) -> Int64? {
        guard text.utf8.first != UInt8(ascii: "0") else { return nil }
        if let number = PlainCell.wholeNumber(text) { return number }
        return text.utf8.allSatisfy(\.isDigit) ? Int64(text) : nil
    }

    /// The id in a place for ids alone, where a spreadsheet may have made a number with decimals of it: `42.0`.
    ///
    /// - Returns: `nil` for text that is none.
    static func id(ofNumber text: String) -> Int64? { id(SpreadsheetNumber.digits(text.trimmed)) }

    /// Returns the id with the value of a number that is not written as an id: `001`, `1.0`.
    ///
    /// - Returns: `nil` for an id, and for any other text.
    static func misspelledID(_ text: String) -> Int64? {
        let text = text.trimmed
        return id(text) == nil ? id(ofNumber: String(text.drop { $0 == "0" })) : nil
    }

    /// Returns what to write for a number that is not written as an id is: that it is a key, or the id.
    static func spelling(of number: String, as prefixes: [String], or id: Int64) -> Text {
        let keys = prefixes.map { "\($0):\(number.abridged)" }
        return Text(
            en: "write \(keys.joined(separator: " or ")), or \(id) for the id",
            es: "escribir \(keys.joined(separator: " o ")), o \(id) si es el id"
        )
    }

    /// Returns a reference by a key as a shell takes it, with quotation marks around a value of several words.
    static func spelling(of value: String, as prefix: String) -> String {
        "\(prefix):" + (value.contains(" ") ? "\"\(value.abridged)\"" : value.abridged)
    }

    /// Returns what to write instead of a telephone number that stands alone, which is read as an id; `nil` for any other
    /// text and where records have no telephone.
    static func keyOfNumber(_ text: String, in module: Module) -> String? {
        guard id(text) != nil, likelyPrefix(text, in: module) == "phone" else { return nil }
        return "phone:\(text.abridged)"
    }

    /// The key that a text looks like: a telephone number, a code that has figures in it and no spaces, else a name.
    static func likelyPrefix(_ text: String, in module: Module) -> String {
        func prefix(of type: FieldType) -> String? {
            module.referenceKeys.first { key in key.fields.first.flatMap { module.field($0) }?.type == type }?.prefix
                .hyphenated
        }
        let figures = text.utf8.count { $0.isDigit }
        let isPhone = figures >= 7 && (try? PhoneNumber(parsing: text)) != nil
        if isPhone, let prefix = prefix(of: .phone) { return prefix }
        let isCode = figures > 0 && !text.contains(" ") && !text.contains(":")
        return (isCode ? prefix(of: .code) : nil) ?? "name"
    }

    /// Returns what to write instead of a word before the colon that people use for a key, or for the records
    /// themselves: `tax-id:…` for `rfc:…`, `name:…` for `nombre:…`, an id alone for `contacto:…`.
    ///
    /// - Returns: the text to put before the value; `nil` for an unknown word.
    private static func meant(_ word: Substring, in module: Module) -> String? {
        let word = MeantWord(word)
        func synonyms(_ key: String) -> [String] { module.field(key)?.synonyms ?? [] }
        // The number of a document is called just that, whatever its label says it is the number of.
        let number = module.documentNumber?.key
        let own = module.referenceKeys.map { key in
            (
                lead: "\(key.prefix.hyphenated):",
                words: key.fields.flatMap { synonyms($0) + ($0 == number ? ["número", "núm", "no"] : []) }
            )
        }
        let shared = [
            (lead: "name:", words: synonyms(module.displayKey) + Field.synonyms(of: "name", [])),
            (lead: "ext:", words: synonyms("external_id") + ["external"]),
            (lead: "", words: [module.name.noun, module.label.en, module.label.es, "id", "número", "clave"]),
        ]
        return (own + shared).first { word.means(oneOf: $0.words) }?.lead
    }

    private static func malformed(_ text: String, in module: Module) -> CRMError {
        if let colon = text.firstIndex(of: ":"), colon != text.startIndex {
            let value = String(text[text.index(after: colon)...]).trimmed
            let known = KeyPlaces(text[..<colon].lowercased(), in: module) == nil ? nil : "\(text[..<colon]):"
            if let lead = known ?? meant(text[..<colon], in: module) {
                return value.isEmpty ? valueless(text, in: module) : misnamed(text, as: lead, value, in: module)
            }
        }
        let reason =
            text.trimmed.isEmpty
            ? Text(en: "there is nothing", es: "no hay nada")
            : Text(en: "it is neither an id nor a key", es: "no es un id ni una clave")
        if let id = misspelledID(text) {
            let likely = likelyPrefix(text.trimmed, in: module)
            let prefix = likely == "name" ? "ext" : likely
            return unnamed(text, in: module, reason, hint: spelling(of: text.trimmed, as: [prefix], or: id))
        }
        if let hint = hint(atListed: text, in: module) { return unnamed(text, in: module, reason, hint: hint) }
        let example = "\(likelyPrefix(text, in: module)):\"\(text.abridged)\""
        guard !text.trimmed.isEmpty else { return unnamed(text, in: module, reason, hint: forms(in: module)) }
        let forms = forms(in: module)
        return unnamed(
            text,
            in: module,
            reason,
            hint: Text(en: "\(forms.en); for example \(example)", es: "\(forms.es); por ejemplo \(example)")
        )
    }

    /// Returns the forms that a reference can have.
    private static func forms(in module: Module) -> Text {
        let prefixes = module.referencePrefixes.map { "\($0):" }.joined(separator: ", ")
        return Text(
            en: "write an id, or a value after one of \(prefixes)",
            es: "escribir un id, o un valor después de \(prefixes)"
        )
    }

    /// A word before the colon that nobody has given a value.
    private static func valueless(_ text: String, in module: Module) -> CRMError {
        unnamed(
            text,
            in: module,
            Text(en: "a value is missing behind the colon", es: "falta un valor después de los dos puntos"),
            hint: forms(in: module)
        )
    }

    /// A word before the colon that is called otherwise, or an id that is none.
    private static func misnamed(_ text: String, as lead: String, _ value: String, in module: Module) -> CRMError {
        guard !lead.isEmpty || id(ofNumber: value) != nil else {
            return unnamed(text, in: module, Text(en: "an id is a whole number", es: "un id es un número entero"))
        }
        let meant = lead + (value.contains(" ") ? "\"\(value.abridged)\"" : value.abridged)
        return unnamed(text, in: module, Text(en: "write \(meant)", es: "escribir \(meant)"))
    }

    private static func unnamed(_ text: String, in module: Module, _ reason: Text, hint: Text? = nil) -> CRMError {
        let shown = text.abridged
        return CRMError(
            .usage,
            Text(
                en: "\"\(shown)\" names no \(module.one.en): \(reason.en)",
                es: "«\(shown)» no nombra \(module.spanish.no): \(reason.es)"
            ),
            hint: hint,
            module: module.name,
            reference: text
        )
    }
}

/// The places of a reference key: fields of the record, and rows of its parts.
struct KeyPlaces {
    /// Rows of a part, of the kind that a choice says.
    struct PartPlace {
        let table: Table
        /// The field that holds the key.
        let field: Field
        /// The type of the key in these rows.
        let type: FieldType
        /// The field that says of what kind a row is, and the choice.
        let kind: (field: Field, choice: String)

        /// The condition that a row is of the kind. The choice stands in the text: indexes are chosen by it.
        func isOfKind(_ row: String) -> SQLFragment {
            "\(column: kind.field.key, of: row) = \(SQLFragment(definition: "'\(kind.choice)'"))"
        }
    }

    let fields: [Field]
    /// The fields that are looked in where none of the other places has the value.
    private(set) var common: [Field]
    let parts: [PartPlace]
    /// The field, when the key looks in a single field.
    var onlyField: Field? { parts.isEmpty && fields.count == 1 ? fields[0] : nil }

    /// All its fields.
    var allFields: [Field] { fields + common }
    /// The places where a value is the record's own.
    var own: KeyPlaces {
        var own = self
        own.common = []
        return own
    }

    /// The places behind the prefix of a reference.
    ///
    /// - Returns: `nil` for one that the module does not have.
    init?(_ prefix: String, in module: Module) {
        switch prefix {
        case "ext": self.init(fields: ["external_id"], of: module)
        case "name": self.init(fields: [module.displayKey], of: module)
        default:
            guard let key = module.referenceKeys.first(where: { $0.prefix == prefix || $0.prefix.hyphenated == prefix })
            else { return nil }
            self.init(fields: key.fields, common: key.commonFields, parts: key.parts, of: module)
        }
    }

    private init(
        fields: [String],
        common: [String] = [],
        parts: [(part: String, choice: String)] = [],
        of module: Module
    ) {
        self.fields = fields.compactMap { module.field($0) }
        self.common = common.compactMap { module.field($0) }
        self.parts = parts.compactMap { name, choice in
            guard let part = module.part(named: name), let field = part.keyField,
                let kind = part.kindField
            else { return nil }
            return PartPlace(
                table: Table(part, of: module),
                field: field,
                type: field.variants?.type(beside: .text(choice)) ?? field.type,
                kind: (kind, choice)
            )
        }
    }
}

extension Module {
    /// The words before the colon in references to the module's records: `ext`, `name`, then its own.
    public var referencePrefixes: [String] { ["ext", "name"] + referenceKeys.map(\.prefix.hyphenated) }
}

extension Store {
    func resolve(_ text: String, in module: Module) throws -> Int64 { try resolved(text, in: module).id }

    /// Returns the records with a name that have no value in a field, in the order of their ids; two of several.
    func records(named name: String, lacking field: Field, in module: Module) throws -> [Int64] {
        guard case .key(let places, let written) = try Reference("name:\(name)", in: module) else { return [] }
        let value = places.onlyField?.withoutBrackets(written) ?? written
        let ids = try KeyLookup(places, of: module, in: self, lacking: field).ids(of: value, atMost: 2).sorted()
        // A name that a record had before it was merged stands for the remaining record, unless others have the name.
        guard ids.isEmpty, let nameField = places.onlyField,
            try KeyLookup(places, of: module, in: self).ids(of: value, atMost: 1).isEmpty,
            let id = try present(value, of: nameField, in: module),
            try storedValue(of: field.key, in: module, id: id).isNull
        else { return ids }
        return [id]
    }

    /// Returns the record that a reference names, by any of its names.
    ///
    /// - Returns: the record's id, and whether the reference names a record that was merged into it.
    func resolved(_ text: String, in module: Module) throws -> (id: Int64, isFormer: Bool) {
        switch try Reference(text, in: module) {
        case .id(let id):
            guard let present = try present(id, in: module) else { throw CRMError(noRecordOf: module, matches: text) }
            return (present, present != id)
        case .key(let places, let written):
            let value = places.onlyField?.withoutBrackets(written) ?? written
            do {
                return (try KeyLookup(places, of: module, in: self).id(of: value, as: text), false)
            } catch let error as CRMError where error.code == .notFound {
                guard let id = try places.onlyField.flatMap({ try present(value, of: $0, in: module) }) else {
                    throw error
                }
                return (id, true)
            }
        }
    }

    /// Returns the record that a reference names, as ``resolved(_:in:)`` does, and whether it may name a record that
    /// was merged into it. If the kept record lacks an external id or an e-mail, a merge moves that of the other there,
    /// so any key of a record into which others were merged may be one of theirs.
    func resolvedForMerging(_ text: String, in module: Module) throws -> (id: Int64, isFormer: Bool) {
        let named = try resolved(text, in: module)
        guard !named.isFormer, case .key = try Reference(text, in: module) else { return named }
        return (named.id, try mergedFrom(named.id, in: module)?.isEmpty == false)
    }

    /// Whether following a reference from record to record comes to one of some.
    func chain(
        of field: Field,
        in module: Module,
        from start: Int64,
        reachesAnyOf ids: [Int64]
    ) throws -> Bool {
        let (chain, row) = ("chain", "t")
        let rows = try statement(
            """
            WITH RECURSIVE \(name: chain) (\(name: "id")) AS (SELECT \(bind: .integer(start)) UNION \
            SELECT \(column: field.key, of: row) FROM \(name: chain) JOIN \(name: module.table) AS \(name: row) \
            ON \(column: "id", of: row) = \(column: "id", of: chain) WHERE \(column: field.key, of: row) IS NOT NULL) \
            SELECT 1 FROM \(name: chain) WHERE \(name: "id") IN (\(SQLFunctions.rows(ids))) LIMIT 1
            """ as SQLFragment
        )
        defer { rows.reset() }
        return try rows.step()
    }
}

import Localization
import SQLite

/// The requested properties of a choice; those that are `nil` stay unchanged.
public struct ChoiceRequest: Sendable {
    /// The English label.
    public var en: String?
    /// The Spanish label.
    public var es: String?
    /// The probability of a stage in percent, as typed; empty for none.
    public var probability: String?
    /// Whether the choice is retired.
    public var isRetired: Bool?

    /// Creates a request that changes nothing.
    public init() {}
}

/// The requested place of a choice among those of its field.
public enum ChoicePlace: Sendable {
    /// Before all others.
    case first
    /// Right before another.
    case before(String)
    /// Right after another.
    case after(String)
}

/// A choice field by its name: `case.category`, `project.link.role`, `quote.line.color`.
public struct ChoiceField: Sendable {
    /// The rows.
    public let rows: DefinedRows
    /// The key of the field.
    public let field: String

    /// Creates the name of a choice field from text; hyphens in the field stand for underscores.
    ///
    /// - Throws: ``CRMError`` `usage` for text that is not such a name.
    public init(name: String) throws(CRMError) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, let last = parts.last, !parts.contains("") else {
            throw CRMError(
                .usage,
                Text(en: "\"\(name)\" names no field", es: "«\(name)» no nombra ningún campo"),
                hint: Text(
                    en: "write a module and a field, case.category or project.link.role",
                    es: "escribir módulo y campo, case.category o project.link.role"
                )
            )
        }
        rows = DefinedRows(name: parts.dropLast().joined(separator: "."))
        field = String(last).underscored
    }

    /// Creates the name of a field of some rows.
    init(_ rows: DefinedRows, _ field: String) {
        self.rows = rows
        self.field = field
    }

    /// The module of the rows.
    var module: ModuleName { rows.module }
}

extension Transaction {
    /// Adds a choice to a field of the program or of the file.
    ///
    /// - Parameter word: the choice as typed. It becomes the label if no label is given, and in folded form the key.
    /// - Returns: the key of the new choice.
    @discardableResult
    public func addChoice(_ word: String, to field: ChoiceField, _ request: ChoiceRequest) throws -> String {
        let field = try store.resolved(field)
        let key = word.asKey
        let present = try store.choices(of: field)
        if present.contains(where: { $0.key == key }) {
            throw CRMError(
                .refused,
                Text(en: "\(field.name) has \(key) already", es: "\(field.name) ya tiene \(key)"),
                module: field.module
            )
        }
        let label = Text(
            en: request.en ?? request.es ?? word.asLabel,
            es: request.es ?? request.en ?? word.asLabel
        )
        // Only in a file made before a choice was added to the program can another one have the same label.
        let spellings = Choice(key, label: label).spellings
        if let other = present.first(where: { $0.yields && !$0.isRetired && $0.isSpelled(asOneOf: spellings) }) {
            throw CRMError(
                .invalid,
                Text(
                    en: "\(field.name) \(key): the choice \(other.key) is called so already",
                    es: "\(field.name) \(key): la opción \(other.key) ya se llama así"
                ),
                module: field.module
            )
        }
        _ = try add(
            .choiceDefinition,
            field.inputs(key) + [
                FieldInput("label_en", .set(label.en)), FieldInput("label_es", .set(label.es)),
                FieldInput("probability", .set(request.probability ?? "")),
            ]
        )
        try settleDefinitions()
        return key
    }

    /// Changes a choice: its labels, its probability, or whether it is retired.
    ///
    /// - Parameter word: the key or a label of the choice.
    /// - Returns: whether anything changed.
    public func editChoice(_ word: String, of field: ChoiceField, _ request: ChoiceRequest) throws -> Bool {
        let field = try store.resolved(field)
        let choice = try self.choice(word, of: field)
        var inputs: [FieldInput] = []
        if let en = request.en { inputs.append(FieldInput("label_en", .set(en))) }
        if let es = request.es { inputs.append(FieldInput("label_es", .set(es))) }
        if let probability = request.probability { inputs.append(FieldInput("probability", .set(probability))) }
        if let isRetired = request.isRetired {
            inputs.append(FieldInput("retired", .set(isRetired ? "true" : "false")))
        }
        let hasChanged = try change(choice.key, of: field, inputs)
        if hasChanged { try settleDefinitions() }
        return hasChanged
    }

    /// Moves a choice among the others of its field.
    ///
    /// - Returns: whether its place changed.
    public func moveChoice(_ word: String, of field: ChoiceField, to place: ChoicePlace) throws -> Bool {
        let field = try store.resolved(field)
        let before = try store.choices(of: field).map(\.key)
        let key = try choice(word, of: field).key
        var keys = before.filter { $0 != key }
        let index: Int? =
            switch place {
            case .first: 0
            case .before(let other): keys.firstIndex(of: try choice(other, of: field).key)
            case .after(let other): keys.firstIndex(of: try choice(other, of: field).key).map { $0 + 1 }
            }
        keys.insert(key, at: index ?? 0)
        guard keys != before, index != nil else { return false }
        for (offset, key) in keys.enumerated() {
            _ = try change(key, of: field, [FieldInput("place", .set(String(offset + 1)))])
        }
        try settleDefinitions()
        return true
    }

    private func change(_ key: String, of field: ChoiceField, _ inputs: [FieldInput]) throws -> Bool {
        let present = store.definitions.choices.contains {
            $0.rows == field.rows && $0.field == field.field && $0.key == key
        }
        if present {
            return try edit(.choiceDefinition, id: recordID(of: "\(field.key).\(key)", in: .choiceDefinition), inputs)
        }
        _ = try add(.choiceDefinition, field.inputs(key) + inputs)
        return true
    }

    private func choice(_ word: String, of field: ChoiceField) throws -> Choice {
        let choices = try store.choices(of: field)
        do throws(ValueError) {
            return try ChoiceText(choices).parse(word)
        } catch {
            throw CRMError(
                .notFound,
                Text(
                    en: "\(field.name) \"\(word)\": \(error.reason.en)",
                    es: "\(field.name) «\(word)»: \(error.reason.es)"
                ),
                module: field.module
            )
        }
    }
}

extension ChoiceField {
    /// The name as commands write it.
    public var name: String { "\(rows.noun).\(field)" }
    /// The name as definition records have it.
    fileprivate var key: String { "\(rows.key).\(field)" }

    fileprivate func inputs(_ key: String) -> [FieldInput] {
        [
            FieldInput("module_name", .set(rows.key)), FieldInput("field", .set(field)),
            FieldInput("key", .set(key)),
        ]
    }
}
